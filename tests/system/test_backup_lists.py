"""What restic, borg and rsync of this system print, read by their forms: good, partly checked, and damaged."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from omamori.model.look import Parsed
from omamori.model.tables import table_of
from omamori.parse.backup.listing import KIND, PARSERS, recognise
from omamori.parse.interface import Context
from omamori.parse.redact import redact_for

pytestmark = pytest.mark.system
NOW = datetime(2026, 11, 30)


def printed(folder: Path, *words: str) -> bytes:
    """Everything a program prints, as a person saves it."""
    secret = {
        "RESTIC_PASSWORD": "x",
        "BORG_PASSPHRASE": "x",
        "BORG_BASE_DIR": str(folder / "borg-home"),
        "RESTIC_CACHE_DIR": str(folder / "cache"),
    }
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, timeout=300, env={**os.environ, **secret})
    return bytes(done.stdout)


def read(data: bytes) -> Parsed:
    assert recognise(data, "x"), data[:300]
    return PARSERS[0].parse(redact_for(PARSERS[0], data).data, Context(KIND, NOW, NOW, file_name="emr-db01_x.txt"))


def rows(parsed: Parsed, table: str) -> list[Any]:
    return [row for row in parsed.rows if table_of(row).name == table]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    for number in range(6):
        (tmp_path / "src" / f"record{number}").write_bytes(os.urandom(300_000))
    return tmp_path


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def largest(folder: Path) -> Path:
    return max((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)


def test_restic(folder: Path) -> None:
    printed(folder, "restic", "init", "-r", "repo")
    run = printed(folder, "restic", "-r", "repo", "backup", "--json", "--host", "emr-db01", "src")
    printed(folder, "restic", "-r", "repo", "backup", "--host", "pacs01", "src")
    (row,) = rows(read(run), "backup_generations")
    assert row.ok and row.files == 6 and row.size == 1_800_000
    listed = read(printed(folder, "restic", "-r", "repo", "snapshots", "--json"))
    told = read(printed(folder, "restic", "-r", "repo", "snapshots"))
    assert (
        [row.asset for row in rows(listed, "backup_generations")]
        == [row.asset for row in rows(told, "backup_generations")]
        == ["emr-db01", "pacs01"]
    )
    assert all(look.complete for look in (*listed.looks, *told.looks))
    assert rows(listed, "backup_generations")[0].generation.startswith(row.generation)
    check = ("restic", "-r", "repo", "check")
    found = {
        words: rows(read(printed(folder, *check, *words)), "backup_repositories")[0]
        for words in ((), ("--read-data-subset=1/2",), ("--read-data",))
    }
    assert {row.structure_ok for row in found.values()} == {True}
    assert found[()].parts_read == 0 and found["--read-data",].parts_read == found["--read-data",].parts
    flip(largest(folder / "repo" / "data"))
    (bad,) = rows(damaged := read(printed(folder, *check, "--read-data")), "backup_repositories")
    assert bad.structure_ok is False and [row.part for row in rows(damaged, "backup_damage")] == [largest(folder / "repo" / "data").name]
    (wrong,) = rows(read(printed(folder, "restic", "-r", "repo", "--password-command", "echo wrong", "snapshots")), "backup_repositories")
    assert (wrong.readable, wrong.unreadable_because) == (False, "wrong-password")


def test_borg(folder: Path) -> None:
    printed(folder, "borg", "init", "-e", "repokey", "repo")
    for number in (1, 2):
        printed(folder, "borg", "create", f"repo::emr-{number}", "src")
    listed = read(printed(folder, "borg", "list", "--json", "repo"))
    assert [row.generation for row in rows(listed, "backup_generations")] == ["emr-1", "emr-2"]
    (named, *_) = rows(read(printed(folder, "borg", "info", "--json", "--last", "2", "repo")), "backup_generations")
    assert named.files == 6 and named.size is not None and named.size >= 1_800_000
    (good,) = rows(read(printed(folder, "borg", "check", "-v", "repo")), "backup_repositories")
    assert good.structure_ok is True
    assert not recognise(printed(folder, "borg", "check", "repo"), "x")  # it prints nothing: that proves nothing
    (half,) = rows(read(printed(folder, "borg", "check", "-v", "--repository-only", "repo")), "backup_repositories")
    assert half.structure_ok is None
    printed(folder, "borg", "config", "repo", "append_only", "1")
    (settings,) = rows(read((folder / "repo" / "config").read_bytes()), "backup_repositories")
    assert settings.append_only is True
    assert settings.repository == rows(listed, "backup_generations")[0].repository
    flip(largest(folder / "repo" / "data"))
    (bad,) = rows(damaged := read(printed(folder, "borg", "check", "-v", "repo")), "backup_repositories")
    assert bad.structure_ok is False and len(rows(damaged, "backup_damage")) == 1


def test_rsync(folder: Path) -> None:
    log = folder / "log"
    printed(folder, "rsync", "-a", "--stats", f"--log-file={log}", "src/", "copy/")
    (good,) = rows(read(log.read_bytes()), "backup_generations")
    assert good.ok and good.files == 6 and good.size == 1_800_000 and good.finished is not None
    printed(folder, "rsync", "-a", f"--log-file={log}", "src/", "no/such/folder/")
    assert [row.ok for row in rows(read(log.read_bytes()), "backup_generations")] in ([True, False], [True, None])
