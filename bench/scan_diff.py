"""Time and memory of comparing two nmap XML files, beside ndiff on the same files in the same run (`make bench`).

Prints a table and writes `bench/results/scan_diff.json`. ndiff is compared when it is installed (Debian: `apt install ndiff`). The
files are those of `scan_files.py`: 20,000 hosts with 10 to 20 open ports each, of which one in fifty changed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench import RESULTS, Run, measure, middle
from scan_files import write_pair

TIME_LIMIT_S = 2.0
MEMORY_LIMIT_MB = 200.0


def bench(hosts: int, repeat: int, *, with_ndiff: bool) -> tuple[float, dict[str, list[Run]]]:
    """Measure both programs: megabytes of the two files together, and name → runs."""
    omamori = str(Path(sys.executable).parent / "omamori")
    ndiff = shutil.which("ndiff") if with_ndiff else None
    found: dict[str, list[Run]] = {"omamori": []}
    with tempfile.TemporaryDirectory(prefix="omamori-bench-") as folder:
        paths = write_pair(Path(folder), hosts)
        megabytes = sum(path.stat().st_size for path in paths) / 1e6
        files = [str(path) for path in paths]
        # An installed program has its byte-code, and the files are in the cache of the disk for both programs.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        measure([omamori, "diff", *files], Path(folder))
        for number in range(repeat):
            print(f"omamori diff, {hosts:,} hosts, run {number + 1} of {repeat} …", file=sys.stderr)
            found["omamori"].append(measure([omamori, "diff", *files], Path(folder)))
        if ndiff is not None:
            print("ndiff …", file=sys.stderr)
            found["ndiff"] = [measure([ndiff, *files], Path(folder))]
    return megabytes, found


def main() -> int:
    """Measure, print, write the results; 1 when a limit is exceeded, 2 when the program failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=3, help="runs of omamori; the one with the median time counts")
    parser.add_argument("--no-ndiff", action="store_true", help="do not run ndiff")
    arguments = parser.parse_args()
    megabytes, found = bench(arguments.hosts, arguments.repeat, with_ndiff=not arguments.no_ndiff)
    print(f"two scan files, {arguments.hosts:,} hosts, {megabytes:.0f} MB together")
    print(f"{'':22}{'wall s':>9}{'cpu s':>9}{'largest MB':>12}")
    for name, runs in found.items():
        run = middle(runs)
        print(f"{name:22}{run.wall_s:9.2f}{run.cpu_s:9.2f}{run.largest_mb:12.1f}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    results = {
        "hosts": arguments.hosts,
        "megabytes": round(megabytes, 1),
        **{name: [asdict(run) for run in runs] for name, runs in found.items()},
    }
    (RESULTS / "scan_diff.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    ours = middle(found["omamori"])
    if ours.exit_code != 0:
        print("omamori diff did not finish")
        return 2
    if "ndiff" in found:
        theirs = middle(found["ndiff"])
        print(
            f"as a share of ndiff's: time {ours.wall_s / theirs.wall_s:.2f}, processor {ours.cpu_s / theirs.cpu_s:.2f},"
            f" memory {ours.largest_mb / theirs.largest_mb:.2f}"
        )
    else:
        print("ndiff is not installed: nothing to compare with (Debian: apt install ndiff)")
    kept = [("time", ours.wall_s, TIME_LIMIT_S, "s"), ("memory", ours.largest_mb, MEMORY_LIMIT_MB, "MB")]
    for what, value, limit, unit in kept:
        print(f"{what}: {value:.2f} {unit} (limit {limit:g} {unit}): {'kept' if value <= limit else 'EXCEEDED'}")
    return 0 if all(value <= limit for _, value, limit, _ in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
