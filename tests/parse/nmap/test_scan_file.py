"""Every scan file of `data` beside its expected rows; damaged, cut and packed ones; what is recognised.

`OMAMORI_WRITE_EXPECTED=1` writes the expected files anew; read the difference before you commit it.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.gentle import GENTLE_PORTS
from omamori.model.look import EVERYWHERE, REASONS, Parsed
from omamori.model.sightings import NetworkHost, NetworkPort, Scan
from omamori.parse.interface import EvidenceError
from omamori.parse.registry import recognise

_spec = importlib.util.spec_from_file_location("nmap_captures", Path(__file__).with_name("captures.py"))
assert _spec and _spec.loader
captures = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(captures)

_types_spec = importlib.util.spec_from_file_location("linux_captures", Path(__file__).parents[1] / "linux" / "captures.py")
assert _types_spec and _types_spec.loader
linux_captures = importlib.util.module_from_spec(_types_spec)
_types_spec.loader.exec_module(linux_captures)

ALL = captures.captures()
NAMES = [path.stem for path in ALL]
_CODES = {reason.code for reason in REASONS}


def _data(name: str) -> bytes:
    return (captures.DATA / f"{name}.xml").read_bytes()


def _rows(parsed: Parsed, kind: type) -> list:
    return [row for row in parsed.rows if isinstance(row, kind)]


@pytest.mark.parametrize("capture", ALL, ids=NAMES)
def test_rows_are_the_expected_ones(capture: Path) -> None:
    said = captures.as_json(captures.parse(capture.read_bytes()))
    expected = capture.with_suffix(".json")
    if os.environ.get("OMAMORI_WRITE_EXPECTED"):
        expected.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert said == json.loads(expected.read_text(encoding="utf-8"))


def _sound(parsed: Parsed) -> None:
    """What holds of every reading: rows fit the model, every address seen has its two looks, a look that is not whole says why."""
    assert linux_captures.type_errors(parsed, captures.parser().tables) == []
    assert all(look.complete or look.reason in _CODES for look in parsed.looks)
    seen = {row.address for row in _rows(parsed, NetworkHost)}
    assert {(look.table, look.asset) for look in parsed.looks} == {
        *(("network_hosts", address) for address in seen),
        *(("network_ports", address) for address in seen),
        ("scans", EVERYWHERE),
    }
    assert {row.address for row in _rows(parsed, NetworkPort)} <= seen
    assert {name for name, _ in parsed.claims} == seen
    assert all(f"ip:{name}" in said for name, said in parsed.claims)


@pytest.mark.parametrize("capture", ALL, ids=NAMES)
def test_every_row_fits_the_model_and_every_address_has_its_looks(capture: Path) -> None:
    _sound(captures.parse(capture.read_bytes()))


@pytest.mark.parametrize("capture", ALL, ids=NAMES)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(choices=st.data())
def test_damaged_files_never_break_the_parser(capture: Path, choices: st.DataObject) -> None:
    damaged = bytearray(capture.read_bytes())
    for _ in range(choices.draw(st.integers(1, 4))):
        place = choices.draw(st.integers(0, len(damaged)))
        length = choices.draw(st.sampled_from((0, 1, 30, 100_000)))
        damaged[place : place + length] = choices.draw(
            st.sampled_from((b"", b"<", b"&", b"\0", b"<host>", b"</host>", b'"', b"<?xml ", b"9" * 30))
        )
    try:
        parsed = captures.parse(bytes(damaged))
    except EvidenceError:
        return
    _sound(parsed)


@pytest.mark.parametrize("capture", ALL, ids=NAMES)
def test_wherever_a_file_is_cut_off_whole_hosts_stay(capture: Path) -> None:
    data = capture.read_bytes()
    whole = captures.parse(data)
    ends = [place for place in range(len(data)) if data.startswith(b"</host>", place)]
    for count, end in enumerate(ends[:-1], 1):
        cut = captures.parse(data[: end + 9])
        expected = [row for row in _rows(whole, NetworkHost) if int(row.evidence) <= data.count(b"\n", 0, end)]
        found = {row.address for row in _rows(cut, NetworkHost)}
        assert {row.address for row in expected} <= found, count
        assert not _rows(cut, Scan)[-1].finished
        assert cut.problems


def test_the_start_of_a_damaged_file_alone_gives_no_complete_look_at_ports() -> None:
    data = _data("gentle_ports")
    assert any(look.table == "network_ports" and look.complete for look in captures.parse(data).looks)
    cut = captures.parse(data[: data.index(b"</nmaprun>")])
    assert not any(look.table == "network_ports" and look.complete for look in cut.looks)


def test_ports_are_looked_at_whole_only_when_all_of_the_gentle_list_were_asked() -> None:
    data = _data("gentle_ports")
    just = data.replace(b'services="1-12000"', f'services="{",".join(map(str, GENTLE_PORTS))}"'.encode())
    assert all(look.complete for look in captures.parse(just).looks)
    for port in (GENTLE_PORTS[0], GENTLE_PORTS[-1]):
        ports = ",".join(str(one) for one in GENTLE_PORTS if one != port)
        fewer = data.replace(b'services="1-12000"', f'services="{ports}"'.encode())
        looks = [look for look in captures.parse(fewer).looks if look.table == "network_ports"]
        assert looks
        assert not any(look.complete for look in looks), port


def test_a_packed_file_and_one_of_powershell_say_the_same() -> None:
    data = _data("gentle_ports")
    plain = captures.as_json(captures.parse(data))
    for other in (gzip.compress(data), data.decode().encode("utf-16"), b"\xef\xbb\xbf" + data):
        assert recognise(other[:65536], "x").kind == "nmap.xml"
        assert captures.as_json(captures.parse(other)) == plain


def test_all_addresses_of_a_host_are_claimed_for_it() -> None:
    more = b'<address addr="10.20.5.2" addrtype="ipv4"/><address addr="fd00::2" addrtype="ipv6"/>'
    parsed = captures.parse(_data("masscan").replace(b'<address addr="10.20.5.2" addrtype="ipv4"/>', more))
    assert dict(parsed.claims)["10.20.5.2"] == ("ip:10.20.5.2", "ip:fd00::2")


def test_a_clock_that_runs_ahead_is_not_believed() -> None:
    received = datetime(2026, 10, 1)
    for look in captures.parse(_data("gentle_ports"), received).looks:
        assert look.covers_until == received
        assert look.covers_since is not None and look.covers_since <= received


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (b"<nmaprun scanner='nmap'>", True),
        (b'<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun>', True),
        (b"<!-- masscan v1.0 scan -->\n<nmaprun scanner=", True),
        (b"<!DOCTYPE nmaprun [<!ENTITY a 'b'>]><nmaprun>", True),
        (b"<?xml version='1.0'?><root><nmaprun/></root>", False),
        (b"<nmaprunner>", False),
        (b"<!-- <nmaprun> --><html>", False),
        (b"<!DOCTYPE html><nmaprun>", False),
        (b"", False),
        (b"\x1f\x8b\x08\x00", False),
        (b"<?" * 40_000, False),
    ],
)
def test_recognised_by_content(data: bytes, known: bool) -> None:
    found = recognise(data, "scan.xml")
    assert (found is not None and found.kind == "nmap.xml") == known


@pytest.mark.parametrize("data", [b"", b"<nmaprun>", b"<nmaprun", b"<nmaprun/>", b"<nmaprun></nmaprun>", b"<nmaprun><host>", b"\0\0"])
def test_nothing_that_can_be_read_is_an_error_or_no_host(data: bytes) -> None:
    try:
        parsed = captures.parse(data)
    except EvidenceError as error:
        assert "nmap -oX" in error.text.en
        return
    assert _rows(parsed, NetworkHost) == []
    assert not any(look.complete for look in parsed.looks)
