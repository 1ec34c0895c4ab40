"""Versions as publishers word them, in comparators, English and Japanese: read where the words are plain, else not at all.

Sources: vers (github.com/package-url/vers-spec), the words of Fortinet's CSAF (`>=7.4.0|<=7.4.3`, `7.0 all versions`, `7.2.8 and above`)
and of JVN iPedia (`7.3.7 より前のバージョン`, `2.13.0 から 2.15.0 より前`). Who gets None must not match anything.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 300
"""Characters of a text that is read at all."""

_VERSION = r"(?P<{0}>[0-9][0-9A-Za-z_.()+~-]{{0,59}})"
_LEAD = re.compile(
    r"^(?:(?:versions?|ver\.?|rev\.?|v\.?|バージョン|リビジョン|ファームウェア|ファームウエア|firmware) ?){1,3}(?=[0-9])", re.IGNORECASE
)
_VERS = re.compile(r"^vers:[a-z0-9.+-]{1,40}/(.+)$")
_COMPARATOR = re.compile(r"^(>=|<=|>|<|=|)\s*" + _VERSION.format("v") + "$")
_UP_TO = r"(?:through|thru|to|から|～|~|〜|-|–)"
_JA_TAIL = r"(?:の?(?:すべての|全)?(?:バージョン|版|系))?"
_BRANCH_OF = r"(?P<since>[0-9]{1,6}(?:\.[0-9]{1,6}){0,2})(?:\.x| ?系)"
_WORDS = (
    # (pattern, since is out, before is in)
    (rf"^{_VERSION.format('since')} ?(?:以上|以降|から) ?{_VERSION.format('before')} ?(?:より前|未満){_JA_TAIL}$", False),
    (rf"^{_VERSION.format('since')} (?:through|thru|to) {_VERSION.format('before')}$", True),
    (
        rf"^{_VERSION.format('since')} ?(?:以上|以降|から|～|〜) ?{_VERSION.format('before')} ?(?:まで|以下|以前|およびそれ以前)?{_JA_TAIL}$",
        True,
    ),
    (rf"^{_BRANCH_OF} ?(?:系)?の ?{_VERSION.format('before')} ?(?:より前|未満){_JA_TAIL}$", False),
    (rf"^{_VERSION.format('before')} ?(?:より前|未満)の ?{_BRANCH_OF} ?系?$", False),
    (rf"^{_VERSION.format('before')} ?(?:より前|未満){_JA_TAIL}$", False),
    (rf"^{_VERSION.format('before')} ?(?:および|及び)?(?:それ)?(?:以前|以下|まで){_JA_TAIL}$", True),
    (rf"^(?:prior to|before|earlier than|versions? prior to) {_VERSION.format('before')}$", False),
    (
        rf"^(?:up to) {_VERSION.format('before')}$|^{_VERSION.format('last')},? (?:and|or) (?:earlier|prior|below|lower)(?: versions)?$",
        True,
    ),
    (rf"^{_VERSION.format('since')} ?(?:および|及び)?(?:それ)?(?:以降|以上){_JA_TAIL}$", False),
    (rf"^{_VERSION.format('since')},? (?:and|or) (?:above|later|higher|newer)(?: versions)?$", False),
)
_SHAPES = tuple((re.compile(pattern, re.IGNORECASE), closed) for pattern, closed in _WORDS)
_ALL = re.compile(r"^(?:all(?: versions)?|any|\*|(?:すべて|全て)の(?:バージョン|版)|全バージョン)$", re.IGNORECASE)
_BRANCH = re.compile(
    r"^([0-9]{1,6}(?:\.[0-9]{1,6}){0,3})(?:\.x| all versions| ?系(?:すべてのバージョン)?| ?(?:すべて|全て)のバージョン)$", re.IGNORECASE
)
_FORTIOS = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,3}(?![0-9.])")
_SINGLE = re.compile("^" + _VERSION.format("v") + "$")


@dataclass(frozen=True, slots=True)
class Range:
    """Versions from `since` (empty: the first) to `before` (empty: all later ones); both as the publisher writes them."""

    since: str = ""
    since_out: bool = False
    before: str = ""
    before_in: bool = False


def readable(scheme: str, version: str) -> bool:
    """Return whether a version can be compared in a scheme that devices use (dotted, fortios); any text in another scheme."""
    if scheme == "fortios":
        return _FORTIOS.search(version) is not None and version.isascii()
    return scheme != "dotted" or (re.match(r"[vV]?[0-9]", version) is not None and version.isascii() and len(version) <= 200)


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, for finding the next one in a list; no order of a scheme."""
    return tuple(int(one) for one in re.findall(r"[0-9]{1,9}", version))


def single(version: str) -> Range:
    """Return the range that holds one version."""
    return Range(since=version, before=version, before_in=True)


def branch(numbers: str) -> Range:
    """Return all versions of a branch: `7.0` is 7.0 up to, and not with, 7.1."""
    head, _, last = numbers.rpartition(".")
    return Range(since=numbers, before=f"{head}.{int(last) + 1}" if head else str(int(last) + 1))


def ranges(text: str) -> tuple[Range, ...] | None:
    """Return what a text about versions says; None when it cannot be read surely. `7.2.8 and above` stays open."""
    said = " ".join(unicodedata.normalize("NFKC", text[: LONGEST + 1]).split())
    if not said or len(said) > LONGEST:
        return None
    found = _VERS.match(said)
    if found or said[0] in "<>=" or "|" in said:
        return _comparators(found[1] if found else said)
    said = _without_lead(said)
    if _ALL.match(said):
        return (Range(),)
    if found := _BRANCH.match(said):
        return (branch(found[1]),)
    if _SINGLE.match(said):
        return (single(said),)
    for shape, closed in _SHAPES:
        if found := shape.match(said):
            parts = found.groupdict()
            before = parts.get("before") or parts.get("last") or ""
            return (Range(since=parts.get("since") or "", before=before, before_in=closed and bool(before)),)
    return None


def _without_lead(said: str) -> str:
    # A second lead stands before the second version: 「Ver.1.0 から Ver.2.0」.
    said = _LEAD.sub("", said)
    return re.sub(rf"( ?{_UP_TO} ?|prior to |before )(?:version|ver\.?|rev\.?|v|バージョン) ?(?=[0-9])", r"\1", said, flags=re.IGNORECASE)


def _comparators(text: str) -> tuple[Range, ...] | None:
    if text.strip() == "*":
        return (Range(),)
    found: list[Range] = []
    start: tuple[str, bool] | None = None
    for piece in text.split("|"):
        match = _COMPARATOR.match(piece.strip())
        if match is None:
            return None
        sign, version = match[1], match["v"]
        if sign in ("=", ""):
            found.append(single(version))
        elif sign[0] == ">":
            if start is not None:
                return None
            start = (version, sign == ">")
        else:
            since, out = start or ("", False)
            found.append(Range(since, out, version, sign == "<="))
            start = None
    if start is not None:
        found.append(Range(*start))
    return tuple(found) or None
