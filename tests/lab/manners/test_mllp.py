from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.gate.listener import Answer
from omamori.lab.manners import mllp

NOW = datetime(2026, 1, 10, 9, 8, 7)
MESSAGE = b"MSH|^~\\&|ORDER|LABO|HIS|HOSP|20260110||ORM^O01|17|P|2.3.1\rPID|1||000\r"


def answer(data: bytes) -> Answer:
    return mllp.answer(data, NOW, application="EHR")


def test_a_message_is_acknowledged_to_its_sender() -> None:
    found = answer(b"\x0b" + MESSAGE + b"\x1c\rrest")
    assert found.say == b"\x0bMSH|^~\\&|EHR|LAB|ORDER|LABO|20260110090807||ACK|A20260110090807|P|2.3.1\rMSA|AA|17\r\x1c\r"
    assert found.used == len(MESSAGE) + 3
    assert not found.close


def test_other_separators_are_kept() -> None:
    found = answer(b"\x0bMSH#:~\\&#A#B#C#D#2026##ORM:O01#9#P#2.5\r\x1c\r")
    assert found.say.startswith(b"\x0bMSH#:~\\&#EHR#LAB#A#B#")
    assert b"\rMSA#AA#9\r" in found.say


@pytest.mark.parametrize("message", [b"", b"hello", b"PID|1", b"MSH|^~\\"])
def test_what_is_no_message_is_rejected(message: bytes) -> None:
    assert b"\rMSA|AR|\r" in answer(b"\x0b" + message + b"\x1c\r").say


def test_half_a_message_is_waited_for_and_noise_before_it_passed_over() -> None:
    assert answer(b"\r\n\r\n") == Answer(used=4)
    assert answer(b"\r\n\x0bMSH|") == Answer(used=2)
    assert answer(b"\x0bMSH|") == Answer()


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    assert 0 <= answer(b"\x0b" + data + b"\x1c\r").used <= len(data) + 3
