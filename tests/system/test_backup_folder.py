"""Folders that the real rsync leaves and dumps of a real PostgreSQL: every state is told rightly, and nothing in them changes."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from omamori.backup.interface import Key
from omamori.backup.kinds.dumps import DumpRepository
from omamori.backup.kinds.folder import FolderRepository
from omamori.backup.registry import kind_of, open_place

pytestmark = pytest.mark.system
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]


def must(*words: str, **options: object) -> bytes:
    done = subprocess.run(words, capture_output=True, timeout=300, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, (words, done.stderr.decode("utf-8", "replace"))
    return bytes(done.stdout)


def state(folder: Path) -> dict[str, tuple[int, int, str]]:
    """What a folder holds, to the byte, with the moments of its files: reading must leave it as it was."""
    found = {}
    for path in sorted(folder.rglob("*")):
        told = path.lstat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        found[path.relative_to(folder).as_posix()] = (told.st_mode, told.st_mtime_ns, digest)
    return found


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    for number in range(200):
        path = folder / f"ward{number % 7}" / f"record{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(1500))
    (folder / "link").symlink_to("/etc/passwd")
    return folder


def workshop(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


def test_generations_of_rsync(tmp_path: Path, source: Path) -> None:
    """Three generations with hard links, the last with a changed file; a restore of each is what was copied then."""
    place = tmp_path / "nas"
    place.mkdir()
    earlier: list[str] = []
    held = {}
    for number, day in enumerate(("2026-11-01", "2026-11-02", "2026-11-03")):
        record = source / "ward1" / "record1.txt"
        record.write_bytes(day.encode())
        os.utime(record, (1_790_000_000 + number, 1_790_000_000 + number))  # by its moment rsync sees that it changed
        must("rsync", "-a", *earlier, f"{source}/", f"{place / day}/")
        held[day] = state(source)
        earlier = [f"--link-dest={place / day}"]
    before = state(place)
    repository = open_place(str(place), Key(), workshop(tmp_path, "shop"))
    assert isinstance(repository, FolderRepository)
    generations = repository.generations()
    assert [one.id for one in generations] == ["2026-11-01", "2026-11-02", "2026-11-03"]
    assert {one.files for one in generations} == {200}
    assert {one.complete for one in generations} == {None}
    assert repository.structure().ok is None
    assert [repository.read_part(part) for part in repository.parts()].count(None) == len(repository.parts())
    assert sum(part.size for part in repository.parts()) == sum(one.size or 0 for one in generations)
    tokens = [{entry.path: entry.token for entry in repository.entries(one) if entry.kind == "file"} for one in generations]
    changed = [path for path in tokens[1] if tokens[1][path] != tokens[2][path] or tokens[1][path] is None]
    assert changed == ["/ward1/record1.txt"]
    for one in generations:
        into = workshop(tmp_path, f"into-{one.id}")
        repository.restore(one, None, into)
        again = {path: told[2] for path, told in state(into).items()}
        assert again == {path: told[2] for path, told in held[one.id].items()}
        assert (into / "link").readlink() == Path("/etc/passwd")
    assert state(place) == before


def test_a_manifest_in_the_copy_shows_what_was_altered(tmp_path: Path, source: Path) -> None:
    listed = must("sh", "-c", "find . -type f -print0 | sort -z | xargs -0 sha256sum", cwd=source)
    place = tmp_path / "mirror"
    must("rsync", "-a", f"{source}/", f"{place}/")
    (place / "omamori-manifest.sha256").write_bytes(listed)
    repository = open_place(str(place), Key(), workshop(tmp_path, "shop"))
    assert repository.structure().ok is True
    assert all(repository.read_part(part) is None for part in repository.parts())
    (place / "ward1" / "record1.txt").write_bytes(b"altered" * 200)
    (place / "ward2" / "record2.txt").unlink()
    before = state(place)
    repository = open_place(str(place), Key(), workshop(tmp_path, "shop2"))
    told = [found for part in repository.parts() if (found := repository.read_part(part)) is not None]
    assert sorted((one.generations, one.files) for one in told) == [(("mirror",), 1), (("mirror",), 1)]
    assert {one.detail for one in told} == {"altered", "missing"}
    assert repository.structure().ok is False
    assert state(place) == before


@pytest.fixture
def database() -> Iterator[Path]:
    """A PostgreSQL server of this test, on a socket in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="omamori-postgres-"))
    shutil.chown(folder, "postgres", "postgres")
    as_postgres = ("runuser", "-u", "postgres", "--")
    must(*as_postgres, str(POSTGRES / "initdb"), "-D", str(folder / "data"), "-A", "trust", "--no-sync", cwd="/")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    start = (str(POSTGRES / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", options, "start")
    must(*as_postgres, *start, cwd="/")
    try:
        must("psql", "-h", str(folder), "-U", "postgres", "-c", "create database emr")
        fill = (
            "create table visit as select n as id, md5(n::text) || repeat(md5((n*7)::text), 20) as note from generate_series(1, 20000) n; "
            "select lo_from_bytea(0, decode(repeat('ab', 50000), 'hex'))"
        )
        must("psql", "-h", str(folder), "-U", "postgres", "-d", "emr", "-c", fill)
        yield folder
    finally:
        must(*as_postgres, str(POSTGRES / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop", cwd="/")
        shutil.rmtree(folder)


def dump(database: Path, target: Path, *words: str) -> None:
    must("pg_dump", "-h", str(database), "-U", "postgres", "-d", "emr", *words, "-f", str(target))


def test_dumps_of_postgresql(tmp_path: Path, database: Path) -> None:
    """Every form of pg_dump, whole and cut off: the list of contents of a cut one is whole still, so it must be read to its end."""
    place = tmp_path / "dumps"
    place.mkdir()
    for name, words in {
        "emr-2026-11-01.dump": ("-Fc",),
        "emr-2026-11-02.dump": ("-Fc", "-Z0"),
        "emr-2026-11-03.tar": ("-Ft",),
        "emr-2026-11-04": ("-Fd",),
        "emr-2026-11-05.sql": ("-Fp",),
        "emr-2026-11-06.sql.gz": ("-Fp", "-Z6"),
    }.items():
        dump(database, place / name, *words)
    before = state(place)
    assert kind_of(str(place)).name == "dumps"
    repository = open_place(str(place), Key(), workshop(tmp_path, "shop"))
    assert isinstance(repository, DumpRepository)
    generations = {one.id: one for one in repository.generations()}
    assert {name: one.complete for name, one in generations.items()} == {
        "emr-2026-11-01.dump": None,
        "emr-2026-11-02.dump": None,
        "emr-2026-11-03.tar": None,
        "emr-2026-11-04": None,
        "emr-2026-11-05.sql": True,
        "emr-2026-11-06.sql.gz": True,
    }
    assert generations["emr-2026-11-01.dump"].roots == ("PostgreSQL emr: emr-DATE.dump",)
    made = generations["emr-2026-11-01.dump"].finished
    assert made is not None and abs(made.timestamp() - made.now().timestamp()) < 86_400 * 2
    assert [repository.read_part(part) for part in repository.parts()] == [None] * 6
    assert all(one.complete for one in repository.generations())
    assert repository.structure().ok is True
    assert state(place) == before
    into = workshop(tmp_path, "into")
    repository.restore(generations["emr-2026-11-04"], None, into)
    must("pg_restore", "-f", str(tmp_path / "again.sql"), str(into / "emr-DATE"))
    for path in place.iterdir():
        target = next(path.glob("*.dat.gz")) if path.is_dir() else path
        target.write_bytes(target.read_bytes()[:-4000])
    # What pg_restore --list says of the cut one is no different: the trap this test is for.
    must("pg_restore", "--list", str(place / "emr-2026-11-01.dump"))
    cut = open_place(str(place), Key(), workshop(tmp_path, "shop2"))
    told = {part.name: cut.read_part(part) for part in cut.parts()}
    assert all(found is not None and found.generations == (name,) for name, found in told.items()), told
    assert cut.structure().ok is False
    assert {found.detail for found in told.values() if found is not None} <= {"cut-short", "altered"}
    assert told["emr-2026-11-06.sql.gz"].detail == told["emr-2026-11-05.sql"].detail == "cut-short"  # type: ignore[union-attr]
    assert not any(one.complete for one in cut.generations())


def test_a_flipped_bit_in_a_packed_dump_is_found(tmp_path: Path, database: Path) -> None:
    place = tmp_path / "dumps"
    place.mkdir()
    dump(database, tmp_path / "plain.sql")
    for day in ("01", "02"):
        (place / f"emr_202611{day}.sql.gz").write_bytes(gzip.compress((tmp_path / "plain.sql").read_bytes()))
    data = bytearray((place / "emr_20261102.sql.gz").read_bytes())
    data[len(data) // 2] ^= 1
    (place / "emr_20261102.sql.gz").write_bytes(data)
    repository = open_place(str(place), Key(), workshop(tmp_path, "shop"))
    told = {part.name: repository.read_part(part) for part in repository.parts()}
    assert told["emr_20261101.sql.gz"] is None
    damaged = told["emr_20261102.sql.gz"]
    assert damaged is not None and (damaged.files, damaged.detail) == (1, "altered")
