"""Single values of a result file: what stands there, or a mistake with its line in both languages. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timezone
from typing import Any

from omamori.model.text import Value
from omamori.parse.backup.values import moment as any_moment
from omamori.parse.lined_yaml import Lined, Word
from omamori.parse.scan.values import Reading

MOST = 2000
"""Entries of one list."""
_NOTHING = ("", "null", "~")
_YES = {"yes": True, "true": True, "はい": True, "no": False, "false": False, "いいえ": False}


class ResultReading(Reading):
    """Takes values that may all be left out: what is not written, or null, is not known."""

    def said(self, mapping: Lined, key: str, *, required: bool = False) -> str | None:
        """Return words; None where nothing stands."""
        text = self.text(mapping, key)
        if text.lower() not in _NOTHING:
            return text
        if required:
            line = mapping.lines.get(key, mapping.line)
            self.wrong(line, f"{key}: 書いてください", f"{key}: has to be written")
        return None

    def maybe(self, mapping: Lined, key: str) -> bool | None:
        """Return yes or no; None where nothing stands."""
        said = self.said(mapping, key)
        if said is not None and said.lower() not in _YES:
            self.wrong(
                mapping.lines[key],
                f"{key}: true か false を書いてください(「{said}」でした)",
                f'{key}: write true or false (found "{said}")',
            )
        return _YES.get((said or "").lower())

    def count(self, mapping: Lined, key: str) -> int | None:
        """Return a whole number from 0; None where nothing stands."""
        said = self.said(mapping, key)
        plain = (said or "").replace(",", "")
        if plain.isascii() and plain.isdigit() and len(plain) <= 18:
            return int(plain)
        if said is not None:
            self.wrong(
                mapping.lines[key], f"{key}: 0以上の整数を書いてください(「{said}」でした)", f'{key}: write a whole number (found "{said}")'
            )
        return None

    def when(self, mapping: Lined, key: str, offset: timezone, *, required: bool = False) -> datetime | None:
        """Return a moment in UTC without zone, from `2026-11-29 02:00`, with or without seconds and zone; None where nothing stands."""
        said = self.said(mapping, key, required=required)
        if said is None:
            return None
        # A day alone is its beginning: older rather than younger.
        found = any_moment(said if ":" in said else f"{said} 00:00", offset)
        if found is None:
            ja, en = f"{key}: 「{said}」は日時ではありません", f'{key}: "{said}" is no moment'
            self.wrong(mapping.lines[key], f"{ja}。例 2026-11-29 02:00", f"{en}; for example 2026-11-29 02:00")
        return found

    def choice(self, mapping: Lined, key: str, allowed: tuple[Value, ...], *, required: bool = False) -> str | None:
        """Return one of the codes of a list; None where nothing stands."""
        said = self.said(mapping, key, required=required)
        codes = [value.code for value in allowed]
        if said is not None and said not in codes:
            names = ", ".join(codes)
            self.wrong(
                mapping.lines[key],
                f"{key}: {names} のどれかを書いてください(「{said}」でした)",
                f'{key}: write one of {names} (found "{said}")',
            )
            return None
        return said

    def items(self, mapping: Lined, key: str) -> list[Lined]:
        """Return the groups of a list; a mistake for each that is none."""
        value: Any = mapping.get(key, [])
        if not isinstance(value, list):
            if isinstance(value, Word | str) and value.strip().lower() in _NOTHING:
                return []
            self.wrong(mapping.lines.get(key, mapping.line), f"{key}: [ ] の中に並べてください", f"{key}: write a list in [ ]")
            return []
        found = []
        for one in value[:MOST]:
            if isinstance(one, Lined):
                found.append(one)
            else:
                line = getattr(one, "line", 0) or mapping.lines.get(key, mapping.line)
                self.wrong(line, f"{key}: 一つずつ {{ }} で囲んでください", f"{key}: put each one in {{ }}")
        if len(value) > MOST:
            self.wrong(mapping.lines.get(key, mapping.line), f"{key}: {MOST} 件までです", f"{key}: at most {MOST} entries")
        return found

    def names(self, mapping: Lined, key: str) -> tuple[str, ...]:
        """Return the words of a list, or one word; empty where nothing stands."""
        value: Any = mapping.get(key, [])
        if isinstance(value, list):
            return tuple(
                str(one)[:64] for one in value[:MOST] if isinstance(one, Word | str) and str(one).isprintable() and str(one).strip()
            )
        one = self.said(mapping, key)
        return (one,) if one else ()


def no_later(moment: datetime | None, latest: datetime) -> bool:
    """Whether a moment is not after the latest possible one; clocks differ a little."""
    return moment is None or (moment - latest).total_seconds() <= 86_400


def day_end(year: int, month: int, day: int, offset: timezone) -> datetime:
    """Return the end of a day of that clock, in UTC without zone."""
    return datetime(year, month, day, 23, 59, 59, tzinfo=offset).astimezone(UTC).replace(tzinfo=None)
