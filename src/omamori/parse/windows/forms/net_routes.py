"""PowerShell about the way out and the neighbours: Get-NetRoute, Get-NetNeighbor."""

from __future__ import annotations

from ipaddress import IPv4Network
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Neighbour, Route
from omamori.parse.interface import Context
from omamori.parse.windows.adapters import answering
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.records import Record, Records, read_records
from omamori.parse.windows.routes import BESIDE, leads_away, network
from omamori.parse.windows.values import address, mac, number

_STATES = MappingProxyType(
    {"0": "unreachable", "1": "incomplete", "2": "probe", "3": "delay", "4": "stale", "5": "reachable", "6": "permanent"}
)
_NOBODY = frozenset({"ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"})
_ON_LINK = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound


def _records(piece: Piece) -> Records:
    return read_records(piece.lines) or Records("none", frozenset(), (), (), 0)


def _interface(record: Record, records: Records) -> str | None:
    return None if "InterfaceAlias" in records.cut_names else record.get("InterfaceAlias")


def read_routes(piece: Piece, context: Context) -> Parsed:
    """Return the routes that lead away. The whole list holds the loopback routes of both families."""
    records = _records(piece)
    problems = list(records.problems)
    found: list[tuple[Record, str, str | None]] = []
    beside: dict[str, list[IPv4Network]] = {}
    nets = set()
    for record in records.rows:
        net, hop = network(record.get("DestinationPrefix") or ""), address(record.get("NextHop"))
        if net is None or hop is None:
            problems.append(Problem(record.line, "a network and a next hop, not cut off", "宛先とNextHop(画面幅で切れていないこと)"))
            continue
        gateway = None if hop in _ON_LINK else hop
        nets.add(str(net))
        found.append((record, str(net), gateway))
        if isinstance(net, IPv4Network) and gateway is None and 0 < net.prefixlen < 32:
            beside.setdefault(_link(record), []).append(net)
    rows = tuple(_route(record, net, gateway, records) for record, net, gateway in found if _away(record, net, gateway, beside))
    both = nets >= {"127.0.0.0/8", "::1/128"}
    missing = ("origin", *(("interface",) if any(row.interface is None for row in rows) else ()))
    if not both and not problems:
        last = piece.lines[-1].number if piece.lines else 0
        problems.append(Problem(last, "the routes of IPv4 and IPv6 without a filter", "IPv4とIPv6の全ルート(絞り込みなし)"))
    look = Look("routes", complete=not problems, missing=missing, reason="not_understood" if problems else "not_collected")
    return Parsed(rows=rows, looks=(look,), problems=tuple(problems[:50]))


def _link(record: Record) -> str:
    return record.get("ifIndex", "InterfaceIndex", "InterfaceAlias") or ""


def _away(record: Record, text: str, gateway: str | None, beside: dict[str, list[IPv4Network]]) -> bool:
    net = network(text)
    others = beside.get(_link(record), [])[:BESIDE]
    if net is None or not leads_away(net, gateway, others):
        return False
    # Of an address on a network of the same card nobody tells whether it is the card's own: it leads nowhere else.
    if not isinstance(net, IPv4Network) or net.prefixlen < 32 or gateway is not None:
        return True
    return not any(net.subnet_of(other) for other in others)


def _route(record: Record, net: str, gateway: str | None, records: Records) -> Route:
    metrics = [number(record.get("RouteMetric")), number(record.get("ifMetric", "InterfaceMetric"))]
    # What route print calls the metric is the sum of both.
    known = [value for value in metrics if value is not None and value < 2**32]
    return Route(
        destination=net,
        gateway=gateway,
        interface=_interface(record, records),
        metric=sum(known) if known and metrics[0] is not None else None,
        evidence=str(record.line),
    )


def read_neighbours(piece: Piece, context: Context) -> Parsed:
    """Return the neighbours; broadcasts and multicasts are none, but they show that both families are listed."""
    records = _records(piece)
    problems = list(records.problems)
    families = set()
    rows = []
    for record in records.rows:
        plain = address(record.get("IPAddress"))
        if plain is None:
            problems.append(Problem(record.line, "an IP address, not cut off", "IPアドレス(画面幅で切れていないこと)"))
            continue
        families.add(":" in plain)
        hardware = mac(record.get("LinkLayerAddress"))
        if not answering(plain) or hardware == "ff:ff:ff:ff:ff:ff" or plain == "::1" or plain.startswith("127."):
            continue
        said = (record.get("State") or "").lower()
        rows.append(
            Neighbour(
                address=plain,
                mac=hardware if hardware not in _NOBODY else None,
                interface=_interface(record, records),
                state=_STATES.get(said, said)[:40] or None,
                evidence=str(record.line),
            )
        )
    both = families == {True, False}
    missing = tuple(name for name in ("interface", "state") if any(getattr(row, name) is None for row in rows))
    whole = both and not problems and not records.cut_names & {"LinkLayerAddress", "State"}
    reason = "not_understood" if problems else "not_collected" if missing or not whole else None
    return Parsed(
        rows=tuple(rows), looks=(Look("neighbours", complete=whole, missing=missing, reason=reason),), problems=tuple(problems[:50])
    )


FORMS = (
    Form(
        name="get_net_route",
        command="Get-NetRoute",
        tables=("routes",),
        read=read_routes,
        properties=(frozenset({"DestinationPrefix", "NextHop", "RouteMetric"}),),
        source="Microsoft Learn, NetTCPIP: Get-NetRoute",
    ),
    Form(
        name="get_net_neighbor",
        command="Get-NetNeighbor",
        tables=("neighbours",),
        read=read_neighbours,
        properties=(frozenset({"IPAddress", "LinkLayerAddress", "State"}),),
        source="Microsoft Learn, NetTCPIP: Get-NetNeighbor",
    ),
)
