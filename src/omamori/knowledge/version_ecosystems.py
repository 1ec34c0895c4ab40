"""Reads versions as the language communities order them: `semver` (SemVer 2.0), `pep440` (Python) and `maven` (Java).

Each function takes a text and returns a key whose order is the order of the scheme, or None when the text is no version of it.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

Key = tuple[Any, ...]

_NUMBER = r"(?:0|[1-9]\d*)"
_SEMVER = re.compile(rf"^v?({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$")
_PEP440 = re.compile(
    r"^v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre_number>\d*))?"
    r"(?:-(?P<bare>\d+)|[-_.]?(?P<post>post|rev|r)[-_.]?(?P<post_number>\d*))?"
    r"(?:[-_.]?(?P<dev>dev)[-_.]?(?P<dev_number>\d*))?"
    r"(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$"
)
_PEP440_PRE = {"alpha": "a", "beta": "b", "preview": "rc", "pre": "rc", "c": "rc"}
_MAVEN = re.compile(r"^[0-9A-Za-z._+-]*[0-9][0-9A-Za-z._+-]*$")
_MAVEN_TOKEN = re.compile(r"([.\-_+]?)(\d+|[a-z]+|(?=[.\-_+]|$))")
_MAVEN_BEFORE = {"alpha": 0, "beta": 1, "milestone": 2, "rc": 3, "cr": 3, "snapshot": 4}
_MAVEN_SHORT = {"a": "alpha", "b": "beta", "m": "milestone"}
_MAVEN_NOTHING = ("", "final", "ga", "release")
_MAVEN_BRANCH, _MAVEN_STEP = 3, 4


def semver(text: str) -> Key | None:
    """Read SemVer 2.0 (semver.org, item 11); a leading `v` is the habit of Go and of tags. Build metadata has no order."""
    found = _SEMVER.match(text)
    if not found:
        return None
    # Order at one place: numbers, words; a version without anything behind it comes last.
    before: Key = ((3,),)
    if found[4] is not None:
        parts = found[4].split(".")
        if any(not part or (part.isdigit() and part != str(int(part))) for part in parts):
            return None
        before = tuple((1, int(part)) if part.isdigit() else (2, part) for part in parts)
    return (int(found[1]), int(found[2]), int(found[3]), before)


def pep440(text: str) -> Key | None:
    """Read a Python version (PEP 440): epoch, release, before the release, after it, under development, local."""
    found = _PEP440.match(text.lower())
    if not found:
        return None
    numbers = [int(part) for part in found["release"].split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    later: Key = (0,)
    if found["bare"] or found["post"]:
        later = (1, int(found["bare"] or found["post_number"] or 0))
    earlier: Key = (2,)
    if found["pre"]:
        earlier = (1, _PEP440_PRE.get(found["pre"], found["pre"]), int(found["pre_number"] or 0))
    elif found["dev"] and later == (0,):
        earlier = (0,)
    dev = (0, int(found["dev_number"] or 0)) if found["dev"] else (1,)
    local = tuple((1, int(part)) if part.isdigit() else (0, part) for part in re.split(r"[-_.]", found["local"] or "") if part)
    return (int(found["epoch"] or 0), tuple(numbers), earlier, later, dev, local)


def maven(text: str) -> Key | None:
    """Read a Maven version (POM reference, "Version Order Specification").

    Order at one place: words before a release, the end, `sp`, other words, numbers after a hyphen, numbers after a dot. Zeros (and
    `final`, `ga`) that stand before a hyphen, a word or the end say nothing and go.
    """
    lowered = text.lower()
    if not _MAVEN.match(lowered):
        return None
    tokens = _maven_tokens(lowered)
    kept: list[Key] = []
    for place, (mark, word, _) in enumerate(tokens):
        if word.isdigit():
            if mark == "-":
                _trim(kept)
            kept.append((_MAVEN_BRANCH if mark == "-" else _MAVEN_STEP, int(word)))
            continue
        _trim(kept)
        followed = place + 1 < len(tokens) and tokens[place + 1][2]
        named = _MAVEN_SHORT.get(word, word) if followed else word
        if named in _MAVEN_NOTHING:
            continue
        if named in _MAVEN_BEFORE:
            kept.append((0, _MAVEN_BEFORE[named]))
        else:
            kept.append((2, 0, "") if named == "sp" else (2, 1, named))
    _trim(kept)
    return (*kept, (1,))


def _maven_tokens(text: str) -> list[tuple[str, str, bool]]:
    """Return (mark before it, token, whether it follows directly).

    Where digits and letters meet a hyphen is thought of, an empty token is a zero.
    """
    found: list[tuple[str, str, bool]] = []
    for mark, word in _MAVEN_TOKEN.findall(text):
        if mark or word:
            found.append(("." if mark == "." else "-" if found or mark else ".", word or "0", not mark))
    return found


def _trim(kept: list[Key]) -> None:
    zeros = sum(1 for _ in takewhile(lambda token: token in ((_MAVEN_STEP, 0), (_MAVEN_BRANCH, 0)), reversed(kept)))
    del kept[len(kept) - zeros :]
