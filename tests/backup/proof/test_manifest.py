from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.proof.manifest import Made, Prefix, in_backup, line_of, lines_of, manifest_lines, read_line, read_manifest, some_names
from omamori.backup.proof.place import as_listed, word

DIGEST = hashlib.sha256(b"x").digest()
NASTY = ["plain", "two  spaces", "back\\slash", "new\nline", "carriage\rreturn", "-dash", "*star", "カルテ.txt", "caf\udce9", "a\\nb"]


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\0/"), min_size=1))
def test_a_line_is_read_as_it_was_written(name: str) -> None:
    line = line_of(f"./{name}", DIGEST)
    assert line.count(b"\n") == 1
    assert read_line(line) == (name, DIGEST)


@given(st.binary(max_size=200))
def test_no_line_breaks_the_reader(line: bytes) -> None:
    read_line(line)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (b"%s *binary mode\n", "binary mode"),
        (b"%s  ./././a\r\n", "a"),
        (b"\xef\xbb\xbf%s  first\n", "first"),
        (b"SHA256 (of/a bsd) = %s\n", "of/a bsd"),
        (b"\\SHA256 (with\\nline) = %s\n", "with\nline"),
    ],
)
def test_other_forms_of_the_same(line: bytes, path: str) -> None:
    assert read_line(line % DIGEST.hex().encode()) == (path, DIGEST)


def test_sha256sum_takes_the_list_and_ours_takes_that_of_sha256sum(tmp_path: Path) -> None:
    assert shutil.which("sha256sum")
    root = tmp_path / "root"
    root.mkdir()
    for name in NASTY:
        (root / name).write_bytes(os.fsencode(name) * 1000)
    made = Made()
    listed = b"".join(manifest_lines(root, made))
    assert (made.files, made.unreadable) == (len(NASTY), 0)
    checked = subprocess.run(["sha256sum", "-c", "--strict", "--quiet", "-"], input=listed, cwd=root, capture_output=True)
    assert checked.returncode == 0, checked.stderr
    theirs = subprocess.run(["sh", "-c", "find . -type f -print0 | xargs -0 sha256sum"], cwd=root, capture_output=True).stdout
    assert sorted(theirs.splitlines()) == sorted(listed.splitlines())
    ours, same = read_manifest(listed.splitlines(keepends=True), "/srv"), read_manifest(theirs.splitlines(keepends=True), "/srv/")
    for name in NASTY:
        assert ours.digest(f"/srv/{name}") == same.digest(f"/srv/{name}") == hashlib.sha256(os.fsencode(name) * 1000).digest()


def test_the_list_does_not_list_itself(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "list").write_text("old")
    assert list(manifest_lines(tmp_path, Made(), leave_out=tmp_path / "list")) == [line_of("./a", DIGEST)]


def test_lookup_the_newer_line_counts_and_strange_ones_are_counted() -> None:
    other = hashlib.sha256(b"y").digest()
    lines = [
        b"# a comment\n",
        line_of("./a", other),
        b"\n",
        b"hello\n",
        line_of("./b", DIGEST),
        line_of("./a", DIGEST),
        line_of("/abs/c", DIGEST),
    ]
    told = read_manifest(lines, "/srv")
    assert (len(told), told.strange) == (3, 1)
    assert told.digest("/srv/a") == told.digest("/srv/b") == told.digest("/abs/c") == DIGEST
    assert told.digest("/srv/c") is None
    assert told.sha256 == hashlib.sha256(b"".join(lines)).hexdigest()


def test_what_the_backup_lacks_is_counted_once_in_a_round() -> None:
    names = [f"{number}" for number in range(1000)]
    told = read_manifest([line_of(f"./{name}", DIGEST) for name in names], "/srv")
    there = array("Q", sorted(word(f"/srv/{name}") for name in names[:900]))
    assert told.absent(there, 0.0, 1.0) == 100
    assert sum(told.absent(there, part / 7, (part + 1) / 7) for part in range(7)) == 100


def test_a_name_that_is_no_utf8_is_not_taken_for_lacking() -> None:
    name = "/srv/caf\udce9"
    told = read_manifest([line_of("./caf\udce9", DIGEST)], "/srv")
    assert told.digest(name) == DIGEST
    assert told.absent(array("Q", [word(as_listed(name))]), 0.0, 1.0) == 0


def test_where_the_names_begin_is_found_out() -> None:
    lines = [line_of(f"./img/{number}.dcm", DIGEST) for number in range(5)]
    names = some_names(lines)
    prefix = Prefix(names)
    for number in range(5):
        prefix.hear(f"/srv/ehr/img/{number}.dcm")
    prefix.hear("/srv/old/img/1.dcm")
    assert prefix.found() == "/srv/ehr"
    assert some_names([line_of("/srv/x", DIGEST)]) == frozenset()
    assert Prefix(frozenset()).found() == ""


def test_a_drive_of_windows_is_a_folder_of_the_backup() -> None:
    assert in_backup("D:/data/x", "/srv") == "/D/data/x"
    assert in_backup("x", "/srv/") == "/srv/x"


def test_a_list_without_line_breaks_is_read_in_pieces() -> None:
    pieces = list(lines_of(io.BytesIO(bytes(1_000_000) + b"\n")))
    assert max(map(len, pieces)) < 100_000 and sum(map(len, pieces)) == 1_000_001
    told = read_manifest(iter(pieces), "")
    assert len(told) == 0 and told.strange
