from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.survey import BUCKETS, MANIFEST, bucket_of, read_line, survey, tomorrow_of, unreadable

HASH = "a" * 64
NOW = datetime(2100, 1, 1)


def test_every_file_is_in_one_bucket_and_the_same_in_each_generation(tmp_path: Path) -> None:
    roots = {}
    for name in ("one", "two"):
        roots[name] = tmp_path / "place" / name
        roots[name].mkdir(parents=True)
        for number in range(50):
            (roots[name] / f"f\n{number}").write_bytes(b"x" * number)
    (tmp_path / "shop").mkdir()
    found = survey(roots, tmp_path / "shop", tmp_path / "place", tomorrow_of(NOW))
    files = [one for bucket in range(BUCKETS) for one in found.files(bucket)]
    assert len(files) == len(set(files)) == 100 and sum(found.counts) == 100
    assert sum(found.sizes) == 2 * sum(range(50))
    assert all((name, path) in list(found.files(bucket_of(path))) for name, path in files)
    assert found.generations["one"].files == 50


def test_manifests_of_a_generation_and_of_the_whole_place(tmp_path: Path) -> None:
    place = tmp_path / "place"
    (place / "one").mkdir(parents=True)
    (place / "one" / "a b").write_bytes(b"")
    (place / "one" / MANIFEST).write_text(f"{HASH}  ./a b\nnonsense\n", encoding="utf-8")
    (place / MANIFEST).write_text(f"{HASH} *one/c\n{HASH}  three/d\n", encoding="utf-8")
    (tmp_path / "shop").mkdir()
    found = survey({"one": place / "one"}, tmp_path / "shop", place, tomorrow_of(NOW))
    assert {**found.expected(bucket_of("a b")), **found.expected(bucket_of("c"))} == {("one", "a b"): HASH, ("one", "c"): HASH}
    assert found.bad_lines == 2 and found.generations["one"].listed_by_manifest == 2
    assert found.generations["one"].files == 1  # the manifest itself is none of the files


def test_lines_of_sha256sum() -> None:
    assert read_line(f"{HASH}  a/b\n".encode()) == (HASH, "a/b")
    assert read_line(f"{HASH.upper()} *./a\r\n".encode()) == (HASH, "a")
    assert read_line(f"\\{HASH}  a\\nb\\\\c\n".encode()) == (HASH, "a\nb\\c")
    for wrong in (f"{HASH}  ../etc/passwd\n", f"{HASH} a\n", "x\n", f"{HASH}  \n"):
        assert read_line(wrong.encode()) is None


@given(st.binary(max_size=200))
def test_any_line(line: bytes) -> None:
    found = read_line(line)
    assert found is None or (len(found[0]) == 64 and ".." not in found[1].split("/"))


def test_words_for_files_that_may_not_be_read() -> None:
    assert unreadable(3).code == "failed" and "3" in unreadable(3).text.ja and "3" in unreadable(3).text.en
