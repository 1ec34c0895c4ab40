"""Linux: an allow-list of the machine's ports, as a table of nftables of its own that only drops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.model.text import Text
from omamori.respond.harden.changes import NftTable
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.linux_gate import Door, Gate, gate_of
from omamori.respond.harden.measures.linux_nft import input_table
from omamori.respond.harden.measures.linux_told import days_told, doors_told
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "linux-firewall"
TABLE = "omamori_harden"
_WHOLE = (
    "firewall.none_active",
    "firewall.inbound_accept",
    "firewall.tool_switched_off",
    "firewall.ipv6_unfiltered",
    "firewall.drops_not_logged",
)
"""Gone with any list: the list itself denies what it does not name, for both families, and logs it."""
_PORTS = {"network.management_port_open": "port", "network.database_port_open": "database"}
_DATABASES = {
    "PostgreSQL": 5432,
    "MySQL": 3306,
    "SQL Server": 1433,
    "Oracle": 1521,
    "IRIS": 1972,
    "Redis": 6379,
    "MongoDB": 27017,
}


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the allow-list of a machine where a finding asks for one."""
    found = facts.open(machine, *_WHOLE, *_PORTS)
    if not found:
        return
    gate = gate_of(facts, machine)
    if isinstance(gate, Text):
        yield Left(NAME, machine, gate)
        return
    promises = tuple(promise for promise in found if _kept(promise, machine, gate.doors))
    if not promises:
        yield Left(NAME, machine, _nothing_known(gate))
        return
    yield Measure(
        kind=NAME,
        machine=machine,
        what=Text("使う相手だけがこの機器につながるようにする(nftables)", "Let only those who use it connect to this machine (nftables)"),
        why=Text(
            "院内の一台に入り込まれても、この機器のほかのポートには届かなくなります。ほかのファイアウォールの規則には触れず、止めるだけの表を一つ足します",
            "When somebody is inside another machine, the other ports of this one are out of reach. No other firewall rule is touched: "
            "one table is added that only drops",
        ),
        stops=_stops(gate),
        menu=Menu(
            Text(
                "ufw または firewall-cmd で、下の一覧の相手とポートを許可してから、既定を拒否にします(Ubuntuは ufw default deny incoming)",
                "With ufw or firewall-cmd allow the peers and ports of the list, then set the default to deny (Ubuntu: ufw default deny incoming)",
            )
        ),
        changes=(NftTable("inet", TABLE, input_table(TABLE, gate.doors, gate.always)),),
        promises=promises,
        notes=(*days_told(gate.found), *_open_told(gate), *gate.found.doubts),
        evidence=tuple(dict.fromkeys(line for door in gate.narrowed for line in door.evidence)),
    )


def _kept(promise: Promise, machine: Machine, doors: Sequence[Door]) -> bool:
    """Return whether a finding is gone: one of a port only where that port is narrowed."""
    if promise.check in _WHOLE:
        return True
    word = promise.key.removeprefix(f"{machine.asset} | ")
    port = _DATABASES.get(word) if promise.check == "network.database_port_open" else int(word) if word.isdigit() else None
    concerned = [door for door in doors if door.protocol == "tcp" and door.port == port]
    return bool(concerned) and all(door.sources is not None and not _anybody(door) for door in concerned)


def _anybody(door: Door) -> bool:
    return any(one.size == 1 << one.first.max_prefixlen for one in door.sources or ())


def _nothing_known(gate: Gate) -> Text:
    days = gate.found.observed.days
    return Text(
        f"使う相手が分かりません(見た日数 {days}、通信設計なし)。見る日を増やすか、台帳の「通信」に書くと絞れます",
        f"Who uses it is not known (watched on {days} days, nothing designed). Watch longer or write the flows into the ledger",
    )


def _stops(gate: Gate) -> Text:
    ja, en = doors_told(gate.narrowed)
    if not gate.narrowed:
        return Text(
            "待ち受けているポートはそのまま通します。後から増えたポートだけが閉じたままです",
            "All ports it listens on stay open; only ports that are opened later stay closed",
        )
    return Text(f"次のポートは、書いた相手だけが使えます: {ja}", f"These ports work only for the peers named: {en}")


def _open_told(gate: Gate) -> tuple[Text, ...]:
    left = [f"{door.port}/{door.protocol}" for door in gate.doors if door.sources is None]
    if not left:
        return ()
    listed = ", ".join(left)
    return (
        Text(
            f"使う相手がまだ分からないので、次のポートは今までどおり誰でも使えます: {listed}",
            f"Who uses these is not known yet, so they stay open to everybody as before: {listed}",
        ),
    )


KIND = Kind(
    name=NAME,
    title=Text("Linuxのファイアウォールの許可の一覧", "Allow-list of a Linux firewall"),
    system="linux",
    propose=propose,
)
