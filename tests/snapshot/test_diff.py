from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.look import Verdict
from omamori.snapshot.diff import Change, compare

NOW = datetime(2026, 5, 31)


def v(check: str, subject: str, verdict: str, key: str = "", days: int | None = None) -> Verdict:
    since = None if days is None else NOW - timedelta(days=days)
    return Verdict(check_id=check, subject=subject, finding_key=key, verdict=verdict, severity="high", since=since)


def keys(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(one.verdict.check_id, one.verdict.subject, one.verdict.finding_key) for one in changes]


def test_what_became_of_each_finding() -> None:
    before = [
        v("ssh.root", "a", "fail", "k", 30),
        v("ssh.root", "b", "fail", "k", 3),
        v("ssh.root", "c", "fail", "k", 3),
        v("ssh.root", "d", "fail", "k", 3),
        v("ssh.root", "e", "fail", "k", 3),
        v("ssh.root", "f", "pass"),
        v("port.open", "a", "fail", "22", 5),
        v("port.open", "a", "fail", "23", 5),
    ]
    after = [
        v("ssh.root", "a", "fail", "k", 30),
        v("ssh.root", "b", "pass"),
        v("ssh.root", "c", "unknown"),
        v("ssh.root", "e", "accepted", "k"),
        v("ssh.root", "f", "unknown"),
        v("ssh.root", "g", "fail", "k"),
        v("ssh.root", "h", "unknown"),
        v("port.open", "a", "fail", "22", 5),
    ]
    found = compare(before, after, NOW)
    assert keys(found.new) == [("ssh.root", "g", "k")]
    assert keys(found.gone) == [("port.open", "a", "23"), ("ssh.root", "b", "k")]
    assert [(one.verdict.subject, one.days_open) for one in found.still] == [("a", 5), ("a", 30)]
    assert keys(found.unknown) == [("ssh.root", "c", ""), ("ssh.root", "f", "")]
    assert keys(found.accepted) == [("ssh.root", "e", "k")]
    assert keys(found.unjudged) == [("ssh.root", "d", "k")]
    assert found.changed


VERDICTS = st.lists(
    st.builds(
        v,
        st.sampled_from("pq"),
        st.sampled_from("abc"),
        st.sampled_from(["pass", "fail", "unknown", "accepted"]),
        st.sampled_from(["", "k", "l"]),
    ),
    max_size=10,
    unique_by=lambda one: (one.check_id, one.subject, one.finding_key),
)


@given(VERDICTS, VERDICTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_the_same_twice_is_no_change(before: list[Verdict], after: list[Verdict], random: object) -> None:
    first = compare(before, after, NOW)
    mixed = list(before), list(after)
    for part in mixed:
        random.shuffle(part)  # type: ignore[attr-defined]
    assert compare(*mixed, NOW) == first
    assert not compare(before, before, NOW).changed
    gone = {change.verdict for change in first.gone}
    assert all(one in before and one.verdict in ("fail", "accepted") for one in gone)
