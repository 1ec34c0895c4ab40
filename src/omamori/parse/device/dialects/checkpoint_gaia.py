"""Check Point Gaia: `show configuration` of a gateway, and the outputs that tell of its version, interfaces and routes.

The rules of a Check Point gateway stand on its management server, not on the gateway: they are told as managed elsewhere.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from omamori.model.device import (
    DeviceAccess,
    DeviceAccount,
    DeviceFact,
    DeviceInterface,
    DeviceLog,
    DeviceRoute,
    DeviceSecret,
    DeviceUnread,
)
from omamori.parse.device.extent import network, prefix_of
from omamori.parse.device.interface import Device, Dialect
from omamori.parse.device.wordlist import words
from omamori.parse.windows.lines import Line

_HEADER = re.compile(r"^# (?:Configuration of |Language version: \d)")
_HEADS = re.compile(
    r"^Product version Check Point|^Model: Check Point|^Codes: C - Connected, S - Static, R - RIP, B - BGP \(D - Default\)"
    r"|^Codes: C - Connected, S - Static, B - BGP, A - Aggregate,$"
)
_STATE = re.compile(r"^    (?:state (?:on|off)|mac-addr [0-9a-fA-F:]{17})$")
_ROUTE = re.compile(
    r"^(?P<code>[CSRBOAKi])(?:[ *A-Z]{0,6})\s{2,12}(?P<net>[\d.]{7,15}/\d{1,2})\s{1,12}(?P<rest>via .{1,200}|is directly connected.{0,200})$"
)
_SECRET = re.compile(
    r"(?P<head>^\s*(?:set|add)\s.{0,300}?\b(?P<word>password-hash|password|pwd|passphrase|auth-pass-phrase|privacy-pass-phrase|auth-pass-phrase-hashed"
    r"|privacy-pass-phrase-hashed|secret|key|authkey|md5|simple|community)\s{1,8})(?P<value>\"[^\"]*\"|'[^']*'|\S+)"
)
_KEEP = re.compile(r"^(?:\*|on|off|read-only|read-write|\[secret:.*|none|\d{1,3})$")
_NOTHING = words(
    "installer arp message core-dump clienv format inactivity-timeout ipv6-state command ntp password-controls max-path-splits "
    "tracefile router-options routedsyslog timezone inbound-route-filter management domainname dns edition cluster backup cron job "
    "kernel-routes lcd lom mail-notification proxy selfpasswd ssl version virtual-system expert-password expert-password-hash "
    "grub2-password-hash host igmp ip-conflicts-monitor neighbor neighbor-entry pim protocol-rank rba config-lock aaa trace "
    "prefix-list prefix-tree routemap bootp dhcp dhcp6relay cloning-group asset static-mroute lldp netflow usernames"
)
_TABLES = MappingProxyType(
    {
        "interface": "device_interfaces", "bonding": "device_interfaces", "bridging": "device_routes", "static-route": "device_routes",
        "pbr": "device_routes", "ospf": "device_routes", "rip": "device_routes", "bgp": "device_routes", "route-redistribution": "device_routes",
        "user": "device_accounts", "syslog": "device_logs", "snmp": "device_access", "allowed-client": "device_access", "web": "device_access",
        "net-access": "device_access", "vpnt": "device_vpns", "vpn": "device_vpns",
    }
)  # fmt: skip
_QUIET = frozenset(["ospf", "rip", "snmp", "web", "user"])


def recognise(head: Sequence[str]) -> bool:
    """Whether the first lines are of Gaia."""
    if sum(1 for line in head if _HEADER.match(line)) >= 2 or any(_HEADS.match(line) for line in head):
        return True
    return any(line.startswith("Interface ") and place + 1 < len(head) and _STATE.match(head[place + 1]) for place, line in enumerate(head))


@dataclass
class _Reader:
    """What was read so far."""

    facts: dict[str, Any] = field(default_factory=dict)
    interfaces: dict[str, DeviceInterface] = field(default_factory=dict)
    hops: dict[str, dict[tuple[str, str], DeviceRoute]] = field(default_factory=dict)
    routes: list[DeviceRoute] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)
    users: dict[str, DeviceAccount] = field(default_factory=dict)
    unread: list[DeviceUnread] = field(default_factory=list)
    clients: list[str] = field(default_factory=list)
    shown: str = ""
    said: int = 0
    whole: bool = False
    hardware: list[str] = field(default_factory=list)

    def interface(self, name: str, line: int, **change: Any) -> None:
        """Change or begin an interface."""
        old = self.interfaces.get(name) or DeviceInterface(name=name, kind=_kind(name), enabled=True, evidence=str(line), **_parent(name))
        self.interfaces[name] = replace(old, **change)

    def odd(self, line: Line, concerns: str) -> None:
        """Keep a line that was not understood."""
        self.unread.append(
            DeviceUnread(line=line.number, text=line.text.strip()[:200], section=None, concerns=concerns, evidence=str(line.number))
        )


def _kind(name: str) -> str:
    return (
        "vlan"
        if "." in name
        else "aggregate"
        if name.startswith("bond")
        else "loopback"
        if name.startswith("lo")
        else "tunnel"
        if name.startswith(("vpnt", "gre"))
        else "ethernet"
    )


def _parent(name: str) -> dict[str, Any]:
    parent, dot, tag = name.rpartition(".")
    return {"parent": parent, "vlan": int(tag)} if dot and tag.isascii() and tag.isdigit() and len(tag) < 5 else {}


def _address(text: str, length: str) -> dict[str, Any] | None:
    prefix = prefix_of(length)
    one = network(f"{text}/{prefix}") if prefix is not None else None
    return None if one is None else {"address": text, "prefix": prefix, "network_first": one[0], "network_last": one[1]}


def read(lines: Sequence[Line]) -> Device:
    """Read a configuration or outputs; never fails."""
    reader = _Reader()
    for line in lines:
        text = line.text.strip()
        if _HEADER.match(text):
            reader.whole = True
        if not text or text.startswith("#"):
            continue
        reader.said += 1
        if text.startswith(("set ", "add ", "delete ")):
            _command(reader, line, _words(text))
        else:
            _output(reader, line)
    rows = [
        *reader.interfaces.values(),
        *(hop for hops in reader.hops.values() for hop in hops.values()),
        *reader.routes,
        *reader.users.values(),
        *reader.others,
    ]
    elsewhere = dict.fromkeys(("device_rules", "device_chains", "device_vpns"), "managed_elsewhere")
    told = {type(row) for row in rows}
    if not reader.whole:
        names = {
            "device_interfaces": DeviceInterface,
            "device_routes": DeviceRoute,
            "device_accounts": DeviceAccount,
            "device_access": DeviceAccess,
            "device_logs": DeviceLog,
            "device_secrets": DeviceSecret,
        }
        elsewhere |= {name: "not_collected" for name, kind in names.items() if kind not in told}
    fact = DeviceFact(**{"forwards": True, "stateful": True, "evidence": "1", **reader.facts})
    return Device(fact, tuple(rows), tuple(reader.unread), reader.said, MappingProxyType(elsewhere), tuple(reader.hardware))


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _command(reader: _Reader, line: Line, words: list[str]) -> None:
    """Act on one `set` or `add`."""
    topic, rest = (words[1], words[2:]) if len(words) > 1 else ("", [])
    known = False
    if words[0] == "delete":
        reader.odd(line, _TABLES.get(topic, "nothing"))
        return
    if topic == "hostname" and rest:
        reader.facts.update(hostname=rest[0], evidence=str(line.number))
        known = True
    elif topic == "interface" and rest:
        known = _interface(reader, line, words[0], rest)
    elif topic == "static-route" and rest:
        known = _static(reader, line, rest)
    elif topic == "bonding":
        known = True
    elif topic in ("user", "syslog", "snmp", "allowed-client", "web", "net-access", "ssh"):
        known = _management(reader, line, topic, rest)
    elif topic in ("ospf", "rip") and rest and ("backbone" in rest or topic == "rip") and "interface" not in rest:
        known = True
    if not known and topic not in _NOTHING:
        reader.odd(line, _TABLES.get(topic, "device_rules"))


def _interface(reader: _Reader, line: Line, verb: str, rest: list[str]) -> bool:
    name, number = rest[0], line.number
    if verb == "add" and rest[1:2] == ["vlan"] and len(rest) > 2:
        reader.interface(f"{name}.{rest[2]}", number, parent=name)
        return True
    if rest[1:2] == ["state"]:
        reader.interface(name, number, enabled=rest[2:3] == ["on"])
    elif rest[1:2] == ["ipv4-address"] and len(rest) == 5 and rest[3] in ("mask-length", "subnet-mask"):
        found = _address(rest[2], rest[4])
        if found is None:
            return False
        reader.interface(name, number, dynamic=False, **found)
    elif rest[1:2] == ["comments"]:
        reader.interface(name, number, label=" ".join(rest[2:]) or None)
    elif rest[1:2] and rest[1] in (
        "mtu",
        "link-speed",
        "auto-negotiation",
        "monitor-mode",
        "rx-ringsize",
        "tx-ringsize",
        "ipv6-autoconfig",
        "mac-addr",
    ):
        reader.interface(name, number)
    else:
        return False
    return True


def _static(reader: _Reader, line: Line, rest: list[str]) -> bool:
    """`set static-route NET nexthop gateway address A [priority N] on|off`, `… logical IF on`, `… nexthop blackhole|reject`, `NET off`."""
    target = "0.0.0.0/0" if rest[0] == "default" else rest[0]
    one = network(target)
    if one is None:
        return False
    hops = reader.hops.setdefault(target, {})
    base = DeviceRoute(
        destination=target, destination_first=one[0], destination_last=one[1], origin="static", distance=1, evidence=str(line.number)
    )
    if rest[1:] == ["off"]:
        hops.clear()
    elif rest[1:3] == ["nexthop", "gateway"] and len(rest) >= 6 and rest[3] in ("address", "logical"):
        key = (rest[3], rest[4])
        change: dict[str, Any] = {"gateway": rest[4]} if rest[3] == "address" else {"interface": rest[4]}
        order = rest[rest.index("priority") + 1] if "priority" in rest[:-1] else ""
        if rest[-1] == "off":
            hops.pop(key, None)
        else:
            old = hops.get(key)
            distance = int(order) if order.isascii() and order.isdigit() and len(order) < 4 else old.distance if old else 1
            hops[key] = replace(base, distance=distance, **change)
    elif rest[1:2] == ["nexthop"] and rest[2:3] in (["blackhole"], ["reject"]):
        hops[("", rest[2])] = replace(base, discard=True)
    else:
        return rest[1:2] in (["comment"], ["rank"], ["ping"], ["scopelocal"])
    return True


def _management(reader: _Reader, line: Line, topic: str, rest: list[str]) -> bool:
    """Accounts, administration and logs."""
    number = str(line.number)
    if topic == "user" and rest:
        old = reader.users.get(rest[0]) or DeviceAccount(name=rest[0], kind="administrator", enabled=True, evidence=number)
        if rest[1:2] == ["password-hash"]:
            locked = rest[2:3] in (["*"], ["!!"])
            old = replace(old, secret=None if locked else "hashed", enabled=not locked)
        reader.users[rest[0]] = old
        return True
    if topic == "syslog" and rest[:2] == ["log-remote-address", *rest[1:2]] and len(rest) > 1:
        level = rest[3] if rest[2:3] == ["level"] and len(rest) > 3 else None
        reader.others.append(DeviceLog(target=rest[1], kind="syslog", level=level, enabled=True, evidence=number))
        return True
    if topic == "syslog":
        return True
    if topic == "snmp" and rest[:1] == ["community"]:
        words = " ".join(rest)
        state = "default" if "default]" in words or rest[1:2] in (["public"], ["private"]) else "plain"
        reader.others.append(DeviceSecret(place="snmp community", kind="community", state=state, evidence=number))
        return True
    if topic == "snmp":
        if rest[:1] == ["agent"]:
            reader.others.append(DeviceAccess(protocol="snmp", port=161, enabled=rest[1:2] == ["on"], evidence=number))
        return True
    if topic == "web":
        if rest[:1] == ["ssl-port"] and rest[1:2] and rest[1].isascii() and rest[1].isdigit() and len(rest[1]) < 6:
            reader.others.append(DeviceAccess(protocol="https", port=int(rest[1]), enabled=True, evidence=number))
        return True
    if topic == "net-access" and rest[:1] == ["telnet"]:
        reader.others.append(DeviceAccess(protocol="telnet", port=23, enabled=rest[1:2] == ["on"], evidence=number))
        return True
    # Which clients may administer stands besides in the rules of the management server.
    return topic in ("allowed-client", "ssh")


def _output(reader: _Reader, line: Line) -> None:
    """Read one line of an output."""
    text, number = line.text, line.number
    if text.startswith("Interface ") and len(text.split()) == 2:
        reader.shown = text.split()[1]
        reader.interface(reader.shown, number)
    elif text.startswith("    ") and reader.shown and not text.lstrip().startswith(("TX ", "RX ")):
        _shown(reader, text.split(), number)
    elif found := _ROUTE.match(text):
        one = network(found["net"])
        via = re.match(r"via ([\d.]{7,15}), ([\w.:-]{1,40})", found["rest"])
        out = re.match(r"is directly connected, ([\w.:-]{1,40})", found["rest"])
        if one is None or (via is None and out is None):
            reader.odd(line, "device_routes")
            return
        origin = {"C": "connected", "S": "static", "R": "rip", "B": "bgp", "O": "ospf"}.get(found["code"], "kernel")
        reader.routes.append(
            DeviceRoute(
                destination=found["net"], destination_first=one[0], destination_last=one[1], gateway=via[1] if via else None,
                interface=via[2] if via else out[1] if out else None, origin=origin, evidence=str(number),
            )
        )  # fmt: skip
    elif text.startswith("Product version Check Point "):
        reader.facts.update(version=text.split()[-1], evidence=str(number))
    elif text.startswith("Model: Check Point"):
        reader.facts.update(model=text[7:].strip(), evidence=str(number))
    elif not re.match(r"^(?:Codes:|Statistics:|OS |\s{2,40}\S|[A-Z][\w ]{2,40}: |[CSB]\s{2,12}[0-9a-f:]{2,40}/\d)", text):
        reader.odd(line, "nothing")


def _shown(reader: _Reader, words: list[str], number: int) -> None:
    if words[:1] == ["state"]:
        reader.interface(reader.shown, number, enabled=words[1:2] == ["on"])
    elif words[:1] == ["ipv4-address"] and len(words) == 2 and "/" in words[1]:
        found = _address(*words[1].split("/", 1))
        if found:
            reader.interface(reader.shown, number, **found)
    elif words[:1] == ["comments"] and len(words) > 1:
        reader.interface(reader.shown, number, label=" ".join(words[1:]))
    elif words[:1] == ["mac-addr"] and len(words) == 2 and words[1].strip("0:") and words[1].lower() not in reader.hardware:
        reader.hardware.append(words[1].lower())


def redact(line: str, state: dict[str, Any]) -> str:
    """Return a line without its secret."""
    found = _SECRET.search(line)
    if found is None or _KEEP.match(found["value"]):
        return line
    word, value = found["word"], found["value"].strip("\"'")
    kind = "community" if word == "community" else "hash" if "hash" in word else "password"
    told = (
        "empty" if not value else "hashed" if kind == "hash" else "default" if value.lower() in ("public", "private", "admin") else "plain"
    )
    return f"{line[: found.start('value')]}[secret: {kind}, {told}]{line[found.end('value') :]}"


DIALECT = Dialect(
    system="checkpoint-gaia",
    name="Check Point Gaia",
    recognise=recognise,
    read=read,
    redact=redact,
    documents=("Check Point: Gaia Administration Guide (Gaia Clish; network management; static routes; users; SNMP; system logging)",),
)
