"""Words inside the JSON of a record: secrets taken out, and written so that the redactor of whole lines finds nothing to break."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from omamori.parse.redact import redact

Words = Callable[[str], str]
"""Writes a string as JSON."""
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}")
_SEPARATORS = {ord(char): f"\\u{ord(char):04x}" for char in ":=\uff1a\uff1d"}


def plain_words(words: str) -> str:
    """Return a string as JSON; separators that could make a word before them look like the announcement of a secret are escaped."""
    if _MOMENT.fullmatch(words):
        return f'"{words}"'
    return json.dumps(without_secrets(words), ensure_ascii=False).translate(_SEPARATORS)


def hidden_words(words: str) -> str:
    """Return a string as JSON with every letter escaped: for words that look like a secret in whatever surrounds them."""
    inner = json.dumps(without_secrets(words), ensure_ascii=True)[1:-1]
    escaped, at = [], 0
    while at < len(inner):
        step = 6 if inner.startswith("\\u", at) else 2 if inner[at] == "\\" else 1
        piece = inner[at : at + step]
        escaped.append(piece if step > 1 or piece.isdigit() else f"\\u{ord(piece):04x}")
        at += step
    return '"' + "".join(escaped) + '"'


def as_json(value: object, words: Words = plain_words) -> str:
    """Return plain values (dicts with names of ours as keys, lists, strings, numbers) as JSON on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'"{key}": {as_json(inner, words)}' for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(as_json(inner, words) for inner in value) + "]"
    return words(value) if isinstance(value, str) else json.dumps(value)


def without_secrets(words: str) -> str:
    """Return words with what looks like a secret taken out, on one line, as UTF-8 can hold them."""
    one_line = " ".join(words.encode("utf-8", "replace").decode("utf-8").splitlines())
    return redact(one_line.encode()).data.decode("utf-8", "replace")
