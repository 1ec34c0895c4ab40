"""The order of work in a real browser: one language at a time, the chain opens, nothing is wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.report.repair_rows import insert

from omamori.report.html import render_html

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tried in a browser")
from tests.report.test_html_browser import Opened, browser  # noqa: F401 - the browser is a fixture

pytestmark = pytest.mark.system


@pytest.fixture(params=[390, 1280])
def opened(request: pytest.FixtureRequest, browser: Any, hospital: Any, tmp_path: Path) -> Iterator[Opened]:  # noqa: F811
    insert(hospital.database)
    path = tmp_path / "report.html"
    path.write_text(render_html(hospital.report()), encoding="utf-8")
    tab = Opened(browser, path, viewport={"width": request.param, "height": 900})
    yield tab
    assert tab.complaints == [] and tab.requests == [tab.url] and tab.dialogs == []
    tab.tab.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_is_read_in_one_language_and_fits_the_screen(opened: Opened, language: str) -> None:
    opened.tab.click(f"button[data-lang={language}]")
    assert ("まずこの更新から" if language == "ja" else "Do these updates first") in opened.tab.inner_text("#overview")
    opened.go("repairs")
    said = opened.tab.inner_text("#repairs")
    ja, en = ("台の", "件がふさがります", "業者に確認"), ("this one update closes", "ask the vendor")
    for words in ja if language == "ja" else en:
        assert words in said
    assert not any(words in said for words in (en if language == "ja" else ja))
    assert opened.tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_reader_follows_the_chain_to_the_rows_of_the_pack(opened: Opened) -> None:
    opened.go("repairs")
    assert "row 412773" not in opened.tab.inner_text("#repairs")
    opened.tab.click("#repairs details.missing summary")
    assert len(opened.shown("#repairs details.missing[open] .steps li")) == 6
    assert "row 412773" in opened.tab.inner_text("#repairs details.missing[open]")
    opened.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.tab.locator("#repairs details:not([open])").count() == 0
