"""Rows of backups of a made-up hospital: every fate, every mark, and names that try to be more than names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from omamori.model.backup import BackupDamage, BackupGeneration, BackupRepository, BackupSign, RestoreProof
from omamori.model.backup_posture import BackupChain, BackupPosture

NOW = datetime(2026, 6, 1, 9, 0)
EVIL = "<b>NAS</b>\x1b[2J"


def _posture(asset: str, job: str, **more: Any) -> BackupPosture:
    return BackupPosture(asset=asset, job=job, **more)


def postures() -> Iterator[Any]:
    ehr, pacs = "電子カルテサーバ1", "PACS"
    night = NOW - timedelta(hours=8)
    yield _posture(
        ehr, "毎晩NASへ", declared=True, observed=True, medium="other-server", target="//nas/ehr", kept_on="バックアップNAS",
        other_device=True, generations=30, generations_seen=True, newest=night, every_days=1.0, offline=False, offline_by="nothing",
        reached_from="電子カルテLAN, 部門LAN", reached_by="core > バックアップNAS 445/tcp", always_mounted=True, same_account=True,
        deleters="administrator, backup", read_whole_since=NOW - timedelta(days=9), damaged=False, traces=0, restored=NOW - timedelta(days=40),
        restored_proven=True, compared_with="manifest", whole_hours=5.25, fate="lost", evidence="e:1",
        fate_told="same-share-account: administrator; always-mounted", same_account_told="same-share-account: administrator",
    )  # fmt: skip
    yield _posture(
        ehr, "毎週RDXへ", declared=True, observed=True, medium="disk", target="RDX", other_device=True, generations=4, generations_seen=True,
        newest=NOW - timedelta(days=3), offline=True, offline_by="medium-out", last_offline=date(2026, 5, 30), last_offline_seen=True,
        deleters="", fate="survives", fate_told="medium-out",
    )  # fmt: skip
    yield _posture(
        pacs, "業者のバックアップ", declared=True, medium="tape", target="業者倉庫", other_device=True, generations=5, offline_declared="yes",
        offline_by="declared", restored=datetime(2025, 4, 1), fate="unknown", fate_told="declared-not-seen", offline_told="read-medium",
    )  # fmt: skip
    yield _posture("検査サーバ", EVIL, observed=True, medium="same-server", target=EVIL, other_device=False, generations=3,
                   generations_seen=True, damaged=True, traces=2, fate="lost", fate_told=f"same-device: {EVIL}")  # fmt: skip
    yield BackupChain(asset=ehr, copies=2, surviving=1, untold=0, media=2)
    yield BackupChain(asset=pacs, copies=1, surviving=0, untold=1, media=1)
    yield BackupChain(asset="検査サーバ", copies=1, surviving=0, untold=0, media=1, chain="検査サーバ > nothing left")
    yield BackupChain(asset="医事サーバ")


def generations() -> Iterator[Any]:
    for number in range(30):
        if 8 <= number <= 12:
            continue
        yield BackupGeneration(
            asset="電子カルテサーバ1", job="毎晩NASへ", generation=f"{number:08x}abcdef", finished=NOW - timedelta(days=29 - number, hours=8),
            ok=number != 20, repository="restic:1", gone=number < 3,
        )  # fmt: skip
    yield BackupRepository(
        asset="電子カルテサーバ1",
        job="毎晩NASへ",
        repository="restic:1",
        kept_on="バックアップNAS",
        clean_finished=NOW - timedelta(days=4, hours=8),
    )
    yield BackupDamage(asset="電子カルテサーバ1", job="毎晩NASへ", repository="restic:1", part="data/aa", generations=f"{15:08x}, {16:08x}")
    for number in (26, 27):
        yield BackupSign(
            asset="電子カルテサーバ1", job="毎晩NASへ", repository="restic:1", generation=f"{number:08x}abcdef",
            finished=NOW - timedelta(days=29 - number, hours=8), kind="looks-encrypted", share=0.9, certain=True,
        )  # fmt: skip
    yield RestoreProof(
        asset="電子カルテサーバ1", job="毎晩NASへ", repository="restic:1", generation=f"{22:08x}abcdef", result="whole",
        generation_finished=NOW - timedelta(days=7, hours=8), ended=NOW - timedelta(days=6), compared_with="manifest",
    )  # fmt: skip
    for number in range(3):
        yield BackupGeneration(
            asset="検査サーバ", job=EVIL, generation=str(number), finished=NOW - timedelta(days=60 - 20 * number), ok=None, target=EVIL
        )


ROWS = [*postures(), *generations()]
