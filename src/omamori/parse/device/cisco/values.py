"""Addresses, masks, protocols and ports as Cisco devices write them → the text forms of `omamori.model.device`."""

from __future__ import annotations

import re
from types import MappingProxyType

_IP = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})")
_ALL = 0xFFFFFFFF
_HOLES = 64
"""So many ranges a wildcard mask with holes is written out into; one with more is not read."""
NONE = ".".join("0000")
"""The address of nothing, and the mask of everything."""
ANY = f"{NONE}/0"


def ip4(text: str) -> int | None:
    """Return an IPv4 address as a number; None when it is none."""
    found = _IP.fullmatch(text)
    if found is None:
        return None
    parts = [int(part) for part in found.groups()]
    if max(parts) > 255:
        return None
    return parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3]


def dotted(number: int) -> str:
    """Return the text of an address."""
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def spread(first: int, last: int) -> str:
    """Return a range of addresses as `10.0.0.1`, `10.0.0.0/8` or `10.0.0.1-10.0.0.9`."""
    size = last - first + 1
    if size == 1:
        return dotted(first)
    if size & (size - 1) == 0 and first % size == 0:
        return f"{dotted(first)}/{33 - size.bit_length()}"
    return f"{dotted(first)}-{dotted(last)}"


def length(mask: str) -> int | None:
    """Return the prefix length of a network mask; None when it is no mask or has holes."""
    number = ip4(mask)
    if number is None:
        return None
    inverse = number ^ _ALL
    return None if inverse & (inverse + 1) else 32 - inverse.bit_length()


def network(address: str, mask: str) -> str | None:
    """Return address and network mask in CIDR notation, host bits cleared; None when they are none."""
    number, size = ip4(address), length(mask)
    if number is None or size is None:
        return None
    block = 1 << (32 - size)
    return f"{dotted(number & ~(block - 1) & _ALL)}/{size}"


def wildcard(address: str, mask: str) -> tuple[str, ...] | None:
    """Return the addresses an address with a wildcard mask stands for, written out; None when they are none or too many ranges.

    A bit set in the mask does not count (Cisco IOS Security Configuration Guide, "IP Access List Overview"). Holes are written out.
    """
    number, wild = ip4(address), ip4(mask)
    if number is None or wild is None:
        return None
    low = 1
    while wild & low:
        low <<= 1
    holes = [1 << bit for bit in range(32) if wild >> bit & 1 and 1 << bit >= low]
    if 1 << len(holes) > _HOLES:
        return None
    starts = [number & ~wild & _ALL]
    for hole in holes:
        starts += [start | hole for start in starts]
    return tuple(spread(start, start + low - 1) for start in sorted(starts))


def _table(text: str) -> dict[str, str]:
    return {name: number for name, _, number in (entry.partition(" ") for entry in text.split(","))}


_BOTH = (
    "cmd 514,discard 9,domain 53,echo 7,pim-auto-rp 496,sunrpc 111,tacacs 49,talk 517,time 37,www 80,http 80,https 443,ssh 22,cifs 3020,nfs 2049,"
    "kerberos 750,sip 5060,netbios-ssn 139,netbios-ns 137,netbios-dgm 138,snmp 161,snmptrap 162,ntp 123,radius 1645,radius-acct 1646,syslog 514"
)
_TCP = (
    "aol 5190,bgp 179,chargen 19,citrix-ica 1494,connectedapps-plain 15001,connectedapps-tls 15002,ctiqbe 2748,daytime 13,drip 3949,exec 512,finger 79,"
    "ftp 21,ftp-data 20,gopher 70,h323 1720,hostname 101,ident 113,imap4 143,imap 143,irc 194,klogin 543,kshell 544,ldap 389,ldaps 636,login 513,"
    "lotusnotes 1352,lpd 515,msrpc 135,microsoft-ds 445,nntp 119,onep-plain 15001,onep-tls 15002,pcanywhere-data 5631,pop2 109,pop3 110,pptp 1723,rsh 514,rtsp 554,"
    "smtp 25,sqlnet 1521,telnet 23,uucp 540,whois 43"
)
_UDP = (
    "biff 512,bootpc 68,bootps 67,dnsix 195,isakmp 500,mobile-ip 434,nameserver 42,non500-isakmp 4500,pcanywhere-status 5632,rip 520,ripv6 521,"
    "secureid-udp 5510,tftp 69,vxlan 4789,who 513,xdmcp 177,bfd 3784,bfd-echo 3785"
)
TCP_PORTS = MappingProxyType({**_table(_BOTH), **_table(_TCP)})
UDP_PORTS = MappingProxyType({**_table(_BOTH), **_table(_UDP)})
"""Names of ports (Cisco IOS Security Command Reference: access-list (IP extended); ASA CLI guide: "Addresses, Protocols, and Ports")."""

PROTOCOLS = MappingProxyType(
    {
        "ah": "ah", "ahp": "ah", "esp": "esp", "eigrp": "88", "gre": "gre", "icmp": "icmp", "icmp6": "58", "icmpv6": "58", "igmp": "2", "igrp": "9", "ipinip": "4",
        "ipsec": "esp", "nos": "94", "ospf": "89", "pcp": "108", "pim": "103", "pptp": "gre", "sctp": "132", "snp": "109", "tcp": "tcp", "udp": "udp", "vrrp": "112",
        "tcp-udp": "tcp,udp",
    }
)  # fmt: skip
ICMP_TYPES = MappingProxyType(
    {
        "echo-reply": "0", "unreachable": "3", "source-quench": "4", "redirect": "5", "alternate-address": "6", "echo": "8", "router-advertisement": "9",
        "router-solicitation": "10", "time-exceeded": "11", "parameter-problem": "12", "timestamp-request": "13", "timestamp-reply": "14",
        "information-request": "15", "information-reply": "16", "mask-request": "17", "mask-reply": "18", "traceroute": "30", "conversion-error": "31",
        "mobile-redirect": "32",
    }
)  # fmt: skip
"""ICMP types by the names both systems use (RFC 792, RFC 950, RFC 1256, RFC 1393)."""
_CODES = (
    "net-unreachable 3/0,host-unreachable 3/1,protocol-unreachable 3/2,port-unreachable 3/3,packet-too-big 3/4,source-route-failed 3/5,network-unknown 3/6,"
    "host-unknown 3/7,host-isolated 3/8,dod-net-prohibited 3/9,dod-host-prohibited 3/10,net-tos-unreachable 3/11,host-tos-unreachable 3/12,"
    "administratively-prohibited 3/13,host-precedence-unreachable 3/14,precedence-unreachable 3/15,net-redirect 5/0,host-redirect 5/1,net-tos-redirect 5/2,"
    "host-tos-redirect 5/3,ttl-exceeded 11/0,reassembly-timeout 11/1,general-parameter-problem 12/0,option-missing 12/1,no-room-for-option 12/2"
)
ICMP_CODES = MappingProxyType(_table(_CODES))
"""Names that stand for a type and a code."""


def protocol(word: str) -> str | None:
    """Return a protocol by name or number as the model writes it, `ip` for any of IPv4; None when it is none."""
    low = word.lower()
    if low in ("ip", "ipv4"):
        return "ip"
    if low.isdecimal() and len(low) <= 3 and int(low) < 256:
        return {"0": "0", "1": "icmp", "6": "tcp", "17": "udp", "47": "gre", "50": "esp", "51": "ah"}.get(low, str(int(low)))
    return PROTOCOLS.get(low)


def port(word: str, of: str) -> int | None:
    """Return a port by number or name; `of` is the protocol whose names count (`tcp`, `udp` or both)."""
    if word.isdecimal():
        return int(word) if len(word) <= 5 and int(word) < 65536 else None
    names = UDP_PORTS if of == "udp" else TCP_PORTS
    found = names.get(word.lower()) or (UDP_PORTS.get(word.lower()) if of != "tcp" else None)
    return int(found) if found else None


def ports(operator: str, words: tuple[str, ...], of: str) -> str | None:
    """Return what `eq`, `neq`, `lt`, `gt` or `range` with its ports means; None when a port is none."""
    numbers = [port(word, of) for word in words]
    if not numbers or None in numbers:
        return None
    known = [number for number in numbers if number is not None]
    one = known[0]
    if operator == "eq":
        return ",".join(map(str, known))
    if operator == "neq":
        return "!" + ",".join(map(str, known))
    if operator == "lt":
        return f"0-{one - 1}" if one > 0 else None
    if operator == "gt":
        return f"{one + 1}-65535" if one < 65535 else None
    if operator == "range" and len(known) == 2:
        return f"{min(known)}-{max(known)}"
    return None
