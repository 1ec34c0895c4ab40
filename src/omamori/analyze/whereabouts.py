"""Where a hardware address was seen: the port of a switch, and the name its machine gave to a DHCP server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from omamori.analyze.neighbours import plain_mac
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """By hardware address (twelve digits): the port it is behind, as `SWITCH PORT`, and the name it gave.

    On the way to a machine a switch sees its address on the port to the next switch, together with many others. So
    the port with the fewest addresses behind it counts: it is the nearest.
    """

    ports: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def read(cls, database: Database) -> Whereabouts:
        """Read them from the switches' tables and the leases."""
        query = (
            "with behind as (select asset, port, count(distinct mac) as many from forwarding_entries "
            "where coalesce(kind, '') <> 'self' and port <> '' group by all) "
            "select e.mac, e.asset, e.port from forwarding_entries e join behind b on b.asset = e.asset and b.port = e.port "
            "where coalesce(e.kind, '') <> 'self' order by b.many, e.asset, e.port"
        )
        ports: dict[str, str] = {}
        for mac, switch, port in database.select(query):
            ports.setdefault(plain_mac(mac), f"{switch} {port}")
        names: dict[str, str] = {}
        for mac, name in database.select("select mac, hostname from leases where mac is not null and hostname is not null order by all"):
            names.setdefault(plain_mac(mac), str(name))
        return cls(ports, names)

    def told(self, mac: str | None, *more: str | None, digits: str | None = None) -> str:
        """Return what is known of a machine as one text: hardware address, what else is given, its name, the port it is behind.

        `digits` is the hardware address where `mac` holds other words too.
        """
        digits = plain_mac(mac) if digits is None else digits
        words = (mac, *more, self.names.get(digits), self.ports.get(digits) if digits else None)
        return ", ".join(dict.fromkeys(word for word in words if word))
