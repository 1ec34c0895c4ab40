from __future__ import annotations

from omamori.model.gentle import GENTLE, GENTLE_PORTS, NEVER_PROBED
from omamori.model.recognised import SERVICES


def test_every_gentle_port_stands_once_in_order_and_with_a_known_service() -> None:
    assert list(GENTLE_PORTS) == sorted(set(GENTLE_PORTS))
    assert all(0 < port < 65536 for port in GENTLE_PORTS)
    codes = {value.code for value in SERVICES}
    assert {one.service for one in GENTLE} <= codes


def test_devices_that_may_hang_are_asked_but_never_probed() -> None:
    medical = {one.port for one in GENTLE if one.service in ("dicom", "hl7")}
    assert medical <= NEVER_PROBED
    assert 9100 in NEVER_PROBED
