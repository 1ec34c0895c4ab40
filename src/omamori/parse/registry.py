"""Finds the parsers: every module below this package that has a `PARSERS` tuple."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import omamori.parse
from omamori.parse.interface import Parser

RECOGNISE_BYTES = 64 * 1024


@cache
def parsers() -> Mapping[str, Parser]:
    """Return every parser by evidence kind; ValueError when two claim one kind."""
    found: dict[str, Parser] = {}
    for module in pkgutil.walk_packages(omamori.parse.__path__, "omamori.parse."):
        for parser in getattr(importlib.import_module(module.name), "PARSERS", ()):
            if parser.kind in found:
                raise ValueError(f"two parsers for {parser.kind}: {module.name} and another")
            found[parser.kind] = parser
    return MappingProxyType(dict(sorted(found.items())))


def recognise(head: bytes, file_name: str) -> Parser | None:
    """Return the parser of a file somebody imports by hand, judged by its content; None when nobody knows it.

    In: the first `RECOGNISE_BYTES` of the file and its name (a hint only).
    """
    for parser in sorted(parsers().values(), key=lambda one: one.last):
        if parser.recognise is not None and parser.recognise(head, file_name):
            return parser
    return None
