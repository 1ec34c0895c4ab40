from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.gate.listener import Answer
from omamori.lab.manners import page

NOW = datetime(2026, 1, 10, 9, 8, 7)


def answer(data: bytes, title: str = "複合機 <1>") -> Answer:
    return page.answer(data, NOW, server="LabPrint/1.0", title=title)


def test_the_page_with_server_and_title() -> None:
    found = answer(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    head, _, body = found.say.partition(b"\r\n\r\n")
    assert head.decode().split("\r\n")[:3] == ["HTTP/1.1 200 OK", "Date: Sat, 10 Jan 2026 09:08:07 GMT", "Server: LabPrint/1.0"]
    assert f"Content-Length: {len(body)}" in head.decode()
    assert "<title>複合機 &lt;1&gt;</title>" in body.decode()
    assert found.close


def test_head_gets_no_body() -> None:
    assert answer(b"HEAD / HTTP/1.0\r\n\r\n").say.endswith(b"\r\n\r\n")
    assert b"Content-Length: 0" not in answer(b"HEAD / HTTP/1.0\r\n\r\n").say


@pytest.mark.parametrize(("request_line", "status"), [(b"POST / HTTP/1.1", b"405"), (b"hello", b"400"), (b"GET /", b"400")])
def test_other_requests(request_line: bytes, status: bytes) -> None:
    assert answer(request_line + b"\r\n\r\n").say.startswith(b"HTTP/1.1 " + status)


def test_half_a_request_is_waited_for_but_not_for_ever() -> None:
    assert answer(b"GET / HTTP/1.1\r\n") == Answer()
    assert answer(b"x" * 9000) == Answer(used=9000, close=True)


@given(st.binary(max_size=100))
def test_no_bytes_break_it(data: bytes) -> None:
    assert answer(data + b"\r\n\r\n").close
