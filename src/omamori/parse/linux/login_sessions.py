"""Lines about logins → sessions: each that was let in with its end, those that were refused put together by account and address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from omamori.model.ways_in import Session
from omamori.parse.linux.login_lines import LoginLine

MOST_REFUSED = 5000
"""Pairs of account and address kept apart; what comes beyond is one row without both."""
Numbered = tuple[int, LoginLine]
_Key = tuple[str, str | None, str]


@dataclass(slots=True)
class _Refusals:
    line: int
    method: str | None
    zoned: bool
    first: datetime | None = None
    last: datetime | None = None
    times: int = 0

    def add(self, when: datetime | None, times: int) -> None:
        self.times += times
        if when is not None:
            self.first = when if self.first is None else min(self.first, when)
            self.last = when if self.last is None else max(self.last, when)


@dataclass(slots=True)
class _Open:
    """Sessions whose end was not seen yet, by process and by the peer's end of the connection."""

    by_process: dict[tuple[str, str], int] = field(default_factory=dict)
    by_peer: dict[tuple[str, str, int | None], int] = field(default_factory=dict)


def sessions(lines: Iterable[Numbered], away: timedelta | None) -> Iterator[Session]:
    """Yield the sessions of a log in the order of its lines.

    `away`: what the machine's clock is ahead of UTC, for moments written without zone; None: not known, they stay as the clock showed them.
    An end belongs to a session by its process, or by address and port: the process that tells of a disconnect is another one.
    """
    let_in: list[tuple[int, LoginLine, datetime | None]] = []
    still, refused, counted = _Open(), dict[_Key, _Refusals](), dict[tuple[str, str, int | None], str]()
    for number, one in lines:
        place = (one.host, one.peer, one.port)
        if one.what == "accepted":
            still.by_process[(one.host, one.pid)] = still.by_peer[place] = len(let_in)
            let_in.append((number, one, None))
        elif one.what == "ended":
            which = still.by_peer.pop(place, None) if one.peer else None
            which = which if which is not None else still.by_process.pop((one.host, one.pid), None)
            if which is not None and let_in[which][2] is None and one.when is not None:
                let_in[which] = (*let_in[which][:2], one.when)
        else:
            # "Invalid user" and the end of a connection tell the same attempt again that "Failed" told.
            told = counted.get(place)
            times = one.times - (told == "gone") if one.what == "failed" else int(told is None)
            if told is None or one.what == "failed":
                _refuse(refused, number, one, times)
                counted[place] = one.what
            if len(counted) > MOST_REFUSED * 4:
                counted.clear()
    yield from (_session(number, one, ended, away) for number, one, ended in let_in)
    yield from _refusals(refused, away)


def _refuse(refused: dict[_Key, _Refusals], number: int, one: LoginLine, times: int) -> None:
    key: _Key = (one.host, one.account, one.peer)
    if key not in refused and len(refused) >= MOST_REFUSED:
        key = (one.host, None, "")
    told = refused.setdefault(key, _Refusals(number, one.method, one.zoned))
    told.method = told.method or one.method
    told.add(one.when, times)


def _session(number: int, one: LoginLine, ended: datetime | None, away: timedelta | None) -> Session:
    began, end = moved(one.when, one.zoned, away), moved(ended, one.zoned, away)
    return Session(
        asset=one.host,
        session=f"{one.pid}@{one.when.isoformat(' ', 'seconds')}" if one.when else one.pid,
        account=one.account,
        peer_address=one.peer or None,
        method=one.method,
        began=began,
        ended=end if began is None or end is None or end >= began else None,
        own_clock=not one.zoned and away is None,
        evidence=str(number),
    )


def _refusals(refused: Mapping[_Key, _Refusals], away: timedelta | None) -> Iterator[Session]:
    for (host, account, peer), told in refused.items():
        yield Session(
            asset=host,
            session="",
            account=account,
            peer_address=peer or None,
            method=told.method,
            began=moved(told.first, told.zoned, away),
            ended=moved(told.last, told.zoned, away),
            accepted=False,
            times=max(told.times, 1),
            own_clock=not told.zoned and away is None,
            evidence=str(told.line),
        )


def moved(when: datetime | None, zoned: bool, away: timedelta | None) -> datetime | None:
    """Return a moment as UTC where that can be told."""
    return when if when is None or zoned or away is None else when - away
