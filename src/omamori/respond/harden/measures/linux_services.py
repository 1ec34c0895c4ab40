"""Linux: old services that read passwords in clear or ask for none are stopped, where nobody uses them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from omamori.model.text import Text
from omamori.respond.harden.changes import Unit
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.linux_gate import Gate, gate_of
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "linux-services"
_PLAIN = ("telnet_server", "ftp_server", "tftp_server", "rsh_server", "old_small_services", "snmp_open")
_CHECKS = tuple(f"services.{name}" for name in _PLAIN)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the services of a machine to stop: each program all of whose ports a finding names, and that nobody uses."""
    ports: dict[tuple[str, int], list[Promise]] = {}
    for one in facts.open(machine, *_CHECKS):
        for key in _ports(one, machine):
            ports.setdefault(key, []).append(one)
    if not ports:
        return
    gate = gate_of(facts, machine)
    if isinstance(gate, Text):
        yield Left(NAME, machine, gate)
        return
    processes: dict[str, set[tuple[str, int]]] = {}
    for row in facts.rows("listeners", machine):
        if not row.loopback and row.process and row.port is not None:
            processes.setdefault(row.process, set()).add((row.protocol, row.port))
    for process, listened in sorted(processes.items()):
        if listened & set(ports):
            yield _stopped(facts, machine, gate, process, listened, ports)


def _ports(one: Promise, machine: Machine) -> Iterator[tuple[str, int]]:
    word, _, protocol = one.key.removeprefix(f"{machine.asset} | ").partition(" | ")
    if word.isdigit():
        usual = "udp" if one.check in ("services.tftp_server", "services.snmp_open") else "tcp"
        yield protocol or usual, int(word)


def _stopped(
    facts: Facts, machine: Machine, gate: Gate, process: str, listened: set[tuple[str, int]], ports: dict[tuple[str, int], list[Promise]]
) -> Measure | Left:
    said = ", ".join(f"{port}/{protocol}" for protocol, port in sorted(listened))
    others = listened - set(ports)
    used = [flow for protocol, port in sorted(listened) for flow in gate.found.to(protocol, port) if flow.port is not None]
    known = all(door.sources is not None for door in gate.doors if (door.protocol, door.port) in listened)
    if others:
        return Left(
            NAME, machine, Text(f"{process} はほかのポートも受け持っています({said})", f"{process} serves other ports too ({said})")
        )
    if used:
        who = ", ".join(dict.fromkeys(flow.asset or flow.peer for flow in used))
        why = Text(
            f"{process}({said})は {who} が使っています。先に移る先を決めます",
            f"{process} ({said}) is used by {who}: decide first where they move to",
        )
        return Left(NAME, machine, why)
    if not known:
        days = gate.found.observed.days
        return Left(
            NAME,
            machine,
            Text(
                f"{process}({said})を誰が使うか分かりません(見た日数 {days})。台帳のポートか通信に書くと決まります",
                f"Who uses {process} ({said}) is not known (watched on {days} days); the ledger's ports or flows would decide",
            ),
        )
    promises = tuple(dict.fromkeys(one for key in sorted(listened) for one in ports[key]))
    unit = _unit(facts, machine, process)
    return Measure(
        kind=NAME,
        machine=machine,
        what=Text(
            f"{process}({said})を止めて、自動で始まらないようにする", f"Stop {process} ({said}) and let it start no longer by itself"
        ),
        why=Text(
            "パスワードや内容が暗号化されずに流れるか、誰でも使える古い方式です",
            "It is an old way that sends passwords openly or asks for none",
        ),
        stops=Text(
            f"{process} を使う人や装置があれば使えなくなります。見た範囲ではいません",
            f"People or devices that use {process} could not any longer; none was seen",
        ),
        menu=Menu(
            Text(*[f"sudo systemctl disable --now {shlex.quote(unit.name)}"] * 2)
            if unit
            else Text(
                "どのユニットや起動スクリプトが始めるかを確かめて止めます", "Find which unit or start script begins it, and stop that"
            )
        ),
        changes=(unit,) if unit else (),
        promises=promises,
        notes=(Text(f"通信を見た日数: {gate.found.observed.days}日", f"Its traffic was watched on {gate.found.observed.days} days"),),
        evidence=tuple(dict.fromkeys(one.evidence for one in promises if one.evidence)),
    )


def _unit(facts: Facts, machine: Machine, process: str) -> Unit | None:
    """Return the one service that runs this program; None where none or several do."""
    found = [
        row
        for row in facts.rows("services", machine)
        if row.state == "running" and row.command and row.command.split()[0].rpartition("/")[2] == process
    ]
    return Unit(found[0].name, found[0].command.split()[0]) if len(found) == 1 else None


KIND = Kind(name=NAME, title=Text("要らない古いサービス", "Old services nobody needs"), system="linux", propose=propose, fixes=_CHECKS)
