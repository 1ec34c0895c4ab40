from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from omamori.model.derived import Asset
from omamori.model.look import Collected, PastFinding, Verdict
from omamori.report.trend import read_trend
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import Snapshot, begin, finish, snapshots
from omamori.snapshot.site import Site

DAY0 = datetime(2026, 1, 10, 9)
FAR = datetime(2030, 1, 1)


def make(site: Site, day: float, found: int = 0, machines: int = 3, *, hidden: int = 0, checks: str = "1", looks: int = 0) -> Snapshot:
    moment = DAY0 + timedelta(days=day)
    draft = begin(site, moment=moment, made=moment, evidence=["r"], versions={"checks": checks})
    with Database(draft.tables) as database:
        database.insert(Verdict(check_id="c.x", subject=f"m{n}", verdict="fail", severity="critical") for n in range(found))
        database.insert([Verdict(check_id="c.y", subject="m", verdict="unknown", severity="low")])
        database.insert(Asset(asset=f"m{n}", observed=n < machines) for n in range(5))
        database.insert(PastFinding(check_id="c.x", subject=f"h{n}", now="unknown") for n in range(hidden))
        database.insert(Collected(asset=f"m{n}", table_name="hosts", complete=True) for n in range(looks or machines))
    return finish(draft)


def test_every_check_is_counted_with_how_much_was_looked_at(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    make(site, 0, 4), make(site, 30, 2)
    first, second = read_trend(snapshots(site), FAR).points
    assert (first.found, first.unknown, first.machines, first.known, first.looks, first.checks) == ((4, 0, 0, 0), 1, 3, 5, 3, 2)
    assert (second.found[0], second.fewer, second.other_version, second.notes) == (2, False, False, ())


def test_fewer_findings_because_less_was_looked_at_are_no_progress(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    make(site, 0, 4), make(site, 30, 1, machines=1, hidden=3), make(site, 60, 1, machines=1, looks=5), make(site, 90, 1, machines=1)
    _, less, _, narrower = read_trend(snapshots(site), FAR).points
    assert less.fewer and less.hidden == 3
    assert "見た機器が3台から1台に減りました" in less.notes[0].ja and "直ったとは言えません" in less.notes[0].ja
    assert "3件" in less.notes[1].ja
    assert narrower.fewer and "5から1" in narrower.notes[0].ja


def test_other_checks_and_missing_tables_are_told(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    make(site, 0, 4)
    gone, harmed = make(site, 10, 4), make(site, 20, 4)
    make(site, 30, 4, checks="2")
    gone.tables.unlink()
    harmed.tables.write_bytes(b"no database")
    points = read_trend(snapshots(site), FAR).points
    assert [point.readable for point in points] == [True, False, False, True]
    assert gone.id in points[1].notes[0].en and "omamori rebuild" in points[1].notes[0].ja
    assert points[3].other_version and not points[3].fewer


def test_one_point_a_day_the_last_one_and_none_from_later(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    make(site, 0, 4), make(site, 0.2, 3), make(site, 30, 2), make(site, 60, 1)
    assert [point.found[0] for point in read_trend(snapshots(site), DAY0 + timedelta(days=31)).points] == [3, 2]


def test_a_file_of_an_earlier_version_is_counted(tmp_path: Path) -> None:
    site = Site(tmp_path).create()
    old = make(site, 0, 4)
    with Database(old.tables) as database:
        database.connection.execute("drop table past_findings")
    (point,) = read_trend(snapshots(site), FAR).points
    assert (point.readable, point.found[0], point.hidden) == (True, 4, None)
