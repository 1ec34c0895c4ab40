"""What stands here, found by a notice's names."""

from __future__ import annotations

import pytest

from omamori.analyze.coverage import Coverage
from omamori.analyze.lines import LineEnds
from omamori.analyze.notices.standing import Standing, machine_names
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import LedgerAsset, RemoteLine
from omamori.model.derived import Asset
from omamori.model.device import DeviceFact
from omamori.model.host import Host, Software
from omamori.model.patching import Component
from omamori.snapshot.database import Database

ROWS = [
    Host(asset="pc", platform="windows", os_name="Microsoft Windows 10 Pro", os_build="10.0.19045.1"),
    Host(asset="db", platform="linux", os_id="debian", os_version="12"),
    Software(asset="pc", name="Mozilla Firefox (x64 ja)", version="115.0", publisher="Mozilla", manager="registry", evidence="e:1"),
    Software(asset="db", name="openssl", version="1:3.0.11-1~deb12u2", publisher="Debian OpenSSL Team", manager="dpkg"),
    Component(asset="db", name="log4j-core", version="2.14.1", supplier="Apache", declared=True),
    DeviceFact(asset="fw", system="fortios", version="v7.2.4 build1396"),
    DeviceFact(asset="sw", system="homemade-os", version="3.1"),
    LedgerAsset(asset="ct", os="Windows 7", software="DICOM Viewer 4.2、Firefox"),
    LedgerAsset(asset="gw", os="FortiOS 6.0.4"),
    LedgerAsset(asset="db", os="Firefox 1.0"),
    RemoteLine(line="vpn", device="FortiGate 60E", firmware="6.0.4"),
    Software(asset="pc", name="Adobe Acrobat Reader DC - Japanese", version="23.006.20320", publisher="Adobe Systems Incorporated"),
    DeviceFact(asset="rtx", system="yamaha-rtx", model="RTX1210", version="Rev.14.01.38"),
    RemoteLine(line="odd", device="Blackbox 9", firmware="1.2"),
]


def found(vendor, product):
    with Database() as database:
        database.insert(ROWS)
        pack = starter_pack()
        standing = Standing(database, pack, LineEnds.read(database, Coverage.read(database), pack))
        return {(thing.asset, thing.kind, thing.version, thing.how, how, thing.rebuilt) for thing, how in standing.about(vendor, product)}


@pytest.mark.parametrize(
    ("vendor", "product", "expected"),
    [
        ("mozilla", "firefox", {("pc", "asset", "115.0", "seen", "same", False), ("ct", "asset", None, "declared", "same", False)}),
        ("openssl", "openssl", {("db", "asset", "3.0.11", "seen", "same", True)}),
        ("apache", "log4j-core", {("db", "asset", "2.14.1", "declared", "same", False)}),
        (
            "fortinet",
            "fortios",
            {
                ("fw", "asset", "7.2.4", "seen", "same", False),
                ("gw", "asset", "6.0.4", "declared", "same", False),
                ("vpn", "line", "6.0.4", "declared", "same", False),
            },
        ),
        ("adobe", "acrobat_reader", {("pc", "asset", "23.006.20320", "seen", "part", False)}),
        ("adobe", "acrobat_reader_dc", {("pc", "asset", "23.006.20320", "seen", "same", False)}),
        ("yamaha", "rtx1210_firmware", {("rtx", "asset", "Rev.14.01.38", "seen", "same", False)}),
        ("yamaha", "rtx830_firmware", set()),
        (None, "homemade-os", {("sw", "asset", "3.1", "seen", "same", False)}),
        (None, "DICOM Viewer", {("ct", "asset", "4.2", "declared", "same", False)}),
        (None, "Blackbox 9", {("odd", "line", "1.2", "declared", "same", False)}),
        ("microsoft", "windows_10", {("pc", "asset", "10.0.19045.1", "seen", "same", False)}),
        ("microsoft", "windows_10_22h2", {("pc", "asset", "10.0.19045.1", "seen", "part", False)}),
        ("microsoft", "windows_1", set()),
        ("debian", "debian_linux", {("db", "asset", "12", "seen", "same", False)}),
        ("acme", "nothing of this", set()),
    ],
)
def test_what_a_notices_product_is_here(vendor, product, expected):
    assert found(vendor, product) == expected


def test_people_call_machines_by_their_names_and_one_name_of_two_names_nobody():
    with Database() as database:
        database.insert(
            [
                Asset(asset="CT操作卓", hostname="CT1"),
                Asset(asset="a", hostname="twin"),
                Asset(asset="b", hostname="twin"),
                RemoteLine(line="保守VPN"),
            ]
        )
        assert {name: one[:2] for name, one in machine_names(database).items()} == {
            "ct操作卓": ("CT操作卓", "asset"), "ct1": ("CT操作卓", "asset"), "a": ("a", "asset"), "b": ("b", "asset"), "保守vpn": ("保守VPN", "line"),
        }  # fmt: skip
