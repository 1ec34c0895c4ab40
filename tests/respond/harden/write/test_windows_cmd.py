"""The scripts of a plan: readable by cmd of every version, only what stands in the plan, and both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from omamori.model.text import Text
from omamori.respond.harden.changes import (
    AuditSubcategory,
    Change,
    FeatureOff,
    MemberRemoved,
    RegistryValue,
    SecurityArea,
    ServiceStart,
    ShareClosed,
    ShareRights,
    WindowsRule,
)
from omamori.respond.harden.measures.windows_settings import rows
from omamori.respond.harden.parts import Machine, Measure, Menu
from omamori.respond.harden.write.folder import folder_of
from omamori.respond.harden.write.windows import write
from omamori.respond.harden.write.windows_cmd import NotWritable

MACHINE = Machine("KARTE-PC9", "windows", "client", "", "", "", "", False, False, False)
OTHERS: tuple[Change, ...] = (
    ShareClosed("紹介状 A"),
    ShareRights("data", (("S-1-5-32-544", "full"), ("S-1-5-11", "read"))),
    MemberRemoved("S-1-5-32-544", "S-1-5-21-1-2-3-513"),
    FeatureOff("SMB1Protocol"),
    WindowsRule("policy", "{A}", "v2.30|Action=Allow|App=%SystemRoot%\\x.exe|Name=a & b|"),
    WindowsRule("local", "RemoteDesktop-UserMode-In-TCP", None),
    ServiceStart("RemoteRegistry", 4),
    SecurityArea("Privilege Rights", "SeDebugPrivilege", "*S-1-5-32-544"),
    AuditSubcategory("0cce9215-69ae-11d9-bed3-505054503030", True, False),
)


def measure(*changes: Change, name: str = "x") -> Measure:
    said = Text("試し", "trial")
    return Measure(name, MACHINE, said, said, said, Menu(said), changes)


def files(*measures: Measure) -> dict[str, bytes]:
    return {file.name.partition("/")[2]: file.content for file in write(MACHINE, measures)}


@pytest.fixture(scope="module")
def every() -> dict[str, bytes]:
    measures = [Measure(row.name, MACHINE, row.what, row.why, row.stops, row.menu, row.changes) for row in rows()]
    return files(*measures, measure(*OTHERS))


@pytest.mark.parametrize("name", ["apply.cmd", "undo.cmd"])
def test_cmd_can_read_it(every: dict[str, bytes], name: str) -> None:
    data = every[name]
    text = data.decode("ascii")
    assert data.count(b"\r\n") == data.count(b"\n") > 0 and max(map(len, data.split(b"\r\n"))) < 2000
    labels = re.findall(r"^:(\w+)\r?$", text, re.MULTILINE)
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"(?:goto |call :)(\w+)", text)) - {"eof"} <= set(labels)
    assert not re.search(r"\(\s*$", text, re.MULTILINE), "a parenthesis that stands over lines ends at the first bracket of a name"
    assert "{{" not in text and "{%" not in text


def test_all_it_says_is_there_in_both_languages(every: dict[str, bytes]) -> None:
    said = {
        word for name in ("apply.cmd", "undo.cmd") for word in re.findall(r"call :(?:say|stopped|told) (\w+)", every[name].decode("ascii"))
    }
    for name, code in (("messages.ja.txt", "cp932"), ("messages.en.txt", "ascii")):
        lines = every[name].decode(code).split("\r\n")
        assert said <= {line.partition("=")[0] for line in lines}
        assert not [line for line in lines if "!" in line], "cmd takes these as signs of its own"


def test_what_is_undone_is_what_is_applied_in_the_other_order(every: dict[str, bytes]) -> None:
    step = re.compile(r"^call :(value|gone|import|service|area|audit|share|member|feature) (\d{3})", re.MULTILINE)
    applied = [number for _, number in step.findall(every["apply.cmd"].decode("ascii"))]
    undone = [number for _, number in step.findall(every["undo.cmd"].decode("ascii"))]
    assert applied and sorted(applied) == sorted(undone) == sorted(set(applied))
    single = [number for kind, number in step.findall(every["undo.cmd"].decode("ascii")) if kind == "value"]
    assert single == sorted(single, reverse=True)


def test_it_takes_back_only_what_it_saved(every: dict[str, bytes]) -> None:
    undo = every["undo.cmd"].decode("ascii")
    for line in undo.splitlines():
        if re.search(r"\breg delete\b", line):
            assert "%KEY%" in line or line.startswith("reg delete %1 /f"), line
        if re.match(r"(?:del|rd) ", line):
            assert re.fullmatch(r'del(?: "%STATE%\\[\w%.]+"| "%Q%")+ 2>nul', line), line
    assert not re.search(r"format |shutdown|takeown|bcdedit|vssadmin|wevtutil cl", undo + every["apply.cmd"].decode("ascii"), re.IGNORECASE)


def test_what_is_too_odd_for_a_line_of_cmd_lies_in_a_file_or_is_refused(every: dict[str, bytes]) -> None:
    found = files(measure(*OTHERS))
    assert b"a & b" not in found["apply.cmd"]
    beside = {name: data for name, data in found.items() if re.fullmatch(r"steps/\d{3}\.reg", name)}
    (rule,) = [text for data in beside.values() if "a & b" in (text := data.decode("utf-16"))]
    assert '"{A}"="v2.30|Action=Allow|App=%SystemRoot%\\\\x.exe|Name=a & b|"' in rule
    (share,) = [data for name, data in found.items() if re.fullmatch(r"steps/\d{3}\.txt", name)]
    assert share.decode("cp932") == "3=紹介状 A\r\n"
    for name in ('a" & del x', "%PATH%", "a\nb", "=x", "한글"):
        with pytest.raises(NotWritable):
            files(measure(ShareClosed(name)))
    for name in ('a" & del x', "%PATH%", "a^b", "a\nb"):
        with pytest.raises(NotWritable):
            files(measure(RegistryValue(r"HKLM\SOFTWARE\X", name, "dword", 1)))


def test_the_same_plan_has_the_same_name_and_another_another() -> None:
    one, same, other = (files(measure(RegistryValue(r"HKLM\SOFTWARE\X", "a", "dword", number)))["undo.cmd"] for number in (1, 1, 2))
    assert one == same != other
    assert files(measure()) == {}


def test_a_script_knows_its_machine_by_the_name_windows_gives_it() -> None:
    machine = replace(MACHINE, asset="電子カルテ端末31", hostname="KARTE-PC31-SECOND-FLOOR")
    said = {file.name: file.content for file in write(machine, [replace(measure(*OTHERS), machine=machine)])}
    assert b'set "FOR=KARTE-PC31-SECO"\r\n' in said["電子カルテ端末31/apply.cmd"]


def test_the_words_of_a_measure_stay_in_their_line() -> None:
    odd = "x\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Evil]\r\nm02=y\x1a"
    found = files(replace(measure(*OTHERS), what=Text(odd, odd)))
    lines = found["values.ja.reg"].decode("utf-16").split("\r\n")
    assert not any(line.startswith("[") and "Evil" in line for line in lines)
    said = found["messages.ja.txt"].decode("cp932")
    assert "\r\nm02" not in said and "\x1a" not in said


def test_a_folder_for_each_machine() -> None:
    assert folder_of("PC-1.local") == "PC-1.local" and folder_of("電子カルテ端末31") == "電子カルテ端末31"
    assert folder_of("会計/..") != folder_of("受付/..") and "/" not in folder_of("会計/..")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../../etc", "/", "\\\\x\\c$", "CON", "nul.txt", "linux", "plan.html", "あ" * 400, "\u202egnp", "a\nb"]
)
def test_no_name_leads_out_of_the_folder_or_to_a_device(name: str) -> None:
    folder = folder_of(name)
    assert re.fullmatch(r"[\w-][\w.-]*", folder) and len(folder.encode()) < 255
    assert folder.lower().partition(".")[0] not in {"con", "nul", "linux", "plan"}
