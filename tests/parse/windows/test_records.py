"""Lists of objects in every shape Windows prints them."""

from __future__ import annotations

import json

import pytest

from omamori.parse.windows.form import Line
from omamori.parse.windows.records import Records, read_records

OBJECTS = [
    {"Name": "Spooler", "Status": "Running", "DisplayName": "印刷 スプーラー"},
    {"Name": "W32Time", "Status": "Stopped", "DisplayName": ""},
]
TABLE = """Name    Status  DisplayName
----    ------  -----------
Spooler Running 印刷 スプーラー
W32Time Stopped
"""
LIST = """Name        : Spooler
Status      : Running
DisplayName : 印刷 スプーラー

Name        : W32Time
Status      : Stopped
DisplayName :
"""
WMIC = """Name     Status   DisplayName      \n\nSpooler  Running  印刷 スプーラー  \n\nW32Time  Stopped                   \n\n"""
WMIC_LIST = "Name=Spooler\n\nStatus=Running\n\nDisplayName=印刷 スプーラー\n\n\n\nName=W32Time\n\nStatus=Stopped\n\nDisplayName=\n\n\n"
CSV = '#TYPE Selected.ServiceController\n"Name","Status","DisplayName"\n"Spooler","Running","印刷 スプーラー"\n"W32Time","Stopped",""\n'
WMIC_CSV = "Name,Status,DisplayName\n\nSpooler,Running,印刷 スプーラー\nW32Time,Stopped,\n"


def read(text: str) -> Records | None:
    return read_records([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


@pytest.mark.parametrize(
    ("text", "style"),
    [
        (TABLE, "table"),
        (LIST, "list"),
        (WMIC, "wmic-table"),
        (WMIC_LIST, "wmic-list"),
        (CSV, "csv"),
        (WMIC_CSV, "csv"),
        (json.dumps(OBJECTS, ensure_ascii=False, indent=4), "json"),
        (json.dumps(OBJECTS, ensure_ascii=False), "json"),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_every_shape_says_the_same(text: str, style: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.style, [dict(row.values) for row in found.rows], found.problems) == (style, OBJECTS, ())


def test_csv_of_wmic_with_doubled_line_ends() -> None:
    found = read("Node,Name,Status\n\nPC01,Spooler,Running\n\nPC01,W32Time,Stopped\n\nPC01,WinRM,Stopped\n\n\nNode,Name\n")
    assert ([row.values["Name"] for row in found.rows], found.length, found.problems) == (["Spooler", "W32Time", "WinRM"], 8, ())


def test_a_list_of_other_objects_behind_two_empty_lines_is_another_list() -> None:
    one = "\n\nCaption=Windows\nVersion=10.0\n\n\n\n"
    found = read((one + "HotFixID=KB5034441\n").lstrip())
    assert (len(found.rows), found.names) == (1, {"Caption", "Version"})
    assert len(read((one + one).lstrip()).rows) == 2


def test_the_line_of_every_object() -> None:
    assert [row.line for row in read(LIST).rows] == [1, 5]
    assert [row.line for row in read(TABLE).rows] == [3, 4]
    assert [row.line for row in read(json.dumps(OBJECTS, indent=4)).rows] == [2, 7]


def test_right_aligned_numbers_and_wide_letters_in_a_table() -> None:
    found = read("  Id ProcessName\n  -- -----------\n   4 System\n1234 電子カルテ\n  56 a b\n")
    assert [dict(row.values) for row in found.rows] == [
        {"Id": "4", "ProcessName": "System"},
        {"Id": "1234", "ProcessName": "電子カルテ"},
        {"Id": "56", "ProcessName": "a b"},
    ]


def test_what_the_console_cut_is_named() -> None:
    found = read("Name    Path\n----    ----\nSpooler C:\\Windows\\Sys...\n")
    assert found.cut_names == {"Path"}


def test_objects_inside_objects_and_dates() -> None:
    text = json.dumps(
        {"HotFixID": "KB1", "InstalledOn": {"value": "/Date(1705276800000)/", "DateTime": "2024年1月15日"}, "State": None, "On": True}
    )
    row = read(text).rows[0]
    assert (row.get("InstalledOn"), row.get("State"), row.get("On")) == ("2024-01-15T00:00:00Z", None, "True")


def test_a_document_that_breaks_off_is_told() -> None:
    found = read(json.dumps(OBJECTS, indent=4)[:-10])
    assert found.rows == ()
    assert len(found.problems) == 1


@pytest.mark.parametrize("text", ["", "\n", "hello world", "[x", "{", "[[[[", "a=b=c" * 3, "---\n---"])
def test_other_text_is_no_list(text: str) -> None:
    found = read(text)
    assert found is None or found.rows == () or found.style == "wmic-list"


def test_deeply_nested_brackets_end() -> None:
    assert read('[{"a":' + "[" * 100_000) is not None


def test_a_table_behind_a_list_is_no_value_of_it() -> None:
    found = read("Name : Spooler\nPath : C:\\Program\n       Files\n\n\n  Max(K) Log\n  ------ ---\n  20,480 System\n")
    assert [row.values["Path"] for row in found.rows] == ["C:\\ProgramFiles"] and found.length == 5
