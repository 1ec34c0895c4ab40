"""What the records of a scan file mean: which host was seen, what it answered, what is known of a port that is not listed. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from itertools import chain

from omamori.parse.addresses import ip
from omamori.parse.nmap.records import Host, Port, Run
from omamori.parse.nmap.targets import Ranges, asked_of, hosts_listed, port_ranges
from omamori.parse.nmap.wanted import banner_of, smb_facts

PROTOCOLS = ("tcp", "udp", "sctp")
_ANSWERED = ("open", "closed", "unfiltered")
"""States only the machine itself can have caused. *filtered* may be a router's word, *open|filtered* is nobody's."""
_MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}")
_LINE_CHARS = 300


def seen(host: Host) -> bool:
    """Return whether a host answered.

    `up` alone is not enough: told not to look first (-Pn), nmap calls every address up (`user-set`); then one of its ports must
    have answered. masscan writes no status, and only what answered.
    """
    if host.status not in ("up", ""):
        return False
    return answered_with(host) is not None


def answered_with(host: Host) -> str | None:
    """Return what showed that it is there, as nmap names it; None when nothing did."""
    if host.status == "up" and host.reason not in ("user-set", ""):
        return host.reason
    for port in sorted(host.ports, key=lambda one: (one.state != "open", one.line)):
        if port.state in _ANSWERED:
            return port.reason or port.state
    for extra in host.extra:
        if extra.state in _ANSWERED:
            return next((reason for _, _, reason in extra.reasons if reason), extra.state)
    # Some versions tell no reason at all; without a port asked, up is all there is to go by.
    return "up" if host.status == "up" and not host.reason and not host.ports_told else None


def address_of(host: Host) -> str:
    """Return the IP address a host was scanned at, written as everybody writes it; empty when it has none."""
    known = ip(host.address("ipv4", "ipv6"))
    return str(known) if known is not None else ""


def other_addresses(host: Host) -> tuple[str, ...]:
    """Return the IP addresses of a host besides the one it was scanned at."""
    found = [str(known) for text, kind in host.addresses if kind in ("ipv4", "ipv6") and (known := ip(text)) is not None]
    return tuple(dict.fromkeys(one for one in found if one != address_of(host)))


def mac_of(host: Host) -> str | None:
    """Return its hardware address, lower case with colons; None when it was not seen."""
    mac = host.address("mac").lower().replace("-", ":")
    return mac if _MAC.fullmatch(mac) else None


def hostname_of(host: Host) -> str | None:
    """Return the name the scanner found (the reverse name before the one it was called by), without domain."""
    by_kind = {kind: name for name, kind in reversed(host.hostnames)}
    name = one_line(by_kind.get("PTR") or by_kind.get("user") or "", 64)
    if ip(name) is not None:
        return None
    return name.partition(".")[0].lower() or None


def told_name(host: Host) -> str | None:
    """Return the name the machine itself gave over SMB; None when it gave none."""
    for script in host.scripts:
        if script.id == "smb-os-discovery":
            name = one_line(smb_facts(script)[1], 64).partition(".")[0].lower()
            if name and ip(name) is None:
                return name
    return None


def system_of(host: Host) -> tuple[str | None, int | None]:
    """Return its system and how sure the scanner is (percent; None where the machine or a service told it)."""
    for script in host.scripts:
        if script.id == "smb-os-discovery" and (told := one_line(smb_facts(script)[0])):
            return told, None
    if host.system:
        return one_line(host.system), host.accuracy
    told_by_services = {port.service.get("ostype", "") for port in host.ports if port.service.get("method") == "probed"} - {""}
    return (one_line(told_by_services.pop()), None) if len(told_by_services) == 1 else (None, None)


def banner(host: Host, port: Port) -> str | None:
    """Return what else a port said of itself: the scanner's extra words and the scripts worth a line; None when nothing."""
    if not (port.scripts or host.scripts):
        return one_line(port.service.get("extrainfo", "")) or None
    scripts = list(port.scripts)
    if host.scripts and port.protocol == "tcp" and port.number == _smb_port(host):
        scripts += [script for script in host.scripts if script.id in ("smb-os-discovery", "smb-protocols")]
    said = chain((port.service.get("extrainfo", ""),), map(banner_of, scripts))
    return one_line("; ".join(part for part in (one_line(text) for text in said) if part)) or None


def _smb_port(host: Host) -> int | None:
    open_ports = {port.number for port in host.ports if port.protocol == "tcp" and port.state == "open"}
    return next((number for number in (445, 139) if number in open_ports), None)


def encrypted(port: Port) -> bool | None:
    """Return whether a port speaks inside TLS; None where nobody tried."""
    if port.service.get("tunnel") == "ssl":
        return True
    return False if port.service.get("method") == "probed" else None


def asked_ports(run: Run, host: Host) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return the ports that were asked of a host, by protocol; empty where the file does not tell, or not to the end."""
    return all_asked_ports(run) if was_asked_to_the_end(host) else {}


def all_asked_ports(run: Run) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return the ports a run asked, by protocol."""
    return {protocol: port_ranges(ports) for protocol, ports in run.asked.items() if protocol in PROTOCOLS}


def was_asked_to_the_end(host: Host) -> bool:
    """Return whether the scanner told the ports of a host, did not give it up, and the file did not break off in it."""
    return host.ports_told and host.whole and not host.timed_out


def rest_states(host: Host) -> Mapping[str, str]:
    """Return for each protocol ("" for all) the state of the ports that were asked and are not listed; several joined with `|`."""
    states: dict[str, set[str]] = {}
    for extra in host.extra:
        for protocol in {reason[0] for reason in extra.reasons} or {""}:
            states.setdefault(protocol, set()).add(extra.state)
    return {protocol: "|".join(sorted(said)) for protocol, said in states.items()}


def asked_addresses(run: Run, listed: Collection[str]) -> tuple[tuple[str, ...], Ranges | None]:
    """Return the targets as they were named, and all addresses that were asked; None where that cannot be told.

    In: `listed`, the addresses the file has a host element for.
    """
    if run.scanner != "nmap":
        return (), None  # masscan tells neither its targets nor how many it asked
    asked = asked_of(run.arguments)
    total = sum(int(last) - int(first) + 1 for first, last in asked.ranges) if asked.ranges is not None else None
    if asked.ranges is not None and run.total == total:
        return asked.targets, asked.ranges
    if run.total is not None and run.total == len(listed):
        return asked.targets, hosts_listed(listed)
    return asked.targets, None


def run_identifier(scanner: str, began: int | None, arguments: str) -> str:
    """Return the identifier of a run, the same however often its file comes in. In: as the stored file has them."""
    return f"{scanner or 'scan'}-{began or 0}-{sha256(arguments.encode('utf-8', 'replace')).hexdigest()[:8]}"


def one_line(text: str, limit: int = _LINE_CHARS) -> str:
    """Return text in one line without control characters, not endless."""
    if len(text) <= limit and text.isprintable() and "  " not in text:
        return text.strip()
    joined = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * limit]).split())
    return joined if len(joined) <= limit else f"{joined[: limit - 1]}…"


def merged(hosts: Iterable[Host]) -> dict[str, list[Host]]:
    """Return the hosts by address, in order: masscan writes one element for each port, and a target may be named twice."""
    found: dict[str, list[Host]] = {}
    for host in hosts:
        if address := address_of(host):
            found.setdefault(address, []).append(host)
    return found
