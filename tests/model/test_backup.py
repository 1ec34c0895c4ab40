"""The tables of backups: what stands side by side, what stays true, and whose word comes first."""

from __future__ import annotations

from omamori.model import backup, backup_posture
from omamori.model.tables import TABLES
from omamori.model.text import Value

LISTS: tuple[tuple[Value, ...], ...] = (
    backup.TARGET_KINDS,
    backup.SIGNS,
    backup.COMPARED,
    backup.PROOF_RESULTS,
    backup_posture.HOW_KNOWN,
    backup_posture.FATES,
)


def test_repositories_stand_side_by_side_and_a_proof_stays_true() -> None:
    kept = {table.name: (table.keeps, table.lasting) for table in TABLES.values() if table.group == "backup"}
    assert kept == {
        "backup_generations": ("places", False),
        "backup_repositories": ("places", False),
        "backup_damage": ("places", False),
        "backup_signs": ("places", False),
        "restore_proofs": ("event", True),
    }


def test_what_was_read_by_us_comes_before_what_somebody_wrote_down() -> None:
    for table in TABLES.values():
        if table.group == "backup" and table.keeps == "places":
            assert table.sources[:3] == ("backup.look", "backup.listing", "backup.result")


def test_nothing_is_claimed_by_a_row_nobody_filled() -> None:
    """Of every yes and no of a copy the default is "not known", or a plain no for what was never looked at."""
    for row in (backup.BackupRepository(), backup.BackupGeneration(), backup.RestoreProof(), backup_posture.BackupPosture()):
        claimed = {name for name in row.__slots__ if getattr(row, name) is True}
        assert claimed == set()
    assert backup_posture.BackupPosture().fate == "unknown" and backup_posture.BackupPosture().offline_by == "nothing"
    assert backup.RestoreProof().compared_with == "nothing"


def test_every_word_stands_once_in_both_languages() -> None:
    for values in LISTS:
        codes = [value.code for value in values]
        assert len(codes) == len(set(codes))
        assert all(value.label.ja and value.label.en for value in values)
