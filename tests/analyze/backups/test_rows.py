"""The row of one copy."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from omamori.model.backup import BackupDamage, BackupRepository, BackupSign, RestoreProof
from omamori.model.declared import DeclaredBackup, MediumLog

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def one(hospital, job=None):
    return small.posture(hospital).one(job=job)


def changed(hospital, kind, **more):
    return small.Hospital([replace(row, **more) if isinstance(row, kind) else row for row in hospital.rows], hospital.looks)


def test_numbers_are_those_seen_and_else_those_declared():
    assert (one(small.fetched()).generations, one(small.fetched()).generations_seen) == (7, True)
    bare = one(small.fetched().never("backup_repositories").never("backup_generations"))
    assert (bare.generations, bare.generations_seen, bare.every_days, bare.newest) == (7, False, 1.0, None)


def test_of_a_list_that_is_not_whole_only_the_newest_is_told():
    hospital = small.fetched()
    hospital = small.Hospital(hospital.rows, [look for look in hospital.looks if look.table_name != "backup_generations"])
    hospital = small.Hospital(
        hospital.rows, [*hospital.looks, replace(small.look("ehr", "backup_generations"), complete=False, reason="not_collected")]
    )
    row = one(hospital)
    assert (row.generations, row.generations_seen, row.gaps) == (None, False, None) and row.newest == datetime(2026, 6, 1, 1)


def test_damage_and_traces():
    assert (one(small.fetched()).damaged, one(small.fetched()).traces) == (False, 0)
    assert one(changed(small.fetched(), BackupRepository, whole_since=None)).damaged is None
    assert one(changed(small.fetched(), BackupRepository, structure_ok=False)).damaged is True
    assert one(small.fetched().add(BackupDamage(asset="ehr", repository="restic:1", part="p"))).damaged is True
    assert one(changed(small.fetched(), BackupRepository, looked_into=False)).traces is None
    sign = BackupSign(asset="ehr", repository="restic:1", generation="g0", kind="looks-encrypted", certain=True)
    row = one(changed(small.fetched().add(sign), BackupRepository, clean_generation="g1"))
    assert (row.traces, row.clean) == (1, datetime(2026, 5, 31, 1))


def test_a_proof_counts_more_than_the_ledger():
    told = changed(small.fetched(), DeclaredBackup, last_restore_test=date(2025, 1, 2))
    assert (one(told).restored, one(told).restored_proven) == (datetime(2025, 1, 2), False)
    proof = {"asset": "ehr", "repository": "restic:1", "compared_with": "manifest", "whole_seconds": 7200.0}
    proofs = [
        RestoreProof(**proof, ended=datetime(2026, 3, 1), result="whole"),
        RestoreProof(**{**proof, "whole_seconds": 3600.0}, ended=datetime(2026, 4, 1), result="differs"),
        RestoreProof(**{**proof, "repository": "restic:other"}, ended=datetime(2026, 5, 1), result="whole"),
    ]
    row = one(told.add(*proofs).looked("ehr", "restore_proofs"))
    assert (row.restored, row.restored_proven, row.compared_with, row.whole_hours) == (datetime(2026, 3, 1), True, "manifest", 1.0)


def test_the_log_of_media_and_the_ledger_give_the_last_day_it_was_cut_off():
    tape = DeclaredBackup(asset="ehr", job="tape", method="LTO", medium="tape", target="safe", offline="yes", last_offline=date(2026, 5, 1))
    log = MediumLog(medium="T1", asset="ehr", job="tape", written=date(2026, 5, 20), taken_out=date(2026, 5, 21))
    inside = MediumLog(medium="T2", asset="ehr", job="tape", written=date(2026, 5, 28))
    row = one(small.fetched().add(tape, log, inside), "tape")
    assert (row.last_offline, row.last_offline_seen) == (date(2026, 5, 20), False)
    seen = one(small.fetched())
    assert (seen.last_offline, seen.last_offline_seen) == (date(2026, 6, 1), True)


def test_building_room_and_power_are_the_opposite_of_what_the_ledger_asks():
    row = one(changed(small.fetched(), DeclaredBackup, other_building="yes", other_room="no", other_power="unknown"))
    assert (row.same_building, row.same_room, row.same_power) == (False, True, None)


def test_who_can_delete_it_is_named():
    assert one(small.fetched()).deleters == "root,restic"
    assert one(small.windows()).deleters == "HOSP\\svc-backup"
