"""Addresses, protocols and ports of Yamaha's filters → conditions of device_rules (command reference, ip filter, ip filter dynamic)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address

from omamori.parse.device.draft import PROTOCOLS, network_of, number, prefix_of, shown

_ALL = (1 << 32) - 1
_OCTETS = re.compile(r"(\d{1,3}|\*)(?:\.(\d{1,3}|\*)){3}")
_NAMED_PROTOCOLS = {"icmp": "icmp", "tcp": "tcp", "udp": "udp", "ipv6": "41", "gre": "gre", "esp": "esp", "ah": "ah", "icmp6": "58"}
_ICMP_ERROR, _ICMP_INFO = "3,4,5,11,12,31,32", "0,8-10,13-18,30,33-36"
_OTHERS = "icmp,2,4,41,gre,esp,ah,58,88,89,97,103,112,115,132"
"""Protocols without ports that pass a router of a hospital."""
_SYN, _SYN_ACK = 0x02, 0x12
_FLAGS = re.compile(r"tcpflag(!?)=0x([0-9a-f]{1,4})/0x([0-9a-f]{1,4})", re.IGNORECASE)

PORTS = {
    "echo": "7", "discard": "9", "daytime": "13", "chargen": "19", "ftpdata": "20", "ftp": "20,21", "ssh": "22", "telnet": "23",
    "smtp": "25", "time": "37", "whois": "43", "dns": "53", "domain": "53", "dhcps": "67", "dhcpc": "68", "tftp": "69", "gopher": "70",
    "finger": "79", "www": "80", "http": "80", "pop3": "110", "sunrpc": "111", "ident": "113", "nntp": "119", "ntp": "123",
    "ms-rpc": "135", "netbios_ns": "137", "netbios_dgm": "138", "netbios_ssn": "139", "imap": "143", "snmp": "161", "snmptrap": "162",
    "bgp": "179", "imap3": "220", "ldap": "389", "https": "443", "ms-ds": "445", "ike": "500", "rlogin": "513", "rwho": "513",
    "rsh": "514", "syslog": "514", "printer": "515", "talk": "517", "route": "520", "rip": "520", "ripng": "521", "uucp": "540",
    "dhcpv6c": "546", "dhcpv6s": "547", "submission": "587", "ms-sql": "1433", "l2tp": "1701", "pptp": "1723", "radius": "1812",
    "nfs": "2049", "ipsec-nat-t": "4500", "sip": "5060",
}  # fmt: skip
"""Port names, with the numbers IANA gives them (the reference prints a part)."""
APPLICATIONS = {
    "ftp": (("tcp", "21"),), "tftp": (("udp", "69"),), "domain": (("udp", "53"), ("tcp", "53")), "dns": (("udp", "53"), ("tcp", "53")),
    "www": (("tcp", "80,443"),), "netmeeting": (("tcp", "1720"),), "ping": (("icmp", None),), "ping6": (("58", None),),
    "tcp": (("tcp", None),), "udp": (("udp", None),), "syslog": (("udp", "514"),), "sip": (("udp", "5060"), ("tcp", "5060")),
    "ntp": (("udp", "123"),), "snmp": (("udp", "161"),), "snmptrap": (("udp", "162"),), "radius": (("udp", "1812"),),
    "rip": (("udp", "520"),), "ike": (("udp", "500"),), "ipsec-nat-t": (("udp", "4500"),), "l2tp": (("udp", "1701"),),
    "netbios_ns": (("udp", "137"),), "netbios_dgm": (("udp", "138"),), "nfs": (("tcp", "2049"), ("udp", "2049")),
    "sunrpc": (("tcp", "111"), ("udp", "111")), "rwho": (("udp", "513"),),
}  # fmt: skip
"""What a dynamic filter takes a connection of an application by, where it is not the TCP port of its name."""


@dataclass(frozen=True, slots=True)
class Match:
    """The packets a filter means. `decides` is False where no first packet of a connection and no answer to it can be among them."""

    protocol: str | None = None
    source_ports: str | None = None
    destination_ports: str | None = None
    states: str | None = None
    decides: bool = True
    unread: str | None = None


def addresses(text: str) -> tuple[str | None, str | None]:
    """Return (list of addresses, what was not understood) of an address field: both NULL for `*`."""
    found: list[str] = []
    odd: list[str] = []
    for part in text.split(","):
        if part == "*":
            return None, None
        known = _address(part)
        (odd if known is None else found).append(part if known is None else known)
    return (None if odd else ",".join(found) or None), ",".join(odd) or None


def _address(text: str) -> str | None:
    base, _, mask = text.partition("/")
    if "-" in base and not mask:
        return _range(base)
    if "*" in base:
        return _starred(base) if not mask else None
    if mask and prefix_of(mask) is None:
        return None
    network = network_of(text)
    return shown(network) if network else None


def _range(text: str) -> str | None:
    left, _, right = text.partition("-")
    first, last = _edge(left, "0", 0), _edge(right, "255", _ALL)
    return None if first is None or last is None or first > last else f"{IPv4Address(first)}-{IPv4Address(last)}"


def _edge(text: str, star: str, nothing: int) -> int | None:
    if not text:
        return nothing
    try:
        return int(IPv4Address(text.replace("*", star)))
    except ValueError:
        return None


def _starred(text: str) -> str | None:
    """`192.168.1.*` is a network; a star before a number is no row of addresses."""
    if not _OCTETS.fullmatch(text):
        return None
    octets = text.split(".")
    kept = next(place for place, octet in enumerate(octets) if octet == "*")
    if any(octet != "*" for octet in octets[kept:]):
        return None
    network = network_of(text.replace("*", "0") + f"/{8 * kept}")
    return str(network) if network else None


def ports(text: str) -> tuple[str | None, str | None]:
    """Return (list of ports, what was not understood) of a port field: both NULL for `*`."""
    found: list[str] = []
    odd: list[str] = []
    for part in text.lower().split(","):
        if part == "*":
            return None, None
        known = _port(part)
        (odd if known is None else found).append(part if known is None else known)
    return (None if odd else ",".join(found) or None), ",".join(odd) or None


def _port(text: str) -> str | None:
    if text in PORTS:
        return PORTS[text]
    if (alone := number(text, 0, 65535)) is not None:
        return str(alone)
    for place, char in enumerate(text):
        # A name may hold a dash itself.
        if char == "-" and (span := _port_range(text[:place], text[place + 1 :])):
            return span
    return None


def _port_range(left: str, right: str) -> str | None:
    first = number(PORTS.get(left, left) if left else "0", 0, 65535)
    last = number(PORTS.get(right, right) if right else "65535", 0, 65535)
    return f"{first}-{last}" if first is not None and last is not None and first <= last else None


def matches(protocol: str, source: str, destination: str) -> list[Match]:
    """Return what a filter's protocol and port fields mean, as one condition for each row they need."""
    if protocol == "icmp":
        return [_icmp(source, destination)]
    sources, odd_source = ports(source)
    destinations, odd_destination = ports(destination)
    odd = odd_source or odd_destination
    limited = bool(sources or destinations or odd)
    if protocol == "*":
        if not limited:
            return [Match()]
        return [Match("tcp,udp", sources, destinations, unread=odd), Match(_OTHERS)]
    plain: list[str] = []
    found: list[Match] = []
    for name in protocol.lower().split(","):
        if (known := _NAMED_PROTOCOLS.get(name)) or number(name, 0, 255) is not None:
            plain.append(known or PROTOCOLS.get(str(int(name)), str(int(name))))
        elif name in ("icmp-error", "icmp-info"):
            found.append(Match("icmp", destination_ports=_ICMP_ERROR if name == "icmp-error" else _ICMP_INFO))
        else:
            found.append(_flags(name, sources, destinations, odd))
    with_ports = [name for name in plain if name in ("tcp", "udp")]
    without = [name for name in plain if name not in ("tcp", "udp")]
    if with_ports:
        found.insert(0, Match(",".join(with_ports), sources, destinations, unread=odd))
    if without:
        found.append(Match(",".join(without)))
    return found


def _icmp(kind: str, code: str) -> Match:
    kinds, odd = ports(kind)
    return Match("icmp", destination_ports=kinds, unread=odd or (None if code == "*" else f"code {code}"))


def _flags(name: str, sources: str | None, destinations: str | None, odd: str | None) -> Match:
    """A filter on TCP flags, seen from the first packet of a connection (SYN) and the answer to it (SYN and ACK)."""
    flags = _FLAGS.fullmatch(name)
    if flags:
        value, mask = int(flags[2], 16), int(flags[3], 16)
        first, answer = (((packet & mask) == value) != bool(flags[1]) for packet in (_SYN, _SYN_ACK))
    elif name in ("tcpsyn", "established", "tcpfin", "tcprst"):
        first, answer = name == "tcpsyn", name in ("tcpsyn", "established")
    else:
        return Match(None, unread=name)
    states = None if first == answer else "ack" if answer else "new"
    return Match("tcp", sources, destinations, states, decides=first or answer, unread=odd)


def application(name: str) -> list[tuple[str, str | None]]:
    """Return (protocol, port) of the connections a dynamic filter on an application opens; nothing for one that is not known."""
    if name in APPLICATIONS:
        return list(APPLICATIONS[name])
    return [("tcp", PORTS[name])] if name in PORTS else []


def is_address(text: str) -> bool:
    """Whether a word is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
