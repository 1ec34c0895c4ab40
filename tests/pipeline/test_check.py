"""From evidence to report, snapshot to snapshot: ages, differences, rebuild, and the line behind a finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from omamori.evaluate.load import load_checks
from omamori.pipeline.check import CheckRequest, CheckResult, check_info, run_check
from omamori.pipeline.compare import compare, comparison_json, comparison_lines
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.rebuild import rebuild_snapshot
from omamori.pipeline.take import take_snapshot, verdicts_of
from omamori.snapshot.manifest import Snapshot, open_snapshot, snapshots
from omamori.snapshot.site import Site

KitMaker = Callable[..., bytes]


def take(site: Path, name: str, data: bytes, received: datetime) -> None:
    file = site.parent / name
    file.write_bytes(data)
    take_in(site, [file], Silent(), received=received)


def judge(
    site: Path, moment: datetime, *, out: Path | None = None, formats: tuple[str, ...] = (), own_checks: tuple[Path, ...] = ()
) -> CheckResult:
    request = CheckRequest(site=site, out=out, language="en", moment=moment, formats=formats, own_checks=own_checks)
    return run_check(request, Silent())


def test_a_finding_keeps_its_first_day_and_points_to_its_line(tmp_path: Path, make_kit: KitMaker) -> None:
    site = tmp_path / "site"
    take(site, "a.kit", make_kit(), datetime(2026, 5, 1, 9))
    judge(site, datetime(2026, 5, 2))
    take(site, "b.kit", make_kit(started="2026-05-20T08:00:00Z"), datetime(2026, 5, 20, 9))
    report = judge(site, datetime(2026, 5, 21)).report
    ended = next(finding for finding in report.findings if finding.check == "support.os_ended")
    assert (ended.verdict, ended.since, ended.age_days, ended.state) == ("fail", datetime(2026, 5, 2), 19, "open")
    assert ended.evidence is not None
    assert ended.evidence.command == "os-release" and "Debian" in ended.evidence.text and ended.evidence.origin == "web01"


def test_the_same_evidence_judged_twice_is_no_change(tmp_path: Path, make_kit: KitMaker) -> None:
    site = tmp_path / "site"
    take(site, "a.kit", make_kit(), datetime(2026, 5, 1, 9))
    for day in (2, 3):
        judge(site, datetime(2026, 5, day))
    comparison = compare(site, None, None)
    assert not comparison.difference.changed
    assert comparison_json(comparison)["new"] == []
    assert "New: 0" in [line.en for line in comparison_lines(comparison)]


def test_rebuild_gives_the_same_verdicts_of_the_same_moment_and_evidence(tmp_path: Path, make_kit: KitMaker) -> None:
    site = tmp_path / "site"
    take(site, "a.kit", make_kit(), datetime(2026, 5, 1, 9))
    first = judge(site, datetime(2026, 5, 2)).snapshot_id
    before = verdicts_of(open_snapshot(Site(site), first))
    open_snapshot(Site(site), first).tables.unlink()
    take(site, "later.kit", make_kit("later", "b" * 32, started="2026-05-03T08:00:00Z"), datetime(2026, 5, 3, 9))
    made = open_snapshot(Site(site), rebuild_snapshot(site, first, Silent()))
    assert verdicts_of(made) == before
    assert made.manifest.moment == datetime(2026, 5, 2) and len(made.manifest.evidence) == 1


def test_evidence_received_after_the_moment_is_not_known_yet(tmp_path: Path, make_kit: KitMaker) -> None:
    site = tmp_path / "site"
    take(site, "a.kit", make_kit(), datetime(2026, 5, 1, 9))
    take(site, "b.kit", make_kit("later", "b" * 32, started="2026-05-03T08:00:00Z"), datetime(2026, 5, 3, 9))
    assert [machine.name for machine in judge(site, datetime(2026, 5, 2)).report.machines] == ["web01"]


def test_every_format_is_written_for_its_owner_only(tmp_path: Path, make_kit: KitMaker) -> None:
    site = tmp_path / "site"
    take(site, "a.kit", make_kit(), datetime(2026, 5, 1, 9))
    result = judge(site, datetime(2026, 5, 2), out=tmp_path / "out", formats=("html", "json", "xlsx"))
    assert [path.name for path in result.files] == ["report.html", "report.json", "report.xlsx"]
    assert {path.stat().st_mode & 0o077 for path in result.files} == {0}
    document = json.loads((tmp_path / "out" / "report.json").read_text())
    assert {"site", "moment", "assets", "coverage", "verdicts"} <= document.keys()


def test_fail_on_is_reached_from_the_severity_upwards(tmp_path: Path, make_kit: KitMaker) -> None:
    site = tmp_path / "site"
    take(site, "a.kit", make_kit(), datetime(2026, 5, 1, 9))
    result = judge(site, datetime(2026, 5, 2))
    worst = {verdict.severity for verdict in result.report.verdicts if verdict.verdict == "fail"}
    assert "high" in worst and result.reaches("high") and result.reaches("low")
    assert result.reaches("critical") == ("critical" in worst)


def test_a_check_of_the_hospital_is_judged_and_a_broken_one_is_told(tmp_path: Path, make_kit: KitMaker) -> None:
    site, own = tmp_path / "site", tmp_path / "own" / "system"
    own.mkdir(parents=True)
    take(site, "a.kit", make_kit(), datetime(2026, 5, 1, 9))
    (own / "bad.sql").write_text("/*---\ntitle: x\n---*/\ndrop table hosts\n")
    with pytest.raises(UserError) as error:
        judge(site, datetime(2026, 5, 2), own_checks=(tmp_path / "own",))
    assert "bad.sql" in error.value.text.en
    assert "bad.sql" in error.value.text.ja


def test_the_report_knows_every_check() -> None:
    infos = [check_info(check) for check in load_checks()]
    assert all(info.title.ja and info.title.en and info.fix.ja and info.fix.en for info in infos)


def test_snapshots_of_one_site_are_kept(tmp_path: Path, make_kit: KitMaker) -> None:
    site = tmp_path / "site"
    take(site, "a.kit", make_kit(), datetime(2026, 5, 1, 9))
    names = [judge(site, datetime(2026, 5, day)).snapshot_id for day in (2, 3)]
    assert [snapshot.id for snapshot in snapshots(Site(site))] == names


def test_a_bill_of_materials_of_no_machine_is_told_until_one_is_named(tmp_path: Path) -> None:
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "metadata": {"component": {"type": "application", "name": "PACS", "version": "3"}},
    }
    data = json.dumps(bill | {"components": [{"type": "library", "name": "log4j-core", "version": "2.14.1"}]})
    for name in ("bom.json", "machine=karte-srv@bom.json"):
        (tmp_path / name).write_text(data)
    site = tmp_path / "site"

    def told(file: str, day: int) -> tuple[str, list[str]]:
        (outcome,) = take_in(site, [tmp_path / file], Silent(), received=datetime(2026, 1, day))
        snapshot = snapshots_after(site, datetime(2026, 1, day))
        return outcome.text.ja, [note.text.ja for note in snapshot.manifest.notes if note.code == "no_machine"]

    said, notes = told("bom.json", 1)
    assert "machine=台帳の機器名@" in said and len(notes) == 1 and "部品1個は、今どの機器にも数えていません" in notes[0]
    said, notes = told("machine=karte-srv@bom.json", 2)
    assert said.startswith("取り込みました") and "machine=" not in said and notes == []


def snapshots_after(site: Path, moment: datetime) -> Snapshot:
    take_snapshot(Site(site), (), moment, Silent())
    return snapshots(Site(site))[-1]
