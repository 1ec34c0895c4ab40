"""Packets through real configurations: what the two zones of an example reach, and that both engines say the same of all of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from ipaddress import ip_address

import pytest
from examples import DATA, example, firewalls

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.follow import Packets, follow
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Network, Start
from omamori.model.device import DeviceRule
from omamori.parse.device.registry import dialect_of
from omamori.parse.network.lines import console

ZONE1, ZONE2, INTERNET = (Start("zone", network=f"10.0.{number}.0/24") for number in (3, 4, 8))


@pytest.mark.parametrize(
    ("start", "protocol", "source", "destination", "port", "source_port", "reach"),
    [
        (ZONE1, "tcp", "10.0.3.50", "10.0.4.20", 3389, None, "open"),  # the zones reach each other, whatever the port
        (ZONE2, "udp", "10.0.4.50", "10.0.3.21", 161, None, "open"),
        (ZONE1, "icmp", "10.0.3.50", "10.0.4.21", 8, None, "open"),
        (ZONE1, "tcp", "10.0.3.50", "10.0.8.10", 443, None, "one-way"),  # zone 1 lets in answers of zone 2 only
        (ZONE2, "tcp", "10.0.4.50", "10.0.8.10", 443, None, "open"),  # the web, to the one host
        (ZONE2, "tcp", "10.0.4.50", "10.0.8.10", 22, None, "one-way"),
        (ZONE2, "udp", "10.0.4.50", "10.0.8.10", 443, None, "one-way"),
        (ZONE2, "tcp", "10.0.4.50", "10.0.8.11", 443, None, "one-way"),  # no other host may answer
        (INTERNET, "tcp", "10.0.8.11", "10.0.4.20", 443, None, "none"),
        (INTERNET, "tcp", "10.0.8.11", "10.0.3.20", 443, None, "none"),
    ],
)
def test_what_the_zones_reach_is_what_their_filters_say(
    start: Start, protocol: str, source: str, destination: str, port: int, source_port: int | None, reach: str
) -> None:
    assert ask(firewalls(), start, protocol, source, destination, port, source_port).reach == reach
    number = {"icmp": 1, "tcp": 6, "udp": 17}[protocol]
    numbers = int(ip_address(source)), int(ip_address(destination))
    found = follow(firewalls(), start)
    assert next((one.reach for one in found if one.holds(number, *numbers, port)), "none") == reach


def test_a_filter_without_state_lets_in_whoever_picks_the_right_source_port() -> None:
    """The answers of the web are let into zone 2 by their source port: the Internet host reaches any service from port 80."""
    inner = replace(INTERNET, kind="interface", network=None, device="r3", interface="eth2", sources="10.0.8.10")
    for destination, source_port, reach in (
        ("10.0.4.20", 80, "open"), ("10.0.4.20", 443, "open"), ("10.0.4.20", 40000, "none"),
        ("10.0.4.21", 80, "none"), ("10.0.4.21", 443, "open"),  # one machine refuses port 80, and forgets 443
    ):  # fmt: skip
        assert ask(firewalls(), inner, "tcp", "10.0.8.10", destination, 3389, source_port).reach == reach
    found = follow(firewalls(), inner)
    for destination in ("10.0.4.20", "10.0.4.21"):
        assert any(one.holds(6, int(ip_address("10.0.8.10")), int(ip_address(destination)), 3389) and one.reach == "open" for one in found)


NETCONFIG = DATA.parent
PACKETS, MOST_RULES = 40, 400


@cache
def configurations() -> dict[str, Network]:
    """Every configuration of the real ones that has rules and interfaces, as a network of one device."""
    found = {}
    for path in sorted(NETCONFIG.rglob("*")):
        if not path.is_file() or path.suffix in (".yml", ".json", ".ref", ".png", ".md"):
            continue
        lines = console(path.read_bytes()).lines
        dialect = dialect_of([line.text for line in lines[:400]])
        if dialect is None:
            continue
        read = dialect.read(lines)
        rules = sum(isinstance(row, DeviceRule) for row in read.rows)
        if 0 < rules <= MOST_RULES:
            rows = [replace(row, asset="fw") for row in (replace(read.fact, system=dialect.system), *read.rows)]
            network = network_of(rows)
            if network.devices and network.devices[0].nics:
                found[str(path.relative_to(NETCONFIG))] = network
    return found


def packet(network: Network, chance: random.Random) -> tuple[Start, str, int, int, int]:
    """A packet at the edges of what the rules and interfaces name, and the interface it comes in by."""
    device = network.devices[0]
    rules = [rule for chain in device.chains for rule in chain.rules]
    points = [nic.address for nic in device.nics if nic.address is not None] or [1]
    points += [int(ip_address("198.51.100.7")), *(nic.first + 7 for nic in device.nics if nic.last - nic.first > 8)]
    ports = [22, 53, 443, 40000]
    for rule in chance.sample(rules, min(len(rules), 20)):
        for ranges in (rule.sources, rule.destinations, rule.to_addresses):
            points += [value for first, last in (ranges or ())[:8] for value in (first, last)]
        ports += [value for first, last in (rule.destination_ports or ())[:8] for value in (first, last, min(last + 1, 65535))]
    protocol = chance.choice(("tcp", "tcp", "udp", "icmp"))
    port = chance.choice((0, 3, 8, 13)) if protocol == "icmp" else chance.choice(ports)
    return (
        Start("interface", device=device.name, interface=chance.choice(device.nics).name),
        protocol,
        chance.choice(points),
        chance.choice(points),
        port,
    )


def test_both_engines_say_the_same_of_real_configurations() -> None:
    if not NETCONFIG.exists():
        pytest.skip(f"real captures are not here: {NETCONFIG}")
    asked, told = 0, Counter[str]()
    for name, network in configurations().items():
        chance = random.Random(name)
        for _ in range(PACKETS):
            start, protocol, source, destination, port = packet(network, chance)
            answer = ask(network, start, protocol, str(ip_address(source)), str(ip_address(destination)), port)
            limits = Packets(sources=str(ip_address(source)), destinations=str(ip_address(destination)), protocol=protocol)
            number = {"icmp": 1, "tcp": 6, "udp": 17}[protocol]
            found = [one.reach for one in follow(network, start, limits) if one.holds(number, source, destination, port)]
            reach = found[0] if found else "none"
            # What a rule that was not understood leaves open is unknown to the sets, even where every way it could be agrees.
            assert reach in (answer.reach, "unknown"), (name, start, protocol, source, destination, port, answer)
            doubtful = any(rule.doubt or rule.decision == "unknown" for chain in network.devices[0].chains for rule in chain.rules)
            assert reach == answer.reach or doubtful or answer.doubt, (name, start, protocol, source, destination, port, reach, answer)
            asked += 1
            told[reach] += 1
    assert asked > 5000
    assert min(told[reach] for reach in ("open", "one-way", "unknown", "none")) > 20, told


@pytest.mark.parametrize(("build", "most"), [(example, 12), (firewalls, 60)])
def test_both_engines_say_the_same_of_whole_example_networks(build: Callable[[], Network], most: int) -> None:
    """Thirteen routers with the routing tables their protocols lead to, and two machines; and the two zones."""
    network = build()
    chance = random.Random(7)
    nics = [nic for device in network.devices for nic in device.nics if nic.address is not None]
    told = Counter[str]()
    for zone in sorted({(nic.first, nic.last) for nic in nics if nic.last - nic.first > 8}):
        start = Start("zone", network=f"{ip_address(zone[0])}/24")
        found = follow(network, start)
        for _ in range(most):
            source, near = zone[0] + 77, chance.choice(nics)
            destination = chance.choice((near.address or 0, near.first + 50))
            protocol, port = chance.choice((("tcp", 22), ("tcp", 80), ("udp", 53), ("udp", 161), ("icmp", 8)))
            answer = ask(network, start, protocol, str(ip_address(source)), str(ip_address(destination)), port)
            number = {"icmp": 1, "tcp": 6, "udp": 17}[protocol]
            reach = next((one.reach for one in found if one.holds(number, source, destination, port)), "none")
            assert reach == answer.reach, (start, protocol, destination, port, answer)
            told[reach] += 1
    assert told["open"] > 10
    assert told["none"] > 10
