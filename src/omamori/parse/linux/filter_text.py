"""Reads `nft list ruleset` as old versions print it: text, turned into the JSON form that newer ones print (nft(8)).

What a rule says beyond the grammar here stays in it as a condition nobody understood, or as a statement that may do anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from omamori.parse.linux.filter_statement import statements
from omamori.parse.linux.filter_value import value_of
from omamori.parse.linux.filter_words import PRIORITIES

Json = Any
_WORD = re.compile(r'"[^"\n]*"?|[{};,]|[^\s{};,"]+')
_BLOCKS = ("table", "chain", "set", "map", "flowtable", "counter", "quota", "limit", "secmark", "synproxy", "ct", "meter")
_HEAD = ("type", "policy", "comment", "flags", "device", "devices")
MOST_WORDS = 2_000_000


@dataclass(slots=True)
class _Block:
    """`NAME … { … }`: the words before the brace, the lines inside with their numbers, the blocks inside."""

    words: list[str]
    line: int = 0
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)


def read_text(lines: Iterable[tuple[int, str]]) -> Json:
    """Return the rule set in the form `nft -j` prints, for `filter_nft.read_nft`; None when there is no table in it.

    In: numbered lines. Each chain and rule carries its line as `line`.
    """
    reader = _Reader()
    for number, text in lines:
        reader.read(number, text)
    tables = [block for block in reader.root.blocks if block.words[:1] == ["table"]]
    items: list[Json] = []
    for table in tables:
        family, name = table.words[1:3] if len(table.words) > 2 else ["ip", *table.words[1:2], ""][:2]
        items += _table(family, name, table)
    loose = [*reader.root.lines, *(line for table in tables for line in table.lines if line[1][0] not in ("flags", "comment"))]
    items += [{"unread": {"line": number, "text": " ".join(words)}} for number, words in loose]
    if not reader.whole:
        items.append({"unread": {"text": "a block without its end"}})
    return {"nftables": items} if tables else None


class _Reader:
    """Sorts the words of a rule set into blocks. A brace inside a rule or a set belongs to its line."""

    def __init__(self) -> None:
        self.root = _Block([])
        self.open = [self.root]
        self.line: list[str] = []
        self.number = 0
        self.depth = 0
        self.left = MOST_WORDS

    @property
    def whole(self) -> bool:
        """Whether every block was closed, and nothing was left out."""
        return len(self.open) == 1 and not self.depth and self.left >= 0

    def read(self, number: int, text: str) -> None:
        bare = text.strip()
        found = [] if bare.startswith("#") else _WORD.findall(bare)
        self.left -= len(found)
        if self.left < 0:
            return
        for word in found:
            self.number = self.number if self.line else number
            self._word(word)
        if not self.depth:
            self._close()

    def _word(self, word: str) -> None:
        begins = bool(self.line) and self.line[0] in _BLOCKS and len(self.open) == (1 if self.line[0] == "table" else 2)
        if word == "{" and not self.depth and begins:
            block = _Block(self.line, self.number)
            self.open[-1].blocks.append(block)
            self.open.append(block)
            self.line = []
        elif word == "}" and not self.depth:
            self._close()
            if len(self.open) > 1:
                self.open.pop()
        elif word == ";" and not self.depth:
            self._close()
        else:
            self.depth += (word == "{") - (word == "}")
            self.line.append(word)

    def _close(self) -> None:
        if self.line:
            self.open[-1].lines.append((self.number, self.line))
        self.line = []


def _table(family: str, name: str, table: _Block) -> Iterator[Json]:
    flags = [word for _, line in table.lines if line[0] == "flags" for word in line[1:] if word != ","]
    yield {"table": {"family": family, "name": name, "flags": flags}}
    for block in table.blocks:
        kind, own = block.words[0], block.words[1].strip('"') if len(block.words) > 1 else ""
        place = {"family": family, "table": name}
        if kind in ("set", "map", "meter"):
            yield {"map" if kind == "map" else "set": {**place, "name": own, **_set(block)}}
        elif kind == "chain":
            yield {"chain": {**place, "name": own, "line": block.line, **_head(block)}}
            rules = [(number, line) for number, line in block.lines if line[0] not in _HEAD]
            for ordinal, (number, line) in enumerate(rules, 1):
                expressions, comment = statements(line)
                yield {"rule": {**place, "chain": own, "line": number, "expr": expressions, "comment": comment or f"{own} {ordinal}"}}


def _head(block: _Block) -> dict[str, Json]:
    said: dict[str, Json] = {}
    for _, line in block.lines:
        if line[0] == "type" and "hook" in line[:-1] and "priority" in line[:-1]:
            said |= {"type": line[1], "hook": line[line.index("hook") + 1], "prio": _priority(line[line.index("priority") + 1 :])}
        elif line[0] == "policy" and len(line) > 1:
            said["policy"] = line[1]
    return said


def _priority(words: list[str]) -> Json:
    """`0`, `-100`, `filter`, `filter + 10`; the text itself when it is something else."""
    text = "".join(words)
    found = re.fullmatch(r"([a-z]*)([+-]?\d{1,9})?", text)
    if not text or not found or (found[1] and found[1] not in PRIORITIES):
        return text
    return PRIORITIES.get(found[1], 0) + int(found[2] or 0)


def _set(block: _Block) -> dict[str, Json]:
    said: dict[str, Json] = {"flags": [], "elem": []}
    for _, line in block.lines:
        if line[0] == "flags":
            said["flags"] = [word for word in line[1:] if word != ","]
        elif line[0] == "timeout":
            said["flags"].append("timeout")
        elif line[:2] == ["elements", "="]:
            value, _ = value_of(line, 2)
            said["elem"] = value["set"] if isinstance(value, dict) and "set" in value else ["?"]
    return said
