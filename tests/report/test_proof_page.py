from __future__ import annotations

from omamori.model.text import Text
from omamori.report.proof_page import Section, render_proof


def test_names_from_a_hostile_repository_are_text() -> None:
    hostile = "<script>alert(1)</script>\u202e\x1b[2J"
    section = Section(Text("何を", "What"), ((Text("保存先", "Repository"), Text(hostile, hostile)), (None, Text(hostile, hostile))))
    page = render_proof(Text("復元の証明", "Restore proof"), [section], "ja")
    assert "<script" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert '<html lang="ja">' in page
    assert "保存先" in page
    assert "Repository" in render_proof(Text("x", "x"), [section], "en")
    assert "http" not in page
