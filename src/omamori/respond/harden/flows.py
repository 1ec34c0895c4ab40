"""Who may connect to a machine and where it connects to, from what was seen and what is declared: pure reading of a judged snapshot.

What was seen: the machine's own connections, those of the machines at the other end, the logs of network devices, the connections routers
followed (`zone_flows` and `peers` are folds of these rows, so they add nothing). What is declared: designed flows of the ledger and of the
vendors' answers that are needed. Whatever cannot be told becomes a doubt, so that a plan holds less, never more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from omamori.analyze.addresses import Network, current_addresses, networks_of, parse_address
from omamori.analyze.peers import Places
from omamori.model.declared import DesignedFlow
from omamori.model.look import EVERYWHERE
from omamori.model.text import Text
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.flows_seen import Seen, own_looks, seen_flows
from omamori.respond.harden.parts import Machine, Observed

ENOUGH_DAYS = 5
ENOUGH_SPAN = timedelta(days=7)
"""Looks on five different days, a week or more apart: the work of a week is in them (docs/decisions/0061)."""


@dataclass(frozen=True, slots=True)
class FlowFact:
    """A peer that connects to a port of the machine (inbound), or that the machine connects to (outbound).

    `port` is the port of the service: own when inbound, the peer's when outbound; None: any. `protocol` None: any. `peer` is the address
    seen or the ledger's word, `asset` the machine behind it ("" where nobody knows). `networks` are the addresses that have to stay
    reachable: empty where it cannot be told which they are. `moving`: the peer's address changes (DHCP), so `networks` is where it may be.
    `last` None: only declared, never seen. `days`: on how many days it was seen. `decided`: the ledger or a vendor says whether it is needed.
    """

    protocol: str | None
    port: int | None
    peer: str
    asset: str = ""
    networks: tuple[Network, ...] = ()
    moving: bool = False
    declared: bool = False
    decided: bool = False
    purpose: str = ""
    process: str = ""
    first: datetime | None = None
    last: datetime | None = None
    days: int = 0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an allow-list of a machine has to hold, how long it was watched, and what is in doubt.

    `unwanted` are inbound flows that were seen although the ledger or a vendor says they are not needed: a plan stops them, and says so.
    """

    inbound: tuple[FlowFact, ...]
    outbound: tuple[FlowFact, ...]
    observed: Observed
    doubts: tuple[Text, ...] = ()
    unwanted: tuple[FlowFact, ...] = field(default=())

    @property
    def enough(self) -> bool:
        """Whether the machine was watched long enough for what was not seen to count as not used.

        Logs of others alone never suffice: they see nothing of what stays inside its own network.
        """
        one = self.observed
        return (
            one.looks > 0
            and one.days >= ENOUGH_DAYS
            and one.since is not None
            and one.until is not None
            and one.until - one.since >= ENOUGH_SPAN
        )

    def to(self, protocol: str, port: int | None) -> tuple[FlowFact, ...]:
        """Return the inbound flows that may use a port (None: any of them)."""
        return tuple(
            one for one in self.inbound if one.protocol in (None, protocol) and (port is None or one.port is None or one.port == port)
        )


def allowed(facts: Facts, machine: Machine) -> Allowed:
    """Return the flows of a machine within the last `facts.days` days, and those declared."""
    key = ("allowed", machine.asset, facts.moment, facts.days)
    if key not in facts.memory:
        facts.memory[key] = _allowed(facts, machine)
    found: Allowed = facts.memory[key]
    return found


def _allowed(facts: Facts, machine: Machine) -> Allowed:
    places = facts.places or Places.read(facts.database)
    own = _own_addresses(facts, machine)
    since = facts.moment - timedelta(days=facts.days)
    seen = tuple(seen_flows(facts.database, machine.asset, own, since))
    design = _Design.of(facts, machine, places, own)
    folded = [(one.inbound, _fact(facts, places, one)) for one in _folded(seen)]
    kept = [(inbound, fact) for inbound, fact in folded if not design.unwanted(inbound=inbound, fact=fact)]
    refused = tuple(replace(fact, decided=True) for inbound, fact in folded if inbound and design.unwanted(inbound=True, fact=fact))
    observed = _observed(facts, machine, seen, since)
    return Allowed(
        inbound=tuple(sorted((*(one for inbound, one in kept if inbound), *design.inbound), key=_order)),
        outbound=tuple(sorted((*(one for inbound, one in kept if not inbound), *design.outbound), key=_order)),
        observed=observed,
        doubts=tuple(_doubts(facts, machine, observed, own, design)),
        unwanted=tuple(sorted(refused, key=_order)),
    )


def declared_networks(facts: Facts) -> tuple[Network, ...]:
    """Return the networks of the hospital's zones, those outside left out; empty where no ledger was read."""
    rows = facts.database.select("select networks from zones where coalesce(kind, '') <> 'external' order by zone")
    return tuple(dict.fromkeys(network for (text,) in rows for network in networks_of(text)))


@dataclass(frozen=True, slots=True)
class _Design:
    """The declared flows of a machine, each from its own side or turned round."""

    inbound: tuple[FlowFact, ...]
    outbound: tuple[FlowFact, ...]
    no: tuple[tuple[bool, DesignedFlow, str], ...]
    yes: tuple[tuple[bool, DesignedFlow, str], ...]
    places: Places
    doubts: tuple[Text, ...]

    @classmethod
    def of(cls, facts: Facts, machine: Machine, places: Places, own: Sequence[str]) -> _Design:
        """Read the designed flows that concern a machine."""
        concerned = list(_concerning(facts, machine, places, own))
        yes = tuple(one for one in concerned if one[1].needed == "yes")
        made = [(inbound, _declared(facts, places, flow, word)) for inbound, flow, word in yes]
        doubts = tuple(
            Text(
                f"台帳の「{one.peer}」がどのアドレスか分からないので、{_port(one).ja}は絞れません",
                f'It is not known which addresses "{one.peer}" of the ledger has: {_port(one).en} cannot be narrowed',
            )
            for inbound, one in made
            if inbound and not one.networks
        )
        return cls(
            inbound=tuple(one for inbound, one in made if inbound),
            outbound=tuple(one for inbound, one in made if not inbound),
            no=tuple(one for one in concerned if one[1].needed == "no"),
            yes=yes,
            places=places,
            doubts=doubts,
        )

    def unwanted(self, *, inbound: bool, fact: FlowFact) -> bool:
        """Return whether a seen flow is declared as not needed, and by nobody as needed."""
        return self._fits(self.no, fact, inbound=inbound) and not self._fits(self.yes, fact, inbound=inbound)

    def _fits(self, flows: Sequence[tuple[bool, DesignedFlow, str]], fact: FlowFact, *, inbound: bool) -> bool:
        return any(
            inbound == way
            and flow.port in (None, fact.port)
            and flow.protocol in (None, fact.protocol)
            and self.places.covers(word, fact.peer, fact.asset or None)
            for way, flow, word in flows
        )


def _concerning(facts: Facts, machine: Machine, places: Places, own: Sequence[str]) -> Iterator[tuple[bool, DesignedFlow, str]]:
    """Yield (whether inbound, flow, the word for the peer) of every designed flow the machine is an end of."""
    for flow in sorted(facts.database.rows("designed_flows"), key=repr):
        if flow.asset == machine.asset:
            yield flow.direction != "out", flow, flow.peer
        elif any(places.covers(flow.peer, address, machine.asset) for address in own or ("",)):
            yield flow.direction == "out", flow, flow.asset


def _declared(facts: Facts, places: Places, flow: DesignedFlow, word: str) -> FlowFact:
    asset = places.assets.get(word.strip().lower(), "")
    networks, moving = _networks_of_machine(facts, places, asset) if asset else (_networks_of_word(places, word), False)
    return FlowFact(
        protocol=flow.protocol or None,
        port=flow.port,
        peer=word.strip(),
        asset=asset,
        networks=networks,
        moving=moving,
        declared=True,
        decided=True,
        purpose=flow.purpose or "",
        evidence=(flow.evidence,) if flow.evidence else (),
    )


def _networks_of_word(places: Places, word: str) -> tuple[Network, ...]:
    wanted = word.strip()
    return tuple(places.networks.get(wanted, ())) or networks_of(wanted)


def _networks_of_machine(facts: Facts, places: Places, asset: str) -> tuple[tuple[Network, ...], bool]:
    addresses = [address for address, owner in places.addresses.items() if owner == asset]
    single = tuple(network for address in sorted(addresses) for network in networks_of(address))
    if not any(_moves(facts, asset, address) for address in addresses):
        return single, False
    return tuple(dict.fromkeys((*single, *places.networks.get(places.zones.get(asset, ""), ())))), True


def _moves(facts: Facts, asset: str, address: str) -> bool:
    """Whether an address is given by DHCP; of a client PC nobody looked at, it has to be supposed."""
    query = "select bool_or(dhcp) from interfaces where asset = $asset and address = $address"
    known = facts.database.select(query, {"asset": asset, "address": address})
    said = known[0][0] if known else None
    if said is not None:
        return bool(said)
    leased = facts.database.select("select count(*) from leases where address = $address", {"address": address})
    machine = facts.machines.get(asset)
    return bool(leased and leased[0][0]) or (machine is not None and machine.role == "client")


def _fact(facts: Facts, places: Places, one: Seen) -> FlowFact:
    """Return a seen flow with the addresses its peer may have."""
    asset = places.addresses.get(one.peer, "")
    networks, moving = networks_of(one.peer), False
    if parse_address(one.peer) is not None and _moves(facts, asset, one.peer):
        zone = places.zones.get(asset, "") or next((name for name, held in places.networks.items() if _holds(held, one.peer)), "")
        networks, moving = tuple(dict.fromkeys((*networks, *places.networks.get(zone, ())))), True
    return FlowFact(
        protocol=one.protocol,
        port=one.port,
        peer=one.peer,
        asset=asset,
        networks=networks,
        moving=moving,
        process=one.process,
        first=one.first,
        last=one.last,
        days=len(one.on),
        evidence=one.evidence,
    )


def _holds(networks: Iterable[Network], address: str) -> bool:
    return any(network.holds(address) for network in networks)


def _folded(seen: Iterable[Seen]) -> list[Seen]:
    """Put sightings of one peer and port together."""
    found: dict[tuple[bool, str, int | None, str], Seen] = {}
    for one in seen:
        key = (one.inbound, one.protocol, one.port, one.peer)
        found[key] = found[key].joined(one) if key in found else one
    return list(found.values())


def _own_addresses(facts: Facts, machine: Machine) -> tuple[str, ...]:
    known = current_addresses(facts.database) if facts.addresses is None else facts.addresses
    return tuple(known.get(machine.asset, ()))


def _observed(facts: Facts, machine: Machine, seen: Sequence[Seen], since: datetime) -> Observed:
    """Count the days on which the machine was looked at, or a log or router that sees it told of it."""
    looks = own_looks(facts.database, machine.asset, since)
    days: set[date] = {look.date() for look in looks} | {day for one in seen if one.outside for day in one.on if day >= since.date()}
    moments = [*looks, *(moment for one in seen for moment in (one.first, one.last) if moment is not None and moment >= since)]
    return Observed(machine.asset, min(moments, default=None), max(moments, default=None), len(days), len(looks))


def _doubts(facts: Facts, machine: Machine, observed: Observed, own: Sequence[str], design: _Design) -> Iterator[Text]:
    yield from design.doubts
    if not own:
        yield Text(
            "機器のアドレスが分からないので、他の機器やログからは通信が見えません",
            "Its addresses are not known: logs and other machines tell nothing of it",
        )
    if not observed.looks:
        yield Text("機器自身の通信が一度も見られていません", "The machine's own connections were never looked at")
    elif not facts.complete(machine, "connections"):
        yield Text("機器自身の通信の一部が見えませんでした", "Part of the machine's own connections could not be seen")
    if not facts.looks.get((EVERYWHERE, "designed_flows"), (False, frozenset()))[0]:
        yield Text(
            "台帳の通信設計を読んでいないので、見えた通信だけが根拠です", "No sheet of designed flows was read: only what was seen counts"
        )
    asked = facts.database.select(
        "select distinct vendor from vendor_answers where question = 'flow' and answer = 'unknown' and asset = $asset order by vendor",
        {"asset": machine.asset},
    )
    for (vendor,) in asked:
        yield Text(f"{vendor}は必要な通信をまだ決めていません", f"{vendor} has not yet decided which connections are needed")


def _port(one: FlowFact) -> Text:
    if one.port is None:
        return Text("どのポートも", "every port")
    return Text(f"{one.protocol or ''} {one.port}番ポート".strip(), f"port {one.port} {one.protocol or ''}".strip())


def _order(one: FlowFact) -> tuple[object, ...]:
    return (one.protocol or "", one.port if one.port is not None else -1, one.peer, one.declared)
