"""Makes a plain SQL dump harmless to feed to psql: what psql itself would act on (a shell, files, other servers) never reaches it.

psql takes a backslash outside of quotes for a command of its own: `\\! rm …` in a dump would run. A dump written by pg_dump holds a
handful of them, of which none is needed here. Owners and rights are left out too, as `pg_restore --no-owner --no-privileges` does:
the accounts of the hospital's server are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_DROPPED = re.compile(
    rb"(?:ALTER [^;]* OWNER TO [^;]*|GRANT [^;]*|REVOKE [^;]*|ALTER DEFAULT PRIVILEGES [^;]*|COMMENT ON EXTENSION [^;]*"
    rb"|SET (?:default_tablespace|SESSION AUTHORIZATION)[^;]*);\s*"
)
_OURS = re.compile(rb"\\(?:connect|c|restrict|unrestrict|encoding)(?:\s[^\\]*)?\s*")
_COPY = re.compile(rb"COPY\s.*\sFROM\s+stdin\b[^;]*;\s*", re.IGNORECASE | re.DOTALL)
_TOKENS = re.compile(rb"'|\"|--|/\*|\*/|\$[A-Za-z_\x80-\xff][\w\x80-\xff]*\$|\$\$|\\|\n")
_LONGEST = 64 * 1024 * 1024


class HostileDumpError(ValueError):
    """A dump holds a command for psql itself that pg_dump never writes."""


class _State:
    """Inside of what the reader is: nothing, a quote, a comment (they nest), or text between dollar signs."""

    def __init__(self) -> None:
        self.quote = b""
        self.escapes = False
        self.comments = 0

    @property
    def outside(self) -> bool:
        return not self.quote and not self.comments

    def read(self, line: bytes) -> None:
        """Go through a line. HostileDumpError at a backslash outside of quotes and comments."""
        place = 0
        while found := _TOKENS.search(line, place):
            token, place = found[0], found.end()
            if self.quote:
                place = self._inside(token, line, place)
            elif self.comments:
                self.comments += (token == b"/*") - (token == b"*/")
            elif token == b"--":
                return
            elif token == b"/*":
                self.comments = 1
            elif token == b"\\":
                raise HostileDumpError
            elif token in (b"'", b'"') or token.startswith(b"$"):
                before = line[found.start() - 1 : found.start()]
                if token.startswith(b"$") and (before.isalnum() or before in (b"_", b"$") or before >= b"\x80"):
                    # Part of a name: no quote begins; a shorter one may begin at its last sign.
                    place = found.start() + 1
                    continue
                self.quote = token
                self.escapes = token == b"'" and before in (b"E", b"e")

    def _inside(self, token: bytes, line: bytes, place: int) -> int:
        if token == b"\\" and self.escapes:
            return place + 1
        if token == self.quote:
            if token in (b"'", b'"') and line[place : place + 1] == token:
                return place + 1
            self.quote = b""
        elif self.quote.startswith(b"$") and token.startswith(b"$"):
            # The end may begin at the last sign of what looked like another mark.
            return place - 1 if len(token) > 1 else place
        return place


def harmless(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of a plain dump that may be fed to psql. HostileDumpError when it holds what pg_dump never writes."""
    state = _State()
    copying = False
    for line in lines:
        if len(line) > _LONGEST:
            raise HostileDumpError
        if copying:
            copying = line.rstrip(b"\r\n") != b"\\."
            yield line
            continue
        if state.outside:
            if _OURS.fullmatch(line) or _DROPPED.fullmatch(line):
                yield b"\n"
                continue
            copying = _COPY.fullmatch(line) is not None
        state.read(line)
        if not (copying and not state.outside):
            yield line
        else:
            raise HostileDumpError
