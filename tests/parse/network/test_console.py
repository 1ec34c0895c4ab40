"""Copies of consoles: the expected rows, nothing else stored, cut anywhere, damaged anyhow. No code per case.

A sample is `data/CASE.txt`, as bytes of a terminal; `data/CASE.json` holds what must come out.
`OMAMORI_WRITE_EXPECTED=1` writes these anew; read the difference before you commit it.
"""

from __future__ import annotations

import dataclasses
import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.look import REASONS, Parsed
from omamori.model.tables import TABLES, table_of
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.network.console import KIND, PARSERS, recognise, redact
from omamori.parse.network.device_name import device_of
from omamori.parse.network.form import forms
from omamori.parse.network.lines import Prompt, prompt
from omamori.parse.redact import redact_for

DATA = Path(__file__).parent / "data"
SAMPLES = sorted(DATA.glob("*.txt"))
NOW = datetime(2026, 6, 1, 9)
CODES = {reason.code for reason in REASONS}


def parse(data: bytes, file_name: str = "") -> Parsed:
    return PARSERS[0].parse(data, Context(KIND, NOW, NOW, file_name=file_name))


def shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def as_json(parsed: Parsed) -> dict[str, Any]:
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in parsed.rows:
        values = {name: shown(value) for name, value in dataclasses.asdict(row).items() if value not in (None, "")}
        tables.setdefault(table_of(row).name, []).append(values)
    looks = {
        f"{look.asset}:{look.table}" if look.asset else look.table: "complete" if look.complete else f"incomplete: {look.reason}"
        for look in parsed.looks
    }
    problems = [f"{problem.line}: {problem.expected}" for problem in parsed.problems]
    claims = {name: list(identifiers) for name, identifiers in parsed.claims}
    return {"identifiers": list(parsed.identifiers), "claims": claims, "looks": looks, "problems": problems, "rows": tables}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample(path: Path) -> None:
    data = path.read_bytes()
    found = as_json(parse(data, path.name))
    expected = path.with_suffix(".json")
    if os.environ.get("OMAMORI_WRITE_EXPECTED"):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))
    assert recognise(data[: 64 * 1024], path.name)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_is_stored_says_the_same_and_nothing_else(path: Path) -> None:
    data = path.read_bytes()
    stored = redact_for(PARSERS[0], data).data
    assert stored.count(b"\n") == data.count(b"\n")
    assert as_json(parse(stored, path.name)) == as_json(parse(data, path.name))
    assert redact_for(PARSERS[0], stored).data == stored
    for secret in (b"himitsu", b"netadmin", b"$1$abcd", b"login as", b"uptime"):
        assert secret not in stored


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(chance=st.data())
def test_damaged(path: Path, chance: st.DataObject) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.draw(st.integers(1, 6))):
        data[chance.draw(st.integers(0, len(data) - 1))] = chance.draw(st.integers(0, 255))
    cut = bytes(data[: chance.draw(st.integers(0, len(data)))])
    recognise(cut, "x")
    stored = redact(cut).data
    try:
        parsed = parse(stored)
    except EvidenceError:
        return
    for row in parsed.rows:
        assert TABLES[table_of(row).name].row is type(row)
        assert row.evidence.isdecimal()
    for look in parsed.looks:
        assert look.complete or look.reason in CODES


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_cut_off_inside_the_last_table_is_not_all_of_it(path: Path) -> None:
    data = path.read_bytes()
    last = max(int(row.evidence) for row in parse(data).rows)
    lines = data.split(b"\n")
    cut = b"\n".join(lines[: last - 1]) + b"\n" + lines[last - 1][:-4]
    try:
        parsed = parse(cut)
    except EvidenceError:
        return
    table = table_of(max(parse(data).rows, key=lambda row: int(row.evidence))).name
    assert not any(look.complete and look.asset == "" for look in parsed.looks if look.table == table and not parsed.claims)


def test_forms_are_described() -> None:
    tables = {form.table for form in forms().values()}
    assert tables == {"forwarding_entries", "neighbours", "leases"}
    assert set(PARSERS[0].tables) == tables | {"interfaces"}
    assert all(form.source for form in forms().values() if not form.rank)


@pytest.mark.parametrize(
    ("file_name", "device"),
    [
        ("SW2_show_mac.txt", "SW2"),
        ("core-sw1.log", "core-sw1"),
        ("sw-2F arp.txt", "sw-2F"),
        ("archive.zip:hospital/RTX1210-show arp.txt", "RTX1210"),
        ("arp.txt", ""),
        ("show_mac_address-table.txt", ""),
        ("dhcp.log", ""),
        ("2026-06-01_SW2_mac.txt", "SW2"),
        ("3階スイッチ_mac.txt", "3階スイッチ"),
        ("dhcpd.leases", ""),
        ("dhcp1-dhcpd.leases", "dhcp1"),
        ("DhcpSrvLog-Mon.log", ""),
        ("kea-leases4.csv.2", ""),
        ("pfirewall.log", ""),
        ("FGT-60F-traffic-20260601.log", "FGT-60F"),
    ],
)
def test_the_device_a_file_is_named_after(file_name: str, device: str) -> None:
    assert device_of(file_name) == device


@pytest.mark.parametrize(
    ("line", "name", "command"),
    [
        ("SW2#show mac address-table", "SW2", "show mac address-table"),
        ("SW2>en", "SW2", "en"),
        ("SW2(config-if)# do sh ip arp", "SW2", "do sh ip arp"),
        ("asa1/pri/act# show arp", "asa1", "show arp"),
        ("FGT-60F (root) # get system arp", "FGT-60F", "get system arp"),
        ("admin@EX-3F> show arp no-resolve", "EX-3F", "show arp no-resolve"),
        ("[admin@RB-1] > /ip arp print", "RB-1", "ip arp print"),
        ("[admin@RB-1] /ip arp> print", "RB-1", "ip arp print"),
        ("ProCurve Switch 2610-24# show mac-address", "ProCurve-Switch-2610-24", "show mac-address"),
        ("root@host1:~# bridge fdb show", "host1", "bridge fdb show"),
        ("[root@host1 ~]# ip neigh", "host1", "ip neigh"),
        ("3F-SW1#", "3F-SW1", ""),
        ("> show arp", "", "show arp"),
        ("------------------ show mac address-table ------------------", "", "show mac address-table"),
    ],
)
def test_prompts(line: str, name: str, command: str) -> None:
    assert prompt(line) == Prompt(name, command)


@pytest.mark.parametrize(
    "line",
    [
        "  20    0000.5e00.5311    DYNAMIC     Gi1/0/1",
        "Internet  10.20.0.11              3   0000.5e00.5311  ARPA   Vlan20",
        "---------+---------------+--------+",
        "Flags: D - DYNAMIC; C - COMPLETE",
        " 100% of 5 entries",
    ],
)
def test_lines_that_are_no_prompts(line: str) -> None:
    assert prompt(line) is None


def test_a_long_hostile_file_is_read_in_one_go() -> None:
    data = b"Vlan    Mac Address       Type        Ports\n" + b"a-" * 200_000 + b"\n" + b"<--- More --->" * 5_000 + b"\n"
    data += b"SW(" * 5_000 + b"\n" + b"? (" * 5_000 + b"\n" + b" 1 " + b"A " * 50_000
    assert not recognise(data, "x")
    assert parse(data).rows == ()
    assert not any(look.complete for look in parse(data).looks)


@pytest.mark.parametrize(
    "token", [" ", "\x08a ", "-", "A ", "SW(", "ip address mac address vlan port ", "[a@b", "1 ", "0.0.0.0 ", "lines 1-", "mac-address="]
)
def test_lines_no_device_would_print_are_read_in_one_pass(token: str) -> None:
    """A pattern that goes back and forth over such lines would not end while we watch."""
    line = (token * 2000)[:2000] + "\n"
    assert not recognise((line * 200).encode(), "x")


def test_a_table_of_a_device_nobody_names_is_told() -> None:
    table = b"Address           Age(min)   Hardware Addr      Interface\n10.0.0.4         0          b0:a8:6e:01:61:81 lan\n"
    (problem,) = parse(table, "arp.txt").problems
    assert "SW2_arp.txt" in problem.expected
    assert parse(table, "arp.txt").looks[0].complete
    assert parse(table, "FGT-1_arp.txt").problems == ()


def test_a_file_without_any_table_says_what_to_do() -> None:
    with pytest.raises(EvidenceError, match="no table"):
        parse(b"SW1#show clock\n09:00:00.000 JST\nSW1#\n")
