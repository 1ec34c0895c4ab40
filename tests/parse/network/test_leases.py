"""Files of DHCP servers: the last word on each address, and nothing stored that no one needs."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.look import Parsed
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.network.leases.files import KIND, PARSERS, recognise
from omamori.parse.redact import redact_for
from omamori.parse.registry import recognise as any_recognise

DATA = Path(__file__).parent / "leases_data"
FILES = sorted(path.name for path in DATA.iterdir())
NOW = datetime(2026, 6, 1, 9)


def parse(data: bytes, name: str = "dhcp1.leases") -> Parsed:
    return PARSERS[0].parse(data, Context(KIND, NOW, NOW, file_name=name))


def rows(parsed: Parsed) -> list[dict[str, Any]]:
    return [{name: value for name, value in dataclasses.asdict(row).items() if value not in (None, "")} for row in parsed.rows]


def test_isc_dhcpd() -> None:
    parsed = parse((DATA / "dhcpd.leases").read_bytes(), "dhcp1_dhcpd.leases")
    assert rows(parsed) == [
        {
            "address": "10.20.0.51", "mac": "00:00:5e:00:53:51", "starts": datetime(2026, 6, 1), "state": "free", "evidence": "12",
        },
        {
            "address": "10.20.0.50", "mac": "00:00:5e:00:53:50", "hostname": "ct-console", "starts": datetime(2026, 6, 1, 6),
            "ends": datetime(2026, 6, 1, 18), "state": "active", "evidence": "18",
        },
    ]  # fmt: skip
    assert parsed.looks[0].complete
    assert parsed.identifiers == ("name:dhcp1",)


def test_dnsmasq() -> None:
    parsed = parse((DATA / "dnsmasq.leases").read_bytes(), "dnsmasq.leases")
    assert rows(parsed) == [
        {
            "address": "10.20.0.60", "mac": "00:00:5e:00:53:60", "hostname": "tablet-1", "ends": datetime(2026, 6, 2), "state": "active",
            "evidence": "1",
        },
        {"address": "10.20.0.61", "mac": "00:00:5e:00:53:61", "state": "active", "evidence": "2"},
    ]  # fmt: skip
    assert parsed.looks[0].complete
    assert parsed.identifiers == ()
    assert ["SW2_arp.txt" in problem.expected for problem in parsed.problems] == [True]


def test_what_dnsmasq_really_wrote() -> None:
    parsed = parse((DATA / "real-dnsmasq.leases").read_bytes(), "gw-dnsmasq.leases")
    assert [(row.address, row.mac, row.hostname, row.ends) for row in parsed.rows] == [
        ("10.99.1.119", "00:00:5e:00:53:13", "ct-console", datetime(2026, 11, 29, 20, 12, 35)),
    ]
    assert parsed.looks[0].complete
    assert parsed.problems == ()


def test_kea() -> None:
    parsed = parse((DATA / "kea-leases4.csv").read_bytes())
    assert rows(parsed) == [
        {
            "address": "10.20.0.70", "mac": "00:00:5e:00:53:70", "hostname": "viewer", "starts": datetime(2026, 6, 1),
            "ends": datetime(2026, 6, 1, 1), "state": "active", "evidence": "2",
        },
        {"address": "10.20.0.72", "mac": "00:00:5e:00:53:72", "state": "declined", "evidence": "5"},
    ]  # fmt: skip
    assert [problem.line for problem in parsed.problems] == [6]
    assert parsed.looks[0].reason == "not_understood"


def test_the_audit_log_of_windows_is_what_happened_in_a_day() -> None:
    parsed = parse((DATA / "DhcpSrvLog-Mon.log").read_bytes())
    assert rows(parsed) == [
        {
            "address": "10.20.0.80", "mac": "00:00:5e:00:53:80", "hostname": "NOTE-1", "starts": datetime(2026, 6, 1, 9, 31, 2),
            "state": "active", "evidence": "9",
        },
        {
            "address": "10.20.0.81", "mac": "00:00:5e:00:53:81", "hostname": "NOTE-2", "ends": datetime(2026, 6, 1, 9, 40),
            "state": "released", "evidence": "10",
        },
    ]  # fmt: skip
    assert (parsed.looks[0].complete, parsed.looks[0].reason) == (False, "not_collected")


@pytest.mark.parametrize("name", FILES)
def test_what_is_stored_says_the_same_and_names_no_user(name: str) -> None:
    data = (DATA / name).read_bytes()
    stored = redact_for(PARSERS[0], data).data
    assert stored.count(b"\n") == data.count(b"\n")
    assert b"himitsu" not in stored
    assert parse(stored) == parse(data)
    found = any_recognise(data, name)
    assert found is not None and found.kind == KIND


@pytest.mark.parametrize("name", FILES)
def test_cut_off_is_not_all(name: str) -> None:
    data = (DATA / name).read_bytes()[:-4]
    assert not parse(data).looks[0].complete


@pytest.mark.parametrize("name", FILES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(chance=st.data())
def test_damaged(name: str, chance: st.DataObject) -> None:
    data = bytearray((DATA / name).read_bytes())
    for _ in range(chance.draw(st.integers(1, 6))):
        data[chance.draw(st.integers(0, len(data) - 1))] = chance.draw(st.integers(0, 255))
    recognise(bytes(data), name)
    try:
        parsed = parse(redact_for(PARSERS[0], bytes(data)).data)
    except EvidenceError:
        return
    assert all(row.evidence.isdecimal() for row in parsed.rows)


def test_other_text_is_no_lease_file() -> None:
    for data in (b"", b"hello\n", b"1780358400 not a lease\n", b"lease 10.0.0.1 {\n}\n", b"address,name\n10.0.0.1,x\n"):
        assert not recognise(data, "x")
    with pytest.raises(EvidenceError, match=r"dhcpd\.leases"):
        parse(b"hello\n")
