"""End dates of a feed beside those that ship inside: the newer counts, nothing known is lost, nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from omamori.knowledge.facts import SupportFact
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.knowledge.support_facts import feed_support, newest_support
from omamori.model.facts import EndDate, Feed

FEED = Feed(feed="endoflife", as_of=date(2027, 3, 1))


def end(product: str, cycle: str, **said: object) -> EndDate:
    return EndDate(product=product, feed="endoflife", cycle=cycle, **{"url": "https://endoflife.date/x", **said})  # type: ignore[arg-type]


def shipped(**said: object) -> SupportFact:
    base = SupportFact("fortios", "7.4", "", "FortiOS 7.4", None, date(2028, 11, 11), None, date(2026, 8, 25), "the maker")
    return replace(base, **said)  # type: ignore[arg-type]


def test_a_pack_answers_from_its_feed_where_the_shipped_facts_are_silent() -> None:
    pack = replace(starter_pack(), facts=Facts(rows=(FEED, end("grafana", "11.2", ends=date(2026, 5, 1), label="Grafana 11.2"))))
    found = pack.support_of("grafana", "11.2.3")
    assert found is not None
    assert (found.label, found.ends, found.as_of, found.source) == ("Grafana 11.2", date(2026, 5, 1), date(2027, 3, 1), "endoflife.date/x")
    assert starter_pack().support_of("grafana", "11.2.3") is None


def test_the_newer_fact_counts_and_an_older_feed_changes_nothing() -> None:
    row = end("fortios", "7.4", ends=date(2029, 1, 1))
    newer = replace(starter_pack(), facts=Facts(rows=(FEED, row)))
    older = replace(starter_pack(), facts=Facts(rows=(replace(FEED, as_of=date(2025, 1, 1)), row)))
    told = [pack.support_of("fortios", "7.4.3") for pack in (newer, older)]
    assert [fact.ends if fact else None for fact in told] == [date(2029, 1, 1), date(2028, 11, 11)]


def test_an_extended_date_stays_where_the_end_is_the_same() -> None:
    known = shipped(extended_ends=date(2030, 1, 1))
    fed = shipped(as_of=date(2027, 1, 1), source="the feed")
    assert newest_support([known], [fed]) == (replace(fed, extended_ends=date(2030, 1, 1)),)
    moved = replace(fed, ends=date(2029, 1, 1))
    assert newest_support([known], [moved]) == (moved,)


def test_an_edition_of_its_own_and_no_end_set() -> None:
    rows = (FEED, end("windows", "99999", ends=date(2030, 1, 1)), end("windows", "99999", edition="ltsc", ends=date(2035, 1, 1)),
            end("x", "1", ended=False), end("x", "2", ended=True), end("x", "3"))  # fmt: skip
    pack = replace(starter_pack(), facts=Facts(rows=rows))
    ltsc, other = pack.support_of("windows", "99999", "ltsc"), pack.support_of("windows", "99999", "enterprise")
    assert ltsc is not None and other is not None and (ltsc.ends, other.ends) == (date(2035, 1, 1), date(2030, 1, 1))
    running = pack.support_of("x", "1")
    assert running is not None and running.ends is None
    # Ended without a day, and nothing said: the pack does not know.
    assert pack.support_of("x", "2") is None and pack.support_of("x", "3") is None


def test_nothing_is_opened_where_there_is_no_end_date() -> None:
    assert feed_support(Facts(rows=(FEED,))) == () == feed_support(Facts())
    # A fact nobody knows the day of cannot be newer than anything.
    assert feed_support(Facts(rows=(end("x", "1", ends=date(2030, 1, 1)),))) == ()
