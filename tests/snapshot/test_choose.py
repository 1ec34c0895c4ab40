"""Which look counts where several stand side by side: of backups one of each repository."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.look import Look
from omamori.snapshot.choose import Candidate, choose
from omamori.snapshot.evidence import Receipt, StoredItem, Visit
from omamori.snapshot.reading import Reading

NOW = datetime(2026, 6, 1)
AGE = timedelta(days=90)


def candidate(speaker: str, day: int, *, complete: bool = True, kind: str = "backup.look", table: str = "backup_signs") -> Candidate:
    seen = NOW - timedelta(days=day)
    item = StoredItem(kind, f"{day:064}", 1, seen, 0, "", None, "", True, 0)
    receipt = Receipt(f"{speaker}{kind}{day}{complete}", Visit("file", "", None, ""), seen, (item,))
    look = Look(table, complete=complete, reason=None if complete else "not_collected", asset="ehr")
    return Candidate("ehr", look, Reading(receipt, 0, seen, (look,), (), (), (), speaker))


def told(*candidates: Candidate) -> list[tuple[str, str, int, bool, str | None]]:
    return [
        (one.reading.speaker, one.reading.item.kind, (NOW - one.reading.seen).days, one.look.complete, one.look.reason)
        for one in choose(candidates, NOW, AGE)
    ]


def test_repositories_stand_side_by_side_each_by_its_newest_look() -> None:
    found = told(candidate("restic:a", 9), candidate("restic:a", 2), candidate("restic:b", 5), candidate("restic:b", 30))
    assert found == [("restic:a", "backup.look", 2, True, None), ("restic:b", "backup.look", 5, True, None)]


def test_a_newer_look_counts_also_where_it_was_broken_off() -> None:
    """It carries on what the older one found, and may have found more."""
    assert told(candidate("restic:a", 9), candidate("restic:a", 2, complete=False)) == [
        ("restic:a", "backup.look", 2, False, "not_collected")
    ]


def test_what_a_machine_says_of_its_own_runs_stands_beside_and_is_chosen_as_ever() -> None:
    own = {"kind": "windows.commands", "table": "backup_generations"}
    found = told(candidate("", 9, **own), candidate("", 2, complete=False, **own), candidate("restic:a", 1, table="backup_generations"))
    assert found == [("restic:a", "backup.look", 1, True, None), ("", "windows.commands", 9, True, None)]


def test_a_repository_not_read_for_long_is_not_covered_by_another() -> None:
    found = told(candidate("restic:a", 2), candidate("restic:b", 100), candidate("restic:b", 200))
    assert found == [("restic:a", "backup.look", 2, True, None), ("restic:b", "backup.look", 100, False, "too_old")]


def test_all_too_old_are_all_told() -> None:
    found = told(candidate("restic:a", 120), candidate("restic:b", 100), candidate("restic:b", 200))
    assert found == [("restic:a", "backup.look", 120, False, "too_old"), ("restic:b", "backup.look", 100, False, "too_old")]


def test_other_tables_choose_one_look_as_before() -> None:
    found = told(
        candidate("", 9, table="software", kind="linux.packages"), candidate("", 2, complete=False, table="software", kind="linux.packages")
    )
    assert found == [("", "linux.packages", 9, True, None)]
    old = told(candidate("", 120, table="software", kind="linux.packages"), candidate("", 100, table="software", kind="linux.packages"))
    assert old == [("", "linux.packages", 100, False, "too_old")]


@given(
    st.lists(st.tuples(st.sampled_from(["", "a", "b"]), st.integers(0, 200), st.booleans()), unique_by=lambda one: one[:2], max_size=12),
    st.randoms(),
)
def test_no_repository_is_lost_and_the_order_makes_no_difference(said: list[tuple[str, int, bool]], dice: object) -> None:
    candidates = [candidate(speaker, day, complete=complete) for speaker, day, complete in said]
    found = told(*candidates)
    assert sorted(one[0] for one in found) == sorted({speaker for speaker, _, _ in said})
    dice.shuffle(candidates)
    assert told(*candidates) == found
