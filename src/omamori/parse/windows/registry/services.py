"""The registry → services, server_settings (SNMP), log_settings."""

from __future__ import annotations

import re
from typing import Any

from omamori.model.access import LogSetting
from omamori.model.host import ServerSetting, Service
from omamori.parse.redact import secret_mark
from omamori.parse.windows.registry.host import host_of
from omamori.parse.windows.registry.part import Part, look
from omamori.parse.windows.registry.tree import Tree

SERVICES = r"hklm\system\currentcontrolset\services"
_WIN32 = 0x30
"""Bits of Type that make an entry a service and not a driver."""
_OF_USERS, _TEMPLATE = 0xC0, 0x40
"""What every user gets an own one of: the service manager knows the users' ones (0x80), not the pattern they are made from."""
_STARTS = ("automatic", "automatic", "automatic", "manual", "disabled")
_SNMP = rf"{SERVICES}\snmp\parameters"
_SNMP_POLICY = r"hklm\software\policies\snmp\parameters"
_RIGHTS = ((8, "rwcommunity"), (4, "rocommunity"), (2, "trapcommunity"))
_LOGS = ("Application", "Security", "System")
_LOG = rf"{SERVICES}\eventlog"
_LOG_POLICY = r"hklm\software\policies\microsoft\windows\eventlog"
_FORWARDING = rf"{_LOG_POLICY}\eventforwarding\subscriptionmanager"
_OFTEN = 0xFFFFFFFF
_A_DAY = 86_400


def read_services(tree: Tree) -> Part:
    """Return the services with how they start. Whether one runs now is not in the registry."""
    rows = []
    unread = {"state"}
    understood = True
    for key in tree.below(SERVICES):
        kind, start = tree.find(key, "Type").value, tree.find(key, "Start").value
        if kind is None or kind.number is None or not kind.number & _WIN32 or kind.number & _OF_USERS == _TEMPLATE:
            continue
        number = start.number if start is not None else None
        if number is None or not 0 <= number < len(_STARTS):
            understood = False
            continue
        shown = tree.find(key, "DisplayName").value
        # `@program,-100;text`: the name lies in a program, in the language of the machine.
        name = shown.text.rpartition(";")[2] if shown is not None and shown.text.startswith("@") else shown.text if shown else ""
        if shown is not None and name.startswith("@"):
            unread.add("display_name")
            name = ""
        account, command = tree.find(key, "ObjectName").value, tree.find(key, "ImagePath").value
        rows.append(
            Service(
                name=tree.name(key),
                display_name=name[:256] or None,
                start=_STARTS[number],
                account=account.text[:200] or None if account else None,
                command=command.text[:1000] or None if command else None,
                evidence=str(tree.line(key)),
            )
        )
    if not rows:
        return Part()
    return Part(list(rows), [look("services", whole=understood and tree.lists(SERVICES), unread=sorted(unread), refused=tree.refused)])


def read_snmp(tree: Tree) -> Part:
    """Return the words SNMP takes, as marks, and the machines that may ask. Other server programs are not told."""
    found = Part()
    local, policy = rf"{_SNMP}\validcommunities", rf"{_SNMP_POLICY}\validcommunities"
    managers = [value.text for key in (_SNMP_POLICY, _SNMP) for value in tree.values(rf"{key}\permittedmanagers") if value.text]
    asked = "".join(f" {host}" for host in dict.fromkeys(managers))
    for value in tree.values(local) if not tree.values(policy) else ():
        rights = value.number
        name = next((word for bit, word in _RIGHTS if rights is not None and (rights & bit or (bit == 8 and rights & 16))), None)
        if value.name and name:
            found.rows.append(_snmp(name, secret_mark("community", value.name) + asked, local, value.line))
    for value in tree.values(policy):
        if value.text:
            # A word given by policy may only read.
            found.rows.append(_snmp("rocommunity", secret_mark("community", value.text) + asked, policy, value.line))
    if not found.rows and tree.exists(rf"{SERVICES}\snmp") is None:
        return Part()
    found.looks.append(look("server_settings", whole=False, refused=tree.refused))
    return found


def _snmp(name: str, value: str, path: str, line: int) -> ServerSetting:
    return ServerSetting(service="snmpd", name=name, value=value[:400], path=path, evidence=str(line))


def read_logs(tree: Tree) -> Part:
    """Return size and fate of the event logs. Whether they are being written is not in the registry."""
    rows: list[Any] = []
    unread = {"active", "oldest"}
    forwarded = [host for value in tree.values(_FORWARDING) if (host := _collector(value.text))]
    nothing = tree.exists(_FORWARDING) is False or (tree.whole(_FORWARDING) and not tree.values(_FORWARDING))
    if not nothing and not forwarded:
        unread.add("forwarded_to")
    shown = [log for log in _LOGS if tree.line(rf"{_LOG}\{log}") or tree.line(rf"{_LOG_POLICY}\{log}")]
    for log in shown or (_LOGS[1:2] if forwarded else ()):
        local, policy = rf"{_LOG}\{log}", rf"{_LOG_POLICY}\{log}"
        size = _size(tree, local, policy)
        days = _days(tree, local, policy)
        unread |= {"max_bytes"} if size is None else set()
        unread |= {"kept_days"} if days is None else set()
        line = tree.line(local) or tree.line(policy) or tree.line(_FORWARDING)
        # Which logs a collector takes stands on the collector; the machine offers it all of them.
        target = forwarded[0] if forwarded else None
        rows.append(LogSetting(log=log, persistent=True, max_bytes=size, kept_days=days, forwarded_to=target, evidence=str(line)))
    if not rows and nothing:
        # What other outputs list goes nowhere: see `together.with_forwarding`.
        return Part([], [look("log_settings", whole=False, unread=sorted({*unread, "max_bytes", "kept_days"}), refused=tree.refused)])
    if not rows:
        return Part()
    return Part(rows, [look("log_settings", whole=len(shown) == len(_LOGS), unread=sorted(unread), refused=tree.refused)])


def _size(tree: Tree, local: str, policy: str) -> int | None:
    """Bytes; the policy counts in KB."""
    ruled = tree.find(policy, "MaxSize")
    if ruled.value is not None:
        return ruled.value.number * 1024 if ruled.value.number is not None and ruled.value.number < 2**40 else None
    own = tree.find(local, "MaxSize").value
    return own.number if ruled.known and own is not None and own.number is not None and own.number < 2**40 else None


def _days(tree: Tree, local: str, policy: str) -> int | None:
    """Days kept, where a number of seconds says so; 0 (overwritten when full) and never tell no days."""
    ruled = tree.find(policy, "Retention")
    own = tree.find(local, "Retention").value
    if ruled.value is not None or not ruled.known or own is None or own.number is None:
        return None
    return own.number // _A_DAY if _A_DAY <= own.number < _OFTEN else None


def _collector(text: str) -> str:
    """The host of `Server=http://name:5985/wsman/SubscriptionManager/WEC,Refresh=60`."""
    found = re.search(r"Server=\s{0,4}(https?://[^\s,]{1,300})", text, re.IGNORECASE)
    return host_of(found[1]) if found else ""
