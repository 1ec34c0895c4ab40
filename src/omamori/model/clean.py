"""Make text from machines harmless to look at: no control characters, terminal escapes or hidden direction marks.

Host names, banners and file names may come from a compromised machine. Nothing is dropped silently: each
character that could act instead of being read is replaced by one that shows what it was.
"""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_PICTURES = 0x2400  # Unicode block of control pictures: U+001B becomes U+241B, and so on


def clean(text: str, limit: int = 2000, *, keep_lines: bool = False) -> str:
    """Return `text` with every control, formatting and direction character made visible, at most `limit` characters.

    Tabs become a space; line breaks become a space, or stay when `keep_lines` is set. The result holds
    no terminal escape, no right-to-left override and no character XML forbids. Cleaning twice changes nothing.
    """
    if len(text) <= limit and text.isprintable():
        return text
    short = text if len(text) <= limit else text[:limit]
    if short.isprintable():
        return _cut(short, text, limit)
    return _cut("".join(_visible(character, keep_lines) for character in short.replace("\r\n", "\n")), text, limit)


def escaped(json_text: str) -> str:
    """Return JSON in which every control, formatting and direction character is written as `\\u…` (RFC 8259, section 7).

    A program reads the same values; on a terminal nothing in them acts. In: whole JSON, where such characters stand only inside strings.
    """
    found = {ord(letter): _unit(letter) for letter in set(json_text) - {"\n"} if unicodedata.category(letter) in _HIDDEN}
    return json_text.translate(found) if found else json_text


def _unit(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


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
