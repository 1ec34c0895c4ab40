"""Which language the user reads."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable

import pytest
from rich.console import Console
from typer import rich_utils

from omamori.cli.language import fold_long_words, language_of, usage_in_japanese

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_on_windows_its_own_language_decides_and_not_the_variables_of_other_systems() -> None:
    assert language_of({"LANG": "C.UTF-8"}, "ja") == "ja"
    assert language_of({"LANG": "ja_JP.UTF-8"}, "en") == "en"
    assert language_of({"OMAMORI_LANG": "en"}, "ja") == "en"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"OMAMORI_LANG": "ja", "LC_ALL": "C"}, "ja"),
        ({"LC_MESSAGES": "ja_JP", "LANG": "de_DE"}, "ja"),
    ],
)
def test_the_first_setting_that_speaks_decides(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nonsense",), "'nonsense' というコマンドはありません。"),
        (("check", "--nonsense"), "--nonsense というオプションはありません。"),
        (("import",), "'files' を書いてください。"),
        (("diff", "a", "b", "c"), "余分な指定があります: c"),
    ],
)
def test_wrong_usage_is_one_line_in_japanese(omamori: Run, arguments: tuple[str, ...], words: str) -> None:
    done = omamori(*arguments, lang="ja")
    assert done.returncode == 2
    assert done.stderr.strip().startswith(f"使い方が違います: {words}") and len(done.stderr.splitlines()) == 1


def test_an_option_that_lacks_is_told_in_the_language_asked_for(omamori: Run) -> None:
    for words, told in (
        (("--lang", "ja"), "使い方が違います: '--approval'"),
        (("--lang=ja",), "使い方が違います"),
        (("--lang", "en"), "Missing option"),
    ):
        done = omamori("isolate", "undo", "1", *words, lang="en" if "ja" in words[-1] else "ja")
        assert done.returncode == 2 and told in done.stderr and done.stderr.count("\n") == 1


def test_a_sentence_nobody_foresaw_stays() -> None:
    assert usage_in_japanese("Something new.") == "Something new."


def test_help_breaks_japanese_sentences_instead_of_cutting_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.rich_utils.Table", rich_utils.Table)
    fold_long_words()
    table = rich_utils.Table(show_header=False)
    table.add_column("", ratio=10)
    table.add_row("収集結果・台帳・やること表・記入済みのチェックリスト" * 3)
    console = Console(width=40, file=io.StringIO(), record=True)
    console.print(table)
    assert "…" not in console.export_text()
