"""Both golden hospitals, taken in and judged once per test process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from hospitals_feeds import AS_OF, feeds
from omamori.evaluate.check import Check
from omamori.feeds.take import Agreed
from omamori.model.look import Verdict
from omamori.parse.windows.store import KIND as WINDOWS
from omamori.pipeline.check import checks_for
from omamori.pipeline.feeds import BuildRequest, build, make_key
from omamori.pipeline.feeds import take_in as take_pack_in
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.site import Site

HERE = Path(__file__).parent
SICK = HERE.parent.parent / "src" / "omamori" / "example" / "sick"
MOMENT = datetime(2026, 6, 1, 9)


@dataclass(frozen=True)
class Judged:
    """A hospital after its last visit. `kits`: the Windows machines whose evidence came as a kit result, by its address."""

    tables: Path
    moment: datetime
    checks: tuple[Check, ...]
    verdicts: tuple[Verdict, ...]
    refused: tuple[str, ...]
    notes: tuple[Any, ...]
    kits: Mapping[str, str]


def knowledge(folder: Path) -> Path:
    """Make the pack both hospitals are judged with, as a supporter would: of files, with a key of his own."""
    saved = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 12).timestamp()
    for name, content in feeds().items():
        file = folder / "files" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, (saved, saved))
    key, pack = folder / "key", folder / "golden.omamori-pack"
    make_key(key, "")
    built, _ = build(BuildRequest((folder / "files",), pack, key), Silent())
    assert not built.unknown, [one.shown for one in built.unknown]
    return pack


def judged(folder: Path, visits: list[tuple[datetime, datetime, list[Path]]], pack: Path) -> Judged:
    """Take the visits in one after the other (received, moment, files) and judge after each."""
    site, checks = Site(folder), checks_for(())
    take_pack_in(folder, pack, Agreed(compare=lambda _: True), Silent())
    refused: list[str] = []
    for received, moment, files in visits:
        outcomes = take_in(folder, files, Silent(), received=received)
        # "Places not understood" stand in the words of an outcome: evidence of these hospitals is whole.
        refused += [f"{item.name}: {item.text.en}" for item in outcomes if item.status != "stored" or "not understood" in item.text.en]
        taken = take_snapshot(site, checks, moment, Silent())
    kits = {
        item.sha256: str(receipt.visit.host)
        for receipt in EvidenceStore(folder).receipts()
        if receipt.visit.how == "kit"
        for item in receipt.items
        if item.kind == WINDOWS
    }
    return Judged(taken.snapshot.tables, moment, checks, taken.verdicts, tuple(refused), tuple(taken.snapshot.manifest.notes), kits)


@pytest.fixture(scope="session")
def golden_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of both hospitals."""
    return knowledge(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture(scope="session")
def sick(tmp_path_factory: pytest.TempPathFactory, golden_pack: Path) -> Judged:
    """The sick hospital: the example that ships, after both visits."""
    described = yaml.safe_load((SICK / "example.yaml").read_text(encoding="utf-8"))
    visits = [
        (datetime.fromisoformat(visit["received"]), datetime.fromisoformat(visit["moment"]), [SICK / name for name in visit["files"]])
        for visit in described["visits"]
    ]
    return judged(tmp_path_factory.mktemp("sick"), visits, golden_pack)


@pytest.fixture(scope="session")
def healthy(tmp_path_factory: pytest.TempPathFactory, golden_pack: Path) -> Judged:
    """The healthy hospital."""
    return judged(tmp_path_factory.mktemp("healthy"), [(datetime(2026, 6, 1, 8, 55), MOMENT, [HERE / "healthy" / "raw"])], golden_pack)
