"""The device of a line, as far as the ledger names it."""

from __future__ import annotations

import pytest

from omamori.analyze.lines import firmware_of, line_device, same_form
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import RemoteLine
from omamori.model.device import DeviceFact
from omamori.snapshot.database import Database


@pytest.mark.parametrize(
    ("line", "product", "version", "known"),
    [
        (RemoteLine(device="FortiGate 60E", firmware="v6.0.4 build0231"), "fortios", "6.0.4", True),
        (RemoteLine(product="PAN-OS", firmware="v10.2.9-h1"), "pan-os", "10.2.9-h1", True),
        (RemoteLine(device="FortiGate 60E", firmware="最新"), "fortios", None, False),
        (RemoteLine(device="YAMAHA RTX1210", firmware="Rev.14.01.42"), None, None, False),
        (RemoteLine(kind="ssl-vpn"), None, None, False),
        (RemoteLine(kind="remote-software"), None, None, True),
    ],
)
def test_device(line, product, version, known):
    found = line_device(line, starter_pack())
    assert (found.product.product if found.product else None, found.version, found.known) == (product, version, known)


@pytest.mark.parametrize(
    ("system", "shown", "declared", "product", "version"),
    [
        ("fortios", "v7.2.8,build1639,240313", "7.2.8", "fortios", "7.2.8"),
        ("yamaha-rtx", "Rev.14.01.38", "14.01.38", None, "14.01.38"),
        ("cisco-asa", "9.16(4)", "9.16(4)", "cisco-asa", "9.16(4)"),
        ("cisco-ios", "15.2(4)M3", "IOS 15.2(4)M3", None, "15.2(4)M3"),
        ("cisco-ios", "17.3.4a", "17.3.4a", "cisco-ios-xe", "17.3.4a"),
    ],
)
def test_what_a_device_shows_and_what_a_person_writes_have_one_form(system, shown, declared, product, version):
    with Database() as database:
        database.insert([DeviceFact(asset="fw", system=system, version=shown), DeviceFact(asset="host", system="linux", version="6.1")])
        found = firmware_of(database, starter_pack())
    assert set(found) == {"fw"}
    firmware = found["fw"]
    assert (firmware.product.product if firmware.product else None, firmware.version) == (product, version)
    assert same_form(declared, firmware.product) == version
