"""The list of commands: all only read, each is understood, and what a person types is what the program runs."""

from __future__ import annotations

import re

import pytest

from omamori.collect.windows.commands import SOURCES, Command, all_commands, commands
from omamori.parse.windows.form import forms

FORBIDDEN = re.compile(
    r"\b(add|delete|del|set|import|configure|restore|enable|disable|stop|start=|reset|format(?!:|-list)|remove|new|clear|invoke|win32_product"
    r"|gpupdate|save|write|install)\b|[;&<>]",
    re.IGNORECASE,
)


@pytest.mark.parametrize("command", commands(), ids=lambda one: one.file)
def test_a_command_only_reads(command: Command) -> None:
    for words in (command.run, command.other):
        line = " ".join(words).replace("get, ", "")
        assert not FORBIDDEN.search(line), line
        assert words == () or words[0] in {
            "systeminfo", "netstat", "tasklist", "ipconfig", "route", "arp", "netsh", "net", "secedit", "sc", "wmic", "reg", "schtasks",
            "auditpol", "wevtutil", "whoami", "cmd", "w32tm", "gpresult", "wbadmin", "vssadmin", "powershell", "dism", "manage-bde",
        }  # fmt: skip
    assert command.run[:1] != ("reg",) or command.run[1] in ("query", "export")
    assert command.run[:1] != ("route",) or command.run[1] == "print"
    assert command.run[:1] != ("secedit",) or command.run[1] == "/export"


def test_every_file_has_one_command_and_fits_old_file_systems() -> None:
    names = [command.file for command in commands()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]{1,12}\.(txt|inf|reg)", name) for name in names)


def test_what_is_typed() -> None:
    by_file = {command.file: command for command in commands()}
    assert by_file["netstat.txt"].typed == "netstat -anob > netstat.txt"
    assert by_file["netstat.txt"].typed_otherwise == "netstat -ano > netstat.txt"
    assert by_file["secedit.inf"].typed == "secedit /export /cfg secedit.inf"
    assert '"Remote Desktop Users"' in by_file["rdusers.txt"].typed


@pytest.mark.parametrize("command", commands(), ids=lambda one: one.file)
def test_the_output_of_every_command_has_a_form(command: Command) -> None:
    words = {form.command.split()[0].lower() for form in forms().values()} | {"powershell"}
    assert (command.short or command.run[0]).split()[0] in words


@pytest.mark.parametrize("command", all_commands(), ids=lambda one: one.file)
def test_every_command_names_the_page_it_was_written_from(command: Command) -> None:
    program = command.run[2] if command.run[0] == "cmd" else command.run[0]
    # PowerShell's own page tells nothing about a query; a program's page is that of the program.
    own = command.source != SOURCES.format(program)
    assert command.source.startswith("Microsoft Learn, ") and (own or program != "powershell")
    if own and command.query:
        asked = re.findall(
            r"\b(?:Win32_\w+|MSFT_\w+|Get-(?!WmiObject|CimInstance)\w+|\w+Product\b|DirectorySearcher|WinNT)",
            f"{command.query} {command.run[-1]}",
        )
        assert any(word.lower() in command.source.lower() for word in asked), asked
