"""Rows of an answered inquiry → answers: those about notices."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.vendor_sheet import NoticeReply
from omamori.parse.ledger.vendor_reply_rows import answers_of
from omamori.parse.ledger.vendor_reply_state import Reply, strangers_of


def reply() -> Reply:
    return Reply(
        vendor="A社",
        answered_by="佐藤",
        answered_on=date(2026, 6, 2),
        machines=["ct", "pacs"],
        asked={"ct": "ct", "pacs": "pacs"},
        lines={"vpn": "VPN"},
    )


def answers(*rows: NoticeReply) -> tuple[list[tuple[str, str, str | None, str | None]], str]:
    told = reply()
    found = [(row.asset, row.question, row.notice, row.answer) for row in answers_of({"vendor_notice_replies": rows}, told)]
    return found, "".join(problem.expected_ja for problem in (*told.problems, *strangers_of(told)))


def test_whether_and_what_are_two_answers_for_every_machine_and_line() -> None:
    found, told = answers(NoticeReply(machines="ct、VPN", notice="N-1", concerns="yes", answer="vendor", evidence="S!R5"))
    assert found == [
        ("ct", "notice-concerns", "N-1", "yes"), ("ct", "notice", "N-1", "vendor"),
        ("VPN", "notice-concerns", "N-1", "yes"), ("VPN", "notice", "N-1", "vendor"),
    ]  # fmt: skip
    assert told == ""


def test_two_notices_are_two_things() -> None:
    found, told = answers(
        NoticeReply(machines="ct", notice="N-1", concerns="yes", evidence="S!R5"),
        NoticeReply(machines="ct", notice="N-2", concerns="no", evidence="S!R6"),
    )
    assert [row[2:] for row in found] == [("N-1", "yes"), ("N-2", "no")] and told == ""
    found, told = answers(
        NoticeReply(machines="ct", notice="N-1", concerns="yes", evidence="S!R5"),
        NoticeReply(machines="ct", notice="N-1", concerns="no", evidence="S!R6"),
    )
    assert [row[3] for row in found] == ["yes"] and "二つの回答" in told


def test_a_notice_nobody_can_tell_and_a_machine_nobody_asked_about_are_told() -> None:
    found, told = answers(
        NoticeReply(machines="ct", answer="done", evidence="S!R5"),
        NoticeReply(machines="よその機器", notice="N-1", answer="done", evidence="S!R6"),
    )
    assert found == [] and "お知らせの番号がない" in told and "よその機器" in told


def test_a_row_left_empty_says_nothing() -> None:
    assert answers(NoticeReply(machines="ct", notice="N-1", evidence="S!R5")) == ([], "")


@given(st.text(max_size=60), st.text(max_size=30), st.sampled_from([None, "yes", "no", "unknown"]), st.text(max_size=20))
def test_whatever_is_written_no_row_speaks_of_another_machine(machines: str, notice: str, concerns: str | None, remark: str) -> None:
    found, _ = answers(NoticeReply(machines=machines, notice=notice, concerns=concerns, remark=remark, evidence="S!R5"))
    assert {row[0] for row in found} <= {"ct", "pacs", "VPN"}
