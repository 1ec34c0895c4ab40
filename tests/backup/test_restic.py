"""What restic prints, as its versions print it, and the files of a repository that is none of theirs. With restic itself: tests/system."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.interface import BackupError, Damage, Entry, Generation, Key
from omamori.backup.restic_command import Restic, call
from omamori.backup.restic_parts import holds_no_file, index_names, list_locks, list_parts, read_part
from omamori.backup.restic_restore import drop_links, pattern
from omamori.backup.restic_shadow import build
from omamori.backup.restic_words import (
    Use,
    moment,
    named_in_full,
    read_changes,
    read_check,
    read_line,
    read_lock,
    read_packs,
    read_snapshots,
    read_uses,
    shown_lines,
)
from omamori.gate.process import Completed

A, B, C = ("a" * 64, "b" * 64, "c" * 64)


def test_moments_with_nanoseconds_and_a_zone_become_utc() -> None:
    assert moment("2026-11-30T09:02:00.552475966+09:00") == datetime(2026, 11, 30, 0, 2, 0, 552475)
    assert moment("2026-11-30T09:02:00Z") == datetime(2026, 11, 30, 9, 2)
    assert [moment(bad) for bad in ("soon", None, 7, "0001-01-01T00:00:00+14:00")] == [None] * 4


def test_snapshots_of_old_and_new_versions() -> None:
    old = {"time": "2026-11-30T09:00:00Z", "paths": ["/src"], "hostname": "ehr", "username": "root", "id": A}
    new = old | {"id": B, "time": "2026-11-29T09:00:00Z", "summary": {
        "backup_start": "2026-11-29T09:00:00Z", "backup_end": "2026-11-29T09:05:00Z", "total_files_processed": 7,
        "total_bytes_processed": 1000, "data_added": 500, "data_added_packed": 400,
    }}  # fmt: skip
    found = read_snapshots(json.dumps([old, new, {"id": "short"}, 7]).encode())
    assert found == (
        Generation(B, datetime(2026, 11, 29, 9, 5), "ehr", "root", ("/src",), 7, 1000, 400),
        Generation(A, datetime(2026, 11, 30, 9), "ehr", "root", ("/src",)),
    )
    assert read_snapshots(b"null\n") == ()
    assert read_snapshots(b'{"message": "no"}') is None


def test_lines_of_a_list_of_files() -> None:
    header = json.dumps({"time": "2026-11-30T09:00:00Z", "id": A, "struct_type": "snapshot"}).encode()
    assert isinstance(read_line(header), Generation)
    node = {"name": "x", "type": "file", "path": "/a/\n*日本", "size": 3, "mtime": "2026-11-30T09:00:00Z", "struct_type": "node"}
    assert read_line(json.dumps(node).encode()) == Entry("/a/\n*日本", 3, datetime(2026, 11, 30, 9))
    assert [read_line(line) for line in (b"", b"7", b'{"path": 5}', b'{"path": "relative"}', b"\xff")] == [None] * 5
    link = read_line(json.dumps(node | {"type": "symlink"}).encode())
    assert isinstance(link, Entry)
    assert link.kind == "other"


def test_uses_are_read_from_one_line_however_it_is_cut() -> None:
    tricky = '},{"object_type": "blob"} belongs to snapshot ' + C
    rows = [
        {"object_type": "blob", "id": A, "path": "/" + tricky, "parent_tree": B, "snapshot": C, "time": "x"},
        {"object_type": "tree", "id": A, "path": "/folder", "snapshot": C, "time": "x"},
        {"object_type": "blob", "id": B, "path": "/\n", "parent_tree": B, "snapshot": A, "time": "x"},
    ]
    text = json.dumps(rows, separators=(",", ":")).encode()
    text = text.replace(
        b',{"object_type":"tree"', b"Unable to load tree x\n ... which belongs to snapshot " + B.encode() + b'\n,{"object_type":"tree"'
    )
    expected = [Use(A, "/" + tricky, C), B, Use(B, "/\n", A)]
    for size in (1, 7, len(text)):
        assert list(read_uses(text[start : start + size] for start in range(0, len(text), size))) == expected
    assert list(read_uses([b"[]\n"])) == []


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_hostile_output_breaks_no_reader(chunks: list[bytes]) -> None:
    list(read_uses([*chunks, b'[{"object_type"', *chunks]))
    list(read_changes(chunks))
    for chunk in chunks:
        read_line(chunk)
        read_lock(chunk)
        read_packs(chunk)
        read_snapshots(chunk)
        read_check(chunk.decode("utf-8", "replace"))
        shown_lines(chunk.decode("utf-8", "replace"))


def test_an_index_tells_the_blobs_of_each_pack() -> None:
    text = {"packs": [{"id": A, "blobs": [{"id": B, "type": "data", "offset": 10, "length": 5}, {"id": "x"}]}, {"id": 7}]}
    assert read_packs(json.dumps(text).encode()) == {A: (("data", B, 15),)}


def test_a_check_names_parts_in_the_words_of_old_and_new_versions() -> None:
    said = "\n".join((
        f"pack {A}: does not exist",
        f"pack {B}: unexpected file size: got 1, expected 2",
        f"error: error loading index {C}: load <index/{C[:10]}>: invalid data returned",
        "error: load <snapshot/dddddddddd>: invalid data returned",
        "Pack ID does not match, want eeeeeeee, got 11111111",
        f"pack {'f' * 64} contains 2 errors: [blob x: ciphertext verification failed unexpected pack id {'9' * 64}]",
        f"pack {A}: not referenced in any index",
    ))  # fmt: skip
    assert read_check(said) == (
        Damage(f"data/aa/{A}", "missing"),
        Damage(f"data/bb/{B}", "cut-short"),
        Damage(f"index/{C}", "altered"),
        Damage("snapshots/dddddddddd", "altered"),
        Damage("data/ee/eeeeeeee", "altered"),
        Damage(f"data/ff/{'f' * 64}", "altered"),
    )
    assert named_in_full([Damage("data/ee/eeeeeeee", "altered"), Damage("data/77/77", "altered")], [f"data/ee/{'e' * 64}"]) == (
        Damage(f"data/ee/{'e' * 64}", "altered"),
        Damage("data/77/77", "altered"),
    )


def test_lines_worth_keeping_hold_no_name_of_a_file_and_no_stack() -> None:
    said = (
        'error for tree 12345678:\n  file "山田太郎 \\" x.pdf" blob 3 size could not be found\n\nmain.main\n\tgithub.com/restic/x.go:12\n'
        "Load(<data/1>, 1, 2) returned error, retrying after 1s: open /srv/x/y: no\nFatal: unable to open /srv/backup/repo/config\n"
    )
    kept = shown_lines(said)
    assert kept == ("error for tree 12345678:", "a file blob 3 size could not be found", "Fatal: unable to open …")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0\ufffd"), min_size=1))
def test_a_pattern_means_one_name_alone(name: str) -> None:
    # The rules of Go's path/filepath: Match, for what a pattern of ours may hold.
    read, rest = "", pattern(name)
    while rest:
        if rest[0] == "\\":
            read, rest = read + rest[1], rest[2:]
        elif rest[0] == "[":
            assert rest[2] == "]"
            read, rest = read + rest[1], rest[3:]
        else:
            assert rest[0] not in "*?"
            read, rest = read + rest[0], rest[1:]
    assert read == name


def put(folder: Path, below: str, data: bytes) -> str:
    name = hashlib.sha256(data).hexdigest()
    path = folder / below / (name[:2] if below == "data" else "") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path.relative_to(folder).as_posix()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    for below in ("data", "index", "snapshots", "keys", "locks"):
        (folder / below).mkdir(parents=True)
        if below != "locks":
            put(folder, below, below.encode() * 1000)
    (folder / "config").write_bytes(b"encrypted")
    return folder


def test_parts_are_judged_by_their_names(repository: Path) -> None:
    parts = {part.name.partition("/")[0]: part for part in list_parts(repository)}
    assert set(parts) == {"config", "data", "index", "keys", "snapshots"}
    state = index_names(repository)
    assert [read_part(repository, part, state) for part in parts.values()] == [None] * 5
    pack = repository / parts["data"].name
    pack.write_bytes(pack.read_bytes()[:-1])
    assert read_part(repository, parts["data"], state) == Damage(parts["data"].name, "cut-short")
    pack.unlink()
    assert read_part(repository, parts["data"], state) == Damage(parts["data"].name, "missing")
    os.mkfifo(pack)
    assert read_part(repository, parts["data"], state) == Damage(parts["data"].name, "unreadable")
    pack.unlink()
    put(repository, "index", b"written by a prune")
    assert read_part(repository, parts["data"], state) is None
    (repository / "config").unlink()
    with pytest.raises(BackupError) as caught:
        read_part(repository, parts["data"], state)
    assert caught.value.code == "gone"


def test_a_name_in_the_index_that_restic_would_take_for_an_option_is_no_index(repository: Path) -> None:
    before = index_names(repository)
    (repository / "index" / "--password-command=touch owned").write_bytes(b"x")
    (repository / "index" / ("a" * 63 + "\n")).write_bytes(b"x")
    assert index_names(repository) == before and all(len(name) == 64 for name in before)


def test_locks_are_listed_by_their_files(repository: Path) -> None:
    (repository / "locks" / A).write_bytes(b"sealed")
    os.utime(repository / "locks" / A, (1_700_000_000, 1_700_000_000))
    (repository / "locks" / "not a lock").write_bytes(b"")
    ((name, lock),) = list_locks(repository)
    assert (name, lock.since, lock.who) == (A, datetime(2023, 11, 14, 22, 13, 20), "")
    assert read_lock(b'{"time":"2026-11-30T09:00:00Z","exclusive":true,"hostname":"ehr","username":"root","pid":1}') is not None


def test_a_shadow_holds_links_zeros_and_gaps(repository: Path, tmp_path: Path) -> None:
    parts = {part.name.partition("/")[0]: part.name for part in list_parts(repository)}
    shadow = build(repository, tmp_path / "shadow", filled={A: 5000}, without=[parts["index"]])
    assert shadow is not None
    assert (shadow / "data/aa" / A).read_bytes() == bytes(5000)
    assert not (shadow / parts["index"]).exists()
    assert (shadow / parts["data"]).read_bytes() == (repository / parts["data"]).read_bytes()


def test_a_password_comes_from_the_file_alone_and_never_onto_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "restic"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("RESTIC_PASSWORD", "of the shell")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "store")
    near = call("/srv/repo", Key(tmp_path / "file"), tmp_path / "w")
    assert near.environment["RESTIC_PASSWORD_FILE"] == str(tmp_path / "file")
    assert not {"RESTIC_PASSWORD", "AWS_SECRET_ACCESS_KEY"} & set(near.environment)
    far = call("rest:http://u:p@nas/", Key(), tmp_path / "w")
    assert (far.environment["RESTIC_PASSWORD"], far.environment["AWS_SECRET_ACCESS_KEY"]) == ("of the shell", "store")
    assert not any("u:p" in word for word in far.argv("snapshots"))
    monkeypatch.delenv("RESTIC_PASSWORD")
    with pytest.raises(BackupError) as caught:
        call("/srv/repo", Key(), tmp_path / "w")
    assert caught.value.code == "wrong-password"
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(BackupError) as caught:
        call("/srv/repo", Key(tmp_path / "file"), tmp_path / "w")
    assert caught.value.code == "program-missing"


def test_another_place_in_the_environment_does_not_count(tmp_path: Path) -> None:
    near = call("/srv/repo", Key(tmp_path / "file", {"RESTIC_REPOSITORY_FILE": "/etc/restic", "RESTIC_KEY_HINT": "k"}), tmp_path / "w")
    assert "RESTIC_REPOSITORY_FILE" not in near.environment and near.environment["RESTIC_KEY_HINT"] == "k"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_between_two_starts_links_go_and_what_they_point_to_stays(tmp_path: Path) -> None:
    outside, into = tmp_path / "outside", tmp_path / "into"
    (into / "a").mkdir(parents=True)
    outside.mkdir()
    (outside / "kept").write_bytes(b"x")
    (into / "a" / "file").write_bytes(b"y")
    (into / "link").symlink_to(outside)
    (into / "a" / "link").symlink_to(outside / "kept")
    drop_links(into)
    assert sorted(path.name for path in into.rglob("*")) == ["a", "file"] and (outside / "kept").read_bytes() == b"x"


@pytest.mark.skipif(os.name == "nt", reason="no pipes there")
def test_a_pipe_under_a_name_of_restic_is_seen_before_restic_waits_for_it(repository: Path) -> None:
    os.mkfifo(repository / "keys" / "not a name")
    (repository / "snapshots" / ("e" * 64)).symlink_to(repository / "gone")
    assert not holds_no_file(repository)
    os.mkfifo(next((repository / "data").iterdir()) / ("f" * 64))
    assert holds_no_file(repository)


def test_a_failure_does_not_repeat_the_password_of_an_address(tmp_path: Path) -> None:
    restic = Restic("sftp://u:secret@nas/x", tmp_path, {}, None)
    told = restic.failed(Completed(1, b"", b"Fatal: unable to open repository at sftp://u:secret@nas/x: EOF\n"))
    assert "nas/x" in told.text.en and "secret" not in told.text.en + told.text.ja
