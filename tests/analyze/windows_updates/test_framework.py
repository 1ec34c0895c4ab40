"""Updates of .NET Framework and of parts that may be absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from small_table import TEN, month, winter

from omamori.analyze.windows_updates.framework import split, versions_in
from omamori.analyze.windows_updates.table import Update, Updates
from omamori.model.host import FRAMEWORK, FRAMEWORK_ORIGIN, Software

Judge = Callable[..., tuple[dict[str, Any], Any]]
OLDER, NEWER = f"Microsoft .NET Framework 3.5 AND 4.8 on {TEN}", f"Microsoft .NET Framework 3.5 AND 4.8.1 on {TEN}"


def facts() -> list[Any]:
    return [
        *winter(),
        *month("5032339", "2023-11-14", OLDER, flaws=2, tag="3"),
        *month("5034274", "2024-01-09", OLDER, flaws=2, tag="4"),
        *month("5034275", "2024-01-09", NEWER, flaws=2, tag="4"),
    ]


def test_one_row_in_doubt_for_all_versions(judge_host: Judge) -> None:
    rows, _ = judge_host(facts(), ["KB5034122"])
    (row,) = rows.values()
    assert (row.kind, row.component, row.undecided, row.flaws, row.lacking) == ("dotnet", ".NET Framework", True, 4, 3)
    assert row.chain == "KB5034274 / KB5034275 (2024-01-09, needed)" and "version of .NET Framework" in row.doubt


def test_the_update_of_either_version_will_do(judge_host: Judge) -> None:
    for number in ("KB5034274", "KB5034275"):
        assert judge_host(facts(), ["KB5034122", number])[0] == {}
    rows, _ = judge_host(facts(), ["KB5034122", "KB5032339"])
    assert rows["KB5034275"].chain.startswith("KB5032339 (installed, 2023-11-14) → KB5034274 / KB5034275")


def test_where_it_is_part_of_the_cumulative_update_it_is_no_row_of_its_own(judge_host: Judge) -> None:
    rows, _ = judge_host([*winter(), *month("5034122", "2024-01-09", OLDER, flaws=2, tag="4")], ["KB5033372"])
    assert list(rows) == ["KB5034122"]


def test_parts_that_may_be_absent_are_left_out() -> None:
    day = month("1", "2016-03-08")[0].posted
    known = {
        "3135985": Update("3135985", day, components=frozenset({"Microsoft .NET Framework 3.5.1"})),
        "3144756": Update("3144756", day, components=frozenset({"Adobe Flash Player"})),
        "3139398": Update("3139398", day, components=frozenset({""})),
        "3139940": Update("3139940", day, components=frozenset({"Internet Explorer 11", "Microsoft .NET Framework 4.6"})),
    }
    windows, framework = split(Updates(known))
    assert set(windows.known) == {"3139398", "3139940"} and set(framework.known) == {"3135985"}


def machine(*versions: str, whole: bool = True) -> list[Any]:
    """The versions of .NET Framework as a machine's registry tells them."""
    origin = FRAMEWORK_ORIGIN if whole else None
    return [Software(asset="w", name=FRAMEWORK, version=one, manager="registry", origin=origin, evidence="e:1") for one in versions]


def dotnet(rows: dict[str, Any]) -> dict[str, Any]:
    return {row.component: row for row in rows.values() if row.kind == "dotnet"}


def test_a_version_that_is_there_is_judged_by_its_own_updates_for_certain(judge_host: Judge) -> None:
    rows, _ = judge_host(facts(), ["KB5034122", "KB5032339"], extra=machine("3.5 SP1", "4.8"))
    row = dotnet(rows)[".NET Framework 4.8"]
    assert (row.patch_id, row.undecided, row.doubt, row.behind_since, row.flaws) == ("KB5034274", False, None, date(2024, 1, 9), 2)
    assert row.chain == "KB5032339 (installed, 2023-11-14) → KB5034274 (2024-01-09, needed)" and len(rows) == 1
    # With 4.8.1 another update is needed, and that of 4.8 does not help.
    rows, _ = judge_host(facts(), ["KB5034122", "KB5034274"], extra=machine("3.5 SP1", "4.8.1"))
    row = dotnet(rows)[".NET Framework 4.8.1"]
    assert (row.patch_id, row.undecided) == ("KB5034275", False)
    assert judge_host(facts(), ["KB5034122", "KB5034275"], extra=machine("3.5 SP1", "4.8.1"))[0] == {}


def test_each_version_needs_an_update_of_its_own_and_one_for_both_is_one_row(judge_host: Judge) -> None:
    server = {"build": "6.3.9600", "name": "Microsoft Windows Server 2012 R2 Standard", "now": datetime(2024, 2, 1)}
    product = "Windows Server 2012 R2"
    table = [
        *month("5034171", "2024-01-09", product, kind="Monthly Rollup"),
        *month("5034279", "2024-01-09", f"Microsoft .NET Framework 4.6.2/4.7/4.7.1/4.7.2 on {product}", flaws=3, tag="4"),
        *month("5034277", "2024-01-09", f"Microsoft .NET Framework 4.8 on {product}", flaws=3, tag="4"),
        *month("5034280", "2024-01-09", f"Microsoft .NET Framework 3.5 on {product}", flaws=3, tag="4"),
    ]
    found = dotnet(judge_host(table, ["KB5034171"], extra=machine("2.0 SP2", "3.0 SP2", "3.5 SP1", "4.7.2"), **server)[0])
    assert {name: row.patch_id for name, row in found.items()} == {
        ".NET Framework 3.5 SP1": "KB5034280",
        ".NET Framework 4.7.2": "KB5034279",
    }
    # They close the same flaws, each for its own version: one does not make the other needless.
    found = dotnet(judge_host(table, ["KB5034171", "KB5034277"], extra=machine("3.5 SP1", "4.8"), **server)[0])
    assert {name: row.patch_id for name, row in found.items()} == {".NET Framework 3.5 SP1": "KB5034280"}
    both = [replace(one, product=f"Microsoft .NET Framework 3.5 on {product}") for one in table if getattr(one, "update", "") == "5034277"]
    found = dotnet(judge_host([*table[:-3], *both], ["KB5034171"], extra=machine("3.5 SP1", "4.8"), **server)[0])
    assert [(name, row.patch_id, row.lacking) for name, row in found.items()] == [(".NET Framework 3.5 SP1, 4.8", "KB5034277", 1)]


def test_an_update_the_pack_does_not_know_may_be_a_part_of_it(judge_host: Judge) -> None:
    for number, doubtful in (("KB5033909", True), ("KB5039999", True), ("KB5029000", False)):
        rows, _ = judge_host(facts(), ["KB5034122", "KB5032339", number], extra=machine("4.8"))
        row = dotnet(rows)[".NET Framework 4.8"]
        assert row.undecided is doubtful and bool(row.doubt) is doubtful, number
    assert "part" in judge_host(facts(), ["KB5034122", "KB5033909"], extra=machine("4.8"))[0]["KB5034274"].doubt
    # What an older part may have closed is not told as open for certain, nor since when.
    older = month("5020000", "2022-12-13", OLDER, flaws=3, tag="2")
    rows, _ = judge_host([*facts(), *older], ["KB5034122", "KB5021000"], extra=machine("4.8"))
    row = rows["KB5034274"]
    assert (row.undecided, row.behind_since, row.earliest, row.lacking) == (False, None, date(2022, 12, 13), 3)


def test_without_all_versions_seen_it_is_to_confirm(judge_host: Judge) -> None:
    for extra in ([], machine("4.8", whole=False)):
        row = judge_host(facts(), ["KB5034122"], extra=extra)[0]["KB5034275"]
        assert row.undecided and "version of .NET Framework was not seen" in row.doubt and row.behind_since is None
    # A version the table does not name beside others is no pass.
    row = judge_host(facts(), ["KB5034122"], extra=machine("4.6.1"))[0]["KB5034275"]
    assert row.undecided and "names no update for this version" in row.doubt
    row = judge_host(facts(), ["KB5034122"], extra=machine("4.8"), complete=False)[0]["KB5034274"]
    assert row.undecided and "not seen whole" in row.doubt


def test_where_the_cumulative_update_brings_it_along_older_ones_of_their_own_are_not_asked_for(judge_host: Judge) -> None:
    alone = month("5010000", "2022-02-08", OLDER, flaws=2, tag="1")
    shared = month("5034122", "2024-01-09", OLDER, flaws=2, tag="4")
    assert judge_host([*winter(), *alone, *shared], ["KB5034122"], extra=machine("4.8"))[0] == {}
    assert set(judge_host([*winter(), *alone, *shared], ["KB5033372"], extra=machine("4.8"))[0]) == {"KB5034122"}


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        ("Microsoft .NET Framework 3.5 AND 4.6.2/4.7 on Windows 10 for x64-based Systems", {"3.5", "4.6.2", "4.7"}),
        ("Microsoft .NET Framework 3.5.1 on Windows 7 for 32-bit Systems Service Pack 1", {"3.5"}),
        ("Microsoft .NET Framework 2.0 Service Pack 2", {"2.0"}),
        ("Microsoft .NET Framework 4", {"4.0"}),
        ("Microsoft .NET Framework 4.5/4.5.1/4.5.2", {"4.5", "4.5.1", "4.5.2"}),
        ("Windows Server 2019", set()),
        (".NET Framework", set()),
    ],
)
def test_versions_a_name_of_the_table_means(name: str, versions: set[str]) -> None:
    assert versions_in(name) == versions
