"""Declared table of backups: how the hospital believes they are made and where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.declared_machines import BACKUP_MEDIA
from omamori.model.declared_values import YES_NO
from omamori.model.schema import col, evidence_column, source_column


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredBackup:
    """A backup as the hospital believes it is made."""

    asset: str = col(
        "Machine that is backed up.",
        default="",
        heading=("対象の機器", "Machine"),
        note=("「機器」シートの名前", "A name of the sheet of machines"),
        example="電子カルテサーバ1",
        example_en="EHR server 1",
    )
    job: str = col(
        "Name of the backup.",
        default="",
        heading=("バックアップ名", "Backup"),
        note=("区別できる名前", "A name that tells it apart"),
        example="毎晩NASへ",
        example_en="Nightly to NAS",
    )
    method: str | None = col(
        "How it is made.",
        heading=("方式", "Method"),
        note=("製品やコマンド", "Product or command"),
        example="Windows Serverバックアップ",
        example_en="Windows Server Backup",
    )
    medium: str | None = col(
        "What it is written to.",
        heading=("保存先の種類", "Medium"),
        note=("一覧から選択", "Choose from the list"),
        values=BACKUP_MEDIA,
        example="other-server",
    )
    target: str | None = col("Where it is kept.", heading=("保存先", "Target"), note=("機器名・場所", "Machine, place"), example="NAS1")
    every_days: int | None = col(
        "Days between two runs.", heading=("間隔(日)", "Every (days)"), note=("毎日なら1", "1 for daily"), example="1"
    )
    generations: int | None = col(
        "Number of generations kept.", heading=("世代数", "Generations"), note=("保管している世代", "Generations kept"), example="7"
    )
    offline: str | None = col(
        "Whether the copy is cut off from the network after writing.",
        heading=("ネットワークから切り離すか", "Offline"),
        note=("書込み後に切断・取外し・追記不能", "Disconnected, removed or write-once after writing"),
        values=YES_NO,
        example="yes",
    )
    last_offline: date | None = col(
        "Day of the last copy that was cut off.",
        heading=("最後に切り離した日", "Last offline copy"),
        note=("年-月-日", "Year-month-day"),
        example="2026-05-01",
    )
    same_credentials: str | None = col(
        "Whether the server's administrator can also delete the copies.",
        heading=("サーバと同じ管理者か", "Same administrator"),
        note=("同じID・ドメインで消せるなら はい", "`yes` when the same account can delete it"),
        values=YES_NO,
        example="no",
    )
    last_restore_test: date | None = col(
        "Day a restore was last tried.",
        heading=("最後の復元テスト", "Last restore test"),
        note=("実際に戻した日", "The day it was really restored"),
        example="2026-03-01",
    )
    account: str | None = col(
        "Account the backup is written with.",
        heading=("使うアカウント", "Account"),
        note=("保存先に書くID", "The account it writes with"),
        example="backup-writer",
    )
    locked_days: int | None = col(
        "Days for which nobody can delete a copy.",
        heading=("消せない日数", "Locked (days)"),
        note=("ロック・追記不能の期間。なければ0", "Lock or write-once; 0 for none"),
        example="14",
    )
    other_building: str | None = col(
        "Whether the copy is kept in another building.",
        heading=("別の建物か", "Other building"),
        note=("火事・水害でも残るか", "Survives fire and flood"),
        values=YES_NO,
        example="no",
    )
    other_room: str | None = col(
        "Whether the copy is kept in another room.",
        heading=("別の部屋か", "Other room"),
        note=("同じ部屋なら いいえ", "`no` for the same room"),
        values=YES_NO,
        example="yes",
    )
    other_power: str | None = col(
        "Whether the place that keeps it hangs on another power.",
        heading=("別の電源か", "Other power"),
        note=("同じ分電盤・UPSなら いいえ", "`no` for the same board or UPS"),
        values=YES_NO,
        example="yes",
    )
    restore_steps: str | None = col(
        "Where the procedure of restoring is written down.",
        heading=("復元の手順書", "Restore procedure"),
        note=("紙の置き場所", "Where the paper is"),
        example="サーバ室の赤いファイル",
        example_en="Red binder, server room",
    )
    source: str = source_column()
    evidence: str = evidence_column()
