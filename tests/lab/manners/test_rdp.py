from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.lab.manners.rdp import answer

PLAIN = bytes.fromhex("0300000b06e00000abcd00")
COOKIE = b"Cookie: mstshash=somebody\r\n"


def asking(protocols: int, cookie: bytes = b"") -> bytes:
    body = bytes.fromhex("e00000abcd00") + cookie + bytes.fromhex("01000800") + protocols.to_bytes(4, "little")
    return bytes((3, 0, 0, len(body) + 5, len(body))) + body


@pytest.mark.parametrize("nla", [True, False])
def test_a_request_without_negotiation_is_confirmed_without(nla: bool) -> None:
    assert answer(PLAIN, nla=nla).say == bytes.fromhex("0300000b06d0abcd123400")


@pytest.mark.parametrize(
    ("wanted", "nla", "negotiation"),
    [
        (0, False, "0200080000000000"),
        (1, False, "0200080001000000"),
        (3, False, "0200080001000000"),
        (3, True, "0200080002000000"),
        (1, True, "0300080005000000"),
        (0, True, "0300080005000000"),
    ],
)
def test_the_protocol_chosen(wanted: int, nla: bool, negotiation: str) -> None:
    for request in (asking(wanted), asking(wanted, COOKIE)):
        found = answer(request, nla=nla)
        assert found.say == bytes.fromhex("030000130ed0abcd123400" + negotiation)
        assert found.used == len(request)
        assert not found.close


def test_a_request_in_pieces_is_waited_for_and_the_rest_left_for_later() -> None:
    request = asking(3)
    for end in range(len(request)):
        assert answer(request[:end], nla=True).say == b""
        assert not answer(request[:end], nla=True).close
    assert answer(request + b"more", nla=True).used == len(request)


@pytest.mark.parametrize(
    "data", [b"GET / HTTP/1.0\r\n\r\n", b"\x16\x03\x01\x02\x00", b"\x03\x00\x00\x05\x00", PLAIN.replace(b"\xe0", b"\xd0")]
)
def test_what_is_no_request_ends_it(data: bytes) -> None:
    assert answer(data, nla=True).close
    assert answer(data, nla=True).say == b""


@given(st.binary(max_size=80), st.booleans())
def test_no_bytes_break_it(data: bytes, nla: bool) -> None:
    assert 0 <= answer(data, nla=nla).used <= len(data)
