"""What the writers share."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from omamori.analyze.reach.ranges import Ranges
from omamori.model.text import Text
from omamori.respond.isolate.boxes import ALL_ADDRESSES, ALL_PORTS, OTHERS, Box
from omamori.respond.isolate.parts import Cut, Written


def unwritable(cut: Cut, why: Text | None = None) -> Written:
    """Return a cut nobody can write for this device, with the reason: an interface whose name must not stand in a command, else `why`."""
    return Written(
        cut,
        None,
        None,
        why=why
        or Text(
            "インターフェースの名前に、設定に書くと危ない文字があります。ケーブルを抜くか、手で書いてください",
            "the name of an interface has characters that must not go into a command: pull the cable, or write it by hand",
        ),
    )


def networks(ranges: Ranges) -> list[ipaddress.IPv4Network]:
    """Return ranges of addresses as networks; empty for any."""
    if ranges == ALL_ADDRESSES:
        return []
    found: list[ipaddress.IPv4Network] = []
    for first, last in ranges:
        found += ipaddress.summarize_address_range(ipaddress.IPv4Address(first), ipaddress.IPv4Address(last))
    return found


def spans(ranges: Ranges) -> list[tuple[str, str]]:
    """Return ranges of addresses as first and last; empty for any."""
    if ranges == ALL_ADDRESSES:
        return []
    return [(str(ipaddress.IPv4Address(first)), str(ipaddress.IPv4Address(last))) for first, last in ranges]


def port_words(ranges: Ranges, between: str = "-") -> list[str]:
    """Return ports as a device writes them; empty for any."""
    if ranges == ALL_PORTS:
        return []
    return [str(low) if low == high else f"{low}{between}{high}" for low, high in ranges]


def services(box: Box) -> Iterator[tuple[str | None, Ranges, Ranges]]:
    """Yield protocol (None: any), destination ports, source ports; `other` is written out as the protocols of `OTHERS`."""
    if box.protocol == "any":
        yield None, ALL_PORTS, ALL_PORTS
    elif box.protocol == "other":
        for protocol in OTHERS:
            yield protocol, ALL_PORTS, ALL_PORTS
    else:
        yield box.protocol, box.destination_ports, box.source_ports
