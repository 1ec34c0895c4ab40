"""From what machines show to verdicts on backups: a small hospital is analysed and judged, also with looks taken out of it."""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from omamori.analyze.backup_posture import ANALYZER
from omamori.analyze.interface import Moment
from omamori.evaluate.connection import Limits
from omamori.evaluate.guard import guard
from omamori.evaluate.judge import judge_open
from omamori.evaluate.load import load_checks
from omamori.knowledge.pack import starter_pack
from omamori.model.backup import BackupRepository, RestoreProof
from omamori.model.declared import DeclaredBackup
from omamori.model.look import EVERYWHERE, Verdict
from omamori.snapshot.database import Database

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).parent.parent / "analyze" / "backups" / "small_hospital.py")
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)

GUARDED = [guard(check) for check in load_checks() if check.id.startswith("backup.")]
NOW: datetime = small.NOW
TAPE = DeclaredBackup(asset="ehr", job="tape", medium="tape", target="LTO", every_days=7, generations=4, offline="yes")


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with Database() as own:
        yield own


def verdicts(database: Database, hospital: Any) -> tuple[Verdict, ...]:
    """Analyse a hospital and judge its backups; the database is left empty."""
    database.connection.execute("begin")
    try:
        database.insert(hospital.rows)
        database.insert(hospital.looks)
        database.insert(list(ANALYZER.run(database, Moment(NOW, starter_pack()))))
        return judge_open(database.connection, GUARDED, NOW, Limits(seconds=20.0))
    finally:
        database.connection.execute("rollback")


def said(found: tuple[Verdict, ...], check: str, subject: str = "ehr") -> set[str]:
    return {verdict.verdict for verdict in found if (verdict.check_id, verdict.subject) == (f"backup.{check}", subject)}


def proof(**more: Any) -> RestoreProof:
    whole = {"asset": "ehr", "job": "nightly", "repository": "restic:1", "result": "whole", "ended": NOW - timedelta(days=3), **more}
    return RestoreProof(**whole)


def test_a_backup_server_the_department_reaches_fails_with_the_way_and_passes_once_it_fetches(database: Database) -> None:
    before = verdicts(database, small.pushed().add(*small.append_store(deletes=True)))
    (reached,) = [verdict for verdict in before if verdict.check_id == "backup.reached_from_zones" and verdict.verdict == "fail"]
    assert "DEPARTMENT > FW > bk" in reached.message_en and "FW forward: 7" in reached.message_en
    assert said(before, "nothing_left") == {"fail"}
    assert said(before, "declared_no_offline") == {"fail"}
    after = verdicts(database, small.fetched())
    for check in (
        "reached_from_zones",
        "nothing_left",
        "declared_no_offline",
        "declared_offline_stale",
        "declared_same_server",
        "same_domain",
    ):
        assert said(after, check) == {"pass"}, check


def test_the_domain_administrators_account_fails(database: Database) -> None:
    good = small.fetched()
    assert "fail" not in said(verdicts(database, good), "domain_administrator")
    rows = [replace(row, account="HOSP\\Administrator") if isinstance(row, DeclaredBackup) else row for row in good.rows]
    found = verdicts(database, small.Hospital(rows, good.looks))
    assert said(found, "domain_administrator") == {"fail"}


def test_offline_on_the_ledgers_word_alone_is_unknown_declared_not_seen(database: Database) -> None:
    believed = small.fetched().never("backup_repositories").never("backup_generations").never("reached_services")
    found = verdicts(database, believed)
    offline = [verdict for verdict in found if (verdict.check_id, verdict.subject) == ("backup.declared_no_offline", "ehr")]
    assert [(verdict.verdict, verdict.reason) for verdict in offline] == [("unknown", "declared_not_seen")]
    assert "pass" not in said(found, "nothing_left") | said(found, "declared_offline_stale") | said(found, "declared_restore_untested")


def test_one_copy_that_came_back_speaks_for_the_machine(database: Database) -> None:
    """Another copy that was never restored takes nothing from it; what a tape nobody saw is reached by stays open."""
    both = small.fetched().add(TAPE).looked("ehr", "restore_proofs")
    found = verdicts(database, both.add(proof()))
    assert said(found, "declared_restore_untested") == {"pass"}
    assert said(found, "same_domain") == said(found, "reached_from_zones") == {"unknown"}
    assert said(verdicts(database, both), "declared_restore_untested") == {"unknown"}
    old = [replace(row, last_restore_test=date(2022, 3, 10)) if row == TAPE else row for row in both.rows]
    assert said(verdicts(database, small.Hospital(old, both.looks)), "declared_restore_untested") == {"fail"}


def test_a_medium_seen_on_the_machine_itself_is_not_asked_for_a_keeper(database: Database) -> None:
    seen = BackupRepository(
        asset="ehr", job="weekly", repository="restic:9", target="/media/rdx", target_kind="removable", medium="RDX-1", readable=True
    )
    found = verdicts(database, small.fetched().add(seen))
    assert said(found, "same_domain") == said(found, "reached_from_zones") == {"pass"}


def test_a_repository_that_did_not_open_is_not_one_of_no_generations(database: Database) -> None:
    shut = BackupRepository(
        asset="ehr", job="weekly", repository="restic:9", target="bk:/srv/b", readable=False, unreadable_because="wrong-password"
    )
    found = verdicts(database, small.fetched().add(shut))
    assert said(found, "password_wrong") == {"fail"}
    assert said(found, "few_generations") == {"unknown"}
    assert "pass" not in said(found, "no_clean_generation") | said(found, "structure_broken") | said(found, "contents_not_looked_into")


def test_a_restore_that_differed_fails_until_one_is_whole(database: Database) -> None:
    differed = small.fetched().looked("ehr", "restore_proofs").add(proof(result="differs", files_differ=2))
    assert said(verdicts(database, differed), "restore_differed") == {"fail"}
    mended = differed.add(proof(ended=NOW - timedelta(days=1)))
    assert said(verdicts(database, mended), "restore_differed") == {"pass"}


@pytest.mark.parametrize("shape", ["fetched", "pushed"])
def test_taking_a_look_away_lets_nothing_pass_and_no_verdict_vanish(database: Database, shape: str) -> None:
    whole = getattr(small, shape)().add(TAPE).looked("ehr", "restore_proofs").add(proof(), *small.append_store(deletes=True))
    before = _worst(verdicts(database, whole))
    for look in whole.looks:
        of = None if look.asset == EVERYWHERE else look.asset
        after = _worst(verdicts(database, whole.without(look.table_name, of)))
        for place, words in before.items():
            assert place in after, (look.table_name, look.asset, place)
            if words & {"fail", "unknown"}:
                assert after[place] != {"pass"}, (look.table_name, look.asset, place)


def _worst(found: tuple[Verdict, ...]) -> dict[tuple[str, str], set[str]]:
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for verdict in found:
        listed[(verdict.check_id, verdict.subject)].add(verdict.verdict)
    return listed
