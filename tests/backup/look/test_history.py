"""Comparing generations of real folders: what an attacker leaves is told, what people do is not called certain."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from datetime import datetime
from pathlib import Path

import pytest

from hospital_files import a_day, encrypt, innocent, make
from omamori.backup.interface import Key
from omamori.backup.look.history import History, Room, look_back
from omamori.backup.look.picking import MOST_BYTES
from omamori.backup.registry import open_place
from omamori.parse.backup.canary import Canary
from omamori.parse.backup.look_clean import clean_run
from omamori.parse.backup.look_record import LookRecord

DAYS = [f"2026-05-{day:02}" for day in range(1, 10)]


class Hospital:
    """A folder and its copies by day."""

    def __init__(self, folder: Path) -> None:
        self.source, self.place, self.folder = folder / "source", folder / "nas", folder
        self.place.mkdir()
        make(self.source, 120)
        self.day = 0

    def copy(self, day: str = "") -> None:
        shutil.copytree(self.source, self.place / (day or DAYS[self.day]), dirs_exist_ok=True)
        self.day += 1

    def look(self, before: History | None = None, *, canaries: tuple[Canary, ...] = (), most: int = 30, stop: bool = False) -> History:
        shop = Path(tempfile.mkdtemp(dir=self.folder))
        samples = shop / "samples"
        samples.mkdir(parents=True)
        (shop / "work").mkdir()
        repository = open_place(str(self.place), Key(), shop / "work")
        record = (
            LookRecord(made=datetime(2026, 5, 9), version="", runs=before.runs, signs=before.signs, canary=before.canary)
            if before
            else None
        )
        stopping = threading.Event()
        if stop:
            stopping.set()
        told = look_back(
            repository, repository.generations(), record, {"": canaries}, Room(samples, shutil.rmtree), lambda done, total: None, stopping, most
        )  # fmt: skip
        assert list(samples.iterdir()) == [], "samples lie about"
        return told

    def clean(self, told: History) -> str:
        found = clean_run(told.runs, told.signs)
        return found.id if found is not None else ""


@pytest.fixture
def hospital(tmp_path: Path) -> Hospital:
    one = Hospital(tmp_path)
    for day in range(3):
        a_day(one.source, day)
        one.copy()
    return one


def signs(told: History) -> set[tuple[str, str, bool]]:
    return {(one.generation, one.kind, one.certain) for one in told.signs}


def test_calm_days_show_nothing_and_are_compared_once(hospital: Hospital) -> None:
    told = hospital.look()
    assert (told.now, told.left, signs(told), hospital.clean(told)) == (3, 0, set(), DAYS[2])
    assert [run.compared.against if run.compared else None for run in told.runs] == ["", DAYS[0], DAYS[1]]
    assert told.runs[2].compared is not None and told.runs[2].compared.added == 4
    again = hospital.look(told)
    assert (again.left, again.runs, hospital.clean(again)) == (0, told.runs, DAYS[2])


def test_copies_in_an_open_folder_are_looked_at_again(hospital: Hospital) -> None:
    """An attacker who reaches the folder encrypts the copies themselves."""
    told = hospital.look()
    inner = hospital.folder / "source"
    shutil.rmtree(inner)
    shutil.move(hospital.place / DAYS[1], inner)
    encrypt(inner, rename=False, note="")
    shutil.move(inner, hospital.place / DAYS[1])
    told = hospital.look(told)
    assert (DAYS[1], "looks-encrypted", True) in signs(told), signs(told)
    assert hospital.clean(told) == DAYS[0]


@pytest.mark.parametrize(
    ("ending", "note"), [(".locked9", "RESTORE_FILES_NOTE.txt"), (".lockbit", "Restore-My-Files.txt"), (".id-1A2B.[x@y.z].eking", "")]
)
def test_renamed_and_encrypted(hospital: Hospital, ending: str, note: str) -> None:
    encrypt(hospital.source, ending, note=note)
    shutil.rmtree(hospital.place / DAYS[2])
    hospital.day -= 1
    hospital.copy()
    told = hospital.look()
    assert (DAYS[2], "renamed", True) in signs(told), signs(told)
    assert hospital.clean(told) == DAYS[1]
    if note.startswith("Restore"):
        assert {(DAYS[2], "ransom-extension", True), (DAYS[2], "ransom-note", True)} <= signs(told)


def test_encrypted_in_place_in_part_of_the_folders(hospital: Hospital) -> None:
    for path in sorted(hospital.source.glob("dept[123]/*")):
        path.write_bytes(b"".join(hash(str(number)).to_bytes(8, "big", signed=True) for number in range(900)))
    hospital.copy()
    told = hospital.look()
    assert (DAYS[3], "looks-encrypted", True) not in signs(told), "all files with the same bytes: a program's, not a key stream's"
    encrypt(hospital.source, rename=False, note="")
    hospital.copy()
    assert hospital.clean(hospital.look()) in (DAYS[2], DAYS[3])


def test_large_innocent_changes_are_not_certain(hospital: Hospital) -> None:
    told = hospital.look()
    innocent(hospital.source)
    hospital.copy()
    told = hospital.look(told)
    assert not any(one.certain for one in told.signs), told.signs
    assert hospital.clean(told) == DAYS[3], told.signs
    shutil.rmtree(hospital.source / "dept1")
    make(hospital.source / "another", 200, seed=7)
    hospital.copy()
    told = hospital.look(told)
    assert not any(one.certain for one in told.signs) and hospital.clean(told) == DAYS[4], told.signs


def test_what_always_was_encrypted_is_no_news(tmp_path: Path) -> None:
    one = Hospital(tmp_path)
    encrypt(one.source, rename=False, note="")
    for day in range(3):
        for path in sorted(one.source.rglob("kanja*"))[day::7]:
            path.write_bytes(path.read_bytes()[::-1])
        one.copy()
    told = one.look()
    assert not [sign for sign in told.signs if sign.generation != DAYS[0]], told.signs
    assert not any(sign.certain for sign in told.signs)


def test_newest_first_and_the_rest_next_time(hospital: Hospital) -> None:
    told = hospital.look(most=1)
    assert [run.compared is not None for run in told.runs] == [False, False, True] and told.left == 2
    told = hospital.look(told, most=1)
    assert [run.compared is not None for run in told.runs] == [False, True, True]


def test_a_stop_keeps_what_was_compared(hospital: Hospital) -> None:
    first = hospital.look(most=2)
    told = hospital.look(first, stop=True)
    assert told.ended is not None and told.ended.code == "stopped" and told.runs == first.runs


def test_a_name_that_is_used_again_is_another_generation(hospital: Hospital) -> None:
    encrypt(hospital.source)
    hospital.copy(DAYS[3])
    told = hospital.look()
    assert any(one.certain for one in told.signs)
    shutil.rmtree(hospital.place / DAYS[3])
    shutil.copytree(hospital.place / DAYS[2], hospital.place / DAYS[3])
    told = hospital.look(told)
    assert told.signs == () and hospital.clean(told) == DAYS[3]


def test_a_canary_is_followed_from_the_day_it_was_set(hospital: Hospital) -> None:
    data = "バックアップの確認用".encode() * 20
    canary = Canary(datetime(2026, 5, 2, 23), "ehr", "", "D:\\data\\omamori-kakunin-1.txt", hashlib.sha256(data).hexdigest(), len(data))
    path = hospital.source / "omamori-kakunin-1.txt"
    told = hospital.look(canaries=(canary,))
    assert {one.generation: one.state for one in told.canary} == {DAYS[2]: "missing"} and told.signs == () and told.unseen == 1
    for written in (data, data.upper()[::-1], None):
        if written is not None:
            path.write_bytes(written)
        else:
            path.unlink()
        hospital.copy()
    told = hospital.look(canaries=(canary,))
    assert [one.state for one in told.canary] == ["missing", "same", "changed", "missing"]
    assert {(name, kind) for name, kind, _ in signs(told)} == {(DAYS[4], "canary-changed")}


def test_the_bounds_are_those_the_help_tells() -> None:
    assert MOST_BYTES == 64 * 1024**2
