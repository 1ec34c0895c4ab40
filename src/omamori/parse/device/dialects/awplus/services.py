"""AlliedWare Plus: accounts, doors, logs, secrets and what is taken out before storing.

Where nothing is written, SSH is off; TELNET and the web page depend on the release and are told as not known.
"""

from __future__ import annotations

import re
from typing import Any

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceLog
from omamori.parse.device.blocks import ANY, Blocks
from omamori.parse.device.dialects.awplus.lists import Lists, sources_of
from omamori.parse.device.draft import Draft, secret_state
from omamori.parse.redact import secret_mark

_V = r"(?P<v>\[secret: [a-z-]{1,40}, [a-z]{1,10}\]|\"[^\"]{0,200}\"|\S{1,300})"
_SHAPES = tuple(
    (kind, re.compile(rf"(?:^|\s){before}\s{{1,8}}{_V}"))
    for kind, before in (
        ("password", r"username \S{1,64} (?:privilege \d{1,2} )?password(?: 8)?"),
        ("password", r"enable (?:password|secret)(?: level \d{1,2})?(?: [58])?"),
        ("community", r"snmp-server community"),
        ("community", r"snmp-server host \S{1,100} (?:(?:informs|traps) )?version (?:1|2c)"),
        ("password", r"snmp-server user .{1,200}? (?:md5|sha\d{0,3})"),
        ("password", r"snmp-server user .{1,300}? (?:des|aes\d{0,3})"),
        ("key", r"(?:radius|tacacs)-server (?:host .{1,200}? )?key(?: 8)?"),
        ("pre-shared-key", r"crypto isakmp key(?: [78])?"),
        ("password", r"(?:ppp (?:chap|pap) (?:password|sent-username \S{1,64} password)|ppp password)(?: [78])?"),
        ("key", r"ntp authentication-key \d{1,10} (?:md5|sha1)"),
        ("key", r"ip ospf (?:authentication-key|message-digest-key \d{1,4} md5)"),
        ("key", r"ip rip authentication string"),
        ("key", r"key-string"),
        ("password", r"neighbor \S{1,60} password"),
        ("key", r"l2tp\S{0,20} (?:.{0,60}? )?(?:shared-secret|secret)(?: [78])?"),
        ("password", r"(?:ddns|update) .{0,100}? password"),
        ("key", r"atmf (?:\S{1,30} ){0,3}(?:key|password)(?: 8)?"),
        ("key", r"(?:wpa|wireless|security) .{0,100}? (?:key|passphrase)(?: 8)?"),
        ("password", r"^\s*password(?: 8)?"),
        ("key", r"^\s*(?:key|shared-secret|nas \S{1,64} key|tunnel security-key)(?: [078])?(?! \d{1,5}\s*$)"),
        ("password", r"(?:ip )?vrrp authentication(?: text)?"),
        ("password", r"^\s*(?:sim-?)?pin(?:-code)?"),
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


def read_access(blocks: Blocks, draft: Draft, lists: Lists) -> None:
    """Write the doors the configuration speaks of."""
    limited = blocks.last("access-class", least=1, inside=("line", ANY)) or blocks.last("vty", "access-class", least=1)
    allowed = sources_of(lists, limited[1][0]) if limited else None
    for word, protocol, port in (("telnet", "telnet", 23), ("ssh", "ssh", 22), ("http", "http", 80)):
        on, off = blocks.last("service", word), blocks.last("no", "service", word)
        found = on or off
        if found:
            draft.add(
                DeviceAccess(
                    protocol=protocol,
                    port=port,
                    enabled=on is not None,
                    allowed_from=allowed if word != "http" else None,
                    evidence=found[0].evidence,
                )
            )
    asked = blocks.last("snmp-server", inside=())
    for command, rest in blocks.take("snmp-server", "community", least=1):
        draft.secret(command.line, "snmp community", "community", secret_state(rest[0]))
        listed = next((word for word in rest[1:] if word in lists), None)
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


def read_accounts(blocks: Blocks, draft: Draft) -> None:
    """Write the accounts and the secrets that stand elsewhere."""
    for command, rest in blocks.take("username", least=2, inside=()):
        hashed = "8" in rest[2:-1] and "password" in rest
        state = secret_state(rest[-1], "hashed" if hashed else "plain") if "password" in rest[:-1] else None
        level = rest[rest.index("privilege") + 1] if "privilege" in rest[:-1] else "1"
        draft.add(
            DeviceAccount(
                name=rest[0], kind="administrator", rights=f"privilege {level}", secret=state, enabled=True, evidence=command.evidence
            )
        )
        if state:
            draft.secret(command.line, f"username {rest[0]}", "password", state)
    for word in ("password", "secret"):
        for command, rest in blocks.take("enable", word, least=1, inside=()):
            draft.secret(command.line, f"enable {word}", "password", secret_state(rest[-1], "hashed" if len(rest) > 1 else "plain"))
    for command, rest in blocks.take("crypto", "isakmp", "key", least=1):
        value = next((one for one in rest if one.startswith("[secret")), rest[0])
        coded = bool(rest[0] in ("7", "8"))
        whom = rest[-1] if len(rest) > 2 else "any"
        draft.secret(command.line, f"ipsec key of {whom}", "key", secret_state(value, "reversible" if coded else "plain"))
    for head in (("radius-server",), ("tacacs-server",)):
        for command, rest in blocks.take(*head, least=1):
            if "key" in rest[:-1]:
                draft.secret(command.line, f"{head[0]} key", "key", secret_state(rest[-1]))


def read_logs(blocks: Blocks, draft: Draft) -> None:
    """Write where it logs."""
    told: set[str] = set()
    for command, rest in blocks.take("log", least=1, inside=()):
        target = rest[1] if rest[0] == "host" and len(rest) > 1 else rest[0]
        kind = {"host": "syslog", "buffered": "memory", "permanent": "disk", "external": "disk"}.get(rest[0])
        if kind is None or target in told:
            continue
        told.add(target)
        level = rest[rest.index("level") + 1] if "level" in rest[:-1] else None
        draft.add(DeviceLog(target=target if kind == "syslog" else kind, kind=kind, level=level, enabled=True, evidence=command.evidence))
