"""The lab's backup server: within reach of the department LAN in the sick hospital, out of everybody's in the healthy one, as real packets would have it.

The repository in it is a real one of restic, with a generation for each of the last nights.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from omamori import __version__
from omamori.collect.linux.script import collection_script, probe_names
from omamori.gate.process import run
from omamori.lab.description import Hospital, Shape
from omamori.lab.generations import WORD
from omamori.lab.inside import enter, on_the_network_of
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of
from omamori.lab.state import State
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.gather import take_in
from omamori.pipeline.lab_ledger import STATES, ledger_rows
from omamori.pipeline.observer import Silent
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.database import Database
from truth.evidence import collect
from truth.lab import machines_of, stand

pytestmark = pytest.mark.system
SERVER, KEEPER = "EHR database server", "backup server"


@dataclass(frozen=True)
class Judged:
    """A hospital that was looked at and judged."""

    told: dict[str, Any]
    tables: Path

    def verdict(self, check: str, subject: str) -> dict[str, Any]:
        """The verdict on the backup that lies in the repository."""
        found = [one for one in self.told["verdicts"] if (one["check"], one["subject"]) == (check, subject)]
        assert found, f"{check} says nothing of {subject}"
        return next((one for one in found if "restic" in one["key"]), found[0])

    def rows(self, table: str, **equal: str) -> list[Any]:
        with Database(self.tables, read_only=True) as database:
            return list(database.rows(table, **equal))


def ledger(hospital: Hospital) -> bytes:
    designed = built_in("healthy")
    return ledger_bytes("en", rows=ledger_rows(hospital, designed, ports_of(designed), "en"), states=STATES)


def whole_look(state: State, host: str, folder: Path) -> Path:
    """Run the whole kit inside a machine."""
    script = collection_script(__version__, date.today().isoformat(), set(probe_names()))
    done = run([*enter(state.holders[host], ()), "sh", "-s", "--", "-"], input=script, timeout=300)
    assert done.exit_code == 0, done.stderr
    file = folder / f"{host}-whole.kit"
    file.write_bytes(done.stdout)
    return file


def restic(hospital: Hospital, state: State, source: str, *words: str) -> int:
    """What a program on a host of the lab can do with the repository over the network."""
    password = state.folder / "word"
    password.write_text(f"{WORD}\n", encoding="ascii")
    place = f"rest:http://{hospital.hosts['backup-server'].address}:8000/ehr-db"
    argv = ["restic", "--no-cache", "--no-lock", "--repo", place, "--password-file", str(password), *words]
    return run(on_the_network_of(state.namespaces[source], argv), timeout=20).exit_code or 0


@pytest.fixture(scope="module", params=["sick", "healthy"])
def looked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shape, Judged]]:
    shape: Shape = request.param
    folder = tmp_path_factory.mktemp(shape)
    hospital = built_in(shape)
    with stand(hospital, f"b{secrets.token_hex(3)}") as state:
        book = folder / "ledger.xlsx"
        book.write_bytes(ledger(hospital))
        machines = machines_of(hospital, state)
        whole = [whole_look(state, host, folder) for host in ("ehr-db", "backup-server")]
        files = collect({name: words for name, words in machines.items() if name not in ("ehr-db", "backup-server")}, folder / "kit")
    for outcome in take_in(folder / "site", [book, *files, *whole], Silent()):
        assert outcome.status == "stored", (outcome.name, outcome.text.en)
    result = run_check(CheckRequest(site=folder / "site", out=folder / "report", language="en", formats=("json", "html")), Silent())
    del result
    tables = max((folder / "site/snapshots").glob("*/tables.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    yield shape, Judged(json.loads((folder / "report/report.json").read_text("utf-8")), tables)


def test_x(looked):
    shape, judged = looked
    for row in judged.rows("reached_services", asset=KEEPER):
        print(row)
    for row in judged.rows("declared_backups", asset=SERVER)+judged.rows("scheduled_backups"):
        print(row)
    for row in judged.rows("backup_posture", asset=SERVER): print(row)
    for row in judged.rows("collected", asset=KEEPER):
        if not row.complete: print(row)
    assert 0
