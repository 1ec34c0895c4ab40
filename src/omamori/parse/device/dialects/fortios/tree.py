"""Lines of a FortiOS configuration → a tree of `config`, `edit` and `set`.

The grammar is that of the FortiOS CLI reference: a value may be quoted and then go on over many lines (certificates, keys, texts);
`append`, `unset`, `unselect`, `delete`, `purge`, `rename`, `clone` and `move` change what stands there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from omamori.parse.device.wordlist import words
from omamori.parse.network.lines import prompt
from omamori.parse.windows.lines import Line

COMMANDS = frozenset(
    "config edit set append select unselect unset delete purge rename clone move next end abort".split()  # noqa: SIM905
)
TOP = words(
    "system firewall router vpn user log vdom global antivirus application authentication webfilter web-proxy ips dlp emailfilter "
    "spamfilter dnsfilter voip waf wanopt icap report endpoint-control switch-controller wireless-controller alertemail videofilter "
    "ssh-filter file-filter sctp-filter certificate monitoring extender-controller"
)
"""First words of tables that never stand inside another: one that does shows that an `end` is missing."""
OFF: tuple[list[str], ...] = (["disable"], [""], [])
"""Values that say a feature is not in use: `show full-configuration` lists every one that is not."""
MAX_DEPTH = 12
MARK = re.compile(r"\[secret: [a-z-]+, [a-z]+\]")
"""What stands for a line of a key after redaction."""
MAX_QUOTED = 4_000
"""A quoted value of more lines than this was never closed."""


@dataclass(slots=True)
class Setting:
    """A value: its words, the line it stands in, and whether anybody asked for it."""

    words: list[str]
    line: int
    text: str
    used: bool = False


@dataclass(slots=True)
class Block:
    """A `config` or an `edit`: its settings, the `config` inside it and its `edit` in order."""

    name: str
    line: int = 0
    settings: dict[str, Setting] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    entries: dict[str, Block] = field(default_factory=dict)

    def all(self, key: str) -> list[str]:
        """Return the words of a value; none where it is not set."""
        found = self.settings.get(key)
        if found is None:
            return []
        found.used = True
        return found.words

    def one(self, key: str, default: str = "") -> str:
        """Return a value of one word, or what holds where it is not set."""
        words = self.all(key)
        return words[0] if words else default

    def on(self, key: str, *, default: bool = False) -> bool:
        """Return whether a value is `enable`."""
        word = self.one(key)
        return word == "enable" if word else default

    def block(self, name: str) -> Block:
        """Return the `config` of this name inside it, empty where there is none."""
        return self.blocks.get(name) or Block(name)

    def number(self, key: str, default: int | None = None) -> int | None:
        """Return a value as a number."""
        word = self.one(key)
        return int(word) if word.isascii() and word.isdigit() and len(word) <= 10 else default

    def lines(self) -> Iterator[Setting]:
        """Yield all settings in it, however deep."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield from one.settings.values()
            waiting += [*one.entries.values(), *one.blocks.values()]


@dataclass(slots=True)
class Tree:
    """What was read: `root` holds the tables by their whole name, of each virtual domain in `vdoms`.

    `odd` are lines that make no sense where they stand, with the section; `rest` the lines outside of any `config`.
    `cut`: a table is still open at the end.
    """

    root: Block = field(default_factory=lambda: Block(""))
    vdoms: dict[str, Block] = field(default_factory=dict)
    odd: list[tuple[Line, str]] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    said: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Statement:
    line: Line
    words: list[str]
    first: str


def words_of(text: str) -> tuple[list[str], str]:
    """Return the words of a statement, and the quote that is still open at its end (empty: none)."""
    if '"' not in text and "'" not in text and "\\" not in text:
        return text.split(), ""
    words: list[str] = []
    word: list[str] = []
    inside, quote = False, ""
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        if quote:
            if char == "\\" and quote == '"' and at + 1 < size:
                at += 1
                word.append(text[at])
            elif char == quote:
                quote = ""
            else:
                word.append(char)
        elif char in "\"'":
            quote = char
            inside = True
        elif char.isspace():
            if inside:
                words.append("".join(word))
            word, inside = [], False
        else:
            if char == "\\" and at + 1 < size:
                at += 1
            inside = True
            word.append(text[at])
        at += 1
    if inside:
        words.append("".join(word))
    return words, quote


def closes(text: str, quote: str) -> bool:
    """Whether a quote that is open at the start of a line is closed in it."""
    at = 0
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 1
        elif text[at] == quote:
            return True
        at += 1
    return False


def read_tree(lines: Sequence[Line]) -> Tree:
    """Build the tree; never fails."""
    reader = _Reader()
    at = 0
    while at < len(lines):
        line = lines[at]
        text = line.text.strip()
        at += 1
        if not text or text.startswith("#"):
            continue
        reader.tree.said += 1
        first = text.split(None, 1)[0]
        if first not in COMMANDS:
            if MARK.fullmatch(text) is None:
                reader.other(line)
            continue
        words, quote = words_of(text)
        if quote and first in ("set", "append"):
            end = _closed(lines, at, quote)
            if end is None:
                reader.odd(line)
                continue
            words, _ = words_of("\n".join([text, *(one.text for one in lines[at:end])]))
            reader.tree.said += end - at
            at = end
        reader.take(_Statement(line, words, first))
    reader.tree.cut = bool(reader.open)
    return reader.tree


def _closed(lines: Sequence[Line], start: int, quote: str) -> int | None:
    """The place behind the line that closes a quote; None where there is none near by."""
    for place in range(start, min(len(lines), start + MAX_QUOTED)):
        if closes(lines[place].text, quote):
            return place + 1
    return None


class _Reader:
    """State of the one pass: the blocks that are open."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.open: list[tuple[Block, str]] = []
        self.home = self.tree.root

    def other(self, line: Line) -> None:
        """Keep a line that is no command of a configuration."""
        if not self.open:
            self.tree.rest.append(line)
        elif prompt(line.text) is None:
            self.odd(line)

    def odd(self, line: Line) -> None:
        """Keep a line that makes no sense here."""
        self.tree.odd.append((line, self.section()))

    def section(self) -> str:
        """Return the names of the open blocks."""
        return " / ".join(block.name for block, _ in self.open)

    def take(self, said: _Statement) -> None:
        """Act on one statement."""
        words = said.words
        if said.first == "config":
            self.config(said)
        elif said.first in ("end", "abort"):
            self.end(said)
        elif not self.open:
            self.odd(said.line)
        elif said.first == "edit":
            self.edit(said)
        elif said.first == "next":
            if self.open[-1][1] in ("edit", "vdom"):
                self.open.pop()
            else:
                self.odd(said.line)
        elif said.first in ("set", "append", "select", "unselect", "unset"):
            self.value(said)
        elif self.open[-1][1] != "config" or not change(self.open[-1][0], said.first, words[1:]):
            self.odd(said.line)

    def config(self, said: _Statement) -> None:
        """Open a table, at the top or inside an entry."""
        name = " ".join(said.words[1:])
        if not name or len(self.open) >= MAX_DEPTH:
            self.odd(said.line)
            return
        if said.words[1] in TOP and (len(said.words) > 2 or name in ("vdom", "global")):
            while self.open and self.open[-1][1] not in ("vdoms", "vdom", "global"):
                self.odd(said.line)
                self.open.pop()
        if name == "vdom" and not self.open:
            self.open.append((Block(name, said.line.number), "vdoms"))
        elif name == "global" and (not self.open or self.open[-1][1] == "vdom"):
            self.home = self.tree.root
            self.open.append((self.tree.root, "global"))
        else:
            parent = self.open[-1][0] if self.open else self.home
            self.open.append((parent.blocks.setdefault(name, Block(name, said.line.number)), "config"))

    def edit(self, said: _Statement) -> None:
        """Open an entry of a table."""
        if self.open[-1][1] == "edit":
            self.odd(said.line)
            self.open.pop()
        name = " ".join(said.words[1:])
        block, kind = self.open[-1]
        if kind == "vdom":
            self.open.pop()
            block, kind = self.open[-1]
        if kind == "vdoms":
            self.open.append((self.tree.vdoms.setdefault(name, Block("", said.line.number)), "vdom"))
        elif kind == "config" and len(said.words) > 1:
            if name == "0" and name in block.entries:
                # `edit 0` takes the next free number: each of them is an entry of its own.
                name = f"0 (line {said.line.number})"
            self.open.append((block.entries.setdefault(name, Block(name, said.line.number)), "edit"))
        else:
            self.odd(said.line)

    def end(self, said: _Statement) -> None:
        """Close the table and the entry that is open in it."""
        if self.open and self.open[-1][1] in ("edit", "vdom"):
            self.open.pop()
        if self.open:
            self.open.pop()
        else:
            self.odd(said.line)

    def value(self, said: _Statement) -> None:
        """Set or change a value."""
        block, kind = self.open[-1]
        if len(said.words) < 2 or kind not in ("config", "edit") or (len(said.words) < 3 and said.first != "unset"):
            self.odd(said.line)
            return
        key, words = said.words[1], said.words[2:]
        old = block.settings.get(key)
        if said.first == "unset":
            block.settings.pop(key, None)
            return
        if said.first == "append" and old is not None:
            words = [*old.words, *(word for word in words if word not in old.words)]
        elif said.first == "unselect":
            words = [word for word in (old.words if old else []) if word not in words]
        block.settings[key] = Setting(words, said.line.number, said.line.text.strip())


def change(block: Block, command: str, words: list[str]) -> bool:
    """Delete, clone, rename or move an entry; False when that is not possible."""
    entries = block.entries
    if command == "purge":
        entries.clear()
        return True
    if not words or words[0] not in entries:
        return False
    if command == "delete":
        del entries[words[0]]
        return True
    if len(words) != 3 or words[1] not in ("to", "before", "after"):
        return False
    name, how, other = words
    if command in ("clone", "rename"):
        if how != "to" or other in entries:
            return False
        old = entries[name]
        if command == "clone":
            entries[other] = Block(other, old.line, dict(old.settings), dict(old.blocks), dict(old.entries))
        else:
            block.entries = {
                (other if key == name else key): (Block(other, old.line, old.settings, old.blocks, old.entries) if key == name else one)
                for key, one in entries.items()
            }
        return True
    if command != "move" or how == "to" or other not in entries or other == name:
        return False
    order = [key for key in entries if key != name]
    order.insert(order.index(other) + (how == "after"), name)
    block.entries = {key: entries[key] for key in order}
    return True
