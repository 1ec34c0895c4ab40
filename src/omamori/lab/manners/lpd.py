"""A line printer daemon with an empty queue that takes no jobs. Source: RFC 1179 section 5."""

from __future__ import annotations

from omamori.gate.listener import Answer

_PRINT, _RECEIVE, _SHORT_STATE, _LONG_STATE, _REMOVE = range(1, 6)
_REFUSED = b"\1"
_LONGEST = 512


def answer(received: bytes) -> Answer:
    """Answer one command line and hang up, as the protocol has it; what is no command is not answered."""
    line, end, _ = received.partition(b"\n")
    if not received or (not end and len(line) <= _LONGEST):
        return Answer()
    command = received[0] if end else 0
    if command in (_SHORT_STATE, _LONG_STATE):
        return Answer(say=b"no entries\n", used=len(received), close=True)
    return Answer(say=_REFUSED if command in (_PRINT, _RECEIVE, _REMOVE) else b"", used=len(received), close=True)
