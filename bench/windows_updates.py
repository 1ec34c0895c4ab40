"""Updates and flaws of Windows machines: time and memory of the verdicts beside wesng (PyPI), on the same machines (`python bench/windows_updates.py`).

The machines are the 43 real `systeminfo` texts (with `wmic qfe` where there is one) of wesng's own validation; 300 are made of them by leaving
out one installed update each, so that none is like another. The table of updates is wesng's definitions of June 2026, 608,740 rows. Reading the
table into a pack and the texts into a snapshot is done first and told apart; wesng reads its table for every machine, as it is made.

Ours is the analyzer of `missing_patches` in a process of its own, with all it writes; and, measured apart, it and the analyzer of
`vulnerabilities` one after the other in one process, over a pack of the NVD and the exploited flaws besides, with 120 programs on each
machine (`installed`). Prints a table and the ratios per machine, and writes `bench/results/windows_updates.json`. 1 when a limit is
exceeded, 2 when a program failed. Limits, each time: 300 machines in 30 s and 300 MB.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import os
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, cast

import duckdb
from bench import RESULTS, Run, measure, middle
from installed import programs_of

from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.missing_patches import ANALYZER
from omamori.analyze.vulnerabilities import ANALYZER as FLAWS
from omamori.feeds.build import read_all
from omamori.feeds.merge import merge as merge_facts
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import NAME, Facts, add_facts, create_tables
from omamori.model.derived import Asset
from omamori.model.host import Host, Patch
from omamori.model.look import Collected, Parsed
from omamori.parse.feeds.interface import AsOf
from omamori.parse.feeds.microsoft_table import read as read_table
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.merge import merge
from omamori.parse.windows.session import read_session
from omamori.snapshot.database import Database

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
DEFINITIONS = DATA / "feeds" / "wesng-msrc" / "definitions_2026-06-28.zip"
TEXTS = DATA / "windows" / "wesng-validation"
BESIDES = (DATA / "feeds" / "nvd-1.1", DATA / "feeds" / "cisa-kev", DATA / "feeds" / "endoflife")
"""What a pack needs besides to judge programs."""
NOW = datetime(2026, 6, 29)
MACHINES, TIME_LIMIT_S, MEMORY_LIMIT_MB = 300, 30.0, 300.0


def build_pack(path: Path) -> int:
    """Read the definitions into the file of a pack; return the rows."""
    connection = duckdb.connect()
    connection.execute(f"attach '{path}' as {NAME}")
    create_tables(connection, NAME)
    rows = 0
    with zipfile.ZipFile(DEFINITIONS) as archive:
        for name in sorted(name for name in archive.namelist() if name.endswith(".csv")):
            with archive.open(name) as stream:
                found = (one for one in read_table(cast(Any, stream), name) if not isinstance(one, AsOf))
                while part := list(islice(found, 50_000)):
                    add_facts(connection, NAME, part)
                    rows += len(part)
    connection.execute(f"detach {NAME}")
    connection.close()
    return rows


def build_full_pack(path: Path, scratch: Path) -> None:
    """Make the facts file `path` of the definitions and all of `BESIDES` that is there, as `omamori feeds build` does."""
    scratch.mkdir()
    files = read_all([DEFINITIONS, *(one for one in BESIDES if one.exists())], scratch, lambda *_: None)
    merge_facts(scratch, path, files, scratch=scratch)


def texts() -> list[tuple[Path, Path | None]]:
    """Return every systeminfo text and the list of updates beside it, where there is one."""
    found = []
    for path in sorted(TEXTS.glob("*_systeminfo*.txt")):
        beside = path.with_name(path.name.replace("_systeminfo.txt", "_qfe.txt"))
        found.append((path, beside if beside.exists() and beside != path else None))
    return found


def read_machine(path: Path, beside: Path | None) -> Parsed:
    """Read the texts of one machine with the product's parsers."""
    context = Context(kind="windows.commands", seen=NOW, received=NOW)
    pieces = [piece for one in (path, beside) if one is not None for piece in read_session(one.read_bytes()).pieces]
    return merge([read_piece(piece, context) for piece in pieces])


def machine_rows(count: int, *, programs: bool = False) -> Iterator[Any]:
    """Yield the rows of `count` machines, none like another; `programs`: with their lists of programs."""
    parsed = [read_machine(*one) for one in texts()]
    for number in range(count):
        one, round_ = parsed[number % len(parsed)], number // len(parsed)
        name = f"pc-{number:04}"
        yield Asset(asset=name)
        patches = [row for row in one.rows if isinstance(row, Patch)]
        left_out = patches[-round_].patch_id if round_ and len(patches) >= round_ else None
        for row in one.rows:
            if isinstance(row, Host) or (isinstance(row, Patch) and row.patch_id != left_out):
                yield dataclasses.replace(row, asset=name, source="windows.systeminfo", evidence="cafe:1")
        if programs:
            yield from programs_of(name, number)
            yield from (
                Collected(asset=name, table_name=table, source="windows.programs", seen=NOW, complete=True)
                for table in ("software", "components")
            )
        for look in {look.table: look for look in one.looks if look.table in ("hosts", "patches")}.values():
            yield Collected(
                asset=name,
                table_name=look.table,
                source="windows.systeminfo",
                seen=NOW,
                complete=look.complete,
                missing=",".join(look.missing),
                reason=look.reason,
            )


def judge(snapshot: Path, pack: Path, analyzers: tuple[Analyzer, ...]) -> None:
    """Judge a snapshot: what is measured of ours."""
    held = dataclasses.replace(starter_pack(), facts=Facts(path=pack))
    with Database(snapshot) as database:
        for analyzer in analyzers:
            database.insert(analyzer.run(database, Moment(NOW, held)))


def prepare(folder: Path, machines: int, repeat: int, facts: Path | None) -> None:
    """Make the packs and snapshots for every run, in a process of its own: memory it takes must not count for what is started later."""
    begin = time.monotonic()
    rows = build_pack(folder / "pack.duckdb")
    told = {"rows": rows, "seconds": round(time.monotonic() - begin, 1)}
    (folder / "built.json").write_text(json.dumps(told), encoding="utf-8")
    for number in range(repeat):
        for name, programs in (("snapshot", False), ("installed", True)):
            with Database(folder / f"{name}-{number}.duckdb") as database:
                database.insert(machine_rows(machines, programs=programs))
    if facts is None:
        build_full_pack(folder / "full.duckdb", folder / "scratch")
    else:
        shutil.copyfile(facts, folder / "full.duckdb")


def ours(folder: Path, machines: int, repeat: int) -> tuple[list[Run], tuple[int, int, int]]:
    """Measure our verdicts; also return machines judged, rows and rows in doubt."""
    runs = []
    for number in range(repeat):
        snapshot = folder / f"snapshot-{number}.duckdb"
        print(f"omamori, {machines} machines, run {number + 1} of {repeat} …", file=sys.stderr)
        runs.append(measure([sys.executable, __file__, "--judge", str(snapshot), str(folder / "pack.duckdb")], folder))
    with Database(snapshot, read_only=True) as database:
        (told,) = database.select(
            "select (select count(distinct asset) from missing_patches), count(*), count(*) filter (undecided) from missing_patches"
        )
    return runs, (int(told[0]), int(told[1]), int(told[2]))


def both(folder: Path, machines: int, repeat: int) -> tuple[list[Run], int]:
    """Measure missing updates and flaws in one process, programs included; also return the rows of flaws."""
    runs = []
    for number in range(repeat):
        snapshot = folder / f"installed-{number}.duckdb"
        print(f"omamori, updates and flaws of {machines} machines, run {number + 1} of {repeat} …", file=sys.stderr)
        runs.append(measure([sys.executable, __file__, "--judge-both", str(snapshot), str(folder / "full.duckdb")], folder))
    with Database(snapshot, read_only=True) as database:
        ((flaws,),) = database.select("select count(*) from vulnerabilities")
    return runs, int(flaws)


def wesng(folder: Path, machines: int) -> list[Run]:
    """Measure wesng on the first machines; empty where it is not installed."""
    found = importlib.util.find_spec("wes")
    if found is None or found.origin is None:
        return []
    runs = []
    for path, beside in texts()[:machines]:
        print(f"wesng, {path.name} …", file=sys.stderr)
        more = ["--qfe", str(beside)] if beside is not None else []
        runs.append(measure([sys.executable, found.origin, "--definitions", str(DEFINITIONS), str(path), *more, "-o", "out.csv"], folder))
    return runs


def main() -> int:
    """Measure, print, write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--machines", type=int, default=MACHINES)
    parser.add_argument("--repeat", type=int, default=3, help="runs of ours; the one with the median time counts")
    parser.add_argument("--wesng", type=int, default=6, metavar="MACHINES", help="machines wesng is run on, one after the other")
    parser.add_argument("--judge", nargs=2, type=Path, metavar=("SNAPSHOT", "PACK"), help=argparse.SUPPRESS)
    parser.add_argument("--judge-both", nargs=2, type=Path, metavar=("SNAPSHOT", "PACK"), help=argparse.SUPPRESS)
    parser.add_argument("--prepare", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--facts", type=Path, help="facts.duckdb of a pack with all sources (default: made of the data, about two minutes)")
    arguments = parser.parse_args()
    if arguments.judge or arguments.judge_both:
        snapshot, facts = arguments.judge or arguments.judge_both
        judge(snapshot, facts, (ANALYZER,) if arguments.judge else (ANALYZER, FLAWS))
        return 0
    if arguments.prepare:
        prepare(arguments.prepare, arguments.machines, arguments.repeat, arguments.facts)
        return 0
    if not DEFINITIONS.exists() or not TEXTS.exists():
        print(f"the data is not here: {DEFINITIONS.parent}, {TEXTS}")
        return 0
    with tempfile.TemporaryDirectory(prefix="omamori-bench-") as name:
        folder = Path(name)
        told_of = ["--machines", str(arguments.machines), "--repeat", str(arguments.repeat)]
        told_of += ["--facts", str(arguments.facts.resolve())] if arguments.facts else []
        made = measure([sys.executable, __file__, "--prepare", name, *told_of], folder)
        if made.exit_code != 0:
            print("the pack and the machines could not be made")
            return 2
        built = json.loads((folder / "built.json").read_text(encoding="utf-8"))
        runs, told = ours(folder, arguments.machines, arguments.repeat)
        together = both(folder, arguments.machines, arguments.repeat)
        theirs = wesng(folder, arguments.wesng)
    return report(arguments.machines, (built["rows"], built["seconds"]), runs, told, together, theirs)


def report(
    machines: int,
    built: tuple[int, float],
    runs: list[Run],
    told: tuple[int, int, int],
    together: tuple[list[Run], int],
    theirs: list[Run],
) -> int:
    """Print and write what was measured."""
    run, more = middle(runs), middle(together[0])
    print(f"table of updates: {built[0]:,} rows read into a pack in {built[1]:.1f} s, once for all machines")
    print(f"{machines} machines, {told[0]} with something missing: {told[1]:,} rows, {told[2]:,} of them to be confirmed")
    print(f"{'':10}{'machines':>9}{'wall s':>9}{'s each':>9}{'cpu s':>9}{'largest MB':>12}")
    print(f"{'omamori':10}{machines:9}{run.wall_s:9.2f}{run.wall_s / machines:9.3f}{run.cpu_s:9.2f}{run.largest_mb:12.1f}")
    print(f"{'+ flaws':10}{machines:9}{more.wall_s:9.2f}{more.wall_s / machines:9.3f}{more.cpu_s:9.2f}{more.largest_mb:12.1f}")
    print(f"flaws of systems and programs: {together[1]:,} rows")
    results: dict[str, Any] = {
        "machines": machines,
        "rows": built[0],
        "build_s": round(built[1], 1),
        "omamori": [asdict(one) for one in runs],
        "with_flaws": [asdict(one) for one in together[0]],
        "flaws": together[1],
    }
    if theirs:
        total, largest = sum(one.wall_s for one in theirs), max(one.largest_mb for one in theirs)
        each = total / len(theirs)
        cpu = sum(one.cpu_s for one in theirs)
        print(f"{'wesng':10}{len(theirs):9}{total:9.2f}{each:9.3f}{cpu:9.2f}{largest:12.1f}")
        failed = sum(one.exit_code != 0 for one in theirs)
        print(f"as a share of wesng's: time per machine {run.wall_s / machines / each:.4f}, memory {run.largest_mb / largest:.2f}")
        print(f"not readable: omamori 0 of {machines}, wesng {failed} of {len(theirs)}")
        results["wesng"] = [asdict(one) for one in theirs]
    else:
        print("wesng is not installed: nothing to compare with (pip install wesng)")
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "windows_updates.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    if any(one.exit_code != 0 for one in (*runs, *together[0])):
        print("omamori did not finish")
        return 2
    kept = [("time", run.wall_s, TIME_LIMIT_S, "s"), ("memory", run.largest_mb, MEMORY_LIMIT_MB, "MB")]
    kept += [("time with flaws", more.wall_s, TIME_LIMIT_S, "s"), ("memory with flaws", more.largest_mb, MEMORY_LIMIT_MB, "MB")]
    for what, value, limit, unit in kept:
        print(f"{what}: {value:.2f} {unit} (limit {limit:g} {unit}): {'kept' if value <= limit else 'EXCEEDED'}")
    return 0 if all(value <= limit for _, value, limit, _ in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
