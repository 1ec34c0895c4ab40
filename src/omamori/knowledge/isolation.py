"""Ways to keep a copy of the records apart: content of `starter/isolation.yaml`.

as_of: 2025-08-31            # the day these facts are of
methods:
  - id: tape
    name: {ja: …, en: …}     # the words by which the fixes of checks name it
    cost: high               # of doing it: none, low, medium or high
    media: [tape]            # kinds of medium of the ledger it may be
    how: {ja: …, en: …}
    owned: {ja: …, en: …}    # what a hospital already has that can do it
    weak: [{ja: …, en: …}]   # where it is weak, at least one
    seen_by: [medium-out]    # codes of backup_posture.offline_by that show it; empty: it is never cut off by itself
    shown: {ja: …, en: …}    # which evidence shows it here
    fee:                     # whether the rules of a fee count it, and the words of that
      - {edition: fee/r6, counted: "yes", words: {ja: …, en: …}}
    checks: [backup.nothing_left]   # checks whose fix names it
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from omamori.model.backup_posture import HOW_KNOWN
from omamori.model.declared_machines import BACKUP_MEDIA
from omamori.model.text import Text
from omamori.parse.lined_yaml import LinedError, read_lined

COSTS = ("none", "low", "medium", "high")
COUNTED = ("yes", "if", "no", "unsure")
_KEYS = {"id", "name", "cost", "media", "how", "owned", "weak", "seen_by", "shown", "fee", "checks"}
_SHOWING = {value.code for value in HOW_KNOWN} - {"declared", "nothing"}
_MEDIA = {value.code for value in BACKUP_MEDIA}


class IsolationError(Exception):
    """The file is not in the form described here; says the line and what was expected."""


@dataclass(frozen=True, slots=True)
class FeeCount:
    """Whether the rules of a fee count a way as cut off: `edition` as `fee/r6`, which knows the days it holds for; `counted` of COUNTED."""

    edition: str
    counted: str
    words: Text


@dataclass(frozen=True, slots=True)
class Isolation:
    """One way to keep a copy apart. `seen_by`: codes of `backup_posture.offline_by`; `media`: those of `declared_backups.medium`."""

    id: str
    name: Text
    cost: str
    media: tuple[str, ...]
    how: Text
    owned: Text
    weak: tuple[Text, ...]
    seen_by: tuple[str, ...]
    shown: Text
    fee: tuple[FeeCount, ...]
    checks: tuple[str, ...]

    def counted_by(self, edition: str) -> FeeCount | None:
        """Return what an edition of the fee (as `fee/r6`) says of it; None where nothing is written down."""
        return next((count for count in self.fee if count.edition == edition), None)


@dataclass(frozen=True, slots=True)
class Isolations:
    """All ways, the cheapest to begin with first, and the day these facts are of."""

    as_of: date
    methods: tuple[Isolation, ...]

    def of_medium(self, medium: str | None) -> tuple[Isolation, ...]:
        """Return the ways a copy on this kind of medium may follow; none for None."""
        return tuple(method for method in self.methods if medium in method.media)

    def seen_as(self, offline_by: str) -> tuple[Isolation, ...]:
        """Return the ways that evidence of this code (of `backup_posture.offline_by`) may show."""
        return tuple(method for method in self.methods if offline_by in method.seen_by)


@cache
def isolations() -> Isolations:
    """Return the ways that come with the product."""
    return read_isolations((files("omamori.knowledge") / "starter" / "isolation.yaml").read_text(encoding="utf-8"))


def read_isolations(text: str) -> Isolations:
    """Read the file; IsolationError says the line and what is not in the form."""
    try:
        raw = _keys(read_lined(text), {"as_of", "methods"})
        methods = tuple(_method(item) for item in _list(raw, "methods"))
        if len({method.id for method in methods}) != len(methods):
            raise LinedError("an id stands twice")
        day = raw["as_of"]
        return Isolations(day if isinstance(day, date) else date.fromisoformat(str(day)), methods)
    except (LinedError, ValueError) as error:
        raise IsolationError(f"isolation: {error}") from None


def _method(raw: Any) -> Isolation:
    _keys(raw, _KEYS)
    return Isolation(
        id=str(raw["id"]),
        name=_text(raw, "name"),
        cost=_one_of(raw, "cost", COSTS),
        media=_codes(raw, "media", _MEDIA),
        how=_text(raw, "how"),
        owned=_text(raw, "owned"),
        weak=tuple(_words(item, raw.line) for item in _list(raw, "weak")),
        seen_by=_codes(raw, "seen_by", _SHOWING),
        shown=_text(raw, "shown"),
        fee=tuple(_count(item) for item in _list(raw, "fee")),
        checks=tuple(str(item) for item in _list(raw, "checks")),
    )


def _count(raw: Any) -> FeeCount:
    _keys(raw, {"edition", "counted", "words"})
    return FeeCount(str(raw["edition"]), _one_of(raw, "counted", COUNTED), _text(raw, "words"))


def _keys(raw: Any, keys: set[str]) -> Any:
    if not isinstance(raw, dict) or set(raw) != keys:
        raise LinedError(f"line {getattr(raw, 'line', 1)}: exactly the keys {', '.join(sorted(keys))} were expected")
    return raw


def _list(raw: Any, key: str) -> list[Any]:
    value = raw[key]
    if not isinstance(value, list) or not value:
        raise LinedError(f"line {raw.line}: {key}: a list that is not empty was expected")
    return value


def _codes(raw: Any, key: str, known: set[str]) -> tuple[str, ...]:
    value = raw[key]
    if not isinstance(value, list) or not set(map(str, value)) <= known:
        raise LinedError(f"line {raw.line}: {key}: a list of {', '.join(sorted(known))} was expected")
    return tuple(map(str, value))


def _one_of(raw: Any, key: str, known: tuple[str, ...]) -> str:
    if str(raw[key]) not in known:
        raise LinedError(f"line {raw.line}: {key}: one of {', '.join(known)} was expected")
    return str(raw[key])


def _text(raw: Any, key: str) -> Text:
    return _words(raw[key], raw.line)


def _words(raw: Any, line: int) -> Text:
    if not isinstance(raw, dict) or set(raw) != {"ja", "en"} or not all(str(word).strip() for word in raw.values()):
        raise LinedError(f"line {getattr(raw, 'line', line)}: words under both ja and en were expected")
    return Text(str(raw["ja"]), str(raw["en"]))
