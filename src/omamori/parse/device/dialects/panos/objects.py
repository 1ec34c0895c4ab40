"""Addresses and services of PAN-OS, written out (administrator's guide, "Objects")."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.parse.device.dialects.panos.tree import Name
from omamori.parse.device.extent import ANY, Range, merged, network
from omamori.parse.device.objects import Extent, Part, Service, joined

_BUILT_IN = {"service-http": Part("tcp", None, "80,8080"), "service-https": Part("tcp", None, "443")}


class Objects:
    """The objects of one virtual system, and the shared ones behind them."""

    def __init__(self, own: Name, shared: Name) -> None:
        """`own` is the virtual system."""
        self.rooms = (own, shared)
        self.known: dict[str, Extent] = {}
        self.open: set[str] = set()
        for room in self.rooms:
            for table in ("address", "address-group"):
                for name in list(room.at(table).below):
                    self.named(name)
            for name in list(room.at("service").below):
                self.service(name)
            room.at("service-group").take()

    def _find(self, table: str, name: str) -> Name | None:
        for room in self.rooms:
            found = room.at(table).below.get(name)
            if found is not None:
                found.used = True
                return found
        return None

    def addresses(self, names: Sequence[str]) -> Extent:
        """Return the union of addresses, objects and groups."""
        if "any" in names:
            return Extent(ANY)
        found = [self.named(name) for name in names]
        return Extent(
            merged(one for extent in found for one in extent.ranges),
            tuple(dict.fromkeys(doubt for extent in found for doubt in extent.doubts)),
        )

    def named(self, name: str) -> Extent:
        """Return one object, group or address."""
        if name not in self.known:
            if name in self.open or len(self.open) > 60:
                return Extent((), ((None, f"group {name} holds itself"),))
            self.open.add(name)
            self.known[name] = self._named(name)
            self.open.discard(name)
        return self.known[name]

    def _named(self, name: str) -> Extent:
        if (one := self._find("address", name)) is not None:
            for key in ("ip-netmask", "ip-range"):
                if word := one.one(key):
                    found = network(word)
                    return Extent((found,)) if found else Extent((), () if ":" in word else ((None, f"address {name} {word}"),))
            words = [word for key in ("fqdn", "ip-wildcard") for word in one.words(key)]
            one.at("description").take()
            one.at("tag").take()
            return Extent((), ((None, " ".join([f"address {name}", *words])),))
        if (group := self._find("address-group", name)) is not None:
            group.at("description").take()
            group.at("tag").take()
            if group.has("dynamic"):
                group.at("dynamic").take()
                return Extent((), ((None, f"dynamic group {name}"),))
            members = group.words("static") or [word for word in group.words() if word not in ("static", "description", "tag", "dynamic")]
            return self.addresses(members)
        plain = network(name)
        if plain is not None:
            return Extent((plain,))
        return Extent() if ":" in name and name.count(":") > 1 else Extent((), ((None, f"address {name}"),))

    def services(self, names: Sequence[str], *, seen: frozenset[str] = frozenset()) -> Service:
        """Return what services and groups amount to; `application-default` depends on applications, which is a doubt."""
        if not names:
            return Service((), ("service not set",))
        found = [self.service(name, seen) for name in names]
        return Service(
            joined([part for one in found for part in one.parts]), tuple(dict.fromkeys(doubt for one in found for doubt in one.doubts))
        )

    def service(self, name: str, seen: frozenset[str] = frozenset()) -> Service:
        """Return one service or group."""
        if name == "any":
            return Service((Part(),))
        if (group := self._find("service-group", name)) is not None and name not in seen and len(seen) < 20:
            members = [word for word in (group.words("members") or group.words()) if word not in ("members", "tag")]
            return self.services(members, seen=seen | {name})
        one = self._find("service", name)
        if one is None:
            return Service((_BUILT_IN[name],)) if name in _BUILT_IN else Service((), (f"service {name}",))
        parts: list[Part] = []
        one.at("tag").take()
        one.at("description").take()
        for protocol in ("tcp", "udp", "sctp"):
            if one.has("protocol", protocol):
                sources = ",".join(one.words("protocol", protocol, "source-port")).replace(" ", "") or None
                ports = ",".join(one.words("protocol", protocol, "port")).replace(" ", "") or None
                if not _ports_fine(ports) or not _ports_fine(sources):
                    return Service((), (f"service {name}",))
                parts.append(Part(protocol, sources, ports))
                one.at("protocol", protocol, "override").take()
        return Service(tuple(parts), () if parts else (f"service {name}",))


def _ports_fine(text: str | None) -> bool:
    return text is None or all(one.isascii() and one.isdigit() and len(one) < 6 for word in text.split(",") for one in word.split("-", 1))


def single(ranges: Sequence[Range]) -> bool:
    """Whether a set of addresses is exactly one."""
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]
