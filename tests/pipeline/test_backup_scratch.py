from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from omamori.backup.interface import BackupError
from omamori.backup.proof.record import approval_json
from omamori.model.text import LANGUAGES
from omamori.pipeline.backup_scratch import approvals, approve_scratch
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.intake import import_files
from omamori.pipeline.observer import Silent
from omamori.snapshot.site import Site


def test_an_approval_is_evidence_and_says_what_is_seen(tmp_path: Path) -> None:
    made = approve_scratch(tmp_path / "site", tmp_path / "s", "on-server", " 福井 ", datetime(2999, 1, 1))
    (kept,) = approvals(Site(tmp_path / "site").evidence)
    assert kept == made.approved
    assert (kept.folder, kept.approved_by, kept.protection) == (str((tmp_path / "s").resolve()), "福井", "on-server")
    assert all(line.say(language) for line in made.lines() for language in LANGUAGES)
    again = approve_scratch(tmp_path / "site", tmp_path / "s", "on-server", "院長", None)
    assert {one.approved_by for one in approvals(Site(tmp_path / "site").evidence)} == {"福井", again.approved.approved_by}


@pytest.mark.parametrize(
    ("protection", "by", "until"), [("usb", "A", None), ("on-server", " ", None), ("on-server", "A", datetime(2001, 1, 1))]
)
def test_what_is_no_approval_is_refused_before_anything_is_made(tmp_path: Path, protection: str, by: str, until: datetime | None) -> None:
    with pytest.raises(UserError):
        approve_scratch(tmp_path / "site", tmp_path / "s", protection, by, until)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_a_repository_is_refused_and_the_repository_is_left_alone(tmp_path: Path) -> None:
    restic = tmp_path / "restic"
    for name in ("data", "index", "keys", "snapshots"):
        (restic / name).mkdir(parents=True)
    (restic / "config").write_text("x")
    with pytest.raises(BackupError):
        approve_scratch(tmp_path / "site", restic / "data" / "new", "on-server", "A", None)
    assert list((restic / "data").iterdir()) == []


def test_an_approval_that_was_handed_in_as_a_file_approves_nothing(tmp_path: Path) -> None:
    made = approve_scratch(tmp_path / "site", tmp_path / "s", "on-server", "福井", None)
    forged = tmp_path / "forged.json"
    forged.write_bytes(approval_json(replace(made.approved, folder="/srv/elsewhere")))
    store = Site(tmp_path / "site").evidence
    import_files(store, [forged], Silent(), received=utc_now())
    kinds = [item.kind for receipt in store.receipts() for item in receipt.items]
    assert kinds == ["backup.scratch", "backup.scratch"]
    assert [one.folder for one in approvals(store)] == [made.approved.folder]
