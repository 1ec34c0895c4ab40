"""A pack as one file: every byte of every member counts, and a file that is no pack, cut off, or more than a pack is named as what it is."""

from __future__ import annotations

import io
import json
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from tests.feeds.packs import Maker, member, new_maker, with_members

from omamori.feeds.build import Built
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.packfile import FACTS, KEY, MANIFEST, MEMBERS, SIGNATURE, PackFileError
from omamori.knowledge.packkey import in_groups
from omamori.knowledge.packread import Signed, copy_member, member_bytes, open_packfile, open_unpacked, read_signed, trust


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return new_maker(tmp_path_factory.mktemp("maker"))


@pytest.fixture(scope="module")
def built(maker: Maker) -> Built:
    return maker.build("first")


def whole(path: Path) -> tuple[Signed, dict[str, bytes]]:
    with open_packfile(path) as members:
        signed = read_signed(members)
        return signed, {name: member_bytes(members, signed, name) for name in signed.manifest.members}


def problem(path: Path) -> str:
    with pytest.raises(PackFileError) as caught:
        whole(path)
    assert caught.value.text.ja and caught.value.text.en
    return caught.value.problem


@pytest.mark.parametrize("name", MEMBERS)
def test_any_byte_of_any_member_altered_is_told(built: Built, tmp_path: Path, name: str) -> None:
    data = member(built.path, name)
    places = {0, len(data) // 2, len(data) - 1, *random.Random(name).choices(range(len(data)), k=5)}
    for place in sorted(places):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        assert problem(with_members(built.path, tmp_path / "x", {name: bytes(changed)})) == "altered", place


def test_any_byte_of_the_file_altered_is_told_or_means_nothing(built: Built, tmp_path: Path) -> None:
    """Dates and the like in the lists of a ZIP are not signed; what they hold is never used."""
    data, good = built.path.read_bytes(), whole(built.path)
    dice = random.Random(7)
    places = [*range(60), *(len(data) - 1 - at for at in range(0, 900, 4)), *(dice.randrange(len(data)) for _ in range(40))]
    told = 0
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << dice.randrange(8)
        (tmp_path / "x").write_bytes(changed)
        try:
            assert whole(tmp_path / "x") == good
        except PackFileError:
            told += 1
    assert told > len(places) // 3


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.9, 0.9999])
def test_a_file_cut_off_is_called_that(built: Built, tmp_path: Path, share: float) -> None:
    data = built.path.read_bytes()
    (tmp_path / "x").write_bytes(data[: int(len(data) * share)])
    assert problem(tmp_path / "x") == "cut_off"


def test_what_is_no_pack_is_called_that(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"%PDF-1.7 something else")
    assert problem(tmp_path / "x") == "no_pack"
    with zipfile.ZipFile(tmp_path / "y", "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    assert problem(tmp_path / "y") == "strange"


def test_members_swapped_are_told(built: Built, tmp_path: Path) -> None:
    first, second = member(built.path, "support.csv"), member(built.path, "flaws.csv")
    assert problem(with_members(built.path, tmp_path / "x", {"support.csv": second, "flaws.csv": first})) == "altered"


def test_members_of_another_pack_of_the_same_maker_are_told(built: Built, maker: Maker, tmp_path: Path) -> None:
    other = maker.build("second", built.manifest.made.replace(month=7), "20260701,CVE-2026-9,5070001,T,Windows 11,K,Low,X,,")
    assert problem(with_members(built.path, tmp_path / "x", {FACTS: member(other.path, FACTS)})) == "altered"
    for name in (MANIFEST, SIGNATURE):
        assert problem(with_members(built.path, tmp_path / "y", {name: member(other.path, name)})) == "altered"


def test_a_stranger_can_sign_but_is_not_trusted(built: Built, maker: Maker, tmp_path: Path) -> None:
    stranger = new_maker(tmp_path / "s")
    data = member(built.path, MANIFEST)
    path = with_members(built.path, tmp_path / "x", {SIGNATURE: stranger.key.sign(data), KEY: stranger.key.public.pem})
    signed, _ = whole(path)
    with pytest.raises(PackFileError) as caught:
        trust(signed, maker.key.public)
    assert caught.value.problem == "other_key"
    assert maker.key.public.fingerprint in caught.value.text.en and in_groups(stranger.key.public.fingerprint) in caught.value.text.ja
    assert problem(with_members(built.path, tmp_path / "y", {KEY: stranger.key.public.pem})) == "altered"


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/b.csv", "C:evil", "evil\\x", "more.csv", ".hidden", "x" * 200, "評価.csv"])
def test_a_member_that_does_not_belong_is_told(built: Built, tmp_path: Path, name: str) -> None:
    assert problem(with_members(built.path, tmp_path / "x", {}, **{name: b"x"})) == "strange"


def test_a_member_twice_or_missing_is_told(built: Built, tmp_path: Path) -> None:
    for name in MEMBERS:
        assert problem(with_members(built.path, tmp_path / "x", {name: None})) == "strange"
        with pytest.warns(UserWarning, match="Duplicate"):
            path = with_members(built.path, tmp_path / "y", {}, **{name: member(built.path, name)})
        assert problem(path) == "strange"


def test_a_compressed_member_is_not_unfolded(built: Built, tmp_path: Path) -> None:
    with zipfile.ZipFile(built.path) as old, zipfile.ZipFile(tmp_path / "x", "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, bytes(50 * 1024**2) if info.filename == FACTS else old.read(info))
    assert problem(tmp_path / "x") == "strange"


def test_a_member_that_claims_to_be_larger_than_the_file_is_told(built: Built, tmp_path: Path) -> None:
    data = bytearray(built.path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<II", 2**31, 2**31)
    (tmp_path / "x").write_bytes(data)
    assert problem(tmp_path / "x") == "strange"


def test_a_newer_format_is_told_although_it_has_other_members(built: Built, maker: Maker, tmp_path: Path) -> None:
    content = json.dumps({"format": 2}).encode()
    changed: dict[str, bytes | None] = {MANIFEST: content, SIGNATURE: maker.key.sign(content), "flaws.csv": None}
    assert problem(with_members(built.path, tmp_path / "x", changed, future=b"x")) == "newer_format"


def test_a_pack_of_a_version_that_knew_fewer_columns_is_told(built: Built, maker: Maker, tmp_path: Path) -> None:
    content = json.loads(member(built.path, MANIFEST))
    content["tables"]["affected"].remove("needs")
    data = json.dumps(content).encode()
    assert problem(with_members(built.path, tmp_path / "x", {MANIFEST: data, SIGNATURE: maker.key.sign(data)})) == "older_format"


def test_a_file_that_an_older_version_did_not_know_comes_from_what_ships_inside(built: Built, maker: Maker, tmp_path: Path) -> None:
    content = json.loads(member(built.path, MANIFEST))
    del content["members"]["flaws.csv"]
    data = json.dumps(content).encode()
    changed: dict[str, bytes | None] = {MANIFEST: data, SIGNATURE: maker.key.sign(data), "flaws.csv": None}
    with zipfile.ZipFile(with_members(built.path, tmp_path / "x", changed)) as archive:
        archive.extractall(tmp_path / "p")
    _, pack = open_unpacked(tmp_path / "p", maker.key.public)
    assert pack.flaws == starter_pack().flaws
    assert problem(with_members(built.path, tmp_path / "y", {**changed, "flaws.csv": member(built.path, "flaws.csv")})) == "strange"


def test_a_member_is_copied_while_it_is_compared(built: Built) -> None:
    with open_packfile(built.path) as members:
        signed, target = read_signed(members), io.BytesIO()
        copy_member(members, signed, FACTS, target)
    assert target.getvalue() == member(built.path, FACTS)


def test_a_pack_unpacked_is_the_same_pack(built: Built, maker: Maker, tmp_path: Path) -> None:
    with zipfile.ZipFile(built.path) as archive:
        archive.extractall(tmp_path / "p")
    signed, pack = open_unpacked(tmp_path / "p", maker.key.public)
    assert signed == whole(built.path)[0] and pack.version == built.id and pack.facts.path == tmp_path / "p" / FACTS


def test_a_list_of_members_as_long_as_the_file_is_not_read(built: Built, tmp_path: Path) -> None:
    path = tmp_path / "x.omamori-pack"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number in range(2_000):
            archive.writestr(f"{number:040d}", b"")
    tracemalloc.start()
    try:
        assert problem(path) == "strange"
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
