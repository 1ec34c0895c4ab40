"""Time of matching the packages of a large fleet against a distribution's tracker (`python bench/packages.py`; 10,000 hosts × 200 packages).

Makes machines of three Debian and one Red Hat release, each with its share of up-to-date and stale packages, and a tracker as dense as the
real ones (of a Debian release: some 30,000 entries over 4,000 source packages, 3,000 of them of the kernel). Then runs the analyzer of
`vulnerabilities` as a snapshot does, with everything it writes. Prints hosts × packages, rows, seconds and peak memory, and writes
`bench/results/packages.json`. The machines are made first and not counted.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
from bench import RESULTS

from omamori.analyze.interface import Moment
from omamori.analyze.vulnerabilities import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import NAME, Facts, add_facts, create_tables
from omamori.model.derived import Asset
from omamori.model.facts import Advisory, Affected, Exploited, Likelihood
from omamori.model.host import Host, Software
from omamori.model.look import Collected
from omamori.snapshot.database import Database

LIMIT_S = 60.0
RELEASES = (("debian", "11"), ("debian", "12"), ("debian", "13"), ("rhel", "9"))
SOURCES = 4_000
KERNEL_FLAWS = 3_000
FLAWS = 30_000
NOW = datetime(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Result:
    """One run. `rows`: vulnerabilities found; `distinct`: packages that differ; `facts`: rows of the tracker."""

    hosts: int
    packages: int
    software: int
    distinct: int
    facts: int
    rows: int
    seconds: float
    cpu_s: float
    peak_mb: float


def tracker() -> Iterator[object]:
    """Yield what a tracker says of all releases, and what is known besides of each flaw."""
    dice = random.Random(9)
    sources = [f"source{number}" for number in range(SOURCES)]
    # A few packages hold most flaws, as browsers and languages do.
    weights = [1 / (number + 20) for number in range(SOURCES)]
    for number in range(FLAWS):
        flaw = f"CVE-{2010 + number % 16}-{number:05}"
        yield Advisory(advisory=flaw, feed="nvd", summary=f"A flaw that lets somebody do thing {number}", cvss=dice.randrange(20, 100) / 10)
        yield Likelihood(flaw=flaw, feed="epss", probability=dice.random(), as_of=NOW.date())
        if number % 150 == 0:
            yield Exploited(flaw=flaw, feed="kev", name=f"flaw {number}", ransomware=number % 600 == 0)
        kernel = number < KERNEL_FLAWS
        for product, version in RELEASES:
            source = "kernel" if kernel and product == "rhel" else "linux" if kernel else dice.choices(sources, weights)[0]
            said = dice.random()
            # Most were repaired long ago.
            repair = f"1.{min(dice.randrange(1, 12), dice.randrange(1, 12))}-{dice.randrange(1, 6)}"
            row = Affected(
                flaw=flaw, advisory=flaw, feed=product, kind="package", vendor=product, product=source, release=f"{product} {version}",
                scheme="rpm" if product == "rhel" else "dpkg", place=f"{source}/{flaw}/{version}",
            )  # fmt: skip
            if said < 0.4:
                yield replace(row, status="not_affected")
            elif said < 0.43:
                yield replace(row, status="no_fix", note="no-dsa: Minor issue")
            else:
                yield replace(row, before=repair, fixed=repair)


def machine(number: int, packages: int) -> Iterator[object]:
    """Yield one machine: most of its packages up to date, the machine itself more or less behind."""
    dice = random.Random(number)
    product, version = RELEASES[number % len(RELEASES)]
    name, manager = f"host{number:05}", "rpm" if product == "rhel" else "dpkg"
    kernel = "kernel-core" if product == "rhel" else "linux-image-6.1.0-30-amd64"
    yield Asset(asset=name)
    yield Host(asset=name, platform="linux", os_id=product, os_version=version, os_build="6.1.0-30-amd64")
    behind = dice.choice((0, 0, 0, 0, 1, 3))
    # What every server has, and what only this one has.
    wanted = [*range(0, 8 * packages, 16), *sorted(dice.sample(range(SOURCES), packages // 4))]
    for at in range(packages - 1):
        source = f"source{wanted[at % len(wanted)]}"
        text = f"1.{max(1, 11 - dice.choice((0, behind)))}-{dice.randrange(4, 6)}"
        yield Software(
            asset=name, name=f"{source}-part{at // len(wanted)}", version=text, manager=manager, architecture="amd64", source_package=source,
            source_version=text, publisher=f"Maintainers of {source} <{source}@lists.debian.org>", evidence=f"e{number}:{at}",
        )  # fmt: skip
    text = f"1.{11 - behind}-5"
    source = "kernel" if product == "rhel" else "linux-signed-amd64"
    yield Software(
        asset=name, name=kernel, version=text, manager=manager, source_package=source, source_version=text, evidence=f"e{number}:k"
    )
    for table in ("hosts", "software"):
        yield Collected(asset=name, table_name=table, source=f"linux.{table}", complete=True, seen=NOW, received=NOW, evidence=f"e{number}")


def run(hosts: int, packages: int, folder: Path) -> Result:
    """Make everything, then measure the matching."""
    pack, tables = folder / "pack.duckdb", folder / "tables.duckdb"
    with duckdb.connect(str(pack)) as connection:
        connection.execute(f"attach ':memory:' as {NAME}")
        create_tables(connection, NAME)
        held = list(tracker())
        add_facts(connection, NAME, held)
        for (table,) in connection.execute("select table_name from duckdb_tables() where database_name = 'facts'").fetchall():
            connection.execute(f"create table {table} as from {NAME}.{table}")
        facts = len(connection.execute("select 1 from affected").fetchall())
    del held
    with Database(tables) as database:
        for first in range(0, hosts, 1000):
            database.insert(row for number in range(first, min(first + 1000, hosts)) for row in machine(number, packages))
    moment = Moment(NOW, replace(starter_pack(), facts=Facts(path=pack)))
    with Database(tables) as database:
        software = database.select("select count(*), count(distinct (source_package, version, manager)) from software")[0]
        begin, used = time.monotonic(), time.process_time()
        database.insert(ANALYZER.run(database, moment))
        database.connection.execute("checkpoint")
        seconds, cpu = time.monotonic() - begin, time.process_time() - used
        found = database.select("select count(*) from vulnerabilities")[0][0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(hosts, packages, software[0], software[1], facts, found, round(seconds, 1), round(cpu, 1), round(peak, 1))


def main() -> int:
    """Measure and print; returns 1 when the limit is not held."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("--hosts", type=int, default=10_000)
    options.add_argument("--packages", type=int, default=200)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = run(given.hosts, given.packages, Path(folder))
    print(
        f"{result.hosts:,} hosts x {result.packages} packages ({result.software:,} rows, {result.distinct:,} distinct) x {result.facts:,} facts"
    )
    took = f"{result.seconds} s ({result.cpu_s} s of the processor; limit {LIMIT_S:.0f} s on two cores)"
    print(f"{result.rows:,} vulnerabilities in {took}, peak {result.peak_mb:,.0f} MB with making the machines")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "packages.json").write_text(json.dumps(asdict(result), indent=1) + "\n")
    return 0 if result.seconds <= LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
