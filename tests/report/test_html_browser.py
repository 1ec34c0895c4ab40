"""The page in a real browser: language, search, filters, paper, and that nothing leaves it or runs in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from omamori.model.look import Verdict
from omamori.report.html import render_html

pytestmark = pytest.mark.system
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tried in a browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: the page is not tried in a browser")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, "--disable-component-update"])
        yield opened
        opened.close()


class Opened:
    """A page opened from a file, with what it asked for and complained about."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        self.tab = browser.new_page(**options)
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.url = path.as_uri()
        self.tab.goto(self.url)

    def go(self, view: str) -> None:
        self.tab.click(f"#views a[href='#{view}']")
        self.tab.wait_for_selector(f"#{view}.on")

    def shown(self, selector: str) -> list[str]:
        return [text for text in self.tab.locator(selector).all_inner_texts() if text]


@pytest.fixture
def opened(browser: Any, report: Any, tmp_path: Path) -> Iterator[Opened]:
    path = tmp_path / "report.html"
    path.write_text(render_html(report), encoding="utf-8")
    page = Opened(browser, path)
    yield page
    assert page.complaints == []
    assert page.requests == [page.url]
    page.tab.close()


def test_the_language_is_switched_everywhere_without_a_network(opened: Opened) -> None:
    assert "最初にすること" in opened.tab.inner_text("#overview")
    opened.tab.click("button[data-lang=en]")
    said = opened.tab.inner_text("#overview")
    assert "What to do first" in said and "最初にすること" not in said
    opened.go("findings")
    assert "Backup deletable by the same administrator" in opened.tab.inner_text("#findings-list")
    assert opened.tab.get_attribute("html", "lang") == "en"
    opened.tab.click("button[data-lang=ja]")
    assert "バックアップを同じ管理者で消せる" in opened.tab.inner_text("#findings-list")


def test_what_many_findings_share_stands_once_and_each_gets_its_own_words_again(opened: Opened, report: Any) -> None:
    told = opened.tab.evaluate("D.findings")
    names = ("number", "check", "subject", "subject_kind", "key", "verdict", "severity", "ask_vendor", "vendor", "state")
    assert [tuple(one[name] for name in names) for one in told] == [tuple(getattr(one, name) for name in names) for one in report.findings]
    assert [(one["message"]["ja"], one["message"]["en"]) for one in told] == [(one.message.ja, one.message.en) for one in report.findings]
    lines = opened.tab.evaluate("D.evidence")
    shown = [lines[one["evidence"]]["line"] if one.get("evidence") is not None else None for one in told]
    assert shown == [one.evidence.line if one.evidence else None for one in report.findings]
    assert [one["age_days"] for one in told] == [one.age_days or 0 for one in report.findings]


def test_the_same_words_on_several_machines_are_one_row_that_opens(opened: Opened) -> None:
    opened.go("findings")
    opened.tab.fill("#f-q", "network.firewall_off")
    row = opened.tab.locator("#findings-list [data-bundle]").first
    machines = int(row.get_attribute("data-bundle") or 0)
    assert machines > 1 and f"{machines} 台" in row.inner_text()
    assert opened.tab.locator("#findings-list [data-finding]").count() == 0
    row.locator("summary").first.click()
    assert row.locator("[data-finding]").count() == machines
    assert "permitrootlogin yes" in row.inner_text()


def test_the_machines_to_visit_and_the_answers_before_a_look_are_told(opened: Opened, report: Any) -> None:
    opened.go("visits")
    assert opened.shown("#visits .visits .head b") == [visit.name for visit in report.visits]
    assert "先に同意をもらう" in opened.tab.inner_text("#visits .visits li")
    opened.go("machines")
    opened.tab.fill("#machine-search", "電子カルテサーバ1")
    opened.tab.click("#machines-list summary")
    body = opened.tab.inner_text("#machines-list details")
    for words in (
        "調べる前に聞いたこと",
        "つばめシステム 2026-05-30",
        "業者が管理する機器",
        "最近、何が追加されたか",
        "代わりになることはありません",
    ):
        assert words in body


def test_search_finds_by_machine_content_and_check_in_either_language(opened: Opened) -> None:
    opened.go("findings")
    assert opened.tab.inner_text("#hits") == "39件"
    opened.tab.fill("#f-q", "共有")
    assert opened.shown("#findings-list summary b") == ["だれでも書ける共有"]
    opened.tab.fill("#f-q", "exploited flaw")
    assert opened.shown("#findings-list summary b") == ["VPN装置に悪用されている弱点"]
    opened.tab.fill("#f-q", "pacs firewall_off")
    assert opened.tab.inner_text("#hits") == "1件"
    opened.tab.fill("#f-q", "ない言葉")
    assert "条件に合うものはありません" in opened.tab.inner_text("#findings-list")
    opened.tab.click("#f-reset")
    assert opened.tab.inner_text("#hits") == "39件"


@pytest.mark.parametrize(
    ("control", "choice", "hits"),
    [
        ("severity", "critical", "6件"),
        ("topic", "remote", "1件"),
        ("machine", "医事サーバ", "6件"),
        ("cost", "high", "3件"),
        ("verdict", "accepted", "1件"),
        ("verdict", "unknown", "65件"),
        ("vendor", "あおば給食", "1件"),
        ("state", "new", "6件"),
    ],
)
def test_each_filter_lets_through_what_it_says(opened: Opened, control: str, choice: str, hits: str) -> None:
    opened.go("findings")
    opened.tab.select_option(f"#f-{control}", choice)
    assert opened.tab.inner_text("#hits") == hits


def test_a_finding_shows_its_evidence_why_and_command_and_a_vendors_machine_what_to_ask(opened: Opened) -> None:
    opened.tab.click("#overview a[data-check='network.firewall_off']")
    opened.tab.wait_for_selector("#findings.on")
    opened.tab.click("#findings-list details.each summary")
    body = opened.tab.inner_text("#findings-list > div > details[open]")
    for words in ("permitrootlogin yes", "なぜ大切か", "sudo ufw enable", "業者に尋ねること", "linux.ssh", "network.firewall_off"):
        assert words in body
    opened.tab.click("#f-reset")
    opened.tab.select_option("#f-machine", "PACS")
    opened.tab.locator("#findings-list details", has_text="ファイアウォール").locator("summary").first.click()
    theirs = opened.tab.inner_text("#findings-list details[open]")
    assert "sudo ufw enable" not in theirs and "業者に尋ねること" in theirs


def test_a_machine_answers_the_questions_of_the_seminar(opened: Opened) -> None:
    opened.go("machines")
    opened.tab.fill("#machine-search", "医事")
    opened.tab.click("#machines-list summary")
    body = opened.tab.inner_text("#machines-list details")
    for words in ("何が入っているか", "何が開いているか", "だれと通信しているか", "ファイアウォールの状態", "198.51.100.7", "だれでも届く"):
        assert words in body


def test_the_keyboard_reaches_and_opens_a_finding(opened: Opened) -> None:
    opened.go("findings")
    opened.tab.focus("#findings-list summary")
    opened.tab.keyboard.press("Enter")
    assert opened.tab.locator("#findings-list details[open]").count() == 1
    opened.tab.keyboard.press("Tab")
    assert opened.tab.evaluate("document.activeElement !== document.body")


def test_page_one_is_one_sheet_of_paper_and_the_rest_is_printed_open(browser: Any, report: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    for language in ("ja", "en"):
        path.write_text(render_html(report, language), encoding="utf-8")
        page = Opened(browser, path)
        page.tab.evaluate("document.documentElement.classList.add('only-one')")
        assert _pages(page.tab.pdf(prefer_css_page_size=True)) == 1
        page.tab.reload()
        assert _pages(page.tab.pdf(prefer_css_page_size=True)) > 5
        page.tab.evaluate("paper(true)")
        assert page.tab.locator("#findings details:not([open])").count() == 0
        assert page.tab.locator("#machines details[open]").count() == 15
        page.tab.close()


def test_hostile_names_do_not_run(browser: Any, hospital: Any, tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script><img src=https://203.0.113.9/ onerror=alert(2)><svg onload=alert(3)>"
    verdicts = [
        Verdict(
            check_id=check, subject=evil, finding_key=evil, verdict=state, severity="high", message_ja=evil, message_en=evil, reason="x"
        )
        for check, state in (("share.open_guest", "fail"), ("account.root_login", "unknown"), ("update.pending", "accepted"))
    ]
    path = tmp_path / "report.html"
    path.write_text(render_html(hospital.report(verdicts=verdicts)), encoding="utf-8")
    page = Opened(browser, path)
    for view in ("findings", "machines", "topics", "unseen", "changes", "vendors", "about"):
        page.go(view)
        page.tab.evaluate(f"document.querySelectorAll('#{view} details').forEach((box) => {{ box.open = true; }})")
    page.tab.evaluate("paper(true)")
    assert evil in page.tab.inner_text("#findings-list")
    assert (page.dialogs, page.requests) == ([], [page.url])
    page.tab.close()


def _pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/") + pdf.count(b"/Type /Page>")
