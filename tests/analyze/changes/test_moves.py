from __future__ import annotations

from datetime import datetime

from omamori.analyze.addresses import networks_of
from omamori.analyze.changes.moves import moved
from omamori.analyze.changes.picture import Machine, OwnView, Picture, Sign, SwitchPort

DAY, NEXT = datetime(2026, 5, 1), datetime(2026, 6, 1)
BEFORE, AFTER = Picture(DAY, tabled=frozenset({"sw1", "sw2"})), Picture(NEXT, tabled=frozenset({"sw1", "sw2"}))


def at(switch: str, port: str, day: datetime) -> Machine:
    return Machine("pc", switch_port=SwitchPort(switch, port, 1, Sign(day, f"{switch}:{port}")))


def test_another_port_of_a_switch_is_told_where_both_switches_were_read_both_times() -> None:
    ((kind, told),) = moved(at("sw1", "gi1", DAY), at("sw2", "gi7", NEXT), BEFORE, AFTER)
    assert (kind, told["before"], told["after"]) == ("switch_port", "sw1 gi1", "sw2 gi7")
    assert list(moved(at("sw1", "gi1", DAY), at("sw2", "gi7", NEXT), Picture(DAY, tabled=frozenset({"sw1"})), AFTER)) == []
    assert list(moved(at("sw1", "gi1", NEXT), at("sw2", "gi7", NEXT), BEFORE, AFTER)) == [], "the same table twice"


def own(day: datetime, *addresses: str) -> Machine:
    return Machine("srv", own=OwnView(addresses={address: f"e:{address}" for address in addresses}, sign=Sign(day)))


def test_what_a_machine_tells_of_its_own_addresses() -> None:
    zones = tuple((network, name) for text, name in (("10.1.0.0/24", "EHR"), ("10.2.0.0/24", "Office")) for network in networks_of(text))
    after = Picture(NEXT, zones=zones)
    ((kind, told),) = moved(own(DAY, "10.1.0.5"), own(NEXT, "10.1.0.6"), BEFORE, after)
    assert (kind, told["before"], told["after"]) == ("address", "10.1.0.5", "10.1.0.6")
    ((kind, told),) = moved(own(DAY, "10.1.0.5"), own(NEXT, "10.2.0.6"), BEFORE, after)
    assert (kind, told["after"]) == ("zone", "10.2.0.6 (Office)")
    ((kind, told),) = moved(own(DAY, "10.1.0.5"), own(NEXT, "10.1.0.5", "192.168.0.1"), BEFORE, after)
    assert (kind, told["before"], told["after"]) == ("address", "", "192.168.0.1")
    assert list(moved(own(DAY, "10.1.0.5"), own(DAY, "10.1.0.6"), BEFORE, after)) == [], "one look is not two"
