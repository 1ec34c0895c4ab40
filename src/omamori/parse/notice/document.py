"""A published notice as a file (CSAF 2.0, CVRF 1.1/1.2, JVN iPedia VULDEF) → rows of `published_notices`, one for each product and range.

A file may hold several notices (JVN serves a year in one); each file is a speaker of its own, so that notices stand side by side and a
newer edition of the same one takes the place of the older.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from omamori.model.look import EVERYWHERE, Look, Parsed, Problem
from omamori.model.notices import PublishedNotice
from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.notice import notice_kind, notice_rows
from omamori.parse.interface import Context, EvidenceError, Parser

LARGEST = 32 * 1024 * 1024
MOST_ROWS = 20_000
"""Rows one file may give; the largest notice of the real captures has a tenth of that."""
_LONGEST = 2_000
"""Letters of a text that are kept."""
_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def parse_notice(data: bytes, context: Context) -> Parsed:
    """Read a notice; EvidenceError when it is none, or holds nothing that can be read."""
    try:
        rows = notice_rows(_plain(data), context.file_name or context.kind)
    except FeedError as error:
        raise EvidenceError(error.text) from error
    except (RecursionError, ValueError, MemoryError) as error:
        raise EvidenceError(
            Text(
                "お知らせのファイルとして読めません。公表元からもう一度入手してください",
                "not readable as a notice: fetch it again from its publisher",
            )
        ) from error
    kept = tuple(_bounded(row) for row in rows[:MOST_ROWS])
    problems = tuple(_problems(rows))
    look = Look("published_notices", asset=EVERYWHERE)
    if len(rows) > MOST_ROWS:
        needs = "お知らせを一件ずつのファイルで取り込んでください / import the notices one file each"
        look = Look("published_notices", complete=False, reason="not_understood", needs=needs, asset=EVERYWHERE)
    names = sorted({row.notice for row in kept})
    speaker = f"{kept[0].publisher or ''} {names[0]}{f' +{len(names) - 1}' if len(names) > 1 else ''}".strip()
    return Parsed(rows=kept, looks=(look,), problems=problems, speaker=speaker[:200], said_on=_said_on(kept, context))


def _said_on(rows: tuple[PublishedNotice, ...], context: Context) -> date | None:
    """The day of the newest notice; one from the future is not believed."""
    return max((row.published for row in rows if row.published and row.published <= context.received.date()), default=None)


def _problems(rows: tuple[PublishedNotice, ...]) -> Iterator[Problem]:
    if len(rows) > MOST_ROWS:
        yield Problem(
            1,
            f"{len(rows)} products and ranges: the first {MOST_ROWS} were taken",
            f"製品と版の範囲が {len(rows)} 行あります。先頭の {MOST_ROWS} 行を取り込みました",
        )
    if not any(row.product for row in rows):
        yield Problem(1, "it names no product that can be compared", "比べられる製品の名前がありません")


def _bounded(row: PublishedNotice) -> PublishedNotice:
    texts = {name: _cut(getattr(row, name)) for name in ("title", "title_ja", "advice", "advice_ja", "url")}
    names = {name: _cut(getattr(row, name), 200) for name in ("publisher", "vendor", "product", "since", "before", "fixed", "flaw")}
    bounded: dict[str, Any] = {**texts, **names, "notice": row.notice[:200], "evidence": "1"}
    return replace(row, **bounded)


def _cut(text: str | None, longest: int = _LONGEST) -> str | None:
    return text[:longest] if text else None


def _plain(data: bytes) -> bytes:
    for mark, codec in _UTF16:
        if data.startswith(mark):
            return data[2:].decode(codec, "replace").encode()
    return data


def _is(kind: str, head: bytes, _name: str) -> bool:
    return notice_kind(_plain(head)) == kind


PARSERS = (
    Parser(
        kind="notice.csaf",
        tables=("published_notices",),
        parse=parse_notice,
        recognise=partial(_is, "csaf"),
        max_bytes=LARGEST,
        notes="A security advisory in CSAF 2.0 (docs.oasis-open.org/csaf).",
    ),
    Parser(
        kind="notice.cvrf",
        tables=("published_notices",),
        parse=parse_notice,
        recognise=partial(_is, "cvrf"),
        max_bytes=LARGEST,
        notes="A security advisory in CVRF 1.1 or 1.2 (docs.oasis-open.org/csaf/csaf-cvrf).",
    ),
    Parser(
        kind="notice.jvn",
        tables=("published_notices",),
        parse=parse_notice,
        recognise=partial(_is, "jvn"),
        max_bytes=LARGEST,
        notes="Details of JVN iPedia, VULDEF (jvndb.jvn.jp/apis).",
    ),
)
