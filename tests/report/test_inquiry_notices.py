"""Which notices a vendor is asked about, and what of them is nobody else's."""

from __future__ import annotations

from datetime import date

import pytest

from omamori.model.declared import LedgerAsset, RemoteLine, Vendor, VendorAnswer, VendorNotice
from omamori.model.derived import Asset
from omamori.model.notices import PublishedNotice
from omamori.model.patching import NoticeMatch
from omamori.report.discreet import discreet
from omamori.report.inquiry_notices import asked_notices
from omamori.snapshot.database import Database

ROWS = [
    Vendor(vendor="A社"),
    Vendor(vendor="B社"),
    *(Asset(asset=name, hostname=name) for name in ("ct", "pacs", "ehr")),
    *(LedgerAsset(asset=name, vendor=vendor) for name, vendor in (("ct", "A社"), ("pacs", "A社"), ("ehr", "B社"))),
    RemoteLine(line="保守VPN", vendor="A社"),
    PublishedNotice(notice="FG-1", title="SSL-VPN flaw", title_ja="SSL-VPNの弱点"),
]


def match(asset, notice, **more):
    return NoticeMatch(asset=asset, notice=notice, matched=more.pop("matched", f"why {asset}"), told=date(2026, 5, 1), **more)


def asked(rows, vendor="A社", machines=("ct", "pacs"), lines=("保守VPN",)):
    with Database() as database:
        database.insert([*ROWS, *rows])
        answers = [row for row in database.rows("vendor_answers") if row.vendor == vendor]
        return list(asked_notices(database, vendor, machines, lines, answers, discreet(database, [*machines, *lines, vendor])))


def test_one_row_for_all_machines_of_a_notice_and_none_for_others():
    (one,) = asked(
        [
            match("ct", "FG-1"),
            match("保守VPN", "FG-1", subject_kind="line", undecided=True, doubt="v?", doubt_ja="版は?"),
            match("ehr", "FG-1"),
        ]
    )
    assert (one.notice, one.machines, one.told, one.what.ja, one.what.en) == (
        "FG-1", ("ct", "保守VPN"), date(2026, 5, 1), "SSL-VPNの弱点", "SSL-VPN flaw",
    )  # fmt: skip
    assert [text.en for text in one.why] == ["why ct", "why 保守VPN\n└ to confirm: v?"]
    assert one.before is None and one.concerned is None


def test_what_the_hospital_decided_is_not_asked():
    assert asked([match("ct", "FG-1", decision="update")]) == []


def test_what_the_vendor_answered_before_is_filled_in_and_asked_again():
    answers = [
        VendorAnswer(vendor="A社", asset="ct", question="notice-concerns", notice="FG-1", answer="yes"),
        VendorAnswer(vendor="A社", asset="ct", question="notice", notice="FG-1", answer="vendor", until=date(2026, 9, 1)),
    ]
    found = asked([match("ct", "FG-1", decision="vendor"), match("pacs", "FG-1"), *answers])
    assert [(one.machines, one.concerned, one.before and one.before.until) for one in found] == [
        (("pacs",), None, None), (("ct",), "yes", date(2026, 9, 1)),
    ]  # fmt: skip


def test_a_notice_on_paper_without_machines_is_asked_about_all_of_them():
    (one,) = asked([VendorNotice(notice="手紙1", vendor="A社", subject="更新のお願い", received=date(2026, 4, 1))])
    assert (one.machines, one.what.ja, one.told) == (("ct", "pacs"), "更新のお願い", date(2026, 4, 1))
    assert asked([VendorNotice(notice="手紙1", vendor="A社", answered=date(2026, 4, 2))]) == []
    assert asked([VendorNotice(notice="手紙1", vendor="A社", decision="done")]) == []


@pytest.mark.parametrize("vendor", ["B社", "C社"])
def test_a_letter_of_another_vendor_is_not_shown(vendor):
    assert asked([VendorNotice(notice="手紙2", vendor=vendor, concerns="ct"), match("ct", "手紙2")]) == []
    assert len(asked([VendorNotice(notice="手紙2", vendor="A社、B社", concerns="ct"), match("ct", "手紙2")])) == 1


def test_other_machines_and_persons_are_not_named():
    rows = [
        VendorNotice(notice="手紙3", vendor="A社", subject="ehr と B社 に連絡済み(福井)", handled_by="福井", concerns="ct"),
        match("ct", "手紙3", matched="ehr と ct"),
    ]
    (one,) = asked(rows)
    words = one.what.ja + "".join(text.ja for text in one.why)
    assert "ehr" not in words and "B社" not in words and "福井" not in words and "ct" in words
