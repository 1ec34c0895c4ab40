"""`sc`: when a list of services is the whole one, and what is no service."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
ALL = (Path(__file__).parent / "data" / "sc" / "all_ja.txt").read_text(encoding="utf-8")


def read(text: str) -> Parsed:
    (piece,) = read_session(text.encode()).pieces
    assert piece.form == "sc"
    return read_piece(piece, CONTEXT)


def blocks(*keep: str) -> str:
    """The sample with the services whose names begin with one of `keep`."""
    head, *rest = ALL.split("SERVICE_NAME: ")
    return head + "".join(f"SERVICE_NAME: {block}" for block in rest if block.startswith(keep))


def test_the_whole_list_is_complete() -> None:
    assert read(ALL).looks[0].complete


@pytest.mark.parametrize(
    "text",
    [
        blocks("B", "C", "E", "L", "M", "P", "R", "T", "W", "w").replace("1  STOPPED", "4  RUNNING"),
        blocks("E", "L", "M", "P", "R", "S", "T", "W", "w", "C"),
        blocks("A", "B", "E", "L", "M", "P", "R", "S", "T"),
        ALL.replace("20  WIN32_SHARE_PROCESS", "10  WIN32_OWN_PROCESS")
        .replace("30  WIN32 ", "10  WIN32_OWN_PROCESS ")
        .replace("e0  USER", "50  USER"),
        ALL.rsplit("        CHECKPOINT", 1)[0] + "\n",
        ALL.replace("        CHECKPOINT", "  ??? CHECKPOINT", 1),
        ALL.replace("STATE              : 1", "STATE              : ?", 1),
    ],
    ids=["running only", "the window lost the beginning", "ends early", "one type only", "last one half", "a strange line", "no state"],
)
def test_part_of_the_list_is_not_complete(text: str) -> None:
    look = read(text).looks[0]
    assert not look.complete
    assert look.reason in ("not_collected", "not_understood")


def test_drivers_are_no_services() -> None:
    text = "SERVICE_NAME: ACPI\nDISPLAY_NAME: ACPI\n        TYPE               : 1  KERNEL_DRIVER\n        STATE              : 4  RUNNING\n        WAIT_HINT          : 0x0\n"
    assert read(text).rows == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\n\nThe specified service does not exist.\n", "not_collected"),
        ("[SC] OpenSCManager FAILED 5:\n\nアクセスが拒否されました。\n", "needs_administrator"),
        ("[SC] EnumQueryServicesStatus:OpenService 失敗 5:\n\nアクセスが拒否されました。\n", "needs_administrator"),
    ],
)
def test_an_error_is_no_list(text: str, reason: str) -> None:
    found = read(text)
    assert (found.rows, found.looks[0].complete, found.looks[0].reason) == ((), False, reason)


def test_query_and_configuration_of_one_service_are_one_row() -> None:
    text = blocks("Spooler").split("\n", 1)[1] + (
        "[SC] QueryServiceConfig SUCCESS\n\nSERVICE_NAME: spooler\n        TYPE               : 110  WIN32_OWN_PROCESS (interactive)\n"
        "        START_TYPE         : 4   DISABLED\n        BINARY_PATH_NAME   : C:\\Windows\\System32\\spoolsv.exe\n"
        "        SERVICE_START_NAME : LocalSystem\n"
    )
    (row,) = read(text).rows
    assert (row.name, row.state, row.start, row.account) == ("Spooler", "stopped", "disabled", "LocalSystem")
