"""EPSS: how likely each flaw is to be attacked in the next thirty days. Daily CSV of FIRST and its partners, in all forms since 2021.

Source: first.org/epss/data_stats. Until August 2021 `cve,epss`; then `cve,epss,percentile`; since February 2022 a first line
`#model_version:v2023.03.01,score_date:2023-03-07T00:00:00+0000` stands before it. A file without that line is of the day in its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from omamori.model.facts import Broken, Likelihood
from omamori.model.text import Text
from omamori.parse.feeds.interface import AsOf, FeedError, FeedParser, Item
from omamori.parse.feeds.json_values import cve_id, day

FEED = "epss"
_HEADERS = (["cve", "epss"], ["cve", "epss", "percentile"])
_HEADER = re.compile(rb"(\xef\xbb\xbf)?(#[^\n]{0,1000}\r?\n)*\s*cve,epss", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")
_SCORE_DATE = "score_date:"
_LONGEST = 4096
"""Most bytes of a line."""


def recognise(_name: str, beginning: bytes) -> bool:
    """Whether a file is one of EPSS."""
    return _HEADER.match(beginning) is not None


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the likelihood of every flaw and the day of the model's run; FeedError where the columns are not named.

    Where no day is named at all, the rows are taken in without one, and that is told.
    """
    as_of: date | None = None
    columns = 0
    for number, line in _lines(stream):
        if line is None:
            yield Broken(feed=FEED, file=name, place=f"line {number}", reason=f"expected a line of text, at most {_LONGEST:,} bytes")
        elif line.startswith("#"):
            as_of = day(line.partition(_SCORE_DATE)[2].strip()) or as_of
        elif not columns:
            columns = _columns(line, name)
            found = _DAY_IN_NAME.search(name)
            as_of = as_of or (day(found[0]) if found else None)
            yield (
                AsOf(as_of) if as_of else Broken(feed=FEED, file=name, place="line 1", reason="expected score_date, or the day in the name")
            )
        elif line:
            yield _likelihood(line, columns, as_of) or Broken(
                feed=FEED, file=name, place=f"line {number}", reason="expected a CVE identifier and numbers from 0 to 1"
            )
    if not columns:
        raise _no_header(name)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str | None]]:
    """Yield every line with its number; None for one that is too long or no text."""
    number = 0
    while held := stream.readline(_LONGEST + 1):
        number += 1
        if len(held) > _LONGEST:
            while held and not held.endswith(b"\n"):
                held = stream.readline(_LONGEST)
            yield number, None
            continue
        try:
            yield number, held.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            yield number, None


def _columns(line: str, name: str) -> int:
    found = [value.strip().lower() for value in line.split(",")]
    if found not in _HEADERS:
        raise _no_header(name)
    return len(found)


def _no_header(name: str) -> FeedError:
    return FeedError(
        Text(
            f"{name}: EPSSの列名 (cve,epss,percentile) がありません。FIRSTのページから取り直してください。",
            f"{name}: the columns of EPSS (cve,epss,percentile) are not named. Fetch it again from FIRST's page.",
        )
    )


def _likelihood(line: str, columns: int, as_of: date | None) -> Likelihood | None:
    """Return the fact of a row; None when it is none."""
    values = line.split(",")
    flaw = cve_id(values[0])
    if len(values) != columns or not flaw:
        return None
    try:
        numbers = [float(value) for value in values[1:]]
    except ValueError:
        return None
    if not all(0 <= value <= 1 for value in numbers):
        return None
    return Likelihood(flaw=flaw, feed=FEED, probability=numbers[0], percentile=numbers[1] if columns > 2 else None, as_of=as_of)


FEEDS = (
    FeedParser(
        feed=FEED,
        form="csv",
        title=Text("悪用される確率 (EPSS)", "Likelihood of attack (EPSS)"),
        recognise=recognise,
        read=read,
        url="https://www.first.org/epss/data_stats",
        downloads=("https://epss.empiricalsecurity.com/epss_scores-current.csv.gz",),
        best_before=14,
    ),
)
