"""What the records mean: who was seen, what a port not listed is, what a machine told of itself."""

from __future__ import annotations

import pytest

from omamori.parse.nmap import facts
from omamori.parse.nmap.records import ExtraPorts, Host, Port, Run, Script


def _port(number: int = 22, state: str = "open", reason: str = "syn-ack", **service: str) -> Port:
    return Port("tcp", number, state, reason, 1, service)


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        (Host(1, status="up", reason="arp-response"), "arp-response"),
        (Host(1, status="up", reason="user-set"), None),
        (Host(1, status="up", reason="user-set", ports=(_port(state="filtered", reason="no-response"),)), None),
        (Host(1, status="up", reason="user-set", ports=(_port(state="filtered", reason="host-unreach"),)), None),
        (Host(1, status="up", reason="user-set", ports=(_port(state="open|filtered", reason="no-response"),)), None),
        (Host(1, status="up", reason="user-set", ports=(_port(state="closed", reason="reset"),)), "reset"),
        (Host(1, status="up", reason="user-set", ports=(_port(23, "closed", "reset"), _port(22))), "syn-ack"),
        (Host(1, status="up", reason="user-set", extra=(ExtraPorts("closed", (("tcp", "1-9", "reset"),)),)), "reset"),
        (Host(1, status="up", reason="user-set", extra=(ExtraPorts("filtered", (("tcp", "1-9", "no-response"),)),)), None),
        (Host(1, status="down", reason="no-response"), None),
        (Host(1, ports=(_port(),)), "syn-ack"),
        (Host(1), None),
        (Host(1, status="unknown"), None),
    ],
)
def test_up_alone_is_not_seen(host: Host, answer: str | None) -> None:
    assert facts.seen(host) == (answer is not None)
    if answer is not None:
        assert facts.answered_with(host) == answer


def test_names_are_those_found_not_domains_or_addresses() -> None:
    assert facts.hostname_of(Host(1, hostnames=(("asked.example", "user"), ("PC-1.hospital.example", "PTR")))) == "pc-1"
    assert facts.hostname_of(Host(1, hostnames=(("asked.example", "user"),))) == "asked"
    assert facts.hostname_of(Host(1, hostnames=(("10.0.0.1", "user"),))) is None
    assert facts.hostname_of(Host(1)) is None
    assert facts.told_name(Host(1, hostnames=(("pc-1", "PTR"),))) is None
    told = Script("smb-os-discovery", "\n  OS: Windows XP (Windows 2000 LAN Manager)\n  NetBIOS computer name: HOMEUSER\\x00\n")
    assert facts.told_name(Host(1, scripts=(told,))) == "homeuser"
    assert facts.system_of(Host(1, scripts=(told,), system="Linux 4", accuracy=90)) == ("Windows XP", None)


def test_systems_come_with_how_sure_the_scanner_is() -> None:
    assert facts.system_of(Host(1, system="Linux 4.15", accuracy=93)) == ("Linux 4.15", 93)
    assert facts.system_of(Host(1, ports=(_port(method="probed", ostype="Linux"), _port(method="table", ostype="Windows")))) == (
        "Linux",
        None,
    )
    assert facts.system_of(Host(1, ports=(_port(method="probed", ostype="Linux"), _port(method="probed", ostype="Windows")))) == (
        None,
        None,
    )


def test_hardware_and_addresses_are_written_alike() -> None:
    host = Host(1, addresses=(("FE80:0::1", "ipv6"), ("00-1B-63-AA-BB-CC", "mac")))
    assert facts.address_of(host) == "fe80::1"
    assert facts.mac_of(host) == "00:1b:63:aa:bb:cc"
    assert facts.address_of(Host(1, addresses=(("IP", "ipv4"),))) == ""
    assert facts.mac_of(Host(1, addresses=(("xx", "mac"),))) is None


def test_ports_not_listed_have_the_state_of_the_rest_of_their_protocol() -> None:
    extra = (
        ExtraPorts("closed", (("tcp", "1-9", "reset"),)),
        ExtraPorts("filtered", (("tcp", "10", "no-response"),)),
        ExtraPorts("open|filtered", (("udp", "53", "no-response"),)),
    )
    assert facts.rest_states(Host(1, extra=extra)) == {"tcp": "closed|filtered", "udp": "open|filtered"}
    assert facts.rest_states(Host(1, extra=(ExtraPorts("closed"),))) == {"": "closed"}


def test_ports_are_asked_only_of_a_host_that_was_scanned_to_its_end() -> None:
    run = Run(1, asked={"tcp": "1-100", "ip": "1-5"})
    assert facts.asked_ports(run, Host(1, ports_told=True)) == {"tcp": ((1, 100),)}
    for host in (Host(1), Host(1, ports_told=True, whole=False), Host(1, ports_told=True, timed_out=True)):
        assert facts.asked_ports(run, host) == {}


def test_addresses_asked_are_believed_only_where_the_count_agrees() -> None:
    run = Run(1, scanner="nmap", arguments="nmap 10.0.0.0/30", total=4)
    assert facts.asked_addresses(run, ())[1] is not None
    assert facts.asked_addresses(Run(1, scanner="nmap", arguments="nmap 10.0.0.0/30", total=9), ())[1] is None
    by_list = Run(1, scanner="nmap", arguments="nmap -iL x", total=1)
    assert facts.asked_addresses(by_list, ())[1] is None
    ranges = facts.asked_addresses(by_list, ("10.0.0.9",))[1]
    assert ranges is not None
    assert [str(first) for first, _ in ranges] == ["10.0.0.9"]
    assert facts.asked_addresses(Run(1, scanner="masscan", arguments="nmap 10.0.0.0/30", total=4), ())[1] is None


def test_a_run_has_one_identifier() -> None:
    assert facts.run_identifier("nmap", 5, "nmap -sS") == facts.run_identifier("nmap", 5, "nmap -sS")
    assert len({facts.run_identifier("nmap", 5, "a"), facts.run_identifier("nmap", 6, "a"), facts.run_identifier("nmap", 5, "b")}) == 3


def test_words_of_a_machine_are_one_bounded_line() -> None:
    assert facts.one_line(" a\r\n\x1b[31mb\u202ec\t") == "a [31mb c"
    assert len(facts.one_line("x" * 10_000)) == 300
    assert facts.encrypted(_port(tunnel="ssl")) is True
    assert facts.encrypted(_port(method="probed")) is False
    assert facts.encrypted(_port(method="table")) is None
