"""How long findings are open, over real visits of one machine of the sick hospital."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from omamori.model.look import Verdict
from omamori.pipeline.check import CheckRequest, checks_for, run_check
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.rebuild import rebuild_snapshot
from omamori.pipeline.take import Taken, take_snapshot, verdicts_of
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

SICK = Path(__file__).parents[2] / "src" / "omamori" / "example" / "sick"
MARCH = datetime(2026, 3, 1, 9)
JUNE = datetime(2026, 6, 1, 9)
LATE = datetime(2026, 5, 31, 9)
"""Ninety-one days after the first visit: what was seen then is too old."""


def visit(site: Path, moment: datetime, *files: Path) -> Taken:
    take_in(site, list(files), Silent(), received=moment - timedelta(minutes=5))
    return take_snapshot(Site(site), checks_for(()), moment, Silent())


def keys(taken: Taken) -> dict[tuple[str, str, str], Verdict]:
    """The open findings of a snapshot by their identity."""
    return {(one.check_id, one.subject, one.finding_key): one for one in taken.verdicts if one.verdict == "fail"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Taken]]:
    """Seen, then too old to tell, then seen again: three snapshots of the image server."""
    site = tmp_path_factory.mktemp("site")
    return site, [
        visit(site, MARCH, SICK / "2026-03-01" / "pacs1.kit"),
        visit(site, LATE),
        visit(site, JUNE + timedelta(days=1), SICK / "2026-06-01" / "pacs1.kit"),
    ]


def test_a_finding_that_could_not_be_told_for_a_while_keeps_its_first_day(told: tuple[Path, list[Taken]]) -> None:
    first, blind, last = (keys(taken) for taken in told[1])
    hidden = (first.keys() & last.keys()) - blind.keys()
    assert len(hidden) > 5
    assert {(last[key].since, last[key].unseen_runs, last[key].came_back) for key in hidden} == {(MARCH, 1, None)}
    seen_all_along = first.keys() & blind.keys() & last.keys()
    assert {(last[key].since, last[key].unseen_runs) for key in seen_all_along} == {(MARCH, 0)}


def test_a_rebuild_keeps_every_age(told: tuple[Path, list[Taken]]) -> None:
    site, (*_, last) = told
    name = rebuild_snapshot(site, last.snapshot.id, Silent())
    again = verdicts_of(next(one for one in snapshots(Site(site)) if one.id == name)) or ()
    dates = {(one.check_id, one.finding_key): (one.since, one.unseen_runs) for one in last.verdicts if one.verdict == "fail"}
    assert {(one.check_id, one.finding_key): (one.since, one.unseen_runs) for one in again if one.verdict == "fail"} == dates


def test_the_report_shows_what_is_out_of_sight_and_the_trend(told: tuple[Path, list[Taken]], tmp_path: Path) -> None:
    site, _ = told
    request = CheckRequest(site=site, out=tmp_path / "out", language="ja", moment=LATE + timedelta(hours=1), formats=("json",))
    report = run_check(request, Silent()).report
    assert len(report.aging.hidden) > 5 and {one.days for one in report.aging.hidden} == {91}
    first, late = report.trend.points
    assert first.hidden == 0 and late.hidden == len(report.aging.hidden)
    assert late.fewer and sum(late.found) < sum(first.found)


def test_tables_that_are_gone_do_not_begin_ages_anew_and_it_is_told(tmp_path: Path) -> None:
    first = visit(tmp_path, MARCH, SICK / "2026-03-01" / "lis1.kit")
    second = visit(tmp_path, MARCH + timedelta(days=10))
    second.snapshot.tables.unlink()
    third = visit(tmp_path, MARCH + timedelta(days=20))
    found = [one for one in third.verdicts if one.verdict == "fail"]
    assert len(found) == len([one for one in first.verdicts if one.verdict == "fail"])
    assert {(one.since, one.unseen_runs) for one in found} == {(MARCH, 1)}
    assert [note.origin for note in third.snapshot.manifest.notes if "続いた日数" in note.text.ja] == [second.snapshot.id]


def test_a_machine_that_got_another_name_keeps_its_ages(tmp_path: Path) -> None:
    kit = (SICK / "2026-03-01" / "pacs1.kit").read_bytes()
    again = tmp_path / "again.kit"
    again.write_bytes(kit.replace(b"pacs1", b"gazou9").replace(b"started=2026-03-01T", b"started=2026-03-02T"))
    site = tmp_path / "site"
    first = visit(site, MARCH, SICK / "2026-03-01" / "pacs1.kit")
    second = visit(site, MARCH + timedelta(days=1), again)
    found = [[one for one in taken.verdicts if one.verdict == "fail" and one.subject != "site"] for taken in (first, second)]
    assert [{one.subject for one in verdicts} for verdicts in found] == [{"pacs1"}, {"gazou9"}]
    assert [one.finding_key for one in found[1]] != [one.finding_key for one in found[0]]  # keys name the machine too
    assert {one.since for one in found[1]} == {MARCH}
    with Database(second.snapshot.tables, read_only=True) as database:
        assert not list(database.rows("past_findings"))
