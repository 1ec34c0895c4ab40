"""The description of the lab: both shapes come out of it, and what is wrong in it is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from omamori.lab.description import SHAPES, Shape
from omamori.lab.fields import LabError
from omamori.lab.reader import built_in, read_folder, read_hospital


def test_what_differs_in_a_shape_replaces_the_keys_it_names(files: dict[str, str]) -> None:
    sick, healthy = read_hospital(files, "sick"), read_hospital(files, "healthy")
    assert (sick.hosts["db"].answers, healthy.hosts["db"].answers) == ("no-ping", "ports")
    assert sick.hosts["db"].services == {"postgres": {"trust": True}, "ssh": {}}
    assert healthy.hosts["db"].services == {"postgres": {}}
    assert (sick.hosts["db"].declared, healthy.hosts["db"].declared) == (False, True)
    assert (sick.lines["line"].restricted, healthy.lines["line"].restricted) == (False, True)
    assert sick.hosts["edge"].forward.allow is None
    assert [rule.ports for rule in healthy.hosts["edge"].forward.allow or ()] == [(("tcp", 443),), (("tcp", 22), ("udp", 53))]


def test_a_host_of_one_shape_is_known_by_name_in_the_other(files: dict[str, str]) -> None:
    assert "extra" in read_hospital(files, "sick").hosts
    healthy = read_hospital(files, "healthy")
    assert "extra" not in healthy.hosts
    assert healthy.hosts["db"].admits == ("ehr",)


def test_addresses_and_hardware_addresses_follow_from_zone_and_number(files: dict[str, str]) -> None:
    hosts = read_hospital(files, "sick").hosts
    assert [(str(leg.address), leg.interface, leg.mac) for leg in hosts["extra"].legs] == [
        ("10.10.1.20", "eth0", "10:c5:95:0a:01:14"),
        ("10.10.0.20", "eth1", "10:c5:95:0a:00:14"),
    ]
    assert [leg.interface for leg in hosts["core"].legs] == ["dmz", "ehr"]


def test_ports_among_options_are_numbers(files: dict[str, str]) -> None:
    assert read_hospital(files, "sick").hosts["www"].services["web"] == {"ports": {443: "modern"}}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("hosts/all.yaml", "kind: client, at: {site: 10}", "kind: cliant, at: {site: 10}", "vpc.kind: 'cliant' is not one of"),
        ("hosts/all.yaml", "at: {site: 10}", "at: {site: 31}", "vpc.at.site: a whole number from 1 to 30"),
        ("hosts/all.yaml", "at: {site: 10}", "at: {nowhere: 10}", "zones.yaml has no such zone"),
        ("hosts/all.yaml", 'maker: "98:e7:43"', 'maker: "98:e7"', "three bytes of a maker"),
        ("hosts/all.yaml", "nat: true", "nat: true\n  nats: true", "an unknown key; known are"),
        ("hosts/all.yaml", "443/tcp", "443/sctp", "'443/sctp' is no port"),
        ("hosts/all.yaml", "from: [site]", "from: [sites]", "'sites' is described nowhere"),
        ("hosts/all.yaml", "from: [site], ", "", "allow[2].from: a zone or a host is expected"),
        ("hosts/all.yaml", "at: {dmz: 10}", "at: {dmz: 2}", "have the same address 10.10.0.2"),
        ("hosts/all.yaml", ", scanner: true", "", "one host with scanner: true"),
        ("hosts/all.yaml", "{ja: PC, en: PC}", "{ja: PC}", "pc.name: words in both languages"),
        ("zones.yaml", "10.10.1.0/27", "192.0.2.0/27", "only networks inside 10.0.0.0/8"),
        ("zones.yaml", "10.10.1.0/27", "10.10.1.1/27", "is no network"),
        ("zones.yaml", "gateway: core", "gateway: www", "its gateway www has no leg in it"),
        ("lines.yaml", "to: edge", "to: hedge", "line.to: 'hedge' is not one of"),
        ("lines.yaml", "port: 51820", "port: many", "line.port: a whole number"),
        ("site.yaml", "beds: 20", "bed: 20", "beds: a whole number"),
        ("site.yaml", "beds: 20", "beds: 20\ncolour: red", "colour: an unknown key"),
        ("site.yaml", "beds: 20", "beds: [", "not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_file(files: dict[str, str], file: str, old: str, new: str, told: str) -> None:
    assert old in files[file]
    files[file] = files[file].replace(old, new, 1)
    with pytest.raises(LabError) as error:
        read_hospital(files, "healthy")
    assert told in error.value.text.en
    assert error.value.text.ja


def test_a_host_described_twice_is_refused(files: dict[str, str]) -> None:
    files["hosts/more.yaml"] = 'pc: {name: {ja: あ, en: a}, kind: client, at: {ehr: 5}, maker: "10:c5:95"}'
    with pytest.raises(LabError, match="pc is described twice"):
        read_hospital(files, "sick")


def test_a_missing_file_is_told(files: dict[str, str], tmp_path: Path) -> None:
    del files["lines.yaml"]
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LabError, match=r"lines\.yaml: this file is missing"):
        read_folder(tmp_path, "sick")


@pytest.mark.parametrize("shape", SHAPES)
def test_the_hospital_that_ships_is_what_was_promised(shape: Shape) -> None:
    hospital = built_in(shape)
    inside = [host for host in hospital.hosts.values() if hospital.is_inside(host)]
    assert len(inside) >= 30
    assert {zone.kind for zone in hospital.inside()} == {"dmz", "ehr", "department", "imaging", "medical", "office", "backup"}
    assert len([zone for zone in hospital.zones.values() if zone.outside]) == 5
    assert all(zone.network.prefixlen == 27 for zone in hospital.zones.values())
    assert {host.answers for host in inside} == {"everything", "no-ping", "ports", "arp"}
    assert any(host.medical and host.consent for host in inside)
    assert any(host.medical and not host.consent for host in inside)
    assert {host.owner for host in inside} == {"hospital", "vendor", "lease"}


def test_the_sick_hospital_has_the_conditions_and_the_healthy_one_none() -> None:
    sick, healthy = built_in("sick"), built_in("healthy")
    assert {one for host in sick.hosts.values() for one in host.conditions} == set(sick.conditions)
    assert not [host.id for host in healthy.hosts.values() if host.conditions]
    assert {line.target for line in healthy.lines.values()} == {"fw-edge"}
    assert len({line.target for line in sick.lines.values()}) == len(sick.lines)
    assert [line.id for line in sick.lines.values() if not line.declared] == ["line-c"]
    assert all(host.declared for host in healthy.hosts.values())
    assert any(len(host.legs) > 1 and not host.router for host in sick.hosts.values())
