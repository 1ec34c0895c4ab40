"""Standards: what somebody asks of a hospital, sentence by sentence, and what of Omamori serves it.

A standard is one YAML file in `omamori/standards`. Each sentence is quoted exactly and points at the
checks, tables or commands that serve it; or says that nothing does yet (`not_yet`, with the planned
capability), or that nothing will (`deliberately_not`, with the reason).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from omamori.model.text import Text

_OTHER_CONTENT = {"not_in_checklist.yaml", "questions.yaml"}
"""Files of the same folder in another form: the questions of the ledger, the checks outside the checklist."""
_SENTENCE_KEYS = {"ja", "en", "checks", "tables", "commands", "not_yet", "deliberately_not"}


class StandardError(Exception):
    """A standard's file is not in the form described here; says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a standard and what serves it; at least one of the five is filled."""

    text: Text
    checks: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    not_yet: Text | None = None
    deliberately_not: Text | None = None

    @property
    def served(self) -> bool:
        """True when something that exists today serves it."""
        return bool(self.checks or self.tables or self.commands)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a standard: its heading and its sentences."""

    title: Text
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """One edition of a standard: what it is, where it comes from, and its sections."""

    name: str
    title: Text
    origin: Text
    note: Text
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence, in order."""
        for section in self.sections:
            yield from section.sentences


def load_standard(name: str) -> Standard:
    """Return the built-in standard `name` (such as `seminar`).

    Raises StandardError when there is no such file or it is not in the described form.
    """
    path = files("omamori.standards") / f"{name}.yaml"
    if not path.is_file():
        raise StandardError(f"no standard {name!r}: expected one of {', '.join(standard_names())}")
    return read_standard(name, path.read_text(encoding="utf-8"))


def standard_names() -> tuple[str, ...]:
    """Return the names of the built-in standards."""
    found = {item.name for item in files("omamori.standards").iterdir()} - _OTHER_CONTENT
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def read_standard(name: str, text: str) -> Standard:
    """Read a standard from YAML; StandardError names the place that is not in the described form."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise StandardError(f"{name}: not YAML: {error}") from error
    top = _mapping(raw, name, {"title", "origin", "note", "sections"})
    sections = []
    for number, item in enumerate(_list(top.get("sections"), f"{name}: sections"), 1):
        place = f"{name}: section {number}"
        section = _mapping(item, place, {"title", "sentences"})
        sentences = _list(section.get("sentences"), f"{place}: sentences")
        read = tuple(_sentence(entry, f"{place}, sentence {order}") for order, entry in enumerate(sentences, 1))
        sections.append(Section(_text(section.get("title"), f"{place}: title"), read))
    title, origin, note = (_text(top.get(key), f"{name}: {key}") for key in ("title", "origin", "note"))
    return Standard(name, title, origin, note, tuple(sections))


def unknown_names(standard: Standard, *, checks: Collection[str], tables: Collection[str], commands: Collection[str]) -> tuple[str, ...]:
    """Return one line for every check, table or command a sentence names and that does not exist."""
    problems = []
    for sentence in standard.sentences():
        for kind, named, known in (
            ("check", sentence.checks, checks),
            ("table", sentence.tables, tables),
            ("command", sentence.commands, commands),
        ):
            problems += [f"{standard.name}: {sentence.text.ja}: no {kind} {name!r}" for name in named if name not in known]
    return tuple(problems)


def _sentence(raw: Any, place: str) -> Sentence:
    entry = _mapping(raw, place, _SENTENCE_KEYS)
    sentence = Sentence(
        text=_text({"ja": entry.get("ja"), "en": entry.get("en")}, place),
        checks=_names(entry.get("checks"), place),
        tables=_names(entry.get("tables"), place),
        commands=_names(entry.get("commands"), place),
        not_yet=_optional(entry, "not_yet", place),
        deliberately_not=_optional(entry, "deliberately_not", place),
    )
    if sentence.deliberately_not is not None and (sentence.served or sentence.not_yet is not None):
        raise StandardError(f"{place}: what is deliberately not done cannot be served as well")
    if not (sentence.served or sentence.not_yet or sentence.deliberately_not):
        raise StandardError(f"{place}: expected checks, tables, commands, not_yet or deliberately_not")
    return sentence


def _optional(entry: Mapping[str, Any], key: str, place: str) -> Text | None:
    return _text(entry[key], f"{place}: {key}") if key in entry else None


def _text(raw: Any, place: str) -> Text:
    entry = _mapping(raw, place, {"ja", "en"})
    ja, en = entry.get("ja"), entry.get("en")
    if not (isinstance(ja, str) and ja and isinstance(en, str) and en):
        raise StandardError(f"{place}: expected words under both `ja` and `en`")
    return Text(ja, en)


def _names(raw: Any, place: str) -> tuple[str, ...]:
    names = _list(raw, place) if raw is not None else []
    if not all(isinstance(name, str) for name in names):
        raise StandardError(f"{place}: expected a list of names")
    return tuple(names)


def _list(raw: Any, place: str) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise StandardError(f"{place}: expected a list that is not empty")
    return raw


def _mapping(raw: Any, place: str, keys: Collection[str]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise StandardError(f"{place}: expected keys {', '.join(sorted(keys))}")
    unknown = sorted(str(key) for key in raw if key not in keys)
    if unknown:
        raise StandardError(f"{place}: unknown key {', '.join(unknown)}; expected {', '.join(sorted(keys))}")
    return raw
