"""Example networks with the answers another tool gives of them: facts of interfaces, routes, lists and references, compared one by one.

What differs and why: docs/decisions/0043-expected-answers-of-example-networks.md.
"""

from __future__ import annotations

import itertools
import json
import os
from functools import cache
from ipaddress import ip_interface
from pathlib import Path
from typing import Any

import pytest

from omamori.model.device import DeviceChain, DeviceInterface, DeviceRoute, DeviceRule
from omamori.parse.device.cisco.reading import ranges
from omamori.parse.device.cisco.values import ip4
from omamori.parse.device.dialects.cisco_asa import DIALECT as ASA
from omamori.parse.device.dialects.cisco_ios import DIALECT as IOS
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig" / "batfish"
LIVE = DATA / "networks" / "example" / "live" / "configs"
NODES = (
    "as1border1", "as1border2", "as1core1", "as2border1", "as2border2", "as2core1", "as2core2", "as2dept1", "as2dist1", "as2dist2",
    "as3border1", "as3border2", "as3core1",
)  # fmt: skip


@cache
def answer(name: str) -> Any:
    path = DATA / "tests" / name
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    return json.loads(path.read_text(encoding="utf-8"))[0]


@cache
def device(path: Path) -> Device:
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    lines = console(path.read_bytes()).lines
    dialect = ASA if ASA.recognise([line.text for line in lines]) else IOS
    return dialect.read(lines)


def rows(found: Device, kind: type) -> list[Any]:
    return [row for row in found.rows if isinstance(row, kind)]


@pytest.mark.parametrize("node", NODES)
def test_interfaces_with_addresses_and_the_lists_bound_to_them(node: str) -> None:
    found = device(LIVE / f"{node}.cfg")
    theirs = set()
    for name, one in answer("basic/viModel.ref")["nodes"][node]["interfaces"].items():
        for address in one.get("allPrefixes") or [None]:
            theirs.add((name, address, one["adminUp"], one["vrf"], one.get("incomingFilter"), one.get("outgoingFilter")))
    lists = {(row.interface_in or row.interface_out, row.hook): row.label for row in rows(found, DeviceChain) if row.hook}
    ours = {
        (
            row.name, f"{row.address}/{row.prefix}" if row.address else None, row.enabled, row.vrf or "default",
            lists.get((row.name, "prerouting")), lists.get((row.name, "postrouting")),
        )
        for row in rows(found, DeviceInterface)
    }  # fmt: skip
    assert ours == theirs
    assert ours


@pytest.mark.parametrize("node", NODES)
def test_connected_networks_are_those_of_the_routing_table(node: str) -> None:
    found = device(LIVE / f"{node}.cfg")
    table = [one for one in answer("basic/routes.ref")["rows"] if one["Node"]["name"] == node]
    theirs = {(one["Network"], one["Next_Hop"]["interface"]) for one in table if one["Protocol"] == "connected"}
    ours = {
        (str(ip_interface(f"{row.address}/{row.prefix}").network), row.name)
        for row in rows(found, DeviceInterface)
        if row.address and row.enabled
    }
    assert ours == theirs
    # None of these routers has a static route; what their routing protocols learn is not in a configuration.
    assert not [one for one in table if one["Protocol"] == "static"]
    assert not rows(found, DeviceRoute)
    assert ("device_routes" in found.not_told) == any(one["Protocol"] not in ("connected", "local") for one in table)


Packet = tuple[str, int, int, int]
"""Protocol, source, destination, destination port."""


def listed(text: str | None) -> list[tuple[int, int]]:
    return ranges(text)


def ours_matches(rule: DeviceRule, packet: Packet) -> bool:
    protocol, source, destination, port = packet
    assert rule.unread is None
    assert rule.source_ports is None
    if rule.protocol is not None and protocol not in rule.protocol.split(","):
        return False
    if not any(first <= source <= last for first, last in listed(rule.sources)):
        return False
    if not any(first <= destination <= last for first, last in listed(rule.destinations)):
        return False
    return rule.destination_ports is None or str(port) in rule.destination_ports.split(",")


def space(text: str) -> tuple[int, int]:
    return ranges(text)[0]


def theirs_matches(line: dict[str, Any], packet: Packet) -> bool:
    protocol, source, destination, port = packet
    head = line["matchCondition"]["headerSpace"]
    assert set(head) <= {"negate", "srcIps", "dstIps", "ipProtocols", "dstPorts"}
    assert head["negate"] is False
    for side, value in (("srcIps", source), ("dstIps", destination)):
        if side in head:
            first, last = space(head[side]["ipWildcard"])
            if not first <= value <= last:
                return False
    if "ipProtocols" in head and protocol.upper() not in head["ipProtocols"]:
        return False
    return "dstPorts" not in head or any(
        first <= port <= last
        for first, _, last in ((int(a), b, int(c or a)) for a, b, c in (one.partition("-") for one in head["dstPorts"]))
    )


def packets(lines: list[dict[str, Any]], rules: list[DeviceRule]) -> list[Packet]:
    """One packet for each way conditions of either side can go: both ends of every range, and their neighbours outside."""
    points: dict[str, set[int]] = {"src": {0, 0xFFFFFFFF}, "dst": {0, 0xFFFFFFFF}}
    for line in lines:
        head = line["matchCondition"]["headerSpace"]
        for side in ("src", "dst"):
            if f"{side}Ips" in head:
                points[side] |= edges(*space(head[f"{side}Ips"]["ipWildcard"]))
    for rule in rules:
        for side, text in (("src", rule.sources), ("dst", rule.destinations)):
            for first, last in listed(text):
                points[side] |= edges(first, last)
    return list(itertools.product(("tcp", "udp", "icmp"), sorted(points["src"]), sorted(points["dst"]), (22, 23, 24, 80)))


def edges(first: int, last: int) -> set[int]:
    return {max(0, first - 1), first, last, min(0xFFFFFFFF, last + 1)}


@pytest.mark.parametrize("node", NODES)
def test_every_list_decides_every_packet_alike(node: str) -> None:
    found = device(LIVE / f"{node}.cfg")
    theirs = answer("basic/viModel.ref")["nodes"][node].get("ipAccessLists", {})
    ours = {row.label: row.chain for row in rows(found, DeviceChain) if row.hook is None}
    assert set(ours) == set(theirs)
    for name, chain in ours.items():
        rules = [row for row in rows(found, DeviceRule) if row.chain == chain]
        lines = theirs[name]["lines"]
        for packet in packets(lines, rules):
            mine = next((rule.decision for rule in rules if ours_matches(rule, packet)), "drop")
            other = next((line["action"] for line in lines if theirs_matches(line, packet)), "DENY")
            assert (mine == "accept") == (other == "PERMIT"), (name, packet)


def never_matched() -> dict[tuple[str, str], set[str]]:
    """Device and list → its lines that never match, as the other tool tells them. For a comparison with whatever finds them here."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in answer("basic/filterLineReachability.ref")["rows"]:
        for source in row["Sources"]:
            node, _, name = source.partition(": ")
            if node in NODES:
                found.setdefault((node, name), set()).add(" ".join(row["Unreachable_Line"].split()))
    return found


def test_lines_that_never_match() -> None:
    wanted = never_matched()
    found: dict[tuple[str, str], set[str]] = {}
    for node in NODES:
        configuration = device(LIVE / f"{node}.cfg")
        for chain in (row for row in rows(configuration, DeviceChain) if row.hook is None):
            rules = [row for row in rows(configuration, DeviceRule) if row.chain == chain.chain]
            used = set()
            for packet in packets([], rules):
                used.add(next((place for place, rule in enumerate(rules) if ours_matches(rule, packet)), None))
            idle = {" ".join((rule.rule or "").split()) for place, rule in enumerate(rules) if place not in used}
            if idle:
                found[node, chain.label or ""] = idle
    assert found == wanted
    assert len(wanted) == 2


UNITS = DATA / "tests" / "parsing-tests" / "networks" / "unit-tests" / "configs"
CONTEXTS = (
    "interface incoming ip access-list", "interface outgoing ip access-list", "line access-class list", "snmp server community ipv4 acl",
    "zone-pair service-policy type inspect", "interface zone-member security", "crypto map ipsec-isakmp acl", "extended access-list network object-group",
    "object nat real interface", "object nat mapped interface", "twice nat real interface", "twice nat mapped interface",
    "twice nat mapped destination network object", "twice nat mapped source network object", "twice nat real source network object",
    "twice nat real destination network object", "object nat mapped source network object", "policy-map type inspect class type inspect",
)  # fmt: skip
"""Kinds of references whose answer decides anything here; routing policy, quality of service and the like do not."""
THEIRS_ONLY = {
    ("asa_nat", "interface", 8),  # `static interface` in a destination is the address of an interface: no object is missing
    ("cisco_crypto", "someacl", 224),  # a crypto map that is bound to no interface is used by nothing
    ("cisco_crypto", "myvpnacl", 240),
    ("cisco_qos", "cinspect", 43),  # no interface is in a zone: the policy is used by nothing
    ("cisco_interface", "310-systems", 136),  # a command of IOS XR, which an IOS does not know
}
OURS_ONLY = {
    # Objects that are defined nowhere, in lines the other tool tells of as not supported and does not look into.
    ("asa_nat", "source-net", 6), ("asa_nat", "pool", 6), ("asa_nat", "net1", 7), ("asa_nat", "net2", 7), ("asa_nat", "source-net", 10),
    ("cisco_snmp", "21", 15),  # the list of IPv4 behind the one of IPv6
    ("asa_nat", "pool", 10), ("asa_nat", "source-mapped", 19), ("asa_nat", "WORD", 20),
}  # fmt: skip


def test_undefined_references() -> None:
    theirs = {
        (row["File_Name"].rpartition("/")[2], row["Ref_Name"], line)
        for row in answer("parsing-tests/unit-tests-undefined.ref")["rows"]
        if row["Context"] in CONTEXTS
        for line in row["Lines"]["lines"]
    }
    ours = set()
    for name in sorted({one[0] for one in theirs}):
        for problem in device(UNITS / name).problems:
            if problem.expected.endswith("which is defined nowhere"):
                ours.add((name, problem.expected.removesuffix(", which is defined nowhere").split(" ")[-1], problem.line))
    assert theirs - ours == THEIRS_ONLY
    assert ours - theirs == OURS_ONLY
    assert len(ours & theirs) >= 40


def test_the_number_zero_is_an_address() -> None:
    assert ip4(".".join("0000")) == 0
