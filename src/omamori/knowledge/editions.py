"""Editions of what somebody asks of a hospital, as data: `standards/<family>/<edition>.yaml`.

A family (`checklist`, `guideline`, `fee`, `bcp`, `disclosure`) has one file per edition and role. Official texts are quoted
exactly, with their source and how sure we are of the wording; a person corrects a text there without touching code.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from omamori.knowledge.edition import FAMILIES as FAMILIES
from omamori.knowledge.edition import Edition as Edition
from omamori.knowledge.edition import EditionError as EditionError
from omamori.knowledge.edition import Item as Item
from omamori.knowledge.edition import Need as Need
from omamori.knowledge.edition import Part as Part
from omamori.knowledge.edition_reader import read_edition as read_edition
from omamori.model.text import Text
from omamori.parse.lined_yaml import LARGEST


@dataclass(frozen=True, slots=True)
class Choice:
    """The edition that was chosen for a day. `said` is set where it is not that day's: the first line of the paper."""

    edition: Edition
    said: Text | None = None


@cache
def load_edition(name: str) -> Edition:
    """Return the built-in edition `name`, such as `checklist/r7-hospital`; EditionError when there is none."""
    return read_edition(name, edition_text(name))


def edition_text(name: str) -> str:
    """Return the YAML of the built-in edition `name`, to correct or to start a new year from; EditionError when there is none."""
    if name not in edition_names():
        raise EditionError(f"no edition {name!r}: expected one of {', '.join(edition_names())}")
    return (files("omamori.standards") / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def edition_names(family: str | None = None) -> tuple[str, ...]:
    """Return the names of the built-in editions, of one family when given."""
    found = []
    for folder in files("omamori.standards").iterdir():
        if folder.name in FAMILIES and family in (None, folder.name):
            found += [f"{folder.name}/{file.name.removesuffix('.yaml')}" for file in folder.iterdir() if file.name.endswith(".yaml")]
    return tuple(sorted(found))


def read_edition_file(path: Path) -> Edition:
    """Return the edition in a hospital's own file; it is called `<its family>/<name of the file>`.

    Raises EditionError that names the file and the line when it cannot be read or is not in the form.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise EditionError(f"{path.name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise EditionError(f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    edition = read_edition(path.name, text)
    return replace(edition, name=f"{edition.family}/{path.stem}")


def unknown_names(
    edition: Edition, *, checks: Collection[str], questions: Collection[str], tables: Mapping[str, Collection[str]]
) -> tuple[str, ...]:
    """Return one line for every check, question, table or column an item names and that does not exist; `tables` maps a table to its columns."""
    problems = []
    for item in edition.items():
        place = f"{edition.name}: item {item.id}"
        problems += [f"{place}: no check {name}" for name in item.checks if name not in checks]
        problems += [f"{place}: no question {name}" for name in item.questions if name not in questions]
        for need in item.needs:
            if need.table not in tables:
                problems.append(f"{place}: no table {need.table}")
            elif need.column and need.column not in tables[need.table]:
                problems.append(f"{place}: no column {need.column} in the table {need.table}")
    return tuple(problems)


def fiscal_year(day: date) -> int:
    """Return the Japanese fiscal year a day lies in, named by the year it begins in: 1 April to 31 March."""
    return day.year if day.month >= 4 else day.year - 1


def edition_for(family: str, role: str, day: date, own: Sequence[Edition] = ()) -> Choice:
    """Return the edition of a family and role that holds on `day`; without one the newest before it, and what to say about that.

    `own` are a hospital's own editions; of two that hold, and of two of the same name, its own counts. Raises EditionError when
    there is no edition of that family and role at all.
    """
    held = {edition.name: edition for edition in (*(load_edition(name) for name in edition_names(family)), *own)}
    fitting = [edition for edition in held.values() if edition.family == family and edition.role == role]
    if not fitting:
        raise EditionError(f"no edition of {family} for {role}")
    names = {edition.name for edition in own}
    fitting.sort(key=lambda edition: (edition.valid_from or date.min, edition.name in names, edition.name))
    holding = [edition for edition in fitting if edition.holds_on(day)]
    if holding:
        return Choice(holding[-1])
    before = [edition for edition in fitting if edition.valid_from is None or edition.valid_from <= day]
    chosen = before[-1] if before else fitting[0]
    return Choice(chosen, _not_held(chosen, day))


def _not_held(chosen: Edition, day: date) -> Text:
    year = fiscal_year(day)
    title = chosen.title
    era = f"(令和{year - 2018}年度)" if year >= 2019 else ""
    return Text(
        f"{year}年度{era}の{day:%Y-%m-%d}に当てはまる版は、ここに入っていません。「{title.ja}」で作っています。"
        "公表された用紙を確かめてください。新しい版は、`omamori checklist --new FILE.yaml` でいちばん新しい版を書き出して文言を直し、"
        "`omamori checklist --standard FILE.yaml` で使えます。",
        f"The edition for {day:%Y-%m-%d} (fiscal year {year}) is not held here. This one was made with “{title.en}”. "
        "Compare it with what was published. To use the new one: `omamori checklist --new FILE.yaml` writes the newest edition held here; "
        "correct its words, then run `omamori checklist --standard FILE.yaml`.",
    )
