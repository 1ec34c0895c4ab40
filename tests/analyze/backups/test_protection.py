"""Whether a copy can be deleted where it lies."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from omamori.analyze.backups.copies import copies_of
from omamori.analyze.backups.protection import always_mounted, append_only, everybody, locked, shares_of, writers
from omamori.model.access import Share, ShareAccess
from omamori.model.backup import BackupRepository
from omamori.model.declared import DeclaredBackup
from omamori.model.host import Mount, ScheduledBackup, Service

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def asked(question, hospital):
    facts = small.facts(hospital)
    (copy,) = copies_of(facts, "ehr")
    return question(facts, copy)


def repository(**more):
    hospital = small.fetched()
    return small.Hospital([replace(row, **more) if isinstance(row, BackupRepository) else row for row in hospital.rows], hospital.looks)


def test_a_store_that_takes_and_does_not_delete():
    found = asked(append_only, small.pushed().add(*small.append_store()))
    assert (found.value, found.told) == (True, ("append-only: rest-server",))
    assert asked(append_only, small.pushed().add(*small.append_store(), *small.append_store(deletes=True))).value is False


def test_unless_a_share_of_the_same_machine_opens_its_folder():
    store = small.pushed().add(*small.append_store())
    assert asked(append_only, store.add(Share(asset="bk", name="all", protocol="smb", path="/srv", writable=True))).value is False
    assert asked(append_only, store.add(Share(asset="bk", name="docs", protocol="smb", path="/home/docs", writable=True))).value is True
    assert asked(append_only, store.add(Share(asset="bk", name="all", protocol="smb", path="/srv", writable=False))).value is True
    no_path = Service(asset="bk", name="rest-server", start="automatic", command="/usr/bin/rest-server --append-only")
    assert (
        asked(append_only, small.pushed().add(no_path, Share(asset="bk", name="x", protocol="smb", path="/x", writable=True))).value is None
    )
    assert asked(append_only, store.without("shares", "bk")).value is None


def test_without_a_look_at_its_services_nobody_can_say_it():
    assert asked(append_only, small.pushed()).told == ("append-only-unknown",)
    assert asked(append_only, small.pushed().add(*small.append_store()).without("services", "bk")).value is None


def test_what_the_repository_itself_shows():
    assert asked(append_only, repository(append_only=True, append_only_because="config")).told == ("append-only: config",)
    assert asked(append_only, repository(append_only=False)).value is False
    assert asked(append_only, repository(append_only=True).without("shares", "bk")).value is None


def test_files_in_a_share_can_be_deleted_as_files():
    assert asked(append_only, small.windows()).told == ("not-append-only: ehr$",)


def test_a_lock_that_was_seen():
    assert asked(locked, repository(locked_until=small.NOW + timedelta(days=9))).told == ("object-lock: 2026-06-10",)
    assert asked(locked, repository(locked_until=small.NOW - timedelta(days=1))).value is False
    assert asked(locked, small.fetched()).value is False
    assert asked(locked, small.pushed()).value is None
    rows = [replace(row, locked_days=30) if isinstance(row, DeclaredBackup) else row for row in small.pushed().rows]
    assert asked(locked, small.Hospital(rows, small.pushed().looks)).told == ("declared-not-seen",)


def mounted(*mounts, target="/mnt/bk/ehr", kind="network-mount"):
    hospital = small.pushed().never("declared_backups").looked("*", "declared_backups")
    hospital = small.Hospital([row for row in hospital.rows if not isinstance(row, ScheduledBackup)], hospital.looks)
    return hospital.add(ScheduledBackup(asset="ehr", job="cron", product="rsync", target=target, target_kind=kind), *mounts)


@pytest.mark.parametrize(("options", "value"), [("rw,relatime", True), ("ro,relatime", False), (None, True)])
def test_a_folder_that_stays_attached_for_writing(options, value):
    mount = Mount(asset="ehr", path="/mnt/bk", device="bk:/srv/b", filesystem="nfs4", options=options, server="bk")
    assert asked(always_mounted, mounted(mount)).value is value


def test_a_folder_that_is_not_attached():
    found = asked(always_mounted, mounted(Mount(asset="ehr", path="/", device="/dev/sda2", options="rw")))
    assert (found.value, found.told) == (False, ("not-mounted",))
    assert asked(always_mounted, mounted().without("mounts", "ehr")).value is None


def test_a_share_attached_under_another_name():
    mount = Mount(asset="ehr", path="Z:\\", device="\\\\BK\\ehr", options=None, server="bk")
    assert asked(always_mounted, mounted(mount, target="\\\\bk.hospital.example\\ehr")).value is True
    assert asked(always_mounted, mounted(mount, target="\\\\bk\\other")).value is False


def test_of_a_fetched_copy_something_attached_from_there_leaves_it_open():
    mount = Mount(asset="ehr", path="/mnt/docs", device="bk:/srv/docs", options="rw", server="bk")
    assert asked(always_mounted, small.fetched()).value is False
    assert asked(always_mounted, small.fetched().add(mount)).value is None


def test_who_may_write_into_its_share():
    facts = small.facts(small.windows())
    (copy,) = copies_of(facts, "ehr")
    assert [row.name for row in shares_of(facts, copy)] == ["ehr$"] and writers(facts, copy) == ["HOSP\\svc-backup"]
    open_to_all = small.windows().add(
        Share(asset="bk", name="backup", path="E:\\", writable=True, guest=True),
        ShareAccess(asset="bk", share="ehr$", principal="x", access="read"),
    )
    facts = small.facts(open_to_all)
    assert writers(facts, copies_of(facts, "ehr")[0]) == ["*", "HOSP\\svc-backup"]


def test_words_for_everybody():
    assert all(everybody(one) for one in ("Everyone", "*", "HOSP\\Domain Users", "S-1-1-0", "@users", "S-1-5-21-1-2-3-513"))
    assert not any(everybody(one) for one in ("Administrators", "HOSP\\svc-backup", "10.0.0.0/8", "@backup"))
