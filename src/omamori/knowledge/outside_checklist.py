"""Grave checks that no item of the checklist names, and why not: content of `standards/not_in_checklist.yaml`.

edition: checklist/r7-hospital
groups:
  - why: {ja: …, en: …}
    checks: [lines.always_open]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from omamori.knowledge.edition import Edition, EditionError
from omamori.model.text import Text
from omamori.parse.lined_yaml import LinedError, read_lined


@dataclass(frozen=True, slots=True)
class OutsideChecklist:
    """The name of the edition it speaks of, and check → why none of its items names it."""

    edition: str
    why: Mapping[str, Text]


@cache
def outside_checklist() -> OutsideChecklist:
    """Return the checks that come with the product and stand outside the current checklist."""
    return read_outside((files("omamori.standards") / "not_in_checklist.yaml").read_text(encoding="utf-8"))


def read_outside(text: str) -> OutsideChecklist:
    """Read the file; EditionError says what is not in the form, or which check stands twice."""
    try:
        raw = read_lined(text)
        groups = _keys(raw, {"edition", "groups"})["groups"]
        why: dict[str, Text] = {}
        for group in groups:
            _keys(group, {"why", "checks"})
            words = _keys(group["why"], {"ja", "en"})
            for check in group["checks"]:
                if check in why:
                    raise LinedError(f"line {group.line}: {check} stands twice")
                why[str(check)] = Text(str(words["ja"]), str(words["en"]))
        return OutsideChecklist(str(raw["edition"]), why)
    except (LinedError, TypeError) as error:
        raise EditionError(f"not_in_checklist: {error}") from None


def misplaced(edition: Edition, outside: OutsideChecklist, grave: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return one line for every grave check with neither item nor reason, with both, and for a reason whose check is not grave or not there."""
    named = {check for item in edition.items() for check in item.checks}
    grave, known = set(grave), set(known)
    problems = [f"{check}: no item of {edition.name} names it, and no reason is given" for check in grave - named - set(outside.why)]
    problems += [f"{check}: an item of {edition.name} names it; take its reason away" for check in named & set(outside.why)]
    problems += [f"{check}: there is no such check; take its reason away" for check in set(outside.why) - known]
    problems += [f"{check}: not grave (any more); take its reason away" for check in (set(outside.why) & known) - grave]
    return tuple(sorted(problems))


def _keys(raw: Any, keys: set[str]) -> Any:
    if not isinstance(raw, dict) or set(raw) != keys:
        raise LinedError(f"line {getattr(raw, 'line', 1)}: exactly the keys {', '.join(sorted(keys))} were expected")
    return raw
