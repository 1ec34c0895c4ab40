"""Names of installed programs → the CPE products they are, with the reason and how sure it is. Pure.

Three ways, the surest first: a row of the pack's table fits the name (and the publisher); name and publisher are, spelling aside,
product and vendor of a published flaw; only a part of them is. The last decides nothing: it is for a person to confirm.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from omamori.knowledge.applications import ApplicationName

_LONGEST = 200
_NUMBER = re.compile(r"\d[0-9A-Za-z]*(?:[._][0-9A-Za-z]+)*")
_JAVA_8 = re.compile(r"\b8u(\d{1,4})")
_TAIL = re.compile(
    r"\s(?:v(?:er(?:sion)?)?\.?\s?)?\d[\w.]*$|\s[-–]\s[^-–]*$|\s?[(\[][^()\[\]]*[)\]]$|\s(?:x64|x86|amd64|64-?bit|32-?bit)$", re.IGNORECASE
)
_LEGAL = re.compile(
    r"\b(?:inc|incorporated|corp|corporation|co|ltd|limited|llc|gmbh|ag|bv|sa|srl|s\.r\.o|spol|kk|plc|pty|the|team|project|"
    r"development|developers?|community|foundation|group)\b\.?|株式会社|有限会社|\(株\)",
    re.IGNORECASE,
)
_WORD_LEAST = 4
_ALONE_LEAST = 6
_ALONE_VENDORS = 2
_OWN_TABLE = frozenset({"microsoft"})
"""Vendors whose own table of updates speaks: a part of a name means nothing there."""


@dataclass(frozen=True, slots=True)
class Program:
    """An installed program as it is registered."""

    name: str
    version: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A CPE product a program is, or may be.

    `product` is the name it is worked on by (a row's product, else the CPE's); `base`: an exact version that begins like this speaks
    of the newest update of its time, and earlier ones are likely meant too (Oracle's Java). `doubt` is a code of `doubts.WORDS`.
    """

    vendor: str
    cpe: str
    product: str
    version: str | None
    why: str
    confidence: str
    editions: tuple[str, ...] = ()
    doubt: str = ""
    base: str = ""


class Spelled:
    """The CPE products of a pack by vendor and product, spelling aside."""

    def __init__(self, products: Iterable[tuple[str, str]]) -> None:
        """Take (vendor, product) pairs."""
        self.pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self.by_product: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.vendors: set[str] = set()
        for vendor, product in products:
            self.pairs[plain(vendor), plain(product)].append((vendor, product))
            self.by_product[plain(product)].add((vendor, product))
            self.vendors.add(plain(vendor))


def plain(text: str) -> str:
    """Return a name without anything in which two spellings differ: case, width, spaces and signs."""
    lowered = unicodedata.normalize("NFKC", text[:_LONGEST]).lower()
    return "".join(letter for letter in lowered if letter.isalnum() or letter in "+#")


def identify(program: Program, table: Sequence[ApplicationName], spelled: Spelled) -> tuple[Known, ...]:
    """Return what a program is, by the surest way that answers; empty when none does."""
    found = by_table(program, table)
    # Of a package only its exact name tells; a name that is spelled the same may be anything.
    return found if found or program.name.startswith("package:") else by_spelling(program, spelled)


def by_table(program: Program, table: Sequence[ApplicationName]) -> tuple[Known, ...]:
    """Return what the table says: high where name and publisher fit, medium where the publisher is not told, low where it differs."""
    name = " ".join(unicodedata.normalize("NFKC", program.name[:_LONGEST]).split())
    found = []
    for row in table:
        fits = row.name.fullmatch(name)
        if fits is None:
            continue
        sure = _publisher(row, program.publisher)
        version, base = _version(row.version, fits, program)
        editions = (*row.editions, *(_track(version) if row.version == "adobe" else ()))
        why = f"name '{name}' ({row.label}, table of names{'' if sure != 'low' else f', publisher {program.publisher!r} differs'})"
        for vendor, product in row.cpe:
            doubt = "name" if sure == "low" else row.doubt
            found.append(Known(vendor, product, row.product, version, why, sure, editions, doubt, base))
    best = next((sure for sure in ("high", "medium", "low") if any(one.confidence == sure for one in found)), "")
    return tuple(dict.fromkeys(one for one in found if one.confidence == best))


def _publisher(row: ApplicationName, publisher: str | None) -> str:
    if row.publisher is None or not (publisher or "").strip():
        return "medium"
    return "high" if row.publisher.search(unicodedata.normalize("NFKC", (publisher or "")[:_LONGEST])) else "low"


def _version(rule: str, fits: re.Match[str], program: Program) -> tuple[str | None, str]:
    """Return the version as CPE names write it, and the base of Java's updates."""
    groups: Mapping[str, str | None] = fits.groupdict()
    number = number_in(program.version)
    if rule == "java":
        if groups.get("u"):
            return f"1.{groups['v']}.0 update{groups['u']}", f"1.{groups['v']}.0"
        return groups.get("v"), f"{(groups.get('v') or '').partition('.')[0]}."
    if rule == "name-java":
        old = _JAVA_8.search(program.name)
        return (f"8 update{old[1]}", "") if old else (_parts(number, 3), "")
    if rule == "three":
        return _parts(number, 3), ""
    if rule == "openvpn":
        return _openvpn(groups.get("v") or number), ""
    if rule == "git":
        return (number or "").partition(".windows")[0] or None, ""
    return (groups.get("v") or number, "") if rule == "name" else (number, "")


def number_in(text: str | None) -> str | None:
    """Return the first thing in a text that looks like a version (`ad 6.2.3` → 6.2.3); None when there is none."""
    found = _NUMBER.search((text or "")[:_LONGEST])
    return found[0] if found else None


def _parts(version: str | None, count: int) -> str | None:
    return ".".join(version.split(".")[:count]) if version else None


def _openvpn(version: str | None) -> str | None:
    """OpenVPN's installer is called 2.6.8001 for the first build of 2.6.8."""
    parts = (_parts(version, 3) or "").split(".")
    if len(parts) == 3 and parts[2].isdigit() and len(parts[2]) > 3:
        parts[2] = parts[2][:-3]
    return ".".join(parts) or None


def _track(version: str | None) -> tuple[str, ...]:
    """Acrobat's track: of the classic one the third number begins with 3 (Adobe, "Product identification and version numbers")."""
    last = (version or "").split(".")[2:3]
    classic = bool(last) and last[0].startswith("3")
    return ("classic", "!continuous") if classic else ("continuous", "!classic")


def by_spelling(program: Program, spelled: Spelled) -> tuple[Known, ...]:
    """Return the CPE products whose vendor and product the program is called, medium; else those it may be, low and to be confirmed."""
    names, vendors = _names(program.name), _vendors(program.publisher)
    version = number_in(program.version)
    told = f"name '{program.name[:80]}', publisher '{(program.publisher or '')[:80]}'"
    whole = [plain(name) for name in names]
    for vendor in vendors:
        for name in whole:
            for product in (name, name.removeprefix(vendor)) if name != vendor else (name,):
                if found := spelled.pairs.get((vendor, product)):
                    return tuple(Known(v, p, p, version, f"{told} (same spelling)", "medium") for v, p in sorted(set(found)))
    weak = _weak(names, whole, vendors, spelled)
    return tuple(Known(v, p, p, version, f"{told} (only alike)", "low", doubt="name") for v, p in weak)


def _weak(names: Sequence[str], whole: Sequence[str], vendors: Sequence[str], spelled: Spelled) -> list[tuple[str, str]]:
    for vendor in vendors:
        if vendor in _OWN_TABLE or vendor not in spelled.vendors:
            continue
        words = names[0].split()
        for count in range(len(words) - 1, 0, -1):
            name = plain(" ".join(words[:count]))
            for part in (name, name.removeprefix(vendor)):
                if len(part) >= _WORD_LEAST and (found := spelled.pairs.get((vendor, part))):
                    return sorted(set(found))
    for name in whole:
        alone = spelled.by_product.get(name, set()) if len(name) >= _ALONE_LEAST else set()
        if 0 < len(alone) <= _ALONE_VENDORS:
            return sorted(alone)
    return []


def _names(name: str) -> list[str]:
    """Return the name as it is and without version, language and bits at its end."""
    text = " ".join(unicodedata.normalize("NFKC", name[:_LONGEST]).split())
    found = [text]
    for _ in range(4):
        shorter = _TAIL.sub("", found[-1]).strip()
        if not shorter or shorter == found[-1]:
            break
        found.append(shorter)
    return found


@lru_cache(maxsize=4096)
def _vendors(publisher: str | None) -> tuple[str, ...]:
    """Return how the publisher may be called as a vendor: without its legal form, and by its first word."""
    text = _LEGAL.sub(" ", unicodedata.normalize("NFKC", (publisher or "")[:_LONGEST]).replace(",", " "))
    words = text.split()
    if not words:
        return ()
    found = [plain(" ".join(words))]
    if len(plain(words[0])) >= _WORD_LEAST:
        found.append(plain(words[0]))
    return tuple(dict.fromkeys(one for one in found if one))
