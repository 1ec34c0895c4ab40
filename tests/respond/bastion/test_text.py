"""The configuration texts: each read back by the parser of its device does what the plan says, and its undo brings back what was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from tests.respond.bastion.small import JUMP, filled, rows

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.network import network_of
from omamori.model.device import DeviceFact, DeviceRoute
from omamori.model.ways_in import Entry
from omamori.parse.device.dialects.cisco_ios import DIALECT as IOS
from omamori.parse.device.dialects.fortios import DIALECT as FORTIOS
from omamori.parse.device.dialects.yamaha import DIALECT as YAMAHA
from omamori.parse.network.lines import console
from omamori.respond.bastion.edits import closing_edits
from omamori.respond.bastion.facts import read_facts
from omamori.respond.bastion.parts import Edit, Facts, Opening, Side
from omamori.respond.bastion.plan import make_plan
from omamori.respond.bastion.predict import leaks, reached_by, start_of
from omamori.respond.bastion.text import configurations

DOOR = (Opening("10.1.0.5", "tcp", "22,3389", "10.77.0.0/24"),)
TUNNELS = (Opening(None, "udp", "500,4500"), Opening(None, "esp"))
IOS_TEXT = """\
version 15.9
hostname r1
interface GigabitEthernet0/0
 ip address 203.0.113.2 255.255.255.248
 ip access-group OLD in
interface GigabitEthernet0/1
 ip address 10.1.0.1 255.255.255.0
interface Tunnel1
 ip address 10.9.0.2 255.255.255.252
ip route 10.77.0.0 255.255.255.0 Tunnel1
ip access-list extended OLD
 permit ip any any
"""
YAMAHA_TEXT = """\
ip lan1 address 10.1.0.1/24
ip lan2 address 203.0.113.2/29
ip lan2 secure filter in 20
ip filter 20 pass * * * * *
ip route 10.77.0.0/24 gateway tunnel 1
tunnel select 1
 tunnel encapsulation ipip
 tunnel endpoint address 203.0.113.2 198.51.100.7
 ip tunnel address 10.9.0.2/30
 tunnel enable 1
"""
FORTIOS_HEAD = "#config-version=FGT60F-7.0.5-FW-build0304-220208:opmode=0:vdom=0:user=admin\n"
FORTIOS_TEXT = """\
config system global
    set hostname "gate"
end
config system interface
    edit "wan1"
        set vdom "root"
        set ip 203.0.113.2 255.255.255.248
        set allowaccess ping https ssh
        set type physical
    next
    edit "dmz"
        set vdom "root"
        set ip 10.1.0.1 255.255.255.0
        set type physical
    next
    edit "t1"
        set vdom "root"
        set ip 10.9.0.2 255.255.255.255
        set remote-ip 10.9.0.1 255.255.255.252
        set type tunnel
        set interface "wan1"
    next
end
config router static
    edit 1
        set dst 10.77.0.0 255.255.255.0
        set device "t1"
    next
end
config firewall policy
    edit 7
        set name "everything"
        set srcintf "any"
        set dstintf "any"
        set srcaddr "all"
        set dstaddr "all"
        set action accept
        set schedule "always"
        set service "ALL"
    next
end
"""
DEVICES = {
    "cisco-ios": (IOS, IOS_TEXT, "GigabitEthernet0/0", "Tunnel1"),
    "yamaha-rtx": (YAMAHA, YAMAHA_TEXT, "lan2", "tunnel1"),
    "fortios": (FORTIOS, FORTIOS_HEAD + FORTIOS_TEXT, "wan1", "t1"),
}


def read(dialect: Any, text: str) -> list[Any]:
    found = [replace(row, asset="gate") for row in dialect.read(console(text.encode()).lines).rows if hasattr(row, "asset")]
    fact = DeviceFact(asset="gate", forwards=True, stateful=dialect is FORTIOS)
    return [fact, *found, DeviceRoute(asset="gate", destination="0.0.0.0/0", gateway="203.0.113.1")]


def facts_of(found: Iterable[Any], system: str) -> Facts:
    kept = tuple(found)
    return Facts(kept, {}, network_of(kept), (), {}, {"gate": system}, (), {})


def sides(wire: str, tunnel: str) -> list[Side]:
    entry = Entry(entry="line")
    return [
        Side("gate", wire, Entry(entry="wire"), (), line=False, door=False, admitted=TUNNELS),
        Side("gate", tunnel, entry, (entry,), line=True, door=False, passing=DOOR),
    ]


def together(system: str, before: str, text: str) -> str:
    """What a device makes of commands typed into it: FortiOS puts policies where `move` says, before all others."""
    if system == "fortios":
        return (
            FORTIOS_HEAD + "\n".join(line for line in text.splitlines() if " move " not in line) + "\n" + before.removeprefix(FORTIOS_HEAD)
        )
    # On one interface one list counts in each direction: the new one takes the old one's place.
    before = before.replace(" ip access-group OLD in\n", "")
    kept = "\n".join(line for line in text.splitlines() if line not in ("configure terminal", "end"))
    return f"{before}{kept}\n"


@pytest.mark.parametrize("system", DEVICES)
def test_read_back_the_text_closes_the_side_and_opens_the_door(system: str) -> None:
    dialect, text, wire, tunnel = DEVICES[system]
    both = sides(wire, tunnel)
    facts = facts_of(read(dialect, text), system)
    was = reached_by(facts.network, both)
    assert all(leaks(side, was["gate", side.interface]) for side in both)
    (made,) = configurations(list(closing_edits("gate", both)), facts)
    assert made.apply is not None and made.why is None and not made.tried
    then = network_of(read(dialect, together(system, text, made.apply)))
    reached = reached_by(then, both)
    for side in both:
        passing = [leak for leak in leaks(side, reached["gate", side.interface]) if not answers_only(system, leak)]
        assert passing == [], side.interface
    door = {port: ask(then, start_of(both[1]), "tcp", "10.77.0.5", "10.1.0.5", port, 40000).reach for port in (22, 3389, 80)}
    assert door == {22: "open", 3389: "open", 80: "none"}
    if system != "fortios":  # there the device itself opens the ports of its tunnels, and this one has none
        assert ask(then, start_of(both[0]), "udp", "203.0.113.6", "203.0.113.2", 500, 500).reach == "open"


def answers_only(system: str, leak: Any) -> bool:
    """A list that sees no connections lets pass whatever looks like an answer: ICMP's messages, and TCP with its flags."""
    return system != "fortios" and (leak.services.startswith("icmp") or leak.reach == "one-way")


@pytest.mark.parametrize("system", DEVICES)
def test_the_undo_names_everything_that_came_and_what_was_before(system: str) -> None:
    dialect, text, wire, tunnel = DEVICES[system]
    (made,) = configurations(list(closing_edits("gate", sides(wire, tunnel))), facts_of(read(dialect, text), system))
    undo = made.undo or ""
    wanted = {
        "cisco-ios": ["ip access-group OLD in", "no ip access-group OMAMORI-DOOR-2 in", "no ip access-list extended OMAMORI-DOOR-1"],
        "yamaha-rtx": ["ip lan2 secure filter in 20", "no ip tunnel secure filter in", "no ip filter 900001"],
        "fortios": ["delete 8", 'delete "omamori-service-1"', 'delete "omamori-address-1"'],
    }[system]
    assert [word for word in wanted if word not in undo] == []
    if system == "fortios":
        assert "move 8 before 7" in (made.apply or "")


def test_on_linux_the_text_is_one_table_and_the_inserted_rules_are_marked() -> None:
    with filled(rows()) as database:
        plan = make_plan(database)
        made = {one.device: one for one in configurations(plan.edits, read_facts(database))}
    assert made["vpn"].tried and (made["vpn"].apply or "").startswith("table inet omamori_bastion\ndelete table inet omamori_bastion\n")
    assert made["vpn"].undo == "delete table inet omamori_bastion\n"
    inserted = (
        f'insert rule inet f forward ip saddr {{ 10.77.0.0/24 }} ip daddr {{ {JUMP} }} tcp dport {{ 22 }} accept comment "omamori-door"'
    )
    assert inserted in (made["fw"].apply or "") and "handle NUMBER" in (made["fw"].undo or "")


@pytest.mark.parametrize("name", ['eth0"; flush ruleset; #', "eth0\nflush ruleset", "eth0 }", ""])
def test_a_name_that_would_be_a_command_is_never_written(name: str) -> None:
    side = Side("gate", name, Entry(entry="line"), (), line=True, door=False, passing=DOOR)
    (made,) = configurations(list(closing_edits("gate", [side])), facts_of([], "linux"))
    if name:
        assert made.apply is None and made.undo is None and made.why is not None
    else:
        assert made.apply is not None


def test_a_device_nobody_here_speaks_to_is_told_to_be_done_by_hand() -> None:
    side = Side("gate", "ge1", Entry(entry="line"), (), line=True, door=False, passing=DOOR)
    (made,) = configurations(list(closing_edits("gate", [side])), facts_of([], "nec-ix"))
    assert made.apply is None and made.why is not None and "nec-ix" in made.why.en


@pytest.mark.parametrize(("system", "interface"), [("fortios", "wan1"), ("cisco-ios", "Gi0/0"), ("yamaha-rtx", "eth9")])
def test_where_too_little_is_known_no_text_is_written(system: str, interface: str) -> None:
    zoned = IOS_TEXT.replace("OLD in", "OLD in\n zone-member security out")
    found = read(IOS, zoned) if system == "cisco-ios" else []
    if system == "cisco-ios":
        interface = "GigabitEthernet0/0"
    side = Side("gate", interface, Entry(entry="line"), (), line=True, door=False, passing=DOOR)
    edits: list[Edit] = list(closing_edits("gate", [side]))
    (made,) = configurations(edits, facts_of(found, system))
    assert made.apply is None and made.why is not None
