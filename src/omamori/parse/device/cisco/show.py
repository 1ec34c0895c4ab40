"""Outputs of `show` commands of Cisco devices → rows: version, interfaces, routing table, sessions of tunnels.

Sources: Cisco IOS and ASA command references, the sections of each command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from omamori.model.device import DeviceAccount, DeviceFact, DeviceInterface, DeviceRoute, DeviceVpn
from omamori.parse.device.cisco.reading import ranges
from omamori.parse.device.cisco.values import ip4, length, network
from omamori.parse.network.values import moment, month
from omamori.parse.windows.lines import Line

_VERSION = re.compile(r"\bVersion ([\w.()/:-]{1,60})")
_SOFTWARE = re.compile(r"^(?:Cisco IOS|IOS \(tm\)|Cisco Internetwork|Cisco Adaptive|Cisco PIX)|^\S{1,20} Software \(", re.IGNORECASE)
_UPTIME = re.compile(r"^(?P<name>[A-Za-z][\w.-]{0,62}) (?:uptime is|up) \d")
_MODEL = re.compile(
    r"^(?:Hardware:\s+(?P<asa>[\w./-]+)|[Cc]isco (?P<ios>[\w./+-]+) ?(?:\(.{1,60}?\))? .{0,60}?(?:processor|with \S+ bytes of memory))"
)
_BUILT = re.compile(r"^Compiled (?:on )?[A-Z][a-z]{2} (\d{1,2})-([A-Z][a-z]{2})-(\d{2,4})")
_STARTED = re.compile(r"^System restarted at (.{8,60})$")
_BRIEF = re.compile(
    r"^(?P<name>\S{2,50})\s+(?P<ip>[\d.]{7,15}|unassigned)\s+(?:YES|NO)\s+(?P<how>\S+)\s+(?P<status>administratively down|admin down|up|down|deleted|reset)\s+\S+"
)
_INTERFACE = re.compile(
    r"^(?:Interface (?P<asa>\S+) \"(?P<zone>[^\"]*)\", is|(?P<ios>\S+) is) (?P<status>administratively down|up|down|deleted|reset)"
)
_ADDRESS = re.compile(
    r"^\s+(?:Internet|Secondary) address is (?P<ip>[\d.]+)/(?P<bits>\d{1,2})|^\s+IP address (?P<asa>[\d.]+), subnet mask (?P<mask>[\d.]+)"
)
_LABEL = re.compile(r"^\s+Description: (.{1,200})$")
_ROUTE = re.compile(
    r"^(?P<code>[A-Za-z][A-Za-z0-9]?)(?P<star>[*+% ])?\s{0,3}(?P<sub>(?:E1|E2|IA|N1|N2|EX|L1|L2|ia|su|SU)?)[*+% ]{0,3}\s*(?P<ip>\d{1,3}(?:\.\d{1,3}){3})"
    r"(?:/(?P<bits>\d{1,2})| (?P<mask>\d{1,3}(?:\.\d{1,3}){3}))?(?P<rest>\s.*)?$"
)
_METRIC = re.compile(r"\[(?P<distance>\d{1,3})/\d{1,10}\]")
_VIA = re.compile(r"\bvia (?P<gateway>\d{1,3}(?:\.\d{1,3}){3})")
_CONNECTED = re.compile(r"\bis directly connected, (?P<interface>\S+)")
_SUBNETTED = re.compile(r"^\s+\d{1,3}(?:\.\d{1,3}){3}/(?P<bits>\d{1,2}) is subnetted")
_ORIGINS = {
    "L": "local", "C": "connected", "S": "static", "R": "rip", "B": "bgp", "D": "eigrp", "O": "ospf", "i": "isis", "V": "vpn", "H": "nhrp", "U": "static",
    "SI": "static", "BI": "bgp", "M": "mobile", "l": "lisp", "a": "application", "n": "nat", "Ni": "nat", "P": "static", "o": "odr", "s": "static",
}  # fmt: skip


def of_this_device(lines: Sequence[Line]) -> bool:
    """Whether an output is of `show version`: neighbours and logs tell of software in the same words, but of no uptime."""
    return any(_UPTIME.match(line.text) for line in lines)


def read_version(lines: Sequence[Line], fact: DeviceFact) -> DeviceFact:
    """Return the facts with what `show version` tells."""
    if not of_this_device(lines):
        return fact
    version = None
    for line in lines:
        text = line.text
        if _SOFTWARE.search(text) and (found := _VERSION.search(text)):
            version, fact = found[1].rstrip(",:"), replace(fact, evidence=str(line.number))
        if fact.hostname is None and (found := _UPTIME.match(text)):
            fact = replace(fact, hostname=found["name"])
        if fact.model is None and (found := _MODEL.match(text)):
            fact = replace(fact, model=(found["asa"] or found["ios"]).rstrip(","))
        if fact.firmware_built is None and (found := _BUILT.match(text)):
            fact = replace(fact, firmware_built=_day(found[1], found[2], found[3]))
        if fact.booted is None and (found := _STARTED.match(text)):
            fact = replace(fact, booted=_moment(found[1]))
    return replace(fact, version=version or fact.version)


def _moment(text: str) -> datetime | None:
    """`09:09:22 UTC Tue Apr 9 2013`, with the zone between time and day."""
    return moment(re.sub(r"^([\d:]{5,8}) \S{1,10} (\S{3}) (\S{3} \d{1,2}) (\d{4})$", r"\2 \3 \1 \4", text.strip()))


def _day(day: str, name: str, year: str) -> date | None:
    number = month(name)
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day)) if number else None
    except ValueError:
        return None


def read_brief(lines: Sequence[Line]) -> Iterator[DeviceInterface]:
    """Return the interfaces `show ip interface brief` lists; it tells no prefix."""
    for line in lines:
        if found := _BRIEF.match(line.text):
            address = found["ip"] if ip4(found["ip"]) is not None else None
            yield DeviceInterface(
                name=found["name"], enabled="admin" not in found["status"] and found["status"] != "deleted", address=address,
                dynamic=found["how"].lower() in ("dhcp", "ipcp") if address else None, evidence=str(line.number),
            )  # fmt: skip


def read_interfaces(lines: Sequence[Line]) -> list[DeviceInterface]:
    """Return the interfaces `show interfaces` tells of, a row per address."""
    found: list[DeviceInterface] = []
    current: DeviceInterface | None = None
    kept = False
    for line in lines:
        if begun := _INTERFACE.match(line.text):
            if current is not None and not kept:
                found.append(current)
            name = begun["asa"] or begun["ios"]
            current, kept = (
                DeviceInterface(name=name, zone=begun["zone"] or None, enabled="admin" not in begun["status"], evidence=str(line.number)),
                False,
            )
        elif current is not None and (said := _ADDRESS.match(line.text)):
            address = said["ip"] or said["asa"]
            bits = int(said["bits"]) if said["bits"] else length(said["mask"] or "")
            if ip4(address) is not None and bits is not None and bits <= 32:
                first = (ip4(address) or 0) & ~((1 << (32 - bits)) - 1)
                found.append(
                    replace(
                        current,
                        address=address,
                        prefix=bits,
                        network_first=first,
                        network_last=first + (1 << (32 - bits)) - 1,
                        evidence=str(line.number),
                    )
                )
                kept = True
        elif current is not None and (said := _LABEL.match(line.text)):
            current = replace(current, label=said[1].strip())
    if current is not None and not kept:
        found.append(current)
    return found


def read_routes(lines: Sequence[Line]) -> list[DeviceRoute]:
    """Return the entries of a routing table; one with several gateways is several rows."""
    found: list[DeviceRoute] = []
    bits: int | None = None
    vrf: str | None = None
    last: DeviceRoute | None = None
    for line in lines:
        text = line.text
        if text.startswith("Routing Table: "):
            vrf = text.removeprefix("Routing Table: ").strip() or None
        elif said := _SUBNETTED.match(text):
            bits = int(said["bits"])
        elif said := _ROUTE.match(text):
            size = int(said["bits"]) if said["bits"] else length(said["mask"]) if said["mask"] else bits
            destination = network(said["ip"], _mask(size)) if size is not None and size <= 32 else None
            if destination is None:
                last = None
                continue
            low, high = ranges(destination)[0]
            last = DeviceRoute(
                destination=destination,
                destination_first=low,
                destination_last=high,
                origin=_ORIGINS.get(said["code"], said["code"]),
                vrf=vrf,
                evidence=str(line.number),
            )
            found += _hop(last, said["rest"] or "", line.number)
        elif last is not None and text.startswith(" ") and ("via " in text or "connected" in text):
            found += _hop(last, text, line.number)
        elif last is not None and not text.strip():
            last = None
    return found


def _mask(size: int | None) -> str:
    number = (0xFFFFFFFF << (32 - (size or 0))) & 0xFFFFFFFF
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def _hop(route: DeviceRoute, rest: str, number: int) -> list[DeviceRoute]:
    """The gateway and interface in the rest of a line; none when they stand on the next."""
    metric = _METRIC.search(rest)
    distance = int(metric["distance"]) if metric else 0 if route.origin in ("connected", "local") else None
    if said := _CONNECTED.search(rest):
        name = rest.rsplit(",", 1)[-1].strip() or said["interface"]
        return [
            replace(
                route,
                interface=name if name.lower() != "null0" else None,
                discard=name.lower() == "null0",
                distance=distance,
                evidence=str(number),
            )
        ]
    if "connected by VPN" in rest:
        return [replace(route, interface=rest.rsplit(",", 1)[-1].strip() or None, distance=distance, evidence=str(number))]
    if rest.rstrip().endswith(", Null0"):
        return [replace(route, discard=True, distance=distance, evidence=str(number))]
    if said := _VIA.search(rest):
        last = rest.rsplit(",", 1)[-1].strip() if "," in rest else ""
        interface = last if last and last[0].isalpha() and " " not in last else None
        return [replace(route, gateway=said["gateway"], interface=interface, distance=distance, evidence=str(number))]
    return []


def read_crypto(lines: Sequence[Line]) -> Iterator[DeviceVpn]:
    """Return the tunnels `show crypto session` tells of."""
    interface = status = None
    for line in lines:
        name, _, rest = line.text.strip().partition(": ")
        if name == "Interface":
            interface, status = rest.strip(), None
        elif name == "Session status":
            status = rest.strip()
        elif name == "Peer" and ip4(rest.split(" ")[0]) is not None:
            peer = rest.split(" ")[0]
            yield DeviceVpn(
                name=f"{interface or ''} {peer}".strip(), kind="ipsec", enabled=None if status is None else status.startswith("UP"), listens_on=interface, port=500,
                peer=peer, allowed_from=peer, evidence=str(line.number),
            )  # fmt: skip


def read_sessions(lines: Sequence[Line]) -> Iterator[Any]:
    """Return whom `show vpn-sessiondb` of an ASA names: users of dial-in, other ends of tunnels."""
    session, name, number = "", "", 0
    for line in lines:
        text = line.text.strip()
        if text.startswith("Session Type: "):
            session = text.removeprefix("Session Type: ")
        elif found := re.match(r"^Username\s{0,20}: (\S{1,100})", text):
            yield DeviceAccount(name=found[1], kind="vpn-user", enabled=True, evidence=str(line.number))
        elif found := re.match(r"^Connection\s{0,20}: (\S{1,100})", text):
            name, number = found[1], line.number
        elif name and (found := re.match(r"^Login Time\s{0,20}: (.{8,60})$", text)):
            when = _moment(found[1])
            if session.startswith("LAN-to-LAN"):
                yield DeviceVpn(
                    name=name,
                    kind="ipsec",
                    dial_in=False,
                    enabled=True,
                    port=500,
                    peer=name,
                    allowed_from=name,
                    last_active=when,
                    evidence=str(number),
                )
            name = ""
