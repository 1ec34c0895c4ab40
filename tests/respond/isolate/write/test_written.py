"""The texts of a cut: each read back by the parser of its device stops what is cut, leaves what is never blocked, opens nothing; the undo names it all."""

from __future__ import annotations

import re
from itertools import product

import pytest
from tests.respond.bastion.test_text import DEVICES, IOS_TEXT, facts_of, read, together

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Network, Start
from omamori.analyze.reach.ranges import network_numbers
from omamori.respond.bastion.parts import Facts
from omamori.respond.isolate.parts import Cable, Crossing, Cut, NeverBlocked, StageNumber
from omamori.respond.isolate.write.bound import held_at
from omamori.respond.isolate.write.places import interfaces_at
from omamori.respond.isolate.write.written import cable_words, suffix, written

ORDER = ("none", "one-way", "unknown", "open")
VENDOR, SERVER, OTHER = "10.77.0.5", "10.1.0.5", "10.1.0.200"
PAIRS = [
    (one, other, port)
    for one, other in ((VENDOR, SERVER), (SERVER, VENDOR), ("10.77.0.9", SERVER), (VENDOR, OTHER), (OTHER, VENDOR))
    for port in (104, 443)
]
NUMBERED = IOS_TEXT.replace(" permit ip any any", " 1000 permit ip any any")


def span(network: str) -> tuple[tuple[int, int], ...]:
    return (network_numbers(network) or (0, 0),)


NEVER = (NeverBlocked("images", span(f"{VENDOR}/32"), span(f"{SERVER}/32"), "tcp", 104, "care", "e:1"),)
CROSSINGS = {
    "interface": lambda tunnel: Crossing(None, None, tunnel),
    "addresses": lambda tunnel: Crossing(span("10.77.0.0/24"), span("10.1.0.0/25")),
}


def asked(network: Network, tunnel: str, source: str, target: str, port: int) -> str:
    start = Start("interface", device="gate", interface=tunnel) if source.startswith("10.77") else Start("zone", network="10.1.0.0/24")
    return ask(network, start, "tcp", source, target, port, 40000).reach


def a_cut(crossing: Crossing, system: str, **more: object) -> Cut:
    return Cut(StageNumber.LINES, "2-line", "line", "gate", system, (crossing,), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("system", "kind"), list(product(DEVICES, CROSSINGS)))
def test_read_back_the_text_stops_what_is_cut_keeps_what_must_go_on_and_opens_nothing(system: str, kind: str) -> None:
    dialect, text, _, tunnel = DEVICES[system]
    text = NUMBERED if system == "cisco-ios" else text
    before = network_of(read(dialect, text))
    one = written(a_cut(CROSSINGS[kind](tunnel), system), NEVER, facts_of(read(dialect, text), system))
    assert one.apply is not None and one.undo is not None and not one.tried
    after = network_of(read(dialect, together(system, text, one.apply)))
    for pair in PAIRS:
        then, now = asked(before, tunnel, *pair), asked(after, tunnel, *pair)
        # What lies beyond the tunnel nobody has looked at: a packet that leaves by it is on its way.
        assert then == ("open" if pair[0].startswith("10.77") else "unknown"), pair
        held = pair == (VENDOR, SERVER, 104)
        outside = kind == "addresses" and OTHER in pair
        assert (now == then) == (held or outside), (pair, now)
        assert ORDER.index(now) <= ORDER.index(then)


def test_a_list_that_is_bound_stays_and_its_new_entries_go_by_their_numbers() -> None:
    dialect, _, wire, _ = DEVICES["cisco-ios"]
    facts = facts_of(read(dialect, NUMBERED), "cisco-ios")
    assert held_at(facts, "gate", wire, "in") == ["1000"] and held_at(facts, "gate", wire, "out") == []
    one = written(a_cut(Crossing(None, None, wire), "cisco-ios"), NEVER, facts, 90)
    assert one.apply is not None and one.undo is not None
    made = re.findall(r"^ (\d+) deny", one.apply, re.MULTILINE)
    assert made and re.findall(r"^ no (\d+)$", one.undo, re.MULTILINE) == made and max(map(int, made)) < 1000
    assert "no ip access-list extended OLD" not in one.undo
    assert one.timed is not None and one.timed.startswith("configure terminal revert timer 2\n") and one.confirm == "configure confirm\n"


def test_without_the_numbers_of_a_list_nothing_is_written() -> None:
    dialect, text, wire, _ = DEVICES["cisco-ios"]
    one = written(a_cut(Crossing(None, None, wire), "cisco-ios"), NEVER, facts_of(read(dialect, text), "cisco-ios"))
    assert one.apply is None and one.why is not None and "resequence" in one.why.en


def test_a_list_with_dynamic_filters_is_left_alone() -> None:
    dialect, text, wire, _ = DEVICES["yamaha-rtx"]
    dynamic = text.replace(
        "ip lan2 secure filter in 20\n",
        "ip lan2 secure filter in 20\nip lan2 secure filter out 20 dynamic 80\nip filter dynamic 80 * * tcp\n",
    )
    one = written(a_cut(Crossing(None, None, wire), "yamaha-rtx"), NEVER, facts_of(read(dialect, dynamic), "yamaha-rtx"))
    assert one.apply is None and one.why is not None and "dynamic" in one.why.en


def test_the_undo_of_fortios_deletes_all_that_was_made_and_nothing_else() -> None:
    dialect, text, _, tunnel = DEVICES["fortios"]
    one = written(a_cut(Crossing(None, None, tunnel), "fortios"), NEVER, facts_of(read(dialect, text), "fortios"))
    assert one.apply is not None and one.undo is not None and "action accept" not in one.apply
    made, deleted = re.findall(r"^    edit (.+)$", one.apply, re.MULTILINE), re.findall(r"^    delete (.+)$", one.undo, re.MULTILINE)
    assert sorted(made) == sorted(deleted) and "7" not in deleted
    assert len(re.findall(r"^    move \d+ before 7$", one.apply, re.MULTILINE)) == one.apply.count("set match-vip enable")


def test_lists_and_names_are_no_longer_than_their_device_takes() -> None:
    many = tuple(NeverBlocked(str(port), span(f"{VENDOR}/32"), span(f"{SERVER}/32"), "tcp", port, "") for port in range(100, 400, 20))
    dialect, text, _, tunnel = DEVICES["fortios"]
    cut = Cut(StageNumber.LINES, "2-a-line-with-quite-a-long-name", "line", "gate", "fortios", (Crossing(None, None, tunnel),))
    forti = written(cut, many, facts_of(read(dialect, text), "fortios")).apply or ""
    names = re.findall(r'set name "(.+)"', forti)
    assert names and len(names) == len(set(names)) and max(map(len, names)) <= 35
    dialect, text, wire, _ = DEVICES["yamaha-rtx"]
    yamaha = written(a_cut(Crossing(None, None, wire), "yamaha-rtx"), many, facts_of(read(dialect, text), "yamaha-rtx")).apply or ""
    lists = [line.split()[6:] for line in yamaha.splitlines() if re.match(r"ip filter \d+ reject", line) and " tcp " in line]
    assert lists and max(len(ports.split(",")) for pair in lists for ports in pair) <= 10


@pytest.mark.parametrize(("system", "pattern"), [("fortios", r"^    edit (\d+)"), ("yamaha-rtx", r"^ip filter (\d+)")])
def test_two_cuts_of_a_device_take_no_number_of_each_other(system: str, pattern: str) -> None:
    dialect, text, wire, tunnel = DEVICES[system]
    facts = facts_of(read(dialect, text), system)
    pair = [written(a_cut(Crossing(None, None, name), system), NEVER, facts, slot=slot) for slot, name in enumerate((tunnel, wire))]
    first, second = (set(re.findall(pattern, one.apply or "", re.MULTILINE)) for one in pair)
    assert first and second and not first & second
    assert all(number in (pair[1].undo or "") and number not in (pair[0].undo or "").split() for number in second)


@pytest.mark.parametrize("system", ["linux", "fortios", "cisco-ios", "yamaha-rtx", "windows"])
@pytest.mark.parametrize("crossing", [Crossing((), None), Crossing(span("10.1.0.0/24"), ())])
def test_a_side_without_addresses_is_never_written_as_everybody(system: str, crossing: Crossing) -> None:
    dialect, text, *_ = DEVICES["cisco-ios" if system in ("linux", "windows") else system]
    assert written(a_cut(crossing, system), (), facts_of(read(dialect, text), system)).apply is None


def test_windows_blocks_all_but_what_is_never_blocked_in_its_direction() -> None:
    facts = Facts((), {}, Network(), (), {}, {}, (), {"pc": (SERVER,)})
    cut = Cut(StageNumber.MACHINE, "5-pc", "pc", "pc", "windows", (Crossing(None, None),))
    one = written(cut, NEVER, facts, 300)
    assert one.apply is not None and "action=allow" not in one.apply
    rules = [line for line in one.apply.splitlines() if "add rule" in line]
    inward = [line for line in rules if "dir=in" in line]
    assert any(
        "remoteip=10.77.0.5-10.77.0.5" in line or "remoteip=10.77.0.5" in line for line in inward if "localport=0-103,105-65535" in line
    )
    assert any(f"remoteip={'0.0.0.0-10.77.0.4,10.77.0.6-255.255.255.255'} protocol=TCP" in line for line in inward)
    assert any(line.endswith("dir=out action=block remoteip=any") for line in rules)
    name = next(word for word in rules[0].split() if word.startswith("name="))
    assert one.undo == f"@echo off\r\nnetsh advfirewall firewall delete rule {name}\r\n"
    assert one.timed is not None and "AddSeconds(300)" in one.timed and one.confirm is not None and "schtasks /delete" in one.confirm


def test_where_no_text_can_be_written_the_cable_is_named() -> None:
    cable = Cable("core", "24", "red 1", "3F")
    assert cable_words(cable).en == "pull the cable: room 3F, device core, port 24, cable red 1"
    facts = Facts((), {}, Network(), (), {}, {}, (), {})
    for system, device in (("awplus", "core"), ("", None)):
        one = written(Cut(StageNumber.BACKUP, "1-x", "x", device, system, (Crossing(None, None, "1"),), cable=cable), (), facts)
        assert one.apply is None and one.why is not None and "red 1" in one.why.en
    assert written(Cut(StageNumber.MACHINE, "5-x", "x", "x", "windows", (Crossing(None, None),)), (), facts).apply is None
    assert [suffix(system) for system in ("linux", "windows", "fortios", "")] == [".nft", ".cmd", ".txt", ".txt"]


@pytest.mark.parametrize("system", ["linux", "fortios", "cisco-ios", "yamaha-rtx"])
def test_a_name_that_could_be_a_command_is_not_written(system: str) -> None:
    dialect, text, *_ = DEVICES["cisco-ios" if system == "linux" else system]
    facts = facts_of(read(dialect, NUMBERED if dialect is DEVICES["cisco-ios"][0] else text), system)
    one = written(a_cut(Crossing(None, None, 'x" ; flush ruleset\n'), system), (), facts)
    assert one.apply is None and one.why is not None


def test_a_cut_by_addresses_stands_where_they_lead() -> None:
    dialect, text, _, tunnel = DEVICES["cisco-ios"]
    facts = facts_of(read(dialect, text), "cisco-ios")
    assert interfaces_at(facts, "gate", Crossing(span("10.77.0.0/24"), span("10.1.0.0/24"))) == [tunnel]
    assert interfaces_at(facts, "gate", Crossing(span("10.99.0.0/24"), span("10.1.0.0/24"))) == ["GigabitEthernet0/1"]
    assert interfaces_at(facts, "gate", Crossing(span("10.99.0.0/24"), None)) == []
