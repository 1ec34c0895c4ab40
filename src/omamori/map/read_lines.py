"""Read the doors of the house: declared lines, and ways between outside and inside that no line tells of."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from omamori.analyze.addresses import parse_address, split_addresses
from omamori.knowledge.pack import starter_pack
from omamori.map.hospital import Door, Judged, Line
from omamori.model.clean import clean
from omamori.snapshot.database import Database

ANSWERS_ON_A_PORT = ("vnc", "xrdp", "x2go", "nomachine", "guacamole", "dameware", "radmin")
"""Products of remote control that wait on a port inside. The others reach a machine through a server outside: doors in any wall."""
_OPEN_ZONES = ("dmz", "external", "guest")


def read_lines(
    database: Database,
    judged: Mapping[str, Judged],
    owner: Mapping[str, str],
    seen: Collection[str],
    present: Collection[str],
    shown: Mapping[str, str],
) -> tuple[Line, ...]:
    """Return the declared lines. `owner` is address → machine, `seen` the addresses that answered, `present` machines that were seen.

    `shown` are the lines that the configuration of a device, or traffic, shows: line → the machine it ends on.
    """
    found: dict[str, Line] = {}
    for row in sorted(database.rows("remote_lines"), key=repr):
        name = clean(row.line or "", 120)
        own = tuple(split_addresses(row.device_address))
        machine = next((owner[address] for address in own if address in owner), shown.get(name, ""))
        found[name] = Line(
            name=name,
            kind=clean(row.kind or "other", 40),
            vendor=clean(row.vendor or "", 120),
            purpose=clean(row.purpose or "", 120),
            device=clean(row.device or row.product or "", 80),
            firmware=clean(row.firmware or "", 40),
            address=clean(row.device_address or "", 80),
            lands_in=clean(row.lands_in or "", 120),
            machine=machine,
            seen=name in shown or machine in present or any(address in seen for address in own),
            always_open=clean(row.always_open or "", 10),
            source_restricted=clean(row.source_restricted or "", 10),
            two_factor=clean(row.two_factor or "", 10),
            last_used=row.last_used.isoformat() if row.last_used else "",
            judged=judged.get(name, Judged()),
            evidence=clean(row.evidence or "", 120),
        )
    return tuple(found[name] for name in sorted(found))


def read_doors(database: Database, zone_of: Mapping[str, str], kinds: Mapping[str, str]) -> tuple[Door, ...]:
    """Return the doors nobody declared: programs for working from outside, and connections to or from the Internet that were seen.

    `zone_of` is machine → zone, `kinds` zone → kind: in zones that are meant to face the outside a connection is no door.
    """
    labels = {product.product: product.label for product in starter_pack().remote_products()}
    doors: dict[tuple[str, str, str], Door] = {}
    query = "select asset, product, kind, evidence from remote_access where running and declared is not true order by all"
    for asset, product, kind, evidence in database.select(query):
        if kind in ("vpn", "tunnel") or (kind == "remote-control" and product not in ANSWERS_ON_A_PORT):
            name = clean(str(asset), 120)
            door = Door(
                name,
                clean(labels.get(product, str(product)), 60),
                "vpn" if kind in ("vpn", "tunnel") else "remote",
                clean(str(evidence or ""), 120),
            )
            doors[(door.machine, door.kind, door.product)] = door
    query = "select asset, peer, coalesce(direction, ''), min(evidence) from peers where peer_scope = 'public' and designed is not true group by all order by all"
    for asset, peer, direction, evidence in database.select(query):
        name = clean(str(asset), 120)
        if name not in zone_of or kinds.get(zone_of[name], "") in _OPEN_ZONES or parse_address(str(peer)) is None:
            continue
        kind = "in" if direction == "in" else "out"
        doors.setdefault((name, kind, ""), Door(name, clean(str(peer), 60), kind, clean(str(evidence or ""), 120)))
    return tuple(doors[key] for key in sorted(doors))
