"""Rules that never decide, as rows."""

from __future__ import annotations

from omamori.analyze.idle_rules import ANALYZER as IDLE
from omamori.model.derived import Asset
from omamori.model.device import DeviceChain, DeviceFact, DeviceRule
from omamori.model.look import Collected
from omamori.model.ways_in import IdleRule

ROWS = [
    Asset(asset="fw"),
    DeviceFact(asset="fw", system="fortios", forwards=True, stateful=True),
    DeviceChain(asset="fw", chain="policy", hook="forward", policy="drop", first_packet=True),
    *(
        DeviceRule(asset="fw", chain="policy", position=at, rule=f"r{at}", decision=decision, sources=sources, evidence="cafe:7")
        for at, (decision, sources) in enumerate((("accept", "10.1.0.0/24"), ("accept", "10.1.0.7"), ("drop", "10.1.0.8"), ("drop", None)))
    ),
]
TABLES = ("device_chains", "device_rules")


def test_idle_rules_name_the_rules_that_take_their_packets(run):
    rows = run(IDLE, ROWS, {"fw": TABLES})
    idle = {(row.position, row.kind, row.because, row.evidence) for row in rows if isinstance(row, IdleRule)}
    assert idle == {(1, "redundant", "r0", "cafe:7"), (2, "shadowed", "r0", "cafe:7")}
    (look,) = [row for row in rows if isinstance(row, Collected)]
    assert (look.asset, look.table_name, look.complete) == ("fw", "idle_rules", True)


def test_rules_not_looked_at_wholly_make_the_look_incomplete(run):
    (look,) = [row for row in run(IDLE, ROWS, {"fw": ("device_chains",)}) if isinstance(row, Collected)]
    assert (look.complete, look.reason) == (False, "not_collected")


def test_a_machine_that_passes_nothing_on_has_rules_too(run):
    rows = [Asset(asset="pc"), DeviceChain(asset="pc", chain="in", hook="input", policy="drop")]
    rows += [DeviceRule(asset="pc", chain="in", position=at, decision="accept", protocol="tcp") for at in range(2)]
    assert [(row.asset, row.position) for row in run(IDLE, rows) if isinstance(row, IdleRule)] == [("pc", 1)]
