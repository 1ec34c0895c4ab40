"""Reads which runs of a scanner there were, what each asked, and how far it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from omamori.analyze.addresses import Network, networks_of, parse_address
from omamori.analyze.changes.address_set import AddressSet, network_of
from omamori.analyze.changes.picture import Run
from omamori.model.approval import Approval
from omamori.model.sightings import NetworkHost, Scan
from omamori.parse.nmap.targets import asked_of, port_ranges
from omamori.snapshot.database import Database
from omamori.snapshot.network_state import PortRanges


def read_runs(database: Database, hosts: Sequence[NetworkHost]) -> tuple[Mapping[str, Run], Mapping[str, PortRanges]]:
    """Return the runs by name, and the TCP ports each asked where it says so. One run that came in several times is one."""
    reached: dict[str, set[str]] = defaultdict(set)
    segments: dict[str, set[str]] = defaultdict(set)
    for host in hosts:
        address = parse_address(host.address)
        if address is not None and host.scan:
            reached[host.scan].add(network_of(str(address)))
            if host.mac:
                segments[host.scan].add(network_of(str(address)))
    by_name: dict[str, list[Scan]] = defaultdict(list)
    for row in sorted(database.rows("scans"), key=lambda row: (row.source, row.evidence)):
        by_name[row.scan].append(row)
    orders = [row for rows in by_name.values() for row in rows if row.approval and row.targets and row.began]
    approvals = {row.approval: row for row in database.rows("approvals")} if database.has("approvals") else {}
    ledger = _not_ours(database)
    runs, ports = {}, {}
    for name, rows in by_name.items():
        told = next((row.asked_ports for row in rows if row.asked_ports), None)
        if told is not None:
            ports[name] = port_ranges(told)
        began = min((row.began for row in rows if row.began is not None), default=None)
        if began is None:
            continue  # Nobody can say what came before it.
        order = next((one for one in orders if one in rows or _within(began, one)), None)
        # What one order started in several parts is one run: an address that answered the first part was asked by no later one.
        parts = [other for other, its in by_name.items() if order is not None and any(one is order or _part(one, order) for one in its)]
        runs[name] = Run(
            name=name,
            began=began if order is None or order.began is None else min(began, order.began),
            finished=all(row.finished for row in rows) and (order is None or order.finished),
            asked=AddressSet.read(order.targets) if order is not None else _asked(rows),
            spared=_spared(approvals.get(order.approval), ledger) if order is not None else AddressSet(),
            reached=frozenset().union(*(reached[part] for part in (name, *parts))),
            segments=frozenset().union(*(segments[part] for part in (name, *parts))),
            where=rows[0].evidence,
        )
    return runs, ports


def _part(row: Scan, order: Scan) -> bool:
    return row.began is not None and _within(row.began, order)


def _within(began: datetime, order: Scan) -> bool:
    """Return True for a run that an order of our own started: its file does not name the targets, it reads them from a list."""
    return order.began is not None and order.ended is not None and order.began <= began <= order.ended


def _asked(rows: Sequence[Scan]) -> AddressSet | None:
    """Return what the command line of a scanner names, without what it leaves out; None when it does not tell all of it."""
    for row in rows:
        ranges = asked_of(row.arguments).ranges if row.arguments and row.tool.startswith("nmap") else None
        if ranges is not None:
            return AddressSet.of(Network(first, last) for first, last in ranges)
    return None


def _spared(approval: Approval | None, ledger: Sequence[Network]) -> AddressSet:
    """Return the addresses an approved run left alone: those the approval excludes, and what is not the hospital's own without consent."""
    agreed = {network.first for network in networks_of(approval.consented if approval else None) if network.size == 1}
    return AddressSet.of(
        (*networks_of(approval.excluded if approval else None), *(network for network in ledger if network.first not in agreed))
    )


def _not_ours(database: Database) -> tuple[Network, ...]:
    """Return the declared addresses of medical, leased and vendor-run machines: no approved run asks them without their maker's consent."""
    query = (
        "select l.address from ledger_assets l join assets a on a.asset = l.asset where a.hands_off and l.address is not null order by all"
    )
    return tuple(network for (text,) in database.select(query) for network in networks_of(str(text)))


def newest(runs: Sequence[Run]) -> datetime | None:
    """Return when the newest run began; None when there is none."""
    return max((run.began for run in runs), default=None)
