"""`kill -9` at random moments of import, check and rebuild: nothing earlier is lost, nothing is half read."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import verdicts_of
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

TIMES = int(os.environ.get("OMAMORI_TORTURE", "4"))
KitMaker = Callable[..., bytes]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, make_kit: KitMaker) -> Path:
    """A site with one visit and one snapshot."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "first.kit").write_bytes(make_kit())
    take_in(folder / "site", [folder / "first.kit"], Silent(), received=datetime(2026, 5, 1, 9))
    check(folder / "site", datetime(2026, 5, 2))
    return folder / "site"


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Path:
    return shutil.copytree(prepared, tmp_path / "site")


def check(site: Path, moment: datetime) -> str:
    return run_check(CheckRequest(site=site, out=None, language="en", formats=(), moment=moment), Silent()).snapshot_id


def killed(arguments: list[str], after: float) -> None:
    """Run the command in a process of its own and kill it after so many seconds, wherever it is."""
    with subprocess.Popen([sys.executable, "-m", "omamori", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        time.sleep(after)
        child.kill()


def lasts(arguments: list[str]) -> float:
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "omamori", *arguments], check=True, capture_output=True)
    return time.monotonic() - started


def whole(site: Path, receipts: set[str], known: dict[str, int]) -> None:
    """Nothing that was there is lost, and what is there is whole."""
    store = EvidenceStore(site)
    assert store.verify() == ()
    assert receipts <= {receipt.id for receipt in store.receipts()}
    held = {snapshot.id: verdicts_of(snapshot) for snapshot in snapshots(Site(site))}
    assert known.keys() <= held.keys()
    for name, verdicts in held.items():
        assert verdicts is not None and len(verdicts) >= known.get(name, 1)


def before(site: Path) -> tuple[set[str], dict[str, int]]:
    counted = {snapshot.id: len(verdicts_of(snapshot) or ()) for snapshot in snapshots(Site(site))}
    return {receipt.id for receipt in EvidenceStore(site).receipts()}, counted


def test_kills_during_import(site: Path, tmp_path: Path, make_kit: KitMaker) -> None:
    dice = random.Random(1)
    kits = tmp_path / "kits"
    kits.mkdir()
    for number in range(12):
        (kits / f"{number}.kit").write_bytes(make_kit(f"host{number}", f"{number:032x}"))
    receipts, known = before(site)
    long = lasts(["import", "--site", str(tmp_path / "scratch"), str(kits)])
    for _ in range(TIMES):
        killed(["import", "--site", str(site), str(kits)], dice.uniform(0, long))
        whole(site, receipts, known)
    outcomes = take_in(site, [kits], Silent(), received=datetime(2026, 5, 3))
    assert {outcome.status for outcome in outcomes} <= {"stored", "already"}
    assert len(EvidenceStore(site).receipts()) == 13


def test_kills_during_check(site: Path) -> None:
    dice = random.Random(2)
    receipts, known = before(site)
    long = lasts(["check", "--site", str(site), "--moment", "2026-05-02T01:00:00"])
    for turn in range(TIMES):
        killed(["check", "--site", str(site), "--moment", f"2026-05-{3 + turn % 20:02}"], dice.uniform(0, long))
        whole(site, receipts, known)
    name = check(site, datetime(2026, 5, 30))
    (last,) = (snapshot for snapshot in snapshots(Site(site)) if snapshot.id == name)
    told = verdicts_of(last)
    # What was kept of the readings by runs that were killed makes no difference.
    shutil.rmtree(site / "cache")
    assert check(site, datetime(2026, 5, 30)) == name
    assert verdicts_of(last) == told


def test_kills_during_rebuild(site: Path) -> None:
    dice = random.Random(3)
    receipts, known = before(site)
    long = lasts(["rebuild", "--site", str(site)])
    for _ in range(TIMES):
        killed(["rebuild", "--site", str(site)], dice.uniform(0, long))
        whole(site, receipts, known)
