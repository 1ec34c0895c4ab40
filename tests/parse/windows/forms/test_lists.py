"""What forms over lists of objects share: dates of one list, machines, narrowed commands, lost lines."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.parse.windows.form import Line
from omamori.parse.windows.forms.lists import days, fits, hypervisor, local, machines, narrowed, product, when
from omamori.parse.windows.records import Record, read_records


def record(**values: str) -> Record:
    return Record(1, values)


@pytest.mark.parametrize(
    ("texts", "month_first", "expected"),
    [
        (["3/2/2019", "10/22/2018"], False, [date(2019, 3, 2), date(2018, 10, 22)]),
        (["3/2/2019", "22/10/2018"], False, [date(2019, 2, 3), date(2018, 10, 22)]),
        (["22/10/2018", "3/2/2019"], True, [date(2018, 10, 22), date(2019, 2, 3)]),
        (["3/2/2019"], False, [None]),
        (["3/2/2019"], True, [date(2019, 3, 2)]),
        (["22/10/2018", "10/22/2018", "3/2/2019"], True, [date(2018, 10, 22), date(2018, 10, 22), None]),
        (
            ["01d4dfb341273454", "20190321", "2024年2月3日 0:00:00", "2024/02/03 0:00:00"],
            False,
            [date(2019, 3, 21)] * 2 + [date(2024, 2, 3)] * 2,
        ),
        (["2024-02-02T15:00:00Z", "2024-02-03T05:00:00Z"], False, [date(2024, 2, 3)] * 2),
        (["2/3/2024 12:00:00 AM", "Saturday, February 3, 2024 12:00:00 AM"], False, [date(2024, 2, 3)] * 2),
        (["ffffffffffffffff", "99999999", "13/13/2024", "Monday, Foo 3, 2024 1:00:00 AM", None, ""], True, [None] * 6),
    ],
)
def test_days_of_one_list_are_written_alike(texts: list[str | None], month_first: bool, expected: list[date | None]) -> None:
    assert days(texts, month_first=month_first) == expected


def test_moments_are_local() -> None:
    assert when(record(**{"T": "2024-02-02T22:05:09Z", "T.DateTime": "2024年2月3日 7:05:09"}), "T") == datetime(2024, 2, 3, 7, 5, 9)
    assert when(record(T="2024-02-02T22:05:09Z"), "T", 540) == datetime(2024, 2, 3, 7, 5, 9)
    assert when(record(T="2024-02-02T22:05:09Z"), "T") is None
    assert when(record(T="20240203070509.500000+540"), "T") == datetime(2024, 2, 3, 7, 5, 9)
    assert when(record(), "T") is None
    assert local("Saturday, February 3, 2024 7:05:09 PM") == datetime(2024, 2, 3, 19, 5, 9)


def test_machines_name_themselves() -> None:
    assert machines([record(CSName="PC01"), record(PSComputerName="pc01.hospital.example")]) == ("name:pc01",)
    assert machines([record(__SERVER="\\\\PC01"), record(Node="10.1.0.5"), record(Node="localhost"), record(Node="127.0.0.1")]) == (
        "name:pc01",
        "ip:10.1.0.5",
    )
    assert machines([record(Source="SV")]) == ()
    assert machines([record(Source="SV")], "Source") == ("name:sv",)


def test_narrowed_commands() -> None:
    asked = [
        "wmic qfe where HotFixID='KB1'",
        "wmic qfe | findstr KB",
        "Get-HotFix -Id KB1",
        "Get-HotFix | ? Description",
        "x | select -Last 1",
    ]
    assert all(narrowed(command) for command in asked)
    assert not any(narrowed(command) for command in ("", "wmic qfe list full", "Get-HotFix | Format-Table -AutoSize"))


def test_a_table_of_wmic_that_lost_its_longest_line() -> None:
    text = ("HotFixID   InstalledBy          Name  ", "KB5034441  NT AUTHORITY\\SYSTEM        ", "KB5034442  PC01\\a                     ")
    lines = [Line(number, line) for number, line in enumerate(text, 1)]
    assert fits(lines, read_records(lines))
    assert not fits([lines[0], lines[2]], read_records([lines[0], lines[2]]))


def test_names_of_systems_and_hardware() -> None:
    names = ("Microsoft Windows 11 Pro", "Microsoft® Windows Server® 2008 R2 Standard", "Microsoft Windows XP Professional", "Debian")
    assert [product(name) for name in names] == ["11", "2008 R2", "XP", None]
    assert [hypervisor(model) for model in ("VMware Virtual Platform", "Virtual Machine", "OptiPlex 3080", None)] == [
        "vmware",
        "microsoft",
        None,
        None,
    ]
