from __future__ import annotations

from datetime import date, datetime

from omamori.evaluate.accepted import Exceptions
from omamori.model.declared import RiskException
from omamori.snapshot.database import Database


def test_the_longest_running_exception_counts_and_its_own_key_before_the_empty_one() -> None:
    with Database(None) as database:
        database.insert(
            [
                RiskException(check_id="c", subject="a", finding_key="k", expires=date(2026, 5, 1), owner="one", evidence="x:1"),
                RiskException(check_id="c", subject="a", finding_key="k", expires=date(2026, 3, 1), owner="two"),
                RiskException(check_id="c", subject="a", finding_key=None, expires=date(2027, 1, 1), owner="all"),
            ]
        )
        exceptions = Exceptions(database.connection, datetime(2026, 2, 1))
        own, other = exceptions.of("c", "a", "k"), exceptions.of("c", "a", "other")
        assert own is not None and (own.until, own.owner, own.evidence) == (date(2026, 5, 1), "one", "x:1")
        assert other is not None and other.owner == "all"
        assert exceptions.of("c", "b", "k") is None
        assert Exceptions(database.connection, datetime(2028, 1, 1)).of("c", "a", "k") is None


def test_of_two_that_end_on_one_day_the_hospitals_own_counts() -> None:
    same = {"check_id": "c", "subject": "a", "expires": date(2026, 5, 1)}
    with Database(None) as database:
        database.insert(
            [
                RiskException(**same, owner="director", source="ledger.workbook"),
                RiskException(**same, owner="vendor", source="analyze.vendor_replies"),
            ]
        )
        found = Exceptions(database.connection, datetime(2026, 2, 1)).of("c", "a", "k")
        assert found is not None and found.owner == "director"
