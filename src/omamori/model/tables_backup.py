"""Descriptions of the tables of backups."""

from __future__ import annotations

from omamori.model import backup, backup_posture
from omamori.model.schema import describe
from omamori.model.text import Text

READ = ("backup.look", "backup.listing", "backup.result")
"""What was read by us comes before what a program listed, and that before what somebody wrote down."""

BACKUP_TABLES = (
    describe(
        "backup_generations",
        backup.BackupGeneration,
        group="backup",
        keeps="places",
        title=Text("バックアップの世代", "Backup generations"),
        sources=(*READ, "windows.commands"),
    ),
    describe(
        "backup_repositories",
        backup.BackupRepository,
        group="backup",
        keeps="places",
        title=Text("バックアップの保存先", "Backup repositories"),
        sources=READ,
    ),
    describe(
        "backup_damage",
        backup.BackupDamage,
        group="backup",
        keeps="places",
        title=Text("バックアップの傷", "Damage in backups"),
        sources=READ,
    ),
    describe(
        "backup_signs",
        backup.BackupSign,
        group="backup",
        keeps="places",
        title=Text("バックアップに残る攻撃の跡", "Traces in backups"),
        sources=READ,
    ),
    describe(
        "restore_proofs",
        backup.RestoreProof,
        group="backup",
        keeps="event",
        lasting=True,
        title=Text("復元の証明", "Restore proofs"),
        sources=("backup.proof", "backup.result"),
    ),
    describe(
        "backup_posture",
        backup_posture.BackupPosture,
        group="derived",
        title=Text("バックアップの強さ", "Backup posture"),
        sources=("analyze.backup_posture",),
    ),
    describe(
        "backup_chains",
        backup_posture.BackupChain,
        group="derived",
        title=Text("バックアップの連鎖", "Backup chains"),
        sources=("analyze.backup_posture",),
    ),
)
