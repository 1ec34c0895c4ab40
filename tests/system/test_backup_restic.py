"""restic repositories made by restic: every state told rightly, damage located, nothing in them changed."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hospital_files import a_day, encrypt, make
from omamori.backup.interface import BackupError, Compares, Damage, Newest

from .backup_repositories import ODD, Made, contents, fingerprint, flip

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Three generations: two days of a hospital with odd names, then everything encrypted. Tests copy it before they damage it."""
    made = Made("restic", tmp_path_factory.mktemp("pytest-restic")).init()
    make(made.source, 60)
    made.odd_names()
    made.write("big", os.urandom(3_000_000))
    made.backup()
    a_day(made.source, 2)
    made.write("odd/later", b"later")
    made.backup()
    encrypt(made.source)
    made.backup()
    return made


@pytest.fixture
def made(whole: Made, tmp_path: Path) -> Iterator[Made]:
    """A copy of it; whatever the test did with our program, no byte, name or time of the repository may be another afterwards."""
    copy = Made("restic", tmp_path / "copy")
    shutil.copytree(whole.folder, copy.folder, symlinks=True)
    yield copy


def packs(made: Made, kind: str) -> list[Path]:
    """The packs with files (`data`) or with folder lists (`tree`), the largest last, as restic's own index says."""
    found = {}
    for index in (made.place / "index").iterdir():
        text = made.program("restic", "cat", "index", index.name)
        for pack, blobs in re.findall(r'"id":\s*"([0-9a-f]{64})",\s*"blobs":\s*\[(.*?)\]', text, re.DOTALL):
            found[pack] = re.search(rf'"type":\s*"{kind}"', blobs) is not None
    paths = [made.place / "data" / pack[:2] / pack for pack, fits in found.items() if fits]
    return sorted(paths, key=lambda path: path.stat().st_size)


def test_a_whole_repository_is_read_to_the_last_byte(made: Made) -> None:
    before = fingerprint(made.place)
    repository = made.open()
    opened = repository.opened
    generations = repository.generations()
    assert (opened.kind, opened.version, opened.encrypted, opened.append_only, opened.local) == ("restic", "2", True, None, made.place)
    assert re.fullmatch("[0-9a-f]{64}", opened.id)
    assert "root" in opened.deleters
    assert [generation.host for generation in generations] == ["ehr"] * 3
    assert all(generation.complete and generation.finished and generation.roots for generation in generations)
    assert generations == tuple(sorted(generations, key=lambda generation: str(generation.finished)))
    assert repository.structure().ok is True
    parts = repository.parts()
    on_disk = {str(path.relative_to(made.place)): path.stat().st_size for path in made.place.rglob("*") if path.is_file()}
    assert {part.name: part.size for part in parts} == on_disk
    assert all(0 <= part.bucket <= 255 for part in parts)
    assert [damage for part in parts if (damage := repository.read_part(part))] == []
    assert repository.locks() == ()
    assert isinstance(repository, Newest)
    newest, entries = repository.newest()
    assert newest == generations[-1]
    assert [entry.path for entry in entries] == [entry.path for entry in repository.entries(newest)]
    assert fingerprint(made.place) == before


def test_a_flipped_pack_that_restic_check_passes_is_found_and_located(made: Made) -> None:
    pack = packs(made, "data")[-1]
    flip(pack)
    before = fingerprint(made.place)
    assert "no errors" in made.program("restic", "check", "--no-lock")
    assert fingerprint(made.place) == before
    repository = made.open()
    assert repository.structure().ok is True
    damages = [damage for part in repository.parts() if (damage := repository.read_part(part))]
    name = f"data/{pack.name[:2]}/{pack.name}"
    assert damages == [Damage(name, "altered")]
    (located,) = repository.locate(damages)
    assert (located.generations, located.files) == what_needs(made, pack.name)
    assert located.files
    assert fingerprint(made.place) == before


def what_needs(made: Made, pack: str) -> tuple[tuple[str, ...], int]:
    """Generations and number of files that need a pack, by `restic find` on the whole repository, in words for people."""
    text = made.program("restic", "find", "--no-lock", "--pack", pack)
    files = set(re.findall(r" \.\.\. in file (.*?)\n {5}\(tree", text, re.DOTALL))
    short = set(re.findall(r"in snapshot ([0-9a-f]{8})", text))
    every = sorted(path.name for path in (made.place / "snapshots").iterdir())
    return tuple(name for name in every if name[:8] in short), len(files)


def test_a_missing_pack_is_named_by_the_lists_and_located(made: Made, whole: Made) -> None:
    pack = packs(made, "data")[0]
    pack.unlink()
    before = fingerprint(made.place)
    repository = made.open()
    structure = repository.structure()
    name = f"data/{pack.name[:2]}/{pack.name}"
    assert structure.ok is False
    assert structure.damages == (Damage(name, "missing"),)
    (located,) = repository.locate(structure.damages)
    assert (located.generations, located.files) == what_needs(whole, pack.name)
    assert fingerprint(made.place) == before


def test_a_missing_pack_of_folder_lists_takes_no_forty_seconds(made: Made) -> None:
    pack = packs(made, "tree")[-1]
    pack.unlink()
    before = fingerprint(made.place)
    repository = made.open()
    structure = repository.structure()
    assert structure.ok is False
    assert [damage.detail for damage in structure.damages] == ["missing"]
    assert not any("retrying" in line for line in structure.said)
    (located,) = repository.locate(structure.damages)
    assert located.generations
    assert located.files is None
    assert fingerprint(made.place) == before


def test_a_header_damaged_or_a_pack_cut_short_is_located_all_the_same(made: Made, whole: Made) -> None:
    pack = packs(made, "data")[-1]
    flip(pack, pack.stat().st_size - 60)
    repository = made.open()
    (located,) = repository.locate([damage for part in repository.parts() if (damage := repository.read_part(part))])
    assert (located.generations, located.files) == what_needs(whole, pack.name)
    with pack.open("r+b") as file:
        file.truncate(pack.stat().st_size // 2)
    structure = made.open().structure()
    assert (structure.ok, [damage.detail for damage in structure.damages]) == (False, ["cut-short"])
    (located,) = made.open().locate((*structure.damages, Damage(structure.damages[0].part, "altered")))
    assert (located.detail, located.generations, located.files) == ("cut-short", *what_needs(whole, pack.name))


def test_damaged_snapshots_indexes_and_folder_lists(made: Made, whole: Made) -> None:
    every = whole.open().generations()
    snapshot = made.place / "snapshots" / every[1].id
    flip(snapshot)
    repository = made.open()
    generations = repository.generations()
    assert (generations[0].id, generations[0].complete, generations[0].finished) == (every[1].id, False, None)
    assert generations[1:] == (every[0], every[2])
    assert repository.newest()[0] == every[2]  # type: ignore[attr-defined]
    (located,) = repository.locate(repository.structure().damages)
    assert (located.part, located.generations) == (f"snapshots/{every[1].id}", (every[1].id,))
    shutil.copy(whole.place / "snapshots" / every[1].id, snapshot)
    index = next((made.place / "index").iterdir())
    flip(index)
    structure = made.open().structure()
    (located,) = made.open().locate(structure.damages)
    assert (structure.ok, located.part, located.detail) == (False, f"index/{index.name}", "altered")
    assert located.generations == tuple(one.id for one in every)
    shutil.copy(whole.place / "index" / index.name, index)
    tree = packs(made, "tree")[-1]
    flip(tree)
    damages = [damage for part in made.open().parts() if (damage := made.open().read_part(part))]
    (located,) = made.open().locate(damages)
    assert located.part.endswith(tree.name)
    broken = located.generations
    assert broken is not None
    for one in every:
        if one.id in broken:
            with pytest.raises(BackupError):
                list(made.open().entries(one))
        else:
            assert list(made.open().entries(one)) == list(whole.open().entries(one))


def test_a_wrong_password_is_told_and_everything_that_needs_none_goes_on(made: Made) -> None:
    pack = packs(made, "data")[-1]
    flip(pack)
    before = fingerprint(made.place)
    repository = made.open("not this one")
    assert repository.opened.id.startswith("config-")
    assert repository.opened.encrypted is True
    for refused in (repository.generations, repository.structure, lambda: list(repository.entries(made.open().generations()[0]))):
        with pytest.raises(BackupError) as caught:
            refused()
        assert caught.value.code == "wrong-password"
    assert [damage.part for part in repository.parts() if (damage := repository.read_part(part))] == [f"data/{pack.name[:2]}/{pack.name}"]
    assert repository.locks() == ()
    assert fingerprint(made.place) == before


def test_a_lock_left_behind_tells_since_when_and_whose(made: Made) -> None:
    made.killed_backup()
    before = fingerprint(made.place)
    (lock,) = made.open().locks()
    assert (lock.since is not None, lock.exclusive) == (True, False)
    assert lock.who.partition("@")[2] == socket.gethostname()
    (unknown,) = made.open("not this one").locks()
    assert (unknown.who, unknown.since is not None) == ("", True)
    assert made.open().structure().ok is True
    assert len(made.open().generations()) == 3
    assert fingerprint(made.place) == before


def test_a_pruned_repository_has_fewer_generations_and_no_damage(made: Made) -> None:
    listed = made.open()
    parts = listed.parts()
    made.program("restic", "forget", "--keep-last", "1", "--prune")
    repository = made.open()
    assert len(repository.generations()) == 1
    assert repository.structure().ok is True
    assert [damage for part in repository.parts() if (damage := repository.read_part(part))] == []
    # Listed before, gone while it was read: taken out, not damaged.
    assert [damage for part in parts if (damage := listed.read_part(part))] == []


def test_changes_between_generations_by_contents_alone(made: Made) -> None:
    repository = made.open()
    first, second, third = repository.generations()
    assert isinstance(repository, Compares)
    changes = dict(repository.changed(first, second))
    assert changes["/source/odd/later"] == "new"
    assert "altered" in changes.values()
    later = list(repository.changed(second, third))
    assert sum(what == "gone" for _, what in later) > 60


def test_odd_names_come_back_one_by_one_and_all_together(made: Made, tmp_path: Path) -> None:
    before = fingerprint(made.place)
    repository = made.open()
    first = repository.generations()[0]
    for name in ODD:
        into = tmp_path / f"one-{ODD.index(name)}"
        repository.restore(first, [f"/source/odd/{name}"], into)
        assert contents(into) == {f"source/odd/{name}": f"odd {ODD.index(name)}".encode()}
    into = tmp_path / "folder"
    repository.restore(first, ["/source/odd/folder *"], into)
    assert contents(into) == {"source/odd/folder */inside": b"inside"}
    chosen = [entry.path for entry in repository.entries(first) if entry.kind == "file"]
    heard: list[tuple[int, int]] = []
    repository.restore(first, chosen, tmp_path / "chosen", progress=lambda done, total: heard.append((done, total)))
    repository.restore(first, None, tmp_path / "all")
    assert contents(tmp_path / "chosen") == contents(tmp_path / "all")
    assert len(contents(tmp_path / "all")) == len(chosen)
    assert heard[-1][0] == sum(len(data) for data in contents(tmp_path / "all").values())
    assert fingerprint(made.place) == before


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
    assert len(contents(tmp_path / "slow")) < sum(entry.kind == "file" for entry in repository.entries(first))


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
    for refused in (repository.generations, repository.structure, lambda: repository.read_part(parts[5])):
        with pytest.raises(BackupError) as caught:
            refused()
        assert caught.value.code == "gone", caught.value
    with pytest.raises(BackupError) as caught:
        repository.restore(first, None, tmp_path / "gone")
    assert caught.value.code == "gone"
    with pytest.raises(BackupError) as caught:
        made.open()
    assert caught.value.code == "unreachable"


def test_a_restore_with_a_damaged_pack_brings_back_the_rest(made: Made, tmp_path: Path) -> None:
    pack = packs(made, "data")[-1]
    hit, _ = what_needs(made, pack.name)
    flip(pack)
    repository = made.open()
    first = next(one for one in repository.generations() if one.id in hit)
    with pytest.raises(BackupError) as caught:
        repository.restore(first, None, tmp_path / "rest")
    assert caught.value.code == "failed"
    assert "/source" not in caught.value.text.en
    assert contents(tmp_path / "rest")


def test_a_far_repository_is_read_in_shares_without_a_lock(made: Made) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = ("rclone", "serve", "restic", "--addr", f"127.0.0.1:{port}", "--config", str(made.folder / "none"), str(made.place))
    server = subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        before = fingerprint(made.place)
        repository = made.open(place=f"rest:http://user:secret@127.0.0.1:{port}/")
        assert repository.opened.id == made.open().opened.id
        assert (repository.opened.target, repository.opened.target_kind, repository.opened.kept_on) == (
            f"rest:http://127.0.0.1:{port}/",
            "remote-host",
            "127.0.0.1",
        )
        assert (repository.parts(), repository.locks(), repository.structure().ok) == ((), (), True)
        assert [repository.read_share(turn, 2) for turn in range(2)] == [(), ()]
        assert fingerprint(made.place) == before
        pack = packs(made, "data")[-1]
        flip(pack)
        shares = [repository.read_share(turn, 2) for turn in range(2)]
        share = int(pack.name[:2], 16) % 2
        assert shares[1 - share] == ()
        assert [damage.part for damage in shares[share] or ()] == [f"data/{pack.name[:2]}/{pack.name}"]
        (located,) = repository.locate(shares[share] or ())
        assert (located.generations, located.files) == what_needs(made, pack.name)
    finally:
        server.kill()
        server.wait()
    with pytest.raises(BackupError):
        repository.generations()
