"""Whether a cut would take away the login by which it is undone. Worked out before anything is sent; tried anew after each stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from omamori.analyze.reach.ranges import holds
from omamori.respond.isolate.parts import Crossing, NeverBlocked

_SSH = 22


@dataclass(frozen=True, slots=True)
class Login:
    """A login as the device sees it: from where to which of its addresses and ports, and by which of its interfaces (empty: not known)."""

    client: str
    server: str = ""
    port: int = _SSH
    interface: str = ""


def login_of(said: str, interface: str, client: str) -> Login:
    """Return the login that SSH_CONNECTION tells of (sshd(8): client, its port, server, its port); of our own address where it says nothing."""
    words = said.split()
    if len(words) == 4 and words[3].isascii() and words[3].isdigit():
        return Login(words[0], words[2], int(words[3][:5]), interface)
    return Login(client, interface=interface)


def stays(crossings: Sequence[Crossing], never: Sequence[NeverBlocked], login: Login) -> bool:
    """Return whether the login stays possible by what the cut drops and what is never blocked; what is not known counts as dropped."""
    client, server = _number(login.client), _number(login.server)
    return not any(_meets(one, client, server, login.interface) for one in crossings) or any(
        _covers(one, client, server, login.port) for one in never
    )


def _meets(crossing: Crossing, client: int | None, server: int | None, interface: str) -> bool:
    if crossing.interface is not None and interface and crossing.interface != interface:
        return False
    if client is None:  # IPv6, or not known: only what goes by addresses of IPv4 leaves it alone
        return crossing.one is None or crossing.other is None
    ways = ((crossing.one, crossing.other), (crossing.other, crossing.one))
    return any((one is None or holds(one, client)) and (other is None or server is None or holds(other, server)) for one, other in ways)


def _covers(one: NeverBlocked, client: int | None, server: int | None, port: int) -> bool:
    if client is None or server is None:
        return False
    return holds(one.sources, client) and holds(one.destinations, server) and one.protocol in (None, "tcp") and one.port in (None, port)


def _number(address: str) -> int | None:
    """Return an address of IPv4 as a number, also one that stands in IPv6's form (a server that listens on `::`)."""
    try:
        found: IPv4Address | IPv6Address | None = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped
    return int(found) if found is not None else None
