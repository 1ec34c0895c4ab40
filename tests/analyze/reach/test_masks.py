"""Where a device sends what."""

from __future__ import annotations

from small import device

from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.ranges import address_number
from omamori.model.device import DeviceRoute


def ways(rows, destination):
    network = network_of([*device(), *rows])
    masks = Masks(network)
    at = masks.space.address.at(address_number(destination) or 0)
    found = [branch for branch in masks.branches(network.devices[0], None) if branch.destinations & at]
    return sorted((hop.out.name, hop.gateway is not None, bool(branch.doubt)) for branch in found for hop in branch.hops)


def route(destination, gateway, **more):
    return DeviceRoute(asset="fw", destination=destination, gateway=gateway, **more)


def test_the_longest_prefix_then_the_least_distance_and_equal_ones_share():
    rows = [
        route("0.0.0.0/0", "10.1.0.9", distance=1),
        route("10.9.0.0/16", "10.2.0.9", distance=5),
        route("10.9.0.0/16", "10.1.0.9", distance=9),
    ]
    assert ways(rows, "10.9.1.1") == [("eth1", True, False)]
    assert ways(rows, "10.8.1.1") == [("eth0", True, False)]
    assert ways(rows, "10.2.0.7") == [("eth1", False, False)]
    assert len(ways([*rows, route("0.0.0.0/0", "10.2.0.9", distance=1)], "10.8.1.1")) == 2


def test_a_route_thrown_away_and_one_that_may_not_hold():
    rows = [route("0.0.0.0/0", "10.1.0.9"), route("10.9.0.0/16", None, discard=True), route("10.8.0.0/16", "10.2.0.9", condition="track 1")]
    assert ways(rows, "10.9.0.1") == []
    assert ways(rows, "10.8.0.1") == [("eth0", True, True), ("eth1", True, True)]
