from __future__ import annotations

from collections.abc import Iterator

import pytest

from omamori.evaluate.looks import Hole, Looks, most_useful, site_wide
from omamori.model.derived import Asset
from omamori.model.look import Collected
from omamori.snapshot.database import Database

NOTHING: frozenset[str] = frozenset()


def look(asset: str, table: str = "listeners", **values: object) -> Collected:
    return Collected(**({"asset": asset, "table_name": table, "complete": True, "evidence": f"{asset}:1"} | values))  # type: ignore[arg-type]


@pytest.fixture
def database() -> Iterator[Database]:
    with Database(None) as opened:
        opened.insert([Asset(asset="a", observed=True), Asset(asset="b", observed=True), Asset(asset="paper", declared=True)])
        yield opened


def test_own_looks_speak_before_the_site_wide_one(database: Database) -> None:
    database.insert([look("*"), look("a", complete=False, reason="too_old")])
    looks = Looks(database.connection)
    assert looks.hole("b", "listeners", NOTHING) is None
    assert looks.hole("a", "listeners", NOTHING) == Hole("listeners", "too_old", "a:1")
    assert set(looks.holes("listeners", NOTHING)) == {"a"}


def test_no_look_is_a_hole_with_the_reason_a_reader_can_use(database: Database) -> None:
    looks = Looks(database.connection)
    assert looks.hole("a", "listeners", NOTHING) == Hole("listeners", "not_collected")
    assert looks.hole("paper", "listeners", NOTHING) == Hole("listeners", "declared_not_seen")


def test_a_missing_column_is_a_hole_only_where_it_decides(database: Database) -> None:
    database.insert([look("a", missing="process, pid", reason="needs_administrator")])
    looks = Looks(database.connection)
    assert looks.hole("a", "listeners", frozenset({"port"})) is None
    hole = looks.hole("a", "listeners", frozenset({"port", "process"}))
    assert hole is not None and (hole.reason, hole.columns) == ("needs_administrator", frozenset({"process"}))


def test_the_most_useful_reason_comes_first() -> None:
    holes = [Hole("x", "not_collected"), Hole("y", "needs_administrator"), Hole("z", "something_new")]
    assert most_useful(holes) == holes[1]
    assert most_useful([]) is None


def test_everywhere_counts_machines(database: Database) -> None:
    database.insert([look("a")])
    looks = Looks(database.connection)
    hole = looks.everywhere("listeners", NOTHING, ("a", "b"))
    assert hole is not None and (hole.seen, hole.of) == (1, 2)
    assert looks.everywhere("listeners", NOTHING, ("a",)) is None


def test_the_evidence_of_an_absence_is_the_look(database: Database) -> None:
    database.insert([look("a", "hosts", evidence=""), look("a"), look("*", "answers")])
    looks = Looks(database.connection)
    assert looks.evidence("a", ("hosts", "listeners")) == "a:1"
    assert looks.evidence("site", ("answers",)) == "*:1"
    assert looks.evidence("b", ("hosts",)) == ""


def test_ledger_tables_and_tables_without_asset_are_site_wide() -> None:
    assert site_wide("answers") and site_wide("ledger_assets")
    assert not site_wide("hosts") and not site_wide("vulnerabilities")


def test_a_look_of_one_asset_beside_the_site_wide_one_counts_for_the_site(database: Database) -> None:
    """Found by the law-1 test: a row taken out of one machine's part would otherwise vanish without a word."""
    database.insert([look("*", "ledger_assets"), look("a", "ledger_assets", complete=False, reason="not_understood")])
    hole = Looks(database.connection).site_hole("ledger_assets", NOTHING)
    assert hole is not None and hole.reason == "not_understood"
    assert Looks(database.connection).site_hole("answers", NOTHING) == Hole("answers", "not_collected")
