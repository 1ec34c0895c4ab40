from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.look import Identity, PastFinding, Verdict
from omamori.snapshot.ages import OPEN, Aged, Memory, aged, renamed

DAY0 = datetime(2026, 1, 1)
STATES = ("fail", "unknown", "whole unknown", "pass", "accepted", "nothing", "unread")


def v(verdict: str, key: str = "k", subject: str = "a") -> Verdict:
    return Verdict(check_id="c.x", subject=subject, finding_key=key, verdict=verdict, severity="high", message_ja="文", message_en="words")


def verdicts_of(state: str) -> list[Verdict]:
    """What one check says about one subject in a state."""
    if state == "nothing":
        return []
    return [v("unknown", "")] if state == "whole unknown" else [v(state, "" if state == "pass" else "k")]


def visits(*states: str, days: int = 30) -> Aged:
    """Judge once every `days`; a state `unread` is a snapshot whose tables are gone. Return the last one."""
    memory: Memory | None = None
    told = Aged(())
    unread = 0
    for number, state in enumerate(states):
        if state == "unread":
            unread += 1
            continue
        moment = DAY0 + timedelta(days=days * number)
        if memory is not None:
            memory = Memory(memory.moment, memory.open, memory.past, (), unread)
        told, unread = aged(memory, verdicts_of(state), (), moment), 0
        memory = Memory(moment, [one for one in told.verdicts if one.verdict in OPEN], told.past)
    return told


def day(number: int) -> datetime:
    return DAY0 + timedelta(days=30 * number)


def test_what_stays_open_keeps_its_first_day() -> None:
    (found,) = visits("pass", "fail", "fail", "accepted", "fail").verdicts
    assert (found.since, found.unseen_runs, found.came_back) == (day(1), 0, None)


def test_what_could_not_be_told_in_between_does_not_begin_anew_and_is_counted() -> None:
    for hidden in ("unknown", "whole unknown", "nothing", "unread"):
        (found,) = visits("fail", hidden, hidden, "fail").verdicts
        assert (found.since, found.unseen_runs, found.came_back) == (day(0), 2, None), hidden


def test_what_was_gone_and_came_back_begins_anew_and_says_so() -> None:
    (found,) = visits("fail", "pass", "pass", "fail", "fail").verdicts
    assert (found.since, found.came_back) == (day(3), day(1))
    (found,) = visits("fail", "pass", "unknown", "fail").verdicts
    assert (found.since, found.came_back, found.unseen_runs) == (day(3), day(1), 0)


def test_unknown_before_it_was_ever_found_is_no_age() -> None:
    (found,) = visits("unknown", "unknown", "fail").verdicts
    assert (found.since, found.unseen_runs) == (day(2), 0)


def test_an_acceptance_has_an_age_of_its_own() -> None:
    (found,) = visits("fail", "accepted", "accepted").verdicts
    assert (found.since, found.accepted_since) == (day(0), day(1))
    (found,) = visits("fail", "accepted", "fail", "accepted").verdicts
    assert found.accepted_since == day(3)
    (found,) = visits("fail", "accepted", "fail").verdicts
    assert found.accepted_since is None and found.since == day(0)


def test_what_became_of_a_finding_is_kept() -> None:
    def past(*states: str) -> list[tuple[str, datetime | None, datetime | None]]:
        return [(one.now, one.last_open, one.gone) for one in visits(*states).past]

    assert past("fail") == []
    assert past("fail", "unknown", "whole unknown") == [("unknown", day(0), None)]
    assert past("fail", "nothing") == [("not_judged", day(0), None)]
    assert past("fail", "pass", "unknown") == [("gone", day(0), day(1))]
    assert past("fail", "unknown", "pass") == [("gone", day(0), day(2))]


def test_a_rebuild_by_a_parser_that_sees_more_does_not_call_it_back_again() -> None:
    first = aged(None, [v("fail")], (), day(0))
    blind = aged(Memory(day(0), first.verdicts), [v("pass", "")], (), day(1))
    rebuilt = aged(Memory(day(1), (), blind.past), [v("fail")], (), day(1))
    assert (rebuilt.verdicts[0].since, rebuilt.verdicts[0].came_back) == (day(0), None)


def named(asset: str, *identifiers: str) -> list[Identity]:
    return [Identity(asset=asset, identifier=one) for one in identifiers]


def test_a_machine_with_another_name_keeps_the_age_of_its_findings() -> None:
    before = named("pc1", "machine-id:aa", "name:pc1") + named("pc2", "name:pc2")
    after = named("受付", "machine-id:aa", "name:pc1", "name:uketsuke") + named("pc2", "name:pc2")
    memory = Memory(day(0), [v("fail", "pc1 | 22", "pc1"), v("fail", "pc2 | 22", "pc2")], (), before)
    told = aged(memory, [v("fail", "受付 | 22", "受付"), v("fail", "pc2 | 22", "pc2")], after, day(1))
    assert [one.since for one in told.verdicts] == [day(0), day(0)]
    assert told.past == ()


def test_two_machines_that_changed_names_do_not_change_their_ages() -> None:
    before = named("a", "uuid:1", "name:a") + named("b", "uuid:2", "name:b")
    after = named("b", "uuid:1", "name:b", "name:a") + named("a", "uuid:2", "name:a", "name:b")
    assert renamed(before, after) == {"a": "b", "b": "a"}


def test_where_two_machines_could_be_meant_none_is() -> None:
    after = named("x", "mac:00:00:5e:00:53:01") + named("y", "mac:00:00:5e:00:53:01")
    assert renamed(named("old", "mac:00:00:5e:00:53:01"), after) == {}


def test_what_was_known_by_its_address_only_is_followed_by_it() -> None:
    before = named("10.0.0.5", "ip:10.0.0.5")
    assert renamed(before, named("ehr01", "ip:10.0.0.5", "name:ehr01")) == {"10.0.0.5": "ehr01"}
    assert renamed(before, named("10.0.0.5", "ip:10.0.0.5") + named("ehr01", "ip:10.0.0.5")) == {}
    assert renamed(named("old", "name:old", "ip:10.0.0.5"), named("new", "ip:10.0.0.5")) == {}, "a name says more than an address"


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=9))
def test_the_age_goes_back_to_the_first_day_after_it_was_last_known_to_be_gone(states: list[str]) -> None:
    states = [*states, "fail"]
    (found,) = visits(*states).verdicts
    gone = max((number for number, state in enumerate(states) if state == "pass"), default=-1)
    opened = min(number for number, state in enumerate(states) if number > gone and state in ("fail", "accepted"))
    assert found.since == day(opened)
    assert found.unseen_runs == sum(state in ("unknown", "whole unknown", "nothing", "unread") for state in states[opened:])
    ever = any(state in ("fail", "accepted") for state in states[: gone + 1])
    assert (found.came_back is not None) == ever


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=9))
def test_no_finding_is_forgotten(states: list[str]) -> None:
    told = visits(*states)
    ever = any(state in ("fail", "accepted") for state in states)
    known: list[Verdict | PastFinding] = [one for one in told.verdicts if one.verdict in OPEN] + list(told.past)
    assert len(known) == int(ever)
