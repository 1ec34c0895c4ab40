"""Evidence kind `nmap.xml`: what nmap (and masscan) write with -oX → scans, network_hosts, network_ports.

Source: the document type nmap.dtd and the output of nmap 5.51 to 7.95. Lines of evidence are those of the stored XML: nmap
puts each port on a line of its own, and all else of a host on a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import IPv4Address

from omamori.model.gentle import GENTLE_PORTS
from omamori.model.look import EVERYWHERE, Look, Parsed, Problem
from omamori.model.sightings import NetworkHost, NetworkPort, Scan
from omamori.model.text import Text
from omamori.parse.addresses import ip
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.nmap import facts
from omamori.parse.nmap.plain import plain, plain_head
from omamori.parse.nmap.reader import number, read
from omamori.parse.nmap.records import Broken, Host, Port, Run
from omamori.parse.nmap.redact import redact
from omamori.parse.nmap.targets import holds

_PROLOG = ((b"<?", b"?>"), (b"<!--", b"-->"))
_PROLOG_PARTS = 20
_PORTS_NEED = "all ports of the gentle list asked, and the scan run to its end"
"""What makes a look at the ports of an address complete."""


def parse(data: bytes, context: Context) -> Parsed:
    """Return the rows of a scan file.

    In: XML, also several documents one after the other, also packed with gzip. Raises EvidenceError when there is no run in it.
    """
    runs, broken = read(plain(data))
    if not any(run.scanner or run.hosts for run in runs):
        raise EvidenceError(
            Text(
                "nmapのXMLとして読める部分がありません。nmap -oX ファイル名 で保存し直してください",
                "nothing in it can be read as nmap's XML; save it again with nmap -oX FILE",
            )
        )
    rows: list[Scan | NetworkHost | NetworkPort] = []
    looks: list[Look] = []
    claims: list[tuple[str, tuple[str, ...]]] = []
    rows += [_scan(run) for run in runs]
    looks.append(_scan_look(runs, context))
    addresses = _by_address(runs)
    shared = _shared_hardware(addresses)
    for address, sightings in addresses.items():
        found = [(run, host) for run, host in sightings if facts.seen(host)]
        if not found:
            continue
        rows.append(_host(address, found))
        rows += _ports(address, found)
        looks += _looks(address, found, context)
        claims.append((address, _claims(address, found, shared)))
    return Parsed(rows=tuple(rows), looks=tuple(looks), problems=(*_problems(broken), *_nameless(runs)), claims=tuple(claims))


def _by_address(runs: Sequence[Run]) -> dict[str, list[tuple[Run, Host]]]:
    found: dict[str, list[tuple[Run, Host]]] = {}
    for run in runs:
        for address, hosts in facts.merged(run.hosts).items():
            found.setdefault(address, []).extend((run, host) for host in hosts)
    return found


def _scan(run: Run) -> Scan:
    targets, _ = facts.asked_addresses(run, ())
    return Scan(
        scan=_identifier(run),
        tool=facts.one_line(f"{run.scanner} {run.version}"),
        began=moment(run.began),
        ended=moment(run.ended),
        finished=run.finished,
        targets=" ".join(targets) or None,
        asked_ports=run.asked.get("tcp"),
        hosts_asked=run.total if run.scanner == "nmap" else None,  # masscan counts only what answered
        hosts_up=len({facts.address_of(host) for host in run.hosts if facts.seen(host)} - {""}),
        arguments=run.arguments or None,
        evidence=str(run.line),
    )


def _identifier(run: Run) -> str:
    return facts.run_identifier(run.scanner, run.began, run.arguments)


def _host(address: str, found: Sequence[tuple[Run, Host]]) -> NetworkHost:
    """Return the row of an address; what a later element does not tell is taken from an earlier one."""
    run, last = found[-1]
    newest_first = [host for _, host in reversed(found)]
    system, accuracy = next((said for said in map(facts.system_of, newest_first) if said[0]), (None, None))
    known = ip(address)
    return NetworkHost(
        asset=address,
        seen=_seen(run, last),
        address=address,
        address_number=int(known) if isinstance(known, IPv4Address) else None,
        mac=_first(facts.mac_of(host) for host in newest_first),
        hostname=_first(facts.hostname_of(host) for host in newest_first),
        reason=facts.answered_with(last),
        system=system,
        system_accuracy=accuracy,
        distance=next((host.distance for host in newest_first if host.distance is not None), None),
        scan=_identifier(run),
        evidence=str(last.line),
    )


def _ports(address: str, found: Sequence[tuple[Run, Host]]) -> list[NetworkPort]:
    """Return the ports of an address. Of a port several elements list the last counts; one that asked and does not list it takes it back."""
    rows: dict[tuple[str, int], NetworkPort] = {}
    for run, host in found:
        asked = facts.asked_ports(run, host)
        listed = {(port.protocol, port.number) for port in host.ports}
        for protocol, port_number in [key for key in rows if key not in listed and holds(asked.get(key[0], ()), key[1])]:
            del rows[protocol, port_number]
        for port in host.ports:
            if port.protocol in facts.PROTOCOLS:
                rows[port.protocol, port.number] = _port(address, run, host, port)
    return list(rows.values())


def _port(address: str, run: Run, host: Host, port: Port) -> NetworkPort:
    service = port.service
    return NetworkPort(
        asset=address,
        seen=_seen(run, host),
        address=address,
        protocol=port.protocol,
        port=port.number,
        state=facts.one_line(port.state, 40),
        reason=facts.one_line(port.reason, 40) or None,
        service=facts.one_line(service.get("name", ""), 64) or None,
        method=service.get("method") if service.get("method") in ("table", "probed") else None,
        confidence=number(service.get("conf")),
        product=facts.one_line(service.get("product", "")) or None,
        version=facts.one_line(service.get("version", ""), 100) or None,
        banner=facts.banner(host, port),
        encrypted=facts.encrypted(port),
        scan=_identifier(run),
        evidence=str(port.line),
    )


def _looks(address: str, found: Sequence[tuple[Run, Host]], context: Context) -> list[Look]:
    """Return the looks at an address. Its ports are looked at whole when one run asked all of the gentle list and ended."""
    since, until = _interval([run for run, _ in found], context)
    hosts = Look("network_hosts", asset=address, covers_since=since, covers_until=until)
    looks = [hosts if found[-1][1].whole else replace(hosts, complete=False, reason="not_collected")]
    whole = any(
        run.finished and all(holds(asked.get("tcp", ()), port) for port in GENTLE_PORTS)
        for run, host in found
        for asked in (facts.asked_ports(run, host),)
    )
    near = any(facts.mac_of(host) for _, host in found)
    ports = Look("network_ports", asset=address, covers_since=since, covers_until=until, stand="segment" if near else "routed")
    looks.append(ports if whole else replace(ports, complete=False, reason="not_collected", needs=_PORTS_NEED))
    return looks


def _scan_look(runs: Sequence[Run], context: Context) -> Look:
    since, until = _interval(runs, context)
    look = Look("scans", asset=EVERYWHERE, covers_since=since, covers_until=until)
    return look if all(run.finished for run in runs) else replace(look, complete=False, reason="not_collected")


def _interval(runs: Sequence[Run], context: Context) -> tuple[datetime | None, datetime | None]:
    """Return the time the runs cover; a clock that runs ahead is not believed, receipt counts."""
    began = [known for run in runs if (known := moment(run.began)) is not None]
    ended = [known for run in runs if (known := moment(run.ended) or moment(run.began)) is not None]
    until = min(max(ended), context.received) if ended else None
    since = min(min(began), until or context.received) if began else None
    return since, until


def _claims(address: str, found: Sequence[tuple[Run, Host]], shared: frozenset[str]) -> tuple[str, ...]:
    """Return what tells the machine behind an address: a name only where the machine itself gave it; others' name for it is a label."""
    hosts = [host for _, host in reversed(found)]
    mac = _first(facts.mac_of(host) for host in hosts)
    name = _first(facts.told_name(host) for host in hosts)
    label = _first(facts.hostname_of(host) for host in hosts)
    said = (
        f"mac:{mac}" if mac and mac not in shared else "",
        f"name:{name}" if name else "",
        f"ip:{address}",
        *(f"ip:{other}" for host in hosts for other in facts.other_addresses(host)),
        f"label:{label}" if label and not name else "",
    )
    return tuple(dict.fromkeys(one for one in said if one))


def _shared_hardware(addresses: Mapping[str, Sequence[tuple[Run, Host]]]) -> frozenset[str]:
    """Return hardware addresses that stand behind several IP addresses of one version: a router that answers for others is not the others."""
    counts: Counter[tuple[str, int]] = Counter()
    for address, found in addresses.items():
        known = ip(address)
        for mac in {mac for _, host in found if facts.seen(host) and (mac := facts.mac_of(host))}:
            counts[mac, known.version if known is not None else 0] += 1
    return frozenset(mac for (mac, _), times in counts.items() if times > 1)


def _problems(broken: Sequence[Broken]) -> list[Problem]:
    found = []
    for place in broken:
        if place.cut_off:
            en = "the file ends in the middle (the scan was interrupted?); what stands before it was taken in"
            ja = "ファイルが途中で終わっています(調査が中断されたようです)。それより前は取り込みました"
        else:
            en = f"damaged XML ({place.said}); the hosts before and after were taken in"
            ja = f"XMLが壊れています({place.said})。前後の機器は取り込みました"
        found.append(Problem(place.line, en, ja))
    return found


def _nameless(runs: Sequence[Run]) -> list[Problem]:
    return [
        Problem(host.line, "a host without an IP address that can be read: left out", "読み取れるIPアドレスのない機器: 除きました")
        for run in runs
        for host in run.hosts
        if host.whole and not facts.address_of(host)
    ]


def _seen(run: Run, host: Host) -> datetime | None:
    return moment(host.ended) or moment(host.began) or moment(run.ended) or moment(run.began)


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def moment(epoch: int | None) -> datetime | None:
    """Return an epoch as UTC without zone; None for none, 0 or one beyond the year 9999."""
    if not epoch or epoch > 253_402_300_799:
        return None
    return datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)


def recognise(head: bytes, _file_name: str) -> bool:
    """Return True for the XML of nmap or masscan, packed or not; also one that will be refused, so that the reason is told."""
    start = plain_head(head).lstrip()
    for _ in range(_PROLOG_PARTS):
        end = next((mark for begin, mark in _PROLOG if start.startswith(begin)), None)
        if end is None:
            break
        start = start.partition(end)[2].lstrip()
    else:
        return False
    return start.startswith((b"<nmaprun>", b"<nmaprun ", b"<nmaprun\n", b"<nmaprun\r", b"<nmaprun\t", b"<!DOCTYPE nmaprun"))


PARSERS = (
    Parser(
        kind="nmap.xml",
        tables=("scans", "network_hosts", "network_ports"),
        parse=parse,
        redact=redact,
        recognise=recognise,
        max_bytes=256 * 1024 * 1024,
    ),
)
