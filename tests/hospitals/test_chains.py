"""The chains of published incidents are found in the sick hospital, from what was really collected there.

Its network is flat: what a machine's own firewall lets in is reached from everywhere in its zone. So is reach filled in here, together with
the ways in that stand in the ledger (lines) and in the evidence (programs by which somebody outside operates a machine).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.hospitals.conftest import MOMENT, Judged

from omamori.analyze.paths.answer import Answer, answer
from omamori.analyze.paths.gather import gather
from omamori.model.ways_in import Entry, ReachedService
from omamori.snapshot.database import Database

CHAINS = yaml.safe_load((Path(__file__).parent / "sick" / "chains.yaml").read_text(encoding="utf-8"))


def ways_in(database: Database) -> Iterator[Entry]:
    for line in database.rows("remote_lines"):
        yield Entry(
            entry=line.line, kind="line", line=line.line, vendor=line.vendor, zone=line.lands_in, declared=True, evidence=line.evidence
        )
    for asset, evidence in database.select("select asset, min(evidence) from remote_access where running group by asset order by all"):
        yield Entry(entry=asset, kind="remote-software", machine=asset, observed=True, evidence=evidence)


def flat(database: Database) -> Iterator[ReachedService]:
    query = (
        "select a.zone, e.asset, e.protocol, e.port, e.process, e.inbound, e.evidence from exposures e join assets a on a.asset = e.asset "
        "where e.inbound in ('open', 'restricted', 'unknown') and e.port is not null and a.zone is not null order by all"
    )
    for zone, asset, protocol, port, process, inbound, evidence in database.select(query):
        reach = "unknown" if inbound == "unknown" else "open"
        yield ReachedService(origin=zone, asset=asset, protocol=protocol, port=port, process=process, reach=reach, evidence=evidence)


@pytest.fixture(scope="module")
def found(sick: Judged, tmp_path_factory: pytest.TempPathFactory) -> Answer:
    tables = tmp_path_factory.mktemp("chains") / "tables.duckdb"
    shutil.copyfile(sick.tables, tables)
    with Database(tables) as database:
        for table in ("entries", "reachability", "reached_services"):
            database.delete(table)
        database.insert([*ways_in(database), *flat(database)])
        return answer(gather(database, MOMENT.date()))


@pytest.mark.parametrize("chain", CHAINS)
def test_a_published_chain_is_found_step_by_step(found: Answer, chain: str) -> None:
    wanted = CHAINS[chain]
    for asset, kinds in wanted["ends"].items():
        (path,) = [one for one in found.paths if (one.entry, one.asset) == (wanted["entry"], asset)]
        steps = [step.kind for step in path.steps]
        assert steps == kinds
        assert path.certain and all(step.evidence for step in path.steps)
        assert "over" not in wanted or wanted["over"] in {step.asset for step in path.steps}


def test_the_cheapest_changes_leave_nothing(found: Answer) -> None:
    assert found.exact and not found.uncut and found.cost == found.at_least
    assert [one.rank for one in found.changes if one.rank] == list(range(1, 1 + sum(one.rank is not None for one in found.changes)))
