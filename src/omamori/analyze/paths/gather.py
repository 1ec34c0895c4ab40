"""Reads the tables and gathers the parts of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from omamori.analyze.addresses import current_addresses
from omamori.analyze.paths import credentials, links, weak_services
from omamori.analyze.paths.parts import (
    HOSPITAL,
    USER,
    Credential,
    Link,
    Parts,
    Proposal,
    Reach,
    Weakness,
    entry_node,
    machine_node,
    zone_node,
)
from omamori.snapshot.database import Database


def gather(database: Database, today: date) -> Parts:
    """Return the parts of the graph as the tables of a snapshot show them on a day."""
    parts = Parts()
    entries = sorted(database.rows("entries"), key=lambda one: (one.entry, one.evidence))
    parts.entries = tuple(dict.fromkeys(one.entry for one in entries))
    parts.jewels = dict(database.select("select asset, jewel from crown_jewels order by all"))
    parts.zones = dict(links.zones_of(database))
    parts.reach = [*_reach(database, {one.entry: one.machine for one in entries if one.machine}), *_same_network(database)]
    for found in (
        weak_services.without_login(database),
        weak_services.shares(database),
        weak_services.flaws(database),
        weak_services.windows(database, today),
        weak_services.logins_on_the_wire(database),
        weak_services.device_passwords(database),
        weak_services.not_looked_at(database),
        credentials.shared_administrators(database),
        credentials.domain_accounts(database),
        credentials.device_secrets(database),
        links.in_several_networks(database, parts.zones),
        links.entrances(database, entries, parts.zones),
        links.same_credentials(database),
        links.domain(database),
    ):
        _sort_in(parts, found)
    parts.closing = {entry_node(one.entry): links.closing_changes(one) for one in entries}
    parts.propose(_rules(parts.reach))
    parts.proposals = _with_owners(database, parts.proposals)
    return parts


def _sort_in(parts: Parts, found: Iterable[Weakness | Link | Credential | Proposal]) -> None:
    for one in found:
        if isinstance(one, Weakness):
            parts.weaknesses.append(one)
        elif isinstance(one, Link):
            parts.links.append(one)
        elif isinstance(one, Credential):
            parts.credentials.append(one)
        else:
            parts.propose([one])


def _reach(database: Database, machines: Mapping[str, str]) -> list[Reach]:
    """Return what every zone and entry reaches. One-way answers never come back, so nothing over TCP is done that way.

    `machines`: the machine an entry lands on. What it reaches is reached from that machine, by whoever is on it.
    """
    query = (
        "select origin, origin_kind, asset, protocol, port, service, process, reach = 'open', rules from reached_services "
        "where reach in ('open', 'unknown') or (reach = 'one-way' and protocol = 'udp') order by all"
    )
    found: dict[Reach, None] = {}
    alone = _let_in_alone(database)
    for origin, kind, asset, protocol, port, service, process, certain, rules in database.select(query):
        landed = machines.get(origin) if kind == "entry" else None
        node = machine_node(landed, USER) if landed else entry_node(origin) if kind == "entry" else zone_node(origin)
        shown = " ".join(word for word in (service or process or "", f"{port}/{protocol}" if port is not None else protocol) if word)
        named = tuple(sorted({rule.strip() for rule in (rules or "").split(";") if rule.strip()}))
        senders = () if landed else alone.get((asset, protocol, port), ())
        nodes = [machine_node(sender, USER) for sender in senders if sender != asset] or [node]
        found |= {Reach(one, asset, protocol, port, shown, bool(certain), named): None for one in nodes}
    return list(found)


def _let_in_alone(database: Database) -> Mapping[tuple[str, str, int | None], tuple[str, ...]]:
    """Return (asset, protocol, port) → the machines that its own firewall lets in by their addresses, and nobody else: the jump server, mostly.

    Who stands beside such a machine has to get onto it first. A router is no such machine: others may come by its address.
    """
    devices = {
        str(asset)
        for (asset,) in database.select(
            "select asset from device_facts where system not in ('linux', 'windows') or forwards "
            "union select asset from assets where role = 'network' or forwards"
        )
    }
    owners: dict[str, set[str]] = {}
    for asset, addresses in current_addresses(database).items():
        for address in addresses:
            owners.setdefault(address, set()).add(asset)
    found: dict[tuple[str, str, int | None], set[str]] = {}
    others: set[tuple[str, str, int | None]] = set()
    query = "select asset, protocol, port, inbound, allowed_from, doubt from exposures where inbound <> 'blocked' order by all"
    for asset, protocol, port, inbound, allowed, doubt in database.select(query):
        named = [word.strip().removesuffix("/32") for word in (allowed or "").split(",") if word.strip()]
        senders = [owners.get(word, set()) for word in named]
        one_each = bool(senders) and all(len(one) == 1 and not one & devices for one in senders)
        if inbound == "restricted" and doubt is None and one_each:
            found.setdefault((asset, protocol, port), set()).update(*senders)
        else:
            others.add((asset, protocol, port))
    return {key: tuple(sorted(senders)) for key, senders in found.items() if key not in others}


def _same_network(database: Database) -> list[Reach]:
    """Return what machines of one network reach of each other: no device stands between them, only their own firewalls.

    Of one network are machines whose own mask spans the whole declared zone; what their firewall opens to all, all of them reach.
    """
    query = (
        "select distinct z.zone, e.asset, e.protocol, e.port, e.process from zone_networks z "
        "join interfaces i on i.network_first = z.network_first and i.network_last = z.network_last "
        "join exposures e on e.asset = i.asset "
        "where i.up is not false and coalesce(i.kind, '') not in ('loopback', 'tunnel', 'virtual') and e.inbound = 'open' "
        "and e.port is not null order by all"
    )
    found = []
    for zone, asset, protocol, port, process in database.select(query):
        shown = " ".join(word for word in (process or "", f"{port}/{protocol}") if word)
        found.append(Reach(zone_node(zone), asset, protocol, port, shown, True, ()))
    return found


def _rules(reach: Iterable[Reach]) -> Iterable[Proposal]:
    for rule in sorted({rule for one in reach for rule in one.rules}):
        device = rule.partition(" ")[0]
        ja = f"規則「{rule}」を、必要な相手とポートだけに絞る"
        yield Proposal(f"rule:{rule}", ja, f"Narrow the rule {rule} to the peers and ports that are needed", "low", device)


def _with_owners(database: Database, proposals: dict[str, Proposal]) -> dict[str, Proposal]:
    """Return the proposals, where the machine is a vendor's as what to ask that vendor."""
    query = "select asset, vendor from assets where hands_off order by all"
    keepers = {str(asset): str(vendor or "") for asset, vendor in database.select(query)}
    found = {}
    for name, one in proposals.items():
        vendor = one.vendor or keepers.get(one.asset)
        if vendor is None or vendor == HOSPITAL:
            found[name] = Proposal(one.change, one.ja, one.en, one.cost, one.asset, HOSPITAL, one.evidence)
            continue
        ja_who, en_who = vendor or "管理している業者", vendor or "the vendor who looks after it"
        ja, en = f"{ja_who}に相談する: {one.ja}", f"Ask {en_who}: {one.en}"
        found[name] = Proposal(one.change, ja, en, one.cost, one.asset, vendor or en_who, one.evidence)
    return found
