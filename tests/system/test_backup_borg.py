"""BorgBackup repositories made by borg: every state told rightly, damage located, nothing in them changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from datetime import UTC
from pathlib import Path

import pytest

from omamori.backup.interface import BackupError, Compares, Damage, Newest

from .backup_repositories import NOT_UTF8, ODD, Made, contents, fingerprint, flip
from .hospital_files import a_day, encrypt, make

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Three archives: two days of a hospital with odd names, then everything encrypted. Tests copy it before they damage it."""
    made = Made("borg", tmp_path_factory.mktemp("pytest-borg")).init()
    make(made.source, 60)
    made.odd_names()
    os.link(made.source / "odd/quote\"'.txt", made.source / "odd/second name")
    made.write("big", os.urandom(6_000_000))
    made.backup("night-1")
    a_day(made.source, 2)
    made.write("odd/later", b"later")
    made.backup("night {{2}}")
    encrypt(made.source)
    made.backup("night-3")
    return made


@pytest.fixture
def made(whole: Made, tmp_path: Path) -> Made:
    """A copy of it that a test may damage."""
    copy = Made("borg", tmp_path / "copy")
    shutil.copytree(whole.folder, copy.folder, symlinks=True)
    return copy


def largest(made: Made) -> Path:
    """The segment with the contents of the first archive."""
    return max((path for path in (made.place / "data").rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)


def files_with(made: Made, name: str) -> dict[str, str]:
    """Every file of an archive that comes back and its hash, by borg itself."""
    text = made.program("borg", "list", "--format", "{type}{TAB}{sha256}{TAB}{bpath}{NUL}", f"{made.place}::{name}")
    rows = [row.split("\t", 2) for row in text.split("\0") if row]
    return {path: digest for kind, digest, path in rows if kind == "-"}


def test_a_whole_repository_is_read_to_the_last_byte(made: Made) -> None:
    before = fingerprint(made.place)
    repository = made.open()
    opened = repository.opened
    assert (opened.kind, opened.version, opened.encrypted, opened.append_only, opened.local) == ("borg", "1", True, False, made.place)
    assert opened.id in (made.place / "config").read_text()
    generations = repository.generations()
    assert len(generations) == 3
    assert all(one.complete and one.finished and one.host and one.account == "root" and one.roots == ("source",) for one in generations)
    assert [one.finished for one in generations] == sorted(one.finished for one in generations if one.finished)
    assert repository.structure().ok is True
    parts = repository.parts()
    assert {part.name for part in parts} == {
        str(path.relative_to(made.place)) for path in (made.place / "data").rglob("*") if path.is_file()
    }
    assert [damage for part in parts if (damage := repository.read_part(part))] == []
    assert repository.locks() == ()
    assert isinstance(repository, Newest)
    assert repository.newest()[0] == generations[-1]
    assert fingerprint(made.place) == before


def test_entries_are_what_borg_lists_and_tokens_tell_contents_apart(made: Made) -> None:
    repository = made.open()
    first, second, _ = repository.generations()
    entries = list(repository.entries(first))
    files = {entry.path: entry for entry in entries if entry.kind == "file"}
    with_borg = made.program("borg", "list", "--format", "{type}{TAB}{size}{TAB}{isomtime}{NL}", f"{made.place}::night-1")
    assert len(files) == sum(line.startswith(("-", "h")) for line in with_borg.splitlines())
    assert {f"/source/odd/{name}" for name in ODD} <= set(files)
    assert "/source/odd/" + os.fsdecode(NOT_UTF8) in files
    assert files["/source/odd/second name"].token == files["/source/odd/quote\"'.txt"].token
    assert files["/source/odd/second name"].size == files["/source/odd/quote\"'.txt"].size
    assert all(entry.size == 6_000_000 for entry in entries if entry.path == "/source/big")
    assert isinstance(repository, Compares)
    changes = dict(repository.changed(first, second))
    assert changes["/source/odd/later"] == "new"
    hashes = [{entry.path: entry.token for entry in repository.entries(one) if entry.kind == "file"} for one in (first, second)]
    assert {path for path, what in changes.items() if what == "altered"} == {
        path for path, token in hashes[0].items() if path in hashes[1] and hashes[1][path] != token
    }


def test_a_flipped_entry_is_located_to_the_files_that_need_it(made: Made) -> None:
    segment = largest(made)
    flip(segment)
    before = fingerprint(made.place)
    repository = made.open()
    damages = [damage for part in repository.parts() if (damage := repository.read_part(part))]
    name = str(segment.relative_to(made.place))
    assert damages == [Damage(name, "altered")]
    (located,) = repository.locate(damages)
    generations = repository.generations()
    assert located.generations is not None
    assert located.files
    assert fingerprint(made.place) == before
    # What borg itself cannot bring back, archive by archive.
    shadow = made.folder / "copy for borg"
    shutil.copytree(made.place, shadow)
    for one, archive in zip(generations, ("night-1", "night {{2}}", "night-3"), strict=True):
        done = subprocess.run(
            ("borg", "extract", "--dry-run", f"{shadow}::{archive}"),
            env=made.environment | {"BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes"}, capture_output=True, check=False,
        )  # fmt: skip
        assert (done.returncode == 0) == (one.id not in located.generations), done.stderr


def test_a_missing_or_shortened_segment_is_told(made: Made, whole: Made) -> None:
    segment = largest(made)
    name = str(segment.relative_to(made.place))
    segment.unlink()
    before = fingerprint(made.place)
    repository = made.open()
    structure = repository.structure()
    assert (structure.ok, structure.damages) == (False, (Damage(name, "missing"),))
    (located,) = repository.locate(structure.damages)
    assert located.generations
    assert fingerprint(made.place) == before
    data = (whole.place / name).read_bytes()
    segment.write_bytes(data[: len(data) // 2])
    repository = made.open()
    assert [damage for part in repository.parts() if (damage := repository.read_part(part))] == [Damage(name, "cut-short")]
    (located,) = repository.locate([Damage(name, "cut-short")])
    assert located.generations


def test_damage_in_what_nothing_uses_costs_nothing(made: Made) -> None:
    made.program("borg", "delete", f"{made.place}::night-3")
    repository = made.open()
    assert len(repository.generations()) == 2
    assert repository.structure().ok is True
    dead = [Damage(part.name, "altered") for part in repository.parts()]
    located = repository.locate(dead)
    # Nothing is damaged in fact: every entry in use fits, so no generation is named.
    assert {(damage.generations, damage.files) for damage in located} == {((), 0)}


def test_pruned_and_compacted_gaps_are_no_damage(made: Made) -> None:
    listed = made.open()
    parts = listed.parts()
    made.program("borg", "prune", "--keep-last", "1", str(made.place))
    made.program("borg", "compact", "--threshold", "0", str(made.place))
    repository = made.open()
    numbers = sorted(int(part.name.rpartition("/")[2]) for part in repository.parts())
    assert numbers != list(range(numbers[-1] + 1))
    assert (len(repository.generations()), repository.structure().ok) == (1, True)
    assert [damage for part in repository.parts() if (damage := repository.read_part(part))] == []
    assert [damage for part in parts if (damage := listed.read_part(part))] == []


def test_a_wrong_password_is_told_and_everything_that_needs_none_goes_on(made: Made) -> None:
    flip(largest(made))
    before = fingerprint(made.place)
    repository = made.open("not this one")
    assert repository.opened == made.open().opened
    for refused in (repository.generations, repository.structure, lambda: list(repository.entries(made.open().generations()[0]))):
        with pytest.raises(BackupError) as caught:
            refused()
        assert caught.value.code == "wrong-password"
    assert len([damage for part in repository.parts() if (damage := repository.read_part(part))]) == 1
    assert fingerprint(made.place) == before


def test_a_lock_left_behind_and_an_unfinished_end_are_told_apart_from_damage(made: Made) -> None:
    made.killed_backup()
    before = fingerprint(made.place)
    repository = made.open()
    (lock,) = repository.locks()
    assert (lock.since is not None, lock.exclusive) == (True, True)
    assert lock.who.partition(",")[0]
    assert [damage for part in repository.parts() if (damage := repository.read_part(part))] == []
    assert repository.structure().ok is True
    assert len(repository.generations()) == 3
    assert fingerprint(made.place) == before


def test_additions_only_is_read_from_the_setting_and_from_the_log(made: Made) -> None:
    made.program("borg", "config", str(made.place), "append_only", "1")
    assert (made.open().opened.append_only, made.open().opened.append_only_because) == (True, "config: append_only = 1")
    made.backup("night-4")
    made.program("borg", "config", str(made.place), "append_only", "0")
    # The log of transactions reaches the last one: it was written by a borg that was told to append.
    assert made.open().opened.append_only is True
    made.backup("night-5")
    assert made.open().opened.append_only is False


def test_a_repository_without_encryption_is_told(tmp_path: Path) -> None:
    made = Made("borg", tmp_path)
    made.source.mkdir()
    made.write("file", b"data")
    made.program("borg", "init", "--encryption=none", str(made.place))
    made.backup("one")
    repository = made.open()
    assert repository.opened.encrypted is False
    assert len(repository.generations()) == 1
    assert [entry.path for entry in repository.entries(repository.generations()[0])] == ["/source", "/source/file"]


def test_odd_names_come_back_one_by_one_and_all_together(made: Made, tmp_path: Path) -> None:
    before = fingerprint(made.place)
    repository = made.open()
    first = repository.generations()[0]
    for number, name in enumerate(ODD):
        into = tmp_path / f"one-{number}"
        repository.restore(first, [f"/source/odd/{name}"], into)
        assert contents(into) == {f"source/odd/{name}": f"odd {number}".encode()}
    repository.restore(first, ["/source/odd/folder *"], tmp_path / "folder")
    assert contents(tmp_path / "folder") == {"source/odd/folder */inside": b"inside"}
    chosen = [entry.path for entry in repository.entries(first) if entry.kind == "file"]
    heard: list[int] = []
    repository.restore(first, chosen, tmp_path / "chosen", progress=lambda done, total: heard.append(done))
    repository.restore(first, [*chosen, *(f"/source/none/{number}" for number in range(120))], tmp_path / "many")
    repository.restore(first, None, tmp_path / "all")
    everything = contents(tmp_path / "all")
    assert contents(tmp_path / "chosen") == contents(tmp_path / "many") == everything
    assert len(everything) == len(chosen)
    assert heard == sorted(heard)
    assert (tmp_path / "all/source/odd/link").is_symlink()
    assert fingerprint(made.place) == before
    big = next(entry for entry in repository.entries(first) if entry.path == "/source/big")
    assert big.modified is not None
    assert abs((tmp_path / "all/source/big").stat().st_mtime - big.modified.replace(tzinfo=UTC).timestamp()) < 1.0


def test_a_restore_can_be_slowed_down_and_stopped(made: Made, tmp_path: Path) -> None:
    repository = made.open()
    first = repository.generations()[0]
    stop = threading.Event()
    timer = threading.Timer(3.0, stop.set)
    timer.start()
    with pytest.raises(BackupError) as caught:
        repository.restore(first, None, tmp_path / "slow", bytes_per_second=20_000, stop=stop)
    timer.join()
    assert caught.value.code == "stopped"
    assert sum(len(data) for data in contents(tmp_path / "slow").values()) < 1_000_000


def test_no_space_left_and_a_repository_gone_half_way_are_told(made: Made, tmp_path: Path) -> None:
    repository = made.open()
    first = repository.generations()[0]
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], check=True)
    try:
        with pytest.raises(BackupError) as caught:
            repository.restore(first, None, small)
        assert caught.value.code == "no-space"
    finally:
        subprocess.run(["umount", str(small)], check=True)
    parts = repository.parts()
    made.place.rename(made.folder / "away")
    refusals = (repository.structure, lambda: repository.read_part(parts[0]), lambda: list(repository.entries(first)))
    for refused in (*refusals, lambda: repository.restore(first, None, tmp_path / "gone")):
        with pytest.raises(BackupError) as caught:
            refused()
        assert caught.value.code == "gone", caught.value
    with pytest.raises(BackupError) as caught:
        made.open()
    assert caught.value.code == "unreachable"


def test_a_restore_over_damaged_data_says_so_and_keeps_what_came(made: Made, tmp_path: Path) -> None:
    flip(largest(made))
    repository = made.open()
    (located,) = repository.locate([damage for part in repository.parts() if (damage := repository.read_part(part))])
    hit = next(one for one in repository.generations() if one.id in (located.generations or ()))
    with pytest.raises(BackupError) as caught:
        repository.restore(hit, None, tmp_path / "rest")
    assert caught.value.code == "failed"
    assert "source" not in caught.value.text.en


def test_a_repository_behind_ssh_is_listed_and_restored_without_a_lock(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What ssh would start on the other side runs here: the words after the host.
    script = made.folder / "rsh"
    script.write_text('#!/bin/sh\nwhile [ "$1" != borg ]; do shift; done\nexec "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("BORG_RSH", str(script))
    before = fingerprint(made.place)
    repository = made.open(place=f"ssh://backup@nas/{made.place}")
    opened = repository.opened
    assert (opened.id, opened.target_kind, opened.kept_on, opened.encrypted) == (made.open().opened.id, "remote-host", "nas", True)
    assert repository.generations() == made.open().generations()
    assert (repository.parts(), repository.locks(), repository.structure().ok, repository.read_share(0, 4)) == ((), (), None, None)
    first = repository.generations()[0]
    # borg rounds the moment when it prints it for people, and not when it prints what it stored.
    near = {entry.path: (entry.size, str(entry.modified)[:19], entry.kind) for entry in made.open().entries(first)}
    far = {entry.path: (entry.size, str(entry.modified)[:19], entry.kind) for entry in repository.entries(first)}
    # Names that are no UTF-8 come as question marks, and the second name of a file without its size.
    linked = {"/source/odd/quote\"'.txt", "/source/odd/second name"}
    odd = {"/source/odd/" + os.fsdecode(NOT_UTF8), "/source/odd/bytes ??.txt"} | linked
    assert {path: near[path] for path in set(near) - odd} == {path: far[path] for path in set(far) - odd}
    assert linked <= set(far)
    repository.restore(first, ["/source/big"], tmp_path / "one")
    assert list(contents(tmp_path / "one")) == ["source/big"]
    assert fingerprint(made.place) == before
