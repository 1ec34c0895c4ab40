"""What holds what: chains with holes, rollups and security-only updates, hotpatches, servicing stacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.windows_updates.series import Series, sort_out
from omamori.analyze.windows_updates.table import Update, Updates


def update(number: str, day: str, flaws: str = "", **more: Any) -> Update:
    return Update(number=number, posted=date.fromisoformat(day), flaws=frozenset(flaws.split()), **more)


def series(*updates: Update, replaces: list[tuple[str, str]] | None = None, build: int = 19045) -> Series:
    chains = {newer: frozenset(older.split()) for newer, older in replaces or []}
    return sort_out(Updates({one.number: one for one in updates}, chains), build=build)


OCTOBER = update("5031356", "2023-10-10", "a b c d")
NOVEMBER = update("5032189", "2023-11-14", "e f g h")
DECEMBER = update("5033372", "2023-12-12", "i j k")


def test_a_cumulative_update_holds_the_earlier_ones_over_a_hole_in_the_chain() -> None:
    found = series(OCTOBER, NOVEMBER, DECEMBER, replaces=[("5033372", "5032278")])
    assert found.held_by({"5033372"}) == {"5033372", "5032278", "5032189", "5031356"}
    assert found.held_by({"5031356"}) == {"5031356"}
    assert found.lacking(found.held_by({"5032189"})) == {"5033372"}


def test_a_small_update_of_the_same_day_holds_nothing_and_is_held_by_nothing() -> None:
    found = series(OCTOBER, NOVEMBER, DECEMBER, update("5034441", "2023-12-12", "z"))
    assert found.held_by({"5034441"}) == {"5034441"}
    assert found.lacking(found.held_by({"5033372"})) == {"5034441"}


def test_an_out_of_band_update_that_the_next_one_replaces_is_in_every_later_one() -> None:
    urgent = update("5032906", "2023-11-20", "u")
    found = series(OCTOBER, NOVEMBER, urgent, DECEMBER, update("5034122", "2024-01-09", "l m n"), replaces=[("5033372", "5032906")])
    assert found.lacking(found.held_by({"5034122"})) == frozenset()


def test_a_servicing_stack_update_is_none_of_them() -> None:
    found = series(OCTOBER, update("5043124", "2024-09-11", "ADV990001"), DECEMBER)
    assert found.servicing == {"5043124"} and "5043124" not in found.cumulative
    assert "5043124" in found.lacking(found.held_by({"5033372"}))
    assert found.held_by({"5043124"}) == {"5043124"}


def test_a_hotpatch_closes_what_the_full_update_of_its_day_closes() -> None:
    base = update("5050009", "2025-01-14", "a b c")
    full, fast = update("5051987", "2025-02-11", "d e f g"), update("5052105", "2025-02-11", "d e f g")
    march, fast_march = update("5053598", "2025-03-11", "h i j"), update("5053636", "2025-03-11", "h i j")
    chains = [("5051987", "5050009"), ("5053598", "5051987"), ("5053636", "5052105")]
    found = series(base, full, fast, march, fast_march, replaces=chains, build=26100)
    assert found.hotpatch == {"5052105", "5053636"}
    assert found.lacking(found.held_by({"5050009", "5052105", "5053636"})) == frozenset()
    assert found.lacking(found.held_by({"5053598"})) == frozenset()


ROLLUPS = (
    update("4074598", "2018-02-13", "a b c d"),
    update("4088875", "2018-03-13", "e f g h"),
    update("4093118", "2018-04-10", "i j k l"),
)
ONLY = (
    update("4074587", "2018-02-13", "a b c d"),
    update("4088878", "2018-03-13", "e f g h"),
    update("4093108", "2018-04-10", "i j k l"),
)
CHAIN = [("4088875", "4074598"), ("4093118", "4088875")]


def test_a_newer_security_only_update_does_not_hold_the_older_ones() -> None:
    found = series(*ROLLUPS, *ONLY, replaces=CHAIN, build=7601)
    assert found.security_only == {one.number for one in ONLY} and found.cumulative == {one.number for one in ROLLUPS}
    assert found.lacking(found.held_by({"4093108"})) == {"4074598", "4088875", "4074587", "4088878"}
    # With every security-only update no rollup is needed; with the newest rollup nothing is.
    assert found.lacking(found.held_by(found.security_only)) == frozenset()
    assert found.lacking(found.held_by({"4093118"})) == frozenset()


def test_a_wrong_row_of_the_table_does_not_let_a_security_only_update_hold_a_rollup() -> None:
    found = series(*ROLLUPS, *ONLY, replaces=[*CHAIN, ("4093108", "4088875")], build=7601)
    assert "4088875" not in found.held_by({"4093108"})


def test_the_kind_where_the_guide_tells_it_counts() -> None:
    rollup = update("4088875", "2018-03-13", "e f g h", kind="Monthly Rollup")
    only = update("4088878", "2018-03-13", "e f g h", kind="Security Only")
    found = series(rollup, only, build=7601)
    assert found.cumulative == {"4088875"} and found.security_only == {"4088878"}


def test_a_fix_published_anew_is_not_closed_by_the_old_update() -> None:
    found = series(OCTOBER, update("5034122", "2024-01-09", "a"))
    assert found.lacking(found.held_by({"5031356"})) == {"5034122"}


def test_one_named_only_for_another_processor_counts_where_it_is_cumulative() -> None:
    other, small = update("5034122", "2024-01-09", "l m n", own=False), update("5034444", "2023-12-12", "z", own=False)
    found = series(OCTOBER, DECEMBER, other, small)
    assert found.lacking(found.held_by({"5033372"})) == {"5034122"}


numbers = st.sampled_from([str(5_030_000 + at) for at in range(12)])


@st.composite
def tables(draw: st.DrawFn) -> Series:
    """Any table: days, flaws, and chains even in circles."""
    known = {}
    for number in sorted(draw(st.sets(numbers, min_size=1))):
        day = date(2023, 1, 10) + timedelta(days=draw(st.integers(0, 400)))
        known[number] = Update(
            number=number, posted=day, flaws=frozenset(draw(st.sets(st.sampled_from("abcdefghij")))), own=draw(st.booleans())
        )
    chains = draw(st.dictionaries(numbers, st.frozensets(numbers, max_size=4), max_size=8))
    return sort_out(Updates(known, chains), build=draw(st.sampled_from((7601, 9600, 19045))))


@given(tables(), st.sets(numbers), numbers)
def test_one_more_installed_never_makes_more_missing(found: Series, installed: set[str], more: str) -> None:
    fewer = found.lacking(found.held_by(installed))
    assert found.lacking(found.held_by(installed | {more})) <= fewer
    assert installed <= found.held_by(installed) <= found.held_by(installed | {more})


@given(tables(), st.sets(numbers), st.sets(numbers))
def test_step_by_step_is_as_all_at_once(found: Series, first: set[str], then: set[str]) -> None:
    steps = found.held_by(then, found.held_by(first))
    assert found.held_by(first) | found.held_by(then) <= steps <= found.held_by(first | then)


EXPLORER = frozenset({"Internet Explorer 9", "Windows Internet Explorer 11"})
JULY_2015 = update("3065822", "2015-07-14", "a b c", components=EXPLORER)
AUGUST_2015 = update("3078071", "2015-08-11", "d e f", components=EXPLORER)


def test_a_cumulative_update_of_the_browser_holds_the_earlier_ones_over_a_hole_in_the_chain() -> None:
    last = update("3185319", "2016-09-13", "g h i", components=EXPLORER)
    rollup = update("3185330", "2016-10-11", "j k l m")
    found = series(JULY_2015, AUGUST_2015, last, rollup, replaces=[("3185330", "3185319")], build=7601)
    assert found.lacking(found.held_by({"3078071"})) == {"3185319", "3185330"}
    # The rollups took the browser in: an update of 2015 is not asked for beside them.
    assert found.lacking(found.held_by({"3185330"})) == frozenset()


def test_a_single_fix_of_the_browser_and_one_for_more_than_it_hold_nothing() -> None:
    urgent = update("2964358", "2015-09-01", "u", components=EXPLORER)
    wider = update("3161949", "2015-09-08", "v w x", components=EXPLORER | {"Windows"})
    found = series(JULY_2015, AUGUST_2015, urgent, wider, build=7601)
    assert found.lacking(found.held_by({"2964358", "3161949"})) == {"3065822", "3078071"}
    # Windows 10's browser is in its monthly update; nothing is added there.
    assert "3065822" in series(JULY_2015, AUGUST_2015).lacking(frozenset({"3078071"}))


def test_since_there_are_rollups_every_update_of_the_browser_holds_the_earlier_ones_and_a_rollup_all_to_its_day() -> None:
    browser = frozenset({"Internet Explorer 11 on Windows 7 for x64-based Systems Service Pack 1"})
    march, april = (
        update(number, day, flaw, products=browser)
        for number, day, flaw in (("4089187", "2018-03-13", "x"), ("4092946", "2018-04-10", "y"))
    )
    found = series(*ROLLUPS, *ONLY, march, april, replaces=CHAIN, build=7601)
    assert found.browsers == {"4089187", "4092946"}
    assert found.lacking(found.held_by({"4093118"})) == frozenset()
    assert "4092946" in found.lacking(found.held_by({"4088875"})) and "4089187" in found.held_by({"4088875"})
    # A security-only update holds no browser's.
    assert found.browsers <= found.lacking(found.held_by(found.security_only))
    assert "4089187" in found.held_by({"4092946"})


def test_what_is_published_after_the_day_judged_is_not_lacking() -> None:
    known = {one.number: one for one in (OCTOBER, NOVEMBER, DECEMBER)}
    found = sort_out(Updates(known), build=19045, until=date(2023, 11, 14))
    assert found.lacking(found.held_by({"5031356"})) == {"5032189"}
    assert found.lacking(found.held_by({"5033372"})) == frozenset()
