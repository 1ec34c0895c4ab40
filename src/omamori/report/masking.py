"""Takes names of persons out of texts: the same person is the same `職員A` everywhere in one pack."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from omamori.model.text import Language, Text
from omamori.report.names import Names

T = TypeVar("T")
_WORD = "A-Za-z0-9_"
_KANJI = "\u3005\u4e00-\u9fff"
_MAIL = r"[A-Za-z0-9._%+-]+(?=@[A-Za-z0-9-]+\.)"
_FULL_NAME = re.compile(r"(?i)((?:full ?name|フル ?ネーム|given ?name|surname|氏名)[\"']?\s*[:=,]?\s*[\"']?)([^\s\"',;][^\"',;\r\n]*)")
_GECOS = re.compile(r"^([^:\s]+:[^:]*:\d+:\d+:)([^:]+)(:/)", re.MULTILINE)
_CUT_NAME = re.compile(r"[\w.\\-]{1,40}…$")
_UTF_16 = re.compile("(?:[^\x00]\x00){3}|(?:\x00[^\x00]){3}")
"""An output in UTF-16 that was read as something else has a NUL between its letters."""
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class Masker:
    """Masks texts of one pack. `replaced` counts what was taken out; it leaves texts as they are when made with no names."""

    def __init__(self, names: Names | None, language: Language = "ja") -> None:
        """`names` None: nothing is masked (the hospital chose so)."""
        self._language: Language = language
        self._letters: dict[str, str] = {}
        self._exact: dict[str, bool] = {}
        self._kept: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None
        if names is not None:
            self._exact = {**dict.fromkeys(names.persons, False), **{name: not exact for name, exact in names.accounts.items()}}
            # A name of no person keeps its parts, unless a person's written name is in it.
            others = {name for name in names.others if len(name) > 1 and not any(person in name for person in names.persons)}
            others -= self._exact.keys()
            self._kept = frozenset(name.lower() for name in others)
            self._pattern = _pattern(self._exact, others)
        self._folded = {name.lower() for name, folded in self._exact.items() if folded}
        self.replaced = 0

    @property
    def persons(self) -> int:
        """How many persons were met so far."""
        return len(self._letters)

    def text(self, text: str, language: Language | None = None) -> str:
        """Return a text from machines or people without names of persons."""
        if self._pattern is None:
            return text
        said: Language = language or self._language
        if _UTF_16.search(text):
            text = text.replace("\x00", "")
        if text.endswith("…"):
            text = _CUT_NAME.sub("…", text)  # what is left of a name that was cut off
        text = _GECOS.sub(lambda match: match[1] + self._name(match[2], said) + match[3], text)
        text = _FULL_NAME.sub(lambda match: match[1] + self._name(match[2], said), text)
        return self._pattern.sub(lambda match: match[0] if self._stays(match[0]) else self._name(match[0], said), text)

    def both(self, text: Text) -> Text:
        """Return a text in both languages without names of persons."""
        return Text(self.text(text.ja, "ja"), self.text(text.en, "en"))

    def value(self, value: T, keep: frozenset[str] = frozenset()) -> T:
        """Return a dataclass, tuple, `Text` or string with every string in it masked; words in fields named in `keep` stay."""
        return self._value(value, keep)  # type: ignore[no-any-return]

    def _value(self, value: Any, keep: frozenset[str]) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Text):
            return self.both(value)
        if isinstance(value, tuple):
            return tuple(self._value(one, keep) for one in value)
        if dataclasses.is_dataclass(value) and not isinstance(value, (type, date)):
            found = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            told = {name: self._value(one, keep) for name, one in found.items() if name not in keep or not isinstance(one, str)}
            return dataclasses.replace(value, **told)
        return value

    def _stays(self, found: str) -> bool:
        return found not in self._exact and found.lower() not in self._folded and found.lower() in self._kept

    def _name(self, name: str, language: Language) -> str:
        plain = name.translate({wide: code for code, wide in _WIDE.items()})
        key = plain.lower() if plain.lower() in self._folded else plain
        if key.startswith(("職員", "staff ")) and key in {label for letter in self._letters.values() for label in _labels(letter)}:
            return name
        letter = self._letters.setdefault(key, _letters(len(self._letters)))
        self.replaced += 1
        ja, en = _labels(letter)
        return ja if language == "ja" else en


def _labels(letter: str) -> tuple[str, str]:
    return f"職員{letter}", f"staff {letter}"


def _letters(number: int) -> str:
    """Return A, B … Z, AA, AB … for 0, 1 …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _pattern(folded: Mapping[str, bool], kept: Collection[str]) -> re.Pattern[str]:
    """Return what finds every name, the longest first: those to mask (name → whether case does not count) and those to keep."""
    found = _longest({*folded, *kept})
    wide = [re.escape(name.translate(_WIDE)) for name in _longest(folded) if name.isascii()]
    return re.compile("|".join([*(_bounded(name, folded=folded.get(name, True)) for name in found), *wide, _MAIL]))


def _longest(found: Iterable[str]) -> list[str]:
    return sorted(found, key=lambda name: (-len(name), name))


def _bounded(name: str, *, folded: bool) -> str:
    if len(name) == 1 and not name.isascii():
        return f"(?<![{_KANJI}]){re.escape(name)}(?![{_KANJI}])"  # 林 is a name, the same letter in 森林 is not
    before = f"(?<![{_WORD}])" if re.match(f"[{_WORD}]", name) else ""
    after = f"(?![{_WORD}])" if re.search(f"[{_WORD}]$", name) else ""
    body = re.escape(name)
    return f"{before}{f'(?i:{body})' if folded else body}{after}"
