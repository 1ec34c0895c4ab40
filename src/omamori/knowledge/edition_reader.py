"""Reads one edition from its YAML file; what is not in the form is told with file, line and what was expected.

family: checklist            # checklist, guideline, fee, bcp or disclosure
edition: r7                  # its name within the family
role: hospital               # who fills it in: hospital or vendor
title: {ja: …, en: …}
source: {ja: …, en: …}       # where the words come from
note: {ja: …, en: …}         # what has to be known about them
output: draft                # draft, or for a fee material
valid_from: 2025-04-01       # first and last day; leave one away where it is open
valid_until: 2026-03-31
parts:
  - number: "1"
    title: {ja: …, en: …}
    items:
      - id: 1-1
        mark: ①
        ja: …                # the official words, to the letter
        en: …                # our translation
        target: site         # site, server, client, server_and_client or network
        answered_by: hospital
        confidence: high     # of the wording: high, medium or low
        checks: [ … ]        # what decides it: checks, questions of the workbook,
        questions: [ … ]     # and rows of the ledger (table, or table.column); or
        needs: [site.officer]
        undecided: {ja: …, en: …}   # why nothing here can
        # as needed: source and note of this item, paper, without_vendor: true, and
        # same_as: 2-2          # the item of the other role's sheet that asks the same in other words
        # partly: true          # what can be seen is only a part of it; note says what is not seen
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NoReturn

from omamori.knowledge.edition import CONFIDENCES, FAMILIES, OUTPUTS, ROLES, TARGETS, Edition, EditionError, Item, Need, Part
from omamori.model.text import Text
from omamori.parse.lined_yaml import Lined, LinedError, read_lined

_TOP = ("family", "edition", "role", "title", "source", "note", "output", "parts")
_DAYS = ("valid_from", "valid_until")
_ITEM = ("id", "mark", "ja", "en", "target", "answered_by", "confidence")
_ITEM_OPTIONAL = ("source", "checks", "questions", "needs", "undecided", "without_vendor", "paper", "note", "same_as", "partly")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,31}\Z")
_NEED = re.compile(r"([a-z][a-z_]*)(?:\.([a-z][a-z_]*))?\Z")
_WORD = re.compile(r"[a-z][a-z_-]*\Z")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file we are: its name, the line of the nearest mapping (0 where there is none) and the way to it."""

    file: str
    line: int = 0
    way: str = ""

    def to(self, step: str) -> _Place:
        """One step further in."""
        return replace(self, way=f"{self.way}: {step}")

    def wrong(self, words: str) -> NoReturn:
        """Say what was expected here."""
        line = f", line {self.line}" if self.line else ""
        raise EditionError(f"{self.file}{line}{self.way}: {words}")


def read_edition(name: str, text: str) -> Edition:
    """Read an edition from YAML; EditionError names the place that is not in the described form.

    `name` is what the edition is called from then on (`checklist/r7-hospital`) and what errors begin with.
    """
    place = _Place(name)
    try:
        raw = read_lined(text)
    except LinedError as error:
        place.wrong(str(error))
    top, place = _mapping(raw, place, _TOP, _DAYS)
    first, last = (_day(top[key], place.to(key)) if key in top else None for key in _DAYS)
    if first and last and last < first:
        place.to("valid_until").wrong(f"{last} lies before valid_from")
    source = _text(top["source"], place.to("source"))
    edition = Edition(
        name=name,
        family=_choice(top["family"], FAMILIES, place.to("family")),
        edition=_word(top["edition"], place.to("edition")),
        role=_choice(top["role"], ROLES, place.to("role")),
        title=_text(top["title"], place.to("title")),
        source=source,
        note=_text(top["note"], place.to("note")),
        output=_choice(top["output"], OUTPUTS, place.to("output")),
        valid_from=first,
        valid_until=last,
        parts=tuple(_part(part, place.to(f"part {order}"), source) for order, part in enumerate(_list(top["parts"], place.to("parts")), 1)),
    )
    seen: set[str] = set()
    for item in edition.items():
        if item.id in seen:
            place.wrong(f"the item {item.id} stands twice; every id once")
        seen.add(item.id)
    return edition


def _part(raw: Any, place: _Place, source: Text) -> Part:
    entry, place = _mapping(raw, place, ("number", "title", "items"))
    items = tuple(_item(item, place.to(f"item {order}"), source) for order, item in enumerate(_list(entry["items"], place.to("items")), 1))
    return Part(_word(entry["number"], place.to("number")), _text(entry["title"], place.to("title")), items)


def _item(raw: Any, place: _Place, source: Text) -> Item:
    entry, place = _mapping(raw, place, _ITEM, _ITEM_OPTIONAL)
    item = Item(
        id=_matching(_ID, entry["id"], place.to("id"), "letters, digits, dots and hyphens, such as 2-10"),
        mark=_word(entry["mark"], place.to("mark")),
        text=Text(_word(entry["ja"], place.to("ja")), _word(entry["en"], place.to("en"))),
        target=_choice(entry["target"], TARGETS, place.to("target")),
        answered_by=_choice(entry["answered_by"], ROLES, place.to("answered_by")),
        confidence=_choice(entry["confidence"], CONFIDENCES, place.to("confidence")),
        source=_text(entry["source"], place.to("source")) if "source" in entry else source,
        checks=_names(entry, "checks", place),
        questions=_names(entry, "questions", place),
        needs=tuple(_need(need, place.to("needs")) for need in _names(entry, "needs", place)),
        undecided=_text(entry["undecided"], place.to("undecided")) if "undecided" in entry else None,
        without_vendor=_yes(entry.get("without_vendor", False), place.to("without_vendor")),
        paper=_matching(_WORD, entry["paper"], place.to("paper"), "one word, such as contacts") if "paper" in entry else "",
        note=_text(entry["note"], place.to("note")) if "note" in entry else None,
        same_as=_matching(_ID, entry["same_as"], place.to("same_as"), "the id of an item, such as 2-2") if "same_as" in entry else "",
        partly=_yes(entry.get("partly", False), place.to("partly")),
    )
    if bool(item.checks or item.questions or item.needs) == (item.undecided is not None):
        place.wrong("expected either checks, questions or needs, or undecided with the reason")
    if item.partly and (item.note is None or item.undecided is not None):
        place.wrong("partly: expected checks, and a note that says what is not seen")
    return item


def _need(name: str, place: _Place) -> Need:
    found = _NEED.match(name)
    if not found:
        place.wrong(f"{name!r}: expected a table, or table.column")
    return Need(found[1], found[2] or "")


def _day(raw: Any, place: _Place) -> date:
    if not isinstance(raw, date) or isinstance(raw, datetime):
        place.wrong("expected a day such as 2025-04-01, without quotes")
    return raw


def _yes(raw: Any, place: _Place) -> bool:
    if not isinstance(raw, bool):
        place.wrong("expected true or false")
    return raw


def _choice(raw: Any, allowed: Collection[str], place: _Place) -> str:
    if not isinstance(raw, str) or raw not in allowed:
        place.wrong(f"expected one of {', '.join(allowed)}")
    return raw


def _word(raw: Any, place: _Place) -> str:
    if not isinstance(raw, str) or not raw.strip():
        place.wrong("expected words; put a number in quotes")
    return raw.strip()


def _matching(form: re.Pattern[str], raw: Any, place: _Place, expected: str) -> str:
    word = _word(raw, place)
    if not form.match(word):
        place.wrong(f"expected {expected}")
    return word


def _text(raw: Any, place: _Place) -> Text:
    entry, place = _mapping(raw, place, ("ja", "en"))
    return Text(_word(entry["ja"], place.to("ja")), _word(entry["en"], place.to("en")))


def _names(entry: Lined, key: str, place: _Place) -> tuple[str, ...]:
    names = _list(entry[key], place.to(key)) if key in entry else []
    if not all(isinstance(name, str) and name for name in names):
        place.to(key).wrong("expected a list of names")
    if len(set(names)) != len(names):
        place.to(key).wrong("a name stands twice")
    return tuple(names)


def _list(raw: Any, place: _Place) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        place.wrong("expected a list that is not empty")
    return raw


def _mapping(raw: Any, place: _Place, required: Collection[str], optional: Collection[str] = ()) -> tuple[Lined, _Place]:
    """Return the mapping and the place with its line; every key must be known, and the required ones there."""
    if not isinstance(raw, Lined):
        place.wrong(f"expected the keys {', '.join(required)}")
    place = replace(place, line=raw.line)
    unknown = [key for key in raw if key not in required and key not in optional]
    if unknown:
        place.wrong(f"unknown key {', '.join(unknown)}; expected {', '.join((*required, *optional))}")
    missing = [key for key in required if key not in raw]
    if missing:
        place.wrong(f"{', '.join(missing)} missing; add it")
    return raw, place
