from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from omamori.cli.backup_prove import bytes_of, interrupts, share_of
from omamori.cli.commands import command_line


def run(*words: str) -> object:
    return command_line(words)(list(words), prog_name="omamori", standalone_mode=False)


@pytest.mark.parametrize(
    ("text", "size"), [("1000", 1000), ("10GiB", 10 * 1024**3), ("500M", 500 * 1024**2), ("1.5 KiB", 1536), ("50MiB/s", 50 * 1024**2)]
)
def test_sizes(text: str, size: int) -> None:
    assert bytes_of(text, "--space") == size


@pytest.mark.parametrize("text", ["", "0", "-1", "ten", "10XB", "1e9"])
def test_what_is_no_size_is_a_usage_error(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        bytes_of(text, "--space")


def test_shares() -> None:
    assert (share_of("5%"), share_of("0.05"), share_of("100%")) == (0.05, 0.05, 1.0)
    for text in ("", "0%", "101%", "much"):
        with pytest.raises(typer.BadParameter):
            share_of(text)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_three_commands_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    copies, site = tmp_path / "copies", str(tmp_path / "site")
    copies.mkdir()
    (copies / "カルテ.dat").write_text("x")
    assert run("backup", "manifest", str(copies), "--lang", lang) == 0
    scratch = str(tmp_path / "scratch")
    words = ("--protection", "on-server", "--approved-by", "福井", "--until", "2999-01-01", "--site", site, "--lang", lang)
    assert run("backup", "scratch", scratch, *words) == 0
    told = capsys.readouterr().out
    assert scratch in told.replace("\n", "")
    out = str(tmp_path / "out")
    prove = ("backup", "prove", str(copies), "--all", "--scratch", scratch, "--site", site, "--lang", lang)
    assert run(*prove, "--out", out, "--by", "花子") == 0
    shown = capsys.readouterr()
    assert ("すべて一致" if lang == "ja" else "everything matched") in shown.out
    assert "カルテ.dat" not in shown.out + shown.err
    assert len(list(Path(out).iterdir())) == 1
    assert run(*prove, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["result"], said["files_same"], said["compared_with"]) == ("whole", 1, "manifest-inside")


def test_an_answer_without_a_question_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(typer.BadParameter):
        run("backup", "prove", str(tmp_path), "--scratch", str(tmp_path / "s"), "--expect", "1")


def test_the_second_ctrl_c_ends_the_program() -> None:
    import os
    import signal
    import threading

    stop = threading.Event()
    before = signal.getsignal(signal.SIGTERM)
    with interrupts(stop):
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGTERM) == before
