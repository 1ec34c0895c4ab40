"""Nothing that is secret stays, whatever wrote it; every line stays a line, and what was taken out can still be judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.redact import redact as redact_words
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.registry.export import read_export
from omamori.parse.windows.registry.redact import redact_lines, redact_text, sealed

HIVE = "HKEY_LOCAL_MACHINE\\"
SNMP = HIVE + "SYSTEM\\CurrentControlSet\\Services\\SNMP\\Parameters\\"
RUN = HIVE + "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run"
WINLOGON = HIVE + "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon"

CASES = [
    (
        [f"[{SNMP}ValidCommunities]", '"w0rd"=dword:00000004', '"public"=dword:00000008'],
        [None, '"[secret: community, set]"=dword:00000004', '"[secret: community, default]"=dword:00000008'],
    ),
    ([f"{SNMP}ValidCommunities", "    w0rd    REG_DWORD    0x4"], [None, "    [secret: community, set]    REG_DWORD    0x4"]),
    (["w0rd   : 4", f"PSPath : Microsoft.PowerShell.Core\\Registry::{SNMP}ValidCommunities"], ["[secret: community, set]   : 4", None]),
    ([f"[{SNMP}TrapConfiguration\\w0rd]", '"1"="10.1.9.20"'], [f"[{SNMP}TrapConfiguration\\[secret: community, set]]", None]),
    ([f"{SNMP}TrapConfiguration\\w0rd"], [f"{SNMP}TrapConfiguration\\[secret: community, set]"]),
    ([f"[{HIVE}SOFTWARE\\Policies\\SNMP\\Parameters\\ValidCommunities]", '"1"="w0rd"'], [None, '"1"="[secret: community, set]"']),
    (
        [f"{HIVE}SOFTWARE\\Policies\\SNMP\\Parameters\\ValidCommunities", "    1    REG_SZ    1234"],
        [None, "    1    REG_SZ    [secret: community, default]"],
    ),
    (
        [f"[{WINLOGON}]", '"DefaultPassword"="w0rd \\"x\\""', '"AltDefaultPassword"=""'],
        [None, '"DefaultPassword"="[secret: password, set]"', '"AltDefaultPassword"="[secret: password, empty]"'],
    ),
    ([WINLOGON, "    DefaultPassword    REG_SZ    w0rd"], [None, "    DefaultPassword    REG_SZ    [secret: password, set]"]),
    (
        ["DefaultPassword : w0rd", f"PSPath : Microsoft.PowerShell.Core\\Registry::{WINLOGON}"],
        ["DefaultPassword : [secret: password, set]", None],
    ),
    (
        [f"[{HIVE}SOFTWARE\\TightVNC\\Server]", '"Password"=hex:17,52,6b,06,\\', "  23,4e,58,07"],
        [None, '"Password"="[secret: password, set]"', "  [secret: password, set]"],
    ),
    (
        [f"[{HIVE}SOFTWARE\\X]", '"DigitalProductId"=hex:a4,00,\\', "  00,00,\\", "  03,00", '"y"=dword:00000001'],
        [None, '"DigitalProductId"="[secret: key, set]"', "  [secret: password, set]", "  [secret: password, set]", None],
    ),
    (
        [f"[{HIVE}SAM\\SAM\\Domains\\Account\\Users\\Names\\tanaka]", "@=hex(1f4):", '"V"=hex:00,\\', "  01,02"],
        [f"[{HIVE}SAM]", "[secret: hash, set]", "[secret: hash, set]", "[secret: hash, set]"],
    ),
    (
        [f"{HIVE}SECURITY\\Policy\\Secrets\\DefaultPassword\\CurrVal", "    (Default)    REG_NONE    0102"],
        [f"{HIVE}SECURITY", "[secret: hash, set]"],
    ),
    ([f"[{HIVE}OFFLINE\\SAM\\Domains\\Account\\Users\\000001F4]", '"V"=hex:00'], ["[HKEY_LOCAL_MACHINE\\SAM]", "[secret: hash, set]"]),
    (
        [f"[{RUN}]", '"sync"="\\"C:\\\\my tools\\\\x.exe\\" -u admin -p w0rd"', '"web"="C:\\\\w.exe -p 8080"'],
        [None, '"sync"="\\"C:\\\\my tools\\\\x.exe\\" -u admin -p [secret: password, set]"', None],
    ),
    (
        [f"{RUN}Once", '    sync    REG_SZ    C:\\x.exe /user:admin -pw "w0rd 2" -q', "    web    REG_SZ    C:\\w.exe -u a -port 80"],
        [None, "    sync    REG_SZ    C:\\x.exe /user:admin -pw [secret: password, set] -q", None],
    ),
    (
        ["sync : C:\\x.exe -pass=w0rd --user admin", f"PSPath : Microsoft.PowerShell.Core\\Registry::{RUN}"],
        ["sync : C:\\x.exe -pass=[secret: password, set] --user admin", None],
    ),
    ([f"[{HIVE}SOFTWARE\\X]", '"cmd"="C:\\\\x.exe -u a -p 22"'], [None, None]),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
@pytest.mark.parametrize("end", ["", "\r"])
def test_secrets_are_taken_out(lines: list[str], expected: list[str | None], end: str) -> None:
    found = redact_lines([line + end for line in lines])
    assert [line.removesuffix("\r") for line in found] == [
        line if other is None else other for line, other in zip(lines, expected, strict=True)
    ]
    assert redact_lines(found) == found
    assert "w0rd" not in "".join(found)


@pytest.mark.parametrize(
    "line",
    [
        '"LimitBlankPasswordUse"=dword:00000001',
        '"PasswordExpiryWarning"=dword:00000005',
        '"Start"=dword:00000002',
        '"ImagePath"=hex(2):61,00',
        "    DisablePasswordChange    REG_DWORD    0x0",
    ],
)
def test_settings_stay(line: str) -> None:
    assert redact_lines([f"[{HIVE}SYSTEM\\X]", line])[1] == line


def test_marks_are_read_as_values_after_both_redactors() -> None:
    lines = [
        "Windows Registry Editor Version 5.00",
        "",
        f"[{WINLOGON}]",
        '"Userinit"="x"',
        '"DefaultPassword"=hex(1):61,00,\\',
        "  00,00",
        '"AutoAdminLogon"="1"',
        "",
    ]
    text = redact_words("\n".join(redact_lines(lines)).encode()).data.decode()
    shown = read_export(Piece("reg_export", tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))))
    assert shown.problems == [] and shown.blocks[0].whole
    assert [(value.name, value.data) for value in shown.blocks[0].values] == [
        ("Userinit", "x"),
        ("DefaultPassword", "[secret: password, set]"),
        ("AutoAdminLogon", "1"),
    ]


@pytest.mark.parametrize(
    "key", ["hklm\\sam", "hklm\\security\\cache", "hklm\\system\\currentcontrolset\\control\\lsa\\jd", "hklm\\x\\policy\\secrets\\a"]
)
def test_sealed(key: str) -> None:
    assert sealed(key) and not sealed("hklm\\system\\currentcontrolset\\control\\lsa") and not sealed("hklm\\samba")


@given(st.lists(st.text(max_size=60) | st.sampled_from([line for lines, _ in CASES for line in lines]), max_size=12))
def test_any_lines(lines: list[str]) -> None:
    lines = [line.replace("\n", " ") for line in lines]
    assert len(redact_lines(lines)) == len(lines)


PARTS = st.sampled_from(
    (
        "[HKEY_LOCAL_MACHINE\\SAM\\SAM]",
        "[HKEY_LOCAL_MACHINE/SECURITY/Policy]",
        "   [HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\A]",
        "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\Data]",
        "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SNMP\\Parameters\\ValidCommunities]",
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\SNMP\\Parameters\\ValidCommunities]",
        "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SNMP\\Parameters\\TrapConfiguration\\word]",
        "[HKEY_LOCAL_MACHINE\\SYSTEM\\X\\FirewallPolicy\\Phase1AuthenticationSets]",
        "HKEY_LOCAL_MACHINE\\SECURITY\\Cache",
        "HKLM:\\SAM",
        '"Password"="x9"',
        '"Pwd"=hex:01,02,\\',
        '"DefaultPassword"="one',
        "  01,02",
        "  ab two",
        "    Secret    REG_SZ    s",
        "    Start    REG_DWORD    0x2",
        '"Start"=dword:00000002',
        "PSPath : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SAM",
        "community : public",
        "",
        "  ",
    )
)


@given(st.lists(PARTS | st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), max_size=20), min_size=1))
def test_the_text_is_redacted_as_its_lines(lines: list[str]) -> None:
    assert redact_text("\n".join(lines)) == "\n".join(redact_lines(lines))
