"""What a machine lacks, the chain that shows it, and what stays in doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_table import TEN, month, winter

from omamori.analyze.windows_updates.series import sort_out
from omamori.analyze.windows_updates.table import Update, Updates
from omamori.analyze.windows_updates.verdict import Shown, judge
from omamori.model.facts import WindowsFix

Judge = Callable[..., tuple[dict[str, Any], Any]]


def test_the_newest_of_a_series_with_its_chain(judge_host: Judge) -> None:
    rows, look = judge_host(winter(), ["KB5031356", "KB4562830"])
    (row,) = rows.values()
    assert (row.patch_id, row.kind, row.basis, row.undecided, row.product) == ("KB5034122", "cumulative", "list", False, TEN)
    assert (row.lacking, row.flaws, row.behind_since, row.posted) == (3, 15, date(2023, 11, 14), date(2024, 1, 9))
    assert row.chain == (
        "KB5031356 (installed, 2023-10-10) → KB5032189 (2023-11-14) → KB5033372 (2023-12-12) → KB5034122 (2024-01-09, needed)"
    )
    assert row.fact.startswith("microsoft: KB5034122 line 5034122") and "KB5034122 > KB5033372 line 5034122" in row.fact
    assert look.complete and row.evidence == "cafe:1"


def test_a_long_chain_is_cut_in_the_middle(judge_host: Judge) -> None:
    more = [month(str(5_034_200 + at), f"2024-0{2 + at}-13") for at in range(4)]
    rows, _ = judge_host([*winter(), *(row for rows in more for row in rows)], [], now=datetime(2024, 6, 1))
    assert rows["KB5034203"].chain == "(none) → KB5031356 (2023-10-10) → … → KB5034202 (2024-04-13) → KB5034203 (2024-05-13, needed)"
    assert rows["KB5034203"].lacking == 8


@pytest.mark.parametrize("installed", [["KB5034122"], ["5034122", "KB5031356"], ["kb5034122"]])
def test_the_newest_holds_all(judge_host: Judge, installed: list[str]) -> None:
    rows, look = judge_host(winter(), installed)
    assert rows == {} and look.complete


def test_the_build_proves_what_the_list_does_not_show(judge_host: Judge) -> None:
    rows, look = judge_host(winter(builds=True), [], build="10.0.19045.3930", complete=False)
    assert rows == {} and not look.complete and look.reason == "not_understood"
    rows, _ = judge_host(winter(builds=True), [], build="10.0.19045.3803", complete=False)
    row = rows["KB5034122"]
    assert (row.basis, row.undecided, row.lacking) == ("build", False, 1)
    assert row.chain.startswith("10.0.19045.3803 < 10.0.19045.3930 (KB5034122); KB5033372 (held, 2023-12-12) → ")


def test_the_build_of_another_branch_proves_nothing(judge_host: Judge) -> None:
    facts = [*winter(), *month("5034123", "2024-01-09", build="10.0.22621.3007", tag="9")]
    rows, _ = judge_host(facts, [], build="10.0.19045.9999")
    assert rows["KB5034122"].basis == "list"


def test_an_update_waiting_for_a_restart_is_not_there_yet(judge_host: Judge) -> None:
    rows, _ = judge_host(winter(builds=True), ["KB5034122"], build="10.0.19045.3803")
    assert rows["KB5034122"].basis == "build"


def test_a_list_cut_short_decides_nothing(judge_host: Judge) -> None:
    rows, look = judge_host(winter(), ["KB5031356"], complete=False)
    row = rows["KB5034122"]
    assert row.undecided and "not seen whole" in row.doubt and "最後まで" in row.doubt_ja and not look.complete


def test_a_later_update_than_the_pack_knows_may_hold_it(judge_host: Judge) -> None:
    rows, _ = judge_host(winter(), ["KB5031356", "KB5034763"])
    assert rows["KB5034122"].undecided and "later number" in rows["KB5034122"].doubt
    # One in between is no later one, and what the pack knows of another product neither.
    rows, _ = judge_host(winter(), ["KB5031356", "KB5032278"])
    assert not rows["KB5034122"].undecided
    rows, _ = judge_host([*winter(), *month("5034763", "2024-02-13", "Windows Server 2019")], ["KB5034763"])
    assert not rows["KB5034122"].undecided


def test_a_preview_the_pack_does_not_know_may_have_closed_the_older_flaws(judge_host: Judge) -> None:
    rows, _ = judge_host(winter(), ["KB5032278"])
    assert not rows["KB5034122"].undecided and rows["KB5034122"].lacking == 4
    rows, _ = judge_host(winter()[:5] + winter()[-6:], ["KB5032300"])
    assert (
        rows["KB5034122"].chain
        == "(none) → KB5032300 (installed, not in the pack) → KB5031356 (2023-10-10) → KB5034122 (2024-01-09, needed)"
    )
    shown = Shown(frozenset(), True, None, (5032300,))
    (lack,) = judge(WINTER, shown)
    assert {flaw.partition("-")[0] for flaw in lack.unsure} == {"5031356", "5032189"} and len(lack.flaws) == 16
    (lack,) = judge(WINTER, replace(shown, build="10.0.19045.3803"))
    assert lack.basis == "build" and lack.unsure == frozenset()


def test_rows_without_an_update_never_match(judge_host: Judge) -> None:
    empty = [WindowsFix(flaw=f"CVE-2026-{at}", update=None, product=TEN, posted=date(2024, 2, 13)) for at in range(10_000, 10_050)]
    rows, _ = judge_host([*winter(), *empty], ["KB5031356"])
    assert list(rows) == ["KB5034122"] and rows["KB5034122"].flaws == 15
    assert judge_host([*winter(), *empty], ["KB5034122"])[0] == {}


def test_servicing_stack_and_an_update_that_stands_alone(judge_host: Judge) -> None:
    stack = [WindowsFix(flaw="ADV990001", update="5031539", product=TEN, posted=date(2023, 10, 10), feed="microsoft")]
    alone = month("5034441", "2024-01-09", flaws=1, tag="7")
    rows, _ = judge_host([*winter(), *stack, *alone], ["KB5034122"])
    assert rows["KB5031539"].kind == "servicing_stack" and not rows["KB5031539"].undecided
    # The table does not say that the cumulative update of that day holds it.
    assert rows["KB5034441"].undecided and "later cumulative" in rows["KB5034441"].doubt


def test_out_of_band(judge_host: Judge) -> None:
    rows, _ = judge_host([*winter(), *month("5034999", "2024-01-22", flaws=1, tag="8")], ["KB5034122"])
    assert (rows["KB5034999"].kind, rows["KB5034999"].undecided) == ("out_of_band", False)


def test_after_support_an_update_is_marked(judge_host: Judge) -> None:
    seven = "Windows 7 for x64-based Systems Service Pack 1"
    facts = [
        *month("4534310", "2020-01-14", seven, replaces="4530734", kind="Monthly Rollup"),
        *month("4537820", "2020-02-11", seven, replaces="4534310", kind="Monthly Rollup"),
    ]
    rows, _ = judge_host(facts, ["KB4534310"], build="6.1.7601", name="Microsoft Windows 7 Professional", now=datetime(2020, 3, 1))
    assert rows["KB4537820"].chain.endswith("; after end of support 2020-01-14 (ESU)")
    assert not rows["KB4537820"].undecided


def test_a_service_pack_nobody_saw_leaves_all_in_doubt(judge_host: Judge) -> None:
    facts = month("958644", "2008-10-23", "Microsoft Windows XP Service Pack 3", flaws=1)
    rows, _ = judge_host(
        facts, [], build="5.1.2600", name="Microsoft Windows XP Professional", architecture="x86", now=datetime(2008, 11, 1)
    )
    assert rows["KB958644"].undecided and "service pack" in rows["KB958644"].doubt


def test_an_update_named_only_for_other_processors(judge_host: Judge) -> None:
    other = month("5034763", "2024-02-13", "Windows 10 Version 22H2 for 32-bit Systems")
    rows, _ = judge_host([*winter(), *other], ["KB5034122"])
    assert rows["KB5034763"].undecided and "another architecture" in rows["KB5034763"].doubt


def test_rollups_security_only_and_the_browser(judge_host: Judge) -> None:
    product, browser = "Windows Server 2012 R2", "Internet Explorer 11 on Windows Server 2012 R2"
    facts = [
        *month("4074594", "2018-02-13", product, tag="1"),
        *month("4074597", "2018-02-13", product, tag="1"),
        *month("4088876", "2018-03-13", product, replaces="4074594"),
        *month("4088879", "2018-03-13", product),
        *month("4089187", "2018-03-13", browser, flaws=3, tag="6", component="Internet Explorer"),
        *month("4088876", "2018-03-13", browser, flaws=3, tag="6"),
    ]
    server = {"build": "6.3.9600", "name": "Windows Server 2012 R2 Standard", "now": datetime(2018, 4, 1)}
    rows, _ = judge_host(facts, [], **server)
    assert list(rows) == ["KB4088876"] and (rows["KB4088876"].kind, rows["KB4088876"].flaws) == ("cumulative", 13)
    assert judge_host(facts, ["KB4088876"], **server)[0] == {}
    # Only security-only updates: those of both months and the browser's own make the rollup needless.
    assert judge_host(facts, ["KB4074597", "KB4088879", "KB4089187"], **server)[0] == {}
    rows, _ = judge_host(facts, ["KB4088879", "KB4089187"], **server)
    assert set(rows) == {"KB4088876"} or set(rows) == {"KB4074594"}


WINTER = sort_out(
    Updates(
        {
            number: Update(number, date.fromisoformat(day), frozenset(f"{number}-{at}" for at in range(4)), build=f"10.0.19045.{revision}")
            for number, day, revision in (
                ("5031356", "2023-10-10", 3570),
                ("5032189", "2023-11-14", 3693),
                ("5033372", "2023-12-12", 3803),
                ("5034122", "2024-01-09", 3930),
            )
        }
    ),
    build=19045,
)


@given(
    st.sets(st.sampled_from(["5031356", "5032189", "5033372", "5034122", "5099999"])), st.booleans(), st.sampled_from([None, 3693, 3930])
)
def test_taking_evidence_away_never_makes_a_pass(installed: set[str], whole: bool, revision: int | None) -> None:
    build = f"10.0.19045.{revision}" if revision else None
    unknown = (5099999,) if "5099999" in installed else ()
    shown = Shown(frozenset(installed), whole, build, unknown)
    lacks = judge(WINTER, shown)
    for number in installed - {"5099999"}:
        fewer = judge(WINTER, replace(shown, installed=shown.installed - {number}))
        assert {lack.update.number for lack in lacks} <= {lack.update.number for lack in fewer}
    for lack in judge(WINTER, replace(shown, complete=False)):
        assert lack.doubts or lack.basis == "build"
    assert {lack.update.number for lack in judge(WINTER, replace(shown, complete=False))} == {lack.update.number for lack in lacks}


def test_the_day_is_told_only_where_it_is_certain(judge_host: Judge) -> None:
    # Some cumulative update is in every Windows 10: without its name nobody knows which of the earlier ones the machine holds.
    row = judge_host(winter(), [])[0]["KB5034122"]
    assert (row.undecided, row.lacking, row.behind_since, row.earliest) == (False, 4, None, date(2023, 10, 10))
    row = judge_host(winter(builds=True), [], build="10.0.19045.3000")[0]["KB5034122"]
    assert (row.basis, row.behind_since) == ("build", date(2023, 10, 10))
    # What an unknown number may hold does not date it; an update after it does.
    row = judge_host(winter(), ["KB5031356", "KB5032999"])[0]["KB5034122"]
    assert (row.lacking, row.behind_since) == (3, date(2023, 12, 12))
    row = judge_host(winter(), ["KB5031356"], complete=False)[0]["KB5034122"]
    assert row.undecided and row.behind_since is None and row.earliest == date(2023, 11, 14)


def test_before_windows_10_a_machine_without_a_rollup_fell_behind_with_the_first(judge_host: Judge) -> None:
    seven = "Windows 7 for x64-based Systems Service Pack 1"
    facts = [
        *month("3185330", "2016-10-11", seven, kind="Monthly Rollup"),
        *month("3197868", "2016-11-08", seven, replaces="3185330", kind="Monthly Rollup"),
    ]
    rows, _ = judge_host(facts, [], build="6.1.7601", name="Microsoft Windows 7 Professional", now=datetime(2016, 12, 1))
    assert rows["KB3197868"].behind_since == date(2016, 10, 11)


def test_a_build_that_is_exactly_that_of_an_update_decides_also_by_a_table_without_builds(judge_host: Judge) -> None:
    facts = [*winter()[:-6], *month("5034122", "2024-01-09", replaces="5033372")]
    facts = [
        replace(one, build="10.0.19045.3803") if getattr(one, "update", "") == "5033372" and hasattr(one, "build") else one for one in facts
    ]
    # Neither a list cut short nor a number that the pack does not know makes it doubtful.
    row = judge_host(facts, ["KB5034763"], build="10.0.19045.3803", complete=False)[0]["KB5034122"]
    assert (row.basis, row.undecided, row.lacking, row.behind_since) == ("build", False, 1, date(2024, 1, 9))
    assert row.chain == "10.0.19045.3803 = KB5033372; KB5033372 (held, 2023-12-12) → KB5034122 (2024-01-09, needed)"
    for build in ("10.0.19045.3804", "10.0.19045"):
        row = judge_host(facts, ["KB5034763"], build=build)[0]["KB5034122"]
        assert (row.basis, row.undecided) == ("list", True)


def test_an_update_of_a_later_day_is_not_needed_yet(judge_host: Judge) -> None:
    rows, look = judge_host(winter(), ["KB5031356"], now=datetime(2023, 12, 20))
    row = rows["KB5033372"]
    assert list(rows) == ["KB5033372"] and (row.lacking, row.flaws, look.complete) == (2, 10, True)
    assert set(judge_host(winter(), ["KB5031356"], now=datetime(2024, 1, 9))[0]) == {"KB5034122"}
    # Who has the later one already has the earlier ones.
    assert judge_host(winter(), ["KB5034122"], now=datetime(2023, 12, 20))[0] == {}
    net = month("5034274", "2024-01-09", f"Microsoft .NET Framework 3.5 AND 4.8 on {TEN}", tag="4")
    assert set(judge_host([*winter(), *net], [], now=datetime(2023, 12, 20))[0]) == {"KB5033372"}


def test_a_rollup_holds_the_browser_s_update_of_its_month_and_before(judge_host: Judge) -> None:
    product, browser = "Windows Server 2012 R2", "Internet Explorer 11 on Windows Server 2012 R2"
    facts = [
        *month("4088876", "2018-03-13", product, kind="Monthly Rollup"),
        *month("4093114", "2018-04-10", product, replaces="4088876", kind="Monthly Rollup"),
        *month("4088879", "2018-03-13", product, kind="Security Only"),
        *month("4089187", "2018-03-13", browser, flaws=3, tag="6", component="Microsoft Scripting Engine"),
        *month("4092946", "2018-04-10", browser, flaws=2, tag="6", component="Microsoft Browsers"),
    ]
    server = {"build": "6.3.9600", "name": "Windows Server 2012 R2 Standard", "now": datetime(2018, 5, 1)}
    assert judge_host(facts, ["KB4093114"], **server)[0] == {}
    assert set(judge_host(facts, ["KB4088876"], **server)[0]) == {"KB4093114"}
