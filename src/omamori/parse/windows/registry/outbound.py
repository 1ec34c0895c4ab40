"""The registry → outbound_settings (proxy, name and time servers) and security_products (Microsoft Defender)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

from omamori.model.access import SecurityProduct
from omamori.model.network import OutboundSetting
from omamori.parse.windows.registry.decide import content, part
from omamori.parse.windows.registry.host import host_of
from omamori.parse.windows.registry.part import Part, columns, look
from omamori.parse.windows.registry.tree import Tree

_INTERNET = (
    r"hklm\software\policies\microsoft\windows\currentversion\internet settings",
    r"hkcu\software\policies\microsoft\windows\currentversion\internet settings",
    r"hkcu\software\microsoft\windows\currentversion\internet settings",
    r"hklm\software\microsoft\windows\currentversion\internet settings",
)
_WINHTTP = r"hklm\software\microsoft\windows\currentversion\internet settings\connections"
_TIME = r"hklm\system\currentcontrolset\services\w32time\parameters"
_INTERFACES = r"hklm\system\currentcontrolset\services\tcpip\parameters\interfaces"
_MOST = 50
_PROXY_FLAG = 2


def read_outbound(tree: Tree) -> Part:
    """Return where the machine turns to. It never tells all: other users and programs have proxies of their own."""
    rows = list({(row.kind, row.value): row for row in _rows(tree)}.values())
    asked = (*_INTERNET, _WINHTTP, _TIME, _INTERFACES)
    if not rows and not any(tree.line(key) for key in asked):
        return Part()
    return Part(list(rows), [look("outbound_settings", whole=False, refused=tree.refused)])


def _rows(tree: Tree) -> Iterator[OutboundSetting]:
    for key in _INTERNET:
        on, server, script = (tree.find(key, name).value for name in ("ProxyEnable", "ProxyServer", "AutoConfigURL"))
        if server is not None and on is not None and on.number == 1:
            yield from (_row("proxy", host, key, server.line) for host in _proxies(server.text))
        if script is not None and host_of(script.text):
            yield _row("proxy", host_of(script.text), key, script.line)
    machine = tree.find(_WINHTTP, "WinHttpSettings").value
    if machine is not None and isinstance(machine.data, bytes):
        yield from (_row("proxy", host, _WINHTTP, machine.line) for host in _proxies(winhttp_proxy(machine.data)))
    mode, servers = tree.find(_TIME, "Type").value, tree.find(_TIME, "NtpServer").value
    if mode is not None and mode.text.lower() in ("ntp", "allsync") and servers is not None:
        # `time.example.jp,0x9 10.1.0.1,0x8`: names with flags.
        for word in servers.text.split()[:_MOST]:
            yield _row("ntp", word.partition(",")[0].lower()[:255], _TIME, servers.line)
    for one in tree.below(_INTERFACES):
        own, given = tree.find(one, "NameServer").value, tree.find(one, "DhcpNameServer").value
        value = own if own is not None and own.text else given
        if value is not None:
            for word in re.split(r"[,\s]+", value.text)[:_MOST]:
                if word:
                    yield _row("dns", word, _INTERFACES, value.line)


def _row(kind: str, value: str, origin: str, line: int) -> OutboundSetting:
    try:
        public = ipaddress.ip_address(value).is_global
    except ValueError:
        public = None
    return OutboundSetting(kind=kind, value=value[:255], address_public=public, origin=f"registry {origin}", evidence=str(line))


def _proxies(text: str) -> list[str]:
    """`http=proxy:8080;https=proxy:8080` or `proxy:8080` → hosts."""
    words = (word.strip().partition("=") for word in text.split(";")[:_MOST])
    hosts = (host_of(right if sign else left) for left, sign, right in words)
    return [host for host in dict.fromkeys(hosts) if host]


def winhttp_proxy(data: bytes) -> str:
    """Return the proxy in WinHttpSettings: three numbers (version, counter, flags), then length and text; empty where there is none."""
    if len(data) < 16 or len(data) > 1 << 16:
        return ""
    flags, length = int.from_bytes(data[8:12], "little"), int.from_bytes(data[12:16], "little")
    if not flags & _PROXY_FLAG or length > len(data) - 16:
        return ""
    return data[16 : 16 + length].decode("ascii", "replace")


def read_protection(tree: Tree) -> Part:
    """Return what the registry says of Microsoft Defender: what is switched off for certain, and its own protection.

    Nothing switched off does not mean that it runs: so `running` and `real_time` are only told where they are off.
    """
    values: dict[str, Any] = {}
    off, now, behaviour, tamper = (part(tree, f"defender_{name}") for name in ("off", "now_off", "behaviour_off", "tamper"))
    if off.known and off.meaning:
        values |= {"running": False, "mode": "disabled", "real_time": False, "behaviour": False}
    if now.known and now.meaning:
        values["real_time"] = False
    if behaviour.known and behaviour.meaning:
        values["behaviour"] = False
    if tamper.known:
        values["tamper_protected"] = bool(tamper.meaning)
    if not values:
        return Part()
    keys = ("defender_features", "policy_defender", "defender", "policy_defender_now", "defender_now")
    line = next((one for one in (tree.line(content().keys[key].path) for key in keys) if one), 0)
    unread = [name for name in columns("security_products") if name not in values and name not in ("name", "kind")]
    row = SecurityProduct(name="defender", kind="antivirus", **values, evidence=str(line))
    # Other makers' products do not stand in these keys.
    return Part([row], [look("security_products", whole=False, unread=unread, refused=tree.refused)])
