"""Compares versions, each scheme by its own published rules.

Schemes: `dpkg` (Debian Policy 5.6.12), `rpm` (rpm-version(7)), `apk` (apk-tools version grammar),
`dotted` (numbers with letters, as firmware and most programs use), `fortios` (x.y.z, whatever text
surrounds it), `windows` (10.0.build.revision), `semver`, `pep440` and `maven` (version_ecosystems). Every scheme is a total order: a version becomes a
key, and keys compare. A text that a scheme cannot read has no key: nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from omamori.knowledge.version_ecosystems import maven, pep440, semver

Key = tuple[Any, ...]

_LONGEST = 200
_EPOCH = re.compile(r"^(\d{1,9}):(.+)$")
_DPKG_UPSTREAM = re.compile(r"^[0-9A-Za-z.+~:-]+$")
_RPM_TOKEN = re.compile(r"[0-9]+|[A-Za-z]+|~|\^")
_DOTTED_TOKEN = re.compile(r"[0-9]+|[a-z]+")
_APK = re.compile(r"^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:-r(\d+))?$")
_FORTIOS = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{1,3})(?![\d.])")
_WINDOWS = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{3,5})(?:\.(\d{1,6}))?$")
_BEFORE_RELEASE = ("alpha", "beta", "dev", "pre", "rc")
_APK_SUFFIX = ("alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p")


class VersionError(ValueError):
    """A text is not a version of the scheme: says which and what was expected."""


def _dpkg(text: str) -> Key | None:
    epoch, rest = _split_epoch(text)
    if not rest or not _DPKG_UPSTREAM.match(rest) or not any(letter.isdigit() for letter in rest):
        return None
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "")
    return (epoch, _dpkg_part(upstream), _dpkg_part(revision))


def _split_epoch(text: str) -> tuple[int, str]:
    found = _EPOCH.match(text)
    return (int(found[1]), found[2]) if found else (0, text)


def _dpkg_part(text: str) -> Key:
    parts: list[tuple[tuple[int, ...], int]] = []
    # The end of a part sorts after `~` and before anything else, hence the 0 that closes each run.
    for word, number in re.findall(r"([^0-9]*)([0-9]*)", text or "0"):
        if word or number:
            parts.append(((*(_dpkg_order(letter) for letter in word), 0), int(number or 0)))
    return (*parts, ((0,), 0))


def _dpkg_order(letter: str) -> int:
    if letter == "~":
        return -1
    return ord(letter) if letter.isalpha() else ord(letter) + 256


def _rpm(text: str) -> Key | None:
    epoch, rest = _split_epoch(text)
    version, _, release = rest.partition("-")
    if not _RPM_TOKEN.search(version):
        return None
    return (epoch, _rpm_part(version), _rpm_part(release))


def _rpm_part(text: str) -> Key:
    # Order at one place: `~` before the end, then `^`, then letters, then numbers.
    marks = {"~": (0,), "^": (2,)}
    return (*(marks.get(token) or ((4, int(token)) if token.isdigit() else (3, token)) for token in _RPM_TOKEN.findall(text)), (1,))


def _apk(text: str) -> Key | None:
    found = _APK.match(text)
    if not found:
        return None
    # After the first, a number with a leading zero is read as a fraction: 1.01 is before 1.1.
    first, *rest = found[1].split(".")
    numbers = (int(first), *((0, number) if number.startswith("0") else (1, int(number)) for number in rest))
    suffixes = tuple((_APK_SUFFIX.index(name), int(number or 0)) for name, number in re.findall(r"_([a-z]+)(\d*)", found[3]))
    return (numbers, found[2], (*suffixes, (_APK_SUFFIX.index(""), 0)), int(found[4] or 0))


def _dotted(text: str) -> Key | None:
    lowered = text.lower().removeprefix("v")
    if not re.match(r"\d", lowered):
        return None
    # Order at one place: words before a release (rc1), the end, other words (1.1.1n, -h1), numbers.
    tokens = (
        (3, int(token)) if token.isdigit() else (0 if token in _BEFORE_RELEASE else 2, token) for token in _DOTTED_TOKEN.findall(lowered)
    )
    return (*tokens, (1,))


def _fortios(text: str) -> Key | None:
    found = _FORTIOS.search(text)
    return tuple(int(part) for part in found.groups()) if found else None


def _windows(text: str) -> Key | None:
    found = _WINDOWS.match(text)
    return tuple(int(part or 0) for part in found.groups()) if found else None


SCHEMES: Mapping[str, Callable[[str], Key | None]] = MappingProxyType(
    {
        "dpkg": _dpkg,
        "rpm": _rpm,
        "apk": _apk,
        "dotted": _dotted,
        "fortios": _fortios,
        "windows": _windows,
        "semver": semver,
        "pep440": pep440,
        "maven": maven,
    }
)
"""Scheme → its reading of a text; None when the text is no version of it."""


def key(scheme: str, version: str | None) -> Key | None:
    """Return the sort key of a version, None when the scheme cannot read it; KeyError for an unknown scheme."""
    text = (version or "").strip()
    read = SCHEMES[scheme]
    return read(text) if text and len(text) <= _LONGEST and text.isascii() else None


def compare(scheme: str, left: str, right: str) -> int:
    """Return -1, 0 or 1 as `left` is before, equal to or after `right`; VersionError when one cannot be read."""
    first, second = key(scheme, left), key(scheme, right)
    if first is None or second is None:
        wrong = left if first is None else right
        raise VersionError(f"{wrong!r} is not a {scheme} version")
    return (first > second) - (first < second)


def sort_key(scheme: str, version: str | None) -> str | None:
    """Return the version as a text whose plain byte order is the order of the scheme, for comparisons in SQL.

    None when the scheme cannot read it; KeyError for an unknown scheme. Same order as `key`.
    """
    found = key(scheme, version)
    return None if found is None else _flat(found)


def _flat(part: Any) -> str:
    # The end of a tuple sorts before the end of a word, that before any letter; a number is led by its count of digits.
    if isinstance(part, tuple):
        return "".join(_flat(one) for one in part) + "\x1f"
    if isinstance(part, str):
        return part + " "
    return "-" if part < 0 else f"{len(str(part)):03d}{part}"
