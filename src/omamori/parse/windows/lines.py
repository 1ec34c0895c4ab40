"""The lines of an output, split only when somebody asks for one: a registry export has tens of thousands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload


class Line(NamedTuple):
    """One line of an evidence: its number there, from 1, and its text without line end."""

    number: int
    text: str


class Lines(Sequence[Line]):
    """Lines that follow each other in an evidence, kept as one text. Equal to a tuple of the same lines."""

    __slots__ = ("_lines", "first", "size", "text")

    def __init__(self, text: str, first: int) -> None:
        """`text` has a line feed between two lines and none behind the last; `first` is the number of the first line."""
        self.text, self.first = text, first
        self.size = text.count("\n") + 1
        self._lines: tuple[Line, ...] | None = None

    def all(self) -> tuple[Line, ...]:
        """Return the lines."""
        if self._lines is None:
            self._lines = tuple(map(Line, range(self.first, self.first + self.size), self.text.split("\n")))
        return self._lines

    def __len__(self) -> int:
        """Return the number of lines."""
        return self.size

    def __iter__(self) -> Iterator[Line]:
        """Yield the lines."""
        return iter(self.all())

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, place: int | slice) -> Line | tuple[Line, ...]:
        """Return one line or some; the first and the last do not split the others."""
        if self._lines is None and self.size and place in (0, -1, self.size - 1):
            if place == 0:
                return Line(self.first, self.text.partition("\n")[0])
            return Line(self.first + self.size - 1, self.text.rpartition("\n")[2])
        return self.all()[place]

    def __eq__(self, other: object) -> bool:
        """Compare with other lines, however kept."""
        return tuple(other) == self.all() if isinstance(other, Lines | tuple) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the tuple of lines."""
        return hash(self.all())

    def __repr__(self) -> str:
        """Return the lines as a tuple shows them."""
        return repr(self.all())


def text_of(lines: Sequence[Line]) -> str:
    """Return lines as one text with a line feed between two."""
    return lines.text if isinstance(lines, Lines) else "\n".join(line.text for line in lines)
