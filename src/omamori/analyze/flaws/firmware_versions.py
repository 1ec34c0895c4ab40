"""Versions of firmware as devices and publishers write them, made comparable. Pure.

Cisco IOS goes on in several trains side by side: `15.2(4)M7` and `15.2(7)E2` are no older and newer of one another (Cisco, "IOS release
numbering"). Only within a train do two versions compare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from omamori.knowledge.version import Key, key
from omamori.model.facts import Affected

_LONGEST = 120
_IOS = re.compile(r"(\d{1,2})\.(\d{1,2})\((\d{1,3})([a-z]{0,2})\)(?:([a-z]{1,4})(\d{0,3})([a-z]?))?")
_LEADING = re.compile(r"^(?:rev\.?|version|ver\.?|v|r|ns)[\s:]*(?=\d)", re.IGNORECASE)
_BUILD = re.compile(r":?\s*build\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\w.()\s-]*")
_FORTI = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,3}")
_FORTI_BRANCH = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.\d{1,3})?")
_MODEL = "{model}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A version: where in its train it stands. An empty train is the product's only one."""

    train: tuple[str, ...]
    place: Key


@lru_cache(maxsize=65536)
def placed(product: str, text: str | None) -> Placed | None:
    """Return where a version of a pack's product stands; None when the text is no version of it."""
    words = (text or "").strip().lower()[:_LONGEST]
    if product == "cisco-ios":
        return _ios(words)
    if product == "fortios":
        found = _FORTI.search(words)
        here = key("fortios", found[0]) if found else None
    else:
        here = key("dotted", _plain(product, words))
    return Placed((), here) if here is not None else None


def _plain(product: str, words: str) -> str:
    text = _LEADING.sub("", words)
    if product == "netscaler":
        # NS13.1: Build 49.15.nc, as the device writes it, is 13.1-49.15.
        text = _BUILD.sub("-", text).removesuffix(".nc")
    if product == "cisco-asa":
        text = text.replace("(", ".").replace(")", ".").strip(".")
    found = _NUMBER.search(text)
    return found[0].strip() if found else ""


def _ios(words: str) -> Placed | None:
    found = _IOS.search(words)
    if found is None:
        here = key("dotted", words)
        return Placed(("plain",), here) if here is not None else None
    major, minor, maintenance, letter, train, rebuild, sub = found.groups()
    place = (int(maintenance), letter or "", int(rebuild or 0), sub or "")
    return Placed((major, minor, train or ""), place)


def inside(product: str, row: Affected, version: str | None) -> tuple[bool | None, str]:
    """Return whether a version is in a record's range; None with the code of the doubt where nobody can tell."""
    here = placed(product, version)
    if here is None:
        return None, "no_version" if not version else "unordered"
    if not row.since and not row.before:
        return True, "every_version" if row.kind == "cpe" else ""
    low, high = placed(product, row.since), placed(product, row.before)
    if product == "fortios" and _of_another_branch(row, here):
        return False, ""
    if (row.since and low is None) or (row.before and high is None):
        return None, "unordered"
    trains = {end.train for end in (low, high) if end is not None}
    if trains != {here.train}:
        # One version that is named is another one; a range over several trains says nothing of this one.
        return (False, "") if row.since == row.before else (None, "train")
    above = low is None or (here.place > low.place if row.since_out else here.place >= low.place)
    below = high is None or (here.place <= high.place if row.before_in else here.place < high.place)
    return above and below, ""


def _of_another_branch(row: Affected, here: Placed) -> bool:
    """Whether a version stands outside a range told in branches (`<= 5.2`, which is no version of FortiOS, but every 5.2.x is in it)."""
    mine = here.place[:2]
    low, high = _branch(row.since), _branch(row.before)
    return (low is not None and mine < low) or (high is not None and mine > high)


def _branch(text: str | None) -> Key | None:
    """Return the first two numbers of a bound, as far as both are told."""
    found = _FORTI_BRANCH.fullmatch((text or "").strip()[:_LONGEST])
    return (int(found[1]), int(found[2])) if found else None


def cpe_products(names: tuple[str, ...], model: str | None) -> list[tuple[str, str]]:
    """Return (vendor, product) of a product's CPE names; those with `{model}` only where the model is known."""
    word = re.search(r"[a-z]{0,4}\d{2,5}[a-z]{0,3}", (model or "").lower()[:_LONGEST])
    found = []
    for name in names:
        vendor, _, product = name.partition(":")
        if _MODEL not in product:
            found.append((vendor, product))
        elif word:
            found.append((vendor, product.replace(_MODEL, word[0])))
    return found
