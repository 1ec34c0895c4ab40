"""The record of a gentle look: rows for what answered, looks that say how completely, and no harm from a damaged one."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.gentle import GENTLE_PORTS
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.scan import dicom
from omamori.parse.scan.run import parse, read_ports, write_ports

CONTEXT = Context("scan.run", datetime(2026, 12, 1), datetime(2026, 12, 1))
HEAD = {
    "omamori": "scan.run",
    "format": 1,
    "scan": "abc-1",
    "tool": "omamori 1",
    "began": "2026-11-30T12:00:00Z",
    "profile": "gentle",
    "approval": "R8-007",
    "targets": "10.1.0.0/29",
    "ports": write_ports(GENTLE_PORTS),
    "connections_allowed": 2,
}
HOSTS = [
    {"address": "10.1.0.1", "seen": "2026-11-30T12:00:05Z", "answer": "syn-ack", "mac": "00:00:5E:00:53:01", "open": [22, 80], "closed": [23], "attempts": 2},
    {"address": "10.1.0.2", "seen": "2026-11-30T12:00:05Z", "answer": "no-response", "attempts": 2},
    {"address": "10.1.0.3", "seen": "2026-11-30T12:00:05Z", "answer": "absent", "attempts": 1},
    {"address": "10.1.0.4", "seen": "2026-11-30T12:00:06Z", "answer": "arp-response", "mac": "00:00:5e:00:53:04", "attempts": 2},
    {"address": "fd00::5", "seen": "2026-11-30T12:00:06Z", "answer": "reset", "attempts": 1, "whole": False, "asked": {"22": 1}},
]  # fmt: skip
END = {"ended": "2026-11-30T12:10:00Z", "why": "done", "finished": True}


def _bytes(*said: object) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in said)


def test_what_answered_becomes_rows_and_the_silent_are_only_counted() -> None:
    parsed = parse(_bytes(HEAD, *HOSTS, {"probed": "10.1.0.1"}, END), CONTEXT)
    scan, *rows = parsed.rows
    assert (scan.hosts_asked, scan.hosts_up, scan.finished, scan.connections_sent) == (5, 3, True, 2)
    assert [(row.address, getattr(row, "port", None), row.evidence) for row in rows] == [
        ("10.1.0.1", None, "2"),
        ("10.1.0.1", 22, "2"),
        ("10.1.0.1", 80, "2"),
        ("10.1.0.4", None, "5"),
        ("fd00::5", None, "6"),
    ]
    assert rows[0].mac == "00:00:5e:00:53:01"
    looks = {(look.asset, look.table): look.complete for look in parsed.looks}
    assert looks[("10.1.0.1", "network_ports")] is True
    assert looks[("10.1.0.4", "network_ports")] is True
    assert looks[("fd00::5", "network_ports")] is False
    assert ("10.1.0.2", "network_ports") not in looks
    assert dict(parsed.claims)["10.1.0.1"] == ("mac:00:00:5e:00:53:01", "ip:10.1.0.1")
    assert parsed.problems == ()


def test_versions_of_a_named_server_are_put_to_its_ports() -> None:
    services = [
        {"port": 22, "service": "ssh", "product": "OpenSSH", "version": "9.2p1", "confidence": 10, "encrypted": None},
        {"port": 9},
        5,
    ]
    parsed = parse(
        _bytes(HEAD, *HOSTS, {"probed": "10.1.0.1", "services": services}, {"probed": "10.1.0.2", "services": services}, END), CONTEXT
    )
    ports = {row.port: (row.method, row.product, row.version, row.evidence) for row in parsed.rows if type(row).__name__ == "NetworkPort"}
    assert ports == {22: ("probed", "OpenSSH", "9.2p1", "7"), 80: ("table", None, None, "2")}
    for hostile in (
        {"services": 5},
        {"services": [{"port": [], "x": 1}]},
        {"services": [{"port": 22, "product": ["x"], "confidence": "9"}]},
    ):
        assert parse(_bytes(HEAD, *HOSTS, {"probed": "10.1.0.1"} | hostile, END), CONTEXT).rows


def test_a_record_cut_off_keeps_its_hosts_but_the_run_is_not_finished() -> None:
    parsed = parse(_bytes(HEAD, *HOSTS)[:-20], CONTEXT)
    scan = parsed.rows[0]
    assert (scan.finished, scan.ended, scan.hosts_up) == (False, None, 2)
    assert [look.complete for look in parsed.looks if look.table == "scans"] == [False]
    assert len(parsed.problems) == 1


def test_fewer_ports_asked_is_no_complete_look() -> None:
    parsed = parse(_bytes(HEAD | {"ports": "22,80"}, *HOSTS, END), CONTEXT)
    assert not any(look.complete for look in parsed.looks if look.table == "network_ports")


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"omamori": "scan.run", "format": 2}', b"\xff" * 100])
def test_another_version_is_refused(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        parse(data, CONTEXT)


def test_hostile_lines_are_told_and_the_others_kept() -> None:
    hostile = [
        {"address": "10.1.0.1"}, {"address": "evil"}, {"address": ["x"]}, {"address": "10.1.0.9", "answer": "syn-ack",
         "open": ["80", True, -1, 70000, 443], "mac": "zz", "seen": 5, "attempts": "x"},
        [1], "x", 5, {"ended": {"a": 1}, "finished": "yes"},
    ]  # fmt: skip
    parsed = parse(_bytes(HEAD, HOSTS[0], *hostile), CONTEXT)
    assert [row.port for row in parsed.rows if type(row).__name__ == "NetworkPort"] == [22, 80, 443]
    assert parsed.rows[0].finished is False
    assert len(parsed.problems) == 6


@given(st.lists(st.tuples(st.integers(0, 1500), st.binary(max_size=5)), min_size=1, max_size=6))
def test_no_damage_breaks_it(changes: list[tuple[int, bytes]]) -> None:
    data = _bytes(HEAD, *HOSTS, END)
    for place, new in changes:
        data = data[:place] + new + data[place + 2 :]
    try:
        parsed = parse(data, CONTEXT)
    except EvidenceError:
        return
    assert {row.asset for row in parsed.rows if hasattr(row, "asset")} <= {look.asset for look in parsed.looks}


def test_ports_are_written_and_read_alike() -> None:
    assert write_ports((80, 21, 22, 23)) == "21-23,80"
    assert read_ports("21-23,80") == {21, 22, 23, 80}
    assert read_ports("x,-5,9-,1-99999999999") >= {1, 65535}


def test_an_echo_that_nobody_took_is_no_look() -> None:
    said = {
        "omamori": "scan.dicom",
        "format": 1,
        "scan": "a",
        "seen": "2026-11-30T12:00:00Z",
        "address": "10.1.0.1",
        "port": 104,
        "called_title": "PACS",
    }
    answered = said | {"connected": True, "accepted": True, "status": 0, "implementation": "ORTHANC"}
    (row,) = dicom.parse(_bytes(answered), CONTEXT).rows
    assert (row.accepted, row.status, row.called_title, row.implementation, row.port) == (True, 0, "PACS", "ORTHANC", 104)
    nobody = dicom.parse(_bytes(said | {"connected": False}), CONTEXT)
    assert (nobody.rows, [look.complete for look in nobody.looks]) == ((), [False])
    for wrong in (b"", b"[]", b"{}", _bytes(said | {"address": "x"})):
        with pytest.raises(EvidenceError):
            dicom.parse(wrong, CONTEXT)
