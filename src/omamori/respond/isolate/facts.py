"""Reads what a block is prepared from out of a judged snapshot: devices and zones, the ledger's places to cut, what is never blocked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from omamori.analyze.addresses import last_seen_addresses, networks_of, parse_address
from omamori.analyze.neighbours import plain_mac
from omamori.analyze.reach.ranges import LAST_ADDRESS, Ranges, address_number, inverted, joined
from omamori.analyze.reach.ranges import addresses as addresses_in
from omamori.analyze.whereabouts import Whereabouts
from omamori.model.declared import CutPoint, NeverBlockedFlow
from omamori.respond.bastion.facts import read_facts as read_network_facts
from omamori.respond.bastion.parts import Facts as NetworkFacts
from omamori.respond.isolate.boxes import minus
from omamori.snapshot.database import Database

_MACHINES = """
select a.asset, coalesce(a.hostname, ''), coalesce(h.platform, a.platform, ''), coalesce(a.zone, ''), coalesce(a.vendor, ''), a.hands_off,
  a.medical or a.important, coalesce(l.place, ''), l.recovery_hours, coalesce(l.instead, ''), coalesce(l.mac, ''), a.evidence
from assets a left join hosts h on h.asset = a.asset left join ledger_assets l on l.asset = a.asset order by a.asset
"""
_WITHIN = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,169.254.0.0/16,127.0.0.0/8,224.0.0.0/3"


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine as far as a block is concerned. `care`: care depends on it; `port`: the switch port it is behind, as `SWITCH PORT`.

    `elsewhere`: addresses it was seen at last that neither it nor the ledger names; `ipv6`: its addresses of IPv6 that are routed.
    """

    asset: str
    hostname: str
    platform: str
    zone: str
    vendor: str
    hands_off: bool
    care: bool
    room: str
    bearable_hours: int | None
    instead: str
    port: str
    addresses: Ranges
    evidence: str
    elsewhere: Ranges = ()
    ipv6: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a snapshot tells. `network` is what the plan of one door reads: devices, zones, entries, designed flows."""

    network: NetworkFacts
    machines: Mapping[str, Machine]
    points: tuple[CutPoint, ...]
    never: tuple[NeverBlockedFlow, ...]
    never_known: bool
    copies: tuple[str, ...]
    """Machines that keep backups."""
    may_cut: str
    """Who may cut the network, as answered."""

    def ranges(self, words: str | None) -> Ranges | None:
        """Return the addresses that zones, machines, vendors, lines, addresses or networks mean; None when a word means nothing known."""
        text = (words or "").strip()
        whole = self._named(text)
        if whole:
            return whole
        found: list[tuple[int, int]] = []
        for word in re.split(r"[,、;\s]+", text):
            spans = self._named(word) or tuple((int(one.first), int(one.last)) for one in networks_of(word) if one.first.version == 4)
            if not spans:
                return None
            found += spans
        return joined(found) or None

    def machines_named(self, words: str | None) -> tuple[Machine, ...]:
        """Return the machines that words mean, by their name in the ledger or their host name: two where one was given the other's name."""
        text = (words or "").strip()
        folded = {word.casefold() for word in (text, *re.split(r"[,、;\s]+", text)) if word}
        return tuple(one for one in self.machines.values() if folded & {name.casefold() for name in (one.asset, one.hostname) if name})

    def _named(self, word: str) -> Ranges:
        folded = word.casefold()
        for zone, (_, ranges) in self.network.zones.items():
            if zone.casefold() == folded:
                return ranges
        named = [one for one in self.machines.values() if folded and folded in (one.asset.casefold(), one.hostname.casefold())]
        if named:
            return joined(span for one in named for span in one.addresses)
        # Who comes in by a line is meant by its vendor's name or its own.
        lines = [
            one
            for one in self.network.entries
            if folded and folded in {(name or "").casefold() for name in (one.vendor, one.line, one.entry)}
        ]
        return joined(span for one in lines if one.sources for span in addresses_in(one.sources)[0] or ())

    def zone_at(self, address: int) -> str:
        """Return the zone an address is in: the smallest that holds it; empty for none."""
        found = [
            (last - first, zone) for zone, (_, ranges) in self.network.zones.items() for first, last in ranges if first <= address <= last
        ]
        return min(found)[1] if found else ""

    def outside(self) -> Ranges:
        """Return the addresses that are certainly outside: in no zone, and none that are used within networks (RFC 1918, 6598, 3927, 1122)."""
        zones = [span for kind, ranges in self.network.zones.values() if kind != "external" for span in ranges]
        return inverted(joined([*zones, *(addresses_in(_WITHIN)[0] or ())]), LAST_ADDRESS)


def read_facts(database: Database) -> Facts:
    """Return the facts of a judged snapshot."""
    network = read_network_facts(database)
    ports = Whereabouts.read(database).ports if database.has("forwarding_entries") else {}
    answers = database.select("select remark from questions where question = 'who-may-cut' and answer = 'yes' and remark is not null")
    # A snapshot from before the sheet has no table of it: then nothing is known of what must not be stopped.
    held = database.has("never_blocked")
    copies = database.select("select asset from crown_jewels where jewel = 'backup' order by all") if database.has("crown_jewels") else ()
    return Facts(
        network=network,
        machines={machine.asset: machine for machine in _machines(database, network.addresses, ports)},
        points=tuple(sorted(database.rows("cut_points"), key=lambda point: (point.position is None, point.position or 0, point.place))),
        never=tuple(sorted(database.rows("never_blocked"), key=lambda row: row.flow)) if held else (),
        never_known=held and _whole(database, "never_blocked"),
        copies=tuple(str(asset) for (asset,) in copies),
        may_cut=next((str(remark) for (remark,) in answers), ""),
    )


def _whole(database: Database, table: str) -> bool:
    query = f"select coalesce(bool_and(complete), false) from collected where table_name = '{table}'"  # noqa: S608 - a name of the model
    return any(bool(complete) for (complete,) in database.select(query))


def _machines(database: Database, addresses: Mapping[str, Iterable[str]], ports: Mapping[str, str]) -> Iterable[Machine]:
    seen: set[str] = set()
    last = last_seen_addresses(database)
    for asset, hostname, platform, zone, vendor, hands_off, care, room, hours, instead, mac, evidence in database.select(_MACHINES):
        if asset in seen:
            continue
        seen.add(asset)
        held = _numbers(addresses.get(asset, ()))
        port = next((ports[plain] for word in str(mac).split() if (plain := plain_mac(word)) in ports), "")
        yield Machine(
            asset, hostname, platform, zone, vendor, bool(hands_off), bool(care), room, hours, instead, port,
            held, evidence or "", minus(_numbers(last.get(asset, ())), held),
            tuple(word for word in addresses.get(asset, ()) if (six := parse_address(word)) and six.version == 6 and not six.is_link_local),
        )  # fmt: skip


def _numbers(addresses: Iterable[str]) -> Ranges:
    numbers = [number for address in addresses if (number := address_number(address)) is not None]
    return joined((number, number) for number in numbers)
