"""Turns values into words: keys of findings, messages in both languages, why something is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from omamori.evaluate.check import KEY_SEPARATOR
from omamori.evaluate.told import told
from omamori.model.look import REASONS
from omamori.model.text import LANGUAGES, Language, Text

LONGEST = 200
"""Characters of one value in a message; a host name or banner may be as long as an attacker likes."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
FIELD = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
"""A place in a message: the name of a column in braces, nothing else."""
NEVER = Text("記録なし", "never")
NONE = Text("なし", "none")
YES = Text("はい", "yes")
NO = Text("いいえ", "no")
NOTHING_FOUND = Text("見た範囲では見つかりませんでした", "nothing found in what was looked at")
MAY_BE_MORE = Text("ほかにもあるか判断できません", "whether there are more cannot be told")
CANNOT_TELL = Text("判断できません", "cannot be told")
NOT_RUN = Text("この点検は実行できませんでした", "this check could not be run")
_REASON_WORDS: Mapping[str, Text] = {value.code: value.label for value in REASONS}


def key_part(value: Any) -> str:
    """Return one value of a finding's key: the same in every language and run; NULL is `none`."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(value)


def finding_key(values: Mapping[str, Any], key: tuple[str, ...]) -> str:
    """Return the stable identity of a finding inside its check."""
    return KEY_SEPARATOR.join(key_part(values[name]) for name in key)


def clean(value: Any, longest: int = LONGEST) -> str:
    """Return a value as one line of sane length, without control or direction characters."""
    text = _CONTROL.sub(" ", str(value)).strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"


def say(value: Any, column_type: str, language: Language) -> str:
    """Return a value as a reader says it. `column_type` is DuckDB's name of the type."""
    if value is None:
        moment = column_type.startswith(("TIMESTAMP", "DATE"))
        return (NEVER if moment else NONE).say(language)
    if isinstance(value, bool):
        return (YES if value else NO).say(language)
    if isinstance(value, datetime):
        midnight = value.time() == datetime.min.time()
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return clean(", ".join(say(item, "", language) for item in value))
    return clean(value)


def fill(message: Text, values: Mapping[str, Any], types: Mapping[str, str]) -> Text:
    """Put the columns of a row into a message. KeyError when it names a column the row does not have."""
    return Text(*(_filled(message, values, types, language) for language in LANGUAGES))


def _filled(message: Text, values: Mapping[str, Any], types: Mapping[str, str], language: Language) -> str:
    def place(found: re.Match[str]) -> str:
        name = found[1]
        return say(told(name, values[name], language), types[name], language)

    return FIELD.sub(place, message.say(language))


def fields(message: Text) -> frozenset[str]:
    """Return the columns a message names, in either language."""
    return frozenset(FIELD.findall(message.ja) + FIELD.findall(message.en))


def reason_words(code: str | None) -> Text:
    """Return the words of a reason; the code itself when a row gave one that is not in the list."""
    return _REASON_WORDS.get(code or "not_collected", Text(str(code), str(code)))
