"""Which machine becomes the door: by the ledger, by name, by address; what is needed where there is none."""

from __future__ import annotations

import pytest
from tests.respond.bastion.small import JUMP, filled, rows

from omamori.respond.bastion.facts import read_facts
from omamori.respond.bastion.parts import Target
from omamori.respond.bastion.target import NoSuchTarget, choose


def chosen(named: str | None = None, **more: bool) -> Target:
    with filled(rows(**more)) as database:
        return choose(database, read_facts(database), named)


def test_the_ledger_s_jump_server_is_the_door_with_the_ports_it_listens_on() -> None:
    found = chosen()
    assert (found.zone, found.asset, found.address, found.ports, found.needs) == ("DMZ", "jump", JUMP, (22,), ())


@pytest.mark.parametrize("named", ["jump", "jump-01", JUMP, "DMZ"])
def test_it_is_found_by_asset_hostname_address_and_zone(named: str) -> None:
    assert chosen(named).asset == "jump"


def test_a_dmz_without_one_gets_a_free_address_proposed() -> None:
    found = chosen(jump=False)
    assert (found.zone, found.asset, found.address, found.proposed) == ("DMZ", None, "10.1.0.254", True) and len(found.needs) == 1


def test_an_address_nobody_has_is_a_machine_to_be_set_up() -> None:
    found = chosen("10.1.0.77")
    assert (found.zone, found.asset, found.address, found.proposed) == ("DMZ", None, "10.1.0.77", True)


def test_a_machine_outside_a_dmz_is_taken_and_what_is_lacking_is_told() -> None:
    found = chosen("ehr")
    assert found.asset == "ehr" and found.ports == (3389,) and found.needs


@pytest.mark.parametrize("named", ["nobody", "192.168.200.1", ""])
def test_a_name_of_nothing_is_refused(named: str) -> None:
    if not named:
        assert chosen(named).asset == "jump", "an empty word is no word"
        return
    with pytest.raises(NoSuchTarget, match=named):
        chosen(named)


def test_with_neither_dmz_nor_jump_server_the_needs_come_cheapest_first() -> None:
    found = chosen(dmz=False, jump=False)
    assert found.address is None and "costs nothing" in found.needs[0].en and "buy" in found.needs[-1].en
