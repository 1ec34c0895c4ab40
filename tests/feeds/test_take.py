"""A pack comes in only after its key was compared, and only whole; whatever goes wrong, what was there before works on."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import stat
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from tests.feeds.packs import NOW, ROWS, Maker, member, new_maker, quiet, with_members

from omamori.feeds.build import Built
from omamori.feeds.held import PACKS, PINNED, pack_folders, pinned_key, site_pack
from omamori.feeds.take import Agreed, import_pack
from omamori.knowledge.packfile import FACTS, MANIFEST, SIGNATURE, PackFileError, manifest_bytes
from omamori.pipeline.feeds import broken_lines
from omamori.snapshot.site import Site

YES = Agreed(compare=lambda signed: True)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site").create()


def problem(site: Site, path: Path, agreed: Agreed = YES) -> str:
    before = everything(site)
    with pytest.raises(PackFileError) as caught:
        import_pack(site, path, agreed, quiet)
    assert caught.value.text.ja and caught.value.text.en
    assert everything(site) == before, "a pack that is refused changes nothing"
    return caught.value.problem


def everything(site: Site) -> dict[str, bytes]:
    return {path.relative_to(site.path).as_posix(): path.read_bytes() for path in site.knowledge.rglob("*") if path.is_file()}


def test_the_first_import_asks_and_pins_the_key(site: Site, built: Built, maker: Maker) -> None:
    shown: list[str] = []
    done = import_pack(site, built.path, Agreed(compare=lambda signed: not shown.append(signed.key.fingerprint)), quiet)  # type: ignore[func-returns-value]
    assert done.pinned and not done.already and shown == [maker.key.public.fingerprint]
    assert pinned_key(site) == maker.key.public
    held = site_pack(site)
    assert held.signed is not None and held.signed.id == built.id and held.notes == ()
    again = import_pack(site, built.path, Agreed(), quiet)
    assert again.already and not again.pinned


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_only_the_owner_can_read_what_was_taken_in(site: Site, built: Built) -> None:
    import_pack(site, built.path, YES, quiet)
    for path in site.knowledge.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("form", ["{}", "{nothing}", "{upper}", "{hyphens}"])
def test_without_a_person_the_fingerprint_is_typed(site: Site, built: Built, maker: Maker, form: str) -> None:
    right = maker.key.public.fingerprint
    typed = form.format(right, nothing=right.replace(" ", ""), upper=right.upper(), hyphens=right.replace(" ", "-"))
    assert import_pack(site, built.path, Agreed(fingerprint=typed), quiet).pinned


@pytest.mark.parametrize(
    "agreed",
    [Agreed(), Agreed(compare=lambda signed: False), Agreed(fingerprint="0" * 32), Agreed(fingerprint="12"), Agreed(replace_key=True)],
)
def test_a_key_nobody_confirmed_is_refused(site: Site, built: Built, agreed: Agreed) -> None:
    assert problem(site, built.path, agreed) == "other_key"


def test_a_wrong_typed_fingerprint_counts_even_where_a_person_would_say_yes(site: Site, built: Built) -> None:
    assert problem(site, built.path, Agreed(fingerprint="0" * 32, compare=lambda signed: True)) == "other_key"


def test_a_pack_of_another_key_is_refused_and_replaced_only_on_purpose(site: Site, built: Built, tmp_path: Path) -> None:
    import_pack(site, built.path, YES, quiet)
    other = new_maker(tmp_path / "other")
    theirs = other.build("x", NOW + timedelta(days=1))
    assert problem(site, theirs.path) == "other_key"
    assert problem(site, theirs.path, Agreed(replace_key=True)) == "other_key"
    assert problem(site, theirs.path, Agreed(replace_key=True, fingerprint="1" * 32)) == "other_key"
    done = import_pack(site, theirs.path, Agreed(replace_key=True, fingerprint=other.key.public.fingerprint), quiet)
    assert done.pinned and pinned_key(site) == other.key.public
    assert [folder.name[-16:] for folder in pack_folders(site)] == [theirs.id], "packs of the key before are gone"
    assert problem(site, built.path) == "other_key"


def test_an_older_pack_is_refused_unless_somebody_wants_to_go_back(site: Site, tmp_path: Path) -> None:
    maker = new_maker(tmp_path / "m")
    first = maker.build("a")
    second = maker.build("b", NOW + timedelta(days=31), ROWS[0])
    import_pack(site, second.path, YES, quiet)
    assert problem(site, first.path) == "older"
    import_pack(site, first.path, Agreed(older=True), quiet)
    held = site_pack(site)
    assert held.signed is not None and held.signed.id == first.id
    import_pack(site, second.path, Agreed(), quiet)
    now = site_pack(site)
    assert now.signed is not None and now.signed.id == second.id


def test_where_a_clock_was_wrong_the_number_counts_and_it_is_told(site: Site, tmp_path: Path) -> None:
    maker = new_maker(tmp_path / "m")
    ahead, right = maker.build("a", NOW + timedelta(days=3650)), maker.build("b", NOW, ROWS[0])
    assert not ahead.clock_back and right.clock_back and right.manifest.serial == ahead.manifest.serial + 1
    assert any("clock was wrong" in line.en for line in broken_lines(right, 9)) and len(broken_lines(ahead, 9)) == 0
    import_pack(site, ahead.path, YES, quiet)
    done = import_pack(site, right.path, YES, quiet)
    assert not done.already and done.clocks is not None and "2036-05-29" in done.clocks.ja
    held = site_pack(site)
    assert held.signed is not None and held.signed.id == right.id
    # The file of numbers was lost: the maker begins anew with the clock, and what is there is of days to come.
    import_pack(site, ahead.path, Agreed(older=True), quiet)
    (tmp_path / "m" / "pack.key.serial").unlink()
    anew = maker.build("c", NOW + timedelta(days=31), ROWS[0])
    with pytest.raises(PackFileError, match=r"later than this computer's clock \(2026-07-02\).*--older") as caught:
        import_pack(site, anew.path, YES, quiet, (NOW + timedelta(days=31)).date())
    assert "どちら" not in caught.value.text.ja and "このPCの時計(2026-07-02)より先" in caught.value.text.ja


def test_what_a_new_pack_holds_no_more_is_told_and_going_back_is_no_standing_still(site: Site, tmp_path: Path) -> None:
    maker = new_maker(tmp_path / "m")
    whole, poor = maker.build("a"), maker.build("b", NOW + timedelta(days=31), ROWS[0])
    assert import_pack(site, whole.path, YES, quiet).lost == ()
    assert [one.feed for one in import_pack(site, poor.path, YES, quiet).lost] == ["microsoft"]
    back = import_pack(site, whole.path, Agreed(older=True), quiet)
    assert back.lost == () and not back.already
    assert import_pack(site, whole.path, Agreed(), quiet).already


def test_the_present_pack_and_the_one_before_are_kept(site: Site, tmp_path: Path) -> None:
    maker = new_maker(tmp_path / "m")
    packs = [maker.build(str(number), NOW + timedelta(days=number)) for number in range(3)]
    for pack in packs:
        import_pack(site, pack.path, YES, quiet)
    assert [folder.name[-16:] for folder in pack_folders(site)] == [packs[2].id, packs[1].id]


def test_a_harmed_pack_is_taken_in_again(site: Site, built: Built) -> None:
    import_pack(site, built.path, YES, quiet)
    (folder,) = pack_folders(site)
    data = bytearray((folder / FACTS).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / FACTS).write_bytes(data)
    assert site_pack(site).signed is None
    done = import_pack(site, built.path, Agreed(), quiet)
    held = site_pack(site)
    assert not done.already and held.signed is not None and held.notes == ()


def test_an_altered_pack_changes_nothing(site: Site, built: Built, tmp_path: Path) -> None:
    import_pack(site, built.path, YES, quiet)
    facts = bytearray(member(built.path, FACTS))
    facts[-1] ^= 1
    assert problem(site, with_members(built.path, tmp_path / "x.omamori-pack", {FACTS: bytes(facts)})) == "altered"
    assert problem(site, with_members(built.path, tmp_path / "y.omamori-pack", {MANIFEST: b"{}"})) == "altered"
    assert site_pack(site).signed is not None


def test_what_a_killed_run_left_is_cleared_away_and_was_never_a_pack(site: Site, built: Built) -> None:
    import_pack(site, built.path, YES, quiet)
    left = site.knowledge / PACKS / ".tmp-123-abc"
    left.mkdir()
    (left / FACTS).write_bytes(b"half")
    assert site_pack(site).notes == ()
    import_pack(site, built.path, Agreed(), quiet)
    assert not left.exists()


def test_a_killed_run_between_pack_and_key_is_told_and_the_next_import_ends_it(site: Site, built: Built) -> None:
    import_pack(site, built.path, YES, quiet)
    (site.knowledge / PINNED).unlink()
    held = site_pack(site)
    assert held.signed is None and [note.origin for note in held.notes] == [PINNED]
    import_pack(site, built.path, YES, quiet)
    assert site_pack(site).signed is not None


def test_a_harmed_key_file_needs_the_fingerprint_again(site: Site, built: Built, maker: Maker) -> None:
    import_pack(site, built.path, YES, quiet)
    (site.knowledge / PINNED).write_bytes(b"?")
    assert problem(site, built.path) == "harmed"
    import_pack(site, built.path, Agreed(replace_key=True, fingerprint=maker.key.public.fingerprint), quiet)
    assert pinned_key(site) == maker.key.public


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_a_full_disk_leaves_what_was_there(site: Site, built: Built, tmp_path: Path) -> None:
    import_pack(site, built.path, YES, quiet)
    newer = new_maker(tmp_path / "m")
    pack = newer.build("n", NOW + timedelta(days=1))
    before = everything(site)
    child = os.fork()
    if child == 0:  # a limit of this process's files is what a full disk is: the write fails in the middle
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            import_pack(site, pack.path, Agreed(replace_key=True, fingerprint=newer.key.public.fingerprint), quiet)
        except OSError:
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert everything(site) == before and site_pack(site).signed is not None


def test_a_signed_pack_whose_database_would_read_other_files_is_refused(site: Site, built: Built, maker: Maker, tmp_path: Path) -> None:
    facts = tmp_path / FACTS
    facts.write_bytes(member(built.path, FACTS))
    with duckdb.connect(str(facts)) as connection:
        connection.execute("create view notes as select content from read_text('/etc/hostname')")
    data = facts.read_bytes()
    members = {**built.manifest.members, FACTS: (hashlib.sha256(data).hexdigest(), len(data))}
    manifest = manifest_bytes(replace(built.manifest, members=members))
    signed = {MANIFEST: manifest, SIGNATURE: maker.key.sign(manifest), FACTS: data}
    assert problem(site, with_members(built.path, tmp_path / "view.omamori-pack", signed)) == "strange"
