"""A list, a check and the settings of one repository come in as separate files: they are one copy. What was only told proves nothing."""

from __future__ import annotations

import importlib.util
import sys
from datetime import datetime
from pathlib import Path

from omamori.model.backup import BackupRepository, RestoreProof

_SPEC = importlib.util.spec_from_file_location("small_hospital_of_one", Path(__file__).parent / "small_hospital.py")
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def test_several_looks_at_one_repository_are_one_copy():
    before = small.posture(small.fetched())
    check = BackupRepository(asset="ehr", job="restic", repository="restic:1", product="restic", structure_ok=True, said="check")
    settings = BackupRepository(asset="ehr", job="restic", repository="restic:1", product="restic", append_only=True)
    found = small.posture(small.fetched().add(check, settings))
    assert len([row for row in found.copies if row.asset == "ehr"]) == len([row for row in before.copies if row.asset == "ehr"])
    assert found.chains["ehr"].copies == before.chains["ehr"].copies
    assert (found.one().kept_on, found.one().generations) == (before.one().kept_on, before.one().generations)


def test_a_restore_that_was_only_told_is_not_proven():
    ended = datetime(2026, 5, 31)
    told = RestoreProof(asset="ehr", job="fetch", repository="restic:1", ended=ended, result="told", compared_with="manifest")
    shown = RestoreProof(asset="ehr", job="fetch", repository="restic:1", ended=ended, result="whole", compared_with="manifest")
    assert not small.posture(small.fetched().add(told)).one().restored_proven
    assert small.posture(small.fetched().add(shown)).one().restored_proven
