"""A gentle look beside nmap with the same ports, retries and rate: wall time, and by capture the most packets to one port.

As root, with nmap, nftables and tcpdump: PYTHONPATH=src:tools:bench python bench/scan.py [--rate 400]. Some minutes, most of them nmap's.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from omamori.model.gentle import GENTLE_PORTS
from scan_net import EXCLUDED, MEDICAL, Net, approval, network

_RANGES = ("10.93.1.0/26", "10.93.2.0/26")


def main() -> None:
    """Measure and print."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--rate", type=int, default=400)
    rate = chosen.parse_args().rate
    ports = ",".join(map(str, GENTLE_PORTS))
    common = ["nmap", "-n", "-Pn", "-p", ports, "--max-retries", "1", "--max-rate", str(rate), "--exclude", f"{EXCLUDED},{MEDICAL}"]
    print(f"{'':28} {'seconds':>8} {'most to one port':>17} {'bytes of data':>14}")
    for name, words in (
        ("nmap -sT", [*common, "-sT", *_RANGES]),
        ("nmap -sS", [*common, "-sS", *_RANGES]),
        ("omamori scan (gentle)", None),
    ):
        with tempfile.TemporaryDirectory() as folder, network(Path(folder)) as net:
            print(f"{name:28}", *_measured(net, words, rate))


def _measured(net: Net, words: Sequence[str] | None, rate: int) -> tuple[str, str, str]:
    ranges = "\n".join(f"  - {one}" for one in _RANGES)
    (net.folder / "a.yaml").write_text(approval(rate=rate, ranges=ranges), encoding="utf-8")
    with net.captured():
        began = time.monotonic()
        if words is None:
            net.scan("--approval", "a.yaml", "--site", "site", timeout=3600)
        else:
            subprocess.run(net.command("me", *words), capture_output=True, check=True, timeout=3600)
        seconds = time.monotonic() - began
    return f"{seconds:8.1f}", f"{max(net.attempts().values()):17}", f"{sum(net.payload().values()):14}"


if __name__ == "__main__":
    main()
