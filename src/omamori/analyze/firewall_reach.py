"""What every reading of a packet filter answers: whom it lets reach a port."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from omamori.model.network import FirewallRule

Inbound = Literal["open", "restricted", "blocked", "unknown"]
_WIDEST: tuple[Inbound, ...] = ("open", "unknown", "restricted", "blocked")
_ANY_SOURCE = ("0.0.0.0/0", "::/0", "any", "*")


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom the firewall lets reach a port: the verdict, the sources of a restricted one, and what decides."""

    inbound: Inbound
    allowed_from: tuple[str, ...] = ()
    decided_by: str = ""


def widest(answers: Iterable[Reach]) -> Reach:
    """Return the widest of several answers, with the sources of all that are equally wide."""
    found = list(answers)
    for inbound in _WIDEST:
        same = [answer for answer in found if answer.inbound == inbound]
        if same:
            sources = tuple(dict.fromkeys(source for answer in same for source in answer.allowed_from))
            return Reach(same[0].inbound, sources, same[0].decided_by)
    return Reach("unknown", decided_by="no address")


def sources_of(rule: FirewallRule, any_source: tuple[str, ...] = _ANY_SOURCE) -> list[str]:
    """Return the sources a rule is limited to; empty when it takes any."""
    sources = [source.strip() for source in (rule.sources or "").split(",") if source.strip()]
    return [] if any(source.lower() in any_source for source in sources) else sources


def has_port(rule: FirewallRule, port: int | None) -> bool:
    """Whether a rule's destination ports include a port."""
    if rule.port_first is None or port is None:
        return True
    return rule.port_first <= port <= (rule.port_last if rule.port_last is not None else rule.port_first)
