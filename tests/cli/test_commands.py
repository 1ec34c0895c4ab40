from __future__ import annotations

import subprocess
import sys

import pytest

from omamori.cli.commands import COMMANDS, command_line


def loaded(*words: str) -> set[str]:
    """Modules of omamori that are loaded for what was typed."""
    code = f"import sys; from omamori.cli.commands import command_line; command_line({list(words)!r}); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return {name for name in told.split() if name.startswith("omamori")}


def test_two_scans_are_compared_without_loading_what_judges() -> None:
    assert not {"omamori.evaluate.judge", "omamori.report.html", "omamori.pipeline.check"} & loaded("diff", "a.xml", "b.xml")
    assert "omamori.pipeline.check" in loaded("check")


@pytest.mark.parametrize("words", [[], ["--help"], ["no such command"]])
def test_help_and_a_misspelt_word_know_every_command(words: list[str]) -> None:
    app = command_line(words)
    names = {info.name for info in app.registered_commands} | {group.name for group in app.registered_groups}
    assert names == {command.name for command in COMMANDS}


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_a_known_word_brings_its_command_alone(name: str) -> None:
    app = command_line([name, "--help"])
    assert [*(info.name for info in app.registered_commands), *(group.name for group in app.registered_groups)] == [name]
