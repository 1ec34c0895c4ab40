"""The ways of the lab: everything inside is reached, tunnels carry what is behind them, and nothing goes through the Internet."""

from __future__ import annotations

import pytest

from omamori.lab.description import SHAPES, Hospital, Shape
from omamori.lab.reader import built_in, read_hospital
from omamori.lab.routes import routes_of, through_line


def told(hospital: Hospital, host: str) -> set[tuple[str, str]]:
    return {(str(route.network), route.line or str(route.via)) for route in routes_of(hospital, hospital.hosts[host])}


def test_a_machine_sends_everything_to_its_gateway(files: dict[str, str]) -> None:
    assert told(read_hospital(files, "healthy"), "db") == {("0.0.0.0/0", "10.10.1.1")}


def test_beside_a_filter_a_machine_knows_the_other_router(files: dict[str, str]) -> None:
    assert told(read_hospital(files, "healthy"), "www") == {("0.0.0.0/0", "10.10.0.1"), ("10.10.1.0/27", "10.10.0.2")}
    assert told(read_hospital(files, "sick"), "www") == {("0.0.0.0/0", "10.10.0.1")}


def test_routers_know_what_is_behind_the_others_and_behind_the_tunnel(files: dict[str, str]) -> None:
    hospital = read_hospital(files, "healthy")
    assert told(hospital, "core") == {("0.0.0.0/0", "10.10.0.1"), ("10.201.0.0/27", "10.10.0.1")}
    assert told(hospital, "edge") == {("10.10.1.0/27", "10.10.0.2"), ("10.201.0.0/27", "line")}
    assert told(hospital, "vr") == {("10.10.0.0/27", "line"), ("10.10.1.0/27", "line")}
    assert [str(one) for one in through_line(hospital, "vr", "line")] == ["10.10.0.0/27", "10.10.1.0/27"]
    assert [str(one) for one in through_line(hospital, "edge", "line")] == ["10.201.0.0/27"]


def test_without_a_tunnel_there_is_no_way_to_the_vendor(files: dict[str, str]) -> None:
    files["lines.yaml"] = "{}"
    hospital = read_hospital(files, "healthy")
    assert told(hospital, "vr") == set()
    assert ("10.201.0.0/27", "10.10.0.1") not in told(hospital, "core")


@pytest.mark.parametrize("shape", SHAPES)
def test_every_router_of_the_hospital_reaches_every_zone(shape: Shape) -> None:
    hospital = built_in(shape)
    for host in hospital.hosts.values():
        if host.router:
            known = {leg.zone for leg in host.legs} | {
                zone.id for zone in hospital.zones.values() for route in routes_of(hospital, host) if zone.network.subnet_of(route.network)
            }
            assert known >= {zone.id for zone in hospital.inside()}, host.id
