"""IPv6 addresses of FortiOS policies: kept in the rules as written; what cannot be told is said."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.parse.device.dialects.fortios.tree import Block
from omamori.parse.device.extent import ANY
from omamori.parse.device.objects import Extent


def extent6(home: Block, names: Sequence[str]) -> Extent:
    """Return `all` as any address; every other object is a doubt that carries its words, since IPv6 is kept but not followed."""
    singles = home.block("firewall address6").entries
    doubts: list[tuple[None, str]] = []
    for name in names:
        block = singles.get(name)
        words = block.all("ip6") if block else []
        if block:
            block.all("type"), block.all("start-ip"), block.all("end-ip"), block.all("fqdn")
        if name == "all" and (not words or words[0] == "::/0"):
            return Extent(ANY)
        doubts.append((None, f"address6 {name} {' '.join(words)}".strip()))
    return Extent((), tuple(doubts))
