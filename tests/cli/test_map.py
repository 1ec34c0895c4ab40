"""`omamori map` on a judged site: both forms, both papers, and what it says when it cannot."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.pipeline.site_with_ways import site_with_ways

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


def test_ways_in_before_and_after_a_change(omamori: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = str(site_with_ways(tmp_path_factory.mktemp("site")))
    done = omamori("map", "--site", site, "--out", "before.svg", "--ways-in", "PACS保守VPN")
    assert done.returncode == 0, done.stderr
    before = (tmp_path / "before.svg").read_text(encoding="utf-8")
    assert "how far an intruder gets" in before and "m-step-number" in before and "m-closed" not in drawn(before)
    change = ("--without", "login:PACSサーバ:orthanc", "--without", "PACS保守VPN")
    assert omamori("map", "--site", site, "--out", "after.svg", "--ways-in", "PACS保守VPN", *change).returncode == 0
    after = (tmp_path / "after.svg").read_text(encoding="utf-8")
    assert "m-closed" in drawn(after) and "m-step-cut" in drawn(after) and "0 are left" in after
    assert omamori("map", "--site", site, "--out", "after.html", *change, lang="ja").returncode == 0
    assert '"x":true' in (tmp_path / "after.html").read_text(encoding="utf-8")


def drawn(svg: str) -> str:
    return svg[svg.index("</style>") :]


def test_an_entry_or_change_nobody_knows_is_told_with_what_is_near(omamori: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = str(site_with_ways(tmp_path_factory.mktemp("site")))
    done = omamori("map", "--site", site, "--out", "x.svg", "--ways-in", "PACS")
    assert done.returncode == 3 and "did you mean PACS保守VPN?" in done.stderr
    done = omamori("map", "--site", site, "--out", "x.svg", "--without", "nothing of this name")
    assert done.returncode == 3 and "no change, line or rule" in done.stderr
