"""The section of backups in a real browser: one language at a time, on a phone nothing is wider than the screen, the newest days in sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.report.backup_rows import ROWS
from tests.report.test_html_browser import Opened, browser  # noqa: F401 - the browser is a fixture

from omamori.report.html import render_html

pytestmark = pytest.mark.system


@pytest.fixture
def page(hospital: Any, tmp_path: Path) -> Path:
    hospital.database.insert(ROWS)
    path = tmp_path / "report.html"
    path.write_text(render_html(hospital.report()), encoding="utf-8")
    return path


@pytest.fixture(params=[390, 1280])
def opened(request: pytest.FixtureRequest, browser: Any, page: Path) -> Iterator[Opened]:  # noqa: F811
    tab = Opened(browser, page, viewport={"width": request.param, "height": 900})
    yield tab
    assert tab.complaints == [] and tab.requests == [tab.url] and tab.dialogs == []
    tab.tab.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_is_read_in_one_language_and_fits_the_screen(opened: Opened, language: str) -> None:
    opened.tab.click(f"button[data-lang={language}]")
    opened.go("backups")
    said = opened.tab.inner_text("#backups")
    ja, en = ("何も残らない", "台帳には「はい」。見ていない"), ("nothing is left", "declared, not seen")
    for words in ja if language == "ja" else en:
        assert words in said
    assert not any(words in said for words in (en if language == "ja" else ja))
    wide = opened.tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "what is wider than the screen moves by itself"


def test_the_newest_days_are_in_sight_without_moving_anything(opened: Opened) -> None:
    opened.go("backups")
    seen = opened.tab.evaluate(
        "(() => { const flag = document.querySelector('.late .generations .proven').getBoundingClientRect();"
        " const box = document.querySelector('.scroll.late').getBoundingClientRect(); return flag.left >= box.left && flag.right <= box.right; })()"
    )
    assert seen
    assert len(opened.shown("#backups .chain")) == 4
