"""YAML a person wrote, read strictly: every mapping knows its line; no key twice, no aliases, no depth without end.

A file like this may come from anywhere, and what is wrong in it is told to somebody who does not program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

LARGEST = 500_000
"""Bytes a file may have; the longest edition held here has a tenth of that."""
_DEEPEST = 12
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What could steer a terminal or turn a line around; tabs and new lines may stand."""


class LinedError(Exception):
    """The text is not YAML, or not of the plain kind read here; says the line."""


class Lined(dict[str, Any]):
    """A mapping, the line (from 1) it begins on, and the line of each of its keys."""

    line = 0

    def __init__(self, content: Mapping[str, Any] | None = None) -> None:
        """Begin with `content`; the lines are not known yet."""
        super().__init__(content or {})
        self.lines: dict[str, int] = {}


class Word(str):
    """A value as it was written, and its line."""

    line = 0


class _Loader(yaml.SafeLoader):
    """The safe loader, without aliases and with an end to depth."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose one node; refuses an alias, and a node that lies too deep."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise LinedError(f"line {line}: a reference (*) is not read here; write the words again")
        if self.depth >= _DEEPEST:
            raise LinedError(f"line {line}: lists and keys lie deeper in each other than {_DEEPEST} levels")
        self.depth += 1
        try:
            node = super().compose_node(parent, index)
        finally:
            self.depth -= 1
        if isinstance(node, yaml.ScalarNode) and _CONTROL.search(node.value):
            raise LinedError(f"line {line}: a control character stands in the words; take it away")
        return node


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lined:
    found = Lined()
    found.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = loader.construct_object(key_node, deep=True) if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            raise LinedError(f"line {line}: a key has to be a word")
        if key in found:
            raise LinedError(f"line {line}: the key {key} stands twice; take one away")
        found[key] = loader.construct_object(value_node, deep=True)
        found.lines[key] = line
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class _WordLoader(_Loader):
    """Takes every value as the words that stand there: `10.1`, `22:00` and `no` stay what a person wrote."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own form


def _word(_loader: _WordLoader, node: yaml.ScalarNode) -> Word:
    word = Word(node.value)
    word.line = node.start_mark.line + 1
    return word


_WordLoader.add_constructor("tag:yaml.org,2002:str", _word)


def read_lined(text: str, *, words: bool = False) -> Any:
    """Return what the YAML `text` says, its mappings as `Lined`; `words`: every value as a `Word`. Raises LinedError that names the line."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise LinedError(f"larger than {LARGEST} bytes")
    loader = None
    try:
        loader = _WordLoader(text) if words else _Loader(text)
        return loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        raise LinedError(f"{place}not YAML: {getattr(error, 'problem', None) or error}") from None
    except (ValueError, OverflowError) as error:
        # PyYAML hands dates such as 2025-13-01 and numbers too long to Python as they are.
        raise LinedError(f"not YAML: {error}") from None
    finally:
        if loader is not None:
            loader.dispose()
