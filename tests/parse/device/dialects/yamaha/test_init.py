"""Whole configurations of YAMAHA routers: a real one, ours, damaged ones."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.device import DeviceAccess, DeviceFact, DeviceRule, DeviceSecret, DeviceVpn
from omamori.model.look import Parsed
from omamori.parse.device.config import KIND, PARSERS, parse
from omamori.parse.device.dialects.yamaha import DIALECT
from omamori.parse.interface import Context
from omamori.parse.redact import redact_for
from omamori.parse.registry import recognise
from omamori.parse.windows.lines import Line

REAL = (
    Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
    / "netconfig" / "yamaha" / "rtx1210_l2tp_home_REDACTED.conf"
)  # fmt: skip
NOW = datetime(2026, 6, 1, 9)
OURS = """\
# RTX1210 Rev.14.01.28 (Tue Jul 24 17:00:42 2018)
# MAC Address : 00:a0:de:12:34:56, 00:a0:de:12:34:57
# Memory 256Mbytes, 3LAN, 1BRI
# main:  RTX1210 ver=00 serial=S4H000000 MAC-Address=00:a0:de:12:34:56
# 病棟の回線
snmp sysname gw-ward
ip lan1 address 192.168.10.1/24
ip lan2 address dhcp
ip route default gateway dhcp lan2
ip lan2 secure filter in 1
ip filter 1 reject * *
administrator password HIMITSU
"""
STATUS = """\
RTX1210 BootROM Ver. 1.03
RTX1210 Rev.14.01.28 (Tue Jul 24 17:00:42 2018)
main:  RTX1210 ver=00 serial=S4H000000 MAC-Address=00:a0:de:12:34:56 MAC-Address=00:a0:de:12:34:57
CPU:   1%(5sec)   0%(1min)   0%(5min)    メモリ: 26% 使用中
起動時刻: 2025/04/01 08:00:00 +09:00
セキュリティクラス レベル: 1, タイプ: ON, TELNET: OFF
"""


def taken(data: bytes, name: str = "router.txt") -> Parsed:
    assert (parser := recognise(data[:65536], name)) is not None and parser.kind == KIND
    return parse(redact_for(PARSERS[0], data).data, Context(KIND, NOW, NOW, file_name=name))


def of(kind: type[Any], parsed: Parsed) -> list[Any]:
    return [row for row in parsed.rows if isinstance(row, kind)]


@pytest.fixture
def real() -> Parsed:
    if not REAL.exists():
        pytest.skip(f"real captures are not here: {REAL}")
    return taken(REAL.read_bytes(), REAL.name)


def test_the_real_one_is_read_whole(real: Parsed) -> None:
    fact = of(DeviceFact, real)[0]
    assert (fact.system, fact.hostname, fact.lines, fact.lines_unread) == ("yamaha-rtx", "RTX1210_Site1", 180, 0)


def test_what_is_wrong_with_the_real_one(real: Parsed) -> None:
    doors = {(row.protocol, row.interface, row.allowed_from, row.enabled) for row in of(DeviceAccess, real)}
    assert doors == {("http", None, None, True), ("ssh", "lan2", None, True), ("ssh", "bridge1", None, True)}
    tunnels = [(row.kind, row.dial_in, row.peer, row.encryption, row.enabled) for row in of(DeviceVpn, real)]
    assert tunnels == [
        ("l2tp", False, "peer.example.jp", "aes-cbc,sha-hmac", True),
        ("l2tp", True, None, "aes-cbc,sha-hmac", True),
    ]
    assert {row.state for row in of(DeviceSecret, real)} == {"plain"} and len(of(DeviceSecret, real)) == 8
    out = [row for row in of(DeviceRule, real) if row.chain == "lan2 out"]
    assert (out[-1].rule, out[-1].decision, out[-1].sources, out[-1].destinations, out[-1].protocol) == (
        "200099",
        "accept",
        None,
        None,
        None,
    )


def test_no_secret_of_the_real_one_is_stored() -> None:
    if not REAL.exists():
        pytest.skip(f"real captures are not here: {REAL}")
    stored = redact_for(PARSERS[0], REAL.read_bytes())
    assert b"REDACTED" not in stored.data and stored.secrets == 8
    assert stored.data.count(b"\n") == REAL.read_bytes().count(b"\n")


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_header_in_both_encodings(encoding: str) -> None:
    parsed = taken(OURS.encode(encoding))
    fact = of(DeviceFact, parsed)[0]
    assert (fact.model, fact.version, fact.firmware_built) == ("RTX1210", "Rev.14.01.28", date(2018, 7, 24))
    assert parsed.identifiers == ("name:gw-ward", "mac:00:a0:de:12:34:56", "mac:00:a0:de:12:34:57")
    assert all(look.complete for look in parsed.looks)


def test_a_status_page_tells_nothing_of_the_configuration() -> None:
    parsed = taken(STATUS.encode(), "gw-ward_show_environment.txt")
    fact = of(DeviceFact, parsed)[0]
    assert (fact.version, fact.booted, fact.hostname) == ("Rev.14.01.28", datetime(2025, 4, 1, 8), "gw-ward")
    assert {look.table for look in parsed.looks if look.complete} == {"device_facts"}
    assert len(parsed.rows) == 1


def test_a_log_of_this_maker_is_no_configuration() -> None:
    log = "2026/05/01 09:00:00: LAN2 Rejected at IN(200099) filter: TCP 198.51.100.9:40000 > 203.0.113.2:23\n" * 9
    assert not DIALECT.recognise(log.split("\n"))


@given(
    st.lists(st.sampled_from([*OURS.split("\n"), "ip filter", "ip filter dynamic 1 * *", "nat descriptor static 1 1 = 3", "pp select"])),
    st.text(),
)
def test_any_order_and_any_rubbish(lines: list[str], rubbish: str) -> None:
    device = DIALECT.read([Line(number, text) for number, text in enumerate([*lines, *rubbish.split("\n")], 1)])
    assert len(device.unread) <= device.lines


@given(st.integers(0, len(OURS)), st.integers(0, 30))
def test_cut_anywhere(start: int, size: int) -> None:
    text = OURS[:start] + OURS[start + size :]
    DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    assert "HIMITSU" not in redact_for(PARSERS[0], OURS.encode()).data.decode()
