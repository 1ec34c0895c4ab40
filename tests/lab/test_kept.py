"""Whose backup the backup server holds."""

from __future__ import annotations

from dataclasses import replace

from omamori.lab.description import SHAPES
from omamori.lab.kept import kept_backup
from omamori.lab.reader import built_in


def test_the_backup_server_holds_the_database_in_both_shapes() -> None:
    for shape in SHAPES:
        kept = kept_backup(built_in(shape))
        assert kept is not None and (kept.keeper.id, kept.machine.id) == ("backup-server", "ehr-db")
        assert kept.place == f"rest:http://{kept.keeper.address}:8000/ehr-db"


def test_a_hospital_without_one_has_none() -> None:
    hospital = built_in("sick")
    assert kept_backup(replace(hospital, hosts={name: host for name, host in hospital.hosts.items() if name != "backup-server"})) is None
