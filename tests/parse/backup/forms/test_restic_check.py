from __future__ import annotations

import pytest

from omamori.model.backup import BackupDamage
from omamori.parse.backup.form import Heard, Listing, forms

HEAD = "create exclusive lock for repository\nload indexes\ncheck all packs\ncheck snapshots, trees and blobs\n"


def read(text: str) -> Heard:
    return forms()["restic_check"].read(Listing(text))


@pytest.mark.parametrize(
    ("rest", "ok"),
    [
        ("no errors were found\n", True),
        ("", None),
        ("no errors were found, so far\n", None),
        ("Fatal: repository contains errors\n", False),
        ("no errors were found\nrc=1\n", False),
        (f"pack {'a' * 64}: not referenced in any index\nno errors were found\n", True),
        (f"pack {'a' * 64}: does not exist\nFatal: repository contains errors\n", False),
        ("error for tree e8fa7695:\n", False),
    ],
)
def test_only_one_line_is_success(rest: str, ok: bool | None) -> None:
    assert read(HEAD + rest).rows[0].structure_ok is ok


def test_damaged_packs_are_named() -> None:
    heard = read(f"{HEAD}read all data\nPack ID does not match, want {'a' * 64}, got {'b' * 64}\n[0:00] 100.00%  6 / 6 packs\n")
    assert [(row.part, row.detail, row.evidence) for row in heard.rows if isinstance(row, BackupDamage)] == [("a" * 64, "altered", "6")]
    lost = read(f"{HEAD}pack {'a' * 64}: does not exist\nFatal: repository contains errors\n")
    assert [row.detail for row in lost.rows if isinstance(row, BackupDamage)] == ["missing"]
    assert (heard.rows[0].parts, heard.rows[0].parts_read, heard.rows[0].damaged_parts) == (6, 6, 1)


def test_reading_that_did_not_come_to_an_end_counts_for_nothing() -> None:
    assert read(f"{HEAD}read all data\n[0:10] 50.00%  3 / 6 packs\n").rows[0].parts_read == 0


def test_a_lock_is_stale_after_a_day() -> None:
    text = (
        "Fatal: unable to create lock in backend: repository is already locked by PID 1 on emr by root (UID 0, GID 0)\n"
        "lock was created at 2026-11-29 02:00:05 ({} ago)\n"
    )
    form = forms()["restic_refused"]
    (old,) = form.read(Listing(text.format("33h2m1s"))).rows
    (new,) = form.read(Listing(text.format("2h2m1s"))).rows
    assert old.locks == new.locks == 1 and old.stale_lock_since is not None and new.stale_lock_since is None
