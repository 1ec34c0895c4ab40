"""The files of a borg repository byte by byte, good and hostile, and what borg prints. With borg itself: tests/system."""

from __future__ import annotations

import io
import json
import os
import struct
import tracemalloc
import zlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup import borg_parts, borg_segments
from omamori.backup.borg_command import call
from omamori.backup.borg_locate import lost_pieces, no_list
from omamori.backup.borg_restore import quoted
from omamori.backup.borg_segments import COMMIT, DELETE, MAGIC, MANIFEST, PUT, DamagedError, Object
from omamori.backup.borg_shadow import build
from omamori.backup.borg_words import Head, Item, errors, read_archive, read_line, read_listing, shown_lines
from omamori.backup.interface import BackupError, Damage, Entry, Key, Lock

KEYS = [bytes([number]) * 32 for number in range(1, 6)]


def entry(tag: int, key: bytes = b"", data: bytes = b"") -> bytes:
    body = struct.pack("<IB", 9 + len(key) + len(data), tag) + key + data
    return struct.pack("<I", zlib.crc32(body)) + body


SEGMENT = MAGIC + entry(PUT, KEYS[0], b"a" * 5000) + entry(DELETE, KEYS[1]) + entry(PUT, KEYS[2], b"") + entry(COMMIT)


def test_every_entry_is_compared_with_its_checksum() -> None:
    found = list(borg_segments.read_segment(io.BytesIO(SEGMENT)))
    assert [(one.tag, one.key) for one in found] == [(PUT, KEYS[0]), (DELETE, KEYS[1]), (PUT, KEYS[2]), (COMMIT, None)]
    assert found[0] == Object(PUT, KEYS[0], 8, 5041)
    assert list(borg_segments.headers(io.BytesIO(SEGMENT))) == found
    assert borg_segments.is_committed(SEGMENT)
    assert not borg_segments.is_committed(SEGMENT[:-1])


@given(st.integers(0, len(SEGMENT) - 1), st.integers(1, 255))
def test_no_flipped_byte_goes_unnoticed(place: int, change: int) -> None:
    damaged = bytearray(SEGMENT)
    damaged[place] ^= change
    with pytest.raises(DamagedError) as caught:
        list(borg_segments.read_segment(io.BytesIO(bytes(damaged))))
    assert caught.value.detail in ("altered", "cut-short")


@given(st.integers(0, len(SEGMENT) - 1))
def test_an_end_that_is_missing_is_told_unless_it_falls_between_two_entries(length: int) -> None:
    ends = {8, 8 + 5041, 8 + 5041 + 41, 8 + 5041 + 41 + 41}
    file = io.BytesIO(SEGMENT[:length])
    if length in ends:
        list(borg_segments.read_segment(file))
        return
    with pytest.raises(DamagedError) as caught:
        list(borg_segments.read_segment(file))
    assert caught.value.detail == "cut-short"


@given(st.binary(max_size=300))
def test_hostile_bytes_end_in_an_answer(data: bytes) -> None:
    for reader in (borg_segments.read_segment, borg_segments.headers):
        for start in (b"", MAGIC):
            try:
                list(reader(io.BytesIO(start + data)))
            except DamagedError:
                continue
    with suppress(DamagedError):
        list(borg_segments.read_index(io.BytesIO(b"BORG_IDX" + data), {1}))
    assert borg_segments.object_at(io.BytesIO(data), 3, KEYS[0]) is False
    borg_segments.read_hints(data)
    list(read_archive(data.splitlines()))
    read_line(data)
    read_listing(data)
    errors(data)
    shown_lines(data)


def index(entries: list[tuple[bytes, int, int]]) -> bytes:
    buckets = [struct.pack("<32sII", *one) for one in entries]
    buckets += [struct.pack("<32sII", bytes(32), 0xFFFFFFFF, 0), struct.pack("<32sII", bytes(32), 0xFFFFFFFE, 0)]
    return struct.pack("<8siibb", b"BORG_IDX", len(entries), len(buckets), 32, 8) + b"".join(buckets)


def test_an_index_gives_the_entries_of_the_segments_asked_for() -> None:
    data = index([(KEYS[0], 1, 8), (KEYS[1], 2, 8), (KEYS[2], 1, 90)])
    assert list(borg_segments.read_index(io.BytesIO(data), {1})) == [(1, 8, KEYS[0]), (1, 90, KEYS[2])]
    for bad in (data[:10], data[:-5], b"BORG_XXX" + data[8:]):
        with pytest.raises(DamagedError):
            list(borg_segments.read_index(io.BytesIO(bad), {1}))


HINTS = bytes.fromhex("85a776657273696f6e02a87365676d656e7473830000090417cd0123a7636f6d7061637480ae73746f726167655f71756f74615f757365")
HINTS += bytes.fromhex("ce0098bd8fac736861646f775f696e64657880")


def test_hints_tell_how_much_of_each_segment_is_in_use() -> None:
    assert borg_segments.read_hints(HINTS) == {0: 0, 9: 4, 23: 291}
    assert [borg_segments.read_hints(bad) for bad in (b"", HINTS[:20], b"\x81" * 100, b"\xdf\xff\xff\xff\xff", b"\xc0", b"\x91\x90")] == [
        None
    ] * 6


def test_hints_by_the_million_fill_no_memory() -> None:
    count = 200_000
    hostile = b"\x82\xc4\x08segments\x81\x01\x05\xc4\x01x\xdd" + count.to_bytes(4, "big") + b"\x90" * count
    tracemalloc.start()
    try:
        assert borg_segments.read_hints(hostile) == {1: 5}
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two segments in use, the second with the manifest and a commit, and a third that was never finished."""
    folder = tmp_path / "repository"
    (folder / "data/0").mkdir(parents=True)
    (folder / "config").write_text("[repository]\nversion = 1\nsegments_per_dir = 1000\nappend_only = 0\nid = 1234abcd\nkey = x\n\ty\n")
    (folder / "README").write_text("This is a Borg Backup repository.\n")
    (folder / "data/0/1").write_bytes(MAGIC + entry(PUT, KEYS[0], b"a" * 100) + entry(PUT, KEYS[1], b"b" * 100))
    (folder / "data/0/2").write_bytes(MAGIC + entry(PUT, MANIFEST, b"\x05 manifest") + entry(COMMIT))
    (folder / "data/0/3").write_bytes(MAGIC + entry(PUT, KEYS[2], b"c" * 100)[:-20])
    (folder / "data/0/4").write_bytes(b"")
    (folder / "index.2").write_bytes(index([(KEYS[0], 1, 8), (KEYS[1], 1, 149), (MANIFEST, 2, 8)]))
    (folder / "hints.2").write_bytes(b"\x81\xa8segments\x82\x01\x02\x02\x01")
    return folder


def test_a_repository_is_read_without_borg(repository: Path) -> None:
    settings = borg_parts.read_settings(repository)
    assert settings is not None
    assert (settings.id, settings.version, settings.append_only) == ("1234abcd", "1", False)
    assert (borg_parts.transaction(repository), borg_parts.last_commit(repository)) == (2, 2)
    assert borg_parts.encrypted(repository) is True
    assert borg_parts.append_only(repository, settings) == (False, "config: append_only = 0, transaction 2 in no log of transactions")
    parts = borg_parts.list_parts(repository)
    assert [(part.name, part.bucket) for part in parts] == [("data/0/1", 1), ("data/0/2", 2), ("data/0/3", 3)]
    # The third was never finished, so its missing end is no damage.
    assert [borg_parts.read_part(repository, part, 2) for part in parts] == [None] * 3
    assert borg_parts.missing(repository, settings) == ()


def test_damage_is_told_from_what_was_given_up(repository: Path) -> None:
    settings = borg_parts.read_settings(repository)
    assert settings is not None
    first = borg_parts.list_parts(repository)[0]
    data = (repository / "data/0/1").read_bytes()
    (repository / "data/0/1").write_bytes(data[:200] + b"X" + data[201:])
    assert borg_parts.read_part(repository, first, 2) == Damage("data/0/1", "altered")
    assert lost_pieces(repository, [Damage("data/0/1", "altered")]) == {"data/0/1": frozenset({KEYS[1]})}
    (repository / "data/0/1").write_bytes(data[:200])
    assert borg_parts.read_part(repository, first, 2) == Damage("data/0/1", "cut-short")
    (repository / "data/0/1").unlink()
    assert borg_parts.read_part(repository, first, 2) == Damage("data/0/1", "missing")
    assert borg_parts.read_part(repository, first, 1) is None
    assert borg_parts.missing(repository, settings) == (Damage("data/0/1", "missing"),)
    assert lost_pieces(repository, [Damage("data/0/1", "missing")]) == {"data/0/1": frozenset({KEYS[0], KEYS[1]})}
    assert not no_list(repository, [Damage("data/0/1", "missing")])
    (repository / "data/0/2").write_bytes(MAGIC + entry(PUT, MANIFEST, b"\x05 manifest")[:-1] + b"X" + entry(COMMIT))
    assert no_list(repository, [Damage("data/0/2", "altered")])
    (repository / "hints.2").unlink()
    assert borg_parts.missing(repository, settings) is None
    (repository / "index.2").unlink()
    assert lost_pieces(repository, [Damage("data/0/1", "missing")]) is None


def test_locks_tell_whose_they_are(repository: Path) -> None:
    (repository / "lock.exclusive").mkdir()
    (repository / "lock.exclusive/ehr@123456.789-0").touch()
    os.utime(repository / "lock.exclusive/ehr@123456.789-0", (1_700_000_000, 1_700_000_000))
    (repository / "lock.roster").write_text(json.dumps({"shared": [["pacs@99", 12, 0], ["bad"]], "exclusive": []}))
    os.utime(repository / "lock.roster", (1_700_000_060, 1_700_000_060))
    assert borg_parts.locks(repository) == (
        Lock(datetime(2023, 11, 14, 22, 13, 20), "ehr, 789", True),
        Lock(datetime(2023, 11, 14, 22, 14, 20), "pacs, 12", False),
    )
    (repository / "lock.roster").write_bytes(b"\xff{")
    assert len(borg_parts.locks(repository)) == 1


def test_a_shadow_links_what_was_finished_and_copies_what_is_written(repository: Path, tmp_path: Path) -> None:
    shadow = tmp_path / "shadow"
    build(repository, shadow)
    assert sorted(path.name for path in (shadow / "data/0").iterdir()) == ["1", "2"]
    assert (shadow / "data/0/1").is_symlink()
    assert not (shadow / "config").is_symlink()
    (shadow / "config").write_text("changed")
    assert "changed" not in (repository / "config").read_text()


ARCHIVE = """{
    "_name": "night",
    "_manifest_entry":
    {
        "id": "\\u007f0101"
    },
    "_meta":
    {
        "items": [
            "\\u007f0202"
        ],
        "nfiles": 2,
        "size": 7
    },
    "_items": [
    {
        "mode": 16877,
        "mtime": 1796029320527814195,
        "path": "src"
    },
    {
        "chunks": [
            [
                "\\u007f0303",
                5,
                44
            ],
            [
                "\\u007f0404",
                2,
                44
            ]
        ],
        "hardlink_master": true,
        "mode": 33188,
        "mtime": 1796029320527814195,
        "path": "\\u007f7372632f61ff",
        "xattrs": {
            "user.x": "    },"
        },
        "size": 7
    },
    {
        "mode": 33188,
        "mtime": 1,
        "path": "src/b\\n    },\\n",
        "source": "\\u007f7372632f61ff"
    },
    {
        "mode": 41471,
        "mtime": 1,
        "path": "src/link",
        "source": "a"
    }
    ]
}
"""


def test_an_archive_is_read_item_by_item() -> None:
    head, *items = read_archive(ARCHIVE.encode().splitlines())
    assert head == Head((b"\x01\x01", b"\x02\x02"), 2, 7)
    rows = [item.entry for item in items if isinstance(item, Item)]
    assert [(row.path, row.kind, row.size) for row in rows] == [
        ("/src", "dir", 0),
        ("/src/a\udcff", "file", 7),
        ("/src/b\n    },\n", "file", 7),
        ("/src/link", "other", 0),
    ]
    assert rows[1].token == rows[2].token
    assert rows[1].token is not None
    assert rows[0].modified == datetime(2026, 11, 30, 9, 2, 0, 527814)
    assert isinstance(items[1], Item)
    assert items[1].pieces == (b"\x03\x03", b"\x04\x04")


def test_lists_of_archives_and_messages() -> None:
    text = {"archives": [
        {"id": "bb", "name": "n2", "end": "2026-11-30T09:00:00.000000", "hostname": "ehr", "username": "root",
         "command_line": ["borg", "create", "--stats", "/r::n2", "/srv", "/etc", "--exclude", "x"]},
        {"id": "aa", "name": "n1.checkpoint", "time": "2026-11-29T09:00:00.000000"}, 7,
    ], "encryption": {"mode": "repokey"}, "repository": {"id": "ff"}}  # fmt: skip
    found = read_listing(json.dumps(text).encode())
    assert found is not None
    assert [(one.id, one.host, one.roots, one.complete) for one in found.generations] == [
        ("aa", "", (), False),
        ("bb", "ehr", ("/srv", "/etc"), True),
    ]
    assert (found.names["bb"], found.encryption, found.repository) == ("n2", "repokey", "ff")
    line = {"type": "-", "path": "src/日本", "size": 3, "mtime": "2026-11-30T09:00:00.000001"}
    assert read_line(json.dumps(line).encode()) == Entry("/src/日本", 3, datetime(2026, 11, 30, 9, 0, 0, 1))
    log = [
        {"type": "log_message", "levelname": "ERROR", "msgid": "PassphraseWrong", "message": "wrong"},
        {"type": "log_message", "levelname": "ERROR", "message": "Traceback (most recent call last): /x"},
        {"type": "log_message", "levelname": "ERROR", "message": "src/山田.pdf: New missing file chunk detected (Byte 0-1)"},
    ]
    said = b"\n".join(json.dumps(row).encode() for row in log) + b"\nnot json {"
    assert errors(said)[0] == ("PassphraseWrong", "wrong")
    assert shown_lines(said) == ("wrong", "missing file chunk")


def test_braces_in_names_are_no_placeholders() -> None:
    assert quoted("night {now}") == "night {{now}}"


def test_a_password_comes_from_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "borg"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BORG_PASSPHRASE", "of the shell")
    borg = call("/srv/repo", Key(tmp_path / "a file"), tmp_path / "w")
    assert borg.environment["BORG_PASSCOMMAND"] == f"cat '{tmp_path}/a file'"
    assert "BORG_PASSPHRASE" not in borg.environment
    assert borg.environment["BORG_REPO"] == str(tmp_path / "w/shadow")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(BackupError) as caught:
        call("/srv/repo", Key(), tmp_path / "w")
    assert caught.value.code == "program-missing"


def test_the_folders_of_the_hospitals_own_borg_are_left_alone(tmp_path: Path) -> None:
    given = {
        "BORG_SECURITY_DIR": "/root/security",
        "BORG_CONFIG_DIR": "/root/config",
        "BORG_CACHE_DIR": "/root/cache",
        "BORG_PASSPHRASE": "p",
    }
    borg = call("/srv/repo", Key(None, given), tmp_path / "w")
    assert borg.environment["BORG_PASSPHRASE"] == "p"
    assert not [value for name, value in borg.environment.items() if value.startswith("/root/") and name != "BORG_KEYS_DIR"]


def test_settings_without_end_are_not_read_to_it(tmp_path: Path) -> None:
    with (tmp_path / "config").open("wb") as stream:
        stream.write(b"[repository]\nid = ab\nversion = 1\n#")
        stream.truncate(2**40)
    found = borg_parts.read_settings(tmp_path)
    assert found is None or found.id == "ab"
