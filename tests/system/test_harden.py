"""Truth in the lab of `omamori harden` on Linux: the plan for every host applied for real, looked at anew, measured by packets, undone."""

from __future__ import annotations

import secrets
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from omamori.evaluate.load import load_checks
from omamori.lab.inside import enter
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of
from omamori.lab.state import State
from omamori.model.declared import DesignedFlow
from omamori.pipeline.clock import utc_now
from omamori.pipeline.lab_ledger import STATES, ledger_rows
from omamori.report.ledger import ledger_bytes
from omamori.respond.harden.facts import read_facts
from omamori.respond.harden.parts import Plan
from omamori.respond.harden.plan import make_plan
from omamori.respond.harden.write.linux_sh import write
from omamori.snapshot.clock import plain
from omamori.snapshot.database import Database
from truth.design import Flow, designed_flows, flows_of, getting_through
from truth.evidence import NETWORK, collect, snapshot_of
from truth.fingerprint import fingerprint
from truth.lab import machines_of, network_of, stand

pytestmark = pytest.mark.system
PROBES = NETWORK | {"accounts", "password_policy", "processes", "security", "server_settings", "services", "shares", "ssh"}
CHECKS = ("firewall.", "kernel.", "sharing.", "remote_login.", "services.", "servers.", "network.", "differences.listener_undeclared")
CLOSED = (
    ("office-pc1", "ehr-db", "tcp", 5432),
    ("office-pc1", "ehr-app", "tcp", 3389),
    ("office-pc1", "backup-server", "tcp", 22),
    ("ct", "ehr-app", "tcp", 22),
    ("office-pc1", "ct", "tcp", 104),
)
"""What nobody declared and everybody could do in the sick hospital; the last is stopped by the router alone: nobody touches the CT."""
IN = (
    ("psql -w -h {ehr-db} -U postgres -d postgres -Atc 'select 40 + 2'", "42"),
    ("smbclient -N //{ssmix}/SSMIX2 -c ls", "blocks available"),
)
"""What lets in whoever asks, within the zone: the port stays open to it, the door does not."""


TWICE = ("core", "ehr-app")


@dataclass
class Hosts:
    """The hosts of a lab that a plan has files for, by their name on the network."""

    state: State
    names: dict[str, str]
    folders: dict[str, Path]

    def enter(self, host: str) -> list[str]:
        return enter(self.state.holders[host], ())

    def run(self, host: str, script: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a script of the plan on a host, as its administrator would."""
        argv = [*self.enter(host), "env", "LANG=C", "sh", str(self.folders[host] / script), *words]
        return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)

    def every(self, work: Callable[[str], object]) -> list[object]:
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(work, self.folders))

    def prints(self) -> dict[str, str]:
        return dict(zip(self.folders, self.every(lambda host: fingerprint(self.enter(host))), strict=True))  # type: ignore[arg-type]


def looked_at(site: Path, state: State, book: Path, hosts: Iterable[str] = ()) -> Path:
    """Look at every host of the hospital, or at those named, and judge."""
    machines = machines_of(built_in("sick"), state)
    files = collect({name: machines[name] for name in hosts or machines}, site.with_suffix(".kit"), PROBES)
    checks = [check for check in load_checks() if check.id.startswith(CHECKS)]
    return snapshot_of(site, [*files, book], checks)


def planned(tables: Path) -> Plan:
    with Database(tables, read_only=True) as database:
        facts = read_facts(database, plain(utc_now()))
        # The vendors who look after the hospital's own machines said yes; those nobody declared belong to somebody.
        free = {name: replace(one, vendor="", declared=True) for name, one in facts.machines.items()}
        return make_plan(replace(facts, machines=free), "snapshot", ["all"])


def put(plan: Plan, state: State) -> Hosts:
    """Lay the files of every machine into its host."""
    found = Hosts(state, {}, {})
    for machine in plan.machines:
        measures = [one for one in plan.measures if one.machine == machine and one.changes]
        if not measures:
            continue
        found.names[machine.asset] = machine.hostname
        found.folders[machine.hostname] = folder = state.host_folder(machine.hostname) / "harden"
        folder.mkdir()
        for file in write(machine, measures):
            (folder / file.name.rpartition("/")[2]).write_bytes(file.content)
    return found


def ledger(flows: Iterable[DesignedFlow]) -> bytes:
    designed = built_in("healthy")
    rows = {**ledger_rows(built_in("sick"), designed, ports_of(designed), "en"), "designed_flows": tuple(flows)}
    return ledger_bytes("en", rows=rows, states={**STATES, "designed_flows": "filled"})


def broken(plan: Plan, tables: Path) -> Iterator[str]:
    """Return the promises of measures with files that a new judgement does not keep; what cannot be told is not kept."""
    with Database(tables, read_only=True) as database:
        told = list(database.select("select check_id, subject, finding_key, verdict, message_en from verdicts"))
    for promise in (promise for one in plan.measures if one.changes for promise in one.promises):
        concerned = [one for one in told if one[:2] == (promise.check, promise.subject)]
        bad = [one for one in concerned if (one[3] == "fail" and one[2] == promise.key) or one[3] == "unknown"]
        if bad or not concerned:
            yield f"{promise}: {bad}"


def let_in(state: State) -> list[bool]:
    """Return which doors open to a PC of the zone that names no password."""
    addresses = {host.id: str(host.address) for host in built_in("sick").hosts.values()}
    found = []
    for command, sign in IN:
        words = [word.format_map(addresses) for word in shlex.split(command)]
        done = subprocess.run([*network_of(state, "it-laptop"), *words], capture_output=True, text=True, timeout=60)
        found.append(sign in done.stdout)
    return found


def told(moment: list[float], what: str) -> None:
    print(f"harden: {what} {time.monotonic() - moment[-1]:.0f} s", file=sys.__stderr__, flush=True)
    moment.append(time.monotonic())


def ended(done: Sequence[object], code: int = 0) -> None:
    for one in done:
        assert isinstance(one, subprocess.CompletedProcess)
        assert one.returncode == code, (one.args[-2:], one.stdout, one.stderr)


def test_the_plan_for_every_linux_host_holds_what_it_promises_and_is_undone(tmp_path: Path) -> None:
    hospital, healthy = built_in("sick"), built_in("healthy")
    flows = flows_of(hospital, healthy)
    closed = tuple(Flow(one, two, str(hospital.hosts[two].address), protocol, port) for one, two, protocol, port in CLOSED)
    book = tmp_path / "ledger.xlsx"
    book.write_bytes(ledger(designed_flows(hospital, healthy)))
    moment = [time.monotonic()]
    with stand(hospital, f"h{secrets.token_hex(3)}") as state:
        told(moment, "lab")
        tables = looked_at(tmp_path / "site", state, book)
        told(moment, "first look")
        plan = planned(tables)
        hands_off = {machine.asset for machine in plan.machines if machine.hands_off}
        assert hands_off and not hands_off & {one.machine.asset for one in plan.measures}
        assert hands_off & {one.machine.asset for one in plan.questions}
        hosts = put(plan, state)
        # Two were seen by the firewall's own look and are the hospital's; the rest are servers and PCs.
        assert {"core", "fw-edge", "ehr-app", "ehr-db", "backup-server"} <= set(hosts.folders)
        told(moment, "plan")
        open_before = getting_through(state, (*flows, *closed))
        assert open_before == {*flows, *closed}, {*flows, *closed} - open_before
        assert let_in(state) == [True, True]
        before = hosts.prints()
        told(moment, "before")
        ended(hosts.every(lambda host: hosts.run(host, "apply.sh")))
        told(moment, f"applied on {len(hosts.folders)} hosts")
        once = {host: fingerprint(hosts.enter(host)) for host in TWICE}
        ended([hosts.run(host, "apply.sh") for host in TWICE])
        assert {host: fingerprint(hosts.enter(host)) for host in TWICE} == once
        assert getting_through(state, (*flows, *closed)) == set(flows)
        assert let_in(state) == [False, False]
        told(moment, f"{len(flows)} flows")
        again = looked_at(tmp_path / "again", state, book, hosts.folders)
        told(moment, "second look")
        assert list(broken(plan, again)) == []
        told(moment, f"{sum(len(one.promises) for one in plan.measures if one.changes)} promises kept")
        ended(hosts.every(lambda host: hosts.run(host, "undo.sh")))
        after = hosts.prints()
        assert {host for host in after if after[host] != before[host]} == set()
        assert getting_through(state, (*flows, *closed)) == {*flows, *closed}
        assert let_in(state) == [True, True]
        told(moment, "undone")
