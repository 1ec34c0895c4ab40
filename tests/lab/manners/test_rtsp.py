from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.gate.listener import Answer
from omamori.lab.manners import rtsp


def answer(data: bytes) -> Answer:
    return rtsp.answer(data, server="LabCam/2.1")


def test_it_says_what_it_can_do() -> None:
    request = b"OPTIONS rtsp://10.0.0.1/ RTSP/1.0\r\nCSeq: 7\r\n\r\n"
    said = answer(request + b"more")
    assert said.say.decode().split("\r\n")[:4] == [
        "RTSP/1.0 200 OK",
        "CSeq: 7",
        "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN",
        "Server: LabCam/2.1",
    ]
    assert said.used == len(request)
    assert not said.close


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"DESCRIBE rtsp://x/ RTSP/1.0\r\ncseq:2\r\n\r\n", b"RTSP/1.0 401 "),
        (b"OPTIONS * RTSP/1.0\r\nUser-Agent: x\r\n\r\n", b"RTSP/1.0 400 "),
    ],
)
def test_no_picture_without_a_password_and_no_answer_without_a_number(data: bytes, status: bytes) -> None:
    assert answer(data).say.startswith(status)


def test_what_is_no_rtsp_ends_it_and_half_of_one_is_waited_for() -> None:
    assert answer(b"GET / HTTP/1.1\r\n\r\n").close
    assert answer(b"OPTIONS * RTSP/1.0\r\n") == Answer()
    assert answer(b"x" * 9000).close


@given(st.binary(max_size=100))
def test_no_bytes_break_it(data: bytes) -> None:
    assert 0 <= answer(data + b"\r\n\r\n").used <= len(data) + 4
