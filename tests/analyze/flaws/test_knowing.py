"""What a pack has to hold before no row means no flaw (law 1): each case once ended as a complete look, and every check passed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.analyze.flaws.published import affected, exploited

from omamori.analyze.flaws.knowing import aged, blind_linux, catalogue, knowing, too_old
from omamori.model.derived import Asset
from omamori.model.facts import Feed, WindowsFix
from omamori.model.host import Host, Patch, Software
from omamori.model.look import Collected
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
KNOWN = exploited("CVE-2020-1")
ALL = {"a": ("hosts", "software", "patches", "components")}


@pytest.mark.parametrize(
    ("host", "more", "facts", "reason"),
    [
        (TENS, (), (OF_DEBIAN, KNOWN), "to_confirm"),
        (TENS, (IN,), (FIX, KNOWN), None),
        (TENS, (IN,), (FIX, KNOWN, Feed(feed="nvd", records=0, broken=1)), "to_confirm"),
        (TENS, (IN,), (FIX, KNOWN, Feed(feed="nvd", records=0)), None),
        (TENS, (IN,), (WindowsFix(**{name: getattr(FIX, name) for name in ("flaw", "update", "product", "feed")}), FIX, KNOWN), None),
        (Host(asset="a", platform="windows", os_name="Windows 10 Pro"), (), (), "to_confirm"),
        (ALMA, (OPENSSL,), (OF_DEBIAN, KNOWN), "to_confirm"),
        (DEBIAN, (OPENSSL,), (OF_DEBIAN, KNOWN), None),
        (DEBIAN, (), (OF_DEBIAN, KNOWN), "to_confirm"),
        (DEBIAN, (OPENSSL, Software(asset="a", name="bash", manager="dpkg")), (OF_DEBIAN, KNOWN), "to_confirm"),
        (Host(asset="a", platform="linux"), (OPENSSL,), (OF_DEBIAN, KNOWN), "to_confirm"),
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
        "no package at all",
        "a package without a version",
        "a system nobody names",
    ],
)
def test_no_row_is_a_complete_look_only_where_a_source_speaks_of_the_machine(judge, host, more, facts, reason):
    _, looks = judge([Asset(asset="a"), host, *more], facts, ALL)
    assert (looks["a"].complete, looks["a"].reason) == (reason is None, reason)


def test_an_old_table_of_updates_is_no_look_at_the_flaws_of_windows(judge):
    old = WindowsFix(flaw=FIX.flaw, update=FIX.update, product=FIX.product, posted=date(2026, 1, 13), feed="microsoft")
    _, looks = judge([Asset(asset="a"), TENS, IN], (old, KNOWN), ALL)
    assert (looks["a"].complete, looks["a"].reason) == (False, "too_old")


def test_without_a_catalogue_it_is_not_known_what_is_exploited(judge):
    _, looks = judge([Asset(asset="a"), DEBIAN, OPENSSL], (OF_DEBIAN,), ALL)
    assert (looks["a"].complete, looks["a"].missing, looks["a"].reason) == (True, "exploited,ransomware", "to_confirm")


def test_what_ships_inside_is_judged_as_far_as_it_goes() -> None:
    with Database() as database:
        database.connection.execute("attach ':memory:' as facts")
        database.connection.execute("create table facts.feeds (feed varchar, records bigint, broken bigint)")
        database.connection.execute("create table facts.exploited (flaw varchar)")
        database.connection.execute("create table facts.likelihood (feed varchar)")
        found = knowing(database, held=False, windows=(), newest=None, now=datetime(2026, 6, 1), linux=())
        assert not found.undecided(TENS) and not found.undecided(ALMA) and not found.undecided(None) and found.catalogue == ()
        assert len(catalogue(database, held=True)) == 1


def test_old_is_older_than_two_of_microsofts_days() -> None:
    assert too_old(date(2026, 3, 30), datetime(2026, 6, 1, 9)) and not too_old(date(2026, 3, 31), datetime(2026, 6, 1, 9))
    assert not too_old(None, datetime(2026, 6, 1))
    lacking = Collected(asset="a", table_name="vulnerabilities", complete=False, reason="not_collected")
    assert aged(lacking).reason == "not_collected" and aged(Collected(asset="a", complete=True)).reason == "too_old"


def test_machines_whose_packages_cannot_be_judged_are_named() -> None:
    with Database() as database:
        database.insert([OPENSSL, Software(asset="b", name="x", version="1", manager="pip"), Software(asset="c", name="x", manager="rpm")])
        assert blind_linux(database, ["a", "b", "c", "d"]) == {"b", "c", "d"}
        assert blind_linux(database, []) == frozenset()
