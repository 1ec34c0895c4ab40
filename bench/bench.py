"""Time and memory of one check of this machine, beside Lynis in the same run (`make bench`).

Prints a table and writes `bench/results/bench.json`. Needs Linux; Lynis is compared when it is
installed (Debian: `apt install lynis`), and both should run as root so that both see the same.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
TIME_LIMIT_S = 15.0
MEMORY_LIMIT_MB = 300.0
SHARE_OF_LYNIS = 0.25
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a program: seconds on the wall, of the processor, and peak memory in MB.

    `largest_mb` is the largest single process as the kernel counted it; `together_mb` the sum over the
    program and everything it started, sampled ten times a second (shared pages count more than once).
    """

    wall_s: float
    cpu_s: float
    largest_mb: float
    together_mb: float
    exit_code: int


def measure(command: list[str], folder: Path) -> Run:
    """Run `command` in `folder` with its output thrown away, and measure it and all it starts."""
    stop, peak = threading.Event(), [0]
    begin = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def sample() -> None:
        while not stop.wait(0.1):
            peak[0] = max(peak[0], resident_of_tree(process.pid))

    watcher = threading.Thread(target=sample)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begin
    stop.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    return Run(round(wall, 2), round(cpu, 2), round(usage.ru_maxrss / 1024, 1), round(peak[0] / 2**20, 1), process.returncode)


def resident_of_tree(root: int) -> int:
    """Return the resident bytes of a process and all its descendants."""
    parents: dict[int, int] = {}
    resident: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended while we looked
            parents[int(folder.name)], resident[int(folder.name)] = int(fields[1]), int(fields[21]) * PAGE
    tree = {root}
    while grown := {pid for pid, parent in parents.items() if parent in tree} - tree:
        tree |= grown
    return sum(resident.get(pid, 0) for pid in tree)


def middle(runs: list[Run]) -> Run:
    """Return the run with the median wall time."""
    wanted = statistics.median_low([run.wall_s for run in runs])
    return next(run for run in runs if run.wall_s == wanted)


def bench(repeat: int, with_lynis: bool) -> dict[str, list[Run]]:
    """Measure both programs: name → runs."""
    omamori = str(Path(sys.executable).parent / "omamori")
    found: dict[str, list[Run]] = {"omamori": []}
    for number in range(repeat):
        with tempfile.TemporaryDirectory(prefix="omamori-bench-") as folder:
            print(f"omamori check --here, run {number + 1} of {repeat} …", file=sys.stderr)
            command = [omamori, "check", "--here", "--site", f"{folder}/site", "--out", f"{folder}/out"]
            found["omamori"].append(measure(command, Path(folder)))
    lynis = shutil.which("lynis") if with_lynis else None
    if lynis is not None:
        with tempfile.TemporaryDirectory(prefix="omamori-bench-") as folder:
            print("lynis audit system (this takes a minute) …", file=sys.stderr)
            files = ["--logfile", f"{folder}/lynis.log", "--report-file", f"{folder}/lynis.dat"]
            found["lynis"] = [measure([lynis, "audit", "system", "--quick", "--no-colors", "--cronjob", *files], Path(folder))]
    return found


def main() -> int:
    """Measure, print, write the results; 1 when a limit is exceeded, 2 when a program failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3, help="runs of omamori; the one with the median time counts")
    parser.add_argument("--no-lynis", action="store_true", help="do not run Lynis")
    arguments = parser.parse_args()
    found = bench(arguments.repeat, not arguments.no_lynis)
    print(f"{'':22}{'wall s':>9}{'cpu s':>9}{'largest MB':>12}{'together MB':>13}")
    for name, runs in found.items():
        run = middle(runs)
        print(f"{name:22}{run.wall_s:9.2f}{run.cpu_s:9.2f}{run.largest_mb:12.1f}{run.together_mb:13.1f}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    results = {name: [asdict(run) for run in runs] for name, runs in found.items()}
    (RESULTS / "bench.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return verdict(found)


def verdict(found: dict[str, list[Run]]) -> int:
    """Print how the limits are kept and return the exit code."""
    ours = middle(found["omamori"])
    if any(run.exit_code != 0 for run in found["omamori"]):
        print("omamori did not finish: run `make check` and read its last line")
        return 2
    kept = [("time", ours.wall_s, TIME_LIMIT_S, "s"), ("memory, all processes together", ours.together_mb, MEMORY_LIMIT_MB, "MB")]
    if "lynis" in found:
        theirs = middle(found["lynis"])
        kept.append(("time, as a share of Lynis's", ours.wall_s / theirs.wall_s, SHARE_OF_LYNIS, ""))
    else:
        print("Lynis is not installed: nothing to compare with (Debian: apt install lynis)")
    for what, value, limit, unit in kept:
        print(f"{what}: {value:.2f} {unit} (limit {limit:g} {unit}): {'kept' if value <= limit else 'EXCEEDED'}")
    return 0 if all(value <= limit for _, value, limit, _ in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
