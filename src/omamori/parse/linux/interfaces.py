"""Linux: network interfaces and their addresses (`linux.interfaces`), from ip or ifconfig."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Interface, ip_interface

from omamori.model.look import Look, Parsed
from omamori.model.network import Interface
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import address, files, number
from omamori.parse.sections import Section, read_sections

Sections = Mapping[str, Section]

_LINK = re.compile(r"\d{1,6}: ([^:\s@]{1,32})(?:@\S+)?: <([A-Z0-9_,-]*)>", re.ASCII)
_IFCONFIG = re.compile(r"([^\s:]{1,32}(?::\d+)?):?\s+(?:flags=\d+<([A-Z0-9_,-]*)>|Link encap:(\S+)(?:.*HWaddr (\S+))?)", re.ASCII)
_MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}\Z")
_MOBILE = ("qmi_wwan", "cdc_mbim", "cdc_ncm", "rndis_host", "option", "sierra_net", "huawei_cdc_ncm", "ipheth", "mhi_net")
_TUNNELS = ("tun", "tap", "wg", "ppp", "sit", "gre", "ipip", "vti", "tailscale", "zt", "nordlynx", "ip6tnl")
_BRIDGES = ("br-", "virbr", "docker", "lxcbr", "lxdbr", "vmbr", "cni", "podman")


@dataclass(slots=True)
class _Link:
    name: str
    line: int
    up: bool
    loopback: bool
    mac: str | None = None
    addresses: list[tuple[int, str, int | None, bool]] = field(default_factory=list)


def parse(data: bytes, context: Context) -> Parsed:
    """Return one row per address; a link without address has one row."""
    sections = read_sections(data)
    rows = interface_rows(sections)
    if not rows:
        return Parsed(looks=(Look("interfaces", complete=False, reason="not_collected"),))
    by_ip = sections.get("addr")
    known = by_ip is not None and by_ip.exit_code == 0
    look = Look("interfaces") if known else Look("interfaces", missing=("dhcp",), reason="not_collected")
    return Parsed(rows=rows, looks=(look,))


def interface_rows(sections: Sections) -> tuple[Interface, ...]:
    """Return the rows of `ip addr` (section `addr`) or `ifconfig`, with what the other sections of `linux.interfaces` add."""
    by_ip = sections.get("addr")
    links: list[_Link] = []
    if by_ip is not None and by_ip.exit_code == 0:
        links = list(_ip(by_ip))
    elif "ifconfig" in sections and sections["ifconfig"].exit_code == 0:
        links = list(_ifconfig(sections["ifconfig"]))
    dynamic, kinds = _dhcp_names(sections.get("configured")), _Kinds.of(sections)
    return tuple(row for link in links for row in _rows(link, dynamic, kinds))


def _ip(section: Section) -> Iterator[_Link]:
    link: _Link | None = None
    for line, text in section.numbered():
        found = _LINK.match(text)
        words = text.split()
        if found:
            if link:
                yield link
            flags = found[2].split(",")
            link = _Link(found[1], line, "UP" in flags and "NO-CARRIER" not in flags, "LOOPBACK" in flags)
        elif link and len(words) > 1 and words[0].startswith("link/") and _MAC.match(words[1].lower()):
            link.mac = words[1].lower()
        elif link and len(words) > 1 and words[0] in ("inet", "inet6"):
            own, _, prefix = words[1].partition("/")
            plain = address(own)
            if plain:
                size = number(prefix, 128) if prefix else (128 if ":" in plain else 32)
                link.addresses.append((line, plain, size, "dynamic" in words))
    if link:
        yield link


def _ifconfig(section: Section) -> Iterator[_Link]:
    """Both forms: that of net-tools 2 and the older one that busybox still prints."""
    link: _Link | None = None
    for line, text in section.numbered():
        found = _IFCONFIG.match(text)
        if found:
            if link:
                yield link
            flags = (found[2] or "").split(",")
            mac = (found[4] or "").lower()
            loopback = "LOOPBACK" in flags or found[3] == "Local"
            link = _Link(found[1], line, "UP" in flags, loopback, mac if _MAC.match(mac) else None)
        elif link:
            _ifconfig_line(link, line, text.split())
    if link:
        yield link


def _ifconfig_line(link: _Link, line: int, words: list[str]) -> None:
    if words[:1] == ["ether"] and len(words) > 1 and _MAC.match(words[1].lower()):
        link.mac = words[1].lower()
    elif words[:1] == ["UP"]:
        link.up = True
    elif words[:1] in (["inet"], ["inet6"]) and len(words) > 1:
        at = 2 if words[1] == "addr:" and len(words) > 2 else 1
        own, _, prefix = words[at].removeprefix("addr:").partition("/")
        text = " ".join(words)
        mask = re.search(r"(?:netmask |Mask:)(\d{1,3}(?:\.\d{1,3}){3})", text)
        length = re.search(r"prefixlen (\d{1,3})", text, re.ASCII)
        plain = address(own)
        size = number(prefix, 128) if prefix else number(length[1], 128) if length else _mask(mask[1]) if mask else None
        if plain:
            link.addresses.append((line, plain, size, False))


def _mask(text: str) -> int | None:
    try:
        return ip_interface(f"0.0.0.0/{text}").network.prefixlen
    except ValueError:
        return None


def _rows(link: _Link, dynamic: set[str], kinds: _Kinds) -> Iterator[Interface]:
    base = {"name": link.name, "kind": "loopback" if link.loopback else kinds.kind(link), "mac": None if link.loopback else link.mac}
    if not link.addresses:
        yield Interface(**base, up=link.up, evidence=str(link.line))  # type: ignore[arg-type]
    for line, plain, prefix, given in link.addresses:
        first = last = None
        dhcp = None
        if ":" not in plain:
            dhcp = False if link.loopback else given or link.name.partition(":")[0] in dynamic
            if prefix is not None and prefix <= 32:
                network = IPv4Interface(f"{plain}/{prefix}").network
                first, last = int(network.network_address), int(network.broadcast_address)
        yield Interface(
            **base,  # type: ignore[arg-type]
            up=link.up,
            address=plain,
            prefix=prefix,
            network_first=first,
            network_last=last,
            dhcp=dhcp,
            evidence=str(line),
        )


def _dhcp_names(section: Section | None) -> set[str]:
    """Interfaces that Debian's or Red Hat's files give to DHCP (some clients leave no trace on the address)."""
    names = set()
    for text in section.lines if section else ():
        path, _, said = text.partition(":")
        words = said.split()
        if words[:1] == ["iface"] and words[2:4] == ["inet", "dhcp"]:
            names.add(words[1])
        elif said.strip().lower().replace('"', "").replace("'", "") == "bootproto=dhcp":
            names.add(path.rsplit("ifcfg-", 1)[-1])
    return names


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What /sys says about the links."""

    virtual: frozenset[str]
    types: Mapping[str, str]
    drivers: Mapping[str, str]

    @classmethod
    def of(cls, sections: Sections) -> _Kinds:
        virtual, types, drivers = set(), {}, {}
        for text in sections["links"].lines if "links" in sections else ():
            left, _, target = text.rpartition(" -> ")
            if "/virtual/" in target and left.split():
                virtual.add(left.split()[-1])
        for file in files(sections.get("uevent")):
            name = file.path.split("/")[-2] if file.path.count("/") > 1 else ""
            for _, line in file.lines:
                if line.startswith("DEVTYPE="):
                    types[name] = line.removeprefix("DEVTYPE=").strip()
        for text in sections["drivers"].lines if "drivers" in sections else ():
            found = re.search(r"/sys/class/net/([^/\s]+)/device/driver -> \S*/([^/\s]+)\Z", text)
            if found:
                drivers[found[1]] = found[2]
        return cls(frozenset(virtual), types, drivers)

    def kind(self, link: _Link) -> str:
        name, said = link.name.partition(":")[0], self.types.get(link.name, "")
        if said == "wlan" or name.startswith(("wlan", "wlp", "wlx", "wls", "ath", "ra0")):
            return "wireless"
        if said == "wwan" or name.startswith(("wwan", "wwp", "wwx", "rmnet")) or self.drivers.get(name) in _MOBILE:
            return "mobile"
        if said == "bridge" or name.startswith(_BRIDGES) or re.fullmatch(r"br\d+", name):
            return "bridge"
        if said == "wireguard" or name.startswith(_TUNNELS):
            return "tunnel"
        if said in ("bond", "vlan"):
            return "ethernet"  # several real ports as one, or one port's share of a VLAN
        return "virtual" if name in self.virtual else "ethernet"


PARSERS = (Parser(kind="linux.interfaces", tables=("interfaces",), parse=parse),)
