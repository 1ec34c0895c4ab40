from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.interface import Entry
from omamori.backup.proof.batches import Batch, Batches, Choice, Listed, read_listing

MIB = 1024 * 1024
FILES = st.lists(
    st.tuples(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join), st.integers(0, 3 * MIB)),
    min_size=1, max_size=40, unique_by=lambda one: one[0],
)  # fmt: skip


def tree(files: list[tuple[str, int]]) -> list[Entry]:
    """Entries whose files end in `.f`, so that a folder and a file never share a name."""
    return [Entry("/folder", kind="dir"), *(Entry(f"/{path}.f", size) for path, size in sorted(files)), Entry("/link", kind="other")]


def planned(entries: list[Entry], choice: Choice, space: int, folder: Path) -> tuple[Listed, list[Batch], int]:
    listed = read_listing(entries, choice, folder / "spool", manifest_name="m")
    batches = Batches(listed, space)
    return listed, list(batches.read(folder / "spool")), batches.too_large


def brought(entries: list[Entry], batches: list[Batch]) -> list[str]:
    files = [entry for entry in entries if entry.kind == "file"]
    found: list[str] = []
    for batch in batches:
        inside = [
            entry
            for entry in files
            if batch.paths is None or any(entry.path == one or entry.path.startswith(f"{one}/") for one in batch.paths)
        ]
        assert (len(inside), sum(entry.size for entry in inside)) == (batch.files, batch.bytes)
        found += [entry.path for entry in inside]
    return found


@given(FILES, st.floats(0, 1), st.floats(0, 1), st.integers(1, 12 * MIB))
def test_every_wanted_file_comes_once_and_no_batch_is_too_large(
    tmp_path_factory: object, files: list[tuple[str, int]], one: float, other: float, space: int
) -> None:
    folder = tmp_path_factory.mktemp("x")  # type: ignore[attr-defined]
    entries = tree(files)
    choice = Choice(min(one, other), max(one, other))
    _, batches, too_large = planned(entries, choice, space, folder)
    found = brought(entries, batches)
    assert len(found) == len(set(found))
    wanted = [entry for entry in entries if entry.kind == "file" and choice.takes(entry.path, _turn(entry))]
    assert len(found) + too_large == len(wanted)
    assert set(found) <= {entry.path for entry in wanted}
    assert all(batch.bytes <= space for batch in batches)
    assert planned(entries, choice, space, folder)[1] == batches


def _turn(entry: Entry) -> float:
    from omamori.backup.proof.place import turn_of

    return turn_of(entry.path, entry.size)


def test_all_of_it_is_one_restore_without_names(tmp_path: Path) -> None:
    entries = [Entry(f"/srv/{number}", 10) for number in range(100)]
    listed, batches, _ = planned(entries, Choice(), 10_000, tmp_path)
    assert batches == [Batch(None, 100, 1000)]
    assert (listed.files, listed.bytes, listed.proven) == (100, 1000, 1000)


def test_whole_folders_are_named_where_they_fit(tmp_path: Path) -> None:
    entries = [Entry(f"/srv/{folder}/{number}", 10) for folder in "ab" for number in range(100)]
    _, batches, _ = planned(entries, Choice(), 1500, tmp_path)
    assert [batch.paths for batch in batches] == [("/srv/a",), ("/srv/b",)]


def test_a_file_named_comes_always(tmp_path: Path) -> None:
    entries = [Entry(f"/dump/{number}", 2 * MIB) for number in range(50)]
    listed, batches, _ = planned(entries, Choice(0.0, 0.0, "/dump/7"), 10**9, tmp_path)
    assert brought(entries, batches) == ["/dump/7"]
    assert listed.proven == 0
    _, batches, _ = planned(entries, Choice(0.0, 0.0, "/dump"), 10**9, tmp_path)
    assert len(brought(entries, batches)) == 50


def test_a_round_of_samples_covers_everything_once(tmp_path: Path) -> None:
    entries = [Entry(f"/srv/{number % 9}/{number}", MIB if number % 2 else 10) for number in range(200)]
    found: list[str] = []
    begin = 0.0
    while begin < 1:
        end = 1.0 if begin + 0.15 > 1 - 1e-9 else begin + 0.15
        found += brought(entries, planned(entries, Choice(begin, end), 10**9, tmp_path)[1])
        begin = end
    assert sorted(found) == sorted(entry.path for entry in entries)


def test_a_list_of_hashes_inside_is_noticed(tmp_path: Path) -> None:
    listed, _, _ = planned([Entry("/a/m", 1), Entry("/b/c/m", 1), Entry("/b/x", 1)], Choice(), 10, tmp_path)
    assert listed.manifests == ["/a/m", "/b/c/m"]


def test_names_of_files_are_kept_from_other_accounts(tmp_path: Path) -> None:
    spool = tmp_path / "wanted"
    read_listing(tree([("/a", 1)]), Choice(), spool, manifest_name="m")
    assert sys.platform == "win32" or spool.stat().st_mode & 0o077 == 0
