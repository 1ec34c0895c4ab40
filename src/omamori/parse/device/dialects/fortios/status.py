"""What a FortiGate prints when asked for its state: `get system status`, `get system interface`, the routing table, HA, tunnels.

Source: FortiOS CLI reference. These outputs hold no rules: what they do not tell of is not collected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from omamori.model.device import DeviceInterface, DeviceRoute
from omamori.parse.device.dialects.fortios.network import KINDS, address_of
from omamori.parse.device.extent import network
from omamori.parse.network.lines import prompt
from omamori.parse.windows.lines import Line

VERSION = re.compile(
    r"^Version:\s{1,20}(?P<model>Forti[\w.-]{1,60})\s{1,10}v(?P<version>[\d.]{1,20}),build(?P<build>\d{1,8}),(?P<built>\d{6})\b"
)
INTERFACE = re.compile(r"^==\s{0,4}\[\s{0,4}(?P<name>[^\]]{1,64}?)\s{0,4}\]$")
PHYSICAL = re.compile(r"^\s{1,8}==\s{0,4}\[\s{0,4}(?P<name>[^\]]{1,64}?)\s{0,4}\]$")
ROUTES = re.compile(r"^Routing table for VRF=(?P<vrf>\d{1,5})$|^Codes: K - kernel,")
_ROUTE = re.compile(
    r"^(?P<code>[KCSRBOi])(?P<more>[ *>A-Za-z0-9]{0,8}?)\s{1,12}(?P<net>\d[\d.]{6,14}/\d{1,2})\s{1,4}(?:\[(?P<distance>\d{1,3})/\d{1,10}\]\s)?(?P<rest>.{1,300})$"
)
_HOP = re.compile(r"^\s{4,60}(?:\[(?P<distance>\d{1,3})/\d{1,10}\]\s)?(?P<rest>(?:via|is directly connected,|is a summary).{1,300})$")
_VIA = re.compile(
    r"^(?:via (?:(?P<gateway>[\d.]{7,15})|(?P<out>\S{1,64}) tunnel [\d.]{7,15})|is directly connected|is a summary)(?:[ ,(].*)?$"
)
_NOT_OUT = re.compile(r"\d{1,3}:\d\d:\d\d|\d+[dwy]\d+[hdw]?\w*|via|is|directly|connected|recursive|tunnel|\[\S+\]|[\d.]+\]?|\(.*|.*\)")
_PAIR = re.compile(r"(?P<key>[a-z][\w-]{1,40}): ?(?P<value>.*?)(?= +[a-z][\w-]{1,40}:|$)")
_ORIGINS = MappingProxyType({"K": "kernel", "C": "connected", "S": "static", "R": "rip", "B": "bgp", "O": "ospf", "i": "isis"})
_STATUS = re.compile(r"^(?P<key>[A-Z][\w ./()-]{1,50}): ?(?P<value>.*)$")
_HARDWARE = re.compile(r"(?i)\b(?:current_hwaddr|permanent_hwaddr|hwaddr)\s{1,20}(?P<mac>[0-9a-f]{2}(?::[0-9a-f]{2}){5})\b")
CARD = re.compile(r"^(?P<name>\S{1,40})\s{1,12}Link encap:(?P<kind>.{1,60})$")
OWN_CARD = re.compile(r"^(?:wan\d|port\d|internal|dmz|ssl\.|fortilink|npu\d|modem)\S{0,30}\s{1,12}Link encap:")
"""Cards with the names of a FortiGate; old Linux machines print the same of theirs."""
_CARD_ADDRESS = re.compile(
    r"^\s{1,12}inet addr:(?P<address>[\d.]{7,15})(?:\s{1,4}(?:Bcast|P-t-P):[\d.]{7,15})?\s{1,4}Mask:(?P<mask>[\d.]{7,15})$"
)
_TUNNEL = re.compile(r"^name=(?P<name>\S{1,60}) ver=\d serial=\S{1,12} (?P<local>[\d.]{7,15}):\d{1,5}->(?P<peer>[\d.]{7,15}):\d{1,5}")
_HA = re.compile(
    r"^(?:HA Health Status|Model|Mode|Group|Debug|Cluster Uptime|Master|Slave|Primary|Secondary|ses_pickup|override)\b ?(?:\(\S+\))?:"
)
_NIC = re.compile(r"^Description\s{1,20}:\s?Forti|^(?:Hwaddr|Current_HWaddr)\s")
HEADS = (VERSION, INTERFACE, ROUTES, re.compile(r"^== \[onboard\]$"), re.compile(r"^HA Health Status:|^Model: Forti"), CARD, _NIC, _TUNNEL)


@dataclass
class State:
    """What the outputs told: facts about the device, rows, and lines nobody understood."""

    facts: dict[str, Any] = field(default_factory=dict)
    interfaces: list[DeviceInterface] = field(default_factory=list)
    routes: list[DeviceRoute] = field(default_factory=list)
    tunnels: dict[str, int] = field(default_factory=dict)
    hardware: list[str] = field(default_factory=list)
    unread: list[tuple[Line, str]] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)


class Reader:
    """Follows the outputs line by line; the line that begins an output says how the next are read."""

    def __init__(self) -> None:
        """Begin outside of any output."""
        self.state = State()
        self.take: Callable[[Line], bool] = self._nothing
        self.last: dict[str, Any] = {}
        self.vrf: str | None = None
        self.section = ""

    def line(self, line: Line) -> None:
        """Read one line."""
        text = line.text
        if not text.strip():
            return
        if (told := prompt(text)) is not None and not text.startswith(("S*", "O*", "B*")) and ("#" in text[:80] or "$" in text[:80]):
            self.state.facts.setdefault("hostname", told.name or None)
            self.take, self.section = self._nothing, told.command
            return
        if (begun := self._begun(text)) is not None:
            self.take, self.section = begun
        if not self.take(line):
            self.state.unread.append((line, self.section))

    def _begun(self, text: str) -> tuple[Callable[[Line], bool], str] | None:
        if VERSION.match(text):
            return self._status, "get system status"
        if text == "== [onboard]":
            self.state.tables.add("device_interfaces")
            return self._physical, "get system interface physical"
        if INTERFACE.match(text):
            self.state.tables.add("device_interfaces")
            return self._interface, "get system interface"
        if ROUTES.match(text):
            return self._route, "get router info routing-table"
        if CARD.match(text):
            self.state.tables.add("device_interfaces")
            return self._card, "fnsysctl ifconfig"
        if _TUNNEL.match(text):
            return self._tunnel, "diagnose vpn tunnel list"
        if _NIC.match(text):
            return self._hardware, "get hardware nic"
        if text.startswith(("HA Health Status:", "Model: Forti")):
            return self._ha, "get system ha status"
        return None

    def _nothing(self, line: Line) -> bool:
        return False

    def _status(self, line: Line) -> bool:
        """A line of `get system status`."""
        if found := VERSION.match(line.text):
            self.state.facts.update(model=found["model"], version=found["version"], evidence=str(line.number))
            self.state.facts["firmware_built"] = built(found["built"])
            return True
        pair = _STATUS.match(line.text)
        if pair is None:
            return False
        key, value = pair["key"], pair["value"].strip()
        if key == "Hostname" and value:
            self.state.facts["hostname"] = value
        elif key == "Operation Mode":
            self.state.facts["forwards"] = True if value == "NAT" else None
        elif key == "System time":
            self.state.facts["clock"] = moment(value)
        return True

    def _ha(self, line: Line) -> bool:
        """HA tells the model and nothing else of our tables; what it says of members is known and not kept."""
        if line.text.startswith("Model: "):
            self.state.facts.setdefault("model", line.text[7:].strip() or None)
            self.state.facts.setdefault("evidence", str(line.number))
        return True

    def _interface(self, line: Line) -> bool:
        """A line of `get system interface`: everything of an interface stands in one line."""
        if INTERFACE.match(line.text):
            return True
        said = {found["key"]: found["value"].strip() for found in _PAIR.finditer(line.text[:4000])}
        if "name" not in said:
            return False
        address, prefix, net = address_of(said.get("ip", "").split())
        kind = said.get("type", "")
        self.state.interfaces.append(
            DeviceInterface(
                name=said["name"], kind=KINDS.get(kind, kind or None), enabled=said["status"] == "up" if "status" in said else None,
                address=address, prefix=prefix, network_first=net[0] if net else None, network_last=net[1] if net else None,
                dynamic=said["mode"] in ("dhcp", "pppoe") if "mode" in said else None, evidence=str(line.number),
            )
        )  # fmt: skip
        return True

    def _physical(self, line: Line) -> bool:
        """A line of `get system interface physical`: one value a line below the name."""
        if INTERFACE.match(line.text):
            return True
        if found := PHYSICAL.match(line.text):
            self.state.interfaces.append(DeviceInterface(name=found["name"], kind="ethernet", evidence=str(line.number)))
            return True
        key, colon, value = line.text.strip().partition(":")
        if not colon or not self.state.interfaces:
            return False
        change: dict[str, Any] = {}
        last = self.state.interfaces[-1]
        if key == "ip":
            address, prefix, net = address_of(value.split())
            change = {
                "address": address, "prefix": prefix, "network_first": net[0] if net else None, "network_last": net[1] if net else None
            }  # fmt: skip
        elif key == "status":
            change = {"enabled": value.strip() == "up"}
        elif key == "mode":
            change = {"dynamic": value.strip() in ("dhcp", "pppoe")}
        self.state.interfaces[-1] = replace(last, **change)
        return True

    def _card(self, line: Line) -> bool:
        """A line of `fnsysctl ifconfig`."""
        if found := CARD.match(line.text):
            self.state.interfaces.append(DeviceInterface(name=found["name"], evidence=str(line.number)))
            self._hardware(line)
            return True
        if not self.state.interfaces:
            return False
        if found := _CARD_ADDRESS.match(line.text):
            address, prefix, net = address_of([found["address"], found["mask"]])
            self.state.interfaces[-1] = replace(
                self.state.interfaces[-1], address=address, prefix=prefix, network_first=net[0] if net else None,
                network_last=net[1] if net else None,
            )  # fmt: skip
            return True
        return line.text[:1].isspace()

    def _hardware(self, line: Line) -> bool:
        """A hardware address of the device itself."""
        for found in _HARDWARE.finditer(line.text):
            mac = found["mac"].lower()
            if mac not in self.state.hardware and mac.strip("0:") and len(self.state.hardware) < 64:
                self.state.hardware.append(mac)
        return True

    def _tunnel(self, line: Line) -> bool:
        """A line of `diagnose vpn tunnel list`: that the tunnel is there."""
        if found := _TUNNEL.match(line.text):
            self.state.tunnels[found["name"]] = line.number
        return True

    def _route(self, line: Line) -> bool:
        """A line of the routing table."""
        text = line.text
        if found := re.match(r"Routing table for VRF=(\d{1,5})$", text):
            self.vrf = None if found[1] == "0" else found[1]
            self.state.tables.add("device_routes")
            return True
        if text.startswith("Codes:") or re.match(r"^\s{1,12}(?:[A-Z0-9i*]{1,2} - |L1 - )", text) or text.startswith("       * - "):
            return True
        if found := _ROUTE.match(text):
            net = network(found["net"])
            if net is None:
                return False
            self.state.tables.add("device_routes")
            self.last = {
                "destination": found["net"], "destination_first": net[0], "destination_last": net[1], "origin": _ORIGINS[found["code"]],
                "distance": _number(found["distance"]), "vrf": self.vrf,
            }  # fmt: skip
            return self._hop(found["rest"], line)
        if (found := _HOP.match(text)) and self.last:
            self.last["distance"] = _number(found["distance"]) if found["distance"] else self.last["distance"]
            return self._hop(found["rest"], line)
        return False

    def _hop(self, text: str, line: Line) -> bool:
        found = _VIA.match(text)
        if found is None:
            return False
        out = found["out"] or next(
            (word for part in text.split(",")[1:] if (word := part.strip()) and not _NOT_OUT.fullmatch(word.split()[0])), None
        )
        discard = out == "Null" or "Null" in text.split()
        self.state.routes.append(
            DeviceRoute(
                **self.last, gateway=found["gateway"], interface=None if discard else out, discard=discard, evidence=str(line.number)
            )
        )
        return True


def _number(text: str | None) -> int | None:
    return int(text) if text else 0


def built(text: str) -> date | None:
    """Return the day of a build written YYMMDD."""
    try:
        return datetime.strptime(text, "%y%m%d").date()
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """Return the moment `Thu Oct 26 17:35:21 2023`, by the clock of the device."""
    try:
        return datetime.strptime(" ".join(text.split()[:5]), "%a %b %d %H:%M:%S %Y")
    except ValueError:
        return None


def read_state(lines: Iterable[Line]) -> State:
    """Read the outputs among lines that belong to no configuration."""
    reader = Reader()
    for line in lines:
        reader.line(line)
    return reader.state


def speaks(head: Iterable[str]) -> Iterator[str]:
    """Yield the lines that begin one of these outputs."""
    for text in head:
        if any(pattern.match(text) for pattern in HEADS):
            yield text
