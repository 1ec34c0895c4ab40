"""The inquiry to a vendor: what is in it, and above all what is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from omamori.model.access import Account
from omamori.model.declared import Contact, LedgerAsset, RemoteLine, Site, Vendor, VendorAnswer
from omamori.model.derived import Asset, Exposure, Peer
from omamori.model.host import UsbDevice
from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.report.data import CheckInfo, EvidenceLine, build_report
from omamori.report.inquiry import Inquiry, build_inquiry, count_vendors, vendor_names
from omamori.report.inquiry_ask import to_the_vendor
from omamori.report.inquiry_excel import render_inquiry
from omamori.report.inquiry_word import render_letter
from omamori.report.shape import Report
from omamori.snapshot.database import Database

NOW = datetime(2026, 6, 1, 9)
WORDS = Text("題", "title")
CHECKS = (
    CheckInfo(
        "a.open",
        "a",
        Text("開いている", "open"),
        "high",
        WORDS,
        WORDS,
        "none",
        "",
        Text("業者に、閉じられるかを確認してください。", "Ask whether it can be closed."),
        "asset",
    ),
    CheckInfo(
        "a.account",
        "a",
        Text("弱い", "weak"),
        "medium",
        WORDS,
        WORDS,
        "none",
        "",
        Text("用途を確認してください。", "Ask what for."),
        "asset",
    ),
    CheckInfo("l.wide", "l", Text("回線が広い", "wide line"), "critical", WORDS, WORDS, "none", "", None, "line"),
    CheckInfo("s.plan", "s", WORDS, "high", WORDS, WORDS, "none", "", None, "site"),
)
ROWS = [
    Site(name="お守り病院", officer="院長 山田", prepared_by="医療情報係 田中"),
    Vendor(vendor="画像テック", contact="画像 窓口子", mds="no"),
    Vendor(vendor="カルテシステムズ", contact="別の担当"),
    *(
        row
        for name, host, address, vendor in (
            ("CT操作卓", "CT-CONSOLE", "10.1.3.41", "画像テック"),
            ("PACSサーバ", "pacs1", "10.1.0.13", "画像テック、カルテシステムズ"),
            ("電子カルテDBサーバ", "ehr-db1", "10.1.0.11", "カルテシステムズ"),
        )
        for row in (
            Asset(asset=name, hostname=host, vendor=vendor, declared=True, observed=True, last_seen=NOW),
            LedgerAsset(asset=name, hostname=host, address=address, vendor=vendor),
        )
    ),
    RemoteLine(line="PACS保守VPN", vendor="画像テック", device="RTX1210", firmware="14.01", source_restricted="yes", opened_by="係 田中"),
    RemoteLine(line="カルテ保守", vendor="カルテシステムズ"),
    Account(asset="CT操作卓", name="suzuki", system=False),
    Account(asset="CT操作卓", name="orthanc", system=True),
    UsbDevice(asset="CT操作卓", device="SanDisk Extreme", serial="SN-123456"),
    Contact(duty="責任者", name="院内 太郎", phone="00-1111-2222"),
    Exposure(asset="CT操作卓", protocol="tcp", port=104, process="acq.exe", inbound="open"),
    Exposure(asset="CT操作卓", protocol="tcp", port=135, process="svc", inbound="blocked"),
    Exposure(asset="PACSサーバ", protocol="tcp", port=104, process="acq.exe", inbound="open"),
    Exposure(asset="PACSサーバ", protocol="tcp", port=4242, process="Orthanc", inbound="open"),
    Peer(asset="PACSサーバ", direction="in", peer="10.1.3.41", peer_asset="CT操作卓", protocol="tcp", port=4242, process="Orthanc", times=3),
    Peer(asset="PACSサーバ", direction="out", peer="10.1.0.11", peer_asset="電子カルテDBサーバ", protocol="tcp", port=5432, process="sync"),
    Peer(asset="電子カルテDBサーバ", direction="in", peer="10.9.9.9", protocol="tcp", port=22, process="sshd"),
]  # fmt: skip


def verdict(check: str, subject: str, key: str = "", state: str = "fail", words: str = "見つかりました") -> Verdict:
    severity = next(one.severity for one in CHECKS if one.id == check)
    return Verdict(
        check_id=check, subject=subject, finding_key=key, verdict=state, severity=severity, message_ja=f"{subject}: {words}",
        message_en=f"{subject}: {words}", evidence=f"{'a' * 16}:{len(subject)}", reason="not_collected" if state == "unknown" else None,
    )  # fmt: skip


VERDICTS = (
    verdict("a.open", "CT操作卓", words="ehr-db1 と 10.1.0.11 と電子カルテDBサーバへ、suzuki で"),
    verdict("a.open", "PACSサーバ"),
    verdict("a.account", "CT操作卓", "suzuki"),
    verdict("a.account", "PACSサーバ", state="unknown"),
    verdict("a.open", "電子カルテDBサーバ"),
    verdict("l.wide", "PACS保守VPN"),
    verdict("s.plan", "site"),
)


def evidence(references: Collection[str]) -> Mapping[str, EvidenceLine]:
    line = r"suzuki C:\Users\suzuki\x ehr-db1 院内 太郎 SN-123456 S-1-5-21-1-2-3-1001 orthanc"
    return {name: EvidenceLine(name, "windows.commands", "CT-CONSOLE", "net user", 7, line, NOW) for name in references}


@pytest.fixture
def database() -> Iterator[Database]:
    with Database() as made:
        made.insert(ROWS)
        yield made


def report(database: Database) -> Report:
    return build_report(database, VERDICTS, CHECKS, {}, read_evidence=evidence, moment=NOW, version="0")


def inquiry(database: Database, vendor: str = "画像テック") -> Inquiry:
    return build_inquiry(report(database), database, vendor, {"a.account"})


def cells(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(part for name in archive.namelist() for part in ElementTree.fromstring(archive.read(name)).itertext())  # noqa: S314 - our own


def test_the_same_finding_on_many_machines_is_one_row(database: Database) -> None:
    asked = inquiry(database)
    assert [(one.check, one.machines) for one in asked.findings] == [
        ("l.wide", ("PACS保守VPN",)),
        ("a.open", ("CT操作卓", "PACSサーバ")),
        ("a.account", ("CT操作卓",)),
    ]
    assert asked.unseen == 1
    assert asked.findings[1].ask == Text("閉じられるかをお知らせください。", "Please tell us whether it can be closed.")
    assert asked.findings[0].ask.ja.endswith("ご教示ください。"), "a check without words for the vendor is asked about all the same"


def test_what_the_hospital_would_do_is_asked_with_the_finding_it_would_take_away(database: Database) -> None:
    may = Text("共有を閉じてもよいですか", "May the share be closed?")
    proposals = {("a.open", "PACSサーバ"): [may, may], ("a.open", "another vendor's"): [Text("秘密", "secret")]}
    asked = build_inquiry(report(database), database, "画像テック", {"a.account"}, proposals)
    assert asked.findings[1].ask.en == f"Please tell us whether it can be closed.\n{may.en}"
    assert "secret" not in str(asked) and may.ja not in asked.findings[0].ask.ja


def test_a_machine_of_two_vendors_is_asked_of_both(database: Database) -> None:
    other = inquiry(database, "カルテシステムズ")
    assert [machine.name for machine in other.machines] == ["PACSサーバ", "電子カルテDBサーバ"]
    assert vendor_names(database) == ("カルテシステムズ", "画像テック")
    counted = {one.vendor: (one.machines, one.lines, one.findings, one.answered_on) for one in count_vendors(report(database), database)}
    assert counted == {"画像テック": (2, 1, 4, None), "カルテシステムズ": (2, 1, 2, None)}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_other_machine_no_account_no_person_no_usb_history(database: Database, language: Any) -> None:
    asked = inquiry(database)
    for text in (cells(render_inquiry(asked, language)), document(render_letter(asked, language))):
        for name in ("電子カルテDBサーバ", "ehr-db1", "カルテ保守", "カルテシステムズ", "suzuki", "田中", "山田", "窓口子", "院内 太郎",
                     "00-1111-2222", "SanDisk", "SN-123456", "S-1-5-21", "10.9.9.9"):  # fmt: skip
            assert name not in text, name
        assert "CT操作卓" in text and "PACSサーバ" in text and "お守り病院" in text
        # The address of a machine it talks to is all a vendor sees of it; it stands among the connections and nowhere else.
        assert text.count("10.1.0.11") == 1
    own = inquiry(database).findings[1].evidence[0].ja
    assert "(別の機器) と (別の機器) と(別の機器)へ、(アカウント) で" in own and "orthanc" in own, "a service's own account is nobody"
    (account,) = inquiry(database).findings[2].evidence
    assert "載せていません" in account.ja and f"#{'a' * 16}:5" in account.ja, "the number lets the hospital find the line"


def test_ports_and_peers_to_tick(database: Database) -> None:
    flows = {(flow.direction, flow.peer, flow.port): flow.machines for flow in inquiry(database).flows}
    assert flows == {
        ("in", "", 104): ("CT操作卓", "PACSサーバ"),
        ("in", "CT操作卓", 4242): ("PACSサーバ",),
        ("out", "10.1.0.11", 5432): ("PACSサーバ",),
    }, "a blocked port is not asked about, one whose peers are known only with them"


def test_lines_and_papers_with_what_the_ledger_says(database: Database) -> None:
    asked = {(one.line, one.question): one.said.ja for one in inquiry(database).questions}
    assert asked["PACS保守VPN", "line-device"] == "RTX1210"
    assert asked["PACS保守VPN", "line-source"] == "はい"
    assert asked["PACS保守VPN", "line-opened-by"] == "", "it may name a person"
    assert asked["", "mds"] == "いいえ"
    database.insert([Vendor(vendor="回線なし"), LedgerAsset(asset="x", vendor="回線なし"), Asset(asset="x", vendor="回線なし")])
    assert {(one.line, one.question) for one in inquiry(database, "回線なし").questions} == {
        ("", "line-exists"), ("", "patches"), ("", "mds"),
    }  # fmt: skip


def test_what_was_answered_is_filled_in_and_divides_the_rows(database: Database) -> None:
    said = {"vendor": "画像テック", "question": "finding", "check_id": "a.open", "answered_on": date(2026, 5, 1), "answered_by": "佐藤"}
    database.insert(
        [
            VendorAnswer(**said, asset="CT操作卓", answer="refused", reason="認証", until=date(2027, 3, 31)),
            VendorAnswer(vendor="画像テック", asset="CT操作卓", question="flow", direction="in", port=104, protocol="tcp", answer="no"),
            VendorAnswer(vendor="画像テック", asset="CT操作卓", question="flow", direction="in", peer="10.5.5.5", port=9, answer="yes"),
            VendorAnswer(
                vendor="カルテシステムズ", asset="PACSサーバ", question="finding", check_id="a.open", answer="done", remark="他社"
            ),
        ]
    )
    asked = inquiry(database)
    assert [(one.machines, one.before.answer if one.before else None) for one in asked.findings if one.check == "a.open"] == [
        (("PACSサーバ",), None), (("CT操作卓",), "refused"),
    ]  # fmt: skip
    flows = {(flow.peer, flow.port, flow.machines): flow.before.answer if flow.before else None for flow in asked.flows}
    assert flows["", 104, ("CT操作卓",)] == "no" and flows["", 104, ("PACSサーバ",)] is None
    assert flows["10.5.5.5", 9, ("CT操作卓",)] == "yes"
    text = cells(render_inquiry(asked, "ja"))
    assert "変更できない" in text and "前回のご回答(2026-05-01)" in text and "他社" not in text


def test_words_of_a_machine_are_never_formulas(database: Database) -> None:
    evil = '=HYPERLINK("http://x","y")'
    database.insert([LedgerAsset(asset=evil, vendor="画像テック", place="+1", purpose="@SUM(1)"), Asset(asset=evil, vendor="画像テック")])
    database.insert([Exposure(asset=evil, protocol="tcp", port=1, process="-2+3", inbound="open")])
    data = render_inquiry(inquiry(database))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert any(cell.value == evil for row in book["対象の機器"].iter_rows() for cell in row)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    assert "<f>" not in sheets and "<hyperlink" not in sheets


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_same_inquiry_gives_the_same_bytes_in_both_forms(database: Database, language: Any) -> None:
    asked = inquiry(database)
    assert render_inquiry(asked, language) == render_inquiry(asked, language)
    letter = render_letter(asked, language)
    assert letter == render_letter(asked, language)
    told = document(letter)
    assert ("御中" in told) == (language == "ja")
    for one in asked.findings:
        assert one.title.say(language) in told and one.ask.say(language) in told


def test_no_verdict_and_no_blame_in_its_words(database: Database) -> None:
    told = document(render_letter(inquiry(database), "ja")) + document(render_letter(inquiry(database), "en"))
    for word in ("準拠", "合格", "不備", "違反", "責任を", "怠", "compliant", "fault", "violat"):
        assert word not in told


def test_what_a_check_tells_to_ask_becomes_a_question_to_the_vendor() -> None:
    told = to_the_vendor(Text("業者に、止めてもらってください。", "Ask the vendor for the list of peers."))
    assert told == Text("止めていただけますか。", "Please give us the list of peers.")
    kept = Text("この通信は何のためですか。", "What is this connection for?")
    assert to_the_vendor(kept) == kept
