"""Which machine of an earlier snapshot is which machine now. Pure.

Later evidence may tell that an address of yesterday is a machine with a name, that two were one, or that one was two: none of that is a
new machine, and none has gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from omamori.analyze.addresses import parse_address
from omamori.model.look import Identity
from omamori.snapshot.ages import renamed
from omamori.snapshot.identifiers import is_strong

_ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Followed:
    """`now`: earlier asset → present asset. `known`: present assets that were known under whatever name."""

    now: Mapping[str, str]
    known: frozenset[str]

    @property
    def was(self) -> Mapping[str, tuple[str, ...]]:
        """Present asset → the earlier ones it was, several where they turned out to be one."""
        found: dict[str, list[str]] = defaultdict(list)
        for earlier, present in sorted(self.now.items()):
            found[present].append(earlier)
        return {present: tuple(names) for present, names in sorted(found.items())}


def follow(before: Sequence[Identity], after: Sequence[Identity], earlier: Iterable[str], present: Iterable[str]) -> Followed:
    """Follow the assets `earlier` to those `present` by what is known of each; what has no counterpart is in neither.

    By what cannot be lent (machine-id, hardware), else by name, else by an address that is all that is known of it.
    """
    was, has = _by_asset(before), _by_asset(after)
    there = frozenset(present)
    names = renamed(before, after)
    addresses = _owners(after, _ADDRESS)
    now: dict[str, str] = {}
    for asset in sorted(set(earlier)):
        own = was.get(asset, {})
        target = names.get(asset)
        if target is None and asset in there and _may_be(own, has.get(asset, {})):
            target = asset
        if target is None and not own.get("strong") and not own.get("name"):
            target = _one({owner for address in own.get(_ADDRESS, ()) for owner in addresses.get(address, ())})
        if target in there:
            now[asset] = str(target)
    return Followed(now, _known(was, has, now))


def _may_be(was: Mapping[str, set[str]], has: Mapping[str, set[str]]) -> bool:
    """Return False where the name is the same and all the hardware another: the name (or the address) was given to another machine."""
    strong, still = was.get("strong", set()), has.get("strong", set())
    return not strong or not still or bool(strong & still)


def _known(was: Mapping[str, Mapping[str, set[str]]], has: Mapping[str, Mapping[str, set[str]]], now: Mapping[str, str]) -> frozenset[str]:
    known = set(now.values())
    held = {kind: {name for own in was.values() for name in own.get(kind, ())} for kind in ("strong", "name", _ADDRESS)}
    for asset, own in has.items():
        strongest = next((kind for kind in ("strong", "name", _ADDRESS) if own.get(kind)), None)
        if strongest is not None and own[strongest] & held[strongest]:
            known.add(asset)
    return frozenset(known)


def _by_asset(rows: Iterable[Identity]) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        kind, name = _kind(row.identifier)
        if kind:
            found[row.asset][kind].add(name)
    return found


def _owners(rows: Iterable[Identity], wanted: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        kind, name = _kind(row.identifier)
        if kind == wanted:
            found[name].add(row.asset)
    return found


def _kind(identifier: str) -> tuple[str, str]:
    """Return how far an identifier can be trusted, and it; a name that is an address is an address."""
    kind, _, value = identifier.partition(":")
    if is_strong(identifier):
        return "strong", identifier
    address = parse_address(value) if kind in ("ip", "name") else None
    if address is not None:
        return _ADDRESS, str(address)
    return ("name", value) if kind == "name" else ("", "")


def _one(owners: set[str]) -> str | None:
    return next(iter(owners)) if len(owners) == 1 else None
