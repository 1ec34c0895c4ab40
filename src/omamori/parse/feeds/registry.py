"""Finds the feeds' parsers by walking this package."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import omamori.parse.feeds
from omamori.parse.feeds.interface import FeedParser


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


def parser_of(name: str, beginning: bytes) -> FeedParser | None:
    """Return the parser that recognises a file by its name and first 64 KiB; None when nobody does."""
    return next((parser for parser in feed_parsers() if parser.recognise(name, beginning)), None)
