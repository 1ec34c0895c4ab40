"""Linux routers and firewalls: between the zones only what is used passes to the ports whose users are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from omamori.analyze.addresses import Network, current_addresses, parse_address
from omamori.model.text import Text
from omamori.respond.harden.changes import NftTable
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.linux_gate import Door, gate_of
from omamori.respond.harden.measures.linux_nft import forward_table
from omamori.respond.harden.measures.linux_told import doors_told
from omamori.respond.harden.parts import Left, Machine, Measure, Menu

NAME = "linux-zones"
TABLE = "omamori_zones"
_MOST_TOLD = 8
_Target = tuple[Machine, str, tuple[Door, ...], tuple[Network, ...]]


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the list of a machine that passes packets on, for the machines behind it whose users are known."""
    if not _passes_on(facts, machine):
        return
    addresses = current_addresses(facts.database)
    own = set(_addresses(addresses, machine))
    targets: list[_Target] = []
    translated: list[_Target] = []
    for other in facts.machines.values():
        for one in _targets(facts, addresses, machine, other):
            (translated if _own_among(one, own) else targets).append(one)
    if not targets:
        yield Left(
            NAME,
            machine,
            Text("ゾーンの間で使う相手が分かっているポートがありません", "No port is known whose users in other zones are known"),
        )
        return
    told = [(target.asset, *doors_told(doors)) for target, _, doors, _ in targets[:_MOST_TOLD]]
    more = len(targets) - len(told)
    yield Measure(
        kind=NAME,
        machine=machine,
        what=Text(
            "使う相手が分かっているポートには、ほかのゾーンからその相手だけを通す(nftables)",
            "Let only those pass from zone to zone who use the ports whose users are known (nftables)",
        ),
        why=Text(
            "ゾーンの間に制限がないと、一台の感染がサーバとバックアップまで広がります。ほかの規則には触れず、止めるだけの表を一つ足します",
            "With nothing between the zones one infected PC reaches servers and backups. No other rule is touched: one table is added that only drops",
        ),
        stops=Text(
            "、".join(f"{asset}: {ja}" for asset, ja, _ in told) + (f"、ほか{more}台" if more > 0 else ""),
            "; ".join(f"{asset}: {en}" for asset, _, en in told) + (f"; and {more} more machines" if more > 0 else ""),
        ),
        menu=Menu(
            Text(
                "ルータの管理画面で、下の一覧の相手・宛先・ポートを許可し、その宛先とポートへのほかの通信を拒否します",
                "On the router allow the sources, destinations and ports of the list, and deny all else to these destinations and ports",
            )
        ),
        changes=(NftTable("inet", TABLE, forward_table(TABLE, ((at, doors, always) for _, at, doors, always in targets))),),
        notes=tuple(
            Text(
                f"{target.asset}への通信はこの機器で送信元が変わるので、ここでは絞りません",
                f"What goes to {target.asset} gets this machine's own address as sender here: it is not narrowed here",
            )
            for target in dict.fromkeys(target for target, *_ in translated)
        ),
        evidence=tuple(dict.fromkeys(line for _, _, doors, _ in targets for door in doors for line in door.evidence)),
    )


def _passes_on(facts: Facts, machine: Machine) -> bool:
    rows = facts.database.select("select 1 from assets where asset = $asset and forwards and observed", {"asset": machine.asset})
    return any(True for _ in rows)


def _targets(facts: Facts, addresses: Mapping[str, Sequence[str]], router: Machine, other: Machine) -> Iterator[_Target]:
    """Return the addresses of a machine behind the router with the doors that were narrowed; its own address is the other list's matter."""
    if other.asset == router.asset or other.asset in facts.unseen:
        return
    gate = gate_of(facts, other)
    if isinstance(gate, Text) or not gate.narrowed:
        return
    for address in _addresses(addresses, other):
        yield other, address, gate.narrowed, gate.always


def _own_among(target: _Target, own: set[str]) -> bool:
    """Return whether somebody was seen or declared under the router's own address: then it changes senders, and the list would be wrong."""
    _, _, doors, always = target
    single = [one for door in doors for one in door.sources or () if one.size == 1] + [one for one in always if one.size == 1]
    return any(str(one.first) in own for one in single)


def _addresses(addresses: Mapping[str, Sequence[str]], machine: Machine) -> tuple[str, ...]:
    found = (parse_address(word) for word in addresses.get(machine.asset, ()))
    return tuple(sorted({str(one) for one in found if one is not None and not one.is_link_local and not one.is_loopback}))


KIND = Kind(
    name=NAME,
    title=Text("Linuxのルータのゾーンの間の一覧", "List between the zones of a Linux router"),
    system="linux",
    propose=propose,
)
