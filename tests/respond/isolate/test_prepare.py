"""The block of a small hospital: every stage, each cut's place, people and paper, and what is missing told with whom to ask."""

from __future__ import annotations

import pytest
from tests.respond.bastion.small import NOW
from tests.respond.isolate.ward import MONITOR, NURSES, block_of, machine

from omamori.analyze.reach.ranges import written
from omamori.model.declared import CutPoint, NeverBlockedFlow
from omamori.model.device import DeviceInterface
from omamori.model.network import Interface
from omamori.model.sightings import NetworkHost
from omamori.model.ways_in import CrownJewel, Entry
from omamori.respond.isolate.document import doable, state_of
from omamori.respond.isolate.parts import Block, Cable, StageNumber
from omamori.respond.isolate.prepare import NoSuchCut, NoSuchMachine, chosen


@pytest.fixture(scope="module")
def block() -> Block:
    return block_of(machines=("monitor", "NURSES"))


def test_the_stages_stand_in_order_with_the_exact_place_of_each_cut(block: Block) -> None:
    told = [(int(cut.stage), cut.name, cut.device, cut.system, cut.crossings[0].interface) for cut in block.cuts]
    assert told == sorted(told, key=lambda one: one[0])
    assert told[0] == (1, "1-backup", "fw", "linux", "bk")
    assert {(2, "2-records-VPN", "vpn", "linux", "tunnel1"), (2, "2-fw-wan", "fw", "linux", "wan")} <= set(told)
    assert [cut.subject for cut in block.of(StageNumber.BORDERS)] == ["DMZ ⇔ backup", "DMZ ⇔ records", "backup ⇔ records"]
    assert [(cut.subject, cut.device) for cut in block.of(StageNumber.DEPARTMENTS)] == [
        ("DMZ", "fw"),
        ("records", "fw"),
        ("records", "vpn"),
    ]
    assert len({cut.name for cut in block.cuts}) == len(block.cuts) and len(block.written) == len(block.previews) == len(block.cuts)


def test_a_cut_knows_its_plug_its_people_and_its_paper_from_the_ledger(block: Block) -> None:
    backup = block.cuts[0]
    assert (backup.who, backup.decides, backup.paper, backup.cable) == ("on duty", "deputy", "form 1", Cable("fw", "bk", "red 1", "3F"))
    assert backup.ready and doable(block, backup) and "cuts:6" in backup.evidence
    line = next(cut for cut in block.cuts if cut.name == "2-records-VPN")
    assert not line.ready and any("nobody is named who decides" in need.en for need in line.needs)
    assert [state_of(block, stage) for stage in StageNumber] == ["ready", "needs", "needs", "needs", "needs"]


def test_a_medical_device_gets_no_rules_of_its_own_but_its_plug_and_the_devices_around_it(block: Block) -> None:
    own, *around = [cut for cut in block.of(StageNumber.MACHINE) if cut.subject == "monitor"]
    assert own.device is None and own.cable == Cable("monitor", "LAN", "", "3F") and not block.written_of(own).apply  # type: ignore[union-attr]
    assert {cut.device for cut in around} == {"fw", "vpn"}
    pc = next(cut for cut in block.of(StageNumber.MACHINE) if cut.subject == "nurses")
    assert (pc.device, pc.system) == ("nurses", "windows") and any("pulling its cable" in limit.en for limit in pc.limits)


def test_without_configurations_it_says_what_is_missing_and_whom_to_ask_and_guesses_nothing() -> None:
    block = block_of(without=DeviceInterface)
    known = [cut for cut in block.cuts if cut.stage in (StageNumber.BACKUP, StageNumber.BORDERS, StageNumber.DEPARTMENTS)]
    assert known and all(cut.device is None for cut in known)
    needs = " ".join(need.en for cut in block.cuts for need in cut.needs)
    assert "ask the IT desk or its vendor for it" in needs and "ask Records Ltd for the configuration" in needs
    assert block.cuts[0].cable is not None and doable(block, block.cuts[0]), "the plug of the ledger still does it"


def test_a_copy_outside_the_backup_zone_is_cut_by_itself() -> None:
    block = block_of(
        *machine("store", "10.1.1.60", zone="records"), CrownJewel(asset="store", jewel="backup"), CrownJewel(asset="nas", jewel="backup")
    )
    assert [(cut.subject, cut.cable) for cut in block.of(StageNumber.BACKUP)] == [
        ("backup", Cable("fw", "bk", "red 1", "3F")),
        ("store", Cable("store", "LAN", "", "3F")),
    ]


def test_what_must_not_stop_and_cannot_be_understood_keeps_every_cut_from_being_ready() -> None:
    lost = NeverBlockedFlow(flow="nurse call", sender="call gateway", receiver="nurses", decided_by="deputy")
    block = block_of(lost)
    assert [one.name for one in block.never] == ["alarms"]
    assert all(any("call gateway" in need.en and "deputy" in need.en for need in cut.needs) for cut in block.cuts)
    empty = block_of(without=NeverBlockedFlow)
    assert not empty.never and all(not cut.ready for cut in empty.cuts) and "is empty" in empty.doubts[0].en


def test_what_is_never_blocked_is_let_through_where_it_is_now_and_where_the_ledger_has_it() -> None:
    moved = NetworkHost(asset="monitor", address="10.1.1.77", seen=NOW)
    block = block_of(moved, machines=("monitor",))
    (alarms,) = block.never
    assert written(alarms.sources) == f"{MONITOR},10.1.1.77" and written(alarms.destinations) == NURSES
    assert any("10.1.1.77" in doubt.en and "put the ledger right" in doubt.en for doubt in block.doubts)
    assert block.cuts[0].ready, "both are let through: nothing is missing"
    text = block.written_of(next(cut for cut in block.cuts if cut.stage == StageNumber.BORDERS))
    assert text is not None and text.apply is not None and "10.1.1.77" in text.apply
    own, *around = [cut for cut in block.of(StageNumber.MACHINE) if cut.subject == "monitor"]
    assert all(any("10.1.1.77" in need.en for need in cut.needs) for cut in around) and "10.1.1.77" not in str(own.needs)


def test_cuts_that_cannot_stand_at_one_interface_at_once_say_so() -> None:
    cisco, linux = block_of(system="cisco-ios", machines=("monitor",)), block_of(machines=("monitor",))
    told = {cut.name: [limit.en for limit in cut.limits if "at a time" in limit.en] for cut in cisco.cuts}
    pair = [name for name, found in told.items() if found]
    assert len(pair) > 1 and all(any(other in line for other in pair if other != name) for name in pair for line in told[name])
    assert not any("at a time" in limit.en for cut in linux.cuts for limit in cut.limits)


def test_a_name_of_two_machines_keeps_both_and_cuts_neither() -> None:
    block = block_of(*machine("old", "10.1.1.88", hostname="nurses", zone="records"))
    assert written(block.never[0].destinations) == f"{NURSES},10.1.1.88"
    named = block_of(*machine("old", "10.1.1.88", hostname="nurses"), machines=("nurses",))
    assert named.of(StageNumber.MACHINE)[0].subject == "nurses", "the ledger's name goes first"
    twins = [*machine("a", "10.1.1.88", hostname="pc"), *machine("b", "10.1.1.89", hostname="PC")]
    with pytest.raises(NoSuchMachine, match="a / b"):
        block_of(*twins, machines=("pc",))


def test_what_talks_by_ipv6_too_is_told_since_only_ipv4_is_let_through() -> None:
    six = [Interface(asset=asset, name="eth0", address=f"2001:db8::{number}") for number, asset in enumerate(("monitor", "nurses"), 1)]
    local = [Interface(asset=asset, name="eth0", address="fe80::1") for asset in ("monitor", "nurses")]
    assert any("by IPv6" in doubt.en and "2001:db8::1" in doubt.en for doubt in block_of(*six).doubts)
    assert not any("IPv6" in doubt.en for doubt in (*block_of(*six[:1]).doubts, *block_of(*local).doubts))
    entry = NeverBlockedFlow(flow="six", sender="2001:db8::9", receiver="nurses")
    hostile = NeverBlockedFlow(flow="x", sender="monitor", receiver="nurses", protocol="tcp; } accept", port=70000)
    spoiled = block_of(hostile)
    assert len(spoiled.never) == 1 and not any("accept; }" in (one.apply or "") or "70000" in (one.apply or "") for one in spoiled.written)
    assert any("Write tcp or udp" in need.en for need in spoiled.cuts[0].needs)
    assert any("keeps IPv4 only" in need.en for need in block_of(entry).cuts[0].needs)


def test_a_place_to_cut_without_a_name_stands_for_its_interface_only() -> None:
    plug = CutPoint(place="wan plug", kind="line", device="fw", port="wan", cable="yellow", who="x", decides="y", paper="none")
    block = block_of(plug)
    cables = {cut.name: cut.cable for cut in block.of(StageNumber.LINES)}
    assert cables["2-fw-wan"] == Cable("fw", "wan", "yellow", "") and cables["2-records-VPN"] is None
    assert {(cut.who, cut.decides, cut.paper) for cut in block.of(StageNumber.LINES)} == {("x", "y", "none")}, (
        "people of its kind speak for all"
    )


def test_a_program_on_a_vendor_s_machine_is_asked_about_not_written() -> None:
    entry = Entry(asset="monitor", entry="viewer", kind="remote-software", machine="monitor", declared=True, observed=True)
    cut = next(cut for cut in block_of(entry).of(StageNumber.LINES) if cut.subject == "viewer")
    assert cut.device is None and cut.system == "" and any("ask Monitor Ltd" in need.en for need in cut.needs)


def test_stages_and_names_choose_cuts_and_anything_else_is_told(block: Block) -> None:
    assert [cut.name for cut in chosen(block, ["\uff11", "2-RECORDS-vpn"])] == ["1-backup", "2-records-VPN"]
    with pytest.raises(NoSuchCut):
        chosen(block, ["9"])
    with pytest.raises(NoSuchMachine):
        block_of(machines=("nobody",))
