from __future__ import annotations

from pathlib import Path

from tests.report.repair_rows import insert

from omamori.model.look import Verdict
from omamori.model.text import Language
from omamori.report.data import Report
from omamori.report.summary import asked, summarise


def _said(report: Report, language: Language, files: tuple[Path, ...] = ()) -> str:
    return "\n".join("".join(span.text.say(language) for span in line) for line in summarise(report, files))


def test_counts_first_things_and_files_are_told_in_both_languages(report: Report) -> None:
    ja, en = _said(report, "ja", (Path("reports/report.html"),)), _said(report, "en", (Path("reports/report.html"),))
    assert "見た範囲で見つかったもの 39、見えなかったもの 10" in ja and "見ていない機器について 55 の点検" in ja
    assert "Found where it was looked: 39. Could not be seen: 10." in en and "of the others 55 more checks cannot tell anything" in en
    assert "1. 最優先  VPN装置に悪用されている弱点" in ja
    assert "ask the vendor: PACS, 検査サーバ" in en
    assert all("reports/report.html" in said for said in (ja, en))


def test_it_says_what_an_administrator_would_have_seen(report: Report) -> None:
    assert "管理者として実行すると、さらに見えるもの" in _said(report, "ja")


def test_the_words_that_promise_too_much_are_not_there(report: Report) -> None:
    for word in ("安全です", "無害", "準拠", "合格", "算定可"):
        assert word not in _said(report, "ja")


def test_terminal_escapes_do_not_come_through(hospital) -> None:  # type: ignore[no-untyped-def]
    hostile = Verdict(
        check_id="account.root_login", subject="\x1b]0;x\x07pc\u202e", verdict="fail", severity="critical", message_en="\x1b[2J"
    )
    said = _said(hospital.report(verdicts=(hostile,)), "en", (Path("a\x1b[2J.html"),))
    assert not set(said) & {"\x1b", "\x07", "\u202e", "\x9b"}
    assert "␛]0;x␇pc[U+202E]" in said


def test_the_updates_that_come_first_stand_in_one_line(hospital) -> None:  # type: ignore[no-untyped-def]
    assert "まずこの更新から" not in _said(hospital.report(), "ja")
    insert(hospital.database)
    lines = _said(hospital.report(), "ja").splitlines()
    (line,) = (line for line in lines if line.startswith("まずこの更新から"))
    assert line == "まずこの更新から  fortios 7.2.7(1 台の 1 件、業者に確認)  KB5058379(3 台の 123 件)"


def test_of_how_many_machines_the_vendor_is_asked() -> None:
    assert (asked(3, 0).ja, asked(3, 0).en) == ("", "")
    assert (asked(0, 2).ja, asked(0, 2).en) == ("、業者に確認", ", ask the vendor")
    assert (asked(1, 4).ja, asked(1, 4).en) == ("、うち 4 台は業者に確認", ", ask the vendor for 4")
