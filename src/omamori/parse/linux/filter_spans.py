"""Sets of numbers, names and words a packet filter compares with: read, joined, written as the tables of devices want them.

All of them are exact: what two conditions demand together is again one of them, or the caller is told that it cannot be written so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

HIGHEST_PORT = 65_535
HIGHEST = {"ipv4": 2**32 - 1, "ipv6": 2**128 - 1}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spans:
    """Numbers from 0 to `highest`: those in `inside`, or all others when `negated`. The spans are sorted and do not overlap."""

    inside: tuple[Span, ...]
    highest: int
    negated: bool = False

    @classmethod
    def of(cls, spans: Iterable[Span], highest: int, *, negated: bool = False) -> Spans:
        """Return the set of all numbers in the spans, which may overlap and come in any order."""
        joined: list[Span] = []
        for first, last in sorted(spans):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], last))
            else:
                joined.append((first, last))
        return cls(tuple(joined), highest, negated)

    def plain(self) -> tuple[Span, ...]:
        """Return the spans of the numbers that are in the set."""
        if not self.negated:
            return self.inside
        found, low = [], 0
        for first, last in self.inside:
            if low < first:
                found.append((low, first - 1))
            low = last + 1
        return (*found, (low, self.highest)) if low <= self.highest else tuple(found)

    @property
    def everything(self) -> bool:
        """Whether every number is in it."""
        return self.plain() == ((0, self.highest),)

    @property
    def nothing(self) -> bool:
        """Whether no number is in it."""
        return not self.plain()

    def both(self, other: Spans) -> Spans:
        """Return the numbers in both sets."""
        if self.negated and other.negated:
            return Spans.of((*self.inside, *other.inside), self.highest, negated=True)
        return Spans(_shared(self.plain(), other.plain()), self.highest)


def _shared(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    found, left, right = [], 0, 0
    while left < len(one) and right < len(other):
        first, last = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if first <= last:
            found.append((first, last))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return tuple(found)


def write_ports(spans: Spans | None) -> str | None:
    """Return ports as the tables write them; None for any."""
    if spans is None or spans.everything:
        return None
    text = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans.inside)
    return f"!{text}" if spans.negated else text


def write_addresses(spans: Spans | None) -> str | None:
    """Return addresses as the tables write them: single ones, networks, else ranges; None for any."""
    if spans is None or spans.everything:
        return None
    kind = IPv4Address if spans.highest == HIGHEST["ipv4"] else IPv6Address
    text = ",".join(_address_text(kind(first), kind(last)) for first, last in spans.inside)
    return f"!{text}" if spans.negated else text


def _address_text(first: IPv4Address | IPv6Address, last: IPv4Address | IPv6Address) -> str:
    size = int(last) - int(first) + 1
    if size == 1:
        return str(first)
    if size & (size - 1) == 0 and int(first) % size == 0:
        return f"{first}/{first.max_prefixlen - size.bit_length() + 1}"
    return f"{first}-{last}"


def address_span(text: str) -> tuple[str, Span] | None:
    """Return (ipv4 or ipv6, first and last address) of an address, a network with prefix or mask, or a range; None when it is none."""
    low, dash, high = text.partition("-")
    if dash:
        first, last = _plain(low), _plain(high)
        if first is None or last is None or first.version != last.version or int(first) > int(last):
            return None
        return f"ipv{first.version}", (int(first), int(last))
    plain, slash, mask = text.partition("/")
    start = _plain(plain)
    if start is None:
        return None
    bits = 32 if start.version == 4 else 128
    length = prefix_length(mask.strip(), bits) if slash else bits
    if length is None:
        return None
    size = 1 << (bits - length)
    base = int(start) & ~(size - 1)
    return f"ipv{start.version}", (base, base + size - 1)


def _plain(text: str) -> IPv4Address | IPv6Address | None:
    """An address as it is: an IPv4 address inside an IPv6 one stays that."""
    try:
        return ip_address(text.strip())
    except ValueError:
        return None


def prefix_length(text: str, bits: int) -> int | None:
    """Return the length of `24` or `255.255.255.0`; None for masks with holes and anything else."""
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text) if int(text) <= bits else None
    mask = _plain(text)
    if mask is None or mask.max_prefixlen != bits:
        return None
    holes = int(mask) ^ ((1 << bits) - 1)
    return bits - holes.bit_length() if holes & (holes + 1) == 0 else None


@dataclass(frozen=True, slots=True)
class Names:
    """Words such as interfaces, protocols or states: those in `words`, or all others when `negated`."""

    words: tuple[str, ...]
    negated: bool = False

    def both(self, other: Names) -> Names | None:
        """Return what is in both; None when one of them has an open end (`eth*`) and they cannot be joined."""
        if self == other:
            return self
        if any(word.endswith("*") for word in (*self.words, *other.words)):
            return None
        if self.negated and other.negated:
            return Names(tuple(dict.fromkeys((*self.words, *other.words))), True)
        if self.negated:
            return other.both(self)
        return Names(tuple(word for word in self.words if (word in other.words) != other.negated))

    @property
    def nothing(self) -> bool:
        """Whether no word is in it."""
        return not self.words and not self.negated


def write_names(names: Names | None) -> str | None:
    """Return words as the tables write them; None for any."""
    if names is None or (names.negated and not names.words):
        return None
    text = ",".join(names.words)
    return f"!{text}" if names.negated else text
