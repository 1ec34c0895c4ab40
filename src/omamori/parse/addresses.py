"""Where an IP address is, seen from a machine of the hospital: one rule for every system's parsers."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_AT_HOME = tuple(ip_network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"))


def ip(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address written with or without brackets and zone (`%eth0`, `%12`); None when it is none."""
    try:
        known = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    # An IPv4 peer of an IPv6 socket (`::ffff:10.0.0.1`) is the IPv4 peer.
    return getattr(known, "ipv4_mapped", None) or known


@lru_cache(maxsize=4096)
def scope(text: str) -> str | None:
    """Where an address is: loopback, link, private or public; None when it is not an address.

    Public is everything outside the ranges for use at home (RFC 1918, 6598, 4193, 3513): a machine that talks to
    it goes out by its default route, even to a range that is reserved.
    """
    known = ip(text)
    if known is None:
        return None
    if known.is_loopback:
        return "loopback"
    if known.is_link_local or known.is_multicast or str(known) == "255.255.255.255":
        return "link"
    at_home = known.is_unspecified or any(known in network for network in _AT_HOME if network.version == known.version)
    return "private" if at_home else "public"
