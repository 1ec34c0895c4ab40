"""Security descriptors in bytes: entries, rights, and bytes that are none."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.windows.registry.descriptor import CHANGE, FULL, READ, read_descriptor


def sid(text: str) -> bytes:
    parts = [int(word) for word in text.split("-")[2:]]
    return bytes((1, len(parts) - 1)) + parts[0].to_bytes(6, "big") + b"".join(struct.pack("<I", one) for one in parts[1:])


def descriptor(*aces: tuple[int, int, str], control: int = 0x8004, flags: int = 0) -> bytes:
    body = b"".join(struct.pack("<BBHI", kind, flags, 8 + len(sid(one)), mask) + sid(one) for kind, mask, one in aces)
    return struct.pack("<BBHIIII", 1, 0, control, 0, 0, 0, 20) + struct.pack("<BBHHH", 2, 0, 8 + len(body), len(aces), 0) + body


def test_entries_and_rights() -> None:
    found = read_descriptor(
        descriptor((0, FULL, "S-1-5-32-544"), (0, CHANGE, "S-1-1-0"), (0, READ, "S-1-5-21-1-2-3-513"), (1, READ, "S-1-5-32-546"))
    )
    assert [(one.principal, one.access, one.allow) for one in found] == [
        ("Administrators", "full", True),
        ("Everyone", "change", True),
        ("S-1-5-21-1-2-3-513", "read", True),
        ("Guests", "read", False),
    ]


@pytest.mark.parametrize(
    ("mask", "access"),
    [(0x10000000, "full"), (0x40000000, "change"), (0x80000000, "read"), (0x00040000, "full"), (2, "change"), (0x00010000, "change")],
)
def test_bits(mask: int, access: str) -> None:
    assert read_descriptor(descriptor((0, mask, "S-1-1-0")))[0].access == access


def test_no_list_means_anybody_and_an_empty_one_nobody() -> None:
    assert read_descriptor(descriptor(control=0x8000))[0].principal == "Everyone"
    assert read_descriptor(descriptor()) == []
    assert read_descriptor(descriptor((0, FULL, "S-1-1-0"), flags=8)) == []


def test_what_is_cut_or_strange_is_not_read() -> None:
    whole = descriptor((0, FULL, "S-1-1-0"))
    assert all(read_descriptor(whole[:end]) is None for end in range(len(whole)))
    assert read_descriptor(descriptor((5, FULL, "S-1-1-0"))) is None


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    read_descriptor(b"\1" + data)
