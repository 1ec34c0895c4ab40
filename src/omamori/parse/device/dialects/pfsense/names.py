"""Interfaces, aliases and ports of a config.xml: what the names in its rules stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.parse.device.extent import Range, merged, network
from omamori.parse.device.markup import Node

_PORT_NAMES = {
    "ssh": "22", "http": "80", "https": "443", "domain": "53", "smtp": "25", "pop3": "110", "imap": "143", "imaps": "993", "ntp": "123",
    "snmp": "161", "telnet": "23", "ftp": "21", "ldap": "389", "ldaps": "636", "openvpn": "1194", "isakmp": "500", "tftp": "69", "ms-rdp": "3389",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Ranges that are known, and the words of what could not be told."""

    ranges: tuple[Range, ...] = ()
    doubts: tuple[str, ...] = ()


class Names:
    """The names of one configuration."""

    def __init__(self, root: Node) -> None:
        """Read interfaces and aliases."""
        self.interfaces = {node.tag: node for node in root.child("interfaces").take().children}
        self.aliases: dict[str, tuple[str, list[str]]] = {}
        for node in root.child("aliases").all("alias"):
            self.aliases[node.get("name")] = (node.get("type"), (node.get("address") or node.get("aliasurl")).split())
            node.take()
        for node in root.child("OPNsense/Firewall/Alias/aliases").all("alias"):
            if node.get("enabled") != "0":
                self.aliases[node.get("name")] = (node.get("type"), node.get("content").split())
            node.take()

    def net(self, name: str) -> tuple[Range, ...]:
        """Return the network of an interface with a fixed address."""
        node = self.interfaces.get(name)
        one = network(f"{node.get('ipaddr')}/{node.get('subnet') or '32'}") if node is not None else None
        return (one,) if one else ()

    def own(self, name: str) -> tuple[Range, ...]:
        """Return the address of an interface with a fixed one."""
        node = self.interfaces.get(name)
        one = network(node.get("ipaddr")) if node is not None else None
        return (one,) if one else ()

    def words(self, names: Sequence[str], seen: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
        """Yield the members of aliases, written out, with the type of the alias each comes from."""
        for name in names:
            if name in self.aliases and name not in seen and len(seen) < 20:
                kind, members = self.aliases[name]
                if kind in ("host", "network", "port", "networkgroup"):
                    for member in members:
                        if member in self.aliases:
                            yield from self.words([member], seen | {name})
                        else:
                            yield kind, member
                else:
                    yield "unknown", f"alias {name} ({kind})"
            else:
                yield "", name

    def addresses(self, text: str) -> Found:
        """Return what an address, a network or an alias stands for."""
        ranges: list[Range] = []
        doubts: list[str] = []
        for count, (kind, word) in enumerate(self.words([text])):
            one = network(word) if kind != "unknown" else None
            if one is not None and count < 20_000:
                ranges.append(one)
            elif ":" not in word or kind == "unknown":
                doubts.append(word)
        return Found(merged(ranges), tuple(dict.fromkeys(doubts)))

    def ports(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        """Return ports as a rule writes them (None: any), and what could not be told."""
        found: list[str] = []
        doubts: list[str] = []
        if not text or text == "any":
            return None, ()
        for _, word in self.words([text]):
            low, _, high = word.replace(":", "-").partition("-")
            low, high = _PORT_NAMES.get(low, low), _PORT_NAMES.get(high, high)
            if (
                all(one.isascii() and one.isdigit() and int(one) <= 65535 for one in ([low, high] if high else [low]) if len(one) < 7)
                and low[:1].isdigit()
            ):
                found.append(f"{low}-{high}" if high and high != low else low)
            else:
                doubts.append(f"port {word}")
        return ",".join(dict.fromkeys(found)) or None, tuple(doubts)

    def where(self, node: Node) -> tuple[Found, bool]:
        """Return a `<source>` or `<destination>`: its addresses, and whether it means all others."""
        negate = node.has("not")
        if negate and node.get("not") == "0":
            negate = False
        name, text = node.get("network"), node.get("address")
        if name:
            if name in ("any", ""):
                return Found(((0, 2**32 - 1),)), negate
            if name == "(self)":
                every = merged(one for interface in self.interfaces for one in self.own(interface))
                moving = [one for one, node in self.interfaces.items() if not self.own(one) and node.get("ipaddr")]
                return Found(every, tuple(f"address of {one}" for one in moving)), negate
            if name.endswith("ip") and name[:-2] in self.interfaces:
                found = self.own(name[:-2])
                return Found(found, () if found else (f"address of {name[:-2]}",)), negate
            if name in self.interfaces:
                found = self.net(name)
                return Found(found, () if found else (f"network of {name}",)), negate
            return self.addresses(name), negate
        if text and text != "any":
            return self.addresses(text), negate
        return Found(((0, 2**32 - 1),)), negate
