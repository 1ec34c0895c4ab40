"""Fetches the publishers' files into a folder, one by one: a file that is there and fresh is not fetched again, one that fails costs only itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from omamori.gate.error import GateError
from omamori.gate.https import fetch
from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedParser
from omamori.snapshot.files import private_folder

FRESH_SECONDS = 12 * 3600
MOST_BYTES = 2 * 1024**3
"""Bytes of one file."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch, and where it goes."""

    feed: str
    url: str
    path: Path


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a file: `fresh` it was there already, `error` it could not be fetched."""

    download: Download
    fresh: bool = False
    error: Text | None = None


def downloads_of(parsers: Sequence[FeedParser], folder: Path, year: int | None = None) -> tuple[Download, ...]:
    """Return what the feeds' parsers name as theirs, each once; a file keeps the publisher's name, in a folder of its feed.

    `year`: the present one (by default the clock's), where a feed is served in a file a year.
    """
    last = year or datetime.now(UTC).year
    found: dict[str, Download] = {}
    for parser in parsers:
        for url in (one for named in parser.downloads for one in _of_years(named, parser.since_year, last)):
            found.setdefault(url, Download(parser.feed, url, folder / parser.feed / _name(url)))
    return tuple(found.values())


def _of_years(url: str, first: int, last: int) -> list[str]:
    return [url.replace("{year}", str(year)) for year in range(first, last + 1)] if "{year}" in url else [url]


def _name(url: str) -> str:
    parts = urlsplit(url)
    name = unquote(parts.path).rstrip("/").rpartition("/")[2] + (f"-{parts.query}" if parts.query else "")
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name).lstrip(".")
    return plain[-120:] or "index"


def download_all(
    wanted: Sequence[Download], *, authorities: Path | None, step: Callable[[Text], None], progress: Callable[[int, int], None]
) -> Iterator[Fetched]:
    """Fetch one after the other; yields each with what became of it. OSError of the disk."""
    for number, one in enumerate(wanted, 1):
        if one.path.is_file() and 0 <= time.time() - one.path.stat().st_mtime < FRESH_SECONDS:
            yield Fetched(one, fresh=True)
        else:
            step(Text(f"取得しています: {one.url}", f"Fetching {one.url}"))
            private_folder(one.path.parent)
            try:
                fetch(one.url, one.path, limit=MOST_BYTES, authorities=authorities)
            except GateError as error:
                yield Fetched(one, error=error.text)
            else:
                yield Fetched(one)
        progress(number, len(wanted))
