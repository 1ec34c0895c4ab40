"""The example networks of another analyser, asked through our own: lines that never match, routes, and what every filter decides.

Only answers that lie beside the networks are compared; every difference is explained in decision 0043.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address, ip_network
from itertools import combinations
from typing import Any

import pytest
from examples import DATA, EXAMPLE, answer, example, machine, routers, rows_of, topology

from omamori.analyze.reach.cubes import Cube, meet
from omamori.analyze.reach.flow import Flow
from omamori.analyze.reach.idle import idle_rules
from omamori.analyze.reach.judge import judge
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Chain, Device, Network, Start
from omamori.analyze.reach.ranges import protocols
from omamori.model.device import DeviceChain, DeviceInterface, DeviceRoute


def lists(rows: list[Any]) -> Iterator[tuple[str, Device, Chain]]:
    """Every access list of a router, as if packets came to it: the other tool answers for all, used or not."""
    labels = {row.chain: row.label for row in rows if isinstance(row, DeviceChain) and row.hook is None}
    (device,) = network_of(rows).devices
    for chain in device.chains:
        if chain.name in labels:
            met = replace(chain, hook="forward", policy="drop")
            yield labels[chain.name] or "", replace(device, chains=(met,)), met


def test_lines_that_never_match_are_the_idle_rules() -> None:
    theirs = {
        (source, plain(row["Unreachable_Line"]), row["Different_Action"]): {plain(one) for one in row["Blocking_Lines"]}
        for row in answer("filterLineReachability.ref")["rows"]
        for source in row["Sources"]
    }
    ours = {}
    for name in routers():
        for label, device, _ in lists(routers()[name]):
            for idle in idle_rules(Masks(Network((device,))), device):
                ours[f"{name}: {label}", plain(idle.rule.name), idle.kind == "shadowed"] = {plain(one.name) for one in idle.because}
    assert set(ours) == set(theirs)
    assert len(theirs) == 2
    for line, because in ours.items():
        # They name the one line that would be enough; we name every line that is first to take a part of the packets.
        assert because >= theirs[line]


def plain(text: str | None) -> str:
    return " ".join((text or "").split())


def test_lists_that_nothing_uses_are_told_of() -> None:
    """The other tool answers for every list, used or not; here a list nothing leads to is idle as a whole."""
    unused = set()
    for name, rows in routers().items():
        lists = {row.chain: row.label for row in rows if isinstance(row, DeviceChain) and row.hook is None}
        device = network_of(rows).device[name]
        found = {idle.chain.name for idle in idle_rules(Masks(Network((device,))), device) if idle.kind == "unreachable"}
        unused |= {(name, lists[one]) for one in found}
    bound = {
        (name, one[side])
        for name, node in answer("viModel.ref")["nodes"].items()
        for one in node["interfaces"].values()
        for side in ("incomingFilter", "outgoingFilter")
        if side in one
    }
    every = {(name, label) for name in routers() for label in answer("viModel.ref")["nodes"][name].get("ipAccessLists", {})}
    assert unused == every - bound
    assert unused


@pytest.mark.parametrize("name", ["host1", "host2"])
def test_static_and_connected_routes_of_the_hosts(name: str) -> None:
    theirs = {
        (one["Network"], one["Next_Hop"].get("ip"), one["Next_Hop"]["interface"])
        for one in answer("routes.ref")["rows"]
        if one["Node"]["name"] == name and one["Protocol"] in ("static", "connected")
    }
    found = example().device[name]
    ours = {(str(ip_network((nic.first, 33 - (nic.last - nic.first + 1).bit_length()))), None, nic.name) for nic in found.nics}
    for way in found.ways:
        ours.add((f"{ip_address(way.first)}/{33 - way.size.bit_length()}", str(ip_address(way.gateway or 0)), way.interface))
    assert ours == theirs


Packet = tuple[str, int, int, int]
"""Protocol, source, destination, destination port."""


def listed(entry: str) -> tuple[int, int]:
    """A range of addresses as they write it: `10.0.0.0/8`, `10.0.0.1`, `10.0.0.0:0.0.0.255`."""
    first, _, wild = entry.partition(":")
    if wild:
        return int(ip_address(first)), int(ip_address(first)) | int(ip_address(wild))
    found = ip_network(first)
    return int(found[0]), int(found[-1])


def theirs_passes(lines: list[dict[str, Any]], packet: Packet) -> bool:
    protocol, source, destination, port = packet
    for line in lines:
        head = line["matchCondition"].get("headerSpace")
        if head is None:
            assert line["matchCondition"]["class"].endswith("TrueExpr")
            return line["action"] == "PERMIT"
        assert set(head) <= {"negate", "srcIps", "dstIps", "ipProtocols", "dstPorts"} and not head["negate"]
        sides = [(listed(head[side]["ipWildcard"]), value) for side, value in (("srcIps", source), ("dstIps", destination)) if side in head]
        ports = [tuple(int(one) for one in each.split("-")) for each in head.get("dstPorts", ())]
        if (
            all(first <= value <= last for (first, last), value in sides)
            and ("ipProtocols" not in head or protocol.upper() in head["ipProtocols"])
            and (not ports or any(each[0] <= port <= each[-1] for each in ports))
        ):
            return bool(line["action"] == "PERMIT")
    return False


def edges(lines: list[dict[str, Any]], chain: Chain) -> list[Packet]:
    """A packet for each way the conditions of either side can go: both ends of every range, and their neighbours outside."""
    points: dict[str, set[int]] = {"src": {1, 0xFFFFFFFE}, "dst": {1, 0xFFFFFFFE}}
    ranges = [(side, listed(line["matchCondition"]["headerSpace"][f"{side}Ips"]["ipWildcard"])) for line in lines for side in points
              if f"{side}Ips" in line["matchCondition"].get("headerSpace", ())]  # fmt: skip
    ranges += [("src", one) for rule in chain.rules for one in rule.sources or ()]
    ranges += [("dst", one) for rule in chain.rules for one in rule.destinations or ()]
    for side, (first, last) in ranges:
        points[side] |= {max(0, first - 1), first, last, min(0xFFFFFFFF, last + 1)}
    return [
        (protocol, src, dst, port)
        for protocol in ("tcp", "udp", "icmp")
        for src in points["src"]
        for dst in points["dst"]
        for port in (22, 23, 53, 80)
    ]


def ours_passes(masks: Masks, device: Device, chain: Chain) -> list[Cube]:
    """The packets the engine lets through a chain, as sets; none of them may carry a doubt."""
    found = judge(masks, device, chain, Flow(masks.space.all), None, None, frozenset({"new"}))
    assert not any(flow.doubts for flow in found)
    return [flow.cube for flow in found]


def compare(name: str, label: str, device: Device, chain: Chain, lines: list[dict[str, Any]]) -> int:
    tried = edges(lines, chain)
    points = [Start("interface", sources=str(ip_address(value))) for packet in tried for value in packet[1:3]]
    masks = Masks(Network((device,)), (*points, Start("interface", ports="22,23,53,80")))
    space, passed = masks.space, ours_passes(masks, device, chain)
    for packet in tried:
        protocol, source, destination, port = packet
        bits = space.service(protocols(protocol)[0], ((port, port),) if protocol != "icmp" else None)
        cube = (space.address.at(source), space.address.at(destination), bits, space.port.at(40000))
        assert any(meet(cube, one) for one in passed) == theirs_passes(lines, packet), (name, label, packet)
    return len(tried)


@pytest.mark.parametrize(
    "name",
    [
        f"as{area}"
        for area in ("1border1", "1border2", "2border1", "2border2", "2core1", "2dept1", "2dist1", "2dist2", "3border1", "3border2")
    ],
)
def test_the_engine_decides_every_list_alike(name: str) -> None:
    if name not in routers():
        pytest.skip(f"real captures are not here: {EXAMPLE}")
    theirs = answer("viModel.ref")["nodes"][name]["ipAccessLists"]
    tried = [compare(name, label, device, chain, theirs[label]["lines"]) for label, device, chain in lists(routers()[name])]
    assert len(tried) == len(theirs)
    assert min(tried) > 100


def test_the_router_of_the_network_with_a_cloud() -> None:
    name = "lhr-border-02"
    node = answer("../aws/vimodel-example-aws.ref")["nodes"][name]
    rows = rows_of(DATA / "networks" / "hybrid-cloud-aws" / "configs" / f"{name}.cfg", name)
    tried = {label: compare(name, label, device, chain, node["ipAccessLists"][label]["lines"]) for label, device, chain in lists(rows)}
    assert set(tried) == set(node["ipAccessLists"])
    theirs = {(one, address) for one, found in node["interfaces"].items() for address in found.get("allPrefixes") or [None]}
    ours = {(row.name, f"{row.address}/{row.prefix}" if row.address else None) for row in rows if isinstance(row, DeviceInterface)}
    assert ours == theirs


@pytest.mark.parametrize("name", ["host1", "host2"])
def test_the_engine_decides_the_filters_of_the_hosts_alike(name: str) -> None:
    device = network_of(machine(EXAMPLE, name)).device[name]
    theirs = answer("viModel.ref")["nodes"][name]["ipAccessLists"]
    ours = {chain.name.removeprefix("iptables ").replace(" ", "::"): chain for chain in device.chains}
    assert set(ours) == set(theirs)
    for label, chain in ours.items():
        alone = replace(chain, ins=None, outs=None)
        assert compare(name, label, replace(device, chains=(alone,)), alone, theirs[label]["lines"]) > 40


def test_addresses_that_two_devices_have() -> None:
    theirs = {
        address: {(one["hostname"], one["interface"]) for one in found}
        for address, found in answer("uniqueIpAssignments.ref")["duplicateIps"].items()
    }
    ours: dict[str, set[tuple[str, str]]] = {}
    for device in example().devices:
        for nic in device.nics:
            if nic.address is not None:
                ours.setdefault(str(ip_address(nic.address)), set()).add((device.name, nic.name))
    assert {address: found for address, found in ours.items() if len(found) > 1} == theirs
    assert theirs


def test_who_stands_in_one_network_with_whom() -> None:
    def place(text: str) -> tuple[str, str]:
        node, _, interface = text.removeprefix("interface-node-").partition("-")
        return node, interface

    theirs = {frozenset(place(link[end]) for end in ("srcId", "dstId")) for link in topology()["links"]}
    ours = {
        frozenset((one.name, nic.name) for one, nic in pair)
        for ends in example().attached.values()
        for pair in combinations(ends, 2)
        if pair[0][0].name != pair[1][0].name
    }
    assert ours == theirs
    assert len(theirs) > 15


def test_connected_networks_of_the_data_centre() -> None:
    theirs: dict[str, set[tuple[str, str]]] = {}
    for one in answer("routes-dc-as-reuse.ref")["rows"]:
        if one["Protocol"] == "connected":
            theirs.setdefault(one["Node"]["name"], set()).add((one["Network"], one["Next_Hop"]["interface"]))
    folder = DATA / "tests" / "basic" / "networks" / "dc-as-reuse" / "configs"
    ours = {}
    for path in sorted(folder.iterdir()):
        rows = rows_of(path, path.name)
        networks = [
            (row.name, ip_network(f"{row.address}/{row.prefix}", strict=False))
            for row in rows
            if isinstance(row, DeviceInterface) and row.address
        ]
        ours[path.name] = {(str(network), name) for name, network in networks}
        assert not any(isinstance(row, DeviceRoute) for row in rows)  # as there: BGP is all their routing
    assert ours == theirs
