"""The three ways PAN-OS writes a configuration (`set` lines, braces, XML) → one tree of names.

A value is the last name of a path. `config` and `devices NAME` at its beginning say nothing, and what stands outside of a virtual system
belongs to the first one (PAN-OS CLI Quick Start, "Use the CLI").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from omamori.parse.device.markup import Node, read_markup
from omamori.parse.device.wordlist import words
from omamori.parse.network.lines import prompt
from omamori.parse.windows.lines import Line

MAX_DEPTH = 40
MAX_QUOTED = 4_000
_TOKEN = re.compile(
    r"\"(?P<double>.*?)\"(?=[\s;\]{]|$)|'(?P<single>.*?)'(?=[\s;\]{]|$)|(?P<mark>[\[\]{};])(?=[\s;\]{}]|$)|(?P<word>[^\s\[\];{}]+)|(?P<other>\S)",
    re.DOTALL,
)
_OWN = words(
    "address address-group service service-group application application-group application-filter zone rulebase import tag "
    "external-list region schedule profile-group global-protect captive-portal display-name ssl-tls-service-profile "
    "authentication-profile server-profile log-settings profiles response-page threats dynamic-user-group reports group-mapping "
    "user-id-agent"
)


@dataclass(slots=True)
class Name:
    """A name in the tree: where it stands, what is below it, and whether anybody asked for it."""

    name: str
    line: int = 0
    below: dict[str, Name] = field(default_factory=dict)
    used: bool = False

    def at(self, *path: str) -> Name:
        """Return what is at a path; something empty where nothing is."""
        here = self
        for name in path:
            found = here.below.get(name)
            if found is None:
                return Name(name)
            found.used = True
            here = found
        return here

    def words(self, *path: str) -> list[str]:
        """Return the values at a path, and mark them as read."""
        here = self.at(*path)
        for one in here.below.values():
            one.used = True
        return list(here.below)

    def one(self, *path: str) -> str:
        """Return the value at a path, the last one said; empty where there is none."""
        words = self.words(*path)
        return words[-1] if words else ""

    def has(self, *path: str) -> bool:
        """Return whether a path is there."""
        return self.at(*path).line > 0

    def take(self) -> None:
        """Mark everything below as read."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            one.used = True
            waiting += one.below.values()

    def leaves(self) -> Iterator[tuple[tuple[str, ...], Name]]:
        """Yield the last names with their path."""
        waiting: list[tuple[tuple[str, ...], Name]] = [((), self)]
        while waiting:
            path, one = waiting.pop()
            if not one.below and path:
                yield path, one
            waiting += [((*path, name), child) for name, child in reversed(one.below.items())]


@dataclass(slots=True)
class Tree:
    """The tree, the lines that make no sense, and how many lines say something."""

    root: Name = field(default_factory=lambda: Name(""))
    odd: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    said: int = 0

    def add(self, path: Sequence[str], line: int) -> None:
        """Add a path; names that say nothing at its beginning are left out."""
        here = self.root
        for name in home(path)[:MAX_DEPTH]:
            here = here.below.setdefault(name, Name(name, line))


def home(path: Sequence[str]) -> tuple[str, ...]:
    """Return a path as it stands below a virtual system or the device."""
    words = tuple(path)
    for wrapper in ("response", "result", "config"):
        if words[:1] == (wrapper,):
            words = words[1:]
    if words[:1] == ("devices",):
        words = words[2:]
    return ("vsys", "vsys1", *words) if words and words[0] in _OWN else words


def tokens(text: str) -> list[tuple[str, bool]]:
    """Return the words of a line, and of each whether it is a bracket, brace or semicolon."""
    out = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "word"
        out.append((found[kind], kind == "mark" or (kind == "other" and found[0] in "[]{};")))
    return out


def values(words: Sequence[tuple[str, bool]]) -> tuple[list[str], list[str]]:
    """Part a statement into its path and the members of a list at its end."""
    path: list[str] = []
    members: list[str] = []
    inside = False
    for word, mark in words:
        if mark:
            inside = word == "[" or (inside and word != "]")
        elif inside:
            members.append(word)
        else:
            path.append(word)
    return path, members


def read_tree(lines: Sequence[Line]) -> Tree:
    """Build the tree; never fails."""
    tree = Tree()
    first = next((line.text.strip().lstrip("\ufeff") for line in lines if line.text.strip()), "")
    if first.startswith("<"):
        _markup(tree, lines)
        return tree
    stack: list[tuple[str, ...]] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        text = line.text.strip()
        at += 1
        if not text or text.startswith(("#", "!")):
            continue
        tree.said += 1
        if text.count('"') % 2 and (end := _closed(lines, at)) is not None and not _whole(text):
            text = "\n".join([text, *(one.text for one in lines[at:end])]).strip()
            tree.said += end - at
            at = end
        if text.startswith(("set ", "delete ", "move ", "rename ", "copy ")) and not stack:
            _command(tree, line, text)
        else:
            _brace(tree, stack, line, text)
    if stack and lines:
        tree.odd.append(lines[-1])
    return tree


def _whole(text: str) -> bool:
    """A quote inside a quoted value stands there unmarked: such a line ends where it ends."""
    return text.endswith(('"', '";'))


def _closed(lines: Sequence[Line], start: int) -> int | None:
    for place in range(start, min(len(lines), start + MAX_QUOTED)):
        text = lines[place].text
        if '"' in text:
            return place + 1
        if text.lstrip().startswith(("set ", "}")):
            return None
    return None


def _command(tree: Tree, line: Line, text: str) -> None:
    words = tokens(text)
    path, members = values(words[1:])
    if words[0][0] == "set":
        if members:
            for member in members:
                tree.add([*path, member], line.number)
        else:
            tree.add(path, line.number)
    elif (words[0][0] == "delete" and _delete(tree.root, home(path))) or (words[0][0] == "move" and _move(tree.root, path)):
        return
    else:
        tree.odd.append(line)


def _delete(root: Name, path: Sequence[str]) -> bool:
    here = root
    for name in path[:-1]:
        if name not in here.below:
            return False
        here = here.below[name]
    return bool(path) and here.below.pop(path[-1], None) is not None


def _move(root: Name, path: Sequence[str]) -> bool:
    how = path[-1] if path[-1:] and path[-1] in ("top", "bottom") else path[-2] if len(path) > 2 else ""
    own, other = (path[:-1], "") if how in ("top", "bottom") else (path[:-2], path[-1])
    words = home(own)
    if how not in ("top", "bottom", "before", "after") or not words:
        return False
    here = root
    for name in words[:-1]:
        if name not in here.below:
            return False
        here = here.below[name]
    moved = words[-1]
    if moved not in here.below or (other and (other not in here.below or other == moved)):
        return False
    order = [name for name in here.below if name != moved]
    place = {"top": 0, "bottom": len(order)}.get(how)
    order.insert(place if place is not None else order.index(other) + (how == "after"), moved)
    here.below = {name: here.below[name] for name in order}
    return True


def _brace(tree: Tree, stack: list[tuple[str, ...]], line: Line, text: str) -> None:
    """Read a line of the form with braces; also several statements in one line."""
    words = tokens(text)
    if not any(mark and word in "{};" for word, mark in words):
        (tree.odd if stack else tree.rest).append(line)
        if not stack and (prompt(text) is not None or text == "[edit]"):
            tree.rest.pop()
        return
    pending: list[tuple[str, bool]] = []
    for word, mark in words:
        if not mark or word in "[]":
            pending.append((word, mark))
            continue
        path, members = values(pending)
        base = tuple(name for names in stack for name in names)
        if word == "{":
            stack.append(tuple(path))
            if len(stack) <= MAX_DEPTH and path:
                tree.add([*base, *path], line.number)
        elif word == ";" and path:
            for end in [[member] for member in members] or [[]]:
                tree.add([*base, *path, *end], line.number)
        elif word == "}":
            if stack:
                stack.pop()
            else:
                tree.odd.append(line)
        pending = []
    if pending:
        tree.odd.append(line)


def _markup(tree: Tree, lines: Sequence[Line]) -> None:
    """Read XML: an entry stands for its name, a member and a text for a value."""
    found = read_markup("\n".join(line.text for line in lines).lstrip("\ufeff"))
    start = lines[0].number - 1
    tree.said = sum(1 for line in lines if line.text.strip())
    if found.broken is not None:
        tree.odd.append(next((line for line in lines if line.number == found.broken + start), lines[-1]))
    waiting: list[tuple[tuple[str, ...], Node]] = [((), found.root)]
    while waiting:
        path, node = waiting.pop()
        own = node.attributes.get("name", "") if node.tag == "entry" else node.text.strip() if node.tag == "member" else node.tag
        here = (*path, own) if own and len(path) < MAX_DEPTH else path
        text = node.text.strip()
        if not node.children and node.tag != "member":
            here = (*here, text) if text else here
        if not node.children and len(here) > 1:
            tree.add(here, node.line + start)
        waiting += [(here, child) for child in reversed(node.children)]
