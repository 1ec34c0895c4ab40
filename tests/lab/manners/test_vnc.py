from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.lab.manners.vnc import GREETING, answer


def test_the_greeting_is_a_version_of_rfb() -> None:
    assert GREETING == b"RFB 003.008\n"


@pytest.mark.parametrize(
    ("version", "password", "said"),
    [
        (b"RFB 003.003\n", True, b"\0\0\0\2"),
        (b"RFB 003.003\n", False, b"\0\0\0\1"),
        (b"RFB 003.007\n", True, b"\1\2"),
        (b"RFB 003.008\n", False, b"\1\1"),
    ],
)
def test_the_kind_of_security_in_the_form_of_the_version(version: bytes, password: bool, said: bytes) -> None:
    found = answer(version + b"x", password=password)
    assert (found.say, found.used, found.close) == (said, 12, False)


def test_a_version_in_pieces_is_waited_for() -> None:
    for end in range(len(GREETING)):
        assert not answer(GREETING[:end], password=True).close
        assert answer(GREETING[:end], password=True).say == b""


@pytest.mark.parametrize("data", [b"GET / HTTP/1.0\r\n", b"GE", b"RFB 003,008\n"])
def test_what_is_no_version_ends_it(data: bytes) -> None:
    assert answer(data, password=True).close


@given(st.binary(max_size=40))
def test_no_bytes_break_it(data: bytes) -> None:
    assert 0 <= answer(data, password=True).used <= len(data)
