from __future__ import annotations

import re

import pytest

from omamori.model.access import Account, GroupMember
from omamori.model.backup import BackupRepository, RestoreProof
from omamori.model.declared import Answer, Contact, CutPoint, DeclaredBackup, LedgerAsset, MediumLog, Vendor
from omamori.model.host import Service
from omamori.model.tables import TABLES
from omamori.report.names import ACCOUNTS, NO_PERSON, OTHERS, WRITTEN, persons_in, read_names
from omamori.snapshot.database import Database

SOUNDS = re.compile(r"account|member|^who$|holder|owner|_by$|contact$|user|officer|agreed|asked|principal|login$|author|person")


def test_every_column_that_sounds_like_a_person_is_known_to_be_one_or_not() -> None:
    known = {f"{table}.{column}" for table, column in (*ACCOUNTS, *WRITTEN)} | set(NO_PERSON)
    sounding = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if column.type == "varchar" and not column.values and SOUNDS.search(column.name)
    }
    assert sounding <= known
    for table, column in (*ACCOUNTS, *WRITTEN, *OTHERS):
        assert TABLES[table].column(column).type == "varchar"


@pytest.mark.parametrize(
    ("written", "persons"),
    [
        ("医療情報係 田中", ("田中",)),
        ("田中太郎(医事課)", ("田中太郎",)),
        ("院長", ()),
        ("阿部", ("阿部",)),
        ("医療情報係 服部", ("服部",)),
        ("長谷部 健", ("長谷部", "健")),
        ("林", ("林",)),
        ("済", ()),
        ("田中院長", ("田中",)),
        ("佐藤課長、林様", ("佐藤", "林")),
        ("渡部事務長", ("渡部",)),
        ("医事課長", ()),
        ("看護部長", ()),
        ("副院長", ()),
        ("システム課 主任", ()),
        ("総務部", ()),
        ("薬局", ()),
        ("画像テック 保守課 山田 2026-05-27 電話", ("山田",)),
        ("Tanaka Taro", ("Tanaka", "Taro")),
        ("カルテシステムズ", ("カルテシステムズ",)),
        ("保守窓口", ()),
        ("", ()),
    ],
)
def test_offices_posts_and_days_are_no_persons(written: str, persons: tuple[str, ...]) -> None:
    assert persons_in(written, ["画像テック"]) == persons


def test_a_vendor_is_no_person() -> None:
    assert persons_in("カルテシステムズ", ["カルテシステムズ"]) == ()


def test_names_are_read_from_every_table_that_holds_some() -> None:
    with Database() as database:
        database.insert(
            [
                Account(asset="a", name="tanaka", uid="1000", system=False),
                Account(asset="a", name="postgres", uid="120", system=True),
                Account(asset="b", name="postgres", uid="1001", system=False),
                Account(asset="a", name="daemon", uid="1", system=True),
                Account(asset="a", name="root", uid="0", system=True),
                Account(asset="w", name="Sato", uid="S-1-5-21-1-2-3-1001", system=False),
                GroupMember(asset="w", group_name="Administrators", member="HOSP\\suzuki"),
                Service(asset="w", name="x", account="NT AUTHORITY\\LocalService"),
                Answer(question="q", answered_by="医療情報係 田中"),
                Contact(duty="d", name="福井"),
                Vendor(vendor="画像テック", contact="保守課 山田"),
                LedgerAsset(asset="田中PC", hostname="pc1"),
                BackupRepository(asset="a", deleters="HOSP\\ito, backup, root"),
                DeclaredBackup(asset="a", job="j", account="backup-writer"),
                CutPoint(place="p", who="当直の医療情報担当"),
                CutPoint(place="q", who="IT staff on duty"),
                MediumLog(medium="m", done_by="中村 光"),
                RestoreProof(asset="a", said_by="医療情報係 小林"),
            ]
        )
        names = read_names(database)
    assert dict(names.accounts) == {"tanaka": True, "postgres": True, "Sato": False, "suzuki": False, "ito": False}
    assert names.persons == {"田中", "福井", "山田", "中村", "光", "小林"}
    assert {"画像テック", "田中PC", "pc1"} <= names.others
