"""What `ip` is told to do."""

from __future__ import annotations

from omamori.lab.plan import SWITCH, host_batch, namespaces, switch_batch
from omamori.lab.reader import read_hospital


def test_namespaces_bear_the_name_of_the_lab(files: dict[str, str]) -> None:
    spaces = namespaces(read_hospital(files, "healthy"), "x")
    assert spaces[SWITCH] == "lab-x-switch"
    assert spaces["db"] == "lab-x-db"
    assert "extra" not in spaces


def test_a_bridge_for_every_zone_and_a_cable_for_every_leg(files: dict[str, str]) -> None:
    hospital = read_hospital(files, "sick")
    told = switch_batch(hospital, namespaces(hospital, "x")).splitlines()
    assert len([line for line in told if "type bridge" in line]) == len(hospital.zones)
    cables = [line for line in told if "type veth" in line]
    assert len(cables) == sum(len(host.legs) for host in hospital.hosts.values())
    assert [line.split(" peer ")[1] for line in cables if "lab-x-extra" in line] == [
        "name eth0 address 10:c5:95:0a:01:14 netns lab-x-extra",
        "name eth1 address 10:c5:95:0a:00:14 netns lab-x-extra",
    ]
    assert "link set p8 master br-ehr alias db/eth0" in told


def test_a_host_gets_its_addresses_and_the_routes_that_need_no_tunnel(files: dict[str, str]) -> None:
    hospital = read_hospital(files, "healthy")
    assert host_batch(hospital, hospital.hosts["edge"]).splitlines() == [
        "link set lo up",
        "addr add 10.200.0.2/27 dev internet",
        "link set internet up",
        "addr add 10.10.0.1/27 dev dmz",
        "link set dmz up",
        "route add 10.10.1.0/27 via 10.10.0.2",
    ]
