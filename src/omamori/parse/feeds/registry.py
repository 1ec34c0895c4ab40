"""Finds the feeds' parsers by walking this package."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

import omamori.parse.feeds
from omamori.parse.feeds.interface import FeedParser

_SCHEMA = re.compile(rb"""\s{0,99}\{.{0,2000}"\$schema"\s{0,9}:\s{0,9}"https?://json-schema\.org/""", re.DOTALL)


@cache
def feed_parsers() -> tuple[FeedParser, ...]:
    """Return every feed's parser, in the order of feed and form; ValueError when two have the same."""
    found: dict[tuple[str, str], FeedParser] = {}
    for module in pkgutil.walk_packages(omamori.parse.feeds.__path__, "omamori.parse.feeds."):
        for parser in getattr(importlib.import_module(module.name), "FEEDS", ()):
            name = (parser.feed, parser.form)
            if name in found:
                raise ValueError(f"two parsers for the feed {parser.feed}, form {parser.form}")
            found[name] = parser
    return tuple(found[name] for name in sorted(found))


def is_json_schema(beginning: bytes) -> bool:
    """Return whether a file is a JSON schema, which a publisher may lay beside its records: it names them all and holds none.

    In: its first 64 KiB. Source: JSON Schema Core, 8.1.1: a schema names the dialect it is written in. Records name a schema of their publisher's.
    """
    return _SCHEMA.match(beginning.removeprefix(b"\xef\xbb\xbf")) is not None and b'"properties"' in beginning


def parser_of(name: str, beginning: bytes) -> FeedParser | None:
    """Return the parser that recognises a file by its name and first 64 KiB; None when nobody does."""
    return next((parser for parser in feed_parsers() if parser.recognise(name, beginning)), None)
