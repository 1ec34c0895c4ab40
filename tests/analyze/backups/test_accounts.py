"""Whose accounts can delete a copy."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from omamori.analyze.backups.accounts import same_account
from omamori.analyze.backups.copies import copies_of
from omamori.analyze.backups.protection import always_mounted, append_only, locked
from omamori.model.access import Account, GroupMember, Share, ShareAccess
from omamori.model.backup import BackupRepository
from omamori.model.declared import DeclaredBackup
from omamori.model.windows import WindowsSetting

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def account(hospital):
    facts = small.facts(hospital)
    (copy,) = copies_of(facts, "ehr")
    return same_account(facts, copy, append=append_only(facts, copy), lock=locked(facts, copy), mounted=always_mounted(facts, copy))


def test_apart_where_both_machines_were_seen():
    assert account(small.fetched()).told == ("accounts-apart",)
    assert account(small.pushed().add(*small.append_store())).value is False


NEEDED = ["accounts ehr", "accounts bk", "group_members bk", "hosts bk", "shares bk", "share_access bk", "scheduled_backups ehr"]


@pytest.mark.parametrize("needed", NEEDED)
def test_not_known_without_a_look(needed):
    assert account(small.fetched().without(*needed.split())).value is None


def test_what_a_machine_writes_with_can_delete():
    assert account(small.pushed().add(*small.append_store(deletes=True))).told == ("job-credentials",)
    assert account(small.pushed()).told == ("append-only-unknown",)


def test_the_ledger_admits_it():
    rows = [replace(row, same_credentials="yes") if isinstance(row, DeclaredBackup) else row for row in small.fetched().rows]
    assert account(small.Hospital(rows, small.fetched().looks)).told == ("declared",)


def test_declared_apart_and_never_seen_is_not_known():
    bare = small.fetched().never("backup_repositories").never("backup_generations")
    assert account(bare).told == ("declared-not-seen",)


def test_everybody_can_delete_it():
    rows = [replace(row, deleters="root, everyone") if isinstance(row, BackupRepository) else row for row in small.fetched().rows]
    assert account(small.Hospital(rows, small.fetched().looks)).told == ("everyone-deletes",)
    shared = small.fetched().add(
        Share(asset="bk", name="backup", writable=True), ShareAccess(asset="bk", share="backup", principal="Everyone", access="full")
    )
    assert account(shared).told == ("share-open: Everyone",)


def test_a_group_that_administers_both_machines():
    both = [
        GroupMember(asset=asset, group_name="Administrators", group_id="S-1-5-32-544", member="HOSP\\PC-Admins") for asset in ("ehr", "bk")
    ]
    assert "shared-administrator: hosp\\pc-admins" in account(small.windows().add(*both)).told


def same_day(*assets):
    return [Account(asset=asset, name="kanri", enabled=True, administrator=True, password_changed=date(2021, 4, 1)) for asset in assets]


def test_one_administrator_and_password_day_on_three_windows_machines():
    third = small.machine("pc", "10.1.0.60", "EHR", platform="windows")
    hospital = small.windows().add(*third, *same_day("ehr", "bk", "pc"))
    assert "shared-administrator: kanri 2021-04-01" in account(hospital).told
    laps = hospital.add(*(WindowsSetting(asset=asset, laps=True) for asset in ("ehr", "bk", "pc")))
    assert "shared-administrator: kanri 2021-04-01" not in account(laps).told


def test_on_two_machines_only_somebody_has_to_confirm():
    found = account(small.fetched().add(*same_day("ehr", "bk")))
    assert (found.value, found.told) == (None, ("may-be-shared: kanri 2021-04-01",))
