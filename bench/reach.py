"""Seconds of the processor for the exact reachability of made-up hospitals with 10 to 60 devices of 500 rules each (`make bench`).

Prints a table and writes `docs/bench-reach.svg`. Two kinds of rules: as people write them (objects, groups, ranges, zones, a last rule
that drops), and random ones. Every zone asks what it reaches, with the names of the rules.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from omamori.analyze.reach.follow import follow
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Start
from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRoute, DeviceRule

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "bench-reach.svg"
LIMIT_S = 30.0
PORTS = ("22", "80", "443", "80,443", "3389", "445", "104", "1433", "1521", "2575", "8080-8089", "5900-5910", "53", "161", "49152-65535")


def hospital(devices: int, rules: int, kind: str, seed: int = 7) -> tuple[list[Any], list[str]]:
    """Make rows of `devices` firewalls round a core network, each with four zones behind it; returns them and the zones' networks."""
    dice = random.Random(seed)
    rows: list[Any] = []
    zones = [f"10.{1 + number // 4}.{number % 4}.0/24" for number in range(devices * 4)]
    for number in range(devices):
        name = f"fw{number:02}"
        rows.append(DeviceFact(asset=name, system="fortios", forwards=True, stateful=True))
        core = f"10.250.0.{number + 1}"
        rows.append(DeviceInterface(asset=name, name="core", zone="core", address=core, prefix=24))
        for place in range(4):
            net = zones[number * 4 + place].removesuffix("0/24")
            rows.append(DeviceInterface(asset=name, name=f"lan{place}", zone="inside", address=f"{net}1", prefix=24))
        for other in range(devices):
            if other != number:
                rows.append(DeviceRoute(asset=name, destination=f"10.{1 + other}.0.0/16", gateway=f"10.250.0.{other + 1}", distance=1))
        rows.append(DeviceChain(asset=name, chain="policy", hook="forward", policy="drop", first_packet=True))
        make = _written if kind == "written" else _random
        rows += make(dice, name, zones, number, rules)
        rows.append(DeviceChain(asset=name, chain="vip", hook="prerouting", priority=-100, policy="accept", first_packet=True))
        inner = zones[number * 4].removesuffix("0/24")
        rows += [
            DeviceRule(
                asset=name, chain="vip", position=at, rule=f"vip{at}", decision="dnat", protocol="tcp", destinations=core,
                destination_ports=str(8000 + at), to_addresses=f"{inner}{10 + at}", to_ports="443",
            )
            for at in range(5)
        ]  # fmt: skip
    return rows, zones


def _written(dice: random.Random, asset: str, zones: list[str], number: int, count: int) -> Iterator[DeviceRule]:
    """Rules as people write them: own networks to servers all over the house, others to own servers, shared groups, a few refusals."""
    mine = zones[number * 4 : number * 4 + 4]
    servers = [
        ",".join(f"{net.removesuffix('0/24')}{10 + (at * 7 + place) % 40}" for place in range(1 + at % 4)) for at, net in enumerate(zones)
    ]
    own = servers[number * 4 : number * 4 + 4]
    groups = [*zones, *[",".join(dice.sample(zones, 6)) for _ in range(20)], "10.0.0.0/8"]
    groups += [
        f"{net.removesuffix('0/24')}{low}-{net.removesuffix('0/24')}{low + 20}" for net in dice.sample(zones, 8) for low in (100, 150)
    ]
    for at in range(count):
        inward = dice.random() < 0.5
        yield DeviceRule(
            asset=asset,
            chain="policy",
            position=at,
            rule=f"p{at}",
            decision="accept" if dice.random() < 0.85 else "drop",
            sources=dice.choice(groups) if inward else dice.choice((*mine, ",".join(mine))),
            destinations=dice.choice(own) if inward else dice.choice((*servers, *groups)),
            protocol=dice.choice(("tcp", "tcp", "tcp", "udp")),
            destination_ports=dice.choice(PORTS),
        )


def _random(dice: random.Random, asset: str, zones: list[str], number: int, count: int) -> Iterator[DeviceRule]:
    """Rules without any sense: ranges and ports at random, one half accept."""
    for at in range(count):
        ends = []
        for _ in range(2):
            net = dice.choice(zones).removesuffix("0/24")
            low = dice.randint(0, 254)
            ends.append(f"{net}{low}-{net}{dice.randint(low, 255)}" if dice.random() < 0.7 else f"{net}0/{dice.choice((16, 20, 24))}")
        low = dice.randint(1, 65535)
        yield DeviceRule(
            asset=asset,
            chain="policy",
            position=at,
            rule=f"p{at}",
            decision=dice.choice(("accept", "drop")),
            sources=ends[0],
            destinations=ends[1] if dice.random() < 0.9 else None,
            protocol=dice.choice(("tcp", "udp", None)),
            destination_ports=f"{low}-{dice.randint(low, 65535)}" if dice.random() < 0.8 else None,
        )


def measured(devices: int, rules: int, kind: str) -> tuple[float, int]:
    """Return the seconds of the processor all zones' questions took together, and how many sets were reached."""
    rows, zones = hospital(devices, rules, kind)
    begin = time.process_time()
    network = network_of(rows)
    starts = [Start("zone", network=zone) for zone in zones]
    masks = Masks(network, starts)
    found = sum(len(follow(network, start, masks=masks)) for start in starts)
    return time.process_time() - begin, found


def drawn(results: dict[str, list[tuple[int, float]]]) -> str:
    """Draw how the seconds grow with the devices, one line for each kind of rules."""
    most = max(seconds for points in results.values() for _, seconds in points)
    widest = max(devices for points in results.values() for devices, _ in points)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 320" font-family="sans-serif" font-size="11">',
        '<path d="M60 20V280H540" fill="none" stroke="#444"/>',
        '<text x="280" y="312" text-anchor="middle">devices, 500 rules each; every zone asks (four to a device)</text>',
        '<text x="60" y="14">exact reachability, seconds of CPU</text>',
    ]
    for (kind, points), colour in zip(results.items(), ("#06c", "#c60"), strict=False):
        places = [(60 + 440 * devices / widest, 280 - 240 * seconds / most) for devices, seconds in points]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        for (x, y), (devices, seconds) in zip(places, points, strict=True):
            parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{x - 4:.0f}" y="{y - 6:.0f}" text-anchor="end">{devices}: {seconds:.1f} s</text>')
        x, y = places[-1]
        parts.append(f'<text x="{x + 6:.0f}" y="{y + 4:.0f}" fill="{colour}">{kind}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main() -> int:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, nargs="*", default=[10, 20, 30, 60])
    parser.add_argument("--rules", type=int, default=500)
    parser.add_argument("--no-picture", action="store_true")
    arguments = parser.parse_args()
    results: dict[str, list[tuple[int, float]]] = {}
    kept = True
    for kind in ("written", "random"):
        for devices in arguments.devices:
            seconds, found = measured(devices, arguments.rules, kind)
            results.setdefault(kind, []).append((devices, seconds))
            told = ""
            if devices == 30:
                kept = kept and seconds <= LIMIT_S
                told = f" (asked: under {LIMIT_S:g} s)"
            print(
                f"reach, {kind} rules: {devices} devices × {arguments.rules}: {seconds:.1f} s of CPU, {found} sets from {devices * 4} zones{told}"
            )
    if not arguments.no_picture:
        PICTURE.write_text(drawn(results), encoding="utf-8")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
