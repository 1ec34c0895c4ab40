"""Administration of an ASA, and what it takes for itself.

An ASA takes for itself only what a command names: `ssh`, `telnet` and `http` by address and interface, SNMP from the hosts named,
tunnels where they are enabled, ICMP unless `icmp` lines say otherwise.

Sources: ASA Series General Operations CLI Configuration Guide: Management Access; Logging; SNMP; ASA Command Reference: icmp, username.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceLog, DeviceRule, DeviceSecret
from omamori.parse.device.cisco.blocks import Statement, walk
from omamori.parse.device.cisco.groups import icmp
from omamori.parse.device.cisco.reading import secret_state
from omamori.parse.device.cisco.values import ip4, network
from omamori.parse.device.dialects.cisco_asa.lists import TO_DEVICE, answers
from omamori.parse.device.dialects.cisco_asa.model import Asa, address
from omamori.parse.device.dialects.cisco_asa.vpn import doors_of

_HASHED = ("encrypted", "pbkdf2", "nt-encrypted", "mschap")


def admin_rows(asa: Asa) -> None:
    """Add accounts, ways to administer the device, log targets, secrets, and the chain of what it takes for itself."""
    web = next((one for one in asa.admin if one.starts("http", "server", "enable")), None)
    for one in asa.admin:
        word = one.word(0)
        if word in ("ssh", "telnet", "http"):
            asa.reading.rows += _access(asa, one, web)
        elif word in ("username", "enable", "passwd", "password"):
            asa.reading.rows += _account(asa, one)
        elif word == "logging":
            asa.reading.rows += _log(asa, one)
        elif word == "snmp-server":
            asa.reading.rows += _snmp(asa, one)
        elif word in ("aaa-server", "failover"):
            asa.reading.rows += _keys(one)
    _to_device(asa)


def _access(asa: Asa, one: Statement, web: Statement | None) -> Iterator[DeviceAccess]:
    pair = address(one.words[1:3], asa.groups.names)
    if pair is None or len(one.words) < 4:
        return
    protocol = "https" if one.word(0) == "http" else one.word(0)
    given = web.word(3) if web is not None else ""
    port = {"ssh": 22, "telnet": 23}.get(protocol, int(given) if given.isdecimal() and len(given) < 6 else 443)
    whom = network(*pair)
    yield DeviceAccess(
        protocol=protocol, port=port, interface=asa.bound(one.words[3]), allowed_from=None if whom == "0.0.0.0/0" else whom,
        enabled=web is not None if protocol == "https" else True, evidence=str(one.number),
    )  # fmt: skip


def _account(asa: Asa, one: Statement) -> Iterator[Any]:
    words = [word.lower() for word in one.words]
    number = str(one.number)
    if words[0] == "username":
        if len(words) < 4 or words[2] not in ("password", "nopassword"):
            return
        state = (
            "empty" if words[2] == "nopassword" else "hashed" if any(word in _HASHED for word in words[4:]) else secret_state(one.words[3])
        )
        rights = next((one.words[place + 1] for place, word in enumerate(words[:-1]) if word == "privilege"), None)
        remote = asa.flags.get(f"service-type {one.words[1]}", "")
        kind = "vpn-user" if remote == "remote-access" else "administrator"
        yield DeviceAccount(name=one.words[1], kind=kind, rights=rights or remote or None, secret=state, enabled=True, evidence=number)
        yield DeviceSecret(place=f"{kind} {one.words[1]}", kind="hash" if state == "hashed" else "password", state=state, evidence=number)
        return
    at = 2 if words[0] == "enable" else 1
    if len(words) <= at or (words[0] == "enable" and words[1] != "password"):
        return
    state = "hashed" if any(word in _HASHED for word in words[at + 1 :]) else secret_state(one.words[at])
    yield DeviceAccount(name="", kind="administrator", rights="enable" if at == 2 else "login", secret=state, enabled=True, evidence=number)
    yield DeviceSecret(place=" ".join(words[:at]), kind="hash" if state == "hashed" else "password", state=state, evidence=number)


def _log(asa: Asa, one: Statement) -> Iterator[DeviceLog]:
    on = asa.flags.get("logging") == "on"
    if one.word(1) == "host" and len(one.words) > 3:
        target = asa.groups.names.get(one.words[3], one.words[3])
        yield DeviceLog(target=target, kind="syslog", level=asa.flags.get("logging trap"), enabled=on, evidence=str(one.number))
    elif one.word(1) == "buffered" and len(one.words) > 2:
        yield DeviceLog(target="memory", kind="memory", level=one.words[2], enabled=on, evidence=str(one.number))


def _snmp(asa: Asa, one: Statement) -> Iterator[Any]:
    number = str(one.number)
    mark = next((word for word in one.words if word.startswith("[secret")), None)
    if one.word(1) == "community" and len(one.words) > 2:
        yield DeviceSecret(place="snmp community (ro)", kind="community", state=secret_state(mark or one.words[-1]), evidence=number)
    elif one.word(1) == "host" and len(one.words) > 3:
        whom = asa.groups.names.get(one.words[3], one.words[3])
        if "trap" not in (word.lower() for word in one.words):
            yield DeviceAccess(
                protocol="snmp", port=161, interface=asa.bound(one.words[2]), allowed_from=whom if ip4(whom) is not None else None, enabled=True,
                evidence=number,
            )  # fmt: skip
        if "poll" not in (word.lower() for word in one.words):
            yield DeviceLog(target=whom, kind="snmp", enabled=True, evidence=number)
        if mark:
            yield DeviceSecret(place=f"snmp community of {whom}", kind="community", state=secret_state(mark), evidence=number)


def _keys(one: Statement) -> Iterator[DeviceSecret]:
    for line in walk((one,)):
        mark = next((word for word in line.words if word.startswith("[secret")), None)
        if mark:
            place = " ".join(word for word in one.words[:2])
            yield DeviceSecret(place=f"{place} {line.word(0)}"[:80], kind="key", state=secret_state(mark), evidence=str(line.number))


def _to_device(asa: Asa) -> None:
    named = [port for port in asa.ports.values() if port.nameif]
    if not named:
        return
    asa.reading.chain(min(port.number for port in named), chain=TO_DEVICE, hook="input", priority=0, policy="drop", family="ipv4")
    rules = [answers(asa, TO_DEVICE), *_icmp(asa)]
    for row in asa.reading.rows:
        if isinstance(row, DeviceAccess) and row.enabled:
            rules.append(
                DeviceRule(
                    chain=TO_DEVICE,
                    rule=row.protocol,
                    decision="accept",
                    protocol="udp" if row.protocol == "snmp" else "tcp",
                    sources=row.allowed_from,
                    destination_ports=str(row.port),
                    interface_in=row.interface,
                    evidence=row.evidence,
                )
            )
    for nameif, number, port in doors_of(asa):
        for protocol, ports in (("tcp,udp", port),) if port != "500" else (("udp", "500,4500"), ("esp", None)):
            rules.append(
                DeviceRule(
                    chain=TO_DEVICE,
                    rule="tunnels",
                    decision="accept",
                    protocol=protocol,
                    destination_ports=ports,
                    interface_in=asa.bound(nameif),
                    evidence=str(number),
                )
            )
    rules.append(
        DeviceRule(
            chain=TO_DEVICE, rule="routing protocols, DHCP", decision="unknown", protocol="88,89,2,103", unread="whether they run here"
        )
    )
    asa.reading.rules(rules)


def _icmp(asa: Asa) -> Iterator[DeviceRule]:
    """`icmp permit|deny ADDRESS MASK|any|host A [TYPE] NAMEIF`; an interface with such lines drops what none of them names."""
    said: list[str] = []
    for one in asa.admin:
        if one.word(0) != "icmp" or one.word(1) not in ("permit", "deny") or len(one.words) < 4:
            continue
        words = list(one.words[2:])
        nameif = words.pop()
        sources: str | None = None
        if words and words[0].lower() == "host" and len(words) > 1:
            sources, words = words[1], words[2:]
        elif words and words[0].lower() == "any":
            words = words[1:]
        elif (pair := address(tuple(words[:2]), asa.groups.names)) is not None:
            sources, words = network(*pair), words[2:]
        kind = icmp(words) if words else None
        said.append(nameif)
        yield DeviceRule(
            chain=TO_DEVICE, rule=one.text[:200], decision="accept" if one.word(1) == "permit" else "drop", protocol="icmp", sources=sources,
            destination_ports=kind.destination_ports if kind else None, unread=" ".join(words) if words and kind is None else None,
            interface_in=asa.bound(nameif), evidence=str(one.number),
        )  # fmt: skip
    for nameif in dict.fromkeys(said):
        yield DeviceRule(
            chain=TO_DEVICE, rule=f"icmp behind the lines for {nameif}", decision="drop", protocol="icmp", interface_in=asa.bound(nameif)
        )
    yield DeviceRule(chain=TO_DEVICE, rule="icmp without lines", decision="accept", protocol="icmp")
