"""FortiGate (FortiOS): `show`, `show full-configuration`, a saved configuration file, and the `get` outputs that tell of its state.

What an absent line means differs between the two forms of `show`; the defaults here are those of the CLI reference of FortiOS 6 and 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any

from omamori.model.device import DeviceFact, DeviceUnread
from omamori.parse.device.dialects.fortios.admin import accounts, logs, secrets
from omamori.parse.device.dialects.fortios.domain import Domain, domains
from omamori.parse.device.dialects.fortios.local import access, local
from omamori.parse.device.dialects.fortios.network import interfaces, routes
from omamori.parse.device.dialects.fortios.policies import Policies
from omamori.parse.device.dialects.fortios.redact import redact
from omamori.parse.device.dialects.fortios.status import CARD, OWN_CARD, State, built, read_state, speaks
from omamori.parse.device.dialects.fortios.tree import COMMANDS, Tree, read_tree
from omamori.parse.device.dialects.fortios.unread import concerns, unread
from omamori.parse.device.dialects.fortios.vpn import routes as ways_back
from omamori.parse.device.dialects.fortios.vpn import vpns
from omamori.parse.device.interface import Device, Dialect
from omamori.parse.windows.lines import Line

HEADER = re.compile(
    r"^#config-version=(?P<model>[A-Z][A-Z0-9_]{2,20})-(?P<version>\d[\d.]{2,12})-FW-build(?P<build>\d{1,8})-(?P<built>\d{6})\b"
)
_TABLE = re.compile(
    r"^config (?:system|firewall|router|vpn|user|log|antivirus|webfilter|ips|wireless-controller|switch-controller|application|vdom|global)\b"
)
_INSIDE = re.compile(r"^\s+(?:set|edit|next|end)\b|^\s*end$")
_MODEL = re.compile(r"^(?P<kind>FGT|FWF|FG|FW)(?P<rest>[0-9V][A-Z0-9_]*)$")
_TABLES = frozenset(
    (
        "device_chains", "device_rules", "device_vpns", "device_accounts", "device_access", "device_logs", "device_secrets", "device_interfaces",
        "device_routes",
    )
)  # fmt: skip
_WHOLE = frozenset(("system global", "system interface", "firewall policy"))
_SECTIONS = MappingProxyType({
    "system interface": "device_interfaces", "router static": "device_routes", "system admin": "device_accounts",
})  # fmt: skip
_ROUTING = (("router bgp", "neighbor"), ("router ospf", "network"), ("router rip", "network"), ("router isis", "isis-net"))


def recognise(head: Sequence[str]) -> bool:
    """Whether the first lines are of a FortiGate: its header, a table it alone has, or one of its outputs."""
    if any(line.startswith("#config-version=F") for line in head[:20]):
        return True
    if any(_TABLE.match(line) for line in head) and any(_INSIDE.match(line) for line in head):
        return True
    return any(CARD.match(text) is None for text in speaks(head)) or any(OWN_CARD.match(text) for text in head)


def read(lines: Sequence[Line]) -> Device:
    """Read a configuration, outputs, or both in one file; never fails."""
    tree = read_tree(lines)
    state = read_state(tree.rest)
    fact = _fact(lines[:20], tree, state)
    version = tuple(int(part) for part in (fact.version or "").split(".") if part.isdigit())
    told = _told(lines[:20], tree)
    rows: list[Any] = []
    for place, domain in enumerate(domains(tree, version)):
        rows += _domain(domain, told, first=place == 0)
    rows += logs(tree.root)
    rows += _from_state(rows, state)
    private = tree.root.block("system global").on("private-data-encryption")
    for home in (tree.root, *tree.vdoms.values()):
        rows += secrets(home, private=private)
    missed = tuple(_unread(tree, state))
    sure = state.tables if tree.cut else told | state.tables
    not_told = dict.fromkeys((name for name in _TABLES if name not in sure), "not_collected")
    return Device(fact, tuple(rows), missed, tree.said, MappingProxyType(not_told), tuple(state.hardware))


def _told(head: Sequence[Line], tree: Tree) -> frozenset[str]:
    """Tables the file tells of: all, where it is a whole configuration; else those whose sections stand in it.

    A table that is empty is left out by `show`: only a whole configuration says that there is none. A saved one ends with the tables
    of routing: without any of them the file ends before its last rules.
    """
    names = {name for home in (tree.root, *tree.vdoms.values()) for name in home.blocks}
    saved = any(line.text.startswith("#config-version=") for line in head) and any(name.startswith("router ") for name in names)
    if saved or names >= _WHOLE:
        return _TABLES
    found = {_SECTIONS[name] for name in names if name in _SECTIONS}
    if "firewall policy" in names:
        found |= {"device_rules", "device_chains"}
    return frozenset(found)


def _domain(domain: Domain, told: frozenset[str], *, first: bool) -> Iterator[Any]:
    policies = Policies(domain)
    yield from interfaces(domain)
    yield from routes(domain)
    if "device_rules" in told:
        yield from policies.rows()
    if told >= _TABLES:
        yield from local(domain, policies)
    yield from vpns(domain)
    yield from ways_back(domain)
    yield from accounts(domain, first=first)
    yield from access(domain)


def _fact(head: Sequence[Line], tree: Tree, state: State) -> DeviceFact:
    """The device itself: the header of a saved configuration first, then what it prints of its state."""
    facts: dict[str, Any] = {key: state.facts.get(key) for key in ("hostname", "model", "version", "firmware_built", "forwards")}
    evidence = str(state.facts.get("evidence") or "")
    for line in head:
        if found := HEADER.match(line.text):
            facts["model"] = facts["model"] or model_name(found["model"])
            facts["version"] = facts["version"] or found["version"]
            facts["firmware_built"] = facts["firmware_built"] or built(found["built"])
            evidence = evidence or str(line.number)
    settings = tree.root.block("system global")
    hostname = settings.one("hostname")
    if hostname:
        facts["hostname"], evidence = hostname, evidence or str(settings.settings["hostname"].line)
    modes = [home.block("system settings") for home in (tree.root, *tree.vdoms.values())]
    configured = bool(tree.root.blocks or tree.vdoms)
    bridge = any(mode.one("opmode", "nat") == "transparent" for mode in modes)
    free = any(mode.on("asymroute") for mode in modes)
    if configured and not bridge:
        facts["forwards"] = True
    return DeviceFact(**facts, stateful=None if free or not configured else True, evidence=evidence or "1")


def model_name(code: str) -> str:
    """Return `FortiGate-60E` for the FGT60E of the header."""
    found = _MODEL.match(code)
    if found is None:
        return code
    return f"{'FortiWiFi' if found['kind'] in ('FWF', 'FW') else 'FortiGate'}-{found['rest'].removesuffix('_KVM')}"


def _from_state(rows: Sequence[Any], state: State) -> list[Any]:
    """Rows only the outputs tell: where a configuration stands beside them, interfaces that got their address from outside, and routes."""
    known = {(row.name, row.address) for row in rows if hasattr(row, "network_first")}
    names = {name for name, _ in known}
    extra = [row for row in state.interfaces if row.name not in names or (row.address and (row.name, row.address) not in known)]
    told = {(row.destination, row.gateway, row.interface) for row in rows if hasattr(row, "discard")}
    return [*extra, *(row for row in state.routes if (row.destination, row.gateway, row.interface) not in told)]


def _unread(tree: Tree, state: State) -> Iterator[DeviceUnread]:
    configured = bool(tree.root.blocks or tree.vdoms)
    for home in (tree.root, *tree.vdoms.values()):
        for path, inner in _ROUTING:
            block = home.block(path)
            found = block.block(inner)
            if found.entries and "device_routes" not in state.tables:
                yield DeviceUnread(
                    line=block.line, text=f"config {path}", section=path, concerns="device_routes", evidence=str(block.line),
                )  # fmt: skip
            for setting in block.lines():
                setting.used = True
        yield from unread(home)
    for line, section in tree.odd:
        yield DeviceUnread(
            line=line.number, text=line.text.strip()[:200], section=section or None, evidence=str(line.number),
            concerns="device_rules" if section.startswith("firewall") and concerns(section) == "nothing" else concerns(section),
        )  # fmt: skip
    for line, section in state.unread:
        about = "device_interfaces" if "interface" in section else "device_routes" if "routing" in section else "nothing"
        first = line.text.split(None, 1)[0] if line.text.strip() else ""
        if configured and not section and first not in COMMANDS:
            about = "nothing"
        yield DeviceUnread(
            line=line.number, text=line.text.strip()[:200], section=section or None, concerns=about, evidence=str(line.number)
        )


DIALECT = Dialect(
    system="fortios",
    name="Fortinet FortiOS",
    recognise=recognise,
    read=read,
    redact=redact,
    documents=(
        "Fortinet: FortiOS CLI Reference (6.0, 6.4, 7.0, 7.2, 7.4)",
        "Fortinet: FortiOS Administration Guide (life of a packet; policies; virtual IPs; central NAT; local-in policy; SSL VPN; IPsec)",
        "Fortinet: FortiOS Ports (incoming ports)",
        "Fortinet PSIRT FG-IR-19-007 (CVE-2019-6693): one known key behind ENC",
    ),
)
