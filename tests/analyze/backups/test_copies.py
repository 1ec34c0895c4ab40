"""What the ledger declares, joined with what is found."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from omamori.analyze.backups.copies import copies_of, mount_of
from omamori.model.backup import BackupGeneration, BackupRepository
from omamori.model.declared import DeclaredBackup
from omamori.model.host import Mount, ScheduledBackup

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def told(*rows, hospital=None):
    bare = hospital or small.fetched().never("declared_backups").never("backup_repositories").never("backup_generations")
    return copies_of(small.facts(bare.add(*rows)), "ehr")


def shown(copies):
    return [(one.name, one.declared is not None, one.observed, one.kept_on) for one in copies]


DECLARED = DeclaredBackup(asset="ehr", job="nightly", method="restic", medium="other-server", target="bk")
JOB = ScheduledBackup(
    asset="ehr", job="restic.timer", product="restic", target="rest:http://bk.hospital.example:8000/x", target_kind="remote-host"
)
REPOSITORY = BackupRepository(
    asset="ehr", job="", repository="restic:1", product="restic", target="/srv/x", target_kind="same-host", kept_on="bk"
)


def test_ledger_job_and_repository_of_one_copy_are_one():
    assert shown(told(DECLARED, JOB, REPOSITORY)) == [("nightly", True, True, "bk")]
    assert shown(told(JOB, REPOSITORY)) == [("restic.timer", False, True, "bk")]


def test_what_only_evidence_shows_is_a_copy_of_its_own():
    assert shown(
        told(DECLARED, ScheduledBackup(asset="ehr", job="dump", product="mysqldump", target="/var/b.sql", target_kind="same-host"))
    ) == [
        ("nightly", True, False, "bk"),
        ("dump", False, True, "ehr"),
    ]


def test_two_that_lie_in_different_places_stay_two():
    tape = DeclaredBackup(asset="ehr", job="weekly", method="LTO", medium="tape", target="safe")
    assert shown(told(DECLARED, tape, JOB)) == [("nightly", True, True, "bk"), ("weekly", True, False, None)]
    elsewhere = ScheduledBackup(asset="ehr", job="two", product="restic", target="rest:http://10.1.0.11:1/x", target_kind="remote-host")
    assert [one[3] for one in shown(told(DECLARED, JOB, elsewhere))] == ["bk", "ehr"]


def test_the_same_name_is_the_same_copy_whatever_the_product_is_called():
    job = ScheduledBackup(asset="ehr", job="Nightly", product="script", target=None, target_kind="unknown")
    assert shown(told(DECLARED, job)) == [("nightly", True, True, "bk")]


def test_a_job_that_is_switched_off_is_no_copy():
    off = ScheduledBackup(asset="ehr", job="restic.timer", product="restic", enabled=False, target="rest:http://bk:8000/x")
    assert shown(told(DECLARED, off)) == [("nightly", True, False, "bk")]


def test_shadow_copies_are_never_the_declared_copy():
    shadow = BackupGeneration(asset="ehr", job="shadow-copy", generation="1", ok=True, target="D:", target_kind="same-host")
    same = DeclaredBackup(asset="ehr", job="x", medium="same-server", target="D:")
    assert [(one.name, one.other_device) for one in told(same, shadow)] == [("x", False), ("shadow-copy", False)]


def test_a_mounted_folder_lies_on_the_machine_that_offers_it():
    mount = Mount(asset="ehr", path="/mnt/b", device="bk:/srv/b", filesystem="nfs4", options="rw", server="bk")
    job = ScheduledBackup(asset="ehr", job="cron", product="tar", target="/mnt/b/ehr.tar", target_kind="same-host")
    (copy,) = told(mount, job)
    assert (copy.kept_on, copy.kind, copy.other_device, copy.medium) == ("bk", "network-mount", True, "other-server")


def test_inside_the_machine_is_said_of_the_machine_that_read_it():
    unknown = BackupRepository(asset="ehr", repository="restic:2", product="restic", target="/media/x", target_kind="same-host")
    (copy,) = told(unknown)
    assert copy.other_device is None and copy.kept_on is None


def test_windows_lists_of_two_targets_are_two_copies():
    rows = [
        BackupGeneration(asset="ehr", job="windows-backup", generation=str(place), ok=True, target=target, target_kind="network-mount")
        for place, target in enumerate(("\\\\bk\\a", "\\\\bk\\b", "\\\\bk\\a"))
    ]
    assert [len(one.generations) for one in told(*rows)] == [2, 1]


def test_the_nearest_mount_counts():
    mounts = [Mount(asset="a", path="/"), Mount(asset="a", path="/mnt"), Mount(asset="a", path="/mnt/nas"), Mount(asset="a", path="E:\\")]
    assert [getattr(mount_of(mounts, path), "path", None) for path in ("/mnt/nas/x", "/mnt/nasty", "/x", "e:\\b", None)] == [
        "/mnt/nas", "/mnt", "/", "E:\\", None,
    ]  # fmt: skip


def test_a_dump_written_into_a_folder_that_was_read_is_the_copy_found_there():
    mount = Mount(asset="ehr", path="/mnt/backup", device="bk:/vault", filesystem="nfs4", server="bk")
    job = ScheduledBackup(asset="ehr", job="cron", product="pg_dump", target="/mnt/backup/ehr/ehr.sql", target_kind="network-mount")
    read = BackupRepository(asset="ehr", job="nightly", repository="dumps:1", product="dumps", target="/mnt/backup/ehr", kept_on="bk")
    assert shown(told(mount, job, read)) == [("cron", False, True, "bk")]
    beside = ScheduledBackup(asset="ehr", job="cron", product="pg_dump", target="/mnt/backup/ehr2/ehr.sql", target_kind="network-mount")
    assert len(told(mount, beside, read)) == 2
