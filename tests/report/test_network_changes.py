"""What changed on the network, in words and for programs."""

from __future__ import annotations

import json
from datetime import datetime

from omamori.report.network_changes import difference_json, difference_lines
from omamori.snapshot.network_state import HostChange, NetworkDifference, PortChange, SeenHost, SeenPort, Untold

SSH = SeenPort("open", "ssh", "OpenSSH", "8.4", probed=True)
GUESS = SeenPort("open", "ms-wbt-server")
HOST = SeenHost(
    "10.0.0.5",
    "00:1b:63:00:00:01",
    ("ehr",),
    "Linux",
    {("tcp", 22): SSH, ("tcp", 3389): GUESS, ("tcp", 9): SeenPort("closed")},
    seen=datetime(2026, 5, 1, 9),
)
OTHER = SeenHost("10.0.0.9", "00:1b:63:00:00:02")
ALL = NetworkDifference(
    new=(HOST,),
    gone=(HOST, OTHER),
    opened=(PortChange(HOST, "tcp", 3389, None, GUESS),),
    closed=(PortChange(HOST, "tcp", 22, SSH, None), PortChange(HOST, "tcp", 22, SSH, SeenPort("filtered"))),
    changed=(PortChange(HOST, "tcp", 22, SSH, SeenPort("open", "ssh", "Dropbear", probed=True)),),
    moved=(HostChange(OTHER, HOST),),
    exchanged=(HostChange(HOST, OTHER),),
    reappeared=(OTHER,),
    untold=(Untold(OTHER, only_before=True, why="not_asked"), Untold(HOST, only_before=False, why="cut_off")),
)


def test_every_change_in_english() -> None:
    assert [line.en for line in difference_lines(ALL)] == [
        "New: 1",
        "  - 10.0.0.5 (ehr): open 22/tcp OpenSSH 8.4, 3389/tcp ms-wbt-server?",
        "Answers again (known from earlier): 1",
        "  - 10.0.0.9",
        "Not seen since (may only be switched off): 2",
        "  - 10.0.0.5 (ehr): last seen 2026-05-01 09:00 (UTC)",
        "  - 10.0.0.9",
        "Moved to another address: 1",
        "  - 10.0.0.9 → 10.0.0.5 (ehr)",
        "Another device at the same address: 1",
        "  - 10.0.0.9: 00:1b:63:00:00:01 ehr → 00:1b:63:00:00:02",
        "Ports that opened: 1",
        "  - 10.0.0.5 (ehr) 3389/tcp ms-wbt-server?",
        "Ports that closed: 2",
        "  - 10.0.0.5 (ehr) 22/tcp OpenSSH 8.4",
        "  - 10.0.0.5 (ehr) 22/tcp OpenSSH 8.4: does not answer now (filtered)",
        "Another service on a port: 1",
        "  - 10.0.0.5 (ehr) 22/tcp: OpenSSH 8.4 → Dropbear",
        "Seen by one side only, so nothing can be told: 2",
        "  - only the later saw; of the earlier: the scan was cut off: 10.0.0.5 (ehr)",
        "  - only the earlier saw; of the later: that address was not asked: 10.0.0.9",
    ]


def test_every_line_has_its_japanese() -> None:
    lines = difference_lines(ALL)
    assert "それから見ていない機器(電源が切れているだけかもしれません): 2" in [line.ja for line in lines]
    headings = [line for line in lines if not line.en.startswith("  ")]
    assert all(any(ord(letter) > 0x3000 for letter in line.ja) for line in headings)


def test_nothing_changed_is_said_as_what_both_sides_looked_at() -> None:
    assert [line.en for line in difference_lines(NetworkDifference())] == ["Nothing changed, as far as both sides looked"]
    only_untold = difference_lines(NetworkDifference(untold=ALL.untold))
    assert [line.en for line in only_untold][:2] == [
        "Nothing changed, as far as both sides looked",
        "Seen by one side only, so nothing can be told: 2",
    ]


def test_long_lists_are_cut_with_their_number() -> None:
    ports = {("tcp", number): GUESS for number in range(1, 21)}
    (_, line) = difference_lines(NetworkDifference(new=(SeenHost("10.0.0.5", ports=ports),)))
    assert line.en.endswith(" and 8 more")
    assert line.ja.endswith("、ほか 8")
    many = tuple(Untold(SeenHost(f"10.0.0.{number}"), only_before=True, why="not_asked") for number in range(30))
    assert difference_lines(NetworkDifference(untold=many))[-1].en.endswith(" and 20 more")


def test_programs_get_every_part() -> None:
    said = json.loads(json.dumps(difference_json(ALL)))
    assert said["new"][0]["open"] == [
        {"protocol": "tcp", "port": 22, "service": "ssh", "product": "OpenSSH", "version": "8.4", "probed": True},
        {"protocol": "tcp", "port": 3389, "service": "ms-wbt-server", "product": None, "version": None, "probed": False},
    ]
    assert said["not_seen_since"][0]["seen"] == "2026-05-01T09:00:00"
    assert said["closed"][1]["after"]["state"] == "filtered"
    assert said["opened"][0]["before"] is None
    assert said["moved"][0]["before"]["address"] == "10.0.0.9"
    assert said["untold"] == [
        {"address": "10.0.0.9", "seen_by": "earlier", "why": "not_asked"},
        {"address": "10.0.0.5", "seen_by": "later", "why": "cut_off"},
    ]
    assert all(value == [] for value in difference_json(NetworkDifference()).values())
