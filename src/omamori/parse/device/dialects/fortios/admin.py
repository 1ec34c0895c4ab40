"""Accounts, log targets and the state of secrets of FortiOS.

`ENC` is a cipher with one key known to everybody (CVE-2019-6693) unless `private-data-encryption` is on; the passwords of
administrators are hashes (CLI reference, "system admin"; administration guide, "Password policy").
"""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.device import DeviceAccount, DeviceLog, DeviceSecret
from omamori.parse.device.dialects.fortios.domain import Domain
from omamori.parse.device.dialects.fortios.local import hosts_of
from omamori.parse.device.dialects.fortios.redact import kind_of, state_of
from omamori.parse.device.dialects.fortios.tree import Block
from omamori.parse.device.extent import written


def accounts(domain: Domain, *, first: bool) -> Iterator[DeviceAccount]:
    """Yield the administrators (once) and the users of VPN and login pages of a virtual domain."""
    if first:
        for name, block in domain.shared.block("system admin").entries.items():
            yield _admin(name, block)
        for name, block in domain.shared.block("system api-user").entries.items():
            yield DeviceAccount(
                name=name, kind="administrator", rights=block.one("accprofile") or None,
                allowed_from=written(hosts_of(block)) if hosts_of(block) else None, enabled=True, two_factor=False, evidence=str(block.line),
            )  # fmt: skip
    for name, block in domain.home.block("user local").entries.items():
        factor, kind = block.one("two-factor", "disable"), block.one("type", "password")
        words = block.all("passwd")
        yield DeviceAccount(
            name=name, kind="vpn-user", secret=state_of(words, "user local") if words else "empty" if kind == "password" else None,
            two_factor=True if factor != "disable" else False if kind == "password" else None, enabled=block.one("status", "enable") != "disable",
            rights=",".join(_groups(domain, name)) or None, evidence=str(block.line),
        )  # fmt: skip


def _groups(domain: Domain, name: str) -> list[str]:
    return [group for group, block in domain.home.block("user group").entries.items() if name in block.all("member")]


def _admin(name: str, block: Block) -> DeviceAccount:
    """An administrator. Without a line `password` he has none: that is how the maker delivers `admin`."""
    words, hosts = block.all("password"), hosts_of(block)
    remote = block.on("remote-auth") or block.on("peer-auth")
    state = state_of(words, "system admin") if words else None if remote else "default" if name == "admin" else "empty"
    return DeviceAccount(
        name=name, kind="administrator", rights=block.one("accprofile") or None, secret=state,
        two_factor=True if block.one("two-factor", "disable") != "disable" else None if remote else False,
        allowed_from=written(hosts) if hosts else None, enabled=True, evidence=str(block.line),
    )  # fmt: skip


def logs(shared: Block) -> Iterator[DeviceLog]:
    """Yield where the device writes. Memory is on by default, all others are off."""
    for number in ("", "2", "3", "4"):
        block = shared.block(f"log syslogd{number} setting")
        if block.settings:
            yield _log(shared, block, f"log syslogd{number} filter", block.one("server"), "syslog")
        block = shared.block(f"log fortianalyzer{number} setting")
        if block.settings:
            yield _log(shared, block, f"log fortianalyzer{number} filter", block.one("server") or "FortiAnalyzer", "syslog")
    cloud = shared.block("log fortianalyzer-cloud setting")
    guard = shared.block("log fortiguard setting")
    for block, name in ((cloud, "FortiAnalyzer Cloud"), (guard, "FortiGate Cloud")):
        if block.settings:
            yield _log(shared, block, "", name, "cloud")
    disk = shared.block("log disk setting")
    if disk.settings:
        yield _log(shared, disk, "log disk filter", "disk", "disk")
    memory = shared.blocks.get("log memory setting")
    if memory is not None:
        yield DeviceLog(
            target="memory", kind="memory", enabled=memory.on("status", default=True), level=_level(shared, "log memory filter"),
            evidence=str(memory.line),
        )  # fmt: skip
    for name, block in shared.block("system snmp community").entries.items():
        for host in block.block("hosts").entries.values():
            words = host.all("ip")
            if words and host.one("host-type", "any") != "query" and block.block("hosts").entries:
                yield DeviceLog(
                    target=words[0].partition("/")[0], kind="snmp", enabled=block.one("status", "enable") != "disable", level=None,
                    evidence=str(host.line or name),
                )  # fmt: skip


def _level(shared: Block, table: str) -> str | None:
    block = shared.blocks.get(table)
    return block.one("severity") or None if block else None


def _log(shared: Block, block: Block, table: str, target: str, kind: str) -> DeviceLog:
    return DeviceLog(target=target, kind=kind, enabled=block.on("status"), level=_level(shared, table), evidence=str(block.line))


def secrets(home: Block, *, private: bool) -> Iterator[DeviceSecret]:
    """Yield the place and state of every secret in the tables."""
    waiting = [(home.blocks[name], name, "") for name in sorted(home.blocks)]
    while waiting:
        block, path, entry = waiting.pop(0)
        for key, setting in block.settings.items():
            kind = kind_of(path, key, setting.words)
            if kind is None:
                continue
            setting.used = True
            place = f"{path} {entry}".strip() if kind == "community" else f"{path} {entry} {key}".replace("  ", " ")
            place = f"snmp community {entry}" if kind == "community" else place
            yield DeviceSecret(place=place, kind=kind, state=state_of(setting.words, path, private=private), evidence=str(setting.line))
        waiting += [(one, path, f"{entry} {name}".strip()) for name, one in block.entries.items()]
        waiting += [(one, path, f"{entry} {name}".strip()) for name, one in block.blocks.items()]
