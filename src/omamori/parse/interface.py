"""What a parser is.

A parser is one module in this package with a `PARSERS` tuple. It is found by walking the folder:
nothing else has to be edited. It turns bytes into rows of the model and never touches the world;
every byte may come from a compromised machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from omamori.model.look import Parsed
from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about an evidence besides its bytes.

    `exit_code` and `stderr` are those of the command that printed it; `privileged` tells whether it
    ran as administrator (None: not known). `seen` is the machine's clock, `received` ours.
    """

    kind: str
    seen: datetime
    received: datetime
    exit_code: int = 0
    stderr: str = ""
    privileged: bool | None = None
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Redacted:
    """Bytes that may be stored, and how many secrets were taken out."""

    data: bytes
    secrets: int = 0


@dataclass(frozen=True, slots=True)
class Parser:
    """One evidence kind: what it fills, how it is read, what is taken out before storing.

    `recognise` looks at the first 64 KiB of a file somebody imports by hand and returns True when the
    file is of this kind; None where the kind only arrives inside a kit result.
    `redact` keeps the number of lines. `max_bytes` is refused beyond, unless `streaming`. `condense`, of a kind that may be of any
    length, gets the file in pieces and returns what is stored in its place; it holds a bounded amount of it in memory. `last`: asked
    whether a file is its kind only where nobody else takes it.
    """

    kind: str
    tables: tuple[str, ...]
    parse: Callable[[bytes, Context], Parsed]
    redact: Callable[[bytes], Redacted] | None = None
    recognise: Callable[[bytes, str], bool] | None = None
    max_bytes: int = 32 * 1024 * 1024
    streaming: bool = False
    condense: Callable[[Iterable[bytes], Context], Redacted] | None = None
    notes: str = field(default="")
    last: bool = False


class EvidenceError(Exception):
    """An evidence as a whole cannot be used: says what was expected and what to do.

    Raised by a parser only when nothing can be taken from the bytes; otherwise it returns problems.
    Give both languages as `Text`; a plain string stands for both.
    """

    def __init__(self, said: str | Text) -> None:
        """Keep what was expected, in both languages, as `text`."""
        self.text = said if isinstance(said, Text) else Text(said, said)
        super().__init__(self.text.en)
