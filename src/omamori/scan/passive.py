"""The passive profile: what is known of the network without sending a packet, from what was imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from omamori.model.permission import IpAddress
from omamori.model.text import Language, Text
from omamori.parse.addresses import ip, scope
from omamori.snapshot.database import Database

_SOURCES: tuple[tuple[str, Text, str], ...] = (
    ("visited", Text("中を調べた機器", "machines looked at themselves"), "select address from interfaces where address is not null"),
    ("ledger", Text("台帳", "the ledger"), "select address from ledger_addresses"),
    ("neighbours", Text("機器の近隣表(ARP)", "neighbour tables (ARP)"), "select address from neighbours where mac is not null"),
    ("leases", Text("DHCPの割り当て", "DHCP leases"), "select address from leases"),
    (
        "flows",
        Text("ファイアウォールの記録", "firewall logs"),
        "select source_address from flows union select destination_address from flows where action = 'accept'",
    ),
    ("connections", Text("機器どうしの通信", "connections of machines"), "select peer_address from connections"),
    ("scans", Text("これまでのスキャン", "earlier scans"), "select address from network_hosts"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """Addresses inside that are known, by where from; `undeclared` are in no ledger, `unlooked` were not looked at themselves."""

    by_source: Mapping[str, int]
    addresses: int
    undeclared: int
    unlooked: int
    ports_seen: int
    switch_macs: int

    def as_json(self) -> Mapping[str, Any]:
        """The same for programs."""
        return {name: getattr(self, name) for name in self.__slots__}


def known_so_far(database: Database, allows: Callable[[IpAddress], bool] | None) -> Known:
    """Count them; `allows` keeps to the ranges of the approval (None: everything inside)."""
    found: dict[str, set[IpAddress]] = {}
    for name, _, query in _SOURCES:
        inside = (ip(text) for (text,) in set(database.select(query)) if text)
        found[name] = {one for one in inside if one is not None and scope(str(one)) == "private" and (allows is None or allows(one))}
    everything = set().union(*found.values())
    with_ports = {ip(text) for (text,) in database.select("select distinct address from network_ports")}
    ((macs,),) = database.select("select count(distinct mac) from forwarding_entries")
    return Known(
        by_source={name: len(addresses) for name, addresses in found.items()},
        addresses=len(everything),
        undeclared=len(everything - found["ledger"]),
        unlooked=len(everything - found["visited"]),
        ports_seen=len(everything & with_ports),
        switch_macs=macs,
    )


def known_lines(known: Known, language: Language) -> list[str]:
    """Return it in words, and what a gentle look would add."""
    said = [
        Text(f"パケットを送らずに分かっているアドレス: {known.addresses}", f"Addresses known without sending a packet: {known.addresses}")
    ]
    said += [Text(f"  {words.ja}: {known.by_source[name]}", f"  {words.en}: {known.by_source[name]}") for name, words, _ in _SOURCES]
    if known.switch_macs:
        said.append(
            Text(
                f"  スイッチの表にあるMACアドレス: {known.switch_macs}", f"  hardware addresses in tables of switches: {known.switch_macs}"
            )
        )
    said += [
        Text(
            f"うち台帳にないもの {known.undeclared}、中を調べていないもの {known.unlooked}",
            f"Of these {known.undeclared} are in no ledger, {known.unlooked} were not looked at themselves",
        ),
        Text(
            f"gentle で加わること: 残り {known.addresses - known.ports_seen} アドレスの開いているポートと、どの記録にもない機器",
            f"A gentle look would add: open ports of {known.addresses - known.ports_seen} addresses, and machines no record speaks of",
        ),
    ]
    return [text.say(language) for text in said]
