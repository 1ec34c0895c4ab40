"""Products the table of updates does not judge: each is told, with what to look at; what is none of them is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from small_table import TEN, month, winter

from omamori.analyze.windows_updates.table import Update
from omamori.analyze.windows_updates.unjudged import of_flash, unjudged_products
from omamori.model.host import Software
from omamori.snapshot.database import Database

Judge = Callable[..., tuple[dict[str, Any], Any]]
PROGRAMS = (
    ("Microsoft SQL Server 2019 (64-bit)", "15.0.2000.5"),
    ("SQL Server 2019 Database Engine Services", "15.0.2000.5"),
    ("Microsoft SQL Server 2012 Native Client", "11.4.7001.0"),
    ("Microsoft SQL Server Management Studio - 18.12", "15.0"),
    ("Microsoft Exchange Server 2019 Cumulative Update 12", "15.2.1118.7"),
    ("Microsoft Office Professional Plus 2016", "16.0.4266.1001"),
    ("Microsoft 365 Apps for enterprise and business - ja-jp", "16.0.1"),
    ("Microsoft Office Proof (Japanese) 2016", "16.0.4266.1001"),
    ("Security Update for Microsoft Office 2016 (KB5002138)", None),
    ("Adobe Flash Player 32 NPAPI", "32.0.0.465"),
    ("7-Zip 23.01", "23.01"),
)


def programs(asset: str = "w") -> list[Software]:
    return [Software(asset=asset, name=name, version=version, evidence=f"e:{at}") for at, (name, version) in enumerate(PROGRAMS)]


def test_a_row_for_each_product_with_what_to_look_at() -> None:
    with Database() as database:
        database.insert([*programs("a"), *programs("other"), Software(asset="b", name="7-Zip", version="1")])
        rows = list(unjudged_products(database, "s", {"a", "b"}))
    assert [(row.asset, row.component, row.product, row.evidence) for row in rows] == [
        ("a", "Adobe Flash Player", "Adobe Flash Player 32 NPAPI", "e:9"),
        ("a", "Exchange Server", "Microsoft Exchange Server 2019 Cumulative Update 12", "e:4"),
        ("a", "Office", "Microsoft Office Professional Plus 2016", "e:5"),
        ("a", "SQL Server", "Microsoft SQL Server 2019 (64-bit)", "e:0"),
    ]
    assert all((row.patch_id, row.kind, row.undecided, row.basis, row.lacking) == ("", "not_judged", True, "none", 0) for row in rows)
    assert all("not judged by the table" in str(row.doubt) and "判定していません" in str(row.doubt_ja) for row in rows)
    assert rows[3].title == "Microsoft SQL Server 2019 (64-bit) 15.0.2000.5"


def test_they_stand_beside_what_is_missing_where_there_is_a_table_for_the_machine(judge_host: Judge) -> None:
    rows, look = judge_host(winter(), ["KB5034122"], extra=programs())
    assert {row.kind for row in rows.values()} == {"not_judged"} and look.complete
    assert judge_host(month("1", "2024-01-09", "Windows Server 2019"), [], extra=programs())[0] == {}


FLASH = month("4580325", "2020-10-13", flaws=1, tag="f", component="Adobe Flash Player")


@pytest.mark.parametrize(
    ("installed", "now", "told"),
    [
        (["KB4601319"], datetime(2021, 3, 1), True),
        (["KB4601319", "KB4577586"], datetime(2021, 3, 1), False),
        (["KB4601319", "KB4580325"], datetime(2021, 3, 1), True),
        (["KB5034122"], datetime(2024, 3, 1), False),
        ([], datetime(2024, 3, 1), True),
        ([], datetime(2020, 10, 1), False),
    ],
    ids=[
        "there",
        "removed by its update",
        "up to date is not gone",
        "removed by a cumulative update",
        "nothing installed",
        "before its update",
    ],
)
def test_the_flash_player_of_windows_itself(judge_host: Judge, installed: list[str], now: datetime, told: bool) -> None:
    facts = [*FLASH, *month("4601319", "2021-02-09", tag="g"), *winter()]
    rows, _ = judge_host(facts, installed, now=now)
    assert ("" in rows) is told and "KB4580325" not in rows
    if told:
        row = rows[""]
        assert (row.component, row.product, row.kind, row.flaws, row.undecided) == ("Adobe Flash Player", TEN, "not_judged", 0, True)
        assert "KB4577586" in row.doubt and "KB4580325 line" in row.fact and row.evidence == "cafe:1"


def test_an_update_of_more_than_the_flash_player_is_one_of_windows() -> None:
    day = FLASH[0].posted
    assert of_flash(Update("1", day, components=frozenset({"Adobe Flash Player", ""})))
    assert not of_flash(Update("1", day, components=frozenset({"Adobe Flash Player", "Internet Explorer"})))
    assert not of_flash(Update("1", day))
