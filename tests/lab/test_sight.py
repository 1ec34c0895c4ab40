"""What can be seen from where somebody stands, worked out from the description."""

from __future__ import annotations

from omamori.lab.interface import Port
from omamori.lab.reader import built_in, read_hospital
from omamori.lab.serving import ports_of
from omamori.lab.sight import Sight, seen_from

SSH, WEB, DB = Port("tcp", 22, "remote-shell"), Port("tcp", 443, "web"), Port("tcp", 5432, "database")
PORTS = {"edge": (SSH,), "www": (WEB, SSH), "db": (DB,), "pc": ()}


def by_address(sights: tuple[Sight, ...]) -> dict[str, Sight]:
    return {str(sight.address): sight for sight in sights}


def test_a_neighbour_that_drops_everything_is_still_there(files: dict[str, str]) -> None:
    sight = by_address(seen_from(read_hospital(files, "sick"), "db", PORTS))["10.10.1.29"]
    assert (sight.neighbour, sight.ping, sight.refuses, sight.ports) == (True, False, False, frozenset())
    assert sight.can_be_found


def test_from_another_zone_it_is_not(files: dict[str, str]) -> None:
    sight = by_address(seen_from(read_hospital(files, "sick"), "www", PORTS))["10.10.1.29"]
    assert not sight.can_be_found


def test_a_firewall_lets_through_what_its_rules_say(files: dict[str, str]) -> None:
    healthy = by_address(seen_from(read_hospital(files, "healthy"), "vpc", PORTS))
    assert healthy["10.10.0.10"].ports == {("tcp", 22)}
    assert not healthy["10.10.0.10"].ping
    assert not healthy["10.10.1.10"].can_be_found
    sick = by_address(seen_from(read_hospital(files, "sick"), "vpc", PORTS))
    assert sick["10.10.0.10"].ports == {("tcp", 22), ("tcp", 443)}
    assert (sick["10.10.1.10"].ports, sick["10.10.1.10"].ping, sick["10.10.1.10"].refuses) == ({("tcp", 5432)}, False, True)


def test_a_host_firewall_admits_by_zone(files: dict[str, str]) -> None:
    hospital = read_hospital(files, "healthy")
    assert by_address(seen_from(hospital, "pc", PORTS))["10.10.1.10"].ports == {("tcp", 5432)}
    assert by_address(seen_from(hospital, "www", PORTS))["10.10.1.10"].ports == frozenset()


def test_what_is_outside_is_nobodys_to_look_at(files: dict[str, str]) -> None:
    assert {sight.host for sight in seen_from(read_hospital(files, "sick"), "pc", PORTS)} == {"edge", "core", "www", "db", "extra"}


def test_the_vendors_see_the_ehr_lan_of_the_sick_hospital_only() -> None:
    reached = {}
    for shape in ("sick", "healthy"):
        hospital = built_in("sick" if shape == "sick" else "healthy")
        sights = [sight for sight in seen_from(hospital, "pc-a", ports_of(hospital)) if sight.can_be_found]
        reached[shape] = {sight.host for sight in sights}
    assert {"ehr-app", "ehr-db", "backup-server"} <= reached["sick"]
    assert reached["healthy"] == {"jump"}
