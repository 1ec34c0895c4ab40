"""The report's data about time: what stays open for long, and the checks of the site one after the other. Frozen, in no format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Staged:
    """The findings of one check at one stage: for how many days the oldest is open, and what it is time to do."""

    stage: str
    check: str
    severity: str
    days: int
    advice: Text
    subjects: tuple[str, ...]
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """An accepted finding to look at again: accepted for `days`, for `days_left` more (None: not known)."""

    finding: int
    days: int | None
    days_left: int | None
    advice: Text


@dataclass(frozen=True, slots=True)
class Hidden:
    """A finding that was open and cannot be told now: it may still be there, and goes on growing old."""

    check: str
    subject: str
    key: str
    severity: str
    message: Text
    since: datetime
    last_open: datetime | None
    days: int
    stage: str


@dataclass(frozen=True, slots=True)
class Aging:
    """What stays open for long. `counts`: (stage, findings at it), the last stage first; `titles`: the words of a stage."""

    staged: tuple[Staged, ...] = ()
    ending: tuple[Ending, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    titles: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One check of the site as the trend shows it. `readable` False: its tables are gone or harmed, and nothing is counted.

    `found` is by severity in the order critical, high, medium, low; `hidden` counts findings of earlier checks that could not be told at
    this one (None: it was made by a version that did not keep them). `machines` are those looked at of `known`. `looks` counts complete looks
    into a table. `other_version`: other parsers, checks or facts judged than at the point before; `fewer`:
    less was looked at than there, so that smaller numbers are no progress. `notes` say so in words.
    """

    moment: datetime
    snapshot: str
    readable: bool
    found: tuple[int, int, int, int] = (0, 0, 0, 0)
    hidden: int | None = None
    unknown: int = 0
    accepted: int = 0
    machines: int = 0
    known: int = 0
    looks: int = 0
    checks: int = 0
    other_version: bool = False
    fewer: bool = False
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """The checks of the site, the oldest first."""

    points: tuple[TrendPoint, ...] = ()
