"""Who may use which port of a Linux machine, for the allow-lists: ports are closed by what was seen and declared, never by a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from omamori.analyze.addresses import Network
from omamori.model.text import Text
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.flows import Allowed, FlowFact, allowed
from omamori.respond.harden.parts import Machine

_FREE_PORTS = ("rpc.mountd", "rpc.statd", "rpcbind")
"""With these, ports are handed out anew at every start (rpcbind(8)): a list of today's would stop them tomorrow."""


@dataclass(frozen=True, slots=True)
class Door:
    """A port and who may use it: `sources` None is everybody, as before; empty is nobody. `why` it was narrowed: seen, declared, unlisted."""

    protocol: str
    port: int
    sources: tuple[Network, ...] | None
    why: str = ""
    process: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """The doors of a machine; `always` may use all of them."""

    doors: tuple[Door, ...]
    always: tuple[Network, ...]
    found: Allowed

    @property
    def narrowed(self) -> tuple[Door, ...]:
        """Return the doors that not everybody may use any longer."""
        return tuple(door for door in self.doors if door.sources is not None)


def gate_of(facts: Facts, machine: Machine) -> Gate | Text:
    """Return who may use which port of a machine, or why that cannot be told.

    A port is narrowed to those seen and declared where the machine was watched long enough, where the ledger or a vendor declares who
    uses it, or where the ledger lists the machine's ports and this one is not among them; of UDP only where it is declared. Any other
    stays open to everybody, and so do all of a machine whose own connections were not seen.
    """
    key = ("linux-gate", machine.asset)
    if key not in facts.memory:
        facts.memory[key] = _gate_of(facts, machine)
    found: Gate | Text = facts.memory[key]
    return found


def _gate_of(facts: Facts, machine: Machine) -> Gate | Text:
    if not facts.complete(machine, "listeners", "port", "protocol", "loopback"):
        return Text("どのポートで待ち受けているかを、すべては見ていません", "Not all ports it listens on were seen")
    found = allowed(facts, machine)
    unlisted = _unlisted(facts, machine)
    open_ports: dict[tuple[str, int], str] = {}
    for one in facts.rows("listeners", machine):
        if not one.loopback and one.protocol in ("tcp", "udp") and one.port is not None:
            open_ports.setdefault((one.protocol, one.port), one.process or "")
    if set(open_ports.values()) & set(_FREE_PORTS):
        return Text(
            "NFSなどのRPCのポートは起動のたびに変わるので、ポートでは絞れません",
            "RPC (such as NFS) takes other ports at every start: ports cannot tell",
        )
    for flow in found.inbound:
        if flow.protocol in ("tcp", "udp") and flow.port is not None and flow.declared:
            open_ports.setdefault((flow.protocol, flow.port), "")
    # Who uses its ports today is known only where its own connections were seen: else nothing is narrowed.
    watched = facts.complete(machine, "connections", "local_port", "peer_address", "direction")
    doors = tuple(
        _door(found, unlisted, *key, process) if watched else Door(*key, None, "", process) for key, process in sorted(open_ports.items())
    )
    always = [flow for flow in found.inbound if flow.port is None]
    if any(not flow.networks for flow in always):
        return Text(
            "すべてのポートを使う相手がどのアドレスか分かりません", "It is not known which addresses a peer that may use every port has"
        )
    return Gate(doors, _together(always), found)


def _door(found: Allowed, unlisted: Mapping[tuple[str, int], str], protocol: str, port: int, process: str) -> Door:
    flows = [flow for flow in found.to(protocol, port) if flow.port is not None]
    evidence = tuple(dict.fromkeys(line for flow in flows for line in flow.evidence))
    why = "declared" if any(flow.declared for flow in flows) else "unlisted" if (protocol, port) in unlisted else ""
    why = why or ("seen" if found.enough else "")
    if protocol == "udp" and why != "declared":
        # A server's UDP socket has no peers a look could see: only a declaration tells who uses it (VPN, names, logs, monitoring).
        why = ""
    if not why or any(not flow.networks for flow in flows):
        return Door(protocol, port, None, "", process, evidence)
    line = unlisted.get((protocol, port), "")
    return Door(protocol, port, _together(flows), why, process, (*evidence, *((line,) if line else ())))


def _together(flows: Iterable[FlowFact]) -> tuple[Network, ...]:
    """Return the networks of flows, those left out that lie in another."""
    every = {network for flow in flows for network in flow.networks}
    kept = [one for one in every if not any(one != two and _inside(one, two) for two in every)]
    return tuple(sorted(kept, key=lambda one: (one.first.version, int(one.first), int(one.last))))


def _inside(one: Network, two: Network) -> bool:
    return one.first.version == two.first.version and int(two.first) <= int(one.first) and int(one.last) <= int(two.last)


def _unlisted(facts: Facts, machine: Machine) -> Mapping[tuple[str, int], str]:
    """Return the ports the ledger does not list though it lists the machine's ports, each with the line that shows it."""
    found = {}
    for one in facts.open(machine, "differences.listener_undeclared"):
        port, _, protocol = one.key.removeprefix(f"{machine.asset} | ").partition(" | ")
        if port.isdigit():
            found[protocol, int(port)] = one.evidence
    return found
