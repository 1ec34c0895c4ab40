"""Make text from machines harmless to look at: no control characters, terminal escapes or hidden direction marks.

Host names, banners and file names may come from a compromised machine. Nothing is dropped silently: each
character that could act instead of being read is replaced by one that shows what it was.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import Any

from omamori.model.look import Verdict
from omamori.report.moments import plain_utc

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_PICTURES = 0x2400  # Unicode block of control pictures: U+001B becomes U+241B, and so on


def clean(text: str, limit: int = 2000, *, keep_lines: bool = False) -> str:
    """Return `text` with every control, formatting and direction character made visible, at most `limit` characters.

    Tabs become a space; line breaks become a space, or stay when `keep_lines` is set. The result holds
    no terminal escape, no right-to-left override and no character XML forbids. Cleaning twice changes nothing.
    """
    short = text if len(text) <= limit else text[:limit]
    if short.isprintable():
        return _cut(short, text, limit)
    return _cut("".join(_visible(character, keep_lines) for character in short.replace("\r\n", "\n")), text, limit)


def _visible(character: str, keep_lines: bool) -> str:
    if character == "\n" and keep_lines:
        return character
    if character in "\n\r\t":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(_PICTURES + code)
    if unicodedata.category(character) in _HIDDEN or code & 0xFFFE == 0xFFFE:
        return f"[U+{code:04X}]"
    return character


def _cut(cleaned: str, original: str, limit: int) -> str:
    if len(cleaned) <= limit and len(original) <= limit:
        return cleaned
    return cleaned[: limit - 1] + "…"


def clean_verdict(verdict: Verdict) -> Verdict:
    """Return it fit to be shown. Nearly all are: of a large site that saves a second copy of every one."""
    fit: dict[str, Any] = {
        "subject": clean(verdict.subject),
        "finding_key": clean(verdict.finding_key),
        "message_ja": clean(verdict.message_ja),
        "message_en": clean(verdict.message_en),
        "reason": clean(verdict.reason) if verdict.reason else None,
        "since": plain_utc(verdict.since) if verdict.since else None,
        "accepted_since": plain_utc(verdict.accepted_since) if verdict.accepted_since else None,
        "came_back": plain_utc(verdict.came_back) if verdict.came_back else None,
    }
    return verdict if all(getattr(verdict, name) == value for name, value in fit.items()) else dataclasses.replace(verdict, **fit)
