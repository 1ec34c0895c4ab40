"""What a run was asked to look at, read from nmap's command line, and ports written as ranges. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import product

Address = IPv4Address | IPv6Address
Ranges = tuple[tuple[Address, Address], ...]
"""First and last address of each range."""

MAX_RANGES = 20_000
_SHORT_WITH_VALUE = frozenset(
    {"-p", "-e", "-S", "-g", "-D", "-b", "-m", "-o", "-i", "-iL", "-iR", "-sI", "-oN", "-oX", "-oS", "-oG", "-oA", "-oH"}
)
_SHORT = re.compile(
    r"-(?:[A6Fnrhv]|R|V|f{1,2}|[vd]{1,10}|[vd]\d{1,2}|T\S{1,12}|P[ESARUYOMPNTBI0nDd]?\S*|s[A-Z]{1,8}|p\S+|O\d?|e\S+|g\d+|D\S+|S\S+)"
)
_WITH_VALUE = (
    "datadir servicedb versiondb dns-servers exclude excludefile exclude-ports top-ports port-ratio max-os-tries "
    "max-parallelism min-parallelism max-rtt-timeout min-rtt-timeout initial-rtt-timeout host-timeout scan-delay "
    "max-scan-delay max-retries min-rate max-rate min-hostgroup max-hostgroup ttl ip-options spoof-mac source-port "
    "mtu data data-string data-length proxies proxy script script-args script-args-file script-help script-timeout "
    "stylesheet resume scanflags version-intensity stats-every nsock-engine route-dst"
)
_LONG_WITH_VALUE = frozenset(_WITH_VALUE.split())
_ALONE = (
    "open packet-trace reason traceroute no-stylesheet webxml system-dns version-light version-all version-trace "
    "script-trace osscan-limit osscan-guess fuzzy send-eth send-ip privileged unprivileged randomize-hosts badsum "
    "adler32 append-output iflist log-errors disable-arp-ping discovery-ignore-rst defeat-rst-ratelimit "
    "defeat-icmp-ratelimit allports noninteractive unique resolve-all release-memory deprecated-xml-osclass"
)
_LONG_ALONE = frozenset(_ALONE.split())
_OCTETS = re.compile(r"[\d,*-]{1,120}(?:\.[\d,*-]{1,120}){3}", re.ASCII)
_MARK = re.compile(r"\[secret: [a-z-]+, \w+\]")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command line names. `ranges` is None where not all of it can be told from the line (a list in a file, a name)."""

    targets: tuple[str, ...]
    ranges: Ranges | None


def asked_of(arguments: str) -> Asked:
    """Return the targets on nmap's command line. In: `args` as the file has it."""
    targets, excluded, sure = _words(_MARK.sub("-", arguments).split())
    ranges: list[tuple[Address, Address]] = []
    for target in targets:
        found = address_ranges(target)
        if found is None or len(ranges) + len(found) > MAX_RANGES:
            sure = False
        else:
            ranges += found
    without = [address_ranges(one) for one in excluded]
    if not targets or not sure or any(one is None for one in without):
        return Asked(tuple(targets), None)
    return Asked(tuple(targets), _less(ranges, [one for found in without for one in found or ()]))


def _words(words: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """Return targets, excluded addresses, and whether every option was known and no list lies elsewhere."""
    targets: list[str] = []
    excluded: list[str] = []
    sure = True
    rest = iter(words[1:])
    for word in rest:
        if not word.startswith("-") or word == "-":
            targets.append(word.strip("\"'"))
            continue
        name, equals, value = word.lstrip("-").partition("=")
        if word in _SHORT_WITH_VALUE or (not equals and name in _LONG_WITH_VALUE):
            value = next(rest, "")
        elif not (name in _LONG_WITH_VALUE or name in _LONG_ALONE or _SHORT.fullmatch(word)):
            sure = False  # An option nobody knows here may have taken the next word for itself.
        if name == "exclude":
            excluded += value.split(",")
        elif name in ("excludefile", "iL", "iR", "resume"):
            sure = False
    return targets, excluded, sure


@lru_cache(maxsize=1024)
def address_ranges(target: str) -> Ranges | None:
    """Return the addresses of one target: an address, a network, or nmap's `10.0.0-3.1,5`. None for a name, or for too many ranges."""
    text = target.strip("[]").partition("%")[0]
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return _octet_ranges(text) if _OCTETS.fullmatch(text) else None
    return ((network[0], network[-1]),)


def _octet_ranges(text: str) -> Ranges | None:
    octets = [_octet(part) for part in text.split(".")]
    if not all(octets):
        return None
    size = 1
    for one in octets:
        size *= len(one)
    if size > 2**20:
        return None
    found: list[tuple[int, int]] = []
    for a, b, c in product(*([value for first, last in one for value in range(first, last + 1)] for one in octets[:3])):
        base = (a << 24) + (b << 16) + (c << 8)
        for first, last in octets[3]:
            if found and found[-1][1] + 1 == base + first:
                found[-1] = (found[-1][0], base + last)
            else:
                found.append((base + first, base + last))
        if len(found) > MAX_RANGES:
            return None
    return tuple((IPv4Address(first), IPv4Address(last)) for first, last in found)


def _octet(text: str) -> list[tuple[int, int]]:
    """Return the ranges of one octet, in order; empty where it is none. `-` alone, an open end and `*` mean up to the last."""
    found = []
    for part in text.split(","):
        first, dash, last = ("0", "-", "255") if part == "*" else part.partition("-")
        if not dash:
            last = first
        first, last = first or ("0" if dash else ""), last or ("255" if dash else "")
        if not (first.isdigit() and last.isdigit() and len(first) < 4 and len(last) < 4 and int(first) <= int(last) <= 255):
            return []
        found.append((int(first), int(last)))
    return sorted(found)


def _less(ranges: Iterable[tuple[Address, Address]], without: Iterable[tuple[Address, Address]]) -> Ranges:
    """Return the ranges without others."""
    left = list(ranges)
    for low, high in without:
        kept: list[tuple[Address, Address]] = []
        for first, last in left:
            if first.version != low.version or int(high) < int(first) or int(low) > int(last):
                kept.append((first, last))
                continue
            if int(first) < int(low):
                kept.append((first, low - 1))
            if int(high) < int(last):
                kept.append((high + 1, last))
        left = kept
    return tuple(left)


def hosts_listed(addresses: Iterable[str]) -> Ranges:
    """Return single addresses as ranges; what is no address is left out."""
    found: list[tuple[Address, Address]] = []
    for text in addresses:
        try:
            found.append((ip_address(text), ip_address(text)))
        except ValueError:
            continue
    return tuple(found)


@lru_cache(maxsize=256)
def port_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ports of `1,3-4,6-7` as ranges in order that do not touch; what is no port is left out."""
    found: list[tuple[int, int]] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if first.isascii() and first.isdigit() and len(first) < 6 and (not dash or (last.isascii() and last.isdigit() and len(last) < 6)):
            low, high = int(first), int(last) if dash else int(first)
            if low <= high <= 65535:
                found.append((low, high))
    joined: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


def holds(ranges: Sequence[tuple[int, int]], port: int) -> bool:
    """Return whether a port is in ranges that are in order."""
    at = bisect_right(ranges, (port, 65536)) - 1
    return at >= 0 and ranges[at][0] <= port <= ranges[at][1]
