"""Routes as `route print` and Get-NetRoute show them: which of them lead away."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network

BESIDE = 64
"""Networks of one interface that are looked at; a machine has one or two."""
_NOT_AWAY = tuple(ip_network(net) for net in ("127.0.0.0/8", "224.0.0.0/4", "255.255.255.255/32", "::1/128", "ff00::/8"))


def network(destination: str, mask: str = "") -> IPv4Network | IPv6Network | None:
    """Return the network of a destination (`10.1.0.0` and a mask, or `fe80::/64`); None when it is none."""
    try:
        return ip_network(f"{destination}/{mask}" if mask else destination, strict=False)
    except ValueError:
        return None


def leads_away(net: IPv4Network | IPv6Network, gateway: str | None, beside: Iterable[IPv4Network]) -> bool:
    """Whether a route leads anywhere but to the machine itself.

    Windows also lists its own addresses, the last addresses of its networks (`beside`: those on the same
    interface), loopback and multicast; as in the Linux parsers these are no routes of the model.
    """
    if any(net.version == other.version and net.subnet_of(other) for other in _NOT_AWAY):  # type: ignore[arg-type]
        return False
    if gateway is not None or net.prefixlen < net.max_prefixlen:
        return True
    if net.version == 6:
        return False
    return not any(net.network_address in (other.network_address, other.broadcast_address) for other in beside)
