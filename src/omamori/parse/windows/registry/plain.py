"""Reads a whole, undamaged `reg export` in one pass; what is in a key is read when somebody asks for the key.

Whatever is not as `reg export` writes it (a script, an export that broke off, texts of several lines, bytes that do not
fit their type) is left to `export`, which looks at every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import overload

from omamori.parse.windows.registry.tree import Block, Data, Shown, Value, key_path

_HEAD = "Windows Registry Editor Version 5.00\n"
_ITEM = re.compile(
    r"""(?:\[(HKEY_[A-Z_]{4,20}(?:\\[^\n]{0,1000})?)\]
    |(?:@|"((?:[^"\\\n]|\\[^\n])*+)")=(?:
        "((?:[^"\\\n]|\\[^\n])*+)"
        |dword:([0-9a-f]{1,8})
        |hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f,]*+(?:\\\n[ ][ ][0-9a-f,]*+)*+)
    )
    |[ ]*"?\[secret:[ ][a-z-]+,[ ](?:empty|default|set)\]"?
    )?\n""",
    re.VERBOSE,
)
_ITEMS = re.compile(f"(?:{_ITEM.pattern})*+", re.VERBOSE)
_HEADS = re.compile(r"\n\[(HKEY_[^\n]*)\](?=\n)")
"""Keys of a text that is nothing but items."""
_HEX = re.compile(r"=hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f,]*+(?:\\\n[ ][ ][0-9a-f,]*+)*+)\n")
_NAME, _TEXT, _NUMBER, _KIND, _BYTES = range(2, 7)
_ESCAPED = re.compile(r'\\([\\"])')
_NOT_DIGITS = str.maketrans("", "", ",\\\n ")
_MOST_LINES = 19_000
_DIGITS = {4: 8, 5: 8, 0xB: 16}
"""How many digits the bytes of a number have: DWORD, DWORD big-endian, QWORD."""
_TEXTS = (1, 2, 7)


class Values(Sequence[Value]):
    """The values of one key, read when they are asked for. Equal to a tuple of the same values."""

    __slots__ = ("_begin", "_end", "_line", "_shown", "_text", "_values")

    def __init__(self, text: str, begin: int, end: int, line: int) -> None:
        """`text[begin:end]` holds whole lines of an export; the first is the line `line` of the evidence."""
        self._text, self._begin, self._end, self._line = text, begin, end, line
        self._values: tuple[Value, ...] | None = None
        self._shown: dict[str, list[tuple[re.Match[str], int]]] | None = None

    def named(self, name: str) -> list[Value]:
        """Return the values of a name, given in lower case, in order; the data of the others is not read."""
        if self._shown is None:
            self._shown = {}
            for found, line in _items(self._text, self._begin, self._end, self._line):
                self._shown.setdefault(_plain(found[_NAME] or "").lower(), []).append((found, line))
        return [_value(found, line) for found, line in self._shown.get(name, ())]

    def all(self) -> tuple[Value, ...]:
        """Return the values in order."""
        if self._values is None:
            self._values = tuple(_value(found, line) for found, line in _items(self._text, self._begin, self._end, self._line))
        return self._values

    def __len__(self) -> int:
        """Return the number of values."""
        return len(self.all())

    def __iter__(self) -> Iterator[Value]:
        """Yield the values."""
        return iter(self.all())

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        """Return one value or some."""
        return self.all()[place]

    def __eq__(self, other: object) -> bool:
        """Compare with other values, however kept."""
        return tuple(other) == self.all() if isinstance(other, Values | tuple) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the tuple of values."""
        return hash(self.all())

    def __repr__(self) -> str:
        """Return the values as a tuple shows them."""
        return repr(self.all())


def read_plain(text: str, first: int) -> Shown | None:
    """Return what a whole export shows; None where it is not plain.

    `text` are the lines without line ends, joined by line feeds, the last one empty; `first` is the number of the first.
    """
    if not text.startswith(_HEAD) or not text.endswith("\n"):
        return None
    if _ITEMS.fullmatch(text, len(_HEAD)) is None:
        return None
    # What looks like bytes inside a text and does not fit sends the whole export to `export`, which does no harm.
    if not all(_fits(kind, digits) for kind, digits in _HEX.findall(text)):
        return None
    heads: list[tuple[str, int, int, int]] = []
    root = ""
    number, counted = first + 1, len(_HEAD)
    for found in _HEADS.finditer(text, counted - 1):
        start = found.start() + 1
        key = key_path(found[1])
        root = root or key
        if (heads and text[start - 2] != "\n") or not (key == root or key.startswith(f"{root}\\")):
            return None
        number += text.count("\n", counted, start)
        counted = start
        heads.append((key, number, start, found.end() + 1))
    # A value above the first key belongs to none.
    if not heads or "=" in text[len(_HEAD) : heads[0][2]]:
        return None
    shown = Shown(first=first, roots=[root])
    for (key, line, start, begin), (_, _, end, _) in zip(heads, [*heads[1:], ("", 0, len(text), 0)], strict=True):
        name = text[start + 1 : begin - 2].rpartition("\\")[2]
        shown.blocks.append(Block(key, line, Values(text, begin, end, line + 1), whole=True, name=name, exported=True))
    return shown


def _fits(kind: str, digits: str) -> bool:
    """Whether written bytes are whole, and as many as their type (empty: bytes) needs."""
    wraps = digits.count("\n")
    count = len(digits) - digits.count(",") - 4 * wraps
    number = int(kind, 16) if kind else 3
    if wraps > _MOST_LINES or count % 2:
        return False
    return count % 4 == 0 if number in _TEXTS else _DIGITS.get(number, count) == count


def _items(text: str, begin: int, end: int, line: int) -> Iterator[tuple[re.Match[str], int]]:
    for found in _ITEM.finditer(text, begin, end):
        if found.lastindex is not None:
            yield found, line
        line += 1 if found.lastindex != _BYTES else text.count("\n", found.start(), found.end())


def _value(found: re.Match[str], line: int) -> Value:
    return Value(_plain(found[_NAME] or ""), _data(found), line)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _data(found: re.Match[str]) -> Data:
    if found.lastindex == _TEXT:
        return _plain(found[_TEXT])
    if found.lastindex == _NUMBER:
        return int(found[_NUMBER], 16)
    data = bytes.fromhex(found[_BYTES].translate(_NOT_DIGITS))
    kind = int(found[_KIND], 16) if found[_KIND] else 3
    if kind in _TEXTS:
        words = data.decode("utf-16-le", "replace")
        return tuple(part for part in words.split("\0") if part) if kind == 7 else words.rstrip("\0")
    return int.from_bytes(data, "big" if kind == 5 else "little") if kind in _DIGITS else data
