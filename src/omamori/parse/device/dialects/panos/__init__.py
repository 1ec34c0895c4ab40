"""Palo Alto Networks PAN-OS: a configuration as `set` lines, with braces or as XML, and outputs that tell of its state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any

from omamori.model.device import DeviceFact, DeviceUnread
from omamori.parse.device.dialects.panos.network import access, accounts, interfaces, logs, routes, secrets, vpns
from omamori.parse.device.dialects.panos.objects import Objects
from omamori.parse.device.dialects.panos.redact import redact
from omamori.parse.device.dialects.panos.rules import Rules
from omamori.parse.device.dialects.panos.show import HEADS, State, read_state
from omamori.parse.device.dialects.panos.tree import Name, Tree, read_tree
from omamori.parse.device.interface import Device, Dialect
from omamori.parse.device.wordlist import words
from omamori.parse.windows.lines import Line

_SET = re.compile(
    r"^set (?:deviceconfig |mgt-config |network (?:interface |virtual-router |ike |profiles |tunnel )|rulebase |vsys \S+ |config (?:devices|shared|mgt-config) "
    r"|device-group \S|template(?:-stack)? \S|shared (?:address|service|log-settings|application|pre-rulebase|post-rulebase)|zone \S+ network|readonly )"
)
_BRACES = re.compile(r"^\s*(?:deviceconfig|mgt-config|localhost\.localdomain)\s*\{")
_XML = re.compile(
    r"^\s*(?:<\?xml[^>]{0,100}\?>\s*)?(?:<response [^>]{0,100}>\s*<result[^>]{0,100}>\s*)?<config (?:[^>]{0,200}\s)?(?:version|urldb)=\""
)
_TABLES = (
    "device_interfaces", "device_routes", "device_chains", "device_rules", "device_vpns", "device_accounts", "device_access", "device_logs", "device_secrets",
)  # fmt: skip
_NOTHING = words(
    "readonly threats response-page profiles profile-group external-list region tag application application-group application-filter "
    "display-name reports report-group email-scheduler schedule ssl-tls-service-profile authentication-profile server-profile "
    "certificate certificate-profile content-preview setting log-collector log-collector-group user-id-agent group-mapping "
    "captive-portal import high-availability qos lldp-profiles dhcp dns-proxy ssl-decrypt botnet local-user-database "
    "authentication-sequence plugins override log-card admin-role ssh deviceconfig zone dynamic-user-group"
)
_BY_FIRST = MappingProxyType(
    {
        "device-group": "device_rules", "policy": "device_rules", "template": "device_interfaces", "template-stack": "device_interfaces",
        "network": "device_interfaces", "shared": "device_rules", "vsys": "device_rules",
    }
)  # fmt: skip
_QUIET_INTERFACE = words(
    "mtu comment lldp ndp-proxy netflow-profile adjust-tcp-mss link-speed link-duplex link-state ipv6 interface-management-profile "
    "lacp aggregate-group tap ha decrypt-mirror bonjour sdwan-link-settings ddns-config traffic-interconnect untagged-sub-interface "
    "arp df-ignore decrypt-forward ip layer2 layer3 virtual-wire dhcp-client"
)


def recognise(head: Sequence[str]) -> bool:
    """Whether the first lines are of PAN-OS."""
    if any(_SET.match(line) or _BRACES.match(line) or HEADS.match(line) for line in head):
        return True
    return _XML.match("\n".join(head[:6])) is not None


def read(lines: Sequence[Line]) -> Device:
    """Read a configuration or outputs; never fails."""
    tree = read_tree(lines)
    state = read_state(tree.rest)
    root = tree.root
    found = list(secrets(root))
    rows: list[Any] = []
    systems = root.at("vsys").below
    zones = {
        name: zone
        for own in systems.values()
        for zone, one in own.at("zone").below.items()
        for kind in one.at("network").below.values()
        for name in kind.below
    }
    whole = Objects(next(iter(systems.values()), Name("")), root.at("shared"))
    rows += interfaces(root, whole, zones)
    rows += routes(root, whole)
    rules = [own for own in systems.values() if own.has("rulebase") or own.has("zone")]
    for own in systems.values():
        own.used = True
        if own.has("rulebase") or own.has("zone"):
            inside = [name for one in own.at("zone").below.values() for kind in one.at("network").below.values() for name in kind.below]
            several = len(rules) > 1
            rows += Rules(
                own, Objects(own, root.at("shared")), f" {own.name}" if several else "", ",".join(inside) or "none" if several else None
            ).rows()
    rows += [*vpns(root, systems), *accounts(root), *access(root), *logs(iter([root.at("shared"), *systems.values(), root]))]
    rows += [*state.interfaces, *state.routes, *found]
    missed = tuple(_unread(tree, state))
    return Device(_fact(root, state), tuple(rows), missed, tree.said, MappingProxyType(_not_told(root, state)), tuple(state.hardware))


def _not_told(root: Name, state: State) -> dict[str, str]:
    """A whole configuration has interfaces, a rulebase and administrators; what a part does not hold is not collected."""
    if root.has("mgt-config") and root.has("network", "interface") and root.has("vsys"):
        return {}
    told = {
        "device_interfaces": root.has("network", "interface") or bool(state.interfaces), "device_routes": root.has("network", "virtual-router") or bool(state.routes),
        "device_rules": any(own.has("rulebase") for own in root.at("vsys").below.values()), "device_chains": any(own.has("rulebase") for own in root.at("vsys").below.values()),
        "device_accounts": root.has("mgt-config", "users"),
    }  # fmt: skip
    return {name: "not_collected" for name in _TABLES if not told.get(name)}


def _fact(root: Name, state: State) -> DeviceFact:
    system = root.at("deviceconfig", "system")
    hostname = system.one("hostname") or state.facts.get("hostname")
    evidence = str(system.at("hostname").line or state.facts.get("evidence") or "1")
    system.take()
    configured = bool(root.below)
    return DeviceFact(
        hostname=hostname or None, model=state.facts.get("model"), version=state.facts.get("version"), forwards=True if configured else None,
        stateful=True if configured else None, evidence=evidence,
    )  # fmt: skip


def _unread(tree: Tree, state: State) -> Iterator[DeviceUnread]:
    seen: set[tuple[int, str]] = set()
    for path, leaf in tree.root.leaves():
        table = _concern(path)
        if leaf.used or table is None or (leaf.line, table) in seen:
            continue
        seen.add((leaf.line, table))
        yield DeviceUnread(line=leaf.line, text=" ".join(path)[:200], section=" ".join(path[:2]), concerns=table, evidence=str(leaf.line))
    for line in tree.odd:
        yield DeviceUnread(line=line.number, text=line.text.strip()[:200], concerns="device_rules", evidence=str(line.number))
    for line in state.unread:
        yield DeviceUnread(
            line=line.number,
            text=line.text.strip()[:200],
            concerns="device_routes" if state.routes else "nothing",
            evidence=str(line.number),
        )


def _concern(path: Sequence[str]) -> str | None:
    """The table a path concerns; None where the lists here say none."""
    first = path[0]
    if "application-override" in path:
        # It changes which application a packet is taken for, and every rule that asks for applications is a doubt already.
        return None
    if first in _NOTHING or (first in ("vsys", "shared", "policy", "template", "template-stack") and len(path) < 3):
        return None
    if first == "vsys" and (len(path) < 4 or path[2] in _NOTHING):
        return None if path[2] != "zone" or not {"external"} & set(path) else "device_rules"
    if first == "shared" and path[1] in _NOTHING:
        return None
    if first == "policy" and len(path) > 2 and path[2] in _NOTHING:
        return None
    if first == "network":
        if len(path) < 3 or path[1] in ("profiles", "qos", "dhcp", "dns-proxy", "lldp-profiles", "monitor-profile", "tunnel", "ike"):
            return None
        if path[1] in ("virtual-router", "logical-router"):
            protocol = "protocol" in path
            return "device_routes" if not protocol or (path[-1] == "yes" and path[-2] == "enable") else None
        if path[1] == "interface" and set(path) & _QUIET_INTERFACE:
            return None
    return _BY_FIRST.get(first, "nothing")


DIALECT = Dialect(
    system="panos",
    name="Palo Alto Networks PAN-OS",
    recognise=recognise,
    read=read,
    redact=redact,
    documents=(
        "Palo Alto Networks: PAN-OS Administrator's Guide (security policy; NAT; zones; virtual routers; GlobalProtect; interface management profiles)",
        "Palo Alto Networks: Packet Flow Sequence in PAN-OS",
        "Palo Alto Networks: PAN-OS CLI Quick Start",
    ),
)
