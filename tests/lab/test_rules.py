"""The rule sets, as text: what each way of answering and each rule becomes. That they work is tests/system/test_lab.py."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from omamori.lab.description import SHAPES, Shape
from omamori.lab.interface import Port
from omamori.lab.reader import built_in, read_hospital
from omamori.lab.rules import ruleset
from omamori.lab.serving import ports_of

PORTS: Mapping[str, tuple[Port, ...]] = {
    "db": (Port("tcp", 5432, "database"), Port("udp", 161, "management")),
    "edge": (Port("tcp", 22, "remote-shell"),),
}


def lines(files: dict[str, str], shape: Shape, host: str) -> list[str]:
    hospital = read_hospital(files, shape)
    return [line.strip() for line in (ruleset(hospital, hospital.hosts[host], PORTS) or "").splitlines()]


def test_a_host_that_answers_everything_has_no_rules(files: dict[str, str]) -> None:
    assert lines(files, "healthy", "www") == []


def test_no_ping_drops_nothing_else(files: dict[str, str]) -> None:
    found = lines(files, "sick", "db")
    assert "type filter hook input priority filter; policy accept;" in found
    assert [line for line in found if "drop" in line] == ["icmp type echo-request drop"]


def test_ports_lets_in_those_it_admits(files: dict[str, str]) -> None:
    found = lines(files, "healthy", "db")
    assert "type filter hook input priority filter; policy drop;" in found
    assert "ip saddr { 10.10.1.0/27 } tcp dport { 5432 } accept" in found
    assert "ip saddr { 10.10.1.0/27 } udp dport { 161 } accept" in found


def test_arp_lets_nothing_new_in(files: dict[str, str]) -> None:
    found = lines(files, "healthy", "pc")
    assert [line for line in found if "accept" in line] == ["iif lo accept", "ct state established,related accept"]


def test_a_firewall_passes_what_its_rules_say_and_logs_both(files: dict[str, str]) -> None:
    found = lines(files, "healthy", "edge")
    service = 'ip saddr { 10.201.0.0/27 } ip daddr { 10.10.0.10 } %s log prefix "ACCEPT rule 2 " group 5 accept'
    assert service % "tcp dport { 22 }" in found
    assert service % "udp dport { 53 }" in found
    assert found[found.index(service % "udp dport { 53 }") + 1] == 'log prefix "DROP " group 5'
    assert "type filter hook forward priority filter; policy drop;" in found


def test_the_way_out_hides_the_inside_and_publishes_what_may_come_in(files: dict[str, str]) -> None:
    found = lines(files, "healthy", "edge")
    assert "oifname internet masquerade" in found
    assert "iifname internet ip daddr 10.200.0.2 tcp dport 443 dnat ip to 10.10.0.10" in found


def test_only_the_vendor_may_call_a_restricted_line(files: dict[str, str]) -> None:
    assert "udp dport 51820 ip saddr != { 10.200.0.9 } drop" in lines(files, "healthy", "edge")
    assert not [line for line in lines(files, "sick", "edge") if "51820" in line]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_sick_core_filters_nothing_and_the_healthy_one_does(shape: Shape) -> None:
    hospital = built_in(shape)
    rules = ruleset(hospital, hospital.hosts["core"], ports_of(hospital))
    assert (rules is None) == (shape == "sick")
