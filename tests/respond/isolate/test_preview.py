"""What a cut would stop: who, for how long it can be borne, what is done instead; and what is not known makes it say more, never less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.respond.bastion.small import EHR, NOW, nic
from tests.respond.isolate.ward import block_of, facts_of, filled, seen, zone

from omamori.analyze.reach.ranges import network_numbers
from omamori.model.declared import NeverBlockedFlow
from omamori.model.declared_network import DesignedFlow
from omamori.model.device import DeviceRoute
from omamori.model.look import EVERYWHERE, Collected
from omamori.model.network import Connection
from omamori.model.sightings import Flow
from omamori.respond.isolate.document import care_words, document, told
from omamori.respond.isolate.parts import Block, Crossing, Cut, Preview, StageNumber
from omamori.respond.isolate.preview import leads_to, preview
from omamori.respond.isolate.traffic import read_traffic


def of(block: Block, name: str) -> Preview:
    return next(one for one in block.previews if one.cut.name == name)


def test_a_cut_lists_what_stops_with_who_can_bear_it_how_long_and_what_is_done_instead() -> None:
    found = of(block_of(), "1-backup")
    told = [
        (one.source, one.asset, one.port, one.clinical, one.bearable_hours, one.instead, one.zone, one.declared) for one in found.stopped
    ]
    assert told == [("records", "nas", 22, True, 2, "tape", "records", True), ("ehr", "nas", 445, False, 4, "paper", "records", False)]
    assert [one.evidence for one in found.stopped] == [("flows:9",), ("log:1",)]
    assert found.stopped[0].seen is None and found.stopped[1].seen is not None


def test_flows_that_are_old_or_were_stopped_already_do_not_count_and_kept_ones_are_named() -> None:
    found = of(block_of(), "3-DMZ-records-fw")
    assert {(one.source, one.port) for one in found.stopped} == {("monitor", 8080), ("ehr", 443)}
    assert [one.name for one in found.kept] == ["alarms"]


def test_clinical_flows_come_first_and_many_machines_of_a_zone_are_one_line() -> None:
    many = [seen(f"10.1.1.{number}", "10.1.9.5", 445) for number in range(101, 104)]
    found = of(block_of(*many), "1-backup")
    assert [(one.source, one.port) for one in found.stopped] == [("records", 22), ("records (4)", 445)]


def test_of_a_flow_of_a_whole_zone_only_the_machine_s_own_part_stops_with_it() -> None:
    found = of(block_of(machines=("monitor",)), "5-monitor")
    assert ("monitor", "nas", 22) in [(one.source, one.asset, one.port) for one in found.stopped]


def test_where_a_device_does_not_say_what_leads_where_more_is_listed_not_less() -> None:
    facts, traffic = facts_of()
    network = facts.network.network
    unsure = tuple(replace(one, ways=(), routes_doubt="not_collected") if one.name == "vpn" else one for one in network.devices)
    facts = replace(facts, network=replace(facts.network, network=replace(network, devices=unsure)))
    cut = next(cut for cut in block_of().cuts if cut.name == "2-records-VPN")
    found = preview(facts, traffic, cut, ())
    assert {one.port for one in found.stopped} >= {443, 445, 3389}
    assert any("were not looked at completely" in doubt.en for doubt in found.doubts)


def test_a_device_routes_addresses_to_an_interface_itself_or_nowhere() -> None:
    facts, _ = facts_of()
    device = facts.network.network.device["vpn"]
    numbers = {"10.77.0.5": "tunnel1", "10.1.0.9": "lan1", "10.1.1.2": "", "198.51.100.9": "*"}
    for address, interface in numbers.items():
        span = facts.ranges(address)
        assert span is not None and leads_to(device, span) == interface, address
    assert leads_to(device, (facts.ranges("10.77.0.5") or ()) + (facts.ranges("10.1.0.9") or ())) is None
    assert leads_to(replace(device, routes_doubt="not_collected"), facts.ranges("198.51.100.9") or ()) is None


def test_what_passes_a_device_behind_one_interface_stops_with_it() -> None:
    second = nic("fw", "bk", "10.1.10.1")
    routed = [
        DeviceRoute(asset="fw", destination=f"10.2.{number}.0/24", gateway="10.1.9.9", **span(f"10.2.{number}.0/24")) for number in (1, 2)
    ]
    flows = [seen("10.1.10.5", "10.1.9.5", 7777), seen("10.1.9.6", "10.1.9.5", 137), seen("10.2.1.5", "10.2.2.5", 139)]
    found = of(block_of(second, *routed, *flows, *zone("backup2", "backup", "10.1.10.0/24")), "1-backup")
    ports = {one.port for one in found.stopped}
    assert 7777 in ports, "two networks of one interface: it passes the device"
    assert not ports & {137, 139}, "one network, and behind one next router: it does not"
    by_router = of(block_of(*routed, seen("10.2.1.5", "10.1.9.5", 139)), "1-backup")
    assert 139 not in {one.port for one in by_router.stopped}
    assert any("1 pairs talk by a router" in doubt.en and "10.2.1.5" in doubt.en for doubt in by_router.doubts)


def test_a_wide_range_with_a_network_within_that_lies_elsewhere_is_never_taken_for_one_side() -> None:
    campus = DeviceRoute(asset="fw", destination="10.1.0.0/16", gateway="10.1.1.9", **span("10.1.0.0/16"))
    held = NeverBlockedFlow(flow="hl7", sender="10.1.8.0/22", receiver="10.1.8.0/22", protocol="tcp", port=2575, why="w")
    found = of(block_of(campus, held), "1-backup")
    assert "hl7" in {one.name for one in found.kept}, "both its ends are routed to one router, the network in its middle is not"


def test_a_preview_that_could_not_be_worked_out_says_so_instead_of_nothing() -> None:
    nobody = Crossing(None, None)
    facts, traffic = facts_of()
    lost = Cut(StageNumber.BACKUP, "1-x", "x", "x", "linux-nft", (nobody,))
    found = preview(facts, traffic, lost, ())
    assert found.blind and found.clinical is None and any("no address of x is known" in doubt.en for doubt in found.doubts)
    assert preview(facts, traffic, replace(lost, crossings=()), ()).clinical is None
    known = of(block_of(), "1-backup")
    assert not known.blind and known.clinical == 1


def test_a_plug_that_is_pulled_stops_what_is_never_blocked_and_says_so() -> None:
    block = block_of(machines=("monitor",))
    plug = next(one for one in block.previews if one.cut.subject == "monitor" and one.cut.device is None)
    assert (
        [one.name for one in plug.lost] == ["alarms"]
        and plug.kept == ()
        and ("monitor", 2575) in [(one.source, one.port) for one in plug.stopped]
    )
    words = "\n".join(line.text.en for line in told(plug))
    assert "[never blocked] alarms: stops" in words and "goes on" not in words and care_words(plug, 3).en.startswith("!alarms")
    by_rules = next(one for one in block.previews if one.cut.subject == "monitor" and one.cut.device == "fw")
    assert by_rules.lost == () and [one.name for one in by_rules.kept] == ["alarms"]
    both = "\n".join(line.text.en for line in document(block_of(), {"3-DMZ-records-fw": {"apply": "a", "undo": "u"}}))
    assert "pulling the plug stops" not in both, "no plug is named there"


def test_flows_of_ipv6_are_counted_not_dropped_unsaid() -> None:
    six = Flow(
        asset="fw", last_seen=NOW, protocol="tcp", source_address="2001:db8::1", destination_address="2001:db8::2", destination_port=443
    )
    assert any("1 flows of IPv6" in doubt.en for doubt in of(block_of(six), "1-backup").doubts)
    assert not any("IPv6" in doubt.en for doubt in of(block_of(), "1-backup").doubts)


def span(network: str) -> dict[str, Any]:
    first, last = network_numbers(network) or (None, None)
    return {"destination_first": first, "destination_last": last}


def test_doubts_say_what_was_not_watched_not_finished_or_not_understood() -> None:
    lost = DesignedFlow(asset="nas", peer="somebody", needed="yes")
    unfinished = Collected(asset=EVERYWHERE, table_name="designed_flows", source="x", seen=NOW, complete=False)
    words = " ".join(doubt.en for doubt in of(block_of(lost, unfinished), "1-backup").doubts)
    assert "not finished" in words and "1 rows of the designed flows" in words
    facts, traffic = facts_of(without=Flow)
    assert any(flow.seen for flow in traffic.flows), "connections of machines count as seen"
    with filled(without=Flow) as database:
        database.delete("connections")
        unwatched = read_traffic(database, facts, NOW, 30).doubts
    assert any("nothing watched the traffic" in doubt.en for doubt in unwatched)


def test_connections_of_machines_count_whoever_opened_them() -> None:
    out = Connection(
        asset="ehr", protocol="tcp", direction="out", local_address=EHR, local_port=50000, peer_address="10.1.9.5", peer_port=873
    )
    assert 873 in {one.port for one in of(block_of(out), "1-backup").stopped}
