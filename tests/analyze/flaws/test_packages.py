"""The few repairs that ship inside, beside trackers and for packages from elsewhere."""

from __future__ import annotations

from omamori.analyze.flaws.packages import newest_packages, of_packages
from omamori.analyze.flaws.tracked import Tracked
from omamori.knowledge.pack import starter_pack
from omamori.model.host import Host, Software
from omamori.snapshot.database import Database

PACK = starter_pack()
NO_TRACKER = Tracked({})
BUSTER = Host(asset="a", platform="linux", os_id="debian", os_version="10")


def sudo(version: str, **more: str) -> Software:
    return Software(asset="a", name="sudo", source_package="sudo", version=version, manager="dpkg", **more)


def open_in(row: Software, tracked: Tracked = NO_TRACKER) -> dict[str, bool]:
    """Flaw → whether it is undecided."""
    return {found.flaw: found.undecided for found in of_packages(BUSTER, {"sudo": row}, PACK, tracked)}


def test_a_repair_of_the_distribution_decides() -> None:
    assert open_in(sudo("1.8.27-1+deb10u2"))["CVE-2021-3156"] is False
    assert "CVE-2021-3156" not in open_in(sudo("1.8.27-1+deb10u3"))


def test_what_a_tracker_tells_is_left_to_it() -> None:
    telling = Tracked({"a": "debian 10"}, frozenset({("debian 10", "sudo", "CVE-2021-3156")}))
    assert "CVE-2021-3156" not in open_in(sudo("1.8.27-1+deb10u2"), telling)
    silent = Tracked({"a": "debian 10"}, frozenset({("debian 10", "sudo", "CVE-1999-0001"), ("debian 11", "sudo", "CVE-2021-3156")}))
    assert "CVE-2021-3156" in open_in(sudo("1.8.27-1+deb10u2"), silent)


def test_a_package_from_elsewhere_is_only_to_be_confirmed() -> None:
    assert open_in(sudo("1.8.27-1", origin="somebody"))["CVE-2021-3156"] is True


def test_the_newest_of_several_is_taken() -> None:
    with Database() as database:
        database.insert([sudo("1.8.27-1"), sudo("1.9.5p2-3"), Software(asset="a", name="nano", version="5", manager="dpkg")])
        found = newest_packages(database, PACK)["a"]
    assert {name: row.version for name, row in found.items()} == {"sudo": "1.9.5p2-3"}
