"""Whom the pretended WinRM services let in. pyspnego reads their passwords from a file named in the environment."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "users"
    monkeypatch.setenv("NTLM_USER_FILE", str(path))
    return path
