"""What PAN-OS prints of its state: `show system info`, `show interface`, `show routing route` (PAN-OS CLI reference)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from omamori.model.device import DeviceInterface, DeviceRoute
from omamori.parse.device.extent import network
from omamori.parse.windows.lines import Line

HEADS = re.compile(
    r"^total configured (?:hardware|logical) interfaces: \d|^flags: A:active, \?:loose, C:connect, H:host, S:static|^sw-version: \d"
)
_LOGICAL = re.compile(r"^(?P<name>[a-z][\w./-]{1,30})\s{1,40}\d{1,6}\s{1,8}(?P<vsys>\d{1,3})\s(?P<rest>.{1,200})$")
_ROUTE = re.compile(
    r"^(?P<net>[\d.]{7,15}/\d{1,2})\s{1,60}(?P<hop>[\d.]{7,15}|discard|\S+)\s{1,60}"
    r"(?:(?P<metric>\d{1,6})\s{1,20})?(?P<flags>[A?CHS~ROBEMio12 ]{1,14}?)(?:\s{2,20}(?P<rest>.{0,80}))?$"
)
_INFO = re.compile(r"^(?P<key>[a-z][\w-]{2,50}): ?(?P<value>.*)$")
_MAC = re.compile(r"^(?P<name>[a-z][\w./-]{1,30})\s{1,40}\d{1,6}\s{1,8}\S{1,40}\s{1,20}(?P<mac>[0-9a-f]{2}(?::[0-9a-f]{2}){5})\s*$")


@dataclass
class State:
    """Facts, rows, hardware addresses, lines nobody understood."""

    facts: dict[str, Any] = field(default_factory=dict)
    interfaces: list[DeviceInterface] = field(default_factory=list)
    routes: list[DeviceRoute] = field(default_factory=list)
    hardware: list[str] = field(default_factory=list)
    unread: list[Line] = field(default_factory=list)


def read_state(lines: Iterable[Line]) -> State:
    """Read the outputs among lines that belong to no configuration."""
    state = State()
    kind, router = "", None
    for line in lines:
        text = line.text.replace("\u200b", "").rstrip()
        if not text.strip() or set(text.strip()) <= {"-", "=", " "}:
            continue
        if text.startswith("total configured hardware"):
            kind = "hardware"
        elif text.startswith("total configured logical"):
            kind = "logical"
        elif text.startswith("flags: A:active"):
            kind = "routes"
        elif (found := _INFO.match(text)) and kind in ("", "info"):
            kind = "info"
            _info(state, found["key"], found["value"].strip(), line.number)
        elif found := re.match(r"^VIRTUAL ROUTER: (\S{1,40})", text):
            router = None if found[1] == "default" else found[1]
        elif kind == "hardware":
            _hardware(state, text)
        elif kind == "logical":
            _logical(state, text, line)
        elif kind != "routes" or not _route(state, text, router, line):
            state.unread.append(line)
    return state


def _info(state: State, key: str, value: str, number: int) -> None:
    known = {"hostname": "hostname", "model": "model", "sw-version": "version"}.get(key)
    if known and value and value != "unknown":
        state.facts[known] = value
        state.facts.setdefault("evidence", str(number))
    if key == "mac-address" and re.fullmatch(r"[0-9a-f:]{17}", value):
        state.hardware.append(value)


def _hardware(state: State, text: str) -> None:
    """Physical ports tell hardware addresses; which groups they form is no fact of ours."""
    if (found := _MAC.match(text)) and len(state.hardware) < 64 and found["mac"] not in state.hardware:
        state.hardware.append(found["mac"])


def _logical(state: State, text: str, line: Line) -> None:
    if text.startswith("name  "):
        return
    if text.startswith("    ") and state.interfaces and network(text.strip().partition("/")[0]):
        last = state.interfaces[-1]
        state.interfaces.append(_row(last.name, text.strip(), last.zone, last.vrf, last.vlan, line))
        return
    found = _LOGICAL.match(text)
    words = found["rest"].split() if found else []
    if found is None or len(words) < 3:
        state.unread.append(line)
        return
    tag, zone = words[-2], words[0] if len(words) > 3 else None
    forwarding = words[-3]
    router = forwarding.removeprefix("vr:") if forwarding.startswith("vr:") else None
    state.interfaces.append(
        _row(
            found["name"],
            words[-1],
            zone,
            None if router in (None, "default") else router,
            int(tag) if tag.isdigit() and tag != "0" else None,
            line,
        )
    )


def _row(name: str, text: str, zone: str | None, vrf: str | None, vlan: int | None, line: Line) -> DeviceInterface:
    address, _, length = text.partition("/")
    one = network(text) if length.isdigit() else None
    return DeviceInterface(
        name=name, zone=zone, vrf=vrf, vlan=vlan, address=address if one else None, prefix=int(length) if one else None,
        network_first=one[0] if one else None, network_last=one[1] if one else None, evidence=str(line.number),
    )  # fmt: skip


def _route(state: State, text: str, router: str | None, line: Line) -> bool:
    if re.match(r"^\s{1,10}(?:Oi:|=)|^destination\s|^total routes shown|^[0-9a-f]{0,4}:[0-9a-f:]{0,40}/\d{1,3}\s", text):
        return True
    found = _ROUTE.match(text)
    one = network(found["net"]) if found else None
    if found is None or one is None:
        return False
    flags = found["flags"].split()
    if "H" in flags or "A" not in found["flags"]:
        return True
    rest = (found["rest"] or "").split()
    out = next((word for word in rest if re.match(r"^[a-z]", word)), None)
    code = found["flags"].replace("A", "").replace("?", "").strip()[:1]
    hop = found["hop"]
    state.routes.append(
        DeviceRoute(
            destination=found["net"], destination_first=one[0], destination_last=one[1], discard=hop == "discard", interface=out, vrf=router,
            gateway=hop if network(hop) and code != "C" and not hop.startswith("0.") else None,
            origin={"C": "connected", "S": "static", "R": "rip", "B": "bgp", "O": "ospf"}.get(code, "other"), evidence=str(line.number),
        )
    )  # fmt: skip
    return True
