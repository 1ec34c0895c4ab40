"""Real generations for the lab: made by restic, of the host and the nights they are said to be of."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from omamori.gate.error import GateError
from omamori.lab.generations import make_generations

pytestmark = pytest.mark.skipif(shutil.which("restic") is None, reason="restic is not installed")
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC).astimezone()


def test_a_generation_for_each_night_before(tmp_path: Path) -> None:
    make_generations(tmp_path / "repository", tmp_path / "work", "ehr-db", 3, NOW)
    words = ["restic", "--no-cache", "--repo", str(tmp_path / "repository"), "--password-file", str(tmp_path / "work/password"), "--json"]
    told = json.loads(subprocess.run([*words, "snapshots"], check=True, capture_output=True).stdout)
    assert [one["hostname"] for one in told] == ["ehr-db"] * 3
    days = [datetime.fromisoformat(one["time"][:19]) for one in told]
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    assert (tmp_path / "work/password").stat().st_mode & 0o077 == 0


def test_where_there_is_a_repository_already_restic_says_so(tmp_path: Path) -> None:
    (tmp_path / "repository").write_text("no folder")
    with pytest.raises(GateError, match="cannot be made"):
        make_generations(tmp_path / "repository", tmp_path / "work", "ehr-db", 1, NOW)
