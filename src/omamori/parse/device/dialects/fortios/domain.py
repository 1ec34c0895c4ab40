"""A virtual domain of FortiOS: its tables with the interfaces, addresses and services they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from omamori.parse.device.dialects.fortios.addresses import Addresses
from omamori.parse.device.dialects.fortios.services import Services
from omamori.parse.device.dialects.fortios.tree import Block, Tree
from omamori.parse.device.extent import ZERO, Range, network


@dataclass
class Domain:
    """One virtual domain; `several` when the device has more than one. `shared` holds the tables of all domains together."""

    name: str
    home: Block
    shared: Block
    several: bool
    version: tuple[int, ...]

    @cached_property
    def interfaces(self) -> dict[str, Block]:
        """The interfaces of this domain by name."""
        found = dict(self.shared.block("system interface").entries)
        found.update(self.home.block("system interface").entries)
        if not self.several:
            return found
        return {name: one for name, one in found.items() if one.one("vdom", "root") == self.name}

    @cached_property
    def zones(self) -> dict[str, str]:
        """The zone of each interface that is in one: a zone, or a zone of SD-WAN."""
        found: dict[str, str] = {}
        for name, zone in self.home.block("system zone").entries.items():
            zone.one("intrazone")
            found.update(dict.fromkeys(zone.all("interface"), name))
        for table in ("system sdwan", "system virtual-wan-link"):
            for member in self.home.block(table).block("members").entries.values():
                if interface := member.one("interface"):
                    found[interface] = member.one("zone", "virtual-wan-link")
        return found

    @cached_property
    def addresses(self) -> Addresses:
        """Its address objects."""
        return Addresses(self.home, self.networks)

    @cached_property
    def services(self) -> Services:
        """Its services."""
        return Services(self.home)

    @property
    def vrf(self) -> str | None:
        """The routing instance its routes and interfaces belong to; None for the domain all devices have."""
        return self.name if self.several and self.name != "root" else None

    @property
    def suffix(self) -> str:
        """What tells its chains apart from those of other domains."""
        return f" {self.name}" if self.several else ""

    @property
    def bound(self) -> str | None:
        """The interfaces its chains see; None for all."""
        return ",".join([*self.interfaces, f"ssl.{self.name}"]) if self.several else None

    def networks(self, name: str) -> tuple[Range, ...]:
        """Return the network of an interface with a fixed address."""
        block = self.interfaces.get(name)
        words = block.all("ip") if block else []
        one = network(words[0], words[1] if len(words) > 1 else None) if words and not words[0].startswith(ZERO) else None
        return (one,) if one else ()

    def address(self, name: str) -> tuple[Range, ...]:
        """Return the own address of an interface with a fixed address."""
        block = self.interfaces.get(name)
        words = block.all("ip") if block else []
        one = network(words[0].partition("/")[0]) if words and not words[0].startswith(ZERO) else None
        return (one,) if one else ()


def domains(tree: Tree, version: tuple[int, ...]) -> tuple[Domain, ...]:
    """Return the virtual domains of a configuration; one named root where it has none."""
    if not tree.vdoms:
        return (Domain("root", tree.root, tree.root, several=False, version=version),)
    return tuple(Domain(name, home, tree.root, len(tree.vdoms) > 1, version) for name, home in tree.vdoms.items())
