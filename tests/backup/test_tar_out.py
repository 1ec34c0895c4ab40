"""Streams of tar, good and hostile: nothing is written outside the folder."""

from __future__ import annotations

import io
import os
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from omamori.backup.interface import NO_PROGRESS, BackupError, Progress
from omamori.backup.tar_out import Taken, take_out


def member(name: str, kind: bytes = tarfile.REGTYPE, data: bytes = b"", link: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size, info.mtime = kind, link, len(data), 1_700_000_000
    return info, data


def archive(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    holder = io.BytesIO()
    with tarfile.open(fileobj=holder, mode="w", format=tarfile.GNU_FORMAT, encoding="utf-8", errors="surrogateescape") as tar:
        for info, data in members:
            tar.addfile(info, io.BytesIO(data))
    return holder.getvalue()


def pieces(data: bytes, size: int = 1000) -> Iterator[bytes]:
    yield from (data[start : start + size] for start in range(0, len(data), size))


def take(
    data: bytes, into: Path, *, rate: int | None = None, progress: Progress = NO_PROGRESS, stop: threading.Event | None = None
) -> tuple[bool, Taken]:
    into.mkdir()
    taken = Taken()
    return take_out(pieces(data), into, bytes_per_second=rate, progress=progress, total=0, stop=stop, taken=taken), taken


def test_files_folders_and_links_come_out_with_their_times(tmp_path: Path) -> None:
    into = tmp_path / "into"
    data = archive(
        member("src", tarfile.DIRTYPE), member("src/a", data=b"a" * 5000), member("src/b\udcff\n", data=b"b"), member("src/none"),
        member("src/hard", tarfile.LNKTYPE, link="src/a"), member("src/soft", tarfile.SYMTYPE, link="a"),
    )  # fmt: skip
    heard: list[int] = []
    whole, taken = take(data, into, progress=lambda done, total: heard.append(done))
    assert (whole, taken.bytes, taken.files, heard[-1]) == (True, 5001, 3, 5001)
    assert (into / "src/a").read_bytes() == (into / "src/hard").read_bytes() == b"a" * 5000
    assert (into / "src/b\udcff\n").read_bytes() == b"b"
    assert (into / "src/soft").is_symlink()
    assert (into / "src/a").stat().st_mtime == 1_700_000_000


def test_nothing_leaves_the_folder(tmp_path: Path) -> None:
    into, outside = tmp_path / "into", tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_bytes(b"kept")
    data = archive(
        member("../outside/new", data=b"x"), member("/outside/absolute", data=b"inside"), member("way", tarfile.SYMTYPE, link=str(outside)),
        member("way/through", data=b"x"), member("hard", tarfile.LNKTYPE, link="../outside/kept"), member("pipe", tarfile.FIFOTYPE),
        member("device", tarfile.CHRTYPE), member("twice", data=b"first"), member("twice", data=b"second"),
    )  # fmt: skip
    whole, _ = take(data, into)
    assert whole
    assert sorted(path.name for path in outside.iterdir()) == ["kept"]
    assert (into / "outside/absolute").read_bytes() == b"inside"
    assert (into / "way/through").read_bytes() == b"x"
    assert not (into / "way").is_symlink()
    assert (into / "twice").read_bytes() == b"first"
    assert not any((into / name).exists() for name in ("hard", "pipe", "device"))


def test_a_stream_that_breaks_off_is_not_whole(tmp_path: Path) -> None:
    data = archive(member("a", data=b"a" * 5000), member("b", data=b"b" * 5000))
    assert take(data[:3000], tmp_path / "one")[0] is False
    assert take(b"no tar at all" * 100, tmp_path / "two")[0] is False


def test_a_stop_is_heeded_also_while_waiting(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(BackupError) as caught:
        take(archive(member("a", data=b"a" * 50_000)), tmp_path / "into", rate=10, stop=stop)
    assert caught.value.code == "stopped"


@pytest.mark.skipif(os.name == "nt", reason="other names are too long there")
def test_a_name_that_cannot_be_made_costs_only_itself(tmp_path: Path) -> None:
    into = tmp_path / "into"
    data = archive(
        member("x" * 300, data=b"1"), member("/".join(["d" * 200] * 30), data=b"2"), member("a", data=b"3"), member("a/b", data=b"4"),
        member("folder/in", data=b"5"), member("folder", data=b"6"), member("nowhere", tarfile.LNKTYPE, link="not there"),
        member("soft", tarfile.SYMTYPE, link="y" * 5000), member("last", data=b"7"),
    )  # fmt: skip
    whole, taken = take(data, into)
    assert (whole, taken.files) == (True, 3)
    assert sorted(path.read_bytes() for path in into.rglob("*") if path.is_file()) == [b"3", b"5", b"7"]


def test_a_file_with_holes_of_any_size_is_not_written_out(tmp_path: Path) -> None:
    header = tarfile.TarInfo("holes")
    header.type = tarfile.GNUTYPE_SPARSE
    block = bytearray(header.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape"))
    block[483:495] = b"77777777777\0"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    whole, taken = take(bytes(block) + archive(member("last", data=b"7")), tmp_path / "into")
    assert (whole, taken.files, (tmp_path / "into" / "last").read_bytes()) == (True, 1, b"7")
