"""Looking into a few restored files: judged, held against what they were, wiped."""

from __future__ import annotations

import hashlib
import random
import shutil
import threading
from pathlib import Path

import pytest

from hospital_files import content
from omamori.backup.interface import Key, Repository
from omamori.backup.look.picking import Pick
from omamori.backup.look.sample import canary_state, look_into
from omamori.backup.registry import open_place

DICE = random.Random(3)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for day in ("2026-05-01", "2026-05-02"):
        folder = tmp_path / "nas" / day
        folder.mkdir(parents=True)
        for number in range(12):
            for kind in ("pdf", "docx"):
                (folder / f"k{number}.{kind}").write_bytes(content(kind, DICE))
    (tmp_path / "shop").mkdir()
    (tmp_path / "samples").mkdir()
    return tmp_path


def opened(place: Path) -> Repository:
    return open_place(str(place / "nas"), Key(), place / "shop")


def picks(state: str, *names: str, before: bool) -> list[Pick]:
    return [Pick(f"/{name}", 3000, state, f"/{name}" if before else "") for name in names]


def test_changed_files_are_held_against_what_they_were(place: Path) -> None:
    newer = place / "nas" / "2026-05-02"
    for number in range(5):
        (newer / f"k{number}.pdf").write_bytes(DICE.randbytes(9000))
    (newer / "k0.docx").write_bytes(DICE.randbytes(9000))
    (place / "nas" / "2026-05-01" / "k0.docx").write_bytes(DICE.randbytes(9000))
    repository = opened(place)
    old, new = repository.generations()
    names = [f"k{number}.{kind}" for number in range(8) for kind in ("pdf", "docx")]
    seen = look_into(repository, new, old, picks("changed", *names, before=True), (), place / "samples", shutil.rmtree, threading.Event())
    assert (seen.kept.bad, seen.kept.proven, seen.kept.judged, seen.kept.endings, seen.kept.wrapped) == (5, 5, 15, ("pdf",), False)
    assert list((place / "samples").iterdir()) == []


def test_what_begins_alike_is_wrapped_and_references_are_looked_at(place: Path) -> None:
    newer = place / "nas" / "2026-05-02"
    for number in range(6):
        (newer / f"n{number}.xyz").write_bytes(b"PRODUCT1" + DICE.randbytes(9000))
    repository = opened(place)
    old, new = repository.generations()
    added = picks("added", *(f"n{number}.xyz" for number in range(6)), before=False)
    seen = look_into(
        repository,
        new,
        old,
        added,
        picks("reference", "k1.pdf", "k2.pdf", before=False),
        place / "samples",
        shutil.rmtree,
        threading.Event(),
    )
    assert (seen.by_ending["xyz"].bad, seen.by_ending["xyz"].wrapped, seen.by_ending["xyz"].proven) == (6, True, 0)
    assert (seen.before.judged, seen.before.bad) == (2, 0) and seen.added.bad == 0


def test_a_canary(place: Path) -> None:
    newer = place / "nas" / "2026-05-02"
    text = "確認用 canary\n".encode()
    repository = opened(place)
    _, new = repository.generations()
    good = hashlib.sha256(text).hexdigest()

    def state() -> str:
        return canary_state(repository, new, "/c.txt", good, place / "samples", shutil.rmtree, threading.Event())

    assert state() == "missing"
    for written, told in ((text, "same"), (text + b"x", "changed"), (DICE.randbytes(900), "encrypted")):
        (newer / "c.txt").write_bytes(written)
        assert state() == told
    assert list((place / "samples").iterdir()) == []


@pytest.mark.parametrize("path", ["/../nas/2026-05-01/k1.pdf", "/", ""])
def test_no_name_leads_out_of_our_folder(place: Path, path: str) -> None:
    repository = opened(place)
    _, new = repository.generations()
    assert canary_state(repository, new, path, "", place / "samples", shutil.rmtree, threading.Event()) == "missing"
