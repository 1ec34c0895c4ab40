"""What a command line says was asked, and ports as ranges."""

from __future__ import annotations

import itertools
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.nmap.targets import address_ranges, asked_of, holds, port_ranges


@pytest.mark.parametrize(
    ("arguments", "targets"),
    [
        ("nmap -sS -p 22,80 -oX a.xml 10.0.0.0/24 10.1.0.5", ("10.0.0.0/24", "10.1.0.5")),
        ("nmap -Pn -n -sT -p1-100 -T4 --open -vv -oX - 10.0.0.1", ("10.0.0.1",)),
        (
            "/usr/bin/nmap --datadir /x/y -sU --top-ports 20 --max-rate=5 -O --script safe --script-args [secret: script-args, set] 10.0.0.1",
            ("10.0.0.1",),
        ),
        ("nmap -e eth0 -S 10.9.9.9 -g 53 -PS22,80 -PE --dns-servers 10.0.0.53 fe80::1", ("fe80::1",)),
        ("nmap -A -d1 --reason --traceroute --scan-delay 1s 10.0.0.1-3", ("10.0.0.1-3",)),
    ],
)
def test_targets_are_told_from_options_and_their_values(arguments: str, targets: tuple[str, ...]) -> None:
    asked = asked_of(arguments)
    assert asked.targets == targets
    assert asked.ranges is not None


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "nmap",
        "nmap -sS -oX a.xml",
        "nmap -iL list.txt",
        "nmap -iR 10 10.0.0.1",
        "nmap scanme.example 10.0.0.1",
        "nmap --excludefile x 10.0.0.0/24",
        "nmap --exclude printer.example 10.0.0.0/24",
        "nmap --unheard-of 10.0.0.5 10.0.0.0/24",
        "nmap --resume scan.xml",
        "nmap 10.0-255.0-255.1,3,5,7",
    ],
)
def test_what_the_line_does_not_tell_is_not_guessed(arguments: str) -> None:
    assert asked_of(arguments).ranges is None


def _holds(target: str, address: str) -> bool:
    number = ip_address(address)
    ranges = asked_of(f"nmap {target}").ranges or ()
    return any(first.version == number.version and int(first) <= int(number) <= int(last) for first, last in ranges)


@pytest.mark.parametrize(
    ("target", "inside", "outside"),
    [
        ("10.0.0.0/24", "10.0.0.255", "10.0.1.0"),
        ("10.0.0.7/24", "10.0.0.0", "10.0.1.0"),
        ("10.0.0,2.1-3", "10.0.2.3", "10.0.1.2"),
        ("10.0.-.5", "10.0.200.5", "10.0.200.6"),
        ("10.0.0.*", "10.0.0.9", "10.0.1.9"),
        ("10.0.0.250-", "10.0.0.255", "10.0.0.249"),
        ("fd00::/120", "fd00::ff", "fd00::100"),
        ("10.0.0.0/24 --exclude 10.0.0.64/26", "10.0.0.63", "10.0.0.64"),
        ("10.0.0.0/24 --exclude 10.0.0.64/26", "10.0.0.128", "10.0.0.127"),
        ("10.0.0.0/24 --exclude 10.0.0.0/25,10.0.0.200", "10.0.0.199", "10.0.0.200"),
    ],
)
def test_ranges_hold_what_nmap_asks(target: str, inside: str, outside: str) -> None:
    assert _holds(target, inside)
    assert not _holds(target, outside)


@pytest.mark.parametrize("target", ["10.0.0.256", "10.0.0.5-2", "10.0.0", "host", "10.0.0.1.2", "1..2.3", "10.0.0.1,", "", "٣.0.0.1"])
def test_what_is_no_address_has_no_range(target: str) -> None:
    assert address_ranges(target) is None


def test_ports_become_ranges_in_order() -> None:
    assert port_ranges("22,80-82,1,2,81-90") == ((1, 2), (22, 22), (80, 90))
    assert port_ranges("") == port_ranges("x,9-3,70000,-5,٣") == ()


@given(st.lists(st.tuples(st.integers(0, 65535), st.integers(0, 40)), max_size=30), st.integers(0, 65535))
def test_a_port_is_held_when_one_part_names_it(parts: list[tuple[int, int]], port: int) -> None:
    pairs = [(low, min(low + more, 65535)) for low, more in parts]
    ranges = port_ranges(",".join(f"{low}-{high}" for low, high in pairs))
    assert holds(ranges, port) == any(low <= port <= high for low, high in pairs)
    assert all(one[1] + 1 < other[0] for one, other in itertools.pairwise(ranges))
