from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from omamori.model.look import PastFinding, Verdict
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import Snapshot, begin, finish, snapshots
from omamori.snapshot.memory import remember
from omamori.snapshot.site import Site

MAY = datetime(2026, 5, 1, 12)


def make(site: Site, day: int, *rows: object, parsers: str = "1") -> Snapshot:
    moment = MAY + timedelta(days=day)
    draft = begin(site, moment=moment, made=moment + timedelta(hours=int(parsers)), evidence=["r"], versions={"parsers": parsers})
    with Database(draft.tables) as database:
        database.insert(rows)
    return finish(draft)


def fail(key: str, day: int = 0) -> Verdict:
    return Verdict(check_id="c.x", subject="a", finding_key=key, verdict="fail", severity="high", since=MAY + timedelta(days=day))


def test_the_newest_readable_snapshot_before_counts_and_what_was_passed_over_is_told(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    first = make(site, 0, fail("k"), PastFinding(check_id="c.x", subject="a", finding_key="old", now="gone"))
    harmed, gone = make(site, 1), make(site, 2)
    harmed.tables.write_bytes(b"no database")
    gone.tables.unlink()
    last = make(site, 3)
    memory, notes = remember(last.manifest, snapshots(site))
    assert memory is not None and memory.moment == first.manifest.moment
    assert [one.finding_key for one in memory.open] == ["k"] and [one.finding_key for one in memory.past] == ["old"]
    assert memory.unread == 2
    assert [note.origin for note in notes] == [gone.id, harmed.id]


def test_nothing_before_is_no_memory(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    assert remember(make(site, 0).manifest, snapshots(site)) == (None, ())


def test_a_rebuild_asks_what_was_before_its_moment_and_its_own_moment_where_that_is_gone(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    before, same = make(site, 0, fail("k")), make(site, 9, fail("k"))
    rebuilt = make(site, 9, parsers="2")
    memory, notes = remember(rebuilt.manifest, snapshots(site))
    assert memory is not None and (memory.moment, memory.unread, notes) == (before.manifest.moment, 0, ())
    before.tables.unlink()
    memory, notes = remember(rebuilt.manifest, snapshots(site))
    assert memory is not None and (memory.moment, memory.unread, notes) == (same.manifest.moment, 0, ())
    assert memory.open[0].since == MAY


def test_a_file_of_an_earlier_version_still_tells_its_dates(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    old = make(site, 0, fail("k", -30))
    with Database(old.tables) as database:
        database.connection.execute("drop table past_findings")
        for column in ("accepted_since", "unseen_runs", "came_back"):
            database.connection.execute(f"alter table verdicts drop column {column}")
    memory, _ = remember(make(site, 1).manifest, snapshots(site))
    assert memory is not None and [one.since for one in memory.open] == [MAY - timedelta(days=30)]
    assert memory.past == []
