"""XML of a device's configuration → a tree of elements with their lines. Document types and entities are refused; damage keeps what came before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_DEPTH = 60
MAX_TEXT = 4_000_000


@dataclass(slots=True)
class Node:
    """An element: its name, line, text, children in order, and whether anybody asked for it."""

    tag: str
    line: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    used: bool = False

    def all(self, tag: str) -> list[Node]:
        """Return the children of a name."""
        found = [one for one in self.children if one.tag == tag]
        for one in found:
            one.used = True
        return found

    def child(self, path: str) -> Node:
        """Return the first element at `a/b/c`; an empty one where there is none."""
        here = self
        for tag in path.split("/"):
            found = here.all(tag)
            if not found:
                return Node(tag)
            here = found[0]
        return here

    def get(self, path: str) -> str:
        """Return the text at a path; empty where there is none."""
        return self.child(path).text.strip()

    def has(self, path: str) -> bool:
        """Return whether an element is there, be it empty: how these configurations write yes."""
        return self.child(path).line > 0

    def take(self) -> Node:
        """Mark everything inside as read."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            one.used = True
            waiting += one.children
        return self

    def leaves(self) -> Iterator[tuple[str, Node]]:
        """Yield the elements without children, with their path below this one, in order."""
        waiting: list[tuple[str, Node]] = [("", self)]
        while waiting:
            path, one = waiting.pop()
            if not one.children and path:
                yield path, one
            waiting += [(f"{path}/{child.tag}".lstrip("/"), child) for child in reversed(one.children)]


@dataclass(slots=True)
class Markup:
    """A document: its root element (empty where there was none), and where it broke, if it did."""

    root: Node
    broken: int | None = None


class _Refused(Exception):
    """A document type, an entity, or elements too deep."""


def read_markup(text: str) -> Markup:
    """Read a document; never fails."""
    top = Node("")
    stack = [top]
    size = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) > MAX_DEPTH:
            raise _Refused
        node = Node(tag, parser.CurrentLineNumber, attributes=attributes)
        stack[-1].children.append(node)
        stack.append(node)

    def end(_: str) -> None:
        stack.pop()

    def said(data: str) -> None:
        nonlocal size
        size += len(data)
        if size > MAX_TEXT * 8:
            raise _Refused
        if len(stack[-1].text) < MAX_TEXT:
            stack[-1].text += data

    def refuse(*_: object) -> None:
        raise _Refused

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = said
    broken: int | None = None
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except (expat.ExpatError, _Refused, LookupError, ValueError):
        broken = parser.CurrentLineNumber
    return Markup(top.children[0] if top.children else Node(""), broken)
