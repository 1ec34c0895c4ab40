"""Which machine an output belongs to: what it says itself, its file, its folder; and nothing is guessed where two could be meant."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.session import read_session
from omamori.pipeline.typed import TypedFile, group_typed

DATA = Path(__file__).parents[1] / "parse" / "windows" / "forms" / "data"
NETSTAT = (DATA / "netstat" / "server_ja.txt").read_text(encoding="utf-8")
SYSTEMINFO = (DATA / "systeminfo" / "server_ja.txt").read_text(encoding="utf-8")
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context("windows.commands", seen=NOW, received=NOW)


def file(name: str, text: str, folder: str = "", handed_over: str = "") -> TypedFile:
    return TypedFile(name, read_session(text.encode()), folder, handed_over)


def named(host: str) -> str:
    return SYSTEMINFO.replace("PACS-SV", host)


def grouped(*files: TypedFile) -> list[tuple[str, str, list[str]]]:
    return [(visit.host, visit.guessed, [piece.form for piece, _ in visit.pieces]) for visit in group_typed(files, CONTEXT)]


def test_an_output_that_names_its_machine_speaks_for_its_file() -> None:
    assert grouped(file("x.txt", NETSTAT + SYSTEMINFO)) == [("pacs-sv", "", ["netstat", "systeminfo"])]


def test_files_of_one_folder_are_one_machine() -> None:
    here = {"folder": "/usb/PACS-SV", "handed_over": "PACS-SV"}
    assert grouped(file("netstat.txt", NETSTAT, **here), file("systeminfo.txt", SYSTEMINFO, **here)) == [
        ("pacs-sv", "", ["netstat", "systeminfo"])
    ]
    assert grouped(file("netstat.txt", NETSTAT, folder="/usb/PC21", handed_over="PC21")) == [("pc21", "folder", ["netstat"])]
    assert grouped(file("netstat.txt", NETSTAT, folder="/usb/受付-PC1", handed_over="受付-PC1")) == [("受付-pc1", "folder", ["netstat"])]


def test_a_file_name_that_begins_with_the_machine() -> None:
    found = grouped(
        file("pc5-systeminfo.txt", named("PC5"), "/r", "r"),
        file("pc6.txt", named("PC6"), "/r", "r"),
        file("pc6 netstat.txt", NETSTAT, "/r", "r"),
    )
    assert found == [("pc5", "", ["systeminfo"]), ("pc6", "", ["systeminfo"]), ("pc6", "file", ["netstat"])] or found == [
        ("pc5", "", ["systeminfo"]),
        ("pc6", "", ["systeminfo", "netstat"]),
    ]


@pytest.mark.parametrize("name", ["pc7-netstat.txt", "result.txt", "old.txt"])
def test_the_folder_does_not_speak_for_a_file_named_after_something_else(name: str) -> None:
    found = grouped(file("systeminfo.txt", named("PC5"), "/results", "results"), file(name, NETSTAT, "/results", "results"))
    assert found == [("pc5", "", ["systeminfo"]), ("", "", ["netstat"])]


def test_two_machines_in_one_folder_are_never_mixed() -> None:
    found = grouped(file("a.txt", named("PC5"), "/r", "r"), file("b.txt", named("PC6"), "/r", "r"), file("netstat.txt", NETSTAT, "/r", "r"))
    assert ("", "", ["netstat"]) in found
    assert grouped(file("all.txt", named("PC5") + NETSTAT + "\nC:\\>systeminfo\n" + named("PC6"))) == [
        ("pc5", "", ["systeminfo"]),
        ("pc6", "", ["systeminfo"]),
        ("", "", ["netstat"]),
    ]


def test_the_same_output_twice_is_two_visits_of_one_machine() -> None:
    here = {"folder": "/usb/PC21", "handed_over": "PC21"}
    found = grouped(file("netstat.txt", NETSTAT, **here), file("netstat2.txt", NETSTAT, **here))
    assert found == [("pc21", "folder", ["netstat"]), ("pc21", "folder", ["netstat"])]


def test_files_of_nobody_stay_apart() -> None:
    assert grouped(file("1.txt", NETSTAT), file("2.txt", NETSTAT)) == [("", "", ["netstat"]), ("", "", ["netstat"])]
