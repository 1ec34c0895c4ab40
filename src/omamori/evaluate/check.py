"""One check, as the engine knows it: the words of its header and its SELECT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from omamori.model.look import KEY_SEPARATOR as KEY_SEPARATOR
from omamori.model.text import Text

Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
Subject = Literal["asset", "site", "zone", "line", "vendor"]
SUBJECTS: tuple[Subject, ...] = ("asset", "site", "zone", "line", "vendor")
Cost = Literal["none", "low", "medium", "high"]
COSTS: tuple[Cost, ...] = ("none", "low", "medium", "high")
SITE = "site"
"""The one subject of a site check, and of an unknown about a list of subjects that was not seen."""


class CheckError(Exception):
    """Checks that cannot be used; `problems` holds one line each: `file:line: what was expected, what to do`."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep every problem, so that an author sees all of them at once."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Fix:
    """The cheapest thing to do: its cost, the words, and commands shown as they are (never formatted)."""

    cost: Cost
    text: Text
    run: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One example: rows by table, what must fail, be unknown or pass, and which looks are not whole.

    `fails` and `unknowns` hold finding keys as printed; an unknown that concerns a whole subject is the
    bare name in `unknown_subjects`. None means: the author does not say.
    `missing` and `incomplete` name tables; the assets they hold for, empty for all.
    """

    name: str
    line: int
    rows: tuple[Any, ...] = ()
    fails: tuple[str, ...] = ()
    unknowns: tuple[str, ...] | None = None
    unknown_subjects: tuple[str, ...] | None = None
    passes: tuple[str, ...] | None = None
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    incomplete: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Examples:
    """The cases a check proves itself with, judged at the moment `now`."""

    now: datetime
    bad: tuple[Case, ...]
    good: tuple[Case, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """Bad and good cases in the order of the header."""
        return self.bad + self.good


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `file` and the line numbers tell where it was read; `sql` is the SELECT as written."""

    id: str
    title: Text
    severity: Severity
    subject: Subject
    key: tuple[str, ...]
    why: Text
    message: Text
    fix: Fix
    examples: Examples
    sql: str
    ask: Text | None = None
    scope: str | None = None
    equivalent: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""
    sql_line: int = 1
    scope_line: int = 1

    @property
    def topic(self) -> str:
        """The folder it lies in, a key of `checks/topics.yaml`."""
        return self.id.partition(".")[0]
