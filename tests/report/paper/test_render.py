"""Typst gets data, never markup: nothing hostile acts, nothing is lost, nothing is read or fetched."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.report.paper import render as module
from omamori.report.paper.fonts import carried_font
from omamori.report.paper.render import NO_FONT, NO_TYPST, PaperError, font, printable, render

MOMENT = datetime(2026, 6, 1, 9, 0)


def sheet(*texts: str, columns: int = 3) -> dict[str, Any]:
    """A paper with the texts as heading, in a list, in the cells of a narrow table and in the diagram."""
    rows = [[text, {"gap": text}, "–"][:columns] for text in texts]
    station = {"duty": texts[0], "name": texts[-1], "phone": {"gap": texts[0]}}
    return {
        **dict.fromkeys(("title", "author", "site", "head", "day", "draft", "gaps", "foot"), texts[0]),
        "wide": False,
        "about": list(texts[:1]),
        "words": dict.fromkeys(("draft", "approved", "approved_day", "made_by", "outside", "inside"), "w"),
        "blocks": [
            {"kind": "heading", "text": texts[0], "level": 1},
            {"kind": "items", "items": [[text] for text in texts], "numbered": True},
            {"kind": "grid", "columns": ["a", "b", "c"][:columns], "rows": rows, "widths": [1, 2, 7][:columns]},
            {"kind": "calls", "chain": [station, station], "outside": [[texts[0], [station]]]},
        ],
    }


def test_hostile_texts_are_shown_and_stay_in_their_place(pdf: Any, hostile: tuple[str, ...]) -> None:
    made = pdf(render("sheet", sheet(*hostile), "ja", MOMENT))
    text = made.text()
    assert '#import"@preview/cetz:0.3.0":*' in text
    assert '#read("/etc/passwd")#eval("1+1")]]}$x$\\\\u{0}`raw`*b*_i_<label>@ref///*~---' in text
    assert "[U+0000][U+001B][31mred[U+0007][U+202E]abc" in text
    assert "[U+0645]" in text and "[U+1F600]" in text and "[U+D800]" in text, "what the font lacks is written as its number"
    assert "root:" not in text
    assert made.misplaced() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60))
def test_any_text_comes_out_as_it_went_in(pdf: Any, text: str) -> None:
    characters = carried_font().characters  # type: ignore[union-attr]
    expected = "".join(printable(text, characters).split())
    shown = pdf(render("sheet", sheet("x", text), "en", MOMENT)).text()
    # Combining marks and ligatures may be read back in another form: letters and digits are what is compared.
    plain = "".join(one for one in expected if one.isascii() and one.isalnum())
    assert all(one in shown for one in plain)
    assert "□" not in shown or "□" in text


def test_the_templates_can_open_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.chdir(tmp_path)
    given = module._template
    for attempt in ('#read("/secret.txt")', '#read("secret.txt")', '#read("../../../../etc/passwd")', '#import "@preview/cetz:0.3.0"'):
        monkeypatch.setattr(module, "_template", lambda name, attempt=attempt: attempt.encode() if name == "sheet" else given(name))
        with pytest.raises(typst.TypstError):
            render("sheet", {}, "ja", MOMENT)


def test_what_typst_warns_of_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_template", lambda name: b'#set text(font: "Nowhere")\nx')
    with pytest.raises(RuntimeError, match="unknown font"):
        render("sheet", {}, "ja", MOMENT)


def test_the_same_data_give_the_same_bytes() -> None:
    assert render("sheet", sheet("あ"), "ja", MOMENT) == render("sheet", sheet("あ"), "ja", MOMENT)


def test_printable_keeps_what_is_no_text() -> None:
    characters = frozenset("あA")
    assert printable({"a": ["あ😀", 1, None, True], "b": ("A\n",)}, characters) == {"a": ["あ[U+1F600]", 1, None, True], "b": ["A\n"]}
    assert len(printable("A" * 5000, characters)) < 1100


def test_what_is_missing_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "carried_font", lambda: None)
    monkeypatch.setattr(module, "machine_font", lambda: None)
    with pytest.raises(PaperError) as told:
        font()
    assert told.value.text == NO_FONT
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(PaperError) as told:
        font()
    assert told.value.text == NO_TYPST
    for text in (NO_TYPST, NO_FONT):
        assert "omamori[paper]" in text.ja and "omamori[paper]" in text.en and "\n" not in text.ja + text.en


def test_typst_is_loaded_only_for_a_paper() -> None:
    code = "import sys; from omamori.cli.commands import command_line; command_line(); print(sorted(set(sys.modules) & {'typst', 'docx', 'lxml'}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
