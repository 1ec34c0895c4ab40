from __future__ import annotations

import pathlib

import pytest

from omamori.evaluate.__main__ import main
from omamori.evaluate.load import built_in_folder

TELNET = built_in_folder() / "services" / "telnet_server.sql"


def test_a_proven_check_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(TELNET)]) == 0
    assert capsys.readouterr().out == ""


def test_problems_and_survivors_are_printed(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "needless.sql").write_text(TELNET.read_text(encoding="utf-8") + "and protocol <> 'sctp'\n", encoding="utf-8")
    (folder / "broken.sql").write_text("select 1\n", encoding="utf-8")
    assert main([str(folder / "needless.sql"), str(folder / "broken.sql")]) == 1
    printed = capsys.readouterr().out
    assert "no example notices: drop protocol <> 'sctp'" in printed
    assert "broken.sql:1: expected a header" in printed


@pytest.mark.parametrize("arguments", [[], ["--what"], ["--new"]])
def test_wrong_usage_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "usage:" in capsys.readouterr().err


def test_an_existing_check_is_not_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    before = TELNET.read_bytes()
    assert main(["--new", "services/telnet_server"]) == 1
    assert TELNET.read_bytes() == before
    assert "is there already" in capsys.readouterr().err
