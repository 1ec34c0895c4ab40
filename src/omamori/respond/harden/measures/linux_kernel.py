"""Linux: settings of the kernel (sysctl.d(5)) and protocols that are not loaded (modprobe.d(5))."""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.text import Text
from omamori.respond.harden.changes import FileText, KernelValue
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu

NAME = "linux-kernel"
_CHECKS = ("kernel.network_trust", "kernel.forged_senders", "kernel.memory_protection", "kernel.core_of_privileged")
_STANDARD = {"kernel.randomize_va_space": "2", "net.ipv4.tcp_syncookies": "1", "kernel.unprivileged_bpf_disabled": "2"}
"""The last as 2: 1 could not be taken back before a restart (kernel documentation, admin-guide/sysctl/kernel)."""
_TRUST = tuple(
    f"net.ipv{v}.conf.{where}.accept_{what}" for v in (4, 6) for where in ("all", "default") for what in ("redirects", "source_route")
)
_MODULES = "/etc/modprobe.d/omamori-rare.conf"


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the kernel's settings to change on a machine."""
    if facts.open(machine, *_CHECKS, "kernel.rare_modules") and not facts.complete(machine, "kernel_settings", "name", "value"):
        yield Left(NAME, machine, Text("カーネルの設定のすべては見ていません", "Not all settings of the kernel were seen"))
        return
    values = {row.name: row.value for row in facts.rows("kernel_settings", machine)}
    yield from _settings(facts, machine, values)
    yield from _modules(facts, machine, values)


def _wanted(check: str, key: str, values: dict[str, str]) -> dict[str, str]:
    if check == "kernel.network_trust":
        return {name: "0" for name in _TRUST if values.get(name) == "1"}
    if check == "kernel.forged_senders":
        # Loose (RFC 3704 section 2.4): only what no route leads back to is refused, so several routes do no harm. The larger of this and an
        # interface's own value counts: where one is strict (1) by itself it would be loosened.
        strict = any(name.endswith(".rp_filter") and value == "1" for name, value in values.items())
        return {} if strict else {"net.ipv4.conf.all.rp_filter": "2"}
    if check == "kernel.core_of_privileged":
        return {"fs.suid_dumpable": "0"}
    return {key: _STANDARD[key]} if key in _STANDARD else {}


def _settings(facts: Facts, machine: Machine, values: dict[str, str]) -> Iterator[Measure | Left]:
    wanted: dict[str, str] = {}
    promises = []
    for one in facts.open(machine, *_CHECKS):
        found = _wanted(one.check, one.key.removeprefix(f"{machine.asset} | "), values)
        if found:
            wanted |= found
            promises.append(one)
        elif one.check == "kernel.forged_senders":
            why = Text(
                "偽った送信元を断る設定(rp_filter)が、一部のインタフェースではもう厳しくなっています。全体を変えるとそこが緩むので、残りを手で1にします",
                "Some interfaces already refuse forged senders strictly (rp_filter 1), and setting all would loosen those: set the others to 1 by hand",
            )
            yield Left(NAME, machine, why)
    if not wanted:
        return
    lines = ", ".join(f"{name} = {value}" for name, value in wanted.items())
    yield Measure(
        kind=NAME,
        machine=machine,
        what=Text(f"カーネルの設定を標準の守りに戻す({lines})", f"Set the kernel's standard protections ({lines})"),
        why=Text(
            "同じLANにいる者が通信の道を変えたり、送信元を偽ったり、弱点を突いたりしにくくなります",
            "It gets harder to lead its traffic elsewhere, to forge senders and to use flaws",
        ),
        stops=Text("院内のふつうの通信は変わりません", "Ordinary traffic does not change"),
        menu=Menu(
            Text(
                "/etc/sysctl.d/99-omamori-harden.conf に上の設定を書いて sudo sysctl --system",
                "Write the settings into /etc/sysctl.d/99-omamori-harden.conf and run sudo sysctl --system",
            )
        ),
        changes=tuple(KernelValue(name, value, values.get(name)) for name, value in wanted.items()),
        promises=tuple(promises),
        evidence=tuple(dict.fromkeys(one.evidence for one in promises if one.evidence)),
    )


def _modules(facts: Facts, machine: Machine, values: dict[str, str]) -> Iterator[Measure]:
    found = facts.open(machine, "kernel.rare_modules")
    names = [name for name in ("dccp", "sctp", "rds", "tipc", "firewire_core") if values.get(f"module.{name}") == "loaded"]
    if found and names:
        yield Measure(
            kind=NAME,
            machine=machine,
            what=Text(
                f"ふつう使わない通信方式({', '.join(names)})を読み込まない", f"Rare protocols ({', '.join(names)}) are no longer loaded"
            ),
            why=Text("使う人の少ない部品には弱点が長く残ります", "Flaws live long in parts hardly anybody uses"),
            stops=Text("この方式を使う製品があれば動かなくなります", "A product that uses them would stop"),
            menu=Menu(
                Text(
                    "/etc/modprobe.d に install 名前 /bin/false と書いて再起動します",
                    "Write install NAME /bin/false in /etc/modprobe.d and restart",
                )
            ),
            changes=(FileText(_MODULES, "".join(f"install {name} /bin/false\n" for name in names), more=True),),
            promises=found,
            notes=(Text("次の再起動から効きます", "It holds from the next restart on"),),
            evidence=tuple(one.evidence for one in found if one.evidence),
        )


KIND = Kind(
    name=NAME,
    title=Text("カーネルの設定", "Settings of the kernel"),
    system="linux",
    propose=propose,
    fixes=(*_CHECKS, "kernel.rare_modules"),
)
