"""The first words of Remote Desktop: an X.224 connection request and its confirmation.

Sources: RFC 1006 (TPKT), ITU-T X.224, Microsoft MS-RDPBCGR 2.2.1.1 and 2.2.1.2.
"""

from __future__ import annotations

import struct

from omamori.gate.listener import Answer

PROTOCOL_RDP, PROTOCOL_SSL, PROTOCOL_HYBRID = 0, 1, 2
HYBRID_REQUIRED = 5
"""Failure code HYBRID_REQUIRED_BY_SERVER: only with network level authentication."""
_TPKT_VERSION, _REQUEST, _CONFIRM = 3, 0xE0, 0xD0
_NEGOTIATION = struct.Struct("<BBHI")
"""Kind, flags, length (always 8), protocols or failure code."""


def answer(received: bytes, *, nla: bool) -> Answer:
    """Confirm one connection request, then say no more; what is no such request ends the connection.

    In: whether the server asks for network level authentication (NLA) before it shows a login.
    """
    if len(received) < 4:
        return Answer(close=bool(received) and received[0] != _TPKT_VERSION)
    version, _, length = struct.unpack_from(">BBH", received)
    if version != _TPKT_VERSION or length < 11:
        return Answer(used=len(received), close=True)
    if len(received) < length:
        return Answer()
    request = received[:length]
    if request[5] != _REQUEST or request[4] != length - 5:
        return Answer(used=len(received), close=True)
    return Answer(say=_confirm(request, nla), used=length)


def _confirm(request: bytes, nla: bool) -> bytes:
    negotiation = b""
    # The negotiation request stands last, after an optional cookie.
    if len(request) >= 11 + _NEGOTIATION.size:
        kind, _, length, wanted = _NEGOTIATION.unpack(request[-_NEGOTIATION.size :])
        if kind == 1 and length == _NEGOTIATION.size:
            negotiation = _choose(wanted, nla)
    source = request[8:10]
    body = struct.pack(">B2sHB", _CONFIRM, source, 0x1234, 0) + negotiation
    return struct.pack(">BBHB", _TPKT_VERSION, 0, len(body) + 5, len(body)) + body


def _choose(wanted: int, nla: bool) -> bytes:
    if nla and not wanted & PROTOCOL_HYBRID:
        return _NEGOTIATION.pack(3, 0, _NEGOTIATION.size, HYBRID_REQUIRED)
    chosen = PROTOCOL_HYBRID if nla else PROTOCOL_SSL if wanted & PROTOCOL_SSL else PROTOCOL_RDP
    return _NEGOTIATION.pack(2, 0, _NEGOTIATION.size, chosen)
