"""Names of protocols, ICMP types and priorities in rules of the Linux packet filter.

Numbers: IANA protocol numbers; RFC 792, 1256, 950 (ICMP); RFC 4443, 4861, 2710, 3810, 6275 (ICMPv6).
"""

from __future__ import annotations

from types import MappingProxyType

PRIORITIES = MappingProxyType({"raw": -300, "mangle": -150, "dstnat": -100, "filter": 0, "security": 50, "srcnat": 100})
_KEPT = ("tcp", "udp", "icmp", "esp", "ah", "gre")
_NUMBERS = MappingProxyType(
    {
        "icmp": 1, "igmp": 2, "ipencap": 4, "ipip": 4, "ipv4": 4, "tcp": 6, "egp": 8, "udp": 17, "dccp": 33, "ipv6": 41, "rsvp": 46, "gre": 47,
        "esp": 50, "ah": 51, "ipv6-icmp": 58, "icmpv6": 58, "icmp6": 58, "ospf": 89, "ospfigp": 89, "pim": 103, "comp": 108, "ipcomp": 108,
        "vrrp": 112, "carp": 112, "l2tp": 115, "sctp": 132, "mobility-header": 135, "udplite": 136, "mptcp": 262,
    }
)  # fmt: skip
_BY_NUMBER = MappingProxyType({_NUMBERS[name]: name for name in _KEPT})
WITH_PORTS = ("tcp", "udp", "33", "132", "136")
"""Protocols whose header begins with two ports."""
ICMP = MappingProxyType(
    {
        "echo-reply": 0, "pong": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5, "echo-request": 8, "ping": 8,
        "router-advertisement": 9, "router-solicitation": 10, "time-exceeded": 11, "ttl-exceeded": 11, "parameter-problem": 12,
        "timestamp-request": 13, "timestamp-reply": 14, "info-request": 15, "info-reply": 16, "address-mask-request": 17,
        "address-mask-reply": 18,
    }
)  # fmt: skip
ICMPV6 = MappingProxyType(
    {
        "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "ttl-exceeded": 3, "parameter-problem": 4, "echo-request": 128,
        "ping": 128, "echo-reply": 129, "pong": 129, "mld-listener-query": 130, "mld-listener-report": 131, "mld-listener-done": 132,
        "mld-listener-reduction": 132, "nd-router-solicit": 133, "router-solicitation": 133, "nd-router-advert": 134,
        "router-advertisement": 134, "nd-neighbor-solicit": 135, "neighbour-solicitation": 135, "neighbor-solicitation": 135,
        "nd-neighbor-advert": 136, "neighbour-advertisement": 136, "neighbor-advertisement": 136, "nd-redirect": 137, "redirect": 137,
        "router-renumbering": 138, "ind-neighbor-solicit": 141, "ind-neighbor-advert": 142, "mld2-listener-report": 143,
    }
)  # fmt: skip


def protocol(text: str) -> str | None:
    """Return a protocol as the tables write it: tcp, udp, icmp, esp, ah, gre or a number; None when the name is not known."""
    word = text.strip().lower()
    known = int(word) if word.isascii() and word.isdigit() and len(word) < 4 else _NUMBERS.get(word)
    if known is None or known > 255:
        return None
    return _BY_NUMBER.get(known, str(known))
