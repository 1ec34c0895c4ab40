"""What an NVD entry becomes, whichever form of the feed it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from omamori.model.facts import Advisory, AdvisoryFlaw, Broken
from omamori.parse.feeds.cvss import Score
from omamori.parse.feeds.json_values import day, member, objects, text
from omamori.parse.feeds.nvd_ranges import Entry

FEED = "nvd"
_REJECTED = re.compile(r"\*\* ?REJECT|Rejected reason:", re.IGNORECASE)
_PAGE = "https://nvd.nist.gov/vuln/detail/"


def advisory(entry: Entry, summary: str | None, score: Score, days: tuple[Any, Any], status: str) -> Iterator[Advisory | AdvisoryFlaw]:
    """Yield the advisory of an entry and its flaw. `days`: published and changed, as written; `status`: the API's word, or empty."""
    yield Advisory(
        advisory=entry.flaw,
        feed=entry.feed,
        summary=summary,
        published=day(days[0]),
        modified=day(days[1]),
        withdrawn=status.lower() == "rejected" or (summary is not None and _REJECTED.match(summary) is not None),
        severity=score.severity,
        cvss=score.score,
        vector=score.vector,
        url=_PAGE + entry.flaw,
        place=entry.place,
    )
    yield AdvisoryFlaw(advisory=entry.flaw, feed=entry.feed, flaw=entry.flaw)


def english(value: dict[str, Any], name: str) -> str | None:
    """Return the English one of the descriptions in the list that a member is."""
    given = objects(member(value, name))
    return next(
        (found for one in given if text(member(one, "lang")).lower() in ("en", "en-us") and (found := text(member(one, "value")))), None
    )


def missing(file: str, said: float | None, seen: int) -> Iterator[Broken]:
    """Tell when a file holds another number of entries than it says."""
    if said is not None and said != seen:
        yield Broken(feed=FEED, file=file, place="end", reason=f"the file says {said:.0f} entries, {seen} were found")
