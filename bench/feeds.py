"""Time and memory of a knowledge pack made of the full data, and of opening it (`make bench`).

The data is the folder with the publishers' files (by default ~/.cache/omamori-data/feeds); without it nothing is measured. Prints a table
and writes `bench/results/feeds.json`. Limits: 120 seconds and 1,500 MB to build, everything it started included; a second to open.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import RESULTS, measure

from omamori.feeds.held import site_pack
from omamori.snapshot.site import Site

BUILD_LIMIT_S, BUILD_LIMIT_MB, OPEN_LIMIT_S = 120.0, 1500.0, 1.0
DATA = Path.home() / ".cache" / "omamori-data" / "feeds"
WANTED = ("nvd-1.1", "wesng-msrc")
OMAMORI = [sys.executable, "-m", "omamori"]
_OPENINGS = 5


def main() -> int:
    """Measure and tell; returns 1 when a limit is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the publishers' files")
    data = parser.parse_args().data
    if not all((data / name).is_dir() for name in WANTED):
        print(f"feeds: {data} does not hold {' and '.join(WANTED)}; nothing is measured", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="omamori-bench-") as name:
        found = bench(data, Path(name))
    print(json.dumps(found, indent=1))
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "feeds.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    build = found["build"]
    good = build["exit_code"] == 0 and build["wall_s"] < BUILD_LIMIT_S and build["together_mb"] < BUILD_LIMIT_MB
    return 0 if good and found["open_s"] < OPEN_LIMIT_S else 1


def bench(data: Path, work: Path) -> dict[str, Any]:
    """Build, import and open a pack in `work`."""
    subprocess.run([*OMAMORI, "feeds", "key", "new", "--key", "key"], cwd=work, check=True, stdout=subprocess.DEVNULL)
    print(f"feeds build {data} …", file=sys.stderr)
    pack = work / "full.omamori-pack"
    build = measure([*OMAMORI, "feeds", "build", str(data), "--key", "key", "--out", str(pack)], work)
    shown = subprocess.run([*OMAMORI, "feeds", "key", "show", "--key", "key"], cwd=work, check=True, capture_output=True, text=True)
    taken = measure([*OMAMORI, "feeds", "import", str(pack), "--site", "site", "--fingerprint", shown.stdout.strip()], work)
    times = []
    for _ in range(_OPENINGS):
        began = time.monotonic()
        held = site_pack(Site(work / "site"))
        times.append(time.monotonic() - began)
    return {
        "build": asdict(build),
        "import": asdict(taken),
        "open_s": round(statistics.median(times), 3),
        "pack_mb": round(pack.stat().st_size / 1e6, 1),
        "records": {one.feed: one.records for one in held.signed.manifest.sources} if held.signed else {},
    }


if __name__ == "__main__":
    sys.exit(main())
