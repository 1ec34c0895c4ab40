"""Lines of sshd about logins: who was let in or refused, from where, and when it ended.

Written from the messages OpenSSH 7 to 10 print (auth.c, session.c, packet.c; since 9.8 the process is called sshd-session) and those of
pam_unix. A name that no account has is never kept: some are a password typed into the wrong field.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal, NamedTuple

from omamori.parse.network.log.packet import address, port, stamp

What = Literal["accepted", "failed", "gone", "ended"]
MOST_BYTES = 2000
_PROCESS = re.compile(r"^:? ?(?P<program>sshd(?:-session|-auth)?)(?:\[(?P<pid>\d{1,10})\])?: ")
_ZONED = re.compile(r"^(?:<\d{1,3}>)?(?:\d )?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)")
_REPEATED = re.compile(r"^message repeated (?P<times>\d{1,6}) times: \[ ?(?P<said>.*)\]$")
_END = r"(?P<address>[0-9a-fA-F.:]{2,45})(?:%[\w.-]{1,20})? port (?P<port>\d{1,5})"
_NAME = r"(?P<account>.{0,120})"
_USER = r"(?P<unknown>invalid user )?(?P<account>.{0,120})"
_METHOD = r"(?P<method>[a-z][a-z0-9/-]{1,40})"
_FORMS: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("accepted", re.compile(rf"Accepted {_METHOD} for {_USER} from {_END}")),
    ("failed", re.compile(rf"Failed {_METHOD} for {_USER} from {_END}(?: ssh2?)?(?:: .*)?(?: \[preauth\])?$")),
    ("failed", re.compile(rf"error: maximum authentication attempts exceeded for {_USER} from {_END}(?: ssh2?)?(?: \[preauth\])?$")),
    ("gone", re.compile(rf"(?P<unknown>I)nvalid user (?P<account>.{{0,120}}) from {_END}$")),
    ("gone", re.compile(rf"(?:Connection (?:closed|reset) by|Disconnected from) (?:authenticating user|(?P<unknown>invalid user)) {_NAME} {_END}(?: \[preauth\])?$")),
    ("ended", re.compile(rf"(?:Disconnected from|Connection (?:closed|reset) by|Timeout, client not responding from) (?:user )?(?P<account>.{{0,120}}?) ?{_END}$")),
    ("ended", re.compile(rf"Received disconnect from {_END}:")),
    ("ended", re.compile(r"pam_unix\(sshd:session\): session closed for user (?P<account>\S{1,120})$")),
)  # fmt: skip
_METHODS = {"keyboard-interactive/pam": "keyboard-interactive", "publickey": "publickey", "password": "password"}
SIGN = "ssh"


class LoginLine(NamedTuple):
    """One line. `zoned`: the moment is UTC, else as the machine's clock showed it. `peer`: address and port, empty where none is told."""

    what: What
    when: datetime | None
    zoned: bool
    host: str
    pid: str
    account: str | None = None
    peer: str = ""
    port: int | None = None
    method: str | None = None
    times: int = 1


def read_line(line: str, received: datetime) -> LoginLine | None:
    """Return what a line tells of a login; None for any other. `received` gives moments written without year theirs."""
    if SIGN not in line or len(line) > MOST_BYTES:
        return None
    when, host, end = stamp(line, received)
    process = _PROCESS.match(line[end:])
    if process is None:
        return None
    said, times = line[end + process.end() :].rstrip(), 1
    if repeated := _REPEATED.match(said):
        said, times = repeated["said"].rstrip(), int(repeated["times"])
    for what, pattern in _FORMS:
        found = pattern.match(said)
        if found is None:
            continue
        words = found.groupdict()
        try:
            peer = address(words["address"]) if words.get("address") else ""
        except ValueError:
            return None
        known = words.get("account") if not words.get("unknown") else None
        method = words.get("method")
        return LoginLine(
            what, when, is_zoned(line), host, process["pid"] or "", _printable(known) or None, peer, port(words.get("port")),
            _METHODS.get(method, method) if method else None, times,
        )  # fmt: skip
    return None


def is_zoned(line: str) -> bool:
    """Return whether a line's moment names its zone, so that it could be told in UTC."""
    return bool(_ZONED.match(line))


def stored(line: str) -> str:
    """Return what may be stored of a line: without key fingerprints and without names no account has."""
    line = re.sub(r"(ssh2): [A-Z0-9-]{2,20} .{0,300}$", r"\1", line)
    line = re.sub(r"(nvalid user ).{0,300} from ", r"\1- from ", line)
    line = re.sub(r"((?:by|from) invalid user ).{0,300} ([0-9a-fA-F.:]{2,45} port )", r"\1- \2", line)
    return _printable(line) or ""


def _printable(text: str | None) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text or "").strip()
