"""Reads who talks to whom: flows and connections seen in the last days, and what was designed, as ranges of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from omamori.analyze.addresses import networks_of, parse_address
from omamori.analyze.reach.ranges import Ranges, address_number
from omamori.model.text import Text
from omamori.respond.isolate.facts import Facts
from omamori.snapshot.database import Database

_STOPPED = "('deny', 'drop', 'reject', 'blocked')"


@dataclass(frozen=True, slots=True)
class Flow:
    """Packets from the one that begins to the one that answers. `seen` None: only designed. `asset` is the machine that answers."""

    sources: Ranges
    destinations: Ranges
    asset: str
    protocol: str
    port: int | None
    seen: datetime | None
    declared: bool
    clinical: bool | None
    bearable_hours: int | None
    instead: str
    purpose: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is known of the traffic of the last `days`; `doubts` say what was not watched or not understood."""

    flows: tuple[Flow, ...]
    days: int
    doubts: tuple[Text, ...] = ()


def read_traffic(database: Database, facts: Facts, moment: datetime, days: int) -> Traffic:
    """Return the flows seen in the `days` before `moment` (UTC without zone) and the designed ones."""
    seen = list(_seen(database, moment - timedelta(days=days)))
    designed, lost = _designed(facts)
    return Traffic(
        flows=tuple(_told(facts, one, designed) for one in seen) + tuple(designed),
        days=days,
        doubts=(*_doubts(database, seen, lost, days), *_sixes(database, moment - timedelta(days=days))),
    )


def _seen(database: Database, since: datetime) -> Iterator[Flow]:
    for source, target, protocol, port, seen, evidence in _noted(database, since):
        sources, destinations = _ranges(source), _ranges(target)
        if sources and destinations:
            yield Flow(
                sources, destinations, "", protocol or "", None if port is None else int(port), seen or since, False, None, None, "", "", evidence or ""
            )  # fmt: skip


def _sixes(database: Database, since: datetime) -> Iterator[Text]:
    """Say that there are flows of IPv6: they are in no list, and stop where an interface is cut."""
    noted = (parse_address(target) for _, target, *_ in _noted(database, since))
    count = sum(one is not None and one.version == 6 and not one.is_link_local and not one.is_loopback for one in noted)
    if count:
        yield Text(
            f"IPv6の通信が {count} 種類見えていますが、この一覧には入っていません。インターフェースごと切ると止まります",
            f"{count} flows of IPv6 were seen that are not in this list: they stop where a whole interface is cut",
        )


def _noted(database: Database, since: datetime) -> Iterator[tuple[Any, ...]]:
    window = f"{since:%Y-%m-%d %H:%M:%S}"
    query = f"""
    select source, target, protocol, port, max(seen), min(evidence) from (
      select source_address as source, destination_address as target, protocol, destination_port as port, coalesce(last_seen, first_seen) as seen, evidence
      from flows where coalesce(action, '') not in {_STOPPED}
      union all
      select source_address, destination_address, protocol, destination_port, seen, evidence from followed_connections
      union all
      select if(direction = 'in', peer_address, local_address), if(direction = 'in', local_address, peer_address), protocol,
        if(direction = 'in', local_port, peer_port), seen, evidence from connections where direction in ('in', 'out')
    ) where source is not null and target is not null and (seen is null or seen >= timestamp '{window}') group by all order by all
    """  # noqa: S608 - constants and a moment
    yield from database.select(query)


def _ranges(text: str) -> Ranges:
    return tuple((int(one.first), int(one.last)) for one in networks_of(text) if one.first.version == 4 and not one.first.is_loopback)


def _designed(facts: Facts) -> tuple[list[Flow], int]:
    """Return the designed flows as addresses, and how many name nobody known."""
    found, lost = [], 0
    for row in facts.network.designed:
        if row.needed == "no":
            continue
        machine = facts.ranges(row.asset)
        peer = facts.ranges(row.peer)
        if machine is None or peer is None:
            lost += 1
            continue
        inward = row.direction != "out"
        server = row.asset if inward else _machine_of(facts, peer)
        found.append(
            Flow(
                peer if inward else machine, machine if inward else peer, server, row.protocol or "tcp", row.port, None, True,
                {"yes": True, "no": False}.get(row.clinical or ""), row.bearable_hours, row.instead or "", row.purpose or "", row.evidence,
            )
        )  # fmt: skip
    return found, lost


def _told(facts: Facts, flow: Flow, designed: list[Flow]) -> Flow:
    """Say of a flow that was seen what the design says of it."""
    asset = _machine_of(facts, flow.destinations)
    best = next((one for one in designed if _covers(one, flow)), None)
    if best is None:
        return Flow(
            flow.sources, flow.destinations, asset, flow.protocol, flow.port, flow.seen, False, None, None, "", "", flow.evidence
        )  # fmt: skip
    return Flow(
        flow.sources, flow.destinations, asset, flow.protocol, flow.port, flow.seen, True, best.clinical, best.bearable_hours, best.instead,
        best.purpose, flow.evidence,
    )  # fmt: skip


def _covers(designed: Flow, seen: Flow) -> bool:
    if designed.protocol != seen.protocol or designed.port not in (None, seen.port):
        return False
    return within(seen.sources, designed.sources) and within(seen.destinations, designed.destinations)


def within(inner: Ranges, outer: Ranges) -> bool:
    """Return whether all of the first lies in the second."""
    return all(any(low <= first and last <= high for low, high in outer) for first, last in inner)


def _machine_of(facts: Facts, ranges: Ranges) -> str:
    """Return the machine at an address; empty for more than one address or nobody known."""
    if len(ranges) != 1 or ranges[0][0] != ranges[0][1]:
        return ""
    return next((asset for asset, held in facts.network.addresses.items() for word in held if address_number(word) == ranges[0][0]), "")


def _doubts(database: Database, seen: list[Flow], lost: int, days: int) -> Iterator[Text]:
    if not seen:
        yield Text(
            f"この{days}日の通信を見たものがありません(ログも、機器で見た接続も)。何が止まるかは、設計に書かれた分しか分かりません",
            f"nothing watched the traffic of these {days} days, no log and no connections of machines: what would stop is known from the design alone",
        )
    else:
        yield Text(
            "見ていない時間と見ていない機器の通信は入っていません。月に一度・年に一度の処理は、使う部門に聞いてください",
            "what passes at other times or between machines nobody looked at is not in it: ask those who use it about monthly and yearly work",
        )
    whole = database.select("select coalesce(bool_and(complete), false) from collected where table_name = 'designed_flows'")
    if not any(bool(complete) for (complete,) in whole):
        yield Text(
            "台帳の「設計通信」が書き終わっていないため、ほかにも止まる通信があり得ます",
            "the ledger's sheet of designed flows is not finished: more may stop than is listed",
        )
    if lost:
        yield Text(
            f"「設計通信」のうち {lost} 行は相手のアドレスが分からず、入っていません",
            f"{lost} rows of the designed flows name nobody whose address is known: they are not in it",
        )
