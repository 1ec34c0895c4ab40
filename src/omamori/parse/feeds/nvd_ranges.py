"""Rows of `affected` of the configurations of an NVD entry: trees of AND and OR over CPE names with ranges of versions.

Alternatives (OR) become rows of their own. In an AND the vulnerable products become rows, and what must be there besides stands in `needs`:
`o:microsoft:windows:10 | o:linux:linux_kernel & h:dell:xps` (part, vendor, product, version where one is named; `|` or, `&` and; nobody
checks it here). What is odd (a negated node, an operator of another name, nesting without end) is kept with the confidence `low`.

An exact version is a range of that version alone; its update stands behind it (`7.0.1 p1`). A name without a version (`-`) says neither
that all versions are affected nor which: an open range with the confidence `low`. So does a version that begins with no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from omamori.model.facts import Affected, Broken
from omamori.parse.feeds.cpe import ANY, NONE, Cpe, CpeError, read_cpe
from omamori.parse.feeds.json_values import listed, member, objects, text

_DEEPEST = 8
_MOST_NAMED = 20
_ESCAPE = re.compile(r"\\(.)")
_ORDERED = re.compile(r"v?\d", re.IGNORECASE)
_WINDOWS_BUILD = re.compile(r"\d{1,2}\.\d{1,2}\.\d{3,5}(\.\d{1,6})?\Z")
_FORTIOS = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,3}\Z")
_BOUNDS = frozenset(("versionStartIncluding", "versionStartExcluding", "versionEndExcluding", "versionEndIncluding"))
_NARROWING = ("edition", "language", "sw_edition", "target_sw", "target_hw", "other")


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a configuration, the same for every form of the feed. `both`: an AND. `odd`: it says what nobody can follow. `cut`: what is
    below it is nested too deeply to be read.
    """

    both: bool
    odd: bool
    cut: bool
    parts: tuple[Node | dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the rows of one entry share. `criteria`: name of the member of a match that holds the CPE."""

    flaw: str
    feed: str
    file: str
    place: str
    criteria: str


def node(value: dict[str, Any], children: str, matches: str, depth: int = 0) -> Node:
    """Return a node and what is below it; `children` and `matches` are the names of its members in this form of the feed."""
    operator = text(member(value, "operator")).upper()
    below = objects(member(value, children))
    parts: tuple[Node | dict[str, Any], ...] = (*(one for one in listed(member(value, matches)) if isinstance(one, dict)),)
    cut = bool(below) and depth >= _DEEPEST
    if below and not cut:
        parts = (*parts, *(node(one, children, matches, depth + 1) for one in below))
    odd = cut or operator not in ("", "AND", "OR") or value.get("negate") not in (None, False)
    return Node(operator == "AND", odd, cut, parts)


def rows(top: Node, entry: Entry, needs: tuple[str, ...] = (), odd: bool = False) -> Iterator[Affected | Broken]:
    """Yield a row for every vulnerable product of a configuration; Broken for a name that cannot be read."""
    odd = odd or top.odd
    if top.cut:
        yield Broken(
            feed=entry.feed, file=entry.file, place=f"{entry.place} {entry.flaw}", reason="expected nodes that are not nested so deeply"
        )
    for number, part in enumerate(top.parts):
        required = needs
        if top.both and len(top.parts) > 1:
            required = (*needs, *(name for other, one in enumerate(top.parts) if other != number and (name := _named(one, entry))))
        if isinstance(part, Node):
            yield from rows(part, entry, required, odd)
        elif part.get("vulnerable") is not False:
            yield _row(part, entry, " & ".join(required) or None, odd)


def _named(part: Node | dict[str, Any], entry: Entry) -> str:
    """Name what a part of an AND asks for."""
    if isinstance(part, dict):
        try:
            cpe = read_cpe(text(member(part, entry.criteria)))
        except CpeError:
            return "?"
        version = cpe.version if cpe.version not in (ANY, NONE) else ""
        return ":".join((cpe.part, cpe.vendor, cpe.product, *([version] if version else ())))
    names = list(dict.fromkeys(name for one in part.parts[: 10 * _MOST_NAMED] if (name := _named(one, entry))))
    if len(names) > _MOST_NAMED:
        names = [*names[:_MOST_NAMED], "…"]
    if not part.both and any(" & " in name for name in names):
        # An AND inside an OR has no form here: whoever reads it must not take half of it for the whole.
        names = ["?" if " & " in name else name for name in names]
    joined = (" & " if part.both else " | ").join(names)
    return f"not ({joined})" if part.odd and joined else joined


@dataclass(frozen=True, slots=True)
class _Range:
    since: str = ""
    since_out: bool = False
    before: str = ""
    before_in: bool = False
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class _Product:
    """What a CPE name alone says: the product, what it is narrowed to, and the versions where no range is given."""

    cpe: Cpe
    target: str | None
    versions: _Range
    scheme: str


@lru_cache(maxsize=1 << 14)
def _product(name: str) -> _Product:
    cpe = read_cpe(name)
    versions = _named_versions(cpe)
    return _Product(cpe, _target(cpe), versions, _scheme(cpe, versions))


def _row(match: dict[str, Any], entry: Entry, needs: str | None, odd: bool) -> Affected | Broken:
    try:
        product = _product(text(member(match, entry.criteria)))
    except CpeError as error:
        return Broken(feed=entry.feed, file=entry.file, place=f"{entry.place} {entry.flaw}", reason=str(error))
    cpe, versions, scheme = product.cpe, product.versions, product.scheme
    if not _BOUNDS.isdisjoint(match):
        versions = _given_versions(match, product)
        scheme = _scheme(cpe, versions)
    return Affected(
        flaw=entry.flaw,
        advisory=entry.flaw,
        feed=entry.feed,
        vendor=cpe.vendor,
        product=cpe.product,
        part=cpe.part,
        scheme=scheme,
        since=versions.since,
        since_out=versions.since_out,
        before=versions.before,
        before_in=versions.before_in,
        fixed=None if versions.before_in else versions.before or None,
        needs=needs,
        target=product.target,
        confidence="low" if odd or versions.doubt else "high",
        place=entry.place,
    )


def _named_versions(cpe: Cpe) -> _Range:
    if cpe.version == ANY:
        return _Range()
    if cpe.version == NONE or "version" in cpe.wildcards:
        return _Range(doubt=True)
    version = cpe.version if cpe.update in (ANY, NONE) else f"{cpe.version} {cpe.update}"
    return _Range(version, False, version, True, "update" in cpe.wildcards or not _ORDERED.match(version))


def _given_versions(match: dict[str, Any], product: _Product) -> _Range:
    since, since_out, twice = _bound(match, "versionStartIncluding", "versionStartExcluding")
    before, before_in, again = _bound(match, "versionEndExcluding", "versionEndIncluding")
    if not since and not before:
        return product.versions
    unordered = any(bound and not _ORDERED.match(bound) for bound in (since, before))
    return _Range(since, since_out, before, before_in, twice or again or unordered or product.cpe.version not in (ANY, NONE))


def _bound(match: dict[str, Any], plain: str, other: str) -> tuple[str, bool, bool]:
    """Return a bound, whether it is the `other` kind, and whether both are given."""
    first, second = text(member(match, plain)).lower(), text(member(match, other)).lower()
    found = first or second
    return _ESCAPE.sub(r"\1", found) if "\\" in found else found, not first and bool(second), bool(first and second)


def _scheme(cpe: Cpe, versions: _Range) -> str:
    """Return the scheme of a product whose makers count in a way of their own, where every bound is of that scheme."""
    bounds = [bound for bound in (versions.since, versions.before) if bound]
    if cpe.vendor == "microsoft" and cpe.product.startswith("windows_") and all(_WINDOWS_BUILD.match(bound) for bound in bounds):
        return "windows"
    if cpe.vendor == "fortinet" and cpe.product == "fortios" and all(_FORTIOS.match(bound) for bound in bounds):
        return "fortios"
    return "dotted"


def _target(cpe: Cpe) -> str | None:
    found = [f"{name}={value}" for name in _NARROWING if (value := getattr(cpe, name)) != ANY]
    if cpe.version in (ANY, NONE) and cpe.update not in (ANY, NONE):
        found.insert(0, f"update={cpe.update}")
    return ", ".join(found) or None
