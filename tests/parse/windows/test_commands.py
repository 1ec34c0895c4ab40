"""The evidence of one machine: what its outputs say together."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path

import pytest

from omamori.model.look import Parsed
from omamori.model.tables import table_of
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.windows import commands
from omamori.parse.windows.columns import cells, width
from omamori.parse.windows.commands import PARSERS, parse, read_piece
from omamori.parse.windows.form import Line, Piece, forms
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import Origin, write_pieces

DATA = Path(__file__).parent / "forms" / "data"
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
NETSTAT = (DATA / "netstat" / "server_ja.txt").read_text(encoding="utf-8")
SYSTEMINFO = (DATA / "systeminfo" / "server_ja.txt").read_text(encoding="utf-8")


def together(*texts: str) -> Parsed:
    pieces = [(piece, Origin("x.txt", "utf-8")) for text in texts for piece in read_session(text.encode()).pieces]
    return parse(write_pieces(pieces), CONTEXT)


def rows(found: Parsed, table: str) -> list:
    return [row for row in found.rows if table_of(row).name == table]


def test_one_row_for_the_machine_and_its_name() -> None:
    found = together(NETSTAT, SYSTEMINFO)
    (host,) = rows(found, "hosts")
    assert (host.hostname, host.platform, host.role) == ("PACS-SV", "windows", "server")
    assert found.identifiers[0] == "name:pacs-sv"
    assert len(rows(found, "listeners")) == 7


def test_netstat_alone_is_of_a_windows_machine_of_which_nothing_else_is_known() -> None:
    found = together(NETSTAT)
    (host,) = rows(found, "hosts")
    look = next(look for look in found.looks if look.table == "hosts")
    assert (host.platform, host.hostname, look.complete) == ("windows", "", True)
    assert {"hostname", "role", "os_build"} <= set(look.missing)
    assert "platform" not in look.missing


def test_lines_broken_by_the_window_are_read_as_if_whole() -> None:
    def wrapped(text: str) -> str:
        return "\n".join(
            "".join(cells(line)[place : place + 80]) for line in text.split("\n") for place in range(0, max(width(line), 1), 80)
        )

    long = NETSTAT.replace(
        "  UDP         0.0.0.0:123            *:*                                    1188",
        "  UDP    [fe80::244e:2f1e:2096:62b2%9]:1900  *:*                                    8844",
        1,
    )
    long = long.replace(
        "  TCP         [::]:445               [::]:0                 LISTENING       4",
        "  TCP    [2001:db8:1111:2222:3333:4444:5555:6666]:445   [::]:0                 LISTENING       4\n  UDP    0.0.0.0:5 *:*                                          77",
    )
    broken = wrapped(long)
    assert broken != long
    assert [row.pid for row in rows(together(broken), "listeners")] == [row.pid for row in rows(together(long), "listeners")]


def test_a_line_just_as_long_as_a_window_loses_no_value() -> None:
    key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows NT\Printers\PointAndPrint"
    assert len(key) == 80
    asked = 'C:\\>reg query "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Printers" /s\n\n'
    found = together(f"{asked}{key}\n    RestrictDriverInstallationToAdministrators    REG_DWORD    0x0\n\nC:\\>\n")
    assert [row.printer_drivers_by_users for row in rows(found, "windows_settings")] == [True]


def test_logs_asked_for_one_by_one_are_whole_with_the_three_every_windows_has() -> None:
    def asked(*names: str, end: str = "") -> Parsed:
        return together(*(f"name: {name}\nenabled: true\ntype: Admin\nlogging:\n  maxSize: 20971520\n{end}" for name in names))

    def whole(found: Parsed) -> bool:
        return next(look.complete for look in found.looks if look.table == "log_settings")

    found = asked("Application", "Security", "System", "Microsoft-Windows-PowerShell/Operational")
    assert whole(found) and {row.log for row in rows(found, "log_settings")} > {"Security", "System"}
    assert not whole(asked("Application", "Security"))
    assert not whole(asked("Application", "Security", "System", end="  maxS"))


def test_an_output_of_a_later_version_is_told_and_the_rest_is_read() -> None:
    data = b"#@ hologram utf-8 whole 1 x.txt\nblue\n#@ end\n" + write_pieces(
        [(piece, Origin("x", "utf-8")) for piece in read_session(NETSTAT.encode()).pieces]
    )
    found = parse(data, CONTEXT)
    assert len(rows(found, "listeners")) == 7
    assert "hologram" in found.problems[0].expected


@pytest.mark.parametrize("data", [b"", b"\n", b"#@ end\n", b"netstat"])
def test_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        parse(data, CONTEXT)


def test_the_kind_names_every_table_a_form_fills() -> None:
    assert {"hosts", "patches", "listeners", "connections"} <= set(PARSERS[0].tables)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("netstat -anob", True),
        ("netstat -anob | more", True),
        ("netstat -anob > C:\\temp\\find.txt", True),
        ("netstat -anob | Select-Object -Property Line", True),
        ("netstat -anob | findstr TCP", False),
        ('netstat -anob |find "TCP"', False),
        ("netstat -anob | Select-String TCP", False),
        ("netstat -anob | ? { $_ -match 'TCP' }", False),
        ("netstat -anob | Where-Object {$_}", False),
        ("netstat -anob | select -First 40", False),
    ],
)
def test_a_filtered_output_is_never_the_whole_list(typed: str, whole: bool) -> None:
    session = read_session(f"C:\\Users\\admin>{typed}\n{NETSTAT}\nC:\\Users\\admin>".encode())
    found = read_piece(session.pieces[0], CONTEXT)
    assert [look.complete for look in found.looks] == [whole, whole]
    assert bool(found.problems) is not whole


def test_a_long_output_is_not_read_anew_for_every_full_line(monkeypatch: pytest.MonkeyPatch) -> None:
    row = "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       4".ljust(80, "x")
    piece = Piece("netstat", tuple(Line(number, row) for number in range(1, 30_001)))
    known, read = forms(), []

    def counted(piece: Piece, context: Context) -> Parsed:
        read.append(piece)
        return Parsed()

    monkeypatch.setattr(commands, "forms", lambda: {"netstat": dataclasses.replace(known["netstat"], read=counted)})
    commands.read_piece(piece, CONTEXT)
    assert len(read) <= 6
