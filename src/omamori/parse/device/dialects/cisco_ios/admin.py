"""Administration of a Cisco IOS device: accounts, lines, web, SNMP, log targets, and the state of every secret.

Sources: Cisco IOS Security, Configuration Fundamentals, Network Management and HTTP Services Command References.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceLog, DeviceSecret
from omamori.parse.device.cisco.blocks import Statement, walk
from omamori.parse.device.cisco.reading import Allowed, permitted, secret_state
from omamori.parse.device.cisco.values import ip4
from omamori.parse.device.dialects.cisco_ios.model import Ios

_DIGITS = tuple("0123456789")
_NOBODY_ASKED = "empty"


def secret_of(words: tuple[str, ...], at: int) -> tuple[str, str]:
    """Return the digit and the secret that stand at a place: `7 [secret…]`, `[secret…]`; an empty secret where there is none."""
    kind = words[at] if at < len(words) - 1 and words[at] in _DIGITS else ""
    place = at + (1 if kind else 0)
    return kind, words[place] if place < len(words) else ""


def admin_rows(ios: Ios) -> None:
    """Add accounts, ways to administer the device, log targets and secrets."""
    out = ios.reading.rows
    for statement in ios.admin:
        if statement.word(0) == "username":
            out += _user(statement)
        elif statement.word(0) == "enable":
            out += _enable(statement)
        elif statement.word(0) == "line":
            out += _line(ios, statement)
        elif statement.word(0) == "snmp-server":
            out += _snmp(ios, statement)
        elif statement.word(0) == "logging":
            out += _log(ios, statement)
        elif statement.word(0) in ("tacacs-server", "radius-server", "tacacs", "radius", "aaa", "key", "ntp"):
            out += _keys(statement)
    out += _web(ios)


def _user(statement: Statement) -> Iterator[Any]:
    words = statement.words
    low = [word.lower() for word in words]
    if len(words) < 3:
        return
    rights = next((words[place + 1] for place, word in enumerate(low[:-1]) if word in ("privilege", "role", "view")), None)
    state = None
    for place, word in enumerate(low):
        if place > 1 and word in ("password", "secret"):
            kind, found = secret_of(words, place + 1)
            hashed = word == "secret" and kind == "" and not found.startswith("[secret")
            state = "hashed" if hashed else secret_state(found, kind) if found else None
        elif place > 1 and word == "nopassword":
            state = "empty"
    number = str(statement.number)
    yield DeviceAccount(name=words[1], kind="administrator", rights=rights, secret=state, enabled=True, evidence=number)
    if state:
        yield DeviceSecret(
            place=f"administrator {words[1]}", kind="hash" if state == "hashed" else "password", state=state, evidence=number
        )


def _enable(statement: Statement) -> Iterator[Any]:
    words = statement.words
    if len(words) < 3 or words[1].lower() not in ("secret", "password"):
        return
    at = 4 if statement.word(2) == "level" else 2
    kind, found = secret_of(words, at)
    state = secret_state(found, kind)
    number = str(statement.number)
    rights = f"level {statement.word(3)}" if at == 4 else "level 15"
    yield DeviceAccount(name="", kind="administrator", rights=f"enable {rights}", secret=state, enabled=True, evidence=number)
    yield DeviceSecret(place=f"enable {statement.word(1)}", kind="hash" if state == "hashed" else "password", state=state, evidence=number)


def _line(ios: Ios, statement: Statement) -> Iterator[Any]:
    """A line of the console or of logins over the network (`vty`), with who may come and by which protocol."""
    is_vty = statement.word(1) == "vty"
    protocols: list[str] | None = None
    allowed = Allowed(None)
    for one in statement.inner:
        if one.word(0) in ("password", "secret"):
            kind, found = secret_of(one.words, 1)
            state = secret_state(found, kind)
            yield DeviceSecret(place=f"{statement.text[:60]} password", kind="password", state=state, evidence=str(one.number))
            if is_vty:
                yield DeviceAccount(
                    name="", kind="administrator", rights=statement.text[:60], secret=state, enabled=True, evidence=str(one.number)
                )
        elif one.starts("transport", "input"):
            protocols = [word.lower() for word in one.words[2:]]
        elif one.word(0) == "access-class" and "out" not in one.words:
            allowed = _allowed(ios, one, one.words[1] if len(one.words) > 1 else "")
        elif one.starts("no", "login") and is_vty:
            yield DeviceAccount(
                name="", kind="administrator", rights=statement.text[:60], secret=_NOBODY_ASKED, enabled=True, evidence=str(one.number)
            )
    if not is_vty:
        return
    wanted = _protocols(ios, protocols)
    for name, port in (("telnet", 23), ("ssh", 22)):
        if name in wanted:
            yield DeviceAccess(
                protocol=name, port=port, allowed_from=allowed.text, enabled=None if not allowed.known else not allowed.nobody,
                evidence=str(statement.number),
            )  # fmt: skip


def _protocols(ios: Ios, given: list[str] | None) -> set[str]:
    """Without `transport input` a line takes everything up to release 15; since then it depends on the release and model."""
    if given is None:
        return {"telnet", "ssh"}
    if "all" in given:
        return {"telnet", "ssh"}
    return {word for word in given if word in ("telnet", "ssh")}


def _allowed(ios: Ios, statement: Statement, name: str) -> Allowed:
    found = ios.lists.get(name)
    if found is None:
        ios.reading.missing("access list", "アクセスリスト", name, statement.number)
        return Allowed(None)  # a list that does not exist lets everybody in
    allowed = permitted(found.ordered()) if found.aces else Allowed(None)
    if not allowed.known:
        ios.reading.skip(statement, "device_access", below=False)
    return allowed


def _web(ios: Ios) -> Iterator[Any]:
    """The web pages, which an access list may guard."""
    allowed, servers = Allowed(None), []
    for statement in ios.admin:
        if statement.starts("ip", "http", "access-class"):
            allowed = _allowed(ios, statement, statement.words[-1])
        elif statement.starts("ip", "http", "server") or statement.starts("ip", "http", "secure-server"):
            servers.append(("http" if statement.word(2) == "server" else "https", True, statement.number))
        elif statement.starts("no", "ip", "http", "server") or statement.starts("no", "ip", "http", "secure-server"):
            servers.append(("http" if statement.word(3) == "server" else "https", False, statement.number))
    ports = {statement.word(2): statement.word(3) for statement in ios.admin if statement.starts("ip", "http")}
    for protocol, on, number in servers:
        own = ports.get("port" if protocol == "http" else "secure-port", "")
        row = DeviceAccess(
            protocol=protocol, port=int(own) if own.isdecimal() and len(own) < 6 else 80 if protocol == "http" else 443,
            allowed_from=allowed.text, enabled=on, evidence=str(number),
        )  # fmt: skip
        yield row if allowed.known and not allowed.nobody else replace(row, enabled=None if not allowed.known else False)


def _snmp(ios: Ios, statement: Statement) -> Iterator[Any]:
    words = statement.words
    number = str(statement.number)
    if statement.word(1) == "community" and len(words) > 2:
        at = 3 if words[2] in _DIGITS and len(words) > 3 else 2
        state = secret_state(words[at])
        rights = next((word for word in words[at + 1 :] if word.lower() in ("ro", "rw")), "ro").lower()
        yield DeviceSecret(place=f"snmp community ({rights})", kind="community", state=state, evidence=number)
        name = _community_list(words[at + 1 :])
        allowed = _allowed(ios, statement, name) if name else Allowed(None)
        yield DeviceAccess(
            protocol="snmp", port=161, allowed_from=allowed.text, enabled=None if not allowed.known else not allowed.nobody, evidence=number
        )
    elif statement.word(1) == "host" and len(words) > 2:
        yield DeviceLog(target=words[2], kind="snmp", enabled=True, evidence=number)
    elif statement.word(1) == "user" and len(words) > 3:
        yield DeviceAccess(protocol="snmp", port=161, enabled=True, evidence=number)


def _community_list(words: tuple[str, ...]) -> str:
    """Return the list behind `[view NAME] [ro|rw] [ipv6 LIST] LIST`; empty where there is none."""
    rest, at = [], 0
    while at < len(words):
        low = words[at].lower()
        if low in ("view", "ipv6", "group"):
            at += 1
        elif low not in ("ro", "rw", "ipv4", "use-acl"):
            rest.append(words[at])
        at += 1
    return rest[-1] if rest else ""


def _log(ios: Ios, statement: Statement) -> Iterator[Any]:
    words, number = statement.words, str(statement.number)
    level = ios.facts.get("logging trap")
    word = statement.word(1)
    if word == "host" and len(words) > 2:
        at = 3 if statement.word(2) == "ipv6" else 2
        yield DeviceLog(target=words[min(at, len(words) - 1)], kind="syslog", level=level, enabled=True, evidence=number)
    elif ip4(word) is not None or (len(words) == 2 and "." in word and not word[0].isdecimal()):
        yield DeviceLog(target=words[1], kind="syslog", level=level, enabled=True, evidence=number)
    elif word == "buffered":
        said = words[-1] if not words[-1].isdecimal() and words[-1].lower() != "buffered" else None
        yield DeviceLog(target="memory", kind="memory", level=said, enabled=True, evidence=number)


def _keys(statement: Statement) -> Iterator[Any]:
    """Keys of login servers and of routing protocols."""
    for one in walk((statement,)):
        low = [word.lower() for word in one.words]
        for word in ("key", "key-string", "server-key", "md5"):
            if word in low[:-1] and (mark := next((given for given in one.words if given.startswith("[secret")), None)):
                kind = one.words[low.index(word) + 1]
                yield DeviceSecret(
                    place=" ".join(given for given in one.words[: low.index(word)] if not given.startswith("[secret"))[:80] or statement.text[:80],
                    kind="key", state=secret_state(mark, kind if kind in _DIGITS else ""), evidence=str(one.number),
                )  # fmt: skip
                break
