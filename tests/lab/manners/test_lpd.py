from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.gate.listener import Answer
from omamori.lab.manners.lpd import answer


@pytest.mark.parametrize("command", [b"\x03lp\n", b"\x04lp somebody\n"])
def test_the_queue_is_empty(command: bytes) -> None:
    assert answer(command) == Answer(say=b"no entries\n", used=len(command), close=True)


@pytest.mark.parametrize("command", [b"\x01lp\n", b"\x02lp\n", b"\x05lp root\n"])
def test_jobs_are_refused(command: bytes) -> None:
    assert answer(command) == Answer(say=b"\1", used=len(command), close=True)


@pytest.mark.parametrize("data", [b"GET / HTTP/1.0\n", b"\n", b"x" * 600])
def test_what_is_no_command_is_not_answered(data: bytes) -> None:
    assert answer(data) == Answer(used=len(data), close=True)


def test_half_a_line_is_waited_for() -> None:
    assert answer(b"\x03l") == answer(b"") == Answer()


@given(st.binary(max_size=40))
def test_no_bytes_break_it(data: bytes) -> None:
    assert 0 <= answer(data).used <= len(data)
