"""How wide a text is, without a font at hand: a careful guess, so that what is cut to fit fits in any usual font."""

from __future__ import annotations

_NARROW = frozenset("ijl.,:;'|!()[]{} tfrI1")
_BROAD = frozenset("mwMW@%&")
_NOT_FIRST = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー、。・」』)〉】々")
"""Letters that begin no line in Japanese."""


def width(text: str, size: float) -> float:
    """Return about how wide `text` is in letters of `size`; on the broad side."""
    return sum(_letter(letter) for letter in text) * size


def fitted(text: str, size: float, room: float) -> str:
    """Return `text`, cut with `…` where it is wider than `room`."""
    if width(text, size) <= room:
        return text
    kept, used = "", size
    for letter in text:
        used += _letter(letter) * size
        if used > room:
            break
        kept += letter
    return kept.rstrip() + "…"


def wrapped(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """Return `text` in at most `lines` lines; the last is cut where it does not fit."""
    found: list[str] = []
    rest = text
    while rest and len(found) < lines - 1 and width(rest, size) > room:
        kept, used = 0, 0.0
        for number, letter in enumerate(rest):
            used += _letter(letter) * size
            if used > room:
                break
            kept = number + 1
        # Break before a word rather than inside one.
        blank = rest.rfind(" ", 0, kept + 1)
        cut = blank if blank > 0 and rest[kept - 1 : kept + 1].isascii() else max(1, kept)
        while cut > 1 and rest[cut : cut + 1] and rest[cut] in _NOT_FIRST:
            cut -= 1
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*found, fitted(rest, size, room)) if rest else tuple(found)


def _letter(letter: str) -> float:
    if not letter.isascii():
        return 1.0
    if letter in _NARROW:
        return 0.36
    if letter in _BROAD:
        return 0.9
    return 0.7 if letter.isupper() else 0.58
