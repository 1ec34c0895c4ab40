"""The block of a small hospital: every stage, each cut's place, people and paper, and what is missing told with whom to ask."""

from __future__ import annotations

import pytest
from tests.respond.isolate.ward import block_of, machine

from omamori.model.declared import CutPoint, NeverBlockedFlow
from omamori.model.device import DeviceInterface
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
    assert [cut.name for cut in chosen(block, ["1", "2-RECORDS-vpn"])] == ["1-backup", "2-records-VPN"]
    with pytest.raises(NoSuchCut):
        chosen(block, ["9"])
    with pytest.raises(NoSuchMachine):
        block_of(machines=("nobody",))
