"""What people really hand over: mixed, damaged, foreign and useless files, each told in one line, the rest taken in."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from omamori.collect.windows.here import Output
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.outcome import Outcome
from omamori.pipeline.typed_intake import import_outputs
from omamori.snapshot.site import Site

DATA = Path(__file__).parents[1] / "parse" / "windows" / "forms" / "data"
NETSTAT = (DATA / "netstat" / "server_ja.txt").read_text(encoding="utf-8").replace("\n", "\r\n")
SYSTEMINFO = (DATA / "systeminfo" / "server_ja.txt").read_text(encoding="utf-8").replace("\n", "\r\n")
NOW = datetime(2026, 6, 1, 9)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "PC21").mkdir(parents=True)
    return tmp_path / "in"


def taken(folder: Path, *paths: Path) -> dict[str, Outcome]:
    outcomes = take_in(folder.parent / "site", list(paths) or [folder], Silent(), received=NOW)
    assert all("\n" not in outcome.text.ja + outcome.text.en for outcome in outcomes)
    return {outcome.name.rsplit("/", 1)[-1]: outcome for outcome in outcomes}


def evidence(folder: Path) -> list[tuple[str, str]]:
    receipts = Site(folder.parent / "site").evidence.receipts()
    return sorted((receipt.visit.host, receipt.items[0].file_name) for receipt in receipts)


def test_a_folder_as_the_guide_makes_it(folder: Path) -> None:
    (folder / "PC21" / "netstat.txt").write_bytes(NETSTAT.encode("cp932"))
    (folder / "PC21" / "systeminfo.txt").write_bytes(SYSTEMINFO.replace("PACS-SV", "PC21").encode("utf-16"))
    found = taken(folder)
    assert [outcome.status for outcome in found.values()] == ["stored", "stored"]
    assert "機器 pc21" in found["netstat.txt"].text.ja
    assert evidence(folder) == [("pc21", "netstat.txt (+1)")]
    assert [outcome.status for outcome in taken(folder).values()] == ["already", "already"]


def test_what_is_useless_is_told_and_the_rest_is_taken_in(folder: Path) -> None:
    (folder / "both.txt").write_bytes((NETSTAT + SYSTEMINFO).encode("cp932"))
    (folder / "screen.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with zipfile.ZipFile(folder / "memo.docx", "w") as document:
        document.writestr("[Content_Types].xml", "<Types/>")
        document.writestr("word/document.xml", "<w:document>netstat -ano</w:document>")
    (folder / "half.txt").write_bytes(SYSTEMINFO.encode("cp932")[:700])
    (folder / "unknown.txt").write_bytes(b"C:\\>frobnicate\r\nFrob 1\r\nFrob 2\r\n")
    (folder / "empty.txt").write_bytes(b"\r\n")
    found = taken(folder)
    assert {name: outcome.status for name, outcome in found.items()} == {
        "both.txt": "stored",
        "screen.png": "unknown",
        "memo.docx": "unknown",
        "half.txt": "stored",
        "unknown.txt": "unknown",
        "empty.txt": "unknown",
    }
    assert "画像" in found["screen.png"].text.ja
    assert "Word" in found["memo.docx"].text.ja
    assert "読み取れない箇所" in found["half.txt"].text.ja
    assert "frobnicate" in found["unknown.txt"].text.ja
    assert "空" in found["empty.txt"].text.ja


def test_an_unknown_command_between_known_ones_is_named(folder: Path) -> None:
    text = f"C:\\>netstat -ano\r\n{NETSTAT}\r\nC:\\>frobnicate /x\r\nFrob\r\nC:\\>systeminfo\r\n{SYSTEMINFO}\r\nC:\\>"
    (folder / "console.txt").write_bytes(text.encode("cp932"))
    said = taken(folder)["console.txt"].text
    assert "frobnicate /x" in said.ja
    assert "netstat -ano, systeminfo" in said.en


def test_a_file_that_names_no_machine_says_what_to_do(folder: Path) -> None:
    path = folder / "netstat.txt"
    path.write_bytes(NETSTAT.encode("cp932"))
    assert "フォルダー" in taken(folder, path)["netstat.txt"].text.ja
    assert evidence(folder) == [("", "netstat.txt")]


def test_the_outputs_of_this_machine(tmp_path: Path) -> None:
    store = Site(tmp_path).create().evidence
    outputs = [Output("netstat.txt", NETSTAT.encode("cp932")), Output("secedit.inf", b""), Output("x.txt", b"Access is denied.\r\n")]
    outcome = import_outputs(store, outputs, "PC21", received=NOW)
    assert (outcome.status, "3 のコマンドのうち 1" in outcome.text.ja) == ("stored", True)
    (receipt,) = store.receipts()
    assert (receipt.visit.how, receipt.visit.host, receipt.items[0].seen) == ("local", "pc21", NOW)
    assert import_outputs(store, outputs[1:], "PC21", received=NOW).status == "refused"


def test_a_password_typed_in_an_unknown_command_is_not_shown(folder: Path) -> None:
    (folder / "x.txt").write_bytes(b"C:\\>net use Z: \\\\files\\x /user:kanri Himitsu123\r\nok\r\nok\r\nok\r\nok\r\n")
    outcome = taken(folder)["x.txt"]
    assert "Himitsu123" not in outcome.text.ja + outcome.text.en


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("エラー: アクセスが拒否されました。\r\n", "管理者として開き"),
        (
            "'wmic' は、内部コマンドまたは外部コマンド、\r\n操作可能なプログラムまたはバッチ ファイルとして認識されていません。\r\n",
            "飛ばして",
        ),
        ("今日の予定\r\n会議\r\n", "種類が分かりません"),
    ],
)
def test_a_file_that_holds_only_a_refusal_says_what_to_do(folder: Path, text: str, word: str) -> None:
    (folder / "x.txt").write_bytes(text.encode("cp932"))
    outcome = taken(folder)["x.txt"]
    assert (outcome.status, word in outcome.text.ja) == ("unknown", True)
