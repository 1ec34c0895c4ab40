"""Fills `idle_rules`: rules of network devices that can never decide anything, with the rules before them that take their packets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.reach.idle import idle_rules
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.network import RULE_COLUMNS, TABLES, read_chains, read_network
from omamori.analyze.reach.parts import Device, Network, rule_name
from omamori.model.ways_in import IdleRule
from omamori.snapshot.database import Database


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the idle rules of every device and machine, and one look per asset."""
    coverage = Coverage.read(database)
    for device in _with_rules(database):
        masks = Masks(Network((device,)))
        for idle in idle_rules(masks, device):
            yield IdleRule(
                asset=device.name,
                chain=idle.chain.name,
                position=idle.rule.position,
                rule=idle.rule.name,
                kind=idle.kind,
                because="; ".join(rule_name(device, idle.chain, one).rule for one in idle.because) or None,
                source=ANALYZER.name,
                evidence=idle.rule.evidence,
            )
    for (asset,) in database.select("select asset from assets order by asset"):
        inputs = [Input(coverage.view(table, asset), columns) for table, columns in RULE_COLUMNS.items()]
        yield derived_look(asset, "idle_rules", ANALYZER.name, inputs)


def _with_rules(database: Database) -> Iterator[Device]:
    """Yield the devices, and the machines that pass nothing on but have rules of their own."""
    network = read_network(database)
    yield from network.devices
    for name, chains in read_chains(database).items():
        if name not in network.device:
            yield Device(name, chains=chains, forwards=False)


ANALYZER = Analyzer(name="analyze.idle_rules", reads=("assets", *TABLES, "collected"), fills=("idle_rules",), run=run)
"""The analyzer of this module."""
