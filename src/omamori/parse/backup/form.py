"""What a form is: how a list or log of one backup program is recognised and read.

A form is one module in `forms/` with a `FORMS` tuple. It is found by walking the folder: nothing else has to be edited. Every byte may come from a
compromised machine or be cut off anywhere.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from omamori.model.backup import BackupRepository
from omamori.model.look import Look, Problem

GENERATIONS = "backup_generations"
REPOSITORIES = "backup_repositories"
DAMAGE = "backup_damage"
NAMED = ""
"""Subject of rows whose machine the output does not name: that after which the file is named."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A file as text, and its lines."""

    text: str

    @property
    def lines(self) -> Sequence[str]:
        """The lines; the first has the number 1."""
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read. Subjects (`asset`) are hosts as the output names them, or `NAMED`.

    `repository`: the identity the output tells, without the product; empty where it does not. `product` is that of the rows.
    """

    product: str
    rows: tuple[Any, ...] = ()
    looks: tuple[Look, ...] = ()
    problems: tuple[Problem, ...] = ()
    repository: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `command` is what prints it; `recognise` looks at the beginning (64 KiB) of the text.

    `clean` makes of the whole text what may be stored, line by line (names of files are patients' data); it must read the same afterwards.
    `captured`: whether it was tried on what the real program prints; `source` says where the form is described.
    `about`: what it tells besides the list of generations (check, settings, lock, size): of one repository these stand side by side, the newest of each.
    """

    name: str
    command: str
    recognise: Callable[[str], bool]
    read: Callable[[Listing], Heard]
    clean: Callable[[str], str] | None = None
    captured: bool = False
    source: str = ""
    about: str = ""


@cache
def forms() -> Mapping[str, Form]:
    """Return every form by name."""
    import omamori.parse.backup.forms as folder

    found: dict[str, Form] = {}
    for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        for form in getattr(importlib.import_module(module.name), "FORMS", ()):
            if form.name in found:
                raise ValueError(f"two forms named {form.name}")
            found[form.name] = form
    return MappingProxyType(found)


def form_of(text: str) -> Form | None:
    """Return the form of a text by its beginning; None when nobody knows it."""
    return next((form for form in forms().values() if form.recognise(text)), None)


def read_json(text: str) -> Any:
    """Return what a JSON text says; None when it is none, or too deep."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def part(content: Any, *keys: str) -> Any:
    """Return what lies below keys; None where it does not."""
    for key in keys:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def looks_of(table: str, rows: Sequence[Any], columns: Sequence[str], *, complete: bool, reason: str = "not_collected") -> tuple[Look, ...]:
    """Return a look for every subject of `rows`; columns that no row of it fills are missing from it."""
    looks = []
    for asset in dict.fromkeys(row.asset for row in rows):
        mine = [row for row in rows if row.asset == asset]
        missing = tuple(name for name in columns if all(getattr(row, name) is None for row in mine))
        why = reason if not complete else "not_collected" if missing else None
        looks.append(Look(table, complete=complete, missing=missing, reason=why, asset=asset))
    return tuple(looks)


GENERATION_COLUMNS = ("finished", "ok", "target", "target_kind", "account", "files", "size", "added", "recovers")
REPOSITORY_COLUMNS = (
    "version", "target", "target_kind", "kept_on", "medium", "readable", "structure_ok", "locks", "parts", "parts_read", "bytes_total",
    "bytes_read", "whole_since", "damaged_parts", "encrypted", "append_only", "locked_until", "lock_renewed", "deleters", "canary",
    "looked_into", "clean_generation",
)  # fmt: skip
"""What a complete look at a repository fills; a program's own list fills little of it, and the rest is told as missing."""


def check_looks(row: BackupRepository, fills: Sequence[str], *, whole: bool) -> tuple[Look, ...]:
    """Return the looks of a program's check at the repository and its damage. `fills`: what such a check can tell; `whole`: all was read, all good.

    One that found damage counts as complete: of two of one repository the completer is chosen, and an earlier good one must not hide it, nor
    a later one that read less.
    """
    bad = row.structure_ok is False
    never = tuple(name for name in REPOSITORY_COLUMNS if name not in fills)
    missing = never if bad else (*never, *(name for name in fills if getattr(row, name) is None))
    known = row.structure_ok is not None
    return (
        Look(REPOSITORIES, complete=known, missing=missing, reason="not_collected" if known else "not_understood", asset=row.asset),
        Look(DAMAGE, complete=bad or whole, reason=None if bad or whole else "not_collected", asset=row.asset),
    )


@dataclass(slots=True)
class Gathering:
    """Gathers the problems of one file; a hostile one cannot make them endless."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, line: int, en: str, ja: str) -> None:
        """Keep a place that was not understood."""
        if len(self.problems) < 50:
            self.problems.append(Problem(line, en, ja))
