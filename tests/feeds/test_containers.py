"""Files, folders and containers: what is inside is read as a stream; what unfolds without end, or is cut off, is told."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.feeds import containers
from omamori.feeds.containers import ContainerError, Source, opened, sources_of

PACK = {".gz": gzip.compress, ".xz": lzma.compress, ".bz2": bz2.compress, "": bytes}
TEXT = b"cve,epss\n" * 20_000


def read(source: Source) -> bytes:
    with opened(source) as stream:
        return stream.read()


@pytest.mark.parametrize("ending", sorted(PACK))
def test_a_container_is_opened_and_its_name_is_the_publishers(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"epss.csv{ending}").write_bytes(PACK[ending](TEXT))
    (source,) = sources_of([tmp_path])
    assert isinstance(source, Source)
    assert (source.name, source.shown, read(source)) == ("epss.csv", f"epss.csv{ending}", TEXT)


@pytest.mark.parametrize("ending", sorted(PACK))
def test_members_of_a_zip_are_streams_of_their_own_also_packed_ones(tmp_path: Path, ending: str) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/one.json", b"1")
        archive.writestr(f"b/two.csv{ending}", PACK[ending](TEXT))
    one, two = sources_of([tmp_path / "all.zip"])
    assert isinstance(one, Source) and isinstance(two, Source)
    assert (one.name, one.shown, read(one)) == ("a/one.json", "all.zip/a/one.json", b"1")
    assert (two.name, read(two)) == ("b/two.csv", TEXT)


def test_folders_are_walked_in_a_stable_order_without_following_links(tmp_path: Path) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    for name in ("in/z.json", "in/b/a.json", "in/.hidden", "out.json"):
        (tmp_path / name).write_bytes(b"{}")
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "out.json")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    found = [one.shown for one in sources_of([tmp_path / "in", tmp_path / "in" / "z.json"]) if isinstance(one, Source)]
    assert found == ["b/a.json", "z.json"], "a file named twice is read once"


@pytest.mark.parametrize("ending", [".gz", ".xz", ".bz2"])
def test_a_container_that_is_cut_off_is_told(tmp_path: Path, ending: str) -> None:
    whole = PACK[ending](bytes(range(256)) * 4000)
    (tmp_path / f"x{ending}").write_bytes(whole[: len(whole) * 2 // 3])
    (source,) = sources_of([tmp_path])
    assert isinstance(source, Source)
    with pytest.raises(ContainerError, match="cut off"):
        read(source)


def test_what_unfolds_without_end_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "bomb.json.gz").write_bytes(gzip.compress(bytes(80 * 1024**2), 9))
    (source,) = sources_of([tmp_path])
    assert isinstance(source, Source)
    with pytest.raises(ContainerError, match="unfolds to more"), opened(source) as stream:
        while stream.read(1024**2):
            pass


def test_a_zip_whose_member_claims_less_than_it_holds_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.json", bytes(100_000))
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    (source,) = sources_of([path])
    assert isinstance(source, Source)
    with pytest.raises(ContainerError):
        assert len(read(source)) > 10


def test_a_zip_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    for number in range(3):
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            archive.writestr("x.json", b"1" * (number + 1))
        (source,) = sources_of([tmp_path])
        assert isinstance(source, Source)
        assert read(source) == b"1" * (number + 1) and read(source) == read(source)


def test_the_list_of_a_large_zip_is_read_once_and_not_for_every_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for number in range(4000):
            archive.writestr(f"{number}.json", b"{}")
    found = [source for source in sources_of([tmp_path]) if isinstance(source, Source)]
    containers._archive.cache_clear()
    assert {read(source) for source in found} == {b"{}"}
    assert containers._archive.cache_info().misses == 1


def test_a_zip_without_its_list_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04" + bytes(500))
    ((name, error),) = sources_of([tmp_path])
    assert name == "x.zip" and isinstance(error, ContainerError)


@given(st.binary(max_size=2000), st.sampled_from([b"\x1f\x8b", b"\xfd7zXZ\0", b"BZh", b"PK\x03\x04", b""]))
def test_any_bytes_are_read_or_told(tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "x"
    path.write_bytes(start + data)
    for source in sources_of([path]):
        if isinstance(source, Source):
            try:
                got = read(source)
            except ContainerError as error:
                assert error.text.ja and error.text.en
            else:
                assert start or got == data
