"""A web server with one page, as small devices have it. Source: RFC 9112 (HTTP/1.1)."""

from __future__ import annotations

import html
from datetime import datetime

from omamori.gate.listener import Answer

_LONGEST = 8192
_DATE = "%a, %d %b %Y %H:%M:%S GMT"


def answer(received: bytes, moment: datetime, *, server: str, title: str) -> Answer:
    """Answer the first request with the page and hang up.

    In: what stands in the Server header, and the page's title. GET and HEAD get the page, other methods 405, no request 400.
    """
    head, end, _ = received.partition(b"\r\n\r\n")
    if not end:
        return Answer(used=len(received), close=True) if len(head) > _LONGEST else Answer()
    words = head.split(b"\r\n", 1)[0].split(b" ")
    page = f"<!doctype html><title>{html.escape(title)}</title><h1>{html.escape(title)}</h1>\n".encode()
    if len(words) != 3 or not words[2].startswith(b"HTTP/1."):
        status, page = "400 Bad Request", b""
    elif words[0] not in (b"GET", b"HEAD"):
        status, page = "405 Method Not Allowed", b""
    else:
        status = "200 OK"
    fields = (
        f"HTTP/1.1 {status}",
        f"Date: {moment.strftime(_DATE)}",
        f"Server: {server}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(page)}",
        "Connection: close",
    )
    body = b"" if words[0] == b"HEAD" else page
    return Answer(say="\r\n".join((*fields, "", "")).encode() + body, used=len(received), close=True)
