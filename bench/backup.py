"""Time of a restore proof beside what it is made of, in the same run (`make bench`): restic's and borg's own restore plus sha256sum of its output.

Prints a table with ratios and writes `bench/results/backup.json`. Beside them restic's `check --read-data` and `restore --verify`. What is not
installed is left out (Debian: `apt install restic borgbackup`). The data: 128 files of 8 MiB of noise, 1 GiB; the page cache is warm for all.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench import RESULTS, Run, measure, middle

LIMIT = 1.3
OMAMORI = [sys.executable, "-m", "omamori"]
_PASSWORD = "bench"  # noqa: S105 - of a repository that lives for a minute


def make_source(folder: Path, megabytes: int) -> None:
    """Write files of 8 MiB that neither compress nor repeat."""
    dice = random.Random(8)
    for number in range(megabytes // 8):
        place = folder / f"{number // 16:02}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:04}.bin").write_bytes(dice.randbytes(8 * 1024 * 1024))


def hashed(restore: str, out: Path) -> list[str]:
    """Return a command that restores and then hashes what came back, as a person would."""
    return ["sh", "-c", f'{restore} && find "{out}" -type f -print0 | xargs -0 sha256sum']


def prepare(work: Path, megabytes: int, product: str) -> dict[str, list[str]]:
    """Make the repository and the list of hashes; returns name → command."""
    source, repository, out, password = work / "source", work / product, work / "out", work / "password"
    scratch, site, manifest = work / "scratch", work / "site", work / "manifest.sha256"
    if not source.exists():
        make_source(source, megabytes)
        password.write_text(_PASSWORD)
        _run(*OMAMORI, "backup", "manifest", str(source), "--out", str(manifest))
        _run(*OMAMORI, "backup", "scratch", str(scratch), "--protection", "on-server", "--approved-by", "bench", "--site", str(site))
    prove = [
        *OMAMORI,
        "backup",
        "prove",
        str(repository),
        "--all",
        "--scratch",
        str(scratch),
        "--manifest",
        str(manifest),
        "--site",
        str(site),
    ]
    if product == "restic":
        restic = f'restic -q --no-lock --no-cache -r "{repository}"'
        _run("restic", "-q", "init", "-r", str(repository))
        _run("restic", "-q", "-r", str(repository), "backup", str(source))
        return {
            "restic restore, sha256sum": hashed(f'{restic} restore latest --target "{out}"', out),
            "omamori backup prove --all": prove,
            "restic check --read-data": ["sh", "-c", f"{restic} check --read-data"],
            "restic restore --verify": ["sh", "-c", f'{restic} restore latest --verify --target "{out}"'],
        }
    _run("borg", "init", "-e", "repokey", str(repository))
    _run("borg", "create", f"{repository}::one", str(source))
    return {
        "borg extract, sha256sum": hashed(f'mkdir -p "{out}" && cd "{out}" && borg extract "{repository}::one"', out),
        "omamori backup prove --all": prove,
        "borg check --verify-data": ["borg", "check", "--verify-data", str(repository)],
    }


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def bench(megabytes: int, repeat: int, folder: Path) -> dict[str, dict[str, list[Run]]]:
    """Measure in turns, so that what else the machine does falls on all of them: product → name → runs."""
    os.environ |= {"RESTIC_PASSWORD": _PASSWORD, "BORG_PASSPHRASE": _PASSWORD, "BORG_BASE_DIR": str(folder / "borg-home")}
    found: dict[str, dict[str, list[Run]]] = {}
    for product in ("restic", "borg"):
        if shutil.which(product) is None:
            print(f"{product} is not installed: left out (Debian: apt install restic borgbackup)")
            continue
        commands = prepare(folder, megabytes, product)
        found[product] = {name: [] for name in commands}
        for number in range(repeat):
            for name, command in commands.items():
                print(f"{name}, run {number + 1} of {repeat} …", file=sys.stderr)
                found[product][name].append(measured(command, folder))
    return found


def measured(command: list[str], folder: Path, run: Callable[[list[str], Path], Run] = measure) -> Run:
    """Measure a command; what it restored is taken away before and after."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    told = run(command, folder)
    shutil.rmtree(folder / "out", ignore_errors=True)
    return told


def main() -> int:
    """Measure, print, write the results; 2 when a program failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each; the one with the median time counts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="omamori-bench-") as folder:
        found = bench(arguments.megabytes, arguments.repeat, Path(folder))
    failed = False
    for product, runs in found.items():
        print(f"{product}, {arguments.megabytes} MiB")
        first = middle(next(iter(runs.values())))
        print(f"  {'':30}{'wall s':>9}{'cpu s':>9}{'largest MB':>12}{'ratio':>8}")
        for name, one in runs.items():
            run = middle(one)
            failed = failed or run.exit_code != 0
            told = "" if run.exit_code == 0 else f"  exit code {run.exit_code}"
            print(f"  {name:30}{run.wall_s:9.2f}{run.cpu_s:9.2f}{run.largest_mb:12.1f}{run.wall_s / first.wall_s:8.2f}{told}")
        ours = middle(runs["omamori backup prove --all"]).wall_s / first.wall_s
        print(f"  proof / (restore + sha256sum): {ours:.2f} (limit {LIMIT:g}): {'kept' if ours <= LIMIT else 'EXCEEDED'}")
    RESULTS.mkdir(parents=True, exist_ok=True)
    results = {product: {name: [asdict(run) for run in one] for name, one in runs.items()} for product, runs in found.items()}
    (RESULTS / "backup.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
