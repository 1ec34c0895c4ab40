"""NEC UNIVERGE IX: accounts, doors, logs, secrets and what is taken out before storing."""

from __future__ import annotations

import re
from typing import Any

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceLog
from omamori.parse.device.blocks import ANY, Blocks
from omamori.parse.device.dialects.nec_ix.filters import AccessLists, sources_of
from omamori.parse.device.draft import Draft, number, secret_state
from omamori.parse.redact import secret_mark

_SERVERS = (
    ("telnet-server", "telnet", 23),
    ("ssh-server", "ssh", 22),
    ("http-server", "http", 80),
    ("ftp-server", "ftp", 21),
    ("tftp-server", "tftp", 69),
)
_V = r"(?P<v>\[secret: [a-z-]{1,40}, [a-z]{1,10}\]|\"[^\"]{0,200}\"|\S{1,300})"
_SHAPES = tuple(
    (kind, re.compile(rf"(?:^|\s){before}\s{{1,8}}{_V}"))
    for kind, before in (
        ("password", r"username \S{1,64} (?:password|secret-password|secret)(?: (?:hash|plain))?(?: \d{1,2}(?=\s))?"),
        ("password", r"http-server username \S{1,64} (?:secret-)?password(?: \d(?=\s))?"),
        ("password", r"authentication password \S{1,100}(?: plain| secret)?"),
        ("pre-shared-key", r"ike policy \S{1,64} peer .{1,120}? key(?: char| secret| hex(?:adecimal)?)?"),
        ("pre-shared-key", r"ikev2 (?:\S{1,30} ){0,3}psk id .{1,200}? key(?: char| hex(?:adecimal)?| secret)?"),
        ("pre-shared-key", r"(?:manual-key|ipsec manual\S{0,20}) .{1,200}? key"),
        ("community", r"snmp-agent ip community(?: secret)?"),
        ("community", r"snmp-agent ip host \S{1,100}"),
        ("password", r"snmp-agent ip user \S{1,64} .{0,100}? (?:md5|sha|des|aes\d{0,3})"),
        ("password", r"nm account \S{1,64} password(?: secret| plain)?"),
        ("key", r"(?:radius|tacacs|aaa)\S{0,10} .{0,200}? (?:key|secret)(?: secret| plain)?(?: \d{1,3}(?=\s))?"),
        ("key", r"ntp authentication-key \d{1,6}(?: md5)?"),
        ("key", r"ip (?:ospf|rip) (?:authentication-key|message-digest-key \d{1,4} md5|authentication key)"),
        ("password", r"neighbor \S{1,60} password(?: plain| secret)?(?: \d(?=\s))?"),
        ("password", r"(?:enable|supervisor|login)[ -]password(?: hash| plain)?(?: \d(?=\s))?"),
        ("password", r"ddns .{0,200}? password"),
        ("password", r"(?:wpa-passphrase|passphrase|wep-key|pre-shared-key)"),
        ("password", r"l2tp .{0,100}? (?:secret|password)"),
        ("password", r"l2tp authentication"),
        ("password", r"authentication (?:user|chap|pap) \S{1,100}(?: plain| secret)?"),
        ("password", r"(?:mobile|sim) .{0,60}? ?pin(?:-code)?"),
    )
)  # fmt: skip


def redact(line: str, state: dict[str, Any]) -> str:
    """Return the line with a mark in place of each secret. `state` is not used: no secret of this maker spans lines."""
    for kind, pattern in _SHAPES:
        at, out = 0, []
        for found in pattern.finditer(line):
            out += [line[at : found.start("v")], secret_mark(kind, found["v"].strip('"'))]
            at = found.end("v")
        line = "".join([*out, line[at:]])
    return line


def read_access(blocks: Blocks, draft: Draft, lists: AccessLists) -> None:
    """Write the doors: each is closed unless the configuration opens it."""
    for word, protocol, port in _SERVERS:
        enabled = blocks.last(word, "ip", "enable")
        limited = blocks.last(word, "ip", "access-list", least=1)
        listen = blocks.last(word, "ip", "port", least=1)
        if enabled is None and limited is None:
            continue
        at = (enabled or limited or listen)[0].evidence  # type: ignore[index]
        draft.add(
            DeviceAccess(
                protocol=protocol, port=(number(listen[1][0], 1, 65535) if listen else None) or port, enabled=enabled is not None,
                allowed_from=sources_of(lists, limited[1][0]) if limited else None, evidence=at,
            )
        )  # fmt: skip
    asked = blocks.last("snmp-agent", "ip", "enable")
    for command, rest in blocks.take("snmp-agent", "ip", "community", least=1):
        said = [word for word in rest if word not in ("secret",)]
        listed = next((word for word in said[1:] if word in lists.static), None)
        draft.secret(command.line, "snmp community", "community", secret_state(said[0]))
        if asked:
            draft.add(
                DeviceAccess(
                    protocol="snmp",
                    port=161,
                    allowed_from=sources_of(lists, listed) if listed else None,
                    enabled=True,
                    evidence=command.evidence,
                )
            )
    for command, rest in blocks.take("snmp-agent", "ip", "host", least=2):
        draft.secret(command.line, f"snmp trap community of {rest[0]}", "community", secret_state(rest[1]))


def read_accounts(blocks: Blocks, draft: Draft, whole: bool) -> None:
    """Write the accounts; without any, whoever reaches a door is in."""
    named = False
    for command, rest in blocks.take("username", least=3, inside=()):
        named = True
        state = secret_state(_value(rest), "hashed" if "hash" in rest or rest[1].startswith("secret") else "plain")
        draft.add(
            DeviceAccount(name=rest[0], kind="administrator", rights=_rights(rest), secret=state, enabled=True, evidence=command.evidence)
        )
        draft.secret(command.line, f"username {rest[0]}", "password", state)
    if whole and not named:
        draft.add(DeviceAccount(name="", kind="administrator", rights="administrator", secret=secret_state(""), enabled=True, evidence="1"))
    for command, rest in blocks.take("http-server", "username", least=3, inside=()):
        state = secret_state(_value(rest), "hashed" if rest[1].startswith("secret") else "plain")
        draft.add(DeviceAccount(name=rest[0], kind="administrator", rights="http", secret=state, enabled=True, evidence=command.evidence))
        draft.secret(command.line, f"http-server username {rest[0]}", "password", state)
    servers = {
        command.section[2] for command, _ in blocks.take("ppp", "binding", least=1, inside=("interface", ANY)) if len(command.section) > 2
    }
    for command, rest in blocks.take("authentication", "password", least=2, inside=("ppp", "profile", ANY)):
        profile = command.section[2]
        state = secret_state(rest[-1])
        draft.secret(command.line, f"ppp profile {profile} {rest[0]}", "password", state)
        asks = any(True for _ in blocks.take("authentication", "request", inside=("ppp", "profile", profile)))
        if asks or profile in servers:
            draft.add(DeviceAccount(name=rest[0], kind="vpn-user", rights=profile, secret=state, enabled=True, evidence=command.evidence))
    for command, _ in blocks.take("ike", "policy", least=3):
        if "key" in command.words:
            draft.secret(
                command.line,
                f"ike key of {command.words[2]}",
                "key",
                secret_state(command.words[command.words.index("key") + 1 :][0] if command.words[-1] != "key" else ""),
            )
    for command, rest in blocks.take("ikev2", "authentication", "psk", least=3):
        draft.secret(command.line, f"ikev2 key of {rest[2]}", "key", secret_state(rest[-1]))
    for command, rest in blocks.take("nm", "account", least=2):
        draft.secret(
            command.line, f"nm account {rest[0]}", "password", secret_state(rest[-1], "reversible" if "secret" in rest else "plain")
        )


def _value(rest: tuple[str, ...]) -> str:
    return next((word for word in rest[2:] if word not in ("hash", "plain", "secret") and not (word.isdigit() and len(word) == 1)), "")


def _rights(rest: tuple[str, ...]) -> str:
    return rest[-1] if rest[-1] in ("administrator", "operator", "monitor") else "operator"


def read_logs(blocks: Blocks, draft: Draft) -> None:
    """Write where it logs."""
    on = blocks.last("syslog", "ip", "enable") is not None
    level = blocks.last("syslog", "function", least=2)
    for command, rest in blocks.take("syslog", "ip", "host", least=1):
        draft.add(DeviceLog(target=rest[0], kind="syslog", level=level[1][1] if level else None, enabled=on, evidence=command.evidence))
    if buffered := blocks.last("logging", "buffered"):
        subsystem = blocks.last("logging", "subsystem", "all", least=1)
        draft.add(
            DeviceLog(
                target="memory", kind="memory", level=subsystem[1][0] if subsystem else None, enabled=True, evidence=buffered[0].evidence
            )
        )
