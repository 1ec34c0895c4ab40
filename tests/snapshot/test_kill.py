"""Kills (`kill -9`) at random moments: what was there before stays, and nothing is half there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.manifest import begin, finish, snapshots
from omamori.snapshot.site import Site

TIMES = int(os.environ.get("OMAMORI_TORTURE", "10"))

ADD = """
import sys, itertools
from datetime import datetime
from pathlib import Path
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
store, word = EvidenceStore(Path(sys.argv[1])), sys.argv[2]
for number in itertools.count():
    items = [Item(f"linux.{part}", f"{word} {number} {part} ".encode() * 400, None) for part in range(4)]
    receipt = store.add(Visit("kit", word, None, str(number)), items, datetime(2026, 5, 1))
    print(receipt.id if receipt else "", flush=True)
"""
SNAPSHOT = """
import sys, itertools
from datetime import datetime, timedelta
from pathlib import Path
from omamori.model.host import Software
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import begin, finish
from omamori.snapshot.site import Site
site, word = Site(Path(sys.argv[1])).create(), sys.argv[2]
for number in itertools.count():
    with site.lock():
        draft = begin(site, moment=datetime(2026, 5, 1) + timedelta(hours=number), made=datetime(2026, 5, 1), evidence=[word], versions={})
        with Database(draft.tables) as database:
            database.insert(Software(asset="a", name=str(row)) for row in range(50))
        print(finish(draft).id, flush=True)
"""


@contextmanager
def killed(code: str, *arguments: str, after: float) -> Iterator[list[str]]:
    """Run `code` in a process of its own, kill it `after` seconds behind its first line; yield the whole lines it printed."""
    lines: list[str] = []
    with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines.append(child.stdout.readline())
        time.sleep(after)
        child.kill()
        lines += child.stdout.readlines()
    yield [line.strip() for line in lines if line.endswith("\n")]


def test_kills_while_evidence_comes_in(tmp_path: Path) -> None:
    dice = random.Random(5)
    told: set[str] = set()
    for turn in range(TIMES):
        with killed(ADD, str(tmp_path), f"run{turn}", after=dice.uniform(0, 0.05)) as lines:
            told |= set(lines) - {""}
        store = EvidenceStore(tmp_path)
        assert store.verify() == ()
        assert told <= {receipt.id for receipt in store.receipts()}
    assert len(told) >= TIMES


def test_kills_while_snapshots_are_made(tmp_path: Path) -> None:
    dice = random.Random(7)
    site = Site(tmp_path).create()
    told: set[str] = set()
    for turn in range(TIMES):
        with killed(SNAPSHOT, str(tmp_path), f"run{turn}", after=dice.uniform(0, 0.4)) as lines:
            told |= set(lines)
        found = snapshots(site)
        assert told <= {one.id for one in found}
        for one in found:
            with Database(one.tables, read_only=True) as database:
                assert database.select("select count(*) from software") == [(50,)]
    with site.lock(wait_seconds=5):
        finish(begin(site, moment=datetime(2026, 6, 1), made=datetime(2026, 6, 1), evidence=[], versions={}))
    assert len(list(site.snapshots.iterdir())) == len(snapshots(site))
    assert not list(site.snapshots.glob("*/.tmp-*"))
