"""Cuts a plain SQL dump into what is sent to the server at once, and refuses what only psql would understand.

It goes to the server itself and never through psql (`omamori.gate.database`), so a cut in the wrong place is an error of SQL and nothing
more. The handful of psql's own commands that pg_dump writes are left out, as are owners and rights (`pg_restore --no-owner
--no-privileges` does the same): the accounts of the hospital's server are not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DROPPED = re.compile(
    rb"(?:ALTER [^;]* OWNER TO [^;]*|GRANT [^;]*|REVOKE [^;]*|ALTER DEFAULT PRIVILEGES [^;]*|COMMENT ON EXTENSION [^;]*"
    rb"|SET (?:default_tablespace|SESSION AUTHORIZATION)[^;]*);\s*"
)
_OURS = re.compile(rb"\\(?:connect|c|restrict|unrestrict|encoding)(?:\s[^\\]*)?\s*")
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


def statements(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the statements of a plain dump, each up to a line's end. HostileDumpError when it holds what pg_dump never writes.

    Where one begins a COPY, whoever reads takes its data from `lines` (see `copy_data`) before asking for the next.
    """
    state = _State()
    gathered = bytearray()
    for line in lines:
        if len(gathered) + len(line) > _LONGEST:
            raise HostileDumpError
        if state.outside and (_OURS.fullmatch(line) or _DROPPED.fullmatch(line)):
            continue
        state.read(line)
        gathered += line
        if state.outside and line.rstrip().endswith(b";"):
            yield bytes(gathered)
            gathered.clear()
    if gathered.strip():
        yield bytes(gathered)


def copy_data(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the lines of a COPY up to its end (`\\.`), which is left out."""
    for line in lines:
        if len(line) > _LONGEST:
            raise HostileDumpError
        if line.rstrip(b"\r\n") == b"\\.":
            return
        yield line
