"""The looks at both tables."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

from omamori.model.declared import DeclaredBackup

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def test_complete_where_all_that_tells_of_copies_was_looked_at():
    found = small.posture(small.fetched())
    assert found.looks[("ehr", "backup_posture")].complete and found.looks[("ehr", "backup_chains")].complete
    assert found.looks[("bk", "backup_posture")].complete and not found.missing("bk")


def test_incomplete_without_the_ledger_or_the_machines_own_jobs():
    for table in ("declared_backups", "scheduled_backups", "backup_generations", "backup_repositories"):
        look = small.posture(small.fetched().without(table)).looks[("ehr", "backup_posture")]
        assert (look.complete, look.reason) == (False, "not_collected"), table
    assert (
        not small.posture(small.fetched().never("scheduled_backups").never("backup_generations")).looks[("ehr", "backup_posture")].complete
    )


def test_windows_without_a_list_of_jobs_has_its_list_of_generations():
    assert small.posture(small.windows()).looks[("ehr", "backup_posture")].complete


def test_columns_that_are_not_known_are_named():
    missing = small.posture(small.pushed()).missing()
    assert {"offline", "fate", "same_account", "gone", "damaged", "traces", "immutable", "restored", "newest", "same_room"} <= missing
    assert not {"reached_from", "generations", "always_mounted", "other_device"} & missing
    assert {"reached_from", "reached_by", "offline"} <= small.posture(small.fetched().without("reachability")).missing()


def test_what_is_declared_and_not_seen_says_so():
    tape = DeclaredBackup(asset="ehr", job="tape", method="LTO", medium="tape", target="safe", offline="yes")
    look = small.posture(small.pushed().add(tape).never("backup_repositories")).looks[("ehr", "backup_chains")]
    assert look.complete and {"chain", "surviving"} <= set(look.missing.split(","))


def test_the_chain_of_a_machine_with_a_surviving_copy_needs_no_other():
    found = small.posture(small.fetched().without("scheduled_backups", "bk"))
    assert found.looks[("ehr", "backup_chains")].complete
    tape = DeclaredBackup(asset="ehr", job="tape", method="LTO", medium="tape", target="safe", offline="yes")
    found = small.posture(small.fetched().add(tape))
    assert found.chains["ehr"].surviving == 1 and "surviving" not in found.missing(table="backup_chains")


def test_a_look_that_is_half_the_truth_leaves_its_columns_out():
    hospital = small.fetched()
    looks = [
        replace(one, missing="ok", reason="not_collected") if one.table_name == "backup_generations" else one for one in hospital.looks
    ]
    assert {"gaps", "oldest", "generations"} <= small.posture(small.Hospital(hospital.rows, looks)).missing()
    found = small.posture(hospital.without("backup_damage").without("backup_signs"))
    assert {"damaged", "traces", "clean"} <= found.missing()
