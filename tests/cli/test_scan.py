"""`omamori scan` from the command line, without sending anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from omamori.cli.main import main


def _run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["omamori", "scan", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    code = ended.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OMAMORI_SITE", raising=False)


def _filled() -> None:
    text = Path("a.yaml").read_text(encoding="utf-8-sig").replace('""', "x").replace("number: x\n", "")
    Path("a.yaml").write_text(text.replace("\nranges:\n", "\nranges:\n  - 10.1.0.0/24\n"), encoding="utf-8")


def test_a_form_is_written_and_never_overwritten(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(monkeypatch, "--draft", "a.yaml", "--lang", "ja") == 0
    assert "医療機器" in Path("a.yaml").read_text(encoding="utf-8-sig")
    assert "まだ判定がない" in capsys.readouterr().out
    assert _run(monkeypatch, "--draft", "a.yaml", "--lang", "ja") == 3
    assert "すでにあります" in capsys.readouterr().err


def test_every_gap_of_the_form_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _run(monkeypatch, "--draft", "a.yaml", "--lang", "ja")
    assert _run(monkeypatch, "--approval", "a.yaml", "--lang", "ja") == 3
    said = capsys.readouterr()
    assert "直すところが 4 か所" in said.err
    assert "7行目: approved_by: 空欄です" in said.out and "ranges: 空欄です" in said.out
    assert not Path("omamori-site").exists()


def test_the_plan_says_what_would_be_sent(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _run(monkeypatch, "--draft", "a.yaml", "--lang", "en")
    _filled()
    capsys.readouterr()
    assert _run(monkeypatch, "--approval", "a.yaml", "--plan", "--json") == 0
    plan = json.loads(capsys.readouterr().out)["plan"]
    assert (plan["addresses"], plan["connections_per_port"], plan["payload"]) == (254, 2, 0)
    assert plan["packets"] == 254 * 41 * 2
    assert _run(monkeypatch, "--approval", "a.yaml", "--plan", "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "254 addresses" in said
    assert "Approval:" in said and "left alone: 0" in said and "To have it stopped: x" in said
    assert "0 bytes of data" in said


def test_before_its_time_nothing_is_sent(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _run(monkeypatch, "--draft", "a.yaml", "--lang", "en")
    _filled()
    assert _run(monkeypatch, "--approval", "a.yaml", "--lang", "en") == 3
    assert "nothing is sent yet" in capsys.readouterr().err
    assert not Path("omamori-site").exists()


def test_the_plan_of_servers_tells_that_data_is_sent(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _run(monkeypatch, "--draft", "a.yaml", "--lang", "en")
    _filled()
    text = (
        Path("a.yaml")
        .read_text()
        .replace("profile: gentle", "profile: servers")
        .replace("servers:\n", "servers:\n  - address: 10.1.0.11\n")
    )
    Path("a.yaml").write_text(text)
    monkeypatch.setenv("PATH", str(Path.cwd()))
    assert _run(monkeypatch, "--approval", "a.yaml", "--plan", "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "This does send data" in said
    assert "install it (nmap.org" in said
    assert "nmap -n -Pn -sT -sV --version-light" in said


def test_nothing_runs_that_could_be_stopped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(monkeypatch, "--stop", "--lang", "en") == 0
    assert "no scan is running" in capsys.readouterr().out
    assert _run(monkeypatch, "--lang", "en") == 2
    assert _run(monkeypatch, "--stop", "--draft", "x", "--lang", "en") == 2


def test_passive_says_what_is_known(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _run(monkeypatch, "--draft", "a.yaml", "--lang", "en")
    _filled()
    Path("a.yaml").write_text(Path("a.yaml").read_text().replace("profile: gentle", "profile: passive"))
    assert _run(monkeypatch, "--approval", "a.yaml", "--lang", "en") == 3
    assert "no snapshot yet" in capsys.readouterr().err
