"""What an ASA lets through: access lists, security levels, and what answers.

A connection that was let in may be answered; of ICMP only where it is inspected. Without a list inbound, traffic goes from a higher
level to a lower one; equal levels, and back out of the same interface, only with `same-security-traffic`. A list inbound decides in
place of the levels; a global list is asked behind it; what neither matches is dropped. Since 8.3 lists see real addresses: they are
met between translation back and translation; before 8.3 they see the addresses on the wire.

Sources: ASA Series Firewall CLI Configuration Guide: Access Rules; Information About NAT ("NAT and access lists"); ASA 8.3 migration
guide; ASA Series General Operations CLI Configuration Guide: Security levels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from omamori.model.device import DeviceRule
from omamori.parse.device.cisco.reading import ANSWERS, rules_of, unknown_rule
from omamori.parse.device.dialects.cisco_asa.model import Asa, AsaPort

ACCESS, TO_DEVICE = "interface access", "to the device"


def list_chain(name: str) -> str:
    """Return the name of the chain a list is."""
    return f"access list {name}"


def list_rows(asa: Asa) -> None:
    """Add every list as a chain that is jumped to, and the chains that decide."""
    for name, lines in asa.lists.items():
        if lines:
            asa.reading.chain(lines[0].number, chain=list_chain(name), label=name)
            asa.reading.rules(
                rule
                for ace, line in zip(asa.aces(name), lines, strict=True)
                for rule in (
                    rules_of(list_chain(name), ace) if ace is not None else [unknown_rule(list_chain(name), line.number, line.text)]
                )
            )
    named = [port for port in asa.ports.values() if port.nameif]
    if not named:
        return
    number = min(port.number for port in named)
    asa.reading.chain(number, chain=ACCESS, hook="forward", priority=0, policy="drop", family="ipv4")
    asa.reading.rules(_access(asa, named))
    for name, way, nameif, line in asa.applied:
        if way == "out":
            _outbound(asa, name, nameif, line)
        elif way == "in" and not asa.real_first():
            _inbound_old(asa, name, nameif, line)


def answers(asa: Asa, chain: str) -> DeviceRule:
    """Return the rule that lets answers pass."""
    protocols = "tcp,udp,icmp" if "icmp" in asa.inspected else "tcp,udp"
    return DeviceRule(chain=chain, rule="answers", decision="accept", protocol=protocols, states=ANSWERS)


def _jump(asa: Asa, chain: str, name: str, line: int, **said: str | None) -> DeviceRule:
    if name not in asa.lists:
        asa.reading.missing("access list", "アクセスリスト", name, line)
        return replace(unknown_rule(chain, line, f"access list {name} is not defined"), **said)  # type: ignore[arg-type]
    return DeviceRule(chain=chain, rule=name, decision="jump", target=list_chain(name), evidence=str(line), **said)  # type: ignore[arg-type]


def _access(asa: Asa, named: list[AsaPort]) -> Iterator[DeviceRule]:
    yield answers(asa, ACCESS)
    for port in named:
        if port.management:
            yield _plain("management-only", "drop", port, None)
            yield _plain("management-only", "drop", None, port)
    tunnels = [port for port in named if port.crypto]
    bypass = "no permit-vpn" not in asa.flags
    if tunnels and bypass:
        yield DeviceRule(
            chain=ACCESS, rule="sysopt connection permit-vpn", decision="accept", interface_in=",".join(port.name for port in tunnels)
        )
    yield from _same(asa, named)
    overall = [(name, line) for name, way, _, line in asa.applied if way == "global"]
    lists = {nameif: (name, line) for name, way, nameif, line in asa.applied if way == "in"}
    for port in named:
        if port.crypto and bypass:
            continue
        mine = lists.get(port.nameif or "")
        if mine is not None and asa.real_first():
            yield _jump(asa, ACCESS, mine[0], mine[1], interface_in=port.name)
        elif mine is not None:
            yield _plain(f"{mine[0]}, met before translation", "accept", port, None)
            continue
        for name, line in overall:
            yield _jump(asa, ACCESS, name, line, interface_in=port.name)
        lower = ",".join(other.name for other in named if (other.level or 0) < (port.level or 0))
        if mine is None and not overall and lower:
            yield DeviceRule(
                chain=ACCESS,
                rule=f"from level {port.level} to lower",
                decision="accept",
                interface_in=port.name,
                interface_out=lower,
                evidence=str(port.number),
            )
        if mine is None and not overall:
            equal = ",".join(other.name for other in named if (other.level or 0) == (port.level or 0))
            yield DeviceRule(
                chain=ACCESS,
                rule=f"same level {port.level}",
                decision="accept",
                interface_in=port.name,
                interface_out=equal,
                evidence=str(port.number),
            )


def _plain(rule: str, decision: str, into: AsaPort | None, out: AsaPort | None) -> DeviceRule:
    port = into or out
    return DeviceRule(
        chain=ACCESS, rule=rule, decision=decision, interface_in=into.name if into else None, interface_out=out.name if out else None,
        evidence=str(port.number) if port else "",
    )  # fmt: skip


def _same(asa: Asa, named: list[AsaPort]) -> Iterator[DeviceRule]:
    """What equal levels are kept from, whatever the lists say."""
    for port in named:
        others = ",".join(other.name for other in named if other.nameif != port.nameif and other.level == port.level)
        if others and "inter-interface" not in asa.flags:
            yield DeviceRule(
                chain=ACCESS, rule="same level", decision="drop", interface_in=port.name, interface_out=others, evidence=str(port.number)
            )
        if "intra-interface" not in asa.flags:
            own = asa.names(port.nameif)
            yield DeviceRule(
                chain=ACCESS,
                rule="back out of the interface",
                decision="drop",
                interface_in=port.name,
                interface_out=own,
                evidence=str(port.number),
            )


def _outbound(asa: Asa, name: str, nameif: str, line: int) -> None:
    chain = f"{nameif} out"
    asa.reading.chain(
        line, chain=chain, hook="forward" if asa.real_first() else "postrouting", priority=10 if asa.real_first() else 200, policy="drop",
        interface_out=asa.names(nameif), family="ipv4", label=name,
    )  # fmt: skip
    asa.reading.rules([answers(asa, chain), _jump(asa, chain, name, line)])


def _inbound_old(asa: Asa, name: str, nameif: str, line: int) -> None:
    """A list before 8.3: it sees what is on the wire, but not what is for the device itself."""
    chain = f"{nameif} in"
    own = [port.address for port in asa.ports.values() if port.address]
    asa.reading.chain(
        line, chain=chain, hook="prerouting", priority=-200, policy="drop", interface_in=asa.names(nameif), family="ipv4", label=name
    )
    asa.reading.rules(
        [
            answers(asa, chain),
            DeviceRule(chain=chain, rule="to the device", decision="unknown", destinations=",".join(own) or None),
            _jump(asa, chain, name, line),
        ]
    )
