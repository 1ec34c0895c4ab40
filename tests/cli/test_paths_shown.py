"""What `omamori paths` prints first, and what only on demand."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.site_with_ways import site_with_ways

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_with_ways(tmp_path_factory.mktemp("site"))


def test_the_overview_and_what_to_do_come_before_the_steps(omamori: Run, site: Path) -> None:
    told = omamori("paths", "--site", str(site)).stdout
    places = [told.index(word) for word in ("ways in to", "reached ", "What to do first", "■ ")]
    assert places == sorted(places)


def test_all_shows_every_way_and_one_entry_only_its_own(omamori: Run, site: Path) -> None:
    short = omamori("paths", "--site", str(site)).stdout
    every = omamori("paths", "--site", str(site), "--all").stdout
    one = omamori("paths", "--site", str(site), "--entry", "PACS保守VPN").stdout
    assert every.count("  -> ") >= short.count("  -> ")
    assert "■ PACS保守VPN" in one and one.count("■ ") == 1
    assert "could not be told (" in every


def test_an_entry_nobody_knows_is_one_line(omamori: Run, site: Path) -> None:
    done = omamori("paths", "--site", str(site), "--entry", "nobody")
    assert done.returncode == 3 and "no way in is called nobody" in done.stderr and "Traceback" not in done.stderr


def test_ways_in_are_named_even_where_nothing_to_protect_is_known(omamori: Run, tmp_path: Path) -> None:
    router = tmp_path / "rtx.txt"
    router.write_text(
        "# RTX1210 Rev.14.01.28 (Tue Sep 26 2017)\nip route default gateway pp 1\nip lan1 address 10.1.0.1/16\npp select 1\n pppoe use lan2\n"
        " ip pp address 203.0.113.5/32\n pp enable 1\n",
        encoding="utf-8",
    )
    site = str(tmp_path / "site")
    assert omamori("import", str(router), "--site", site).returncode == 0
    assert omamori("check", "--site", site, "--out", str(tmp_path / "out"), "--format", "json").returncode == 0
    told = omamori("paths", "--site", site).stdout
    assert "no crown jewel is known" in told and "rtx pp1 (the Internet)" in told
