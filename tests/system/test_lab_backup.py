"""The lab's backup server: within reach of the department LAN in the sick hospital, out of everybody's in the healthy one, as real packets would have it.

The repository in it is a real one of restic, with a generation for each of the last nights.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
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
JOB = "nightly restic"
HOSTS = ("ehr-db", "backup-server")


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


def restic(hospital: Hospital, state: State, source: str, *words: str) -> bool:
    """Whether a program on a host of the lab can do that with the repository over the network."""
    password = state.folder / "word"
    password.write_text(f"{WORD}\n", encoding="ascii")
    place = f"rest:http://{hospital.hosts['backup-server'].address}:8000/ehr-db"
    argv = ["restic", "--no-cache", "--no-lock", "--repo", place, "--password-file", str(password), *words]
    return run(on_the_network_of(state.namespaces[source], argv), timeout=15).exit_code == 0


def read_through(hospital: Hospital, state: State, site: Path) -> None:
    """Read the repository as a user would from a place in the backup LAN."""
    password = state.folder / "word"
    password.write_text(f"{WORD}\n", encoding="ascii")
    place = f"rest:http://{hospital.hosts['backup-server'].address}:8000/ehr-db"
    words = [place, "--machine", SERVER, "--job", JOB, "--kept-on", "backup-server", "--password-file", str(password), "--site", str(site)]
    argv = [sys.executable, "-P", "-m", "omamori", "backup", "verify", *words, "--lang", "en"]
    done = subprocess.run(
        on_the_network_of(state.namespaces["backup-nas"], argv),
        env={**os.environ},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, (done.stdout, done.stderr)


def judge(folder: Path) -> Judged:
    run_check(CheckRequest(site=folder / "site", out=folder / "report", language="en", formats=("json", "html")), Silent())
    tables = max((folder / "site/snapshots").glob("*/tables.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    return Judged(json.loads((folder / "report/report.json").read_text("utf-8")), tables)


@dataclass(frozen=True)
class Looked:
    """A lab that stands, and the files a hospital would have of it; those of the server and of what keeps its copies apart."""

    hospital: Hospital
    state: State
    folder: Path
    files: list[Path]
    whole: dict[str, Path]

    def judged(self, *without: str, read: bool = True) -> Judged:
        """Judge it; `without` the looks at these hosts, `read`: the repository was read."""
        folder = self.folder / f"{without} {read}"
        folder.mkdir()
        for outcome in take_in(
            folder / "site", [*self.files, *(file for host, file in self.whole.items() if host not in without)], Silent()
        ):
            assert outcome.status == "stored", (outcome.name, outcome.text.en)
        if read:
            read_through(self.hospital, self.state, folder / "site")
        return judge(folder)


def look(shape: Shape, folder: Path) -> Iterator[Looked]:
    hospital = built_in(shape)
    with stand(hospital, f"b{secrets.token_hex(3)}") as state:
        book = folder / "ledger.xlsx"
        book.write_bytes(ledger(hospital))
        whole = {host: whole_look(state, host, folder) for host in HOSTS}
        machines = {name: words for name, words in machines_of(hospital, state).items() if name not in HOSTS}
        yield Looked(hospital, state, folder, [book, *collect(machines, folder / "kit")], whole)


@pytest.fixture(scope="module")
def sick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    yield from look("sick", tmp_path_factory.mktemp("sick"))


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    yield from look("healthy", tmp_path_factory.mktemp("healthy"))


def test_within_reach_of_the_department_lan_it_fails_with_the_path(sick: Looked) -> None:
    assert restic(sick.hospital, sick.state, "analyser-pc", "snapshots"), "a PC of the department really reads it"
    judged = sick.judged()
    found = judged.verdict("backup.reached_from_zones", SERVER)
    assert found["verdict"] == "fail"
    assert "department LAN" in found["message"]["en"] and "inner firewall" in found["message"]["en"], found["message"]
    (copy,) = [row for row in judged.rows("backup_posture", asset=SERVER) if row.kept_on == KEEPER]
    assert copy.declared and copy.observed and copy.offline_declared == "yes"
    assert not copy.offline and copy.fate == "lost", "whatever the ledger says"
    (machine,) = [one for one in judged.told["backups"]["machines"] if one["asset"] == SERVER]
    assert machine["end"] == "nothing"


def test_behind_the_inner_firewall_it_passes_because_that_was_seen(healthy: Looked) -> None:
    assert not restic(healthy.hospital, healthy.state, "analyser-pc", "snapshots"), "no PC of the department reaches it"
    judged = healthy.judged()
    found = judged.verdict("backup.reached_from_zones", SERVER)
    assert found["verdict"] == "pass"
    (copy,) = [row for row in judged.rows("backup_posture", asset=SERVER) if row.kept_on == KEEPER]
    assert copy.offline and copy.offline_by in ("not-reached", "append-only") and copy.reached_from == ""


@pytest.mark.parametrize(("without", "read"), [((), False), (("backup-server",), True), (("ehr-db",), True)])
def test_without_a_look_at_the_copy_and_at_both_ends_the_ledger_alone_is_no_proof(
    healthy: Looked, without: tuple[str, ...], read: bool
) -> None:
    judged = healthy.judged(*without, read=read)
    (copy,) = [row for row in judged.rows("backup_posture", asset=SERVER) if row.declared]
    assert copy.offline_declared == "yes" and copy.offline_by != "not-reached"
    if without:
        assert judged.verdict("backup.reached_from_zones", SERVER)["verdict"] == "unknown"
    else:
        assert (copy.offline, copy.offline_by, copy.fate) == (None, "declared", "unknown")
