"""Whether a copy is cut off or cannot be deleted, by evidence alone."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from omamori.analyze.backups.apart import judge
from omamori.analyze.backups.copies import copies_of
from omamori.analyze.backups.network import reach_of
from omamori.model.backup import BackupGeneration, BackupRepository
from omamori.model.declared import DeclaredBackup
from omamori.model.host import Mount
from omamori.model.ways_in import ReachedService

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def judged(hospital, job=None):
    facts = small.facts(hospital)
    (copy,) = [one for one in copies_of(facts, "ehr") if job in (None, one.name)]
    return judge(facts, copy, reach_of(facts, "ehr", copy.kept_on, {}))


def changed(hospital, kind, **more):
    return small.Hospital([replace(row, **more) if isinstance(row, kind) else row for row in hospital.rows], hospital.looks)


def shown(one):
    return one.offline.value, one.by, one.fate


REACHED = ReachedService(origin="EHR", asset="bk", address="10.8.0.11", protocol="tcp", port=22)


def test_nobody_reaches_it():
    assert shown(judged(small.fetched())) == (True, "not-reached", "survives")


def test_reached_and_not_known_whether_it_can_be_deleted():
    one = judged(small.fetched().add(REACHED))
    assert shown(one) == (None, "declared", "unknown") and "reached: EHR" in one.offline.told


def test_reached_and_deletable_is_lost():
    one = judged(changed(small.fetched().add(REACHED), BackupRepository, append_only=False))
    assert shown(one) == (False, "nothing", "lost") and one.fate_told == ("reached: EHR", "not-append-only")


def test_an_object_lock_outlives_every_account():
    locked = changed(small.fetched().add(REACHED), BackupRepository, locked_until=small.NOW + timedelta(days=30))
    assert shown(judged(changed(locked, DeclaredBackup, same_credentials="yes"))) == (True, "object-lock", "survives")
    over = changed(small.fetched().add(REACHED), BackupRepository, locked_until=small.NOW - timedelta(days=1))
    assert judged(over).fate != "survives"


def test_append_only_is_lost_with_the_same_administrator():
    reached = changed(small.fetched().add(REACHED), BackupRepository, append_only=True)
    assert shown(judged(reached)) == (True, "append-only", "survives")
    assert shown(judged(changed(reached, DeclaredBackup, same_credentials="yes"))) == (True, "append-only", "lost")
    assert judged(reached.without("accounts", "bk")).fate == "unknown"


def test_cut_off_from_the_network_no_account_helps():
    assert shown(judged(changed(small.fetched(), DeclaredBackup, same_credentials="yes"))) == (True, "not-reached", "survives")


def test_a_medium_that_was_out_when_looked_at_later():
    one = judged(small.on_a_medium())
    assert shown(one) == (True, "medium-out", "survives") and one.offline.told == ("medium-out: RDX-1", "not-reached")


@pytest.mark.parametrize("case", ["still in", "looked before", "not looked", "nobody said where"])
def test_a_medium_of_which_that_is_not_known(case):
    hospital = small.on_a_medium().add(REACHED)
    hospital = {
        "still in": lambda: hospital.add(Mount(asset="bk", path="/media/rdx", device="/dev/sdb1", options="rw")),
        "looked before": lambda: hospital.looked("bk", "mounts", seen=small.NOW - timedelta(hours=1)),
        "not looked": lambda: hospital.without("mounts", "bk"),
        "nobody said where": lambda: changed(hospital, BackupRepository, kept_on=None),
    }[case]()
    one = judged(hospital)
    assert one.offline.value is not True and one.fate != "survives"


def test_a_disk_that_was_not_attached():
    bare = (
        small.fetched().never("backup_repositories").never("backup_generations").never("declared_backups").looked("*", "declared_backups")
    )
    run = BackupGeneration(
        asset="ehr", job="windows-backup", generation="1", finished=datetime(2026, 5, 30), ok=True, target="USB E:", target_kind="removable"
    )
    hospital = bare.add(run, Mount(asset="ehr", path="C:\\")).looked("ehr", "backup_generations")
    assert shown(judged(hospital)) == (True, "not-mounted", "survives")
    assert shown(judged(hospital.add(Mount(asset="ehr", path="E:\\")))) == (False, "nothing", "lost")
    assert judged(hospital.without("mounts", "ehr")).offline.value is None


def test_the_ledger_alone_says_nothing_for_sure():
    one = judged(small.fetched().never("backup_repositories").never("backup_generations"))
    assert shown(one) == (None, "declared", "unknown") and one.offline.told[0] == "declared-not-seen"
    said_no = changed(small.fetched().never("backup_repositories").never("backup_generations"), DeclaredBackup, offline="no")
    assert shown(judged(said_no)) == (None, "nothing", "unknown")


@pytest.mark.parametrize(
    ("table", "asset", "hint"),
    [("interfaces", "bk", "look-at-keeper"), ("interfaces", "ehr", "look-at-server"), ("reachability", "*", "look-at-network")],
)
def test_what_would_show_it_is_told(table, asset, hint):
    assert hint in judged(small.fetched().without(table, None if asset == "*" else asset)).offline.told


def test_inside_the_machine_it_is_lost():
    inside = DeclaredBackup(asset="ehr", job="own", medium="same-server", target="/var/backup")
    assert shown(judged(small.fetched().add(inside), "own")) == (False, "nothing", "lost")
    shadow = BackupGeneration(asset="ehr", job="shadow-copy", generation="s", ok=True, target="D:", target_kind="same-host")
    assert judged(small.fetched().add(shadow), "shadow-copy").fate_told == ("shadow-copy",)
