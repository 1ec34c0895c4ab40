"""nfdump's ways of writing: what one flow says in each of them, and who called whom."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.interface import Context
from omamori.parse.network.log.condense import objects
from omamori.parse.network.log.firewall_log import PARSERS
from omamori.parse.registry import recognise

NOW = datetime(2026, 6, 1, 9)
CSV = """ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out
2026-05-01 01:46:40,2026-05-01 01:46:44,4.000,10.1.2.3,10.1.9.9,50000,1433,TCP,...AP.SF,0,0,3,220,0,0,0,0
2026-05-01 01:46:41,2026-05-01 01:46:45,4.000,10.1.9.9,10.1.2.3,1433,50000,TCP,...AP.SF,0,0,3,1020,0,0,0,0
"""
LONG = """Date first seen             Duration     Proto      Src IP Addr:Port          Dst IP Addr:Port     Flags Tos  Packets    Bytes Flows
2026-05-01 01:46:40.000     00:00:04.000 TCP           10.1.2.3:50000 ->         10.1.9.9:1433  ...AP.SF   0        3      220     1
2026-05-01 01:46:41.000     00:00:04.000 TCP           10.1.9.9:1433  ->         10.1.2.3:50000 ...AP.SF   0        3     1020     1
Summary: total flows: 2, total bytes: 1240, total packets: 6, avg bps: 1606, avg pps: 1, avg bpp: 175
"""
ONE = """{
	"type" : "FLOW",
	"first" : "2026-05-01T01:46:4%d.000",
	"in_bytes" : %d,
	"proto" : 6,
	"src_port" : %d,
	"dst_port" : %d,
	"src4_addr" : "%s",
	"dst4_addr" : "%s",
	"label" : "<none>"
}"""
JSON = f"[\n{ONE % (0, 220, 50000, 1433, '10.1.2.3', '10.1.9.9')},\n{ONE % (1, 1020, 1433, 50000, '10.1.9.9', '10.1.2.3')}]\n"


@pytest.mark.parametrize("text", [CSV, LONG, JSON], ids=["csv", "long", "json"])
def test_both_directions_are_one_call(text: str) -> None:
    parser = recognise(text.encode(), "export.txt")
    assert parser is not None and parser.kind == "network.firewall_log"
    parsed = PARSERS[0].parse(text.encode(), Context(parser.kind, NOW, NOW, file_name="core-router.txt"))
    (row,) = parsed.rows
    assert (row.source_address, row.destination_address, row.protocol, row.destination_port) == ("10.1.2.3", "10.1.9.9", "tcp", 1433)
    assert (row.times, row.bytes, row.first_seen, row.last_seen) == (
        2,
        1240,
        datetime(2026, 5, 1, 1, 46, 40),
        datetime(2026, 5, 1, 1, 46, 41),
    )
    assert row.action is None and row.own_clock
    assert parsed.identifiers == ("name:core-router",) and parsed.looks[0].complete and parsed.looks[0].missing == ("action",)


def test_an_object_that_does_not_end_stays_in_lines() -> None:
    assert list(objects(["{", '"a": 1', "},", "x", "{", "b"])) == ['{ "a": 1 }', "x", "{", "b"]
    long = ["{", *(f'"a{number}": 1' for number in range(1000))]
    assert [line for line in objects(long) if line] == long
