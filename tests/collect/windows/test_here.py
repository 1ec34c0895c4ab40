"""Looking at this machine with the listed commands: on a machine that has none of them nothing is found, and nothing breaks."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from omamori.collect.windows.commands import commands
from omamori.collect.windows.here import collect_windows
from omamori.parse.windows.session import read_session


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_commands_that_are_not_there_cost_only_themselves(only: Path) -> None:
    program(only, "netstat", '[ "$1" = -ano ] && echo listing')
    program(only, "systeminfo", "echo half; exit 1")
    heard: list[tuple[int, int]] = []
    found = {output.file: output.data for output in collect_windows(lambda done, total: heard.append((done, total)))}
    assert set(found) == {command.file for command in commands()}
    assert {name for name, data in found.items() if data} == {"netstat.txt"}
    assert found["netstat.txt"] == b"listing\n"
    assert heard[-1] == (len(commands()), len(commands()))


def test_what_a_command_writes_into_its_file_is_read_from_there(only: Path) -> None:
    program(only, "secedit", 'echo "[Unicode]" > "$3"; echo done')
    found = {output.file: output.data for output in collect_windows(lambda done, total: None)}
    assert found["secedit.inf"] == b"[Unicode]\n"


def test_what_the_registry_does_not_hold_is_an_answer_with_its_question(only: Path) -> None:
    program(only, "reg", '[ "$1" = query ] || exit 1; echo "エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。" >&2; exit 1')
    found = {output.file: output.data for output in collect_windows(lambda done, total: None)}
    session = read_session(found["smb1.txt"])
    assert [(piece.form, piece.command) for piece in session.pieces] == [
        ("reg_query", r"reg query HKLM\SYSTEM\CurrentControlSet\Services\mrxsmb10")
    ]
    assert found["lsa.reg"] == b""
