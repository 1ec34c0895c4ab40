"""The device of a line, as far as the ledger names it."""

from __future__ import annotations

import pytest

from omamori.analyze.lines import line_device
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import RemoteLine


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
