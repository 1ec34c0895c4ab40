"""Hospitals for the tests of the picture: made by hand, and made at random."""

from __future__ import annotations

import itertools
import random
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from omamori.map.hospital import Between, Door, Found, Hospital, Judged, Line, Machine, Talk, Zone
from omamori.map.ways_in import Change, Path, Stride, WayIn, WaysIn
from omamori.model.text import Text

MOMENT = datetime(2026, 6, 1, 9, 0)
HOSTILE = "<script>alert(1)</script>\"onload='x' &amp; \x1b[31m\u202e]]>"
KINDS = ("server", "client", "modality", "printer", "nas", "switch", "network", "unknown")
ZONE_KINDS = ("ehr", "department", "imaging", "office", "dmz", "medical", "backup", "guest", "other")


def judged(worst: str = "", message: str = "x") -> Judged:
    order = ("critical", "high", "medium", "low")
    if not worst:
        return Judged()
    counts: Any = tuple(int(severity == worst) for severity in order)
    return Judged(counts, 2, 0, (Found("topic.check", worst, Text(f"{message}の発見", f"{message} found"), "aa:1"),))


def machine(name: str, zone: str = "LAN", kind: str = "server", worst: str = "", **more: Any) -> Machine:
    return Machine(name=name, zone=zone, kind=kind, judged=judged(worst, name), **{"declared": True, "observed": True, **more})


def small(**more: Any) -> Hospital:
    """A DMZ, a LAN and a medical zone; two lines, one undeclared door, a machine in two networks."""
    machines = (
        machine("ehr1", worst="critical", important=True, addresses=("10.1.0.11",), vendor="Vendor A"),
        machine("pc1", kind="client", worst="medium"),
        machine("ghost", kind="network", observed=False),
        machine("raspberry", kind="unknown", worst="high", declared=False),
        machine("web1", "DMZ"),
        machine("monitor1", "Monitors", "modality", medical=True),
        machine("lost", ""),
    )
    held: dict[str, Any] = {
        "name": "Test Hospital",
        "moment": MOMENT,
        "zones": (Zone("DMZ", "dmz", "10.9.0.0/24"), Zone("LAN", "ehr", "10.1.0.0/16"), Zone("Monitors", "medical", "172.16.5.0/24")),
        "zones_known": True,
        "machines": tuple(sorted(machines, key=lambda one: one.name)),
        "lines": (
            Line("Homepage", "internet", "Provider", device="Router", lands_in="DMZ", seen=True),
            Line(
                "Service VPN", "ssl-vpn", "Vendor A", device="FortiGate", firmware="6.0.4", lands_in="LAN", judged=judged("critical", "vpn")
            ),
        ),
        "lines_known": True,
        "doors": (Door("pc1", "AnyDesk", "remote", "bb:2"),),
        "between": (Between("monitor1", ("LAN", "Monitors"), network=False),),
        "talks": (Talk("pc1", "ehr1", "LAN", "LAN", ("443/tcp",)), Talk("web1", "ehr1", "DMZ", "LAN", ("8443/tcp",), designed=False)),
        "strangers": (Machine("10.1.0.99", zone="LAN", declared=False, answered=True, stranger="pc1"),),
    }
    return Hospital(**{**held, **more})


def with_ways(**more: Any) -> Hospital:
    """The small hospital with its register: a line that was seen, a tunnel nobody declared, a program, a socket; and where they lead."""
    told = Text("画面の一歩", "a step")
    entries = (
        WayIn("Homepage", "internet", line="Homepage", zone="DMZ", declared=True, observed=None),
        WayIn("LAN usb", "usb", method="usb", zone="LAN", observed=True),
        WayIn("Service VPN", line="Service VPN", vendor="Vendor A", device="fw", zone="LAN", declared=True, observed=True, evidence="aa:1"),
        WayIn("fw tunnel", device="fw", method="ipsec", zone="Monitors", declared=False, observed=True, evidence="bb:2"),
        WayIn("fw wan1", "internet", device="fw", method="interface", declared=False, observed=True),
        WayIn("pc1 anydesk", "remote-software", method="anydesk", machine="pc1", zone="LAN", declared=False, observed=True),
    )
    paths = (
        Path(
            "Service VPN",
            "ehr1",
            "ehr",
            True,
            (
                Stride("Service VPN", "LAN", Text("入る", "comes in"), evidence="aa:1", change="entry:Service VPN"),
                Stride("LAN", "pc1", Text("端末へ", "to the PC"), change="login:pc1"),
                Stride("pc1", "pc1", Text("パスワードを取る", "takes a password")),
                Stride("pc1", "ehr1", Text("電子カルテへ", "to the records"), evidence="cc:3", change="entry:Service VPN"),
            ),
            changes=("entry:Service VPN",),
        ),
        Path("Service VPN", "web1", "important", False, (Stride("Service VPN", "web1", told, certain=False),)),
        Path("LAN usb", "ehr1", "ehr", True, (Stride("LAN usb", "LAN", told), Stride("LAN", "ehr1", told))),
        Path("fw tunnel", "lost", "backup", True, (Stride("fw tunnel", "nowhere", told), Stride("nowhere", "lost", told)), cut=True),
    )
    changes = (
        Change("entry:Service VPN", Text("回線を切る", "unplug the line"), "low", "Vendor A", 1),
        Change("login:pc1", Text("パスワードを付ける", "set a password"), "none"),
    )
    return small(**{"ways": WaysIn(True, entries, paths, changes), **more})


def hospitals(most_machines: int = 120) -> st.SearchStrategy[Hospital]:
    """Hospitals of any shape; what stands in them is rolled from one number, which is quick."""
    return st.builds(rolled, st.integers(0, 2**32), st.integers(0, 9), st.integers(0, most_machines), st.integers(0, 16))


def rolled(seed: int, zones: int, machines: int, lines: int) -> Hospital:
    dice = random.Random(seed)
    drawn = tuple(Zone(f"zone{number}", dice.choice(ZONE_KINDS)) for number in range(zones))
    names = [zone.name for zone in drawn] + [""]
    severities = ("", "", "low", "medium", "high", "critical")
    inside = tuple(
        machine(f"m{number:03}", dice.choice(names), dice.choice(KINDS), dice.choice(severities), declared=dice.random() < 0.9)
        for number in range(machines)
    )
    outside = tuple(
        Line(f"line{number}", "ssl-vpn", f"vendor{dice.randrange(5)}", lands_in=dice.choice(names), judged=judged(dice.choice(severities)))
        for number in range(lines)
    )
    doors = tuple(Door(one.name, "AnyDesk", "remote") for one in inside if dice.random() < 0.08)
    between = tuple(
        Between(one.name, tuple(sorted({one.zone, dice.choice(names)} - {""})), network=False) for one in inside[:3] if one.zone
    )
    talks = tuple(Talk(a.name, b.name, a.zone, b.zone, designed=dice.choice((True, False, None))) for a, b in itertools.pairwise(inside))
    joined = tuple(one for one in between if len(one.zones) > 1)
    ways = _rolled_ways(dice, names, [one.name for one in inside], [line.name for line in outside])
    return Hospital("H", MOMENT, drawn, True, inside, outside, True, doors, joined, talks, ways=ways)


def _rolled_ways(dice: random.Random, zones: list[str], machines: list[str], lines: list[str]) -> WaysIn:
    kinds = ("line", "internet", "partner", "remote-software", "usb", "wall-port", "wireless", "dual-homed", "office-mail", "mobile")
    places = [*zones, *machines, "nowhere"]
    entries = tuple(
        WayIn(
            f"way{number}",
            dice.choice(kinds),
            line=dice.choice([*lines, "", "a line nobody has"]),
            device=dice.choice(["", "", *machines]),
            zone=dice.choice(zones),
            machine=dice.choice(["", "", *machines]),
            declared=dice.choice((True, False, None)),
            observed=dice.choice((True, False, None)),
            closed=dice.random() < 0.2,
        )
        for number in range(dice.randrange(12))
    )
    told = Text("一歩", "step")
    paths = tuple(
        Path(
            way.name,
            dice.choice(places),
            "ehr",
            dice.random() < 0.5,
            tuple(Stride("x", dice.choice(places), told, dice.random() < 0.5) for _ in range(dice.randrange(1, 5))),
            cut=dice.random() < 0.2,
        )
        for way in entries
    )
    return WaysIn(bool(entries), entries, paths)
