"""Flaws of Windows: the table of updates decides where the pack has one, else the facts that ship inside."""

from __future__ import annotations

from datetime import date

import pytest

from omamori.analyze.flaws.row import SOURCE
from omamori.analyze.flaws.windows import of_windows, patches_of
from omamori.knowledge.pack import starter_pack
from omamori.model.host import Host, Patch
from omamori.snapshot.database import Database

PACK = starter_pack()
HOST = Host(asset="pc", platform="windows", os_id="windows", os_name="Windows 7 Professional", os_build="6.1.7601.24214", evidence="cafe:3")
ETERNAL_BLUE = next(flaw for flaw in PACK.flaws if flaw.flaw == "CVE-2017-0144" and flaw.product == "windows" and flaw.release == "7601")


def test_a_flaw_is_open_until_one_of_its_updates_is_in() -> None:
    found = {row.flaw: row for row in of_windows(HOST, {"2534111": ""}, True, PACK)}
    row = found["CVE-2017-0144"]
    assert (row.asset, row.exploited, row.ransomware, row.undecided, row.evidence, row.source) == (
        "pc",
        True,
        True,
        False,
        "cafe:3",
        SOURCE,
    )
    assert row.fixed == f"KB{ETERNAL_BLUE.patches[0]}"
    for update in ETERNAL_BLUE.patches[:3]:
        assert "CVE-2017-0144" not in {row.flaw for row in of_windows(HOST, {update: ""}, True, PACK)}


@pytest.mark.parametrize(
    ("patches", "all_seen"), [({"2534111": ""}, False), ({"9999999": ""}, True)], ids=["list-incomplete", "later-update"]
)
def test_what_may_be_in_unseen_is_not_certain(patches: dict[str, str], all_seen: bool) -> None:
    assert {row.undecided for row in of_windows(HOST, patches, all_seen, PACK) if row.flaw == "CVE-2017-0144"} == {True}


def test_what_the_table_of_updates_speaks_of_is_left_to_it() -> None:
    assert "CVE-2017-0144" not in {row.flaw for row in of_windows(HOST, {}, True, PACK, told={"CVE-2017-0144"})}


def test_without_a_build_nothing_is_said() -> None:
    assert list(of_windows(Host(asset="pc", platform="windows", os_name="Windows"), {}, True, PACK)) == []


def test_installed_updates_are_read_without_their_prefix() -> None:
    with Database() as database:
        database.insert(
            [Patch(asset="pc", patch_id="kb5034441", installed=date(2024, 1, 9), evidence="cafe:1"), Patch(asset="pc", patch_id="976902")]
        )
        assert patches_of(database) == {"pc": {"5034441": "cafe:1", "976902": ""}}
