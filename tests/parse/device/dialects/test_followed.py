"""Single packets through the rows of the samples: what their makers' guides say becomes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.parse.device.dialects.fortios_sample import SAMPLE, context
from tests.parse.device.dialects.panos.test_init import XML
from tests.parse.device.dialects.pfsense.test_init import SAMPLE as PFSENSE

from omamori.analyze.reach.ask import Answer, ask
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Start
from omamori.parse.device.config import parse


def packet(text: str, interface: str, protocol: str, source: str, destination: str, port: int | None) -> Answer:
    network = network_of([replace(row, asset="fw") for row in parse(text.encode(), context()).rows])
    return ask(network, Start("interface", device="fw", interface=interface), protocol, source, destination, port)


@pytest.mark.parametrize(
    ("interface", "protocol", "source", "destination", "port", "reach"),
    [
        ("wan1", "tcp", "198.51.100.9", "203.0.113.3", 8443, "open"),  # the virtual address, at the port that is forwarded
        ("wan1", "tcp", "198.51.100.9", "203.0.113.3", 443, "none"),
        ("wan1", "tcp", "198.51.100.9", "10.20.0.30", 443, "none"),  # the real address is not what the policy is for
        ("wan1", "tcp", "198.51.100.9", "203.0.113.2", 10443, "open"),  # the door of SSL-VPN
        ("wan1", "tcp", "198.51.100.9", "203.0.113.2", 22, "open"),  # administration from anywhere
        ("wan1", "tcp", "198.51.100.9", "203.0.113.2", 23, "none"),
        ("ssl.root", "tcp", "10.212.134.201", "10.20.0.12", 5901, "open"),
        ("ssl.root", "tcp", "10.212.134.201", "10.20.0.12", 3389, "none"),
        ("ssl.root", "tcp", "10.212.134.201", "10.20.0.99", 22, "unknown"),  # perhaps the name in the group stands for it
        ("ssl.root", "tcp", "10.9.9.9", "10.20.0.12", 22, "none"),
        ("internal", "tcp", "10.10.0.5", "203.0.113.1", 443, "open"),
        ("internal", "tcp", "10.10.0.5", "198.51.100.80", 443, "unknown"),  # let through; what lies beyond the next router was not read
        ("internal", "tcp", "10.10.0.5", "198.51.100.80", 80, "none"),
        ("internal", "tcp", "10.10.0.5", "10.20.0.12", 22, "none"),
    ],
)
def test_fortigate(interface: str, protocol: str, source: str, destination: str, port: int, reach: str) -> None:
    # The second way out of the sample gets its address from outside: which of the two defaults counts is another question.
    text = SAMPLE.replace("        set mode pppoe\n", "")
    answer = packet(text, interface, protocol, source, destination, port)
    assert answer.reach == reach, answer


def test_the_translated_packet_arrives_at_the_real_address() -> None:
    answer = packet(SAMPLE, "wan1", "tcp", "198.51.100.9", "203.0.113.3", 8443)
    assert answer.delivered_to == ("10.20.0.30", 443)
    assert [(one.chain, one.rule) for one in answer.rules][:2] == [("vip", "pacs-web"), ("policy", "3 PACS from outside")]


@pytest.mark.parametrize(
    ("interface", "source", "destination", "port", "reach"),
    [
        ("wan", "198.51.100.9", "203.0.113.2", 8443, "open"),
        ("wan", "198.51.100.9", "203.0.113.2", 443, "none"),
        (
            "wan",
            "192.168.1.9",
            "203.0.113.2",
            8443,
            "open",
        ),  # a port forward that passes by itself comes before the block of private sources
        ("lan", "10.10.0.5", "10.20.0.10", 5901, "open"),
        ("lan", "10.10.0.5", "10.20.0.12", 5901, "none"),
        ("lan", "10.10.0.5", "10.10.0.1", 4443, "open"),
        ("opt1", "10.20.0.5", "10.10.0.5", 80, "none"),
    ],
)
def test_pfsense(interface: str, source: str, destination: str, port: int, reach: str) -> None:
    text = PFSENSE.replace("<source><address>feeds</address></source>", "<source><address>192.0.0.0/30</address></source>")
    assert packet(text, interface, "tcp", source, destination, port).reach == reach


@pytest.mark.parametrize(
    ("interface", "source", "destination", "port", "reach"),
    [
        ("ethernet1/1", "203.0.113.5", "203.0.113.3", 443, "open"),
        ("ethernet1/1", "203.0.113.5", "203.0.113.3", 80, "none"),
        ("ethernet1/1", "203.0.113.5", "10.20.0.30", 443, "none"),
        ("ethernet1/2", "10.20.0.5", "203.0.113.4", 443, "none"),
    ],
)
def test_pan_os(interface: str, source: str, destination: str, port: int, reach: str) -> None:
    assert packet(XML, interface, "tcp", source, destination, port).reach == reach
