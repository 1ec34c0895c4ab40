"""A made-up network and scans of it, and the tables a snapshot holds after them: newest answer of each address, the machines joined by hardware."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from omamori.analyze.changes.picture import Picture
from omamori.analyze.changes.read import read_picture
from omamori.model.derived import Asset
from omamori.model.gentle import GENTLE_PORTS
from omamori.model.look import EVERYWHERE, Collected, Identity
from omamori.model.sightings import NetworkHost, NetworkPort, Scan
from omamori.parse.nmap.targets import holds, port_ranges
from omamori.snapshot.database import Database

START = datetime(2026, 1, 5, 9)
GENTLE = ",".join(map(str, GENTLE_PORTS))


@dataclass(frozen=True)
class Box:
    """A machine of the world: where it is plugged in and what it offers (port → product and version)."""

    number: int
    address: str
    ports: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    filtered: frozenset[int] = frozenset()

    @property
    def mac(self) -> str:
        return f"00:1b:21:00:{self.number // 256:02x}:{self.number % 256:02x}"


@dataclass(frozen=True)
class Look:
    """A scan: on which day, what it was asked, who slept, and where it stood. `inside`: on the segment, so that it sees hardware addresses."""

    day: int
    targets: str = "10.1.0.0/24"
    ports: str = GENTLE
    asleep: frozenset[int] = frozenset()
    inside: bool = True
    finished: bool = True
    probes: bool = True
    boxes: tuple[Box, ...] = ()

    @property
    def began(self) -> datetime:
        return START + timedelta(days=self.day)

    @property
    def name(self) -> str:
        return f"nmap-{self.day}-{crc32(repr(self).encode()):08x}"


def answered(look: Look) -> list[Box]:
    """Return who answers a scan."""
    network = look.targets.rpartition(".")[0]
    return [box for box in look.boxes if box.number not in look.asleep and box.address.startswith(network + ".")]


def tables(looks: Iterable[Look], names: Mapping[int, str] | None = None, zones: Mapping[str, str] | None = None) -> list[Any]:
    """Return the rows of a snapshot after these scans; `names`: what later evidence calls a machine."""
    rows: list[Any] = []
    newest: dict[str, tuple[Look, Box]] = {}
    at: dict[str, dict[str, tuple[Look, Box]]] = {}
    ordered = sorted({look.name: look for look in looks}.values(), key=lambda look: (look.day, look.name))
    macs: dict[str, str] = {}
    for look in ordered:
        rows.append(_scan(look))
        for box in answered(look):
            newest[box.address] = (look, box)
            # A scan from elsewhere sees no hardware address: it is the same machine where nothing else says otherwise.
            if look.inside:
                macs[box.address] = box.mac
            who = macs.get(box.address, box.address)
            at.setdefault(who, {})[box.address] = (look, box)
    for who, places in sorted(at.items()):
        held = {address: seen for address, seen in places.items() if newest[address][1].number == seen[1].number or newest[address] == seen}
        if not held:
            continue
        last = max(held.values(), key=lambda seen: (seen[0].day, seen[1].address))
        asset = (names or {}).get(last[1].number, last[1].address)
        rows.append(Asset(asset=asset, zone=(zones or {}).get(last[1].address.rpartition(".")[0]), declared=False))
        first = min(look.began for look, _ in held.values())
        rows += [Identity(asset=asset, identifier=f"ip:{address}", since=first, said_by="nmap.xml") for address in places]
        if who.count(":") == 5:
            rows.append(Identity(asset=asset, identifier=f"mac:{who}", since=first, said_by="nmap.xml"))
        if names and last[1].number in names:
            rows.append(Identity(asset=asset, identifier=f"name:{asset}", since=first, said_by="linux.host"))
        for address, (look, box) in held.items():
            rows += _seen(asset, address, look, box)
    return rows


def _scan(look: Look) -> Scan:
    return Scan(
        scan=look.name,
        tool="nmap 7.93",
        began=look.began,
        ended=look.began + timedelta(minutes=5) if look.finished else None,
        finished=look.finished,
        targets=look.targets,
        asked_ports=look.ports,
        arguments=f"nmap -sT -p {look.ports} {look.targets}",
        source="nmap.xml",
        evidence=f"{blob(look)}:2",
    )


def blob(look: Look) -> str:
    return f"{crc32(look.name.encode()):016x}"


def _seen(asset: str, address: str, look: Look, box: Box) -> list[Any]:
    moment, here = look.began + timedelta(minutes=1), blob(look)
    host = NetworkHost(
        asset=asset,
        seen=moment,
        address=address,
        mac=box.mac if look.inside else None,
        scan=look.name,
        source="nmap.xml",
        evidence=f"{here}:{box.number * 100 + 3}",
    )
    asked = port_ranges(look.ports)
    whole = look.finished and all(holds(asked, port) for port in GENTLE_PORTS)
    rows: list[Any] = [host]
    for port in sorted(box.ports.keys() | box.filtered):
        if holds(asked, port):
            product, version = box.ports.get(port, ("", ""))
            rows.append(
                NetworkPort(
                    asset=asset,
                    seen=moment,
                    address=address,
                    protocol="tcp",
                    port=port,
                    state="filtered" if port in box.filtered else "open",
                    service="http",
                    method="probed" if look.probes else "table",
                    product=product if look.probes else None,
                    version=version if look.probes else None,
                    scan=look.name,
                    source="nmap.xml",
                    evidence=f"{here}:{box.number * 100 + 4 + port}",
                )
            )
    rows.append(
        Collected(
            asset=asset,
            table_name="network_ports",
            source="nmap.xml",
            seen=moment,
            complete=whole,
            evidence=here,
            needs=None if whole else "all ports",
            reason=None if whole else "not_collected",
        )
    )
    return rows


def picture(database: Database, rows: Sequence[Any], *, shuffle: int | None = None, day: int = 400) -> Picture:
    """Put rows into an emptied database, in any order, and read the picture."""
    for table in ("scans", "network_hosts", "network_ports", "collected", "assets", "identity", "zones", "ledger_assets"):
        database.delete(table)
    given = list(rows)
    if shuffle is not None:
        random.Random(shuffle).shuffle(given)
    given.append(Collected(asset=EVERYWHERE, table_name="scans", source="nmap.xml", complete=True))
    database.insert(given)
    return read_picture(database, START + timedelta(days=day))
