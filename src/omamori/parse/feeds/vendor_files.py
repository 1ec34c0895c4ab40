"""Reads one file of a vendor's advisories (CSAF, CVRF) with the vendor's own way of naming products. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from omamori.model.facts import Broken
from omamori.model.text import Text
from omamori.parse.feeds.csaf import csaf_document
from omamori.parse.feeds.cvrf import cvrf_document, read_cvrf
from omamori.parse.feeds.documents import Document, Naming, document_facts
from omamori.parse.feeds.interface import AsOf, FeedError, Item
from omamori.parse.feeds.json_document import document

Read = Callable[[BinaryIO, str], Iterator[Item]]


def csaf_reader(feed: str, naming: Naming) -> Read:
    """Return the reader of a vendor's CSAF files."""

    def read(stream: BinaryIO, _name: str) -> Iterator[Item]:
        yield from _facts(csaf_document(document(stream)), feed, naming)

    return read


def as_it_is(document: Document) -> Document:
    """Return a document unchanged."""
    return document


def cvrf_reader(feed: str, naming: Naming, completed: Callable[[Document], Document] = as_it_is) -> Read:
    """Return the reader of a vendor's CVRF files; a damaged place is told, the flaws around it are kept.

    `completed` adds what the vendor says elsewhere than in its product tree.
    """

    def read(stream: BinaryIO, name: str) -> Iterator[Item]:
        found = read_cvrf(stream)
        if found.damaged and not found.parts:
            said = found.damaged[0]
            raise FeedError(
                Text(f"CVRFとして読めません（{said.line}行目: {said.said}）。もう一度入手してください",
                     f"not CVRF (line {said.line}: {said.said}): fetch it again")
            )  # fmt: skip
        yield from (Broken(feed=feed, file=name, place=f"line {one.line}", reason=one.said) for one in found.damaged)
        yield from _facts(completed(cvrf_document(found)), feed, naming)

    return read


def _facts(found: Document, feed: str, naming: Naming) -> Iterator[Item]:
    day = found.modified or found.published
    if day is not None:
        yield AsOf(day)
    yield from document_facts(found, feed, naming, found.name)
