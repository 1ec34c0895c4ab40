"""The command line: exit codes, one-line errors in the user's language, help with an example."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from omamori import __version__
from omamori.cli.commands import command_line

Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMANDS = [
    ["check"],
    ["kit"],
    ["import"],
    ["collect"],
    ["example"],
    ["checklist"],
    ["pack"],
    ["map"],
    ["paths"],
    ["plan", "bastion"],
    ["harden"],
    ["isolate"],
    ["isolate", "preview"],
    ["isolate", "prepare"],
    ["isolate", "run"],
    ["isolate", "confirm"],
    ["isolate", "undo"],
    ["isolate", "status"],
    ["isolate", "drill"],
    ["papers"],
    ["backup", "verify"],
    ["backup", "canary"],
    ["backup", "manifest"],
    ["backup", "scratch"],
    ["backup", "prove"],
    ["diff"],
    ["rebuild"],
    ["scan"],
    ["menu"],
    ["feeds", "build"],
    ["feeds", "import"],
    ["feeds", "status"],
    ["feeds", "explain"],
    ["feeds", "key", "new"],
    ["feeds", "key", "show"],
    ["lab", "up"],
    ["lab", "down"],
    ["lab", "status"],
    ["lab", "run"],
    ["lab", "demo"],
    ["ledger", "new"],
    ["ledger", "export"],
    ["vendor", "list"],
    ["vendor", "export"],
]


def test_version(omamori: Run) -> None:
    done = omamori("--version", cold=True)
    assert (done.returncode, done.stdout) == (0, f"omamori {__version__}\n")


HELPS = """
import json, sys
from typer.testing import CliRunner
from omamori.cli.commands import command_line
told = {}
for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(command_line(), [*words, "--help"], prog_name="omamori")
    told[" ".join(words)] = [done.exit_code, done.stdout]
print(json.dumps(told))
"""
"""The language of the help is picked while the program loads: one process for each language tells it of all commands."""


@pytest.fixture(scope="module", params=[("ja", "例:"), ("en", "Example:")], ids=["ja", "en"])
def helps(request: pytest.FixtureRequest) -> tuple[dict[str, tuple[int, str]], str]:
    language, word = request.param
    environment = {**os.environ, "OMAMORI_LANG": language, "COLUMNS": "200"}
    command = [sys.executable, "-c", HELPS, json.dumps(COMMANDS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    return json.loads(done.stdout), word


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example_in_both_languages(helps: tuple[dict[str, Any], str], command: list[str]) -> None:
    told, word = helps
    code, text = told[" ".join(command)]
    assert code == 0
    assert word in text and f"omamori {' '.join(command)}" in text


@pytest.mark.parametrize(("lang", "word"), [("ja", "例:"), ("en", "Example:")])
def test_help_is_told_by_the_command_itself(omamori: Run, lang: str, word: str) -> None:
    done = omamori("ledger", "new", "--help", lang=lang, cold=True)
    assert done.returncode == 0 and word in done.stdout and "omamori ledger new" in done.stdout


def test_the_list_of_commands_above_is_whole() -> None:
    names = {(info.name or "",) for info in command_line().registered_commands}
    for group in command_line().registered_groups:
        assert group.typer_instance is not None
        names |= {(group.name or "", info.name or "") for info in group.typer_instance.registered_commands}
        callback = group.typer_instance.registered_callback
        if callback is not None and callback.invoke_without_command is True:
            names.add((group.name or "",))  # a group that does something by itself
        for inner in group.typer_instance.registered_groups:
            assert inner.typer_instance is not None
            names |= {(group.name or "", inner.name or "", info.name or "") for info in inner.typer_instance.registered_commands}
    assert names == {tuple(command) for command in COMMANDS}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("chekc",), 2, "chekc"),
        (("check", "--fail-on", "terrible"), 2, "critical, high, medium, low"),
        (("check", "--format", "docx"), 2, "html"),
        (("check", "--moment", "yesterday"), 2, "2026-06-01"),
        (("check", "--lang", "fr"), 2, "ja, en"),
        (("collect", "--ssh", "-oProxyCommand=x"), 3, "-oProxyCommand"),
        (("diff",), 3, "two snapshots"),
        (("rebuild",), 3, "omamori check"),
        (("ledger", "export", "x.xlsx"), 3, "omamori check"),
        (("import", "nothing-here"), 3, "no such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_errors_are_one_line_and_an_exit_code(omamori: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = omamori(*arguments)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_errors_speak_japanese(omamori: Run) -> None:
    done = omamori("rebuild", lang="ja", cold=True)
    assert done.returncode == 3 and "先に omamori check" in done.stderr


def test_an_error_speaks_the_language_of_the_option(omamori: Run) -> None:
    done = omamori("diff", "--lang", "ja")
    assert done.returncode == 3 and "判定がまだ2つありません" in done.stderr
