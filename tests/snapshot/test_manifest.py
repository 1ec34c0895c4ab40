from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from omamori.model.text import Text
from omamori.snapshot.manifest import begin, clear_unfinished, finish, open_snapshot, snapshots, source_version
from omamori.snapshot.note import Note
from omamori.snapshot.site import Site, SiteError

MAY = datetime(2026, 5, 1, 12)
NOTE = Note("problem", "ehr01", "linux.host", Text("読めません", "not read"), "abcd", 3)


def make(site: Site, moment: datetime, *evidence: str, parsers: str = "1") -> str:
    draft = begin(site, moment=moment, made=moment, evidence=evidence, versions={"parsers": parsers})
    draft.tables.write_bytes(b"tables")
    return finish(draft, [NOTE]).id


def test_a_snapshot_comes_back_as_it_was_made(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    first, second = make(site, MAY, "r1"), make(site, MAY + timedelta(days=31), "r1", "r2")
    found = snapshots(site)
    assert [one.id for one in found] == [first, second]
    assert found[1].manifest.previous == first
    assert found[1].manifest.notes == (NOTE,)
    assert found[1].manifest.evidence == ("r1", "r2")
    assert found[1].tables.read_bytes() == b"tables"


def test_other_parsers_make_another_snapshot_and_the_same_makes_the_same(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    first = make(site, MAY, "r1")
    assert make(site, MAY, "r1") == first
    assert make(site, MAY, "r1", parsers="2") != first
    assert len(snapshots(site)) == 2


def test_a_folder_without_manifest_does_not_exist(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    first = make(site, MAY, "r1")
    draft = begin(site, moment=MAY + timedelta(days=1), made=MAY, evidence=["r2"], versions={})
    draft.tables.write_bytes(b"half")
    again = begin(site, moment=MAY, made=MAY, evidence=["r1"], versions={"parsers": "1"})
    again.tables.write_bytes(b"half")
    assert [one.id for one in snapshots(site)] == [first]
    assert snapshots(site)[0].tables.read_bytes() == b"tables"
    clear_unfinished(site)
    assert [path.name for path in sorted((site.snapshots / first).iterdir())] == ["manifest.json", "tables.duckdb"]
    assert not draft.folder.exists()
    (site.snapshots / first / "manifest.json").write_bytes(b'{"format": 1')
    assert snapshots(site) == ()


def test_found_by_id_beginning_or_date(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    with pytest.raises(SiteError, match="omamori check"):
        open_snapshot(site)
    first, second = make(site, MAY, "r1"), make(site, MAY + timedelta(days=31), "r1")
    assert open_snapshot(site).id == second
    assert open_snapshot(site, first).id == first
    assert open_snapshot(site, first[:10]).id == first
    assert open_snapshot(site, "2026-05-20").id == first
    for nothing in ("2026-04-30", "x", "../.."):
        with pytest.raises(SiteError, match="choose one of"):
            open_snapshot(site, nothing)


def test_a_changed_source_changes_the_version(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("select 1", encoding="utf-8")
    before = source_version(tmp_path)
    (tmp_path / "note.md").write_text("x", encoding="utf-8")
    assert source_version(tmp_path) == before
    (tmp_path / "a.sql").write_text("select 2", encoding="utf-8")
    assert source_version(tmp_path) != before
