"""What a Windows machine is asked over WinRM, over the wire: nothing but what the kit asks, and it comes as the kit's."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Parser

from omamori.collect.windows.commands import kit_commands
from omamori.collect.windows.remote import Seen, ask_everything, count_of, introduce
from omamori.gate.winrm import WinRmOptions, WinRmSession, WinRmTarget
from omamori.gate.winrm_hosts import look_over_winrm
from winrm_hospital import pc
from winrm_machine import Pc
from winrm_server import Behaviour, Heard, Service, serving

USER, PASSWORD = "HOSPITAL\\it-admin", "Kaede 7 sakura!"
NUMBER = "0123456789abcdef" * 2
SECEDIT = (
    rf'if defined TEMP md "%TEMP%\omamori-{NUMBER}" && cd /d "%TEMP%\omamori-{NUMBER}" && '
    rf'(secedit /export /cfg 001 /log l001 >nul <nul & type 001 & cd /d "%TEMP%" & rd /s /q "%TEMP%\omamori-{NUMBER}")'
)
GONE = rf'if exist "%TEMP%\omamori-{NUMBER}" echo left'
REMOVED = rf'rd /s /q "%TEMP%\omamori-{NUMBER}"'


def law() -> ModuleType:
    """The lists the kit is held to."""
    spec = importlib.util.spec_from_file_location("kit_law", Path(__file__).with_name("test_script.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LAW = law()


def look(machine: Pc, **how: Any) -> tuple[Seen, Heard]:
    """Look at a machine through a real connection."""
    service = Service(machine, Behaviour({USER.lower(): PASSWORD}, **how))
    seen = Seen()

    def work(target: WinRmTarget, session: WinRmSession, step: Callable[[], None]) -> None:
        assert introduce(session, seen) == ""
        ask_everything(session, seen, number=NUMBER, step=step)

    steps: list[str] = []
    with serving(service):
        for _, failure in look_over_winrm(
            [f"127.0.0.1:{service.port}"], work, WinRmOptions(USER, lambda: PASSWORD, http=True), steps.append
        ):
            assert failure is None, failure
    assert len(steps) == count_of(seen.kind) == len(seen.sections)
    assert service.shells == {}
    return seen, service.heard


@pytest.fixture(scope="module")
def everything() -> Iterator[tuple[Pc, Seen, Heard]]:
    machine = pc()
    yield machine, *look(machine)


def questions(line: str) -> list[str]:
    """The commands in a line, without where their output goes."""
    parts = re.findall(r'\(if exist "[^"]+" (icacls "[^"]+") <nul\)', line) if line.startswith("(") else [line]
    assert not line.startswith("(") or re.fullmatch(
        r'\(if exist "[^"]+" icacls "[^"]+" <nul\)( & \(if exist "[^"]+" icacls "[^"]+" <nul\))*', line
    )
    return [part.removesuffix(" <nul").removesuffix(" >nul") for part in parts]


def test_nothing_is_asked_that_the_kit_may_not_ask(everything: tuple[Pc, Seen, Heard]) -> None:
    _, _, heard = everything
    assert len(heard.lines) > 120
    for line in heard.lines:
        if line in (SECEDIT, GONE):
            continue
        for question in questions(line):
            assert any(re.fullmatch(pattern, question, re.IGNORECASE) for pattern in LAW.READING), line
            assert not any(re.search(pattern, question, re.IGNORECASE) for pattern in LAW.FORBIDDEN), line
            assert not re.search(r"\breg export\b", question)
            whole = re.fullmatch(r'reg query ("[^"]+"|\S+) /s', question)
            assert whole is None or not LAW.SECRET_KEYS.match(whole[1].strip('"')), line
        assert len(line) < 8000


def test_powershell_is_asked_nothing_the_kit_may_not_ask(everything: tuple[Pc, Seen, Heard]) -> None:
    _, _, heard = everything
    parser = Parser(Language(tree_sitter_powershell.language()))
    assert len(heard.scripts) > 10
    for script in heard.scripts:
        tree = parser.parse(LAW.quoted(script.encode()))
        assert not tree.root_node.has_error, script
        called = {node.text.decode().lower() for node in LAW.nodes(tree.root_node) if node.type == "command_name" and node.text}
        assert called <= LAW.CMDLETS - {"ask", "bytes", "protect-result"}, called
        assert not any(re.search(pattern, script, re.IGNORECASE) for pattern in LAW.FORBIDDEN), script


@pytest.mark.parametrize(("product", "kind"), [("WinNT", "client"), ("ServerNT", "server"), ("LanmanNT", "dc")])
def test_it_asks_what_the_kit_asks_on_such_a_machine(product: str, kind: str) -> None:
    seen, _ = look(pc(product=product))
    only = {"client": {None, "client"}, "server": {None, "server"}, "dc": {None, "server", "dc"}}[kind]
    assert seen.kind == kind
    assert {one.name for one in seen.sections} == {one.file for one in kit_commands() if one.only_on in only}


def test_who_it_is_and_when(everything: tuple[Pc, Seen, Heard]) -> None:
    _, seen, heard = everything
    assert (seen.host, seen.kind, seen.privileged, str(seen.started)) == ("KARTE-PC21", "client", True, "2026-03-02 01:30:00")
    assert heard.codepages == [437, 932]
    assert seen.finished and seen.left == ""


def test_japanese_comes_as_the_console_has_it(everything: tuple[Pc, Seen, Heard]) -> None:
    _, seen, _ = everything
    sections = {one.name: one for one in seen.sections}
    assert "電子カルテ クライアント".encode("cp932") in sections["soft64.reg"].data
    assert sections["netstat.txt"].data.decode("cp932").startswith("\r\nアクティブな接続")
    # What PowerShell says is Unicode and comes as the kit writes it.
    assert sections["os.txt"].data.startswith(b"\xef\xbb\xbf") and "Microsoft Windows" in sections["os.txt"].data.decode("utf-8")


def test_a_registry_answer_stands_with_its_question(everything: tuple[Pc, Seen, Heard]) -> None:
    _, seen, _ = everything
    sections = {one.name: one for one in seen.sections}
    text = sections["soft64.reg"].data.decode("cp932")
    assert text.startswith(
        'C:\\>reg query "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall" /s\r\n\r\nHKEY_LOCAL_MACHINE'
    ) or text.startswith("C:\\>reg query HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall /s\r\n\r\nHKEY_LOCAL_MACHINE")
    assert text.endswith("\r\n\r\nC:\\>\r\n")
    # That a key is not there is an answer too.
    assert "見つかりません".encode("cp932") in sections["reboot.txt"].data and sections["reboot.txt"].exit_code == 0


def test_the_logon_password_never_comes_over_the_wire(everything: tuple[Pc, Seen, Heard]) -> None:
    _, seen, heard = everything
    assert not any(b"Himitsu" in one.data for one in seen.sections)
    logon = next(one for one in seen.sections if one.name == "autopass.txt")
    assert b"DefaultPassword    REG_SZ    [secret: password, set]" in logon.data
    assert [line for line in heard.lines if "DefaultPassword" in line] == [
        r'reg query "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon" /v DefaultPassword >nul <nul'
    ]


def test_names_from_the_machine_cannot_become_commands(everything: tuple[Pc, Seen, Heard]) -> None:
    _, _, heard = everything
    assert not any("calc" in line for line in heard.lines)
    assert any(r"HKEY_USERS\S-1-5-21-1-2-3-1001\Control Panel\Desktop" in line for line in heard.lines)
    programs = [line for line in heard.lines if "icacls" in line]
    assert programs == [
        r'(if exist "C:\画像\viewer.exe" icacls "C:\画像\viewer.exe" <nul) & (if exist "C:\画像\." icacls "C:\画像\." <nul)'
    ]


def test_the_one_folder_is_made_used_and_removed_by_one_line_and_that_is_asked(everything: tuple[Pc, Seen, Heard]) -> None:
    machine, seen, heard = everything
    assert [line for line in heard.lines if "TEMP" in line] == [SECEDIT, GONE]
    assert machine.folders == set() and machine.removed == [f"omamori-{NUMBER}"]
    secedit = next(one for one in seen.sections if one.name == "secedit.inf")
    assert secedit.exit_code == 0 and b"[System Access]" in secedit.data


def test_a_folder_that_stays_is_told(everything: tuple[Pc, Seen, Heard]) -> None:
    seen, heard = look(pc(keeps_folders=True))
    assert seen.left == rf"%TEMP%\omamori-{NUMBER}"
    assert [line for line in heard.lines if "TEMP" in line] == [SECEDIT, GONE, REMOVED, GONE]


def test_a_command_that_fails_costs_itself(everything: tuple[Pc, Seen, Heard]) -> None:
    _, whole, _ = everything
    seen, _ = look(pc(failing=("auditpol",), powershell={}))
    sections, before = ({one.name: one for one in one_look.sections} for one_look in (seen, whole))
    assert sections["audit.txt"].exit_code == 5
    assert sections["os.txt"].exit_code == 1 and sections["os.txt"].data == b""
    assert seen.started is None
    same = {name for name in sections if sections[name] == before[name]}
    assert set(sections) - same == {"audit.txt", "os.txt", "computer.txt", "localuser.txt", "oldest.txt"}


def test_where_powershell_is_blocked_everything_else_comes(everything: tuple[Pc, Seen, Heard]) -> None:
    _, whole, _ = everything
    seen, heard = look(pc(), powershell=False)
    assert heard.scripts == []
    asked = {one.file for one in kit_commands() if one.query}
    assert [one for one in seen.sections if one.name not in asked] == [one for one in whole.sections if one.name not in asked]


def test_without_administrator_it_asks_what_an_ordinary_user_may() -> None:
    machine = pc()
    machine.registry = {key: values for key, values in machine.registry.items() if key != r"HKEY_USERS\S-1-5-19"}
    seen, heard = look(machine)
    assert seen.privileged is False
    assert "netstat -ano <nul" in heard.lines and "netstat -anob <nul" not in heard.lines
