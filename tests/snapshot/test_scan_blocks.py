"""Scan files compared block by block: the same as when both are parsed whole, and nothing changes without a change."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.nmap.reader import read
from omamori.snapshot.network_diff import difference
from omamori.snapshot.network_state import NetworkDifference
from omamori.snapshot.scan_blocks import index_of, read_pair
from omamori.snapshot.scan_state import state_of

_spec = importlib.util.spec_from_file_location("scan_writer", Path(__file__).with_name("scan_writer.py"))
assert _spec and _spec.loader
writer = importlib.util.module_from_spec(_spec)
sys.modules["scan_writer"] = writer
_spec.loader.exec_module(writer)


def whole(before: bytes, after: bytes) -> NetworkDifference:
    return difference(state_of(*read(before)), state_of(*read(after)))


def by_blocks(before: bytes, after: bytes) -> NetworkDifference | None:
    pair = read_pair(io.BytesIO(before), io.BytesIO(after))
    return None if pair is None else difference(pair.before, pair.after, stayed=pair.stayed)


@given(writer.machines(), writer.machines(), st.integers(0, 99), st.integers(0, 99), st.booleans())
def test_blocks_say_what_a_whole_parse_says(one: tuple, other: tuple, first: int, second: int, shuffled: bool) -> None:
    before, after = writer.scan(one, seed=first), writer.scan(other, seed=second, shuffled=shuffled)
    assert by_blocks(before, after) == whole(before, after)


@given(writer.machines(largest=9), st.integers(0, 99), st.integers(100, 199))
def test_other_moments_and_another_order_are_no_change(network: tuple, first: int, second: int) -> None:
    before, after = writer.scan(network, seed=first), writer.scan(network, seed=second, shuffled=True, began=1_799_000_000)
    for found in (whole(before, after), by_blocks(before, after), by_blocks(before, before)):
        assert found is not None
        assert not found.differs
        assert found.untold == ()


@given(writer.machines(), writer.machines(), st.data())
def test_a_file_cut_off_makes_nobody_gone(one: tuple, other: tuple, choices: st.DataObject) -> None:
    before, after = writer.scan(one), writer.scan(other, seed=1)
    cut = after[: choices.draw(st.integers(after.index(b"<scaninfo"), len(after) - 13))]
    found = whole(before, cut)
    assert by_blocks(before, cut) == found
    assert by_blocks(cut, before) == whole(cut, before)
    silent = {f"10.9.0.{machine.octet}" for machine in other if machine.status == "down" or machine.reason == "user-set"}
    assert {host.address for host in found.gone} <= silent


MACHINES = (writer.Machine(1, 1, ((22, "OpenSSH", "8.4"),)), writer.Machine(2, 2, ((80, "nginx", "1.18"),)))
PLAIN = writer.scan(MACHINES)


@pytest.mark.parametrize(
    "odd",
    [
        PLAIN.replace(b"<taskbegin", b"<!-- <host> --><taskbegin"),
        PLAIN.replace(b"</ports>", b"<![CDATA[</host>]]></ports>", 1),
        PLAIN.replace(b"</ports>", b"<?x </host>?></ports>", 1),
        PLAIN.replace(b"</ports>", b"<host starttime='1'/></ports>", 1),
        PLAIN.replace(b"<!DOCTYPE nmaprun>", b'<!DOCTYPE nmaprun [<!ENTITY a "b">]>'),
        PLAIN + PLAIN,
        PLAIN[:250],
        PLAIN.replace(b"<runstats>", b"<runstats <"),
        PLAIN.replace(b"<host starttime", b"<host\nstarttime", 1),
        b"",
    ],
)
def test_what_is_not_built_plainly_is_parsed_whole(odd: bytes) -> None:
    assert index_of(io.BytesIO(PLAIN)) is not None
    assert index_of(io.BytesIO(odd)) is None
    assert by_blocks(PLAIN, odd) is None


def test_a_comment_behind_the_last_element_hides_nothing() -> None:
    assert index_of(io.BytesIO(PLAIN + b"<!-- Nmap done -->\n")) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'addr="10.9.0.2" addrtype="ipv4"', b'addr="&#49;0.9.0.2" addrtype="ipv4"'),
        (b'addr="10.9.0.2"', b"addr='10.9.0.2'"),
        (b'<address addr="10.9.0.2" addrtype="ipv4"/>', b'<address addrtype="ipv4" addr="10.9.0.2"/>'),
        (b'reason="arp-response"', b'reason="user-set"'),
        (b'addr="10.9.0.2"', b'addr="10.9.0.1"'),
        (b'exit="success"', b'exit="error"'),
        (b'reason_ttl="64"', b'reason_ttl="63"'),
        (b"</ports>", b'</ports><trace port="1"><hop ttl="1" rtt="9"/></trace>'),
        (b'endtime="', b'timedout="true" endtime="'),
    ],
)
def test_other_ways_to_write_it_end_in_the_same(old: bytes, new: bytes) -> None:
    other = PLAIN.replace(old, new)
    assert other != PLAIN
    changed = other.replace(b'portid="22"', b'portid="23"')
    for before, after in ((PLAIN, other), (other, PLAIN), (other, other), (other, changed), (PLAIN, changed)):
        assert by_blocks(before, after) == whole(before, after)


def test_an_address_in_two_elements_is_read_from_both() -> None:
    twice = (*MACHINES, writer.Machine(1, 1, ((80, "nginx", "1.18"),)))
    before, after = writer.scan(twice), writer.scan((*twice[:2], writer.Machine(1, 1, ((80, "nginx", "1.20"),))))
    assert by_blocks(before, after) == whole(before, after)
    assert len(whole(before, after).changed) == 1


def test_only_what_differs_is_parsed() -> None:
    network = [writer.Machine(octet, octet, ((22, "OpenSSH", "8.4"),)) for octet in range(1, 200)]
    other = [*network[:-1], writer.Machine(199, 199, ((23, "", ""),))]
    heard: list[tuple[int, int]] = []
    pair = read_pair(io.BytesIO(writer.scan(network)), io.BytesIO(writer.scan(other, seed=5)), lambda *told: heard.append(told))
    assert pair is not None
    assert heard == [(1, 2), (2, 2)]
    assert list(pair.before.hosts) == list(pair.after.hosts) == ["10.9.0.199"]
    assert len(pair.stayed) == 198


def test_another_route_alone_needs_no_parser() -> None:
    pair = read_pair(
        io.BytesIO(PLAIN), io.BytesIO(PLAIN.replace(b'reason_ttl="64"', b'reason_ttl="61"').replace(b'reason_ttl="0"', b'reason_ttl="9"'))
    )
    assert pair is not None
    assert pair.before.hosts == pair.after.hosts == {}


def test_large_files_are_read_in_pieces() -> None:
    """A host element that lies across the borders of what is read at once is still one."""
    filler = "<hostscript><script id='vulners' output='" + "x" * 300_000 + "'/></hostscript>"
    network = [writer.Machine(octet, octet, ((22, "OpenSSH", "8.4"),), extra=filler) for octet in range(1, 40)]
    data = writer.scan(network)
    index = index_of(io.BytesIO(data))
    assert index is not None
    assert len(index.blocks) == 39
    for block in index.blocks:
        piece = data[block.offset : block.offset + block.length]
        assert piece.startswith(b"<host ")
        assert piece.endswith(b"</host>")
        assert piece.count(b"<status") == 1
