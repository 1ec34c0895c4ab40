from __future__ import annotations

from pathlib import Path

import pytest

from omamori.lab.programs import find_program, need_program


def test_a_program_of_the_path_and_none_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "serverd"
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program("serverd") == need_program("serverd") == str(file)
    assert find_program("no-such-serverd") is None
    with pytest.raises(FileNotFoundError, match="no-such-serverd is not installed"):
        need_program("no-such-serverd")
