"""Which files are looked into."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.interface import Entry
from omamori.backup.look.picking import LARGEST, MOST_BYTES, Picker


@given(st.lists(st.tuples(st.sampled_from(["pdf", "doc", "xyz", ""]), st.integers(0, 2 * LARGEST)), max_size=200))
def test_few_files_within_the_bounds_and_the_same_ones_again(files: list[tuple[str, int]]) -> None:
    def picked(order: int) -> set[str]:
        picker = Picker()
        listed = [Entry(f"/a/{number}.{ending}", size) for number, (ending, size) in enumerate(files)]
        for entry in listed[::order]:
            picker.offer("added", entry)
        picks = picker.picks(wanted=("xyz",))
        assert len(picks) <= 60 and sum(pick.size for pick in picks) <= MOST_BYTES
        assert all(512 <= pick.size <= LARGEST for pick in picks)
        return {pick.path for pick in picks}

    assert picked(1) == picked(-1)


def test_every_ending_comes_to_its_turn() -> None:
    picker = Picker()
    for number in range(1000):
        picker.offer("changed", Entry(f"/a/{number}.pdf", 1000))
    picker.offer("changed", Entry("/a/one.docx", 1000))
    picker.offer("changed", Entry("/a/one.unknown", 1000))
    endings = [pick.path.rpartition(".")[2] for pick in picker.picks()]
    assert endings.count("docx") == 1 and endings.count("pdf") == 10 and "unknown" not in endings
