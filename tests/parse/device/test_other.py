"""What no reader knows of a network device: recognised, counted, told, and nothing of it stored; other texts are left alone."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_survey import survey
from omamori.model.device import DeviceFact, DeviceUnread
from omamori.parse.device.other import CONFIGURATION, KIND, PARSERS, UNREAD, is_configuration, named_command, parse, recognise, redact
from omamori.parse.interface import Context
from omamori.parse.registry import RECOGNISE_BYTES
from omamori.parse.registry import recognise as whoever

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig"
ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 6, 1, 9)
SESSION = b"""\
login as: admin
core1>enable
Password: himitsu
core1#show environment power
Unit  Serial   State
1     HIMITSU1 good

core1#show version | include HIMITSU
Version 9.9 HIMITSU
core1#configure terminal
core1(config)#username vendor secret HIMITSU
"""
CONFIG = b"""\
hostname agg-7
!
interface Ethernet1/1
  description HIMITSU
  ip address 10.1.1.1/24
snmp-server community HIMITSU ro
username vendor secret HIMITSU
!
"""


def read(data: bytes, name: str = "") -> list[tuple[str, int, str]]:
    parsed = parse(redact(data).data, Context(KIND, NOW, NOW, file_name=name))
    return [(row.text, row.line, row.concerns) for row in parsed.rows if isinstance(row, DeviceUnread)]


def test_a_session_is_counted_by_command() -> None:
    assert recognise(SESSION, "putty.log")
    assert read(SESSION) == [
        ("? (1 lines)", 2, "nothing"),
        ("show environment power (2 lines)", 4, "nothing"),
        ("? (1 lines)", 8, "nothing"),
    ]


def test_nothing_of_it_is_stored_but_names_and_commands() -> None:
    stored = redact(SESSION).data
    assert b"himitsu" not in stored.lower() and b"core1#show environment power" in stored
    assert stored.count(b"\n") == SESSION.count(b"\n")
    assert redact(stored).data == stored


def test_a_configuration_nobody_knows() -> None:
    assert recognise(CONFIG, "x.txt")
    stored = redact(CONFIG).data
    assert b"HIMITSU" not in stored and stored.count(b"\n") == CONFIG.count(b"\n") and CONFIGURATION.encode() in stored
    assert redact(stored).data == stored
    assert read(CONFIG) == [("configuration (7 lines)", 1, "device_rules")]


def test_what_is_told() -> None:
    parsed = parse(redact(CONFIG).data, Context(KIND, NOW, NOW, file_name="x.txt"))
    fact = next(row for row in parsed.rows if isinstance(row, DeviceFact))
    assert (fact.hostname, fact.lines, fact.lines_unread) == ("agg-7", 7, 7)
    assert parsed.identifiers == ("name:agg-7",)
    assert {(look.table, look.complete, look.reason) for look in parsed.looks} == {
        ("device_facts", False, "not_understood"), ("device_unread", False, "not_understood"),
    }  # fmt: skip
    assert "7 lines" in parsed.problems[0].expected and "7行" in parsed.problems[0].expected_ja


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("sw1_show_interfaces_status.txt", "show interfaces status"),
        ("cisco_ios_show_version2.raw", "show version"),
        ("fw1-get_system_status.log", "get system status"),
        ("mikrotik_ip_route_print.txt", "ip route print"),
        ("cisco_asa_dir.txt", "dir"),
        ("show-tech.json", ""),
        ("minutes of the meeting.txt", ""),
        ("showroom.txt", ""),
        ("ping results.txt", ""),
    ],
)
def test_names_of_files(name: str, command: str) -> None:
    assert named_command(name) == command


@pytest.mark.parametrize(
    "text",
    [
        "set -e\nset -u\nset -o pipefail\necho hello\n", "interface Foo {\n  void bar();\n}\n", "Dear all,\nset the alarm and show the door.\n",
        "[Interface]\nAddress = 10.0.0.1/24\n", "# show me\nuser admin\n", "hostname\n", "ip address of the server: 10.0.0.1\nvlan 5 is the office\n",
    ],
)  # fmt: skip
def test_other_texts(text: str) -> None:
    assert not recognise(text.encode(), "notes.txt")


def test_no_file_of_the_project_is_taken() -> None:
    taken = []
    files = [
        path
        for folder in ("src", "docs", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".sql", ".md", ".yaml", ".json", ".csv") and path != Path(__file__)
    ]
    assert len(files) > 1_000
    for path in files:
        head = path.read_bytes()[:RECOGNISE_BYTES]
        if recognise(head, path.name) and (parser := whoever(head, path.name)) is not None and parser.kind == KIND:
            taken.append(str(path))
    assert taken == []


def test_others_are_asked_first() -> None:
    arp = b"sw1#show arp\nProtocol  Address          Age (min)  Hardware Addr   Type   Interface\nInternet  10.1.1.1  5  0050.56aa.bbcc  ARPA   Vlan1\n"
    parser = whoever(arp, "sw1_show_arp.txt")
    assert recognise(arp, "sw1_show_arp.txt") and parser is not None and parser.kind == "network.console"
    assert PARSERS[0].last


@given(st.binary(max_size=600))
def test_any_bytes(data: bytes) -> None:
    recognise(data, "x")
    stored = redact(data).data
    for name in ("", "x_show_version.txt"):
        parse(stored, Context(KIND, NOW, NOW, file_name=name))


def test_what_a_management_server_answers_is_counted() -> None:
    answer = b'{\n  "rulebase" : [ {\n    "uid" : "1",\n    "type" : "access-rule",\n    "domain" : {\n      "domain-type" : "domain"\n    },\n    "name" : "HIMITSU"\n  } ]\n}\n'
    assert recognise(answer, "show-access-rulebase.json")
    assert read(answer) == [("configuration (10 lines)", 1, "device_rules")]
    assert b"HIMITSU" not in redact(answer).data
    assert not recognise(b'{\n  "type": "domain",\n  "kind": "domain-type"\n}\n', "x.json")


@pytest.mark.parametrize(
    "text", ["set system host-name edge1\nset system services ssh\n", "!\nhostname  sw1\n!\naaa new\n", "!\n hostname sw1\n !\n aaa new\n"]
)
def test_a_name_and_marks_are_enough(text: str) -> None:
    assert is_configuration(text.split("\n"))


def test_few_lines_are_no_configuration() -> None:
    assert not is_configuration(["hostname a"]) and not is_configuration([]) and not is_configuration([UNREAD] * 9)


NOT_TAKEN = {"ntc-templates": 3, "batfish": 2, "yamaha": 0}
"""Files nobody takes when this was written: an empty one, one whose name says nothing, fragments of a few lines. May only shrink."""


def test_every_real_file_is_taken_in_or_known_not_to_be() -> None:
    if not DATA.exists():
        pytest.skip(f"real captures are not here: {DATA}")
    missing: dict[str, int] = dict.fromkeys(NOT_TAKEN, 0)
    for name, platform in survey(DATA).items():
        missing[name.split("/")[0]] += len(platform.missing)
        assert platform.broken == [], name
        assert platform.unread <= platform.lines, name
    assert all(count <= NOT_TAKEN[name] for name, count in missing.items()), missing
