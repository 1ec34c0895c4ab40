"""`omamori map` on a judged site: both forms, both papers, and what it says when it cannot."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

Run = Callable[..., "subprocess.CompletedProcess[str]"]
LEDGER = Path(__file__).resolve().parents[2] / "src/omamori/example/sick/2026-06-01/daicho.xlsx"


def test_the_picture_of_a_judged_site(omamori: Run, tmp_path: Path) -> None:
    assert omamori("import", str(LEDGER)).returncode == 0
    early = omamori("map", "--out", "map.svg")
    assert early.returncode == 3 and "omamori check" in early.stderr, "nothing was judged yet"
    assert omamori("check", "--format", "json", "--out", "out").returncode == 0
    done = omamori("map", "--out", "map.svg", "--paper", "a4", "--layers", "lines,joins,designed")
    assert done.returncode == 0, done.stderr
    root = ElementTree.parse(tmp_path / "map.svg").getroot()  # noqa: S314 - our own drawing
    assert (root.get("width"), root.get("lang")) == ("297mm", "en")
    assert "電子カルテ保守VPN" in (tmp_path / "map.svg").read_text(encoding="utf-8")
    page = omamori("map", "--out", "map.html", lang="ja")
    assert page.returncode == 0 and page.stdout.strip() == "map.html"
    assert '<html lang="ja">' in (tmp_path / "map.html").read_text(encoding="utf-8")
    first = (tmp_path / "map.html").read_bytes()
    assert omamori("map", "--out", "map.html", lang="ja").returncode == 0
    assert (tmp_path / "map.html").read_bytes() == first, "the same snapshot gives the same bytes"


def test_what_it_does_not_draw_is_a_usage_error(omamori: Run) -> None:
    for wrong in (("--out", "map.png"), ("--out", "map.svg", "--paper", "a5"), ("--out", "map.svg", "--layers", "everything")):
        done = omamori("map", *wrong)
        assert done.returncode == 2 and wrong[-2] in done.stderr
