"""Reads what a plan is made from out of a judged snapshot."""

from __future__ import annotations

from omamori.analyze.addresses import current_addresses
from omamori.analyze.reach.network import network_of, read_rows
from omamori.analyze.reach.ranges import joined
from omamori.respond.bastion.parts import Facts
from omamori.snapshot.database import Database


def read_facts(database: Database) -> Facts:
    """Return the facts of a snapshot whose tables `entries` and those of the devices are filled."""
    rows, doubts = read_rows(database)
    kinds = {row.zone: row.kind or "" for row in database.rows("zones")}
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in database.rows("zone_networks"):
        if row.network_first is not None and row.network_last is not None:
            spans.setdefault(row.zone, []).append((row.network_first, row.network_last))
    return Facts(
        rows=tuple(rows),
        doubts=doubts,
        network=network_of(rows, doubts),
        entries=tuple(sorted(database.rows("entries"), key=lambda one: one.entry)),
        zones={zone: (kinds.get(zone, ""), joined(found)) for zone, found in sorted(spans.items())},
        systems={row.asset: row.system for row in database.rows("device_facts")},
        vpns=tuple(sorted(database.rows("device_vpns"), key=lambda one: (one.asset, one.name))),
        addresses=current_addresses(database),
        designed=tuple(sorted(database.rows("designed_flows"), key=repr)),
    )
