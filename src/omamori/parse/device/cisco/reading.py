"""What is collected while a configuration is read: rows, lines that were not understood, names that are used but nowhere defined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from omamori.model.device import DeviceChain, DeviceRule, DeviceUnread
from omamori.model.look import Problem
from omamori.parse.device import extent
from omamori.parse.device.cisco.acl import Ace
from omamori.parse.device.cisco.blocks import Statement, walk
from omamori.parse.device.cisco.values import ANY

ANSWERS = "established,related"
"""States of the packets of a connection that was let through before."""
_TEXT = 200
MOST_RULES = 100_000
"""Rules of one device, written out; no device anybody runs has as many."""


@dataclass(slots=True)
class Reading:
    """Rows and gaps found so far. `lines` counts the lines that say something."""

    rows: list[Any] = field(default_factory=list)
    unread: list[DeviceUnread] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_told: dict[str, str] = field(default_factory=dict)
    counted: int = 0
    undefined: set[tuple[str, str, int]] = field(default_factory=set)

    def skip(self, statement: Statement, concerns: str, section: str | None = None, *, below: bool = True) -> None:
        """Keep a statement that was not understood, and those under it."""
        for one in walk((statement,)) if below else (statement,):
            inside = section if one is statement else statement.text[:_TEXT]
            self.unread.append(
                DeviceUnread(line=one.number, text=one.text[:_TEXT], section=inside, concerns=concerns, evidence=str(one.number))
            )

    def missing(self, what: str, what_ja: str, name: str, number: int) -> None:
        """Tell of a name that is used but nowhere defined; each use once."""
        if (what, name, number) not in self.undefined:
            self.undefined.add((what, name, number))
            self.problems.append(
                Problem(number, f"the {what} {name}, which is defined nowhere", f"{what_ja} {name} (どこにも定義されていません)")
            )

    def chain(self, number: int, **said: Any) -> None:
        """Add a chain; `said` are columns of device_chains."""
        self.rows.append(DeviceChain(evidence=str(number), **said))

    def rules(self, found: Iterable[DeviceRule]) -> None:
        """Add rules, numbered in the order of evaluation; where a device has too many of them, one that is unknown stands for the rest."""
        for place, rule in enumerate(found):
            self.counted += 1
            if self.counted > MOST_RULES:
                self.rows.append(
                    DeviceRule(
                        chain=rule.chain, position=place, rule="…", decision="unknown", unread="too many rules", evidence=rule.evidence
                    )
                )
                return
            self.rows.append(replace(rule, position=place))


def rules_of(
    chain: str, ace: Ace, *, permit: str = "accept", deny: str = "drop", label: str | None = None, **said: Any
) -> list[DeviceRule]:
    """Return the rules a line of an access list is, one per service it names; `said` are further columns of every one."""
    found = []
    for service in ace.services:
        gaps = [*ace.unread, *(gap for gap in (ace.sources.unread, ace.destinations.unread, service.unread) if gap)]
        found.append(
            DeviceRule(
                **{
                    "chain": chain,
                    "rule": label or (str(ace.sequence) if ace.sequence is not None else ace.text[:_TEXT]),
                    "enabled": ace.enabled,
                    "decision": permit if ace.permit else deny,
                    "protocol": service.protocol,
                    "sources": ace.sources.text,
                    "destinations": ace.destinations.text,
                    "source_ports": service.source_ports,
                    "destination_ports": service.destination_ports,
                    "states": ace.states,
                    "sources_named": ace.sources.named,
                    "destinations_named": ace.destinations.named,
                    "services_named": ace.service_name,
                    "schedule": ace.schedule,
                    "logs": ace.logs,
                    "hits": ace.hits,
                    "unread": "; ".join(gaps)[:_TEXT] or None,
                    "evidence": str(ace.number),
                    **said,
                }
            )
        )
    return found


def turned(rule: DeviceRule) -> DeviceRule:
    """Return the rule for the answers to what a rule lets through: both ends changed, and only of connections there are."""
    icmp = rule.protocol == "icmp"
    return replace(
        rule,
        sources=rule.destinations, destinations=rule.sources,
        source_ports=None if icmp else rule.destination_ports, destination_ports=None if icmp else rule.source_ports,
        sources_named=rule.destinations_named, destinations_named=rule.sources_named,
        interface_in=rule.interface_out, interface_out=rule.interface_in, states=ANSWERS, hits=None,
    )  # fmt: skip


def unknown_rule(chain: str, number: int, text: str, **said: Any) -> DeviceRule:
    """Return the rule that stands where a line was not understood."""
    return DeviceRule(chain=chain, rule=text[:_TEXT], decision="unknown", unread=text[:_TEXT], evidence=str(number), **said)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Addresses a list lets through to a service: None is any. `known` is False where the list was not understood in full."""

    text: str | None
    known: bool = True
    nobody: bool = False


def permitted(aces: Sequence[Ace]) -> Allowed:
    """Return the sources a list permits, as the first line that matches decides."""
    free: tuple[tuple[int, int], ...] = extent.ANY
    taken: list[tuple[int, int]] = []
    for ace in (one for one in aces if one.enabled):
        if ace.sources.unread or ace.schedule or ace.unread or ace.evaluate:
            return Allowed(None, known=False)
        wanted = ranges(ace.sources.text)
        rest = extent.without(free, wanted)
        if ace.permit:
            taken += extent.without(free, rest)
        free = rest
    return Allowed(extent.written(taken) if taken else None, nobody=not taken)


def ranges(text: str | None) -> list[tuple[int, int]]:
    """Return the ranges of a list of addresses; None is all."""
    return [one for part in (text or ANY).split(",") if (one := extent.network(part)) is not None]


def secret_state(word: str, kind: str = "") -> str:
    """Return the state of a secret from what the redactor left of it; `kind` is the digit that tells how it is written."""
    if "empty]" in word:
        return "empty"
    if "default]" in word and kind in ("", "0"):
        return "default"
    return {"": "plain", "0": "plain", "7": "reversible", "6": "reversible"}.get(kind, "hashed")


SECRET = re.compile(r"\[secret: [a-z-]+, (?:empty|default|set)(?:; [a-z]+)?\]")
