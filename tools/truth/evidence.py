"""Looks at the machines of a lab with the collection kit and makes a snapshot of what it brought, as a hospital would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from omamori import __version__
from omamori.collect.linux.script import collection_script, probe_names
from omamori.evaluate.check import Check
from omamori.gate.process import run
from omamori.pipeline.clock import utc_now
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.site import Site

NETWORK = frozenset({"firewall", "host", "interfaces", "kernel", "neighbours", "routes", "sockets", "tunnels"})
"""Probes of the kit that tell of the network; the others take ten times as long and say nothing of what is asked here."""
_TOGETHER = 4


def collect(machines: Mapping[str, Sequence[str]], folder: Path, probes: Set[str] = NETWORK) -> list[Path]:
    """Run the kit inside machines and return its results as files in the folder.

    In: the name of each machine and the words that put a command inside it, such as `nsenter …`; the probes it is run with. RuntimeError
    names the machine whose look did not end well.
    """
    script = collection_script(__version__, date.today().isoformat(), set(probes) & set(probe_names()))
    folder.mkdir(parents=True, exist_ok=True)

    def look(name: str) -> Path:
        done = run([*machines[name], "sh", "-s", "--", "-"], input=script, timeout=120)
        if done.exit_code != 0 or not done.stdout.startswith(b"OMAMORI-KIT-RESULT"):
            raise RuntimeError(f"{name}: {done.stderr.decode('utf-8', 'replace').strip()[-300:]}")
        file = folder / f"{name}.kit"
        file.write_bytes(done.stdout)
        return file

    with ThreadPoolExecutor(_TOGETHER) as pool:
        return list(pool.map(look, machines))


def snapshot_of(site: Path, files: Sequence[Path], checks: Sequence[Check] = ()) -> Path:
    """Import files into a site and return the tables of a snapshot made of them, judged by checks. RuntimeError when one was not taken in."""
    outcomes = take_in(site, files, Silent())
    for outcome in outcomes:
        if outcome.status != "stored":
            raise RuntimeError(f"{outcome.name}: {outcome.text.en}")
    return take_snapshot(Site(site), checks, utc_now(), Silent()).snapshot.tables
