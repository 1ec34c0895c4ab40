"""Import, check and report of many Windows PCs: seconds, CPU and memory (`make bench-machines`).

Each size runs in a process of its own with the program as a hospital runs it. Memory is the sum of the private memory of
all its processes, looked at ten times a second. Beside it: SHA-256 and gzip of the same bytes, which anything that
keeps evidence must do at the least. Needs Linux (/proc). Prints a table and writes docs/bench-machines.svg.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bundle import bundle

SIZES = ((30, 5.0), (300, 5.0), (3000, 0.5))
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: machines, megabytes each, seconds of import and of check with report, CPU, peak megabytes, seconds of gzip + SHA-256."""

    machines: int
    megabytes: float
    importing: float
    checking: float
    cpu: float
    peak: float
    least: float


def main() -> None:
    """Measure the sizes asked for, print them and draw them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", nargs="*", help="such as 30x5 (machines x megabytes); default: 30x5 300x5 3000x0.5")
    options.add_argument("--svg", type=Path, default=ROOT / "docs" / "bench-machines.svg")
    given = options.parse_args()
    sizes = [(int(size.split("x")[0]), float(size.split("x")[1])) for size in given.sizes] or list(SIZES)
    print("machines     MB  import s  check+report s  CPU s  peak MB  gzip+sha256 s  ratio")
    found = []
    for machines, megabytes in sizes:
        one = measure(machines, megabytes)
        found.append(one)
        total = one.importing + one.checking
        print(
            f"{one.machines:8} {one.megabytes:6.1f} {one.importing:9.1f} {one.checking:15.1f} {one.cpu:6.1f} {one.peak:8.0f}"
            f" {one.least:14.1f} {total / one.least:6.1f}",
            flush=True,
        )
    given.svg.write_text(draw(found), encoding="utf-8")


def measure(machines: int, megabytes: float) -> Measured:
    """Run one size in a folder of its own, deleted afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        bundles, site = Path(folder, "bundles"), Path(folder, "site")
        bundles.mkdir()
        for number in range(machines):
            (bundles / f"{number:05d}.txt").write_bytes(bundle(number, megabytes))
        started = time.perf_counter()
        for path in bundles.iterdir():
            data = path.read_bytes()
            hashlib.sha256(data).digest()
            gzip.compress(data, 6)
        least = time.perf_counter() - started
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        importing, first = _run(["import", str(bundles), "--site", str(site)])
        checking, second = _run(["check", "--site", str(site)])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(machines, megabytes, importing, checking, cpu, max(first, second), least)


def _run(arguments: list[str]) -> tuple[float, float]:
    started = time.perf_counter()
    command = [sys.executable, "-m", "omamori", *arguments]
    peak = 0.0
    # An installed program has its byte-code; where Python is told to write none, every process would compile it again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment) as process:
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.1)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - started, peak


def _memory(pid: int) -> float:
    """Return the proportional memory in MB of a process and all it started."""
    total = 0.0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total = int(line.split()[1]) / 1024
        children = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return total  # it ended in the meantime
    return total + sum(_memory(int(child)) for child in children)


def draw(found: list[Measured]) -> str:
    """Return the picture: seconds over megabytes of evidence, one dot a size, and the line of the smallest size continued."""
    width, height, left, foot = 560, 320, 60, 40
    points = sorted((one.machines * one.megabytes, one.importing + one.checking, one) for one in found)
    most = max(x for x, _, _ in points) or 1.0
    rate = points[0][1] / points[0][0]
    top = max(max(y for _, y, _ in points), rate * most)

    def place(x: float, y: float) -> tuple[float, float]:
        return left + (width - left - 90) * x / most, height - foot - (height - foot - 40) * y / top

    end = place(most, rate * most)
    zero = place(0, 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        f'<path d="M{left} 20V{height - foot}H{width - 20}" fill="none" stroke="#444"/>',
        f'<line x1="{zero[0]:.0f}" y1="{zero[1]:.0f}" x2="{end[0]:.0f}" y2="{end[1]:.0f}" stroke="#999" stroke-dasharray="4 3"/>',
        f'<text x="{width / 2}" y="{height - 8}" text-anchor="middle">evidence brought in, MB</text>',
        f'<text x="{left}" y="14">import + check + report, seconds (dashed: linear from the smallest)</text>',
    ]
    for x, y, one in points:
        across, down = place(x, y)
        words = f"{one.machines} × {one.megabytes:g} MB: {y:.0f} s, {one.peak:.0f} MB"
        parts.append(f'<circle cx="{across:.0f}" cy="{down:.0f}" r="4" fill="#06c"/>')
        parts.append(f'<text x="{min(across + 6, width - 190):.0f}" y="{down - 8:.0f}">{words}</text>')
    return "\n".join([*parts, "</svg>\n"])


if __name__ == "__main__":
    main()
