"""Updates of .NET Framework and of parts that may be absent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from small_table import TEN, month, winter

from omamori.analyze.windows_updates.framework import split
from omamori.analyze.windows_updates.table import Update, Updates

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
