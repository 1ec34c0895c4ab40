"""Looks at several hosts over WinRM at once. A password that is refused is not tried at the next host: accounts lock."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from omamori.gate.side_by_side import Late, side_by_side
from omamori.gate.winrm import WinRmOptions, WinRmSession, WinRmTarget
from omamori.gate.winrm_trust import trusted
from omamori.gate.winrm_words import LoginRefused, WinRmFailure, explain, not_tried, too_long

_CONNECT = 15.0
_TURN = 120.0

Look = Callable[[WinRmTarget, WinRmSession, Callable[[], None]], None]
"""What is done with a host that let us in: its session, and what to call after every question."""


def look_over_winrm(
    targets: Sequence[str], look: Look, options: WinRmOptions, hear: Callable[[str], None]
) -> Iterator[tuple[str, WinRmFailure | None]]:
    """Let `look` work on every host; yields each as it ends, with why it could not be ended (None: it could).

    Only these hosts are contacted. `hear` is called with the target after every question. GateError when nothing can be
    done at all: the library missing, a certificate file that is none, a password that would travel readable.
    """
    options.check()
    named = list(dict.fromkeys(targets))
    with trusted(options.certificates) as path:
        visit = _Visit(options, options.password() if options.password is not None else None, path)
        for target, failure in side_by_side(
            named, partial(_one, look=look, visit=visit), together=options.together, timeout=options.timeout, hear=hear
        ):
            yield target, too_long(target, options.timeout / 60) if isinstance(failure, Late) else failure


@dataclass(slots=True)
class _Visit:
    """What all hosts share. Until one has let us in they come one after the other."""

    options: WinRmOptions
    password: str | None = field(repr=False)
    trusted: str
    turn: threading.Lock = field(default_factory=threading.Lock)
    proven: bool = False
    refused: str = ""


def _one(text: str, step: Callable[[], None], *, look: Look, visit: _Visit) -> WinRmFailure | None:
    try:
        target = WinRmTarget.read(text, http=visit.options.http)
    except WinRmFailure as failure:
        return failure
    try:
        _reach(target)
        session = _opened(target, visit)
        try:
            look(target, session, step)
        finally:
            session.close()
    except Exception as error:  # noqa: BLE001 - whatever one host brings about, the others go on
        return explain(target.text, target.host, target.port, error)
    return None


def _reach(target: WinRmTarget) -> None:
    """See whether anybody listens, before it is this host's turn to hear the password."""
    try:
        socket.create_connection((target.host, target.port), timeout=_CONNECT).close()
    except (OSError, UnicodeError) as error:
        raise explain(target.text, target.host, target.port, error) from error


def _opened(target: WinRmTarget, visit: _Visit) -> WinRmSession:
    if visit.proven:
        return _open(target, visit)
    if not visit.turn.acquire(timeout=_TURN):
        raise too_long(target.text, _TURN / 60)
    try:
        if visit.refused:
            raise not_tried(target.text, visit.refused)
        session = _open(target, visit)
        visit.proven = True
        return session
    except LoginRefused:
        visit.refused = visit.refused or target.text
        raise
    finally:
        visit.turn.release()


def _open(target: WinRmTarget, visit: _Visit) -> WinRmSession:
    session = WinRmSession(target, visit.options, visit.password, visit.trusted)
    try:
        session.open()
    except WinRmFailure:
        session.close()
        raise
    return session
