"""Asks a network device over SSH: types commands at its prompt and keeps what it shows. Same hosts, keys and limits as `gate.ssh`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omamori.gate.process import Completed
from omamori.gate.ssh import SshOptions, Target, logged_in

if TYPE_CHECKING:
    import asyncssh

_CHUNK = 64 * 1024
_QUIET = 0.8
"""Seconds without a byte after which a prompt is taken for one, and not for the middle of an output."""
_TAIL = 400
_COLUMNS, _ROWS = 500, 1_000
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]{0,20}[A-Za-z]|[()][0-9A-B]|[=>78])")
_PROMPT = re.compile(r"(?:^|[\r\n])[^\r\n]{0,80}[#>$%\]] ?$")
_PAGER = re.compile(
    r"(?:-{2,4} ?\(?(?:more|つづく)[^\r\n]{0,60}|press any key to continue[^\r\n]{0,40}|lines \d+-\d+[^\r\n]{0,20})$", re.IGNORECASE
)
_SECRET = re.compile(r"(?:password|パスワード)[^\r\n]{0,20}[:：] ?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Talk:
    """What is typed, line by line. `secret` is called when the device asks for a password after one of them (None: it is left unanswered)."""

    lines: Sequence[str]
    secret: Callable[[], str] | None = None


def talk_over_ssh(target: str, talk: Talk, options: SshOptions) -> Completed:
    """Type the lines at the prompt of one device and return all it showed. SshFailure when the login was not possible.

    A pager is answered with a space, nothing else is ever sent. `timed_out`: it did not come back to a prompt in time; what came is kept.
    """
    return asyncio.run(logged_in(Target.read(target), options, lambda connection: _talk(connection, talk, options)))


async def _talk(connection: asyncssh.SSHClientConnection, talk: Talk, options: SshOptions) -> Completed:
    process: Any = await connection.create_process(term_type="vt100", term_size=(_COLUMNS, _ROWS), encoding=None)
    shown = bytearray()
    timed_out = cut = False
    try:
        async with asyncio.timeout(options.timeout):
            alive = await _until_prompt(process, shown, talk, options.max_output)
            for line in talk.lines:
                if not alive:
                    break
                process.stdin.write(line.encode() + b"\n")
                alive = await _until_prompt(process, shown, talk, options.max_output)
            cut = len(shown) >= options.max_output
    except (TimeoutError, BrokenPipeError):
        timed_out = True
    return Completed(None if timed_out else 0, bytes(shown), b"", timed_out, cut)


async def _until_prompt(process: Any, shown: bytearray, talk: Talk, limit: int) -> bool:
    """Read until the device waits at a prompt; False when it hung up or said too much."""
    start, answered, secret = len(shown), False, b""
    while len(shown) < limit:
        try:
            chunk = await asyncio.wait_for(process.stdout.read(_CHUNK), _QUIET)
        except TimeoutError:
            tail = _ESCAPE.sub("", bytes(shown[max(start, len(shown) - _TAIL) :]).decode("utf-8", "replace"))
            if _PAGER.search(tail):
                start = len(shown)
                process.stdin.write(b" ")
            elif _SECRET.search(tail):
                if talk.secret is None or answered:
                    return False
                answered, start = True, len(shown)
                secret = talk.secret().encode()
                process.stdin.write(secret + b"\n")
            elif _PROMPT.search(tail):
                return True
            continue
        if not chunk:
            return False
        shown += chunk[: limit - len(shown)]
        if secret and answered:
            _forget(shown, secret, start)
    return False


def _forget(shown: bytearray, secret: bytes, start: int) -> None:
    """Take a password out of what came after it was typed: a terminal that echoes shows it in the line it was typed in."""
    end = next((at for at in (shown.find(b"\n", start), shown.find(b"\r", start)) if at >= 0), len(shown))
    at = shown.find(secret, start, max(end, start + len(secret)))
    if at >= 0:
        del shown[at : at + len(secret)]
