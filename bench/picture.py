"""Seconds it takes to draw a large made-up hospital (`make bench`): read, plan and lay out, SVG, page. Printed, nothing is asserted."""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from pathlib import Path
from typing import Literal

from hospital import MOMENT, fill

from omamori.map.page.render import render_page
from omamori.map.picture import lay_out, picture
from omamori.map.read import read_hospital
from omamori.map.sheet import A3
from omamori.snapshot.database import Database

LANGUAGE: Literal["ja"] = "ja"


def main() -> int:
    """Draw, print the seconds of each step, and write the page where `--out` says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=2_000)
    parser.add_argument("--out", type=Path, help="write the page here, to look at")
    arguments = parser.parse_args()
    with Database() as database:
        fill(database, arguments.hosts)
        moments = [time.perf_counter()]
        hospital = read_hospital(database, MOMENT)
        moments.append(time.perf_counter())
        lay_out(hospital, A3)
        moments.append(time.perf_counter())
        drawn = picture(hospital, LANGUAGE, "a3")
        moments.append(time.perf_counter())
        page = render_page(hospital, LANGUAGE)
        moments.append(time.perf_counter())
    steps = [after - before for before, after in itertools.pairwise(moments)]
    print(
        f"picture of {arguments.hosts} machines: read {steps[0]:.2f} s, laid out on A3 {steps[1]:.2f} s, A3 in all {steps[2]:.2f} s",
        end=", ",
    )
    print(f"page {steps[3]:.2f} s; SVG {len(drawn.encode()) / 1e6:.2f} MB, page {len(page.encode()) / 1e6:.2f} MB (asked: under 3 s)")
    if arguments.out:
        arguments.out.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
