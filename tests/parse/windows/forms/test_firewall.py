"""Windows Firewall in hand-typed output: the labels of a real Japanese Windows, ports by name, conditions, and what is never whole."""

from __future__ import annotations

import csv
import io
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.decode import decode
from omamori.parse.windows.forms.firewall_profiles import HEADERS
from omamori.parse.windows.forms.firewall_rows import Rule, addresses, limited_to, ports, rows
from omamori.parse.windows.forms.firewall_rules import LABELS, WORDS
from omamori.parse.windows.session import read_session
from omamori.parse.windows.values import yes

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "windows" / "netsh-labels"
NOW = datetime(2026, 6, 1, 9)
RULER = "-" * 70


def read(text: str) -> Parsed:
    (piece,) = read_session(text.replace("\n", "\r\n").encode()).pieces
    return read_piece(piece, Context(kind="windows.commands", seen=NOW, received=NOW))


def labels(name: str) -> list[dict[str, str]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    return list(csv.DictReader(io.StringIO(decode(path.read_bytes()).text), delimiter="\t"))


@pytest.mark.parametrize("name", ["LABELS_netsh_ja_en.tsv", "LABELS_netsh_ja_en.cp932-crlf.tsv"])
def test_every_label_of_a_japanese_windows_is_understood(name: str) -> None:
    table = labels(name)
    assert len(table) == 54
    for row in table:
        english, japanese, kind, meaning = row["en"], row["ja"], row["kind"], row["netsh_parameter"]
        if kind == "rule":
            assert LABELS[english.lower()] == LABELS[japanese.lower()]
        elif kind == "profile_header":
            assert HEADERS[english.lower()] == HEADERS[japanese] == meaning.removesuffix("profile")
        elif kind == "value" and meaning in ("yes", "on", "enable", "no", "off", "disable"):
            assert yes(english) is yes(japanese) is (meaning in ("yes", "on", "enable"))
        elif kind == "value" and not meaning.startswith(("defer", "local_setting", "any")):
            assert WORDS[english.lower()] == WORDS[japanese] == meaning
        elif kind == "profile_field":
            assert english == japanese, "field names of a profile are read in English"


def rule(**more: str) -> str:
    """A rule as `verbose` prints it, values given by the English name of the field."""
    english = {
        "Rule Name": "x",
        "Enabled": "Yes",
        "Direction": "In",
        "Profiles": "Domain,Private,Public",
        "Grouping": "",
        "LocalIP": "Any",
        "RemoteIP": "Any",
        "Protocol": "TCP",
        "LocalPort": "80",
        "RemotePort": "Any",
        "Edge traversal": "No",
        "InterfaceTypes": "Any",
        "Security": "NotRequired",
        "Action": "Allow",
    } | {name.replace("_", " "): value for name, value in more.items()}
    action = english.pop("Action")
    lines = [f"{name}:".ljust(38) + value for name, value in english.items()]
    return "\n".join(["", lines[0], RULER, *lines[1:], "Action:".ljust(38) + action, ""])


TWO = rule(Rule_Name="other", Enabled="No")


@pytest.mark.parametrize(
    "condition",
    [
        {"LocalIP": "192.0.2.1/32"},
        {"RemotePort": "67"},
        {"Security": "Authenticate"},
        {"Service": "Any"},
        {"RemoteUserGroup": "D:(A;;CC;;;S-1-5-21-1-2-3-513)"},
        {"RemoteComputerGroup": "D:(A;;CC;;;S-1-5-21-1-2-3-515)"},
        {"LocalPort": "Ply2Disc"},
        {"LocalPort": "Teredo"},
        {"LocalPort": "70000"},
        {"RemoteIP": "somewhere else!"},
        {"Action": "Bypass"},
    ],
)
def test_a_condition_no_column_holds_is_told(condition: dict[str, str]) -> None:
    (row,) = read(rule(**condition) + TWO + "Ok.\n\n").rows
    assert row.conditional


def test_without_conditions_a_rule_is_none_of_these() -> None:
    (row,) = read(rule(Program="Any") + TWO + "Ok.\n\n").rows
    assert (row.conditional, row.program, row.sources, row.interface) == (False, None, None, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (rule() + TWO + "Ok.\n\n", None),
        (rule() + TWO, "not_understood"),  # no closing line
        (rule() + rule(Direction="In") + "Ok.\n\n", "not_collected"),  # perhaps `name=x`
        (rule(Direction="Out") + TWO.replace("In\n", "Out\n") + "Ok.\n\n", "not_collected"),  # `dir=out`
        (f"C:\\>netsh advfirewall firewall show rule name=all dir=in\n{rule()}Ok.\n\nC:\\>", None),
        (f"C:\\>netsh advfirewall firewall show rule all verbose\n{rule()}{TWO}Ok.\n\nC:\\>", None),
        (f"C:\\>netsh advfirewall firewall show rule name=x\n{rule()}{TWO}Ok.\n\nC:\\>", "not_collected"),
        (f"C:\\>netsh advfirewall firewall show rule name=all profile=public\n{rule()}{TWO}Ok.\n\nC:\\>", "not_collected"),
        (rule(Action="Think") + TWO + "Ok.\n\n", "not_understood"),
        (rule(Enabled="Perhaps") + TWO + "Ok.\n\n", "not_understood"),
        (rule(Profiles="Domain,Home") + TWO + "Ok.\n\n", "not_understood"),
        (rule().replace("Action:", "Aktion:") + TWO + "Ok.\n\n", "not_understood"),
    ],
)
def test_only_the_list_of_all_inbound_rules_is_whole(text: str, reason: str | None) -> None:
    (look,) = read(text).looks
    assert (look.complete, look.reason) == (reason is None, reason)


def test_the_text_of_a_description_does_not_speak_for_the_rule() -> None:
    text = rule().replace("Enabled:", "Description:".ljust(38) + "Enabled:  No\nAction:   Block\nEnabled:", 1)
    (row,) = read(text + TWO + "Ok.\n\n").rows
    assert row.decision == "accept"


def test_blocks_come_before_allows_and_what_wins_over_a_block_first() -> None:
    found = rows([Rule(1, "a", "allow", "domain"), Rule(2, "b", "block", "domain"), Rule(3, "c", "bypass", "domain")])
    assert [(row.position, row.decision, row.rule_name) for row in found] == [(0, "unknown", "c"), (1, "drop", "b"), (2, "accept", "a")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(None, None, False)]),
        ("任意", [(None, None, False)]),
        ("80,443", [(80, 80, False), (443, 443, False)]),
        ("{104, 11112}", [(104, 104, False), (11112, 11112, False)]),
        ("5000 - 5010", [(5000, 5010, False)]),
        ("RPC-EPMap", [(135, 135, False)]),
        ("RPCEPMap", [(135, 135, False)]),
        ("RPC", [(49152, 65535, True)]),
        ("9-3", [(None, None, True)]),
        ("System.String[]", [(None, None, True)]),
    ],
)
def test_ports(text: str, expected: list[tuple[int | None, int | None, bool]]) -> None:
    assert ports(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任意", (None, True)),
        ("LocalSubnet,192.0.2.7/32", ("LocalSubnet,192.0.2.7", True)),
        ("192.168.0.0/255.255.0.0", ("192.168.0.0/16", True)),
        ("10.0.0.1-10.0.0.1, 2001:db8::/32", ("10.0.0.1,2001:db8::/32", True)),
        ("10.0.0.1,0.0.0.0-255.255.255.255", (None, True)),
        ("10.0.0.1,?", (None, False)),
        ("System.String[]", (None, False)),
    ],
)
def test_addresses(text: str, expected: tuple[str | None, bool]) -> None:
    assert addresses(text) == expected


@given(st.text(max_size=200))
def test_any_text_is_some_ports_and_some_addresses(text: str) -> None:
    assert all(first is None or 0 <= first <= last <= 65535 for first, last, _ in ports(text))
    found, known = addresses(text)
    assert known or found is None


def test_program_and_service_in_one_text() -> None:
    assert limited_to("任意", "任意") is None
    assert limited_to("C:\\a.exe", "") == "C:\\a.exe"
    assert limited_to(None, "spooler") == "* [spooler]"


def test_of_the_usual_store_the_default_is_not_known() -> None:
    text = "\n".join(f'"{name}","True","NotConfigured","NotConfigured"' for name in ("Domain", "Private", "Public"))
    head = '"Name","Enabled","DefaultInboundAction","AllowInboundRules"\n'
    assert {row.inbound_default for row in read(head + text + "\n").rows} == {None}
    assert read(head + text + "\n").looks[0].missing[0] == "inbound_default"
    prompt = "PS C:\\> Get-NetFirewallProfile -PolicyStore ActiveStore | ConvertTo-Csv -NoTypeInformation\n"
    assert {row.inbound_default for row in read(f"{prompt}{head}{text}\n\nPS C:\\>").rows} == {"drop"}


def test_group_policy_s_rules_are_missing_from_the_usual_list() -> None:
    head = '"DisplayName","Enabled","Direction","Action","Profile","Protocol","LocalPort","RemotePort","LocalAddress","RemoteAddress","Program","InterfaceType"\n'
    one = '"a","True","Inbound","Allow","Any","TCP","80","Any","Any","Any","Any","Any"\n'
    assert read(head + one).looks[0].complete is False
    prompt = "PS C:\\> Get-NetFirewallRule -PolicyStore ActiveStore{} | ConvertTo-Csv -NoTypeInformation\n"
    assert read(prompt.format("") + head + one + "\nPS C:\\>").looks[0].complete
    assert not read(prompt.format(" -DisplayGroup x") + head + one + "\nPS C:\\>").looks[0].complete


def test_outputs_of_one_console_window_are_told_apart() -> None:
    """Rules are followed by a list of shares: the last rule is no heading of that list."""
    data = Path(__file__).parent / "data"
    text = "".join(
        f"C:\\>{command}\n{(data / file).read_text(encoding='utf-8').split('>netsh', 1)[-1].split(chr(10), 1)[1]}\nC:\\>\n"
        for command, file in (
            ("netsh advfirewall show allprofiles", "netsh_profiles/server_ja.txt"),
            ("netsh advfirewall firewall show rule name=all verbose", "netsh_rules/verbose_ja.txt"),
            ("net share", "net_share/half_ja.txt"),
        )
    )
    session = read_session(text.replace("\n", "\r\n").encode("cp932"))
    assert [piece.form for piece in session.pieces] == ["netsh_profiles", "netsh_rules", "net_share"]
    assert session.strangers == ()
