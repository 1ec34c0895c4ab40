"""The forms of a group policy, read back by readers of their own: registry.pol by [MS-GPREG], the template by the parser of `secedit`."""

from __future__ import annotations

import csv
import struct
from datetime import datetime

import pytest

from hardened_windows import areas_of, entries_of
from omamori.model.text import Text
from omamori.parse.interface import Context
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.forms import secedit
from omamori.parse.windows.registry.descriptor import read_descriptor
from omamori.respond.harden.changes import Change, ProfileOpen, RegistryValue, ShareRights, WindowsRule
from omamori.respond.harden.measures.windows_settings import rows
from omamori.respond.harden.parts import Machine, Measure, Menu
from omamori.respond.harden.write.windows import write
from omamori.respond.harden.write.windows_inf import for_policy, of_policy
from omamori.respond.harden.write.windows_values import Steps, descriptor, full, steps_of

MACHINE = Machine("PC9", "windows", "client", "", "", "", "", False, False, False)
RULES = (WindowsRule("policy", "{A}", "v2.30|Action=Block|Name=遮断|"), WindowsRule("local", "{B}", "v2.30|Action=Block|"))
EXPANDED = RegistryValue(r"HKLM\SOFTWARE\Policies\X", "path", "expand", r"%windir%\x")


def pol(data: bytes) -> list[tuple[str, str, int, bytes]]:
    """Read registry.pol by [MS-GPREG] 2.2.1: the header, then `[key;value;type;size;data]`, all of it 16 bits wide."""
    assert struct.unpack_from("<II", data) == (0x67655250, 1)
    at, found = 8, []

    def mark(sign: str) -> None:
        nonlocal at
        assert data[at : at + 2] == sign.encode("utf-16-le"), (at, sign)
        at += 2

    def text() -> str:
        nonlocal at
        end = next(place for place in range(at, len(data), 2) if data[place : place + 2] == b"\0\0")
        found_text = data[at:end].decode("utf-16-le")
        at = end + 2
        return found_text

    def number() -> int:
        nonlocal at
        at += 4
        return int(struct.unpack_from("<I", data, at - 4)[0])

    while at < len(data):
        mark("[")
        key = text()
        mark(";")
        name = text()
        mark(";")
        kind = number()
        mark(";")
        size = number()
        mark(";")
        found.append((key, name, kind, data[at : at + size]))
        at += size
        mark("]")
    return found


@pytest.fixture(scope="module")
def steps() -> Steps:
    measures = [Measure(row.name, MACHINE, row.what, row.why, row.stops, row.menu, row.changes) for row in rows()]
    said = measures[0]
    return steps_of([*measures, Measure("x", MACHINE, said.what, said.why, said.stops, said.menu, (*RULES, EXPANDED))])


@pytest.fixture(scope="module")
def files(steps: Steps) -> dict[str, bytes]:
    return {file.name.partition("/")[2]: file.content for file in write(MACHINE, steps.measures)}


def test_registry_pol_holds_every_value_of_the_places_of_policies(steps: Steps, files: dict[str, bytes]) -> None:
    entries = {(f"HKLM\\{key}", name): (kind, data) for key, name, kind, data in pol(files["gpo/machine/registry.pol"])}
    wanted = {
        (one.key, one.name if one.data is not None else f"**del.{one.name}"): one
        for one in for_policy(steps)
        if of_policy(one) or one.data is None
    }
    assert set(entries) == set(wanted) and len(entries) > 30
    for place, value in wanted.items():
        kind, data = entries[place]
        if value.data is None:
            assert (kind, data) == (1, " \0".encode("utf-16-le"))
        elif isinstance(value.data, int):
            assert (kind, data) == (4, value.data.to_bytes(4, "little"))
        else:
            assert isinstance(value.data, str) and (kind, data) == (
                {"sz": 1, "expand": 2}[value.kind],
                f"{value.data}\0".encode("utf-16-le"),
            )
    people = pol(files["gpo/user/registry.pol"])
    assert {(key.split("\\")[-2], name, kind, data) for key, name, kind, data in people} == {
        (program, "blockcontentexecutionfrominternet", 4, b"\1\0\0\0") for program in ("word", "excel", "powerpoint")
    }


def test_the_template_is_one_the_parser_of_secedit_reads(files: dict[str, bytes]) -> None:
    lines = files["gpo/GptTmpl.inf"].decode("utf-16").split("\r\n")
    moment = datetime(2026, 6, 1)
    parsed = secedit.read(Piece("secedit", [Line(number, text) for number, text in enumerate(lines, 1)]), Context("x", moment, moment))
    # `secedit /export` writes no services, so its reader knows no lines of theirs.
    assert [lines[problem.line - 1] for problem in parsed.problems] == ['"wuauserv",3,""']
    (policy,) = (row for row in parsed.rows if type(row).__name__ == "PasswordPolicy")
    assert (policy.min_length, policy.history, policy.lockout_threshold, policy.lockout_minutes) == (13, 5, 10, 15)
    (settings,) = (row for row in parsed.rows if type(row).__name__ == "WindowsSetting")
    assert (settings.smb_signing_required, settings.cached_logons, settings.blank_passwords_remote) == (True, 2, False)
    assert r"MACHINE\SYSTEM\CurrentControlSet\Services\LanmanWorkstation\DependOnService=7,Bowser,MRxSmb20,NSI" in lines
    assert not [line for line in lines if "{B}" in line], "the machine's own rules are no policy"
    assert dict(areas_of(files["gpo/GptTmpl.inf"]))["MinimumPasswordLength"] == "13"


def test_audit_settings_are_numbers_by_guid(files: dict[str, bytes]) -> None:
    listed = list(csv.DictReader(files["gpo/audit.csv"].decode("ascii").splitlines()))
    assert {(one["Subcategory GUID"], one["Setting Value"]) for one in listed} >= {("{0cce922b-69ae-11d9-bed3-505054503030}", "1")}
    assert all(one["Policy Target"] == "System" and one["Setting Value"] in "123" for one in listed) and len(listed) == 5


def test_the_text_of_lgpo_says_the_same(files: dict[str, bytes]) -> None:
    told = [block.split("\r\n") for block in files["gpo/lgpo.txt"].decode("utf-16").strip().split("\r\n\r\n")]
    assert {len(one) for one in told} == {4} and {one[0] for one in told} == {"Computer", "User"}
    entries = pol(files["gpo/machine/registry.pol"]) + pol(files["gpo/user/registry.pol"])
    assert [(key, name.removeprefix("**del.")) for key, name, _, _ in entries] == [(one[1], one[2]) for one in told]
    actions = {one[2]: one[3] for one in told}
    assert (actions["PUAProtection"], actions["DisableAntiSpyware"], actions["path"]) == ("DWORD:1", "DELETE", r"EXSZ:%windir%\x")


def test_what_could_be_looser_than_what_stands_is_named(files: dict[str, bytes]) -> None:
    for language in ("ja", "en"):
        text = files[f"gpo/README.{language}.txt"].decode("utf-8-sig")
        assert "LmCompatibilityLevel = 3" in text and "MinimumPasswordLength = 13" in text and "LGPO.exe" in text
        assert "wuauserv: Start = 3" in text and "audit 0cce922b-69ae-11d9-bed3-505054503030 = 1" in text


def test_what_must_be_compared_first_is_in_no_form_that_cannot() -> None:
    on = RegistryValue(r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall\DomainProfile", "EnableFirewall", "dword", 1)
    rights = ShareRights("forms", (("S-1-5-11", "read"),), b"as seen")
    plain = RegistryValue(r"HKLM\SOFTWARE\Policies\X", "plain", "dword", 2, enough=(2, 3))

    def measure(what: str, *changes: Change, still: tuple[ProfileOpen, ...] = ()) -> Measure:
        said = Text(what, what)
        return Measure("x", MACHINE, said, said, said, Menu(said), changes, still=still)

    files = {
        file.name.partition("/")[2]: file.content
        for file in write(
            MACHINE,
            [measure("switch on", on, still=(ProfileOpen("domain"),)), measure("the rules", *RULES, rights), measure("rest", plain)],
        )
    }
    assert [name for _, name, _, _ in pol(files["gpo/machine/registry.pol"])] == ["plain"] and "gpo/GptTmpl.inf" not in files
    for language in ("ja", "en"):
        read = files[f"values.{language}.reg"].decode("utf-16")
        assert [name for _, name, _ in entries_of(files[f"values.{language}.reg"])] == ["plain"]
        assert "; switch on\r\n; (" in read and "; the rules\r\n; (" in read and '; [*]\r\n"plain"=dword:00000002' in read
        told = files[f"gpo/README.{language}.txt"].decode("utf-8-sig")
        assert told.rstrip().endswith("  switch on\r\n  the rules")


def test_the_values_for_reading_are_those_of_the_plan(steps: Steps, files: dict[str, bytes]) -> None:
    entries = {(key, name): data for key, name, data in entries_of(files["values.en.reg"])}
    values = {(full(one.key), one.name): one.data for one in for_policy(steps)}
    assert values.keys() <= entries.keys()
    for place, data in values.items():
        shown = entries[place]
        if isinstance(shown, bytes):
            shown = shown.decode("utf-16-le").rstrip("\0")
        assert shown == (list(data) if isinstance(data, tuple) else data), place


def test_the_rights_of_a_share_are_what_the_parser_reads() -> None:
    found = read_descriptor(descriptor((("S-1-5-32-544", "full"), ("S-1-5-11", "read"))))
    assert found is not None and [one.sid for one in found] == ["S-1-5-32-544", "S-1-5-11"]
