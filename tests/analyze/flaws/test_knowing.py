"""What a pack has to hold before no row means no flaw (law 1): each case once ended as a complete look, and every check passed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.analyze.flaws.published import affected, exploited, release

from omamori.analyze.flaws.covering import NO_PACK, covering
from omamori.analyze.flaws.knowing import blind_linux, catalogue, knowing, too_old, windows_gap
from omamori.knowledge.store import Facts
from omamori.model.derived import Asset
from omamori.model.facts import Feed, WindowsFix
from omamori.model.host import Host, Patch, Software
from omamori.snapshot.database import Database

TENS = Host(asset="a", platform="windows", os_id="windows", os_name="Windows 10 Pro", os_build="10.0.19045.4000", architecture="x64")
ALMA = Host(asset="a", platform="linux", os_id="almalinux", os_version="9.4")
DEBIAN = Host(asset="a", platform="linux", os_id="debian", os_version="12")
OPENSSL = Software(asset="a", name="openssl", source_package="openssl", version="3.0.15-1", manager="dpkg")
FIX = WindowsFix(
    flaw="CVE-2026-1",
    update="5100001",
    product="Windows 10 Version 22H2 for x64-based Systems",
    posted=date(2026, 11, 10),
    feed="microsoft",
)
IN = Patch(asset="a", patch_id="KB5100001")
OF_DEBIAN = affected(
    "CVE-2026-2", "debian:openssl", "3.0.14-1", feed="debian", kind="package", release="debian 12", scheme="dpkg", part=None
)
TRACKER = (OF_DEBIAN, *release())
KNOWN = exploited("CVE-2020-1")
ALL = {"a": ("hosts", "software", "patches", "components")}
NOTHING = {"covered": (), "undated": (), "newest": None, "now": datetime(2026, 6, 1)}


@pytest.mark.parametrize(
    ("host", "more", "facts", "reason"),
    [
        (TENS, (), (OF_DEBIAN, KNOWN), "not_in_pack"),
        (TENS, (IN,), (FIX, KNOWN), None),
        (TENS, (IN,), (FIX, KNOWN, Feed(feed="nvd", records=0, broken=1)), "not_in_pack"),
        (TENS, (IN,), (FIX, KNOWN, Feed(feed="nvd", records=0)), None),
        (TENS, (IN,), (WindowsFix(**{name: getattr(FIX, name) for name in ("flaw", "update", "product", "feed")}), FIX, KNOWN), None),
        (Host(asset="a", platform="windows", os_name="Windows 10 Pro"), (), (FIX, KNOWN), "to_confirm"),
        (ALMA, (OPENSSL,), (*TRACKER, KNOWN), "not_in_pack"),
        (DEBIAN, (OPENSSL,), (*TRACKER, KNOWN), None),
        (DEBIAN, (OPENSSL,), (OF_DEBIAN, KNOWN), "not_in_pack"),
        (DEBIAN, (), (*TRACKER, KNOWN), "to_confirm"),
        (DEBIAN, (OPENSSL, Software(asset="a", name="bash", manager="dpkg")), (*TRACKER, KNOWN), "to_confirm"),
        (Host(asset="a", platform="linux"), (OPENSSL,), (*TRACKER, KNOWN), "to_confirm"),
        (TENS, (IN,), (), "not_in_pack"),
        (DEBIAN, (OPENSSL,), (), "not_in_pack"),
    ],
    ids=[
        "no table of updates",
        "all there",
        "a source of which nothing could be read",
        "a source without records",
        "an update with and without a day",
        "no build",
        "another distribution",
        "its tracker",
        "an excerpt of its tracker",
        "no package at all",
        "a package without a version",
        "a system nobody names",
        "no pack, Windows",
        "no pack, Linux",
    ],
)
def test_no_row_is_a_complete_look_only_where_a_source_speaks_of_the_machine(judge, host, more, facts, reason):
    _, looks = judge([Asset(asset="a"), host, *more], facts, ALL)
    assert (looks["a"].complete, looks["a"].reason) == (reason is None, reason)


def test_an_old_table_of_updates_is_no_look_at_the_flaws_of_windows(judge):
    old = WindowsFix(flaw=FIX.flaw, update=FIX.update, product=FIX.product, posted=date(2026, 1, 13), feed="microsoft")
    _, looks = judge([Asset(asset="a"), TENS, IN], (old, KNOWN), ALL)
    assert (looks["a"].complete, looks["a"].reason) == (False, "pack_too_old")


def test_without_a_catalogue_it_is_not_known_what_is_exploited(judge):
    _, looks = judge([Asset(asset="a"), DEBIAN, OPENSSL], TRACKER, ALL)
    assert (looks["a"].complete, looks["a"].missing, looks["a"].reason) == (True, "exploited,ransomware", "not_in_pack")


def test_what_ships_inside_passes_nothing() -> None:
    with Database() as database:
        pack = covering(database, held=False, now=datetime(2026, 6, 1), releases=())
        found = knowing(database, pack, windows={"a": windows_gap(pack, TENS, **NOTHING)}, linux={})
        assert found.gap(TENS) == found.gap(ALMA) == NO_PACK and not found.undecided(None) and found.catalogue == ()
        assert found.undecided(TENS) and found.why(TENS) == found.why(ALMA) == "not_in_pack"


def test_a_pack_without_the_catalogue_leaves_open_what_is_exploited() -> None:
    with Database() as database, Facts(rows=tuple(release())).attached(database.connection):
        (told,) = catalogue(covering(database, held=True, now=datetime(2026, 6, 1), releases=()))
        assert told.touches == ("exploited", "ransomware") and told.view.reason == "not_in_pack"


def test_old_is_older_than_two_of_microsofts_days() -> None:
    assert too_old(date(2026, 3, 30), datetime(2026, 6, 1, 9)) and not too_old(date(2026, 3, 31), datetime(2026, 6, 1, 9))
    assert not too_old(None, datetime(2026, 6, 1))


def test_machines_whose_packages_cannot_be_judged_are_named() -> None:
    with Database() as database:
        database.insert([OPENSSL, Software(asset="b", name="x", version="1", manager="pip"), Software(asset="c", name="x", manager="rpm")])
        assert blind_linux(database, ["a", "b", "c", "d"]) == {"b", "c", "d"}
        assert blind_linux(database, []) == frozenset()
