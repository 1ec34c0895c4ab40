"""Fills `recognised_machines`: what each machine seems to be, who made its card, and which system it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.machine_signs import Kind, by_few_services, by_host, by_ledger, by_services
from omamori.analyze.system_signs import by_smb, by_ssh
from omamori.knowledge.makers import Makers
from omamori.model.declared import LedgerAsset
from omamori.model.host import Host
from omamori.model.recognised import RecognisedMachine, RecognisedService
from omamori.snapshot.database import Database

_KIND = ("kind", "kind_certainty", "kind_basis")
_SYSTEM = ("system", "system_certainty", "system_basis")


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that is known, by asset."""

    ledger: Mapping[str, LedgerAsset]
    hosts: Mapping[str, Host]
    services: Mapping[str, list[RecognisedService]]
    hardware: Mapping[str, list[tuple[str, str]]]
    banners: Mapping[str, list[tuple[str, str, str]]]
    guesses: Mapping[str, tuple[str, str]]

    @classmethod
    def read(cls, database: Database) -> _Facts:
        services: dict[str, list[RecognisedService]] = defaultdict(list)
        for row in database.rows("recognised_services"):
            services[row.asset].append(row)
        hardware: dict[str, list[tuple[str, str]]] = defaultdict(list)
        query = (
            "select asset, mac, evidence from (select asset, mac, evidence, 0 as place, seen from network_hosts where mac is not null union all "
            "select asset, substr(identifier, 5), evidence, 1, since from identity where identifier like 'mac:%') order by asset, place, seen desc, mac"
        )
        for asset, mac, evidence in database.select(query):
            hardware[str(asset)].append((str(mac), str(evidence or "")))
        guesses = {}
        query = "select asset, system, evidence from network_hosts where system is not null order by asset, seen, evidence"
        for asset, system, evidence in database.select(query):
            guesses[str(asset)] = str(system), str(evidence or "")
        return cls(
            {row.asset: row for row in database.rows("ledger_assets")},
            {row.asset: row for row in database.rows("hosts")},
            services,
            hardware,
            _banners(database),
            guesses,
        )

    def kind(self, asset: str, maker: str | None, makers: Makers) -> Kind | None:
        """Return what it is: the ledger's word, else its own, else what it offers, else what its maker makes."""
        entry, host, offered = self.ledger.get(asset), self.hosts.get(asset), self.services.get(asset, ())
        told = by_ledger(entry.role, entry.asset, entry.purpose, entry.hostname) if entry is not None else None
        own = by_host(host.role if host else None, {row.service for row in offered if row.basis == "host" and row.certainty == "certain"})
        services, ports = {row.service for row in offered}, {row.port for row in offered if row.port is not None and row.protocol == "tcp"}
        made = makers.kind_of(maker)
        by_maker = Kind(made, False, "maker") if made else None
        return told or own or by_services(services, ports) or by_maker or by_few_services(services, ports)

    def system(self, asset: str) -> tuple[str, bool, str, str] | None:
        """Return its operating system, whether that is certain, what it rests on, and the evidence."""
        host = self.hosts.get(asset)
        if host is not None and host.os_name:
            return host.os_name, True, "host", host.evidence
        for basis in ("smb", "ssh"):
            for told, system, evidence in self.banners.get(asset, ()):
                if told == basis:
                    return system, False, basis, evidence
        guess = self.guesses.get(asset)
        return (guess[0], False, "scan", guess[1]) if guess else None


def _banners(database: Database) -> Mapping[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    query = (
        "select asset, service, port, product, version, banner, evidence from network_ports where state = 'open' and protocol = 'tcp' "
        "and (service in ('ssh', 'microsoft-ds', 'netbios-ssn') or port in (139, 445)) order by asset, seen desc, port, evidence"
    )
    for asset, service, port, product, version, banner, evidence in database.select(query):
        smb = port in (139, 445) or service != "ssh"
        read: Callable[[str | None, str | None, str | None], str | None] = by_smb if smb else by_ssh
        if system := read(product, version, banner):
            found[str(asset)].append(("smb" if smb else "ssh", system, str(evidence or "")))
    return found


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield a row for every asset of which something is known, and one look per asset."""
    coverage = Coverage.read(database)
    facts, makers = _Facts.read(database), moment.pack.makers
    for (asset,) in database.select("select asset from assets order by asset"):
        yield from _machine(str(asset), facts, makers)
        hosts, ledger = coverage.view("hosts", asset), coverage.view("ledger_assets", asset)
        yield derived_look(
            asset,
            "recognised_machines",
            ANALYZER.name,
            [
                Input(ledger, ("role", "purpose"), _KIND),
                # A printer has no look of its own, and is a printer all the same.
                *([Input(hosts, ("role",), _KIND)] if hosts.looked else ()),
                Input(hosts, ("os_name",), _SYSTEM),
                Input(coverage.view("recognised_services", asset), ("service", "port"), _KIND),
            ],
        )


def _machine(asset: str, facts: _Facts, makers: Makers) -> Iterator[RecognisedMachine]:
    hardware = [(maker, evidence) for mac, evidence in facts.hardware.get(asset, ()) if (maker := makers.maker_of(mac))]
    # A server's virtual switch has a card of the hypervisor's maker beside its own.
    maker, maker_evidence = min(hardware, key=lambda one: makers.virtual(one[0]), default=(None, ""))
    kind, system = facts.kind(asset, maker, makers), facts.system(asset)
    if maker is None and kind is None and system is None:
        return
    entry, host = facts.ledger.get(asset), facts.hosts.get(asset)
    offered = facts.services.get(asset, ())
    evidence = {"ledger": entry and entry.evidence, "host": host and host.evidence, "service": next((row.evidence for row in offered), "")}
    shown = (evidence.get(kind.basis) if kind else None) or maker_evidence or (system[3] if system else "")
    yield RecognisedMachine(
        asset=asset,
        kind=kind.kind if kind else None,
        kind_certainty=_certainty(kind.certain) if kind else None,
        kind_basis=kind.basis if kind else None,
        maker=maker,
        system=system[0] if system else None,
        system_certainty=_certainty(system[1]) if system else None,
        system_basis=system[2] if system else None,
        source=ANALYZER.name,
        evidence=shown,
    )


def _certainty(certain: bool) -> str:
    return "certain" if certain else "probable"


ANALYZER = Analyzer(
    name="analyze.recognised_machines",
    reads=("assets", "hosts", "ledger_assets", "recognised_services", "network_hosts", "network_ports", "identity", "collected"),
    fills=("recognised_machines",),
    run=run,
)
"""The analyzer of this module."""
