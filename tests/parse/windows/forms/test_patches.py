"""Updates out of two outputs of one machine are one list; both as real machines printed them and in odd shapes."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from omamori.model.host import Patch
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.merge import merge
from omamori.parse.windows.session import read_session

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "windows" / "wesng-validation"
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)


def read(data: bytes) -> list[Parsed]:
    return [read_piece(piece, CONTEXT) for piece in read_session(data).pieces]


def looks(found: Parsed) -> list[Look]:
    return [look for look in found.looks if look.table == "patches"]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("10_1803_x64_proforworkstations_en-us_A_20190305", 4),
        ("7_sp1_x64_enterprise_en-us_20190305", 276),
        ("srv_2012r2_u1", 154),
        ("vista_x64_sp2", 175),
        ("xp_sp3_x86_professional_en-us", 135),
    ],
)
def test_the_cut_list_of_systeminfo_and_the_whole_list_of_wmic(name: str, count: int) -> None:
    paths = [DATA / f"{name}_systeminfo.txt", DATA / f"{name}_qfe.txt"]
    if not all(path.exists() for path in paths):
        pytest.skip(f"real captures are not here: {DATA}")
    parts = [part for path in paths for part in read(path.read_bytes())]
    for order in (parts, parts[::-1]):
        found = merge(order)
        assert sum(isinstance(row, Patch) for row in found.rows) == count
        assert looks(found) == [Look("patches")]


def test_doubled_line_ends_and_both_commands_in_one_file() -> None:
    text = (
        "\r\r\n\r\r\nCaption=Microsoft Windows 10 Pro\r\r\nBuildNumber=19045\r\r\nVersion=10.0.19045\r\r\n\r\r\n\r\r\n"
        "\r\r\n\r\r\nCSName=PC01\r\r\nHotFixID=KB5034441\r\r\nInstalledOn=1/15/2024\r\r\n\r\r\n"
        "\r\r\nCSName=PC01\r\r\nHotFixID=KB5034442\r\r\nInstalledOn=1/5/2024\r\r\n\r\r\n\r\r\n"
    )
    system, updates = read(text.encode("utf-16"))
    assert [row.os_build for row in system.rows] == ["10.0.19045"]
    assert [(row.patch_id, str(row.installed)) for row in updates.rows] == [("KB5034441", "2024-01-15"), ("KB5034442", "2024-01-05")]
    assert updates.looks == (Look("patches", missing=("description",), reason="not_collected"),)


@pytest.mark.parametrize("word", ["", "File 1", "更新", "KB12", "x" * 500])
def test_a_line_without_an_update_is_told(word: str) -> None:
    (found,) = read(f'"HotFixID","InstalledOn"\r\n"KB5034441","2024/01/15 0:00:00"\r\n"{word}","2024/01/15 0:00:00"\r\n'.encode())
    assert [row.patch_id for row in found.rows] == ["KB5034441"]
    assert not found.looks[0].complete and [problem.line for problem in found.problems] == [3]
