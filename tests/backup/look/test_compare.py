"""What changed between two generations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.interface import Entry
from omamori.backup.look.compare import compare

OLD = datetime(2026, 5, 1)


def entries(files: dict[str, int]) -> Callable[[], Iterable[Entry]]:
    return lambda: (Entry(path, size=5000, modified=OLD, token=f"{version}".encode()) for path, version in files.items())


TREES = st.dictionaries(st.from_regex(r"/[ab]/[a-d]{1,2}(\.[a-c]{1,3}){0,2}", fullmatch=True), st.integers(0, 2), max_size=40)


@given(TREES, TREES)
def test_counts_are_those_of_sets(old: dict[str, int], new: dict[str, int]) -> None:
    told = compare(entries(old), entries(new))
    both = old.keys() & new.keys()
    assert (told.old_files, told.new_files) == (len(old), len(new))
    assert told.same == sum(old[name] == new[name] for name in both)
    assert (told.changed, told.added, told.removed) == (len(both) - told.same, len(new.keys() - both), len(old.keys() - both))
    assert sum(one.count for one in told.renamed.values()) <= told.added


@given(st.integers(60, 200), st.sampled_from(["locked", "id-1a2b.[mail].phobos", "xyz"]))
def test_an_ending_added_to_many_files_is_told_whatever_stands_between(count: int, ending: str) -> None:
    old = {f"/srv/{number % 7}/file{number}.{('doc', 'pdf', 'csv')[number % 3]}": 1 for number in range(count)}
    new = {f"{name}.{ending}" if number % 5 else name: 2 for number, name in enumerate(old)}
    told = compare(entries(old), entries(new))
    last = ending.rpartition(".")[2]
    assert told.renamed[last].count == sum(number % 5 != 0 for number in range(count))
    assert set(told.renamed[last].endings_before) == {"doc", "pdf", "csv"}
    assert told.picks and all(pick.before in old for pick in told.picks if pick.state == "added")


def test_a_replaced_ending_is_a_renaming_too() -> None:
    old = {f"/srv/file{number}.doc": 1 for number in range(100)}
    new = {f"/srv/file{number}.xyz": 1 for number in range(100)}
    told = compare(entries(old), entries(new))
    assert told.renamed["xyz"].count == 100 and told.renamed["xyz"].endings_before == ("doc",)


def test_rotated_logs_are_few_and_whole_other_trees_are_not_alike() -> None:
    old = {f"/srv/a{number}.doc": 1 for number in range(100)}
    new = {f"/opt/b{number}.pdf": 1 for number in range(100)}
    assert compare(entries(old), entries(new)).alike is False
    assert compare(entries(old), entries(old | new)).alike is True
    assert compare(None, entries(new)).alike is True


def test_notes_and_endings_count_where_they_are_new() -> None:
    old = {"/a/HOW_TO_DECRYPT.txt": 1, "/a/b.lockbit": 1}
    new = old | {f"/{number}/Restore-My-Files.txt": 1 for number in range(4)} | {f"/a/{number}.lockbit": 1 for number in range(5)}
    told = compare(entries(old), entries(new))
    assert told.notes is not None and (told.notes.count, told.notes.folders, told.notes.sure) == (4, 4, True)
    assert dict(told.endings) == {"lockbit": 5}


def test_a_file_is_found_by_its_name_wherever_it_lies() -> None:
    new = {"/mnt/x/omamori-canary-12.txt": 1, "/mnt/y": 1}
    assert dict(compare(None, entries(new), names=("omamori-canary-12.txt", "other")).found) == {
        "omamori-canary-12.txt": "/mnt/x/omamori-canary-12.txt"
    }


@pytest.mark.parametrize("most", [500, 2000])
def test_more_files_than_may_be_held_are_looked_at_in_part(most: int) -> None:
    old = {f"/srv/{number % 31}/file{number}.doc": 1 for number in range(8000)}
    new = {f"{name}.locked" if number % 2 else name: 1 for number, name in enumerate(old)}
    told = compare(entries(old), entries(new), names=("file7.doc.locked",), most=most)
    assert abs(told.old_files - 8000) < 2500 and abs(told.renamed["locked"].count / told.old_files - 0.5) < 0.1
    assert told.same + told.removed == told.old_files
    assert "file7.doc.locked" in told.found, "what is asked for is looked for among all"


def test_folders_and_others_are_no_files() -> None:
    told = compare(None, lambda: [Entry("/a", kind="dir"), Entry("/a/b"), Entry("/a/c", kind="other")])
    assert told.new_files == 1


def test_who_heeds_a_stop_is_heard() -> None:
    class StopError(Exception):
        pass

    def heed(count: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        compare(None, entries({f"/{number}": 1 for number in range(3000)}), heed=heed)
