"""Who may log in to a Yamaha router and how, what it logs, and the state of its secrets (chapters device, HTTP server, SNMP).

What is not written has its default: TELNET on for any host, HTTP on for the LAN networks, SSH off, SNMP for nobody, community `public`.
"""

from __future__ import annotations

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceInterface, DeviceLog
from omamori.parse.device.dialects.yamaha.packets import is_address
from omamori.parse.device.dialects.yamaha.statements import ANY, Statement, Statements
from omamori.parse.device.draft import Draft, joined, network_of, number, secret_state, shown

_SERVICES = (("telnetd", "telnet", 23, "on", "any"), ("sshd", "ssh", 22, "off", "any"), ("httpd", "http", 80, "on", "lan"))
_OFTEN_CLOSED = ("telnetd", "sshd")
"""Services that security class 3 closes; the web page stays (chapter security class)."""


def read_access(commands: Statements, draft: Draft, whole: bool) -> None:
    """Write the ways to administer it. What is not written is told by its default only where the configuration is `whole`."""
    networks: dict[str, list[str]] = {}
    for row in draft.rows:
        if isinstance(row, DeviceInterface) and row.name.startswith(("lan", "vlan", "bridge")) and (row.address or row.dynamic):
            listed = networks.setdefault(row.name, [])
            if row.address and (network := network_of(f"{row.address}/{row.prefix}")):
                listed.append(shown(network))
    closed = any(rest[:1] == ("3",) for _, rest in commands.take("security", "class"))
    for word, protocol, port, on, hosts in _SERVICES:
        service = _last(commands, word, "service")
        host = next((found for found in reversed([*commands.take(word, "host", least=1)]) if found[1][0] != "key"), None)
        listen = _last(commands, word, "listen")
        if not whole and not (service or host or listen):
            continue
        enabled = (service[1][0] if service else on) == "on" and not (closed and word in _OFTEN_CLOSED)
        at = next((found[0].evidence for found in (host, service, listen) if found), "1")
        port = (number(listen[1][0], 1, 65535) if listen else None) or port
        for interface, allowed in _hosts(host[1] if host else (hosts,), networks):
            none = (host[1] if host else (hosts,)) == ("none",)
            draft.add(
                DeviceAccess(
                    protocol=protocol, port=port, interface=interface, allowed_from=allowed, enabled=enabled and not none, evidence=at
                )
            )
    for statement, rest in commands.take("tftp", "host", least=1):
        for interface, allowed in _hosts(rest, networks):
            draft.add(
                DeviceAccess(protocol="tftp", port=69, interface=interface, allowed_from=allowed, enabled=rest != ("none",), evidence=statement.evidence)
            )  # fmt: skip
    _snmp(commands, draft, networks)


def _last(commands: Statements, *pattern: str) -> tuple[Statement, tuple[str, ...]] | None:
    listed = list(commands.take(*pattern, least=1))
    return listed[-1] if listed else None


def _hosts(listed: tuple[str, ...], networks: dict[str, list[str]]) -> list[tuple[str | None, str | None]]:
    """(interface, addresses) a list of hosts lets in: `any`, `none`, `lan`, interfaces, addresses and ranges."""
    if set(listed) & {"any", "none"}:
        return [(None, None)]
    found: list[tuple[str | None, str | None]] = []
    allowed = [word for word in listed if is_address(word.partition("-")[0])]
    if allowed:
        found.append((None, joined(allowed)))
    for word in listed:
        if word == "lan":
            found += [(name, joined(nets)) for name, nets in sorted(networks.items())] or [("lan", None)]
        elif word not in allowed:
            found.append((word, None))
    return found


def _snmp(commands: Statements, draft: Draft, networks: dict[str, list[str]]) -> None:
    for word in ("snmp", "snmpv2c"):
        named = {kind: _last(commands, word, "community", f"read-{kind}") for kind in ("only", "write")}
        for kind, found in named.items():
            if found:
                draft.secret(found[0].line, f"{word} community read-{kind}", "community", secret_state(found[1][0]))
        told = False
        for statement, rest in commands.take(word, "host", least=1):
            told = told or (rest[0] != "none" and len(rest) == 1)
            for interface, allowed in _hosts(rest[:1], networks):
                draft.add(
                    DeviceAccess(
                        protocol="snmp", port=161, interface=interface, allowed_from=allowed, enabled=rest[0] != "none", evidence=statement.evidence
                    )
                )  # fmt: skip
            for kind, community in zip(("only", "write"), rest[1:3], strict=False):
                draft.secret(statement.line, f"{word} community read-{kind} of {rest[0]}", "community", secret_state(community))
            if told and not named["only"] and len(rest) == 1:
                draft.secret(statement.line, f"{word} community read-only", "community", "default")
        for statement, rest in commands.take(word, "trap", "community", least=1):
            draft.secret(statement.line, f"{word} trap community", "community", secret_state(rest[0]))
    for statement, rest in commands.take("snmpv3", "host", least=1):
        for interface, allowed in _hosts(rest[:1], networks):
            draft.add(
                DeviceAccess(
                    protocol="snmp", port=161, interface=interface, allowed_from=allowed, enabled=rest[0] != "none", evidence=statement.evidence
                )
            )  # fmt: skip
    for statement, _ in commands.take("snmpv3", "usm", "user", least=2):
        draft.secret(statement.line, f"snmpv3 user {statement.words[3]}", "password", "plain")


def read_accounts(commands: Statements, draft: Draft, whole: bool) -> None:
    """Write the accounts, and the passwords and keys that stand elsewhere."""
    for word in ("login", "administrator"):
        found = _last(commands, word, "password")
        if found:
            hashed = found[1][0] == "encrypted"
            value = found[1][-1] if len(found[1]) > hashed else ""
            state = secret_state(value, "hashed" if hashed else "plain")
            draft.add(DeviceAccount(name="", kind="administrator", rights=word, secret=state, enabled=True, evidence=found[0].evidence))
            draft.secret(found[0].line, f"{word} password", "password", state)
        elif whole:
            draft.add(DeviceAccount(name="", kind="administrator", rights=word, secret=secret_state(""), enabled=True, evidence="1"))
    attributes: dict[str, dict[str, str]] = {}
    for _, rest in commands.take("user", "attribute", least=1):
        name = rest[0] if "=" not in rest[0] else ""
        attributes.setdefault(name, {}).update(dict(item.split("=", 1) for item in rest if "=" in item))
    for statement, rest in commands.take("login", "user", least=1):
        masked = len(rest) < 2 or rest[-1] == "*" or rest[1] == "encrypted"
        state = secret_state(rest[-1] if len(rest) > 1 else "*", "hashed" if masked else "plain")
        said = {**attributes.get("", {}), **attributes.get(rest[0], {})}
        draft.add(
            DeviceAccount(
                name=rest[0], kind="administrator", rights="administrator" if said.get("administrator", "on") != "off" else "login",
                secret=state, allowed_from=said.get("host") if said.get("host") not in (None, "any") else None,
                enabled=said.get("connection") != "off", evidence=statement.evidence,
            )
        )  # fmt: skip
        draft.secret(statement.line, f"login user {rest[0]}", "password", state)
    _vpn_users(commands, draft)
    _other_secrets(commands, draft)


def _vpn_users(commands: Statements, draft: Draft) -> None:
    for statement, rest in commands.take("pp", "auth", "username", least=2):
        state = secret_state(rest[1])
        draft.add(
            DeviceAccount(name=rest[0], kind="vpn-user", rights=statement.pp, secret=state, enabled=True, evidence=statement.evidence)
        )
        draft.secret(statement.line, f"pp auth username {rest[0]}", "password", state)
    for statement, rest in commands.take("auth", "user", ANY, ANY, least=1):
        if statement.words[2].isdigit():
            state = secret_state(rest[-1])
            draft.add(DeviceAccount(name=statement.words[3], kind="vpn-user", secret=state, enabled=True, evidence=statement.evidence))
            draft.secret(statement.line, f"auth user {statement.words[3]}", "password", state)


def _other_secrets(commands: Statements, draft: Draft) -> None:
    for statement, rest in commands.take("ipsec", "ike", "pre-shared-key", least=2):
        draft.secret(statement.line, f"ipsec key of gateway {rest[0]}", "key", secret_state(rest[-1]))
    for statement, rest in commands.take("pp", "auth", "myname", least=2):
        draft.secret(statement.line, f"own password of {statement.pp}", "password", secret_state(rest[1]))
    for statement, rest in commands.take("l2tp", "tunnel", "auth", "on", least=1):
        draft.secret(statement.line, f"l2tp key of {statement.tunnel}", "key", secret_state(rest[0]))
    for statement, rest in commands.take("radius", "secret", least=1):
        draft.secret(statement.line, "radius secret", "key", secret_state(rest[0]))
    for statement, rest in commands.take("sshd", "host", "key", "generate", least=1):
        if rest[0] != "*":  # the router itself shows no more of it
            draft.secret(statement.line, "ssh host key", "key", "plain")


def read_logs(commands: Statements, draft: Draft) -> None:
    """Write where it logs: always to its memory, and to the servers named."""
    kinds = {"info": "on", "notice": "off", "debug": "off"}
    for kind in kinds:
        if found := _last(commands, "syslog", kind):
            kinds[kind] = found[1][0]
    level = joined([kind for kind, state in kinds.items() if state == "on"])
    draft.add(DeviceLog(target="memory", kind="memory", level=level, enabled=level is not None, evidence="1"))
    for statement, rest in commands.take("syslog", "host", least=1):
        draft.add(
            *(DeviceLog(target=word, kind="syslog", level=level, enabled=level is not None, evidence=statement.evidence) for word in rest)
        )
