"""What changed between two network states. Pure; the order of hosts and ports and the moments play no part.

A difference is only told where both sides looked: see docs/decisions/0034-reading-nmap.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from ipaddress import ip_address

from omamori.parse.nmap.targets import holds
from omamori.snapshot.network_state import HostChange, NetworkDifference, NetworkState, PortChange, PortKey, SeenHost, SeenPort, Untold

_SHUT = frozenset({"closed", "filtered", "closed|filtered"})
_NO_NAME = frozenset({"tcpwrapped", "unknown"})
"""What nmap calls a service that closed the connection or that it did not know: another try may name it."""


def difference(
    before: NetworkState, after: NetworkState, *, stayed: Collection[str] = (), earlier: Collection[str] = ()
) -> NetworkDifference:
    """Compare two states.

    In: `stayed`, hardware addresses of hosts that are the same on both sides and were left out of both states; `earlier`,
    IP and hardware addresses that were seen at some time before `before`.
    """
    moved = _moved(before, after, frozenset(stayed))
    went = {one.before.address for one in moved}
    came = {one.after.address for one in moved}
    both = before.hosts.keys() & after.hosts.keys()
    exchanged = [
        HostChange(before.hosts[address], after.hosts[address])
        for address in both
        if _other_hardware(before.hosts[address], after.hosts[address])
    ]
    new: list[SeenHost] = []
    reappeared: list[SeenHost] = []
    gone: list[SeenHost] = []
    untold: list[Untold] = []
    for address, host in after.hosts.items():
        if address in before.hosts or address in came:
            continue
        if (why := before.why_untold(address)) is not None:
            untold.append(Untold(host, only_before=False, why=why))
        else:
            (reappeared if address in earlier or (host.mac is not None and host.mac in earlier) else new).append(host)
    for address, host in before.hosts.items():
        if address in after.hosts or address in went:
            continue
        if (why := after.why_untold(address)) is not None:
            untold.append(Untold(host, only_before=True, why=why))
        else:
            gone.append(host)
    # A machine that moved is compared with itself, wherever it is now; what stands at its old address is another one.
    pairs = [(before.hosts[address], after.hosts[address]) for address in both if address not in went and address not in came]
    ports = [change for one, other in (*pairs, *((move.before, move.after) for move in moved)) for change in _ports(one, other)]
    return NetworkDifference(
        new=_by_address(new),
        gone=_by_address(gone),
        opened=_by_port(one for one, kind in ports if kind == "opened"),
        closed=_by_port(one for one, kind in ports if kind == "closed"),
        changed=_by_port(one for one, kind in ports if kind == "changed"),
        moved=tuple(sorted(moved, key=lambda one: address_order(one.after.address))),
        exchanged=tuple(sorted(exchanged, key=lambda one: address_order(one.after.address))),
        reappeared=_by_address(reappeared),
        untold=tuple(sorted(untold, key=lambda one: address_order(one.host.address))),
    )


def address_order(address: str) -> tuple[int, int]:
    """Return the place of an address in a list: IPv4 first, then by number."""
    known = ip_address(address)
    return known.version, int(known)


def _by_address(hosts: Iterable[SeenHost]) -> tuple[SeenHost, ...]:
    return tuple(sorted(hosts, key=lambda host: address_order(host.address)))


def _by_port(changes: Iterable[PortChange]) -> tuple[PortChange, ...]:
    return tuple(sorted(changes, key=lambda one: (address_order(one.host.address), one.protocol, one.port)))


def _other_hardware(before: SeenHost, after: SeenHost) -> bool:
    return before.mac is not None and after.mac is not None and before.mac != after.mac


def _moved(before: NetworkState, after: NetworkState, stayed: frozenset[str]) -> list[HostChange]:
    """Return the machines that have another address now, by their hardware address.

    Only where it is one address on each side: a router that answers for many has not moved. And only where the other
    side is known not to have had it there too.
    """
    held = stayed | {
        host.mac for address, host in before.hosts.items() if host.mac and address in after.hosts and after.hosts[address].mac == host.mac
    }
    left, arrived = _leavers(before, after), _leavers(after, before)
    found = []
    for mac, was in left.items():
        now = arrived.get(mac)
        if now is None or mac in held or not was or not now:
            continue
        found.append(HostChange(was, now))
    return found


def _leavers(here: NetworkState, there: NetworkState) -> Mapping[str, SeenHost | None]:
    """Return by hardware address the host that stands at an address where it is known not to be on the other side; None: several."""
    counts = Counter(host.mac for address, host in here.hosts.items() if host.mac and not _is_there(host, there))
    return {
        host.mac: host if counts[host.mac] == 1 and _known_elsewhere(address, host, there) else None
        for address, host in here.hosts.items()
        if host.mac and not _is_there(host, there)
    }


def _is_there(host: SeenHost, there: NetworkState) -> bool:
    other = there.hosts.get(host.address)
    return other is not None and other.mac == host.mac


def _known_elsewhere(address: str, host: SeenHost, there: NetworkState) -> bool:
    other = there.hosts.get(address)
    return _other_hardware(host, other) if other is not None else there.why_untold(address) is None


def _ports(before: SeenHost, after: SeenHost) -> Iterable[tuple[PortChange, str]]:
    for key in before.ports.keys() | after.ports.keys():
        was, now = before.ports.get(key), after.ports.get(key)
        if was is now:
            continue
        opened_before, opened_after = _is_open(before, key, was), _is_open(after, key, now)
        if opened_before is None or opened_after is None:
            continue
        change = PortChange(after, *key, was, now)
        if opened_before != opened_after:
            yield change, "opened" if opened_after else "closed"
        elif opened_after and was is not None and now is not None and _another_service(was, now):
            yield change, "changed"


def _is_open(host: SeenHost, key: PortKey, port: SeenPort | None) -> bool | None:
    """Return whether a port is open; None where nobody knows: it was not asked, or its state leaves it open."""
    if port is not None:
        return True if port.state == "open" else False if port.state in _SHUT else None
    protocol, number = key
    if not host.whole or not holds(host.asked.get(protocol, ()), number):
        return None
    rest = host.rest.get(protocol, host.rest.get(""))
    # An open port is always listed one by one.
    return False if rest is None or rest in _SHUT else None


def _another_service(was: SeenPort, now: SeenPort) -> bool:
    """Return whether another service answers: only answers are compared, and only what both told."""
    if not (was.probed and now.probed) or was.service in _NO_NAME or now.service in _NO_NAME:
        return False
    pairs = ((was.service, now.service), (was.product, now.product), (was.version, now.version))
    return any(one is not None and other is not None and one != other for one, other in pairs)
