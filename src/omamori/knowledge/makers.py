"""Who made a network card, by its hardware address; and what machines of a maker usually are.

The registry gives blocks of 24, 28 and 36 bits to makers; the longest one that holds an address counts. It tells who made the card,
not who made the machine: a PC has its network chip's maker, a virtual machine the maker of the hypervisor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from omamori.knowledge.facts import PackError
from omamori.model.recognised import MACHINES

_AS_OF = re.compile(r"\bas of (\d{4}-\d\d-\d\d)\b")
_LENGTHS = (9, 7, 6)
_PREFIXES = re.compile(r"(?:[0-9a-f]{9}|[0-9a-f]{6,7})(?: (?:[0-9a-f]{9}|[0-9a-f]{6,7}))*")
_DIGITS = re.compile(r"[0-9a-f]{12}")
_SHARED = ("00005e", "00000c07ac", "00000c9ff", "000573a0", "0007b400")
"""Blocks of routers' shared addresses (VRRP, HSRP, GLBP): no card has one."""
_VIRTUAL = re.compile(
    r"\b(?:vmware|xensource|parallels|qumranet|red hat|nutanix|microsoft|oracle virtualbox|pcs systemtechnik)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Makers:
    """The registry of `as_of`. `lines` are makers with their prefixes, `kinds` what machines of a maker usually are."""

    lines: tuple[tuple[str, str], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    as_of: date = date.min

    def maker_of(self, mac: str | None) -> str | None:
        """Return the maker of a hardware address, however it is written; None for one that is unknown, made up by software or a group's."""
        digits = re.sub(r"[^0-9a-f]", "", (mac or "").lower())
        if not _DIGITS.fullmatch(digits) or int(digits[:2], 16) & 3 or digits.startswith(_SHARED):
            return None
        found = (self._by_prefix.get(digits[:length]) for length in _LENGTHS)
        return next((maker for maker in found if maker is not None), None) or None

    def kind_of(self, maker: str | None) -> str | None:
        """Return what a machine with a card of this maker usually is (a code of MACHINES); None where it may be anything."""
        if not maker:
            return None
        return next((kind for kind, pattern in self._patterns if pattern.search(maker)), None)

    @staticmethod
    def virtual(maker: str | None) -> bool:
        """Return whether cards of this maker are mostly those of virtual machines."""
        return bool(maker and _VIRTUAL.search(maker))

    @cached_property
    def _by_prefix(self) -> Mapping[str, str]:
        return MappingProxyType({prefix: maker for maker, prefixes in self.lines for prefix in prefixes.split()})

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple(
            (kind, re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words.split("|"))) + r")(?!\w)", re.IGNORECASE))
            for kind, words in self.kinds
        )


def read_makers(listing: bytes, rows: Iterable[tuple[int, Mapping[str, str]]], kinds: Iterable[tuple[int, Mapping[str, str]]]) -> Makers:
    """Read makers.csv (`listing`; `rows` are its lines) and maker_kinds.csv; PackError names file, line and what was expected."""
    day = _AS_OF.search(listing[:400].decode("utf-8", "replace"))
    if day is None:
        raise PackError("makers.csv: line 1: expected the day of the listing, `# … as of 2022-08-27`")
    told = []
    for number, row in kinds:
        if row.get("kind") not in {value.code for value in MACHINES} or not row.get("words"):
            raise PackError(f"maker_kinds.csv: line {number}: expected a kind of machine and words of makers' names")
        told.append((row["kind"], row["words"]))
    lines = []
    for number, row in rows:
        if row.get("maker") is None or not _PREFIXES.fullmatch(row.get("prefixes") or ""):
            raise PackError(f"makers.csv: line {number}: expected a maker and prefixes of 6, 7 or 9 hexadecimal digits")
        lines.append((row["maker"], row["prefixes"]))
    return Makers(tuple(lines), tuple(told), date.fromisoformat(day[1]))
