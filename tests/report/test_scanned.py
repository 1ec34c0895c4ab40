"""What was scanned, under which approval and limits, and what was left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from omamori.model.approval import Approval
from omamori.model.sightings import Scan
from omamori.report.scanned import CUT_OFF, ELSEWHERE, ENDED, read_scans
from omamori.snapshot.database import Database

GENTLE = Scan(
    scan="33280e99-20260601T210000Z",
    tool="omamori 0.1.0",
    began=datetime(2026, 6, 1, 21),
    finished=True,
    profile="gentle",
    approval="LAB-1",
    targets="10.1.0.0-10.1.0.31",
    asked_ports="21-23,80",
    hosts_asked=30,
    hosts_up=9,
    connections_allowed=2,
    connections_sent=1,
)
ELSEWHERE_MADE = Scan(scan="b", tool="nmap 7.94", began=datetime(2026, 5, 1), targets=" ".join(f"10.2.0.{n}" for n in range(70)))
LEAVE = Approval(
    approval="LAB-1",
    approved_by="実験 太郎\x1b[2J",
    position="院長",
    approved_on=date(2026, 5, 30),
    profile="gentle",
    excluded="10.1.0.9 10.1.0.10",
    consented="10.1.0.11",
    packets_per_second=50,
    evidence="33280e990da198ac:1",
)


def test_a_scan_says_who_allowed_it_what_it_sent_and_what_it_left_alone() -> None:
    with Database() as database:
        database.insert([ELSEWHERE_MADE, GENTLE])
        database.insert([LEAVE])
        latest, earlier = read_scans(database)
    assert (latest.tool, latest.ended) == ("omamori 0.1.0", ENDED)
    assert [line.ja for line in latest.lines] == [
        "承認: LAB-1(院長 実験 太郎␛[2J、2026-05-30)、やさしい(1ポート2回まで、データなし)",
        "調べた範囲: 10.1.0.0-10.1.0.31",
        "尋ねたTCPポート: 21-23, 80",
        "尋ねたアドレス 30、応答したアドレス 9",
        "上限: 1ポートへの接続 2 回(実際は最大 1 回)、毎秒 50 パケット",
        "承認書により何も送っていないアドレス(見えていません): 10.1.0.9, 10.1.0.10",
        "持ち主・メーカーの同意を得て調べたアドレス: 10.1.0.11",
    ]
    assert latest.lines[4].en == "Limits: 2 connections to one port (at most 1 were made), 50 packets a second"
    assert latest.short is not None and latest.short.ja == "ネットワークの調査では、30 アドレスのうち 9 が応答しました。"
    assert earlier.short is None
    assert (earlier.ended, earlier.lines[0]) == (CUT_OFF, ELSEWHERE)
    assert earlier.lines[1].en.endswith("10.2.0.59 and 10 more")


def test_an_approval_that_was_written_anew_does_not_speak_for_an_older_scan() -> None:
    with Database() as database:
        database.insert([GENTLE])
        database.insert([replace(LEAVE, evidence="61b61b563bc8f08f:1")])
        (scan,) = read_scans(database)
    assert scan.lines[0].en.startswith("Approval: LAB-1, gentle") and "not on record" in scan.lines[0].en
    assert not any("10.1.0.9" in line.en or "packets" in line.en for line in scan.lines)
