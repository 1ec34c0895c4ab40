"""Going round: everything is read after so many runs, and what is new does not wait."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.interface import Part
from omamori.backup.look.rotation import (
    AT_ONCE,
    after_reading,
    after_turns,
    choose_parts,
    choose_turns,
    mark_of,
    share_for,
    share_read,
)  # fmt: skip
from omamori.parse.backup.look_record import Reading

DAY = date(2026, 5, 1)
PARTS = st.lists(st.tuples(st.integers(0, 50_000_000), st.integers(0, 255)), min_size=1, max_size=120).map(
    lambda sizes: [Part(f"data/{number:03}", size, bucket) for number, (size, bucket) in enumerate(sizes)]
)


@given(PARTS, st.sampled_from([0.01, 0.1, 0.34, 0.5, 1.0]))
def test_everything_is_read_after_as_many_runs_as_the_share_says(parts: list[Part], share: float) -> None:
    reading, total = Reading(), sum(part.size for part in parts)
    runs = 0
    while reading.whole_since is None:
        chosen = choose_parts(parts, reading, share)
        assert chosen, "a run always reads something"
        assert len(chosen) == len({part.name for part in chosen})
        assert sum(part.size for part in chosen) >= min(share * total, total - (reading.bytes_read or 0)) - 1
        reading = after_reading(parts, reading, chosen, DAY + timedelta(days=runs))
        runs += 1
        assert runs <= round(1 / share) + 1
    assert (reading.parts_read, reading.bytes_read) == (len(parts), total)
    assert datetime(2026, 5, 1) <= reading.whole_since <= datetime(2026, 5, 1) + timedelta(days=runs)


@given(PARTS)
def test_a_part_that_came_later_is_not_called_read(parts: list[Part]) -> None:
    reading = after_reading(parts, Reading(), parts, DAY)
    assert reading.whole_since is not None
    new = Part("data/new", 5, parts[0].bucket)
    later = after_reading([*parts, new], reading, (), DAY + timedelta(days=1))
    assert later.whole_since is None and later.parts_read == len(parts)
    assert new in choose_parts([*parts, new], later, 1.0)


def test_what_is_new_is_read_beside_the_round() -> None:
    parts = [Part(f"data/{number}", 1_000_000, number) for number in range(256)]
    reading = after_reading(parts, Reading(), parts[:200], DAY)
    new = [Part(f"new/{number}", 1_000_000, number) for number in range(0, 10)]
    chosen = choose_parts([*parts, *new], reading, 0.1)
    assert set(new) <= set(chosen) and set(parts[200:226]) <= set(chosen)


def test_damaged_parts_are_always_read_again() -> None:
    parts = [Part(f"data/{number}", 1_000_000, number) for number in range(256)]
    reading = after_reading(parts, Reading(), parts[:10], DAY)
    assert parts[3] in choose_parts(parts, reading, 0.01, again=("data/3", "data/not-there"))


def test_another_size_is_another_part() -> None:
    assert mark_of(Part("a", 1, 0)) != mark_of(Part("a", 2, 0))


def test_the_share_fits_the_size() -> None:
    assert share_for(AT_ONCE, None) == 1.0 and share_for(AT_ONCE * 100, None) == 0.1 and share_for(AT_ONCE * 2, None) == 0.5
    assert share_for(AT_ONCE, 0.2) == 0.2


def test_a_repository_far_away_is_read_in_turns() -> None:
    reading, seen = Reading(), set()
    for run in range(8):
        turns = choose_turns(reading, None)
        assert turns.of == 8 and len(turns.turns) == 1
        seen |= set(turns.turns)
        reading = after_turns(reading, turns.of, turns.turns, DAY + timedelta(days=run))
        assert share_read(reading) == (run + 1) / 8
    assert seen == set(range(8)) and reading.whole_since is None, "what came meanwhile was never read"
    assert choose_turns(reading, None).turns == (0,)


def test_all_of_a_repository_far_away_in_one_run_is_whole() -> None:
    turns = choose_turns(Reading(), 1.0)
    assert (turns.of, turns.turns) == (1, (0,))
    assert after_turns(Reading(), 1, turns.turns, DAY).whole_since == datetime(2026, 5, 1)
    half = choose_turns(Reading(), 0.3)
    assert (half.of, half.turns) == (4, (0,))


def test_an_empty_repository_is_read() -> None:
    assert choose_parts([], Reading(), 0.1) == ()
    assert share_read(after_reading([], Reading(), [], DAY)) == 1.0
