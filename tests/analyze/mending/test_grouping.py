"""What repairs a flaw where no match says it, and how the versions to reach are put in order."""

from __future__ import annotations

import pytest

from omamori.analyze.mending.grouping import FIXES, GROUPED, REPAIR, ranked
from omamori.model.host import Host
from omamori.model.patching import MissingPatch, Vulnerability
from omamori.snapshot.database import Database


@pytest.mark.parametrize(
    ("row", "repair"),
    [
        ({"repair": "package:zlib", "product": "x"}, "package:zlib"),
        ({"repair": "", "product": "Sudo"}, "package:sudo"),
        ({"fixed": "KB4012212", "kind": "os", "product": "windows"}, "update:KB4012212"),
        ({"fixed": "KB1 KB2", "kind": "os", "product": "windows"}, "os:windows"),
        ({"kind": "device", "product": "FortiOS"}, "firmware:fortios"),
        ({"subject_kind": "line", "product": "FortiOS"}, "firmware:fortios"),
        ({"kind": "component", "product": "log4j-core"}, "component:log4j-core"),
    ],
)
def test_no_flaw_is_without_a_piece_of_work(row, repair) -> None:
    with Database() as database:
        database.insert([Vulnerability(asset="a", flaw="CVE-1", **row)])
        assert database.select(f"select {REPAIR} from vulnerabilities v") == [(repair,)]


def test_versions_are_in_the_order_of_their_scheme() -> None:
    given = ranked([("dpkg", "1.10-1"), ("dpkg", "1.9-1"), ("dpkg", "1.10-1~bpo1"), ("dotted", "2.0"), ("dotted", "no version")])
    places = dict(zip(zip(given["schemes"], given["fixes"], strict=True), given["ranks"], strict=True))
    assert places["dpkg", "1.9-1"] < places["dpkg", "1.10-1~bpo1"] < places["dpkg", "1.10-1"]
    assert places["dotted", "no version"] < places["dotted", "2.0"]


def test_the_scheme_follows_the_machine() -> None:
    with Database() as database:
        database.insert(Host(asset=name, os_id=name) for name in ("debian", "rhel", "alpine"))
        database.insert(Vulnerability(asset=name, flaw="CVE-1", product="p", fixed="1") for name in ("debian", "rhel", "alpine"))
        database.insert([Vulnerability(asset="fw", flaw="CVE-2", product="fortios", kind="device", fixed="7.0.1")])
        assert {scheme for scheme, _ in database.select(FIXES)} == {"dpkg", "rpm", "apk", "fortios"}


def test_an_update_and_its_flaws_are_one_piece_of_work() -> None:
    with Database() as database:
        database.insert(
            [MissingPatch(asset="a", patch_id="KB1", flaws=5), MissingPatch(asset="b", patch_id="KB1", flaws=2, undecided=True)]
        )
        database.insert([Vulnerability(asset="a", flaw="CVE-1", product="windows", repair="update:KB1")])
        query = f"with {GROUPED} select asset, repair, flaws, undecided from work order by asset"
        assert database.select(query, ranked(())) == [("a", "update:KB1", 5, 0), ("b", "update:KB1", 0, 2)]
