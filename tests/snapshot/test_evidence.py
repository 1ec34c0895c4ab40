from __future__ import annotations

import gzip
import json
import os
import stat
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from omamori.snapshot.clock import believed
from omamori.snapshot.evidence import EvidenceDamagedError, EvidenceStore, Item, Visit
from omamori.snapshot.files import TEMPORARY, remove_leftovers

NOW = datetime(2026, 5, 1, 12)
VISIT = Visit("ssh", "ehr01", NOW - timedelta(minutes=1), "0.2.0", date(2026, 4, 1))


def items(*texts: str) -> list[Item]:
    return [Item(f"linux.{number}", text.encode(), NOW) for number, text in enumerate(texts)]


def test_what_was_added_is_read_back(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    added = store.add(VISIT, items("one", "two"), NOW)
    assert added is not None
    assert store.receipts() == (added,)
    assert [store.read(item.sha256) for item in added.items] == [b"one", b"two"]
    assert added.visit == VISIT
    assert store.verify() == ()


def test_the_same_content_gives_no_new_receipt(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    store.add(VISIT, items("one"), NOW)
    assert store.add(VISIT, items("one"), NOW + timedelta(days=3)) is None
    later = Visit("ssh", "ehr01", NOW + timedelta(days=3), "0.2.0")
    assert store.add(later, items("one"), NOW + timedelta(days=3)) is not None
    first = store.add(Visit("file", "", NOW, ""), items("book"), NOW)
    again = store.add(Visit("file", "", NOW + timedelta(days=1), ""), items("book"), NOW + timedelta(days=1))
    assert (first is None, again is None) == (False, True)
    assert len(store.receipts()) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read(tmp_path: Path) -> None:
    EvidenceStore(tmp_path / "site").add(VISIT, items("one"), NOW)
    for path in (tmp_path / "site").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_one_altered_output_is_named_and_loses_no_other(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    added = store.add(VISIT, items("one", "two", "three"), NOW)
    assert added is not None
    paths = {item.sha256: next(tmp_path.rglob(f"{item.sha256}.gz")) for item in added.items}
    altered, lost, good = (item.sha256 for item in added.items)
    paths[altered].write_bytes(gzip.compress(b"forged"))
    paths[lost].unlink()
    assert {damage.path for damage in store.verify()} == {paths[altered], paths[lost]}
    assert store.read(good) == b"three"
    for broken in (altered, lost):
        with pytest.raises(EvidenceDamagedError):
            store.read(broken)
    assert store.add(VISIT, items("one", "two", "three"), NOW) is None
    assert store.verify() == ()


def test_a_damaged_receipt_is_named_and_loses_no_other(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    first, second = store.add(VISIT, items("one"), NOW), store.add(VISIT, items("two"), NOW)
    assert first is not None
    assert second is not None
    path = tmp_path / "evidence" / "receipts" / f"{first.id}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["visit"]["host"] = "other"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert store.receipts() == (second,)
    assert [damage.path for damage in store.verify()] == [path]
    assert store.add(VISIT, items("one"), NOW) == first


def test_nothing_leads_out_of_the_folder(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    for name in ("../../etc/passwd", "a" * 63 + "/", "", "A" * 64):
        with pytest.raises(EvidenceDamagedError):
            store.read(name)
    item = Item("x", b"1", NOW, file_name="..\\..\\C:/evil\n.txt", stderr="password=Xy7hhwq")
    added = store.add(Visit("file", "../../x", None, ""), [item], NOW)
    assert added is not None
    assert added.items[0].file_name == "evil?.txt"
    assert added.items[0].stderr == "password=[secret: password, set]"
    assert all(path.is_relative_to(tmp_path / "evidence") for path in tmp_path.rglob("*.*"))


def test_unfinished_files_of_killed_runs_go(tmp_path: Path) -> None:
    (tmp_path / f"{TEMPORARY}1").write_bytes(b"half")
    assert remove_leftovers(tmp_path, older_than_seconds=60) == 0
    assert remove_leftovers(tmp_path) == 1


def test_the_earlier_of_two_clocks_counts() -> None:
    built = date(2026, 4, 1)
    assert believed(NOW - timedelta(days=2), NOW, built) == (NOW - timedelta(days=2), "")
    assert believed(NOW + timedelta(days=700), NOW, built) == (NOW, "ahead")
    assert believed(datetime(2019, 1, 1), NOW, built) == (NOW, "before_build")
    assert believed(None, NOW, built) == (NOW, "")
