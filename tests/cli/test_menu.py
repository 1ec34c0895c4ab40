"""The menu, driven as a person or a script would: by arguments, and by lines on standard input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from omamori.cli.main import dropped
from omamori.cli.menu import CHOICES, find, paths_in


def typed(folder: Path, *arguments: str, lines: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OMAMORI_")}
    command = [sys.executable, "-m", "omamori", *arguments]
    return subprocess.run(command, cwd=folder, env={**environment, **more}, input=lines, capture_output=True, timeout=300)


def test_the_menu_is_japanese_and_ends_by_number(tmp_path: Path) -> None:
    done = typed(tmp_path, "menu", lines="９\n0\n".encode())
    out = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert all(one.title.ja in out for one in CHOICES) and str(tmp_path / "omamori-site") in out
    assert "0 から 6" in done.stderr.decode("utf-8")
    assert not (tmp_path / "omamori-site").exists()


def test_the_menu_is_english_when_asked(tmp_path: Path) -> None:
    for arguments, more in ((("menu", "--lang", "en"), {}), (("menu",), {"OMAMORI_LANG": "en"})):
        out = typed(tmp_path, *arguments, **more).stdout.decode("utf-8")  # the input ends: so does the menu
        assert "Judge and report" in out and "判定" not in out


def test_by_number_on_standard_input_from_evidence_to_report(tmp_path: Path) -> None:
    evidence = Path(__file__).parents[2] / "src" / "omamori" / "example" / "sick" / "2026-06-01" / "web1.kit"
    lines = f'2\n"{evidence}"\n3\n2\n\n2\nnothing-here\n4\n6\n0\n'.encode()
    done = typed(tmp_path, "menu", "--no-open", lines=lines)
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert done.returncode == 0, err
    assert "[取込] web1.kit" in out and "見た範囲で見つかったもの" in out
    assert "取り込むものがありません" in err and "ファイルが見つかりません" in out
    assert len(list((tmp_path / "omamori-site" / "reports").glob("*/report.html"))) == 1
    assert (tmp_path / "daicho.xlsx").stat().st_size > 10_000 and (tmp_path / "checklist.xlsx").stat().st_size > 10_000
    assert "まだ答えられません" in out and "checklist.xlsx" in out


def test_by_argument_and_what_is_made_is_opened(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" >"{seen}"\n')
    browser.chmod(0o755)
    done = typed(tmp_path, "menu", "example", BROWSER=f"{browser} %s")
    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert seen.read_text() == (tmp_path / "omamori-example" / "report.html").as_uri()
    assert typed(tmp_path, "menu", "5", "kit", "--no-open").returncode == 0
    assert (tmp_path / "kit" / "collect-linux.sh").is_file()


def test_an_error_by_argument_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    (tmp_path / "daicho.xlsx").touch()
    done = typed(tmp_path, "menu", "ledger", "daicho.xlsx", "--no-open")
    assert done.returncode == 3 and "すでにあります" in done.stderr.decode("utf-8")
    assert typed(tmp_path, "menu", "nonsense").returncode == 2


def test_an_error_in_the_menu_does_not_end_it(tmp_path: Path) -> None:
    (tmp_path / "omamori-site").write_text("a file where the folder should be")
    done = typed(tmp_path, "menu", "--no-open", lines=b"2\n.\n0\n")
    assert done.returncode == 0
    assert len(done.stderr.decode("utf-8").splitlines()) == 1 and "--site" in done.stderr.decode("utf-8")


def test_dragged_files_are_taken_in_and_the_menu_opens(tmp_path: Path) -> None:
    file = tmp_path / "メモ 1.txt"
    file.write_text("x")
    assert dropped([str(file)]) == ["menu", "--stay", "import", str(file)]
    assert dropped(["check"]) == ["check"] and dropped([]) == [] and dropped([str(file), "--lang"]) == [str(file), "--lang"]
    done = typed(tmp_path, str(file), lines=b"0\n")
    out = done.stdout.decode("utf-8")
    assert done.returncode == 0 and "メモ 1.txt" in out and "判定と報告書" in out


@pytest.mark.parametrize(("said", "word"), [("1", "example"), ("3", "check"), (" 取り込み ", "import"), ("Kit", "kit"), ("end", "end")])
def test_numbers_words_and_titles_are_understood(said: str, word: str) -> None:
    found = find(said)
    assert found is not None and found.word == word
    assert find("7") is None and find("") is None


@pytest.mark.parametrize(
    ("said", "paths"),
    [
        ("", ()),
        ("plain.kit", ("plain.kit",)),
        ("with blank.kit", ("with blank.kit",)),
        ('"C:\\U S B\\a.kit"', ("C:\\U S B\\a.kit",)),
        ('"a b.kit" "c.kit"', ("a b.kit", "c.kit")),
        ("& 'd e.kit'", ("d e.kit",)),
    ],
)
def test_dragged_and_typed_paths_are_understood(said: str, paths: tuple[str, ...]) -> None:
    assert paths_in(f" {said} ") == tuple(Path(one) for one in paths)
