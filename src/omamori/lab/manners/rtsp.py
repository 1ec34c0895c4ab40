"""A camera that says what it can do and shows its picture to nobody. Source: RFC 2326 (RTSP 1.0)."""

from __future__ import annotations

import re

from omamori.gate.listener import Answer

_LONGEST = 8192
_REQUEST = re.compile(rb"([A-Z_]{1,20}) (\S{1,1000}) RTSP/1\.0\r\n")
_SEQUENCE = re.compile(rb"(?i)\r\ncseq: ?(\d{1,10})\r\n")
_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"


def answer(received: bytes, *, server: str) -> Answer:
    """Answer one request: OPTIONS with the methods, everything else with 401; what is no RTSP ends the connection."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return Answer(used=len(received), close=True) if len(received) > _LONGEST else Answer()
    head = received[: end + 2]
    request, sequence = _REQUEST.match(head), _SEQUENCE.search(head)
    if request is None:
        return Answer(used=len(received), close=True)
    lines = [f"CSeq: {sequence[1].decode()}"] if sequence else []
    if sequence is None:
        status = "400 Bad Request"
    elif request[1] == b"OPTIONS":
        status = "200 OK"
        lines.append(f"Public: {_METHODS}")
    else:
        status = "401 Unauthorized"
        lines.append('WWW-Authenticate: Basic realm="camera"')
    return Answer(say="\r\n".join((f"RTSP/1.0 {status}", *lines, f"Server: {server}", "", "")).encode(), used=end + 4)
