"""Files somebody hands over: limits, archives, and names that try to leave their folder."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.feeds.build import write_zip
from omamori.pipeline import files
from omamori.pipeline.files import HEAD_BYTES, describe_unknown, incoming


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def test_a_folder_gives_every_file_in_order_and_follows_no_link(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "two.txt").write_bytes(b"2")
    (folder / "one.txt").write_bytes(b"1")
    (folder / "link.txt").symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_bytes(b"not yours")
    assert [(one.name, one.data) for one in incoming([folder])] == [("in/b/two.txt", b"2"), ("in/one.txt", b"1")]


def test_a_missing_file_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"x")
    missing, there = incoming([tmp_path / "gone", tmp_path / "there"])
    assert missing.refusal is not None and "no such file" in missing.refusal.en
    assert there.data == b"x" and there.refusal is None


def test_a_file_of_a_gigabyte_is_refused_without_being_read(tmp_path: Path) -> None:
    big = tmp_path / "big.log"
    with big.open("wb") as stream:
        stream.truncate(1024**3)
    (one,) = incoming([big])
    assert one.refusal is not None and "too large (1024 MB" in one.refusal.en
    assert len(one.data) == HEAD_BYTES and one.whole() is one


def test_a_zip_is_unpacked_in_memory_and_a_path_that_climbs_writes_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped(**{"../../evil.txt": b"climb", "good.txt": b"good"}))
    before = [*sorted(tmp_path.parent.iterdir()), *sorted(tmp_path.rglob("*"))]
    assert [(one.name, one.data) for one in incoming([archive])] == [("a.zip:../../evil.txt", b"climb"), ("a.zip:good.txt", b"good")]
    assert [*sorted(tmp_path.parent.iterdir()), *sorted(tmp_path.rglob("*"))] == before


def test_a_zip_bomb_is_refused_and_its_neighbour_taken(tmp_path: Path) -> None:
    archive = tmp_path / "bomb.zip"
    archive.write_bytes(zipped(bomb=bytes(64 * 1024**2), good=b"good"))
    bomb, good = incoming([archive])
    assert bomb.refusal is not None and "zip bomb" in bomb.refusal.en
    assert good.data == b"good"


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(liar=bytes(range(256)) * 40))
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 100)
    archive = tmp_path / "liar.zip"
    archive.write_bytes(data)
    (liar,) = incoming([archive])
    assert liar.refusal is not None and liar.data == b""


def test_too_many_members_are_refused_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_MEMBERS", 2)
    archive = tmp_path / "many.zip"
    archive.write_bytes(zipped(a=b"", b=b"", c=b""))
    (one,) = incoming([archive])
    assert one.refusal is not None and "too much" in one.refusal.en


@given(st.binary(max_size=400))
def test_damaged_archives_never_raise(tmp_path_factory: pytest.TempPathFactory, tail: bytes) -> None:
    path = tmp_path_factory.mktemp("zip") / "x.zip"
    whole = zipped(good=b"good" * 50)
    cut = len(tail) % len(whole)
    path.write_bytes(whole[:cut] + tail)
    assert all(one.refusal is not None or isinstance(one.data, bytes) for one in incoming([path]))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"  \n", "empty"),
        (b"\x89PNG\r\n", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"MZ\x90", "program"),
        (b"\xd0\xcf\x11\xe0", "old Office"),
        (b"hello", "not recognised"),
    ],
)
def test_unknown_files_are_described_kindly(data: bytes, expected: str) -> None:
    assert expected in describe_unknown(data).en


def test_a_pipe_a_device_and_an_impossible_name_are_told_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "there").write_bytes(b"x")
    pipe, device, long, there = incoming([tmp_path / "pipe", Path("/dev/zero"), tmp_path / ("a" * 3000), tmp_path / "there"])
    for one in (pipe, device):
        assert one.refusal is not None and "not an ordinary file" in one.refusal.en
    assert long.refusal is not None
    assert there.data == b"x"


def test_a_large_file_is_read_when_it_is_worked_on(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * (files.LARGE_BYTES + 1))
    (one,) = incoming([path])
    assert (len(one.data), len(one.data) + one.more) == (files.HEAD_BYTES, files.LARGE_BYTES + 1)
    whole = one.whole()
    assert whole.data == path.read_bytes() and whole.whole() is whole
    path.unlink()
    assert (gone := one.whole().refusal) is not None and "could not be read" in gone.en


def test_a_knowledge_pack_is_sent_to_the_command_that_takes_it(tmp_path: Path) -> None:
    pack, outer = tmp_path / "12.omamori-pack", tmp_path / "a.zip"
    write_zip(pack, {"manifest.json": b'{\n "format": 1,\n "serial": 5}', "facts.duckdb": bytes(HEAD_BYTES)})
    outer.write_bytes(zipped(**{"packs/12.omamori-pack": pack.read_bytes(), "good.txt": b"good"}))
    plain, within, good = incoming([pack, outer])
    assert plain.refusal is not None and plain.refusal.en.endswith("with omamori feeds import 12.omamori-pack")
    assert within.refusal is not None and "unpack it" in within.refusal.en and good.data == b"good"
