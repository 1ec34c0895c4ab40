"""The first words of VNC: protocol version and kinds of security. Source: RFC 6143 section 7.1."""

from __future__ import annotations

import re
import struct

from omamori.gate.listener import Answer

GREETING = b"RFB 003.008\n"
NO_PASSWORD, PASSWORD = 1, 2
_VERSION = re.compile(rb"RFB (\d{3})\.(\d{3})\n")


def answer(received: bytes, *, password: bool) -> Answer:
    """Tell the one kind of security this server has, then say no more; what is no version ends the connection.

    In: whether a password is asked for (VNC authentication) or nothing is.
    """
    if len(received) < len(GREETING):
        return Answer(close=not GREETING.startswith(received[:4]))
    found = _VERSION.fullmatch(received[: len(GREETING)])
    if found is None:
        return Answer(used=len(received), close=True)
    kind = PASSWORD if password else NO_PASSWORD
    version = (int(found[1]), int(found[2]))
    # Up to 3.3 the server decides alone; since 3.7 it gives a list to choose from.
    say = struct.pack(">I", kind) if version < (3, 7) else bytes((1, kind))
    return Answer(say=say, used=len(GREETING))
