"""Which pack a site is judged with: the newest that can be believed, else the shipped facts; what is harmed is told."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from tests.feeds.packs import NOW, Maker, new_maker, quiet

from omamori.feeds.build import Built
from omamori.feeds.held import newest_signed, pack_folders, site_pack
from omamori.feeds.take import Agreed, import_pack
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.packfile import CONTENT, FACTS, KEY, MANIFEST, SIGNATURE
from omamori.snapshot.database import Database
from omamori.snapshot.site import Site


@pytest.fixture
def site(tmp_path: Path, built: Built) -> Site:
    made = Site(tmp_path / "site").create()
    import_pack(made, built.path, Agreed(compare=lambda signed: True), quiet)
    return made


def test_without_an_import_the_shipped_facts_count_and_nothing_is_wrong(tmp_path: Path) -> None:
    held = site_pack(Site(tmp_path))
    assert (held.pack, held.signed, held.notes) == (starter_pack(), None, ())


def test_the_imported_facts_are_read_and_the_pack_has_the_name_of_its_manifest(site: Site, built: Built) -> None:
    held = site_pack(site)
    assert held.pack.version == built.id
    assert held.pack.support == starter_pack().support
    with Database() as database, held.pack.facts.attached(database.connection):
        assert database.select("select count(*) from facts.windows_fixes") == [(3,)]


@pytest.mark.parametrize("name", [*CONTENT, MANIFEST, SIGNATURE, KEY])
def test_a_pack_of_which_one_byte_changed_is_not_used_and_told(site: Site, name: str) -> None:
    (folder,) = pack_folders(site)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    held = site_pack(site)
    assert held.signed is None and held.pack == starter_pack()
    (note,) = held.notes
    assert note.origin == folder.name and note.code == "damaged"


@pytest.mark.parametrize("name", [FACTS, "flaws.csv", SIGNATURE])
def test_a_pack_that_lacks_a_file_or_has_one_too_many_is_not_used(site: Site, name: str) -> None:
    (folder,) = pack_folders(site)
    kept = (folder / name).read_bytes()
    (folder / name).unlink()
    assert site_pack(site).signed is None
    (folder / name).write_bytes(kept)
    assert site_pack(site).signed is not None
    (folder / "more.txt").write_bytes(b"x")
    assert site_pack(site).signed is None


def test_beside_a_harmed_newer_pack_the_one_before_is_used(tmp_path: Path) -> None:
    maker = new_maker(tmp_path / "m")
    site = Site(tmp_path / "site").create()
    packs = [maker.build(str(number), NOW + timedelta(days=number)) for number in range(2)]
    for pack in packs:
        import_pack(site, pack.path, Agreed(compare=lambda signed: True), quiet)
    (pack_folders(site)[0] / FACTS).write_bytes(b"no database")
    held = site_pack(site)
    assert held.signed is not None and held.signed.id == packs[0].id and len(held.notes) == 1
    newest = newest_signed(site, maker.key.public)
    assert newest is not None and newest.id == packs[1].id, "older than a harmed one is still older"


def test_a_pack_signed_by_somebody_else_is_not_used(site: Site, maker: Maker, tmp_path: Path) -> None:
    other = new_maker(tmp_path / "o").build("x")
    (folder,) = pack_folders(site)
    with zipfile.ZipFile(other.path) as archive:
        archive.extractall(folder)
    held = site_pack(site)
    assert held.signed is None and maker.key.public.fingerprint in held.notes[0].text.en


def test_a_pack_from_the_future_is_told_since_no_source_would_ever_be_old(site: Site, built: Built) -> None:
    made = built.manifest.made.date()
    assert site_pack(site, made).notes == () == site_pack(site, made - timedelta(days=1)).notes
    held = site_pack(site, made - timedelta(days=2))
    (note,) = held.notes
    assert held.signed is not None, "it is used all the same: nobody knows which of the two clocks is wrong"
    assert note.code == "clock" and str(made) in note.text.ja and str(made) in note.text.en
