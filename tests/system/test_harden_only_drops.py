"""The tables of a hardening plan beside rule sets drawn at random, as nftables itself lists them: they add no way to anybody."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Network
from random import Random

import pytest

from omamori.analyze.addresses import Network, networks_of
from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Start
from omamori.model.host import KernelSetting
from omamori.model.network import Interface
from omamori.parse.interface import Context
from omamori.parse.linux.firewall import parse
from omamori.respond.harden.measures import linux_firewall, linux_forward
from omamori.respond.harden.measures.linux_gate import Door
from omamori.respond.harden.measures.linux_nft import forward_table, input_table
from truth import ports
from truth.random_rules import Surroundings, nftables

pytestmark = pytest.mark.system
SEEDS = range(14)
ZONES = {name: IPv4Network(f"10.9.{number}.0/24") for number, name in enumerate("abc")}
ROUTER = tuple(zone[1] for zone in ZONES.values())
MACHINES = tuple(zone[9] for zone in ZONES.values())
AROUND = Surroundings(tuple(f"net-{name}" for name in ZONES), ROUTER, tuple(ZONES.values()), MACHINES, ports.TCP, ports.UDP)
TCP, UDP = ports.TCP[:2], ports.UDP[:1]
MARK = "--- listed"
RANK = {"none": 0, "one-way": 1, "unknown": 1, "open": 2}
"""Ranks of what a question gets: no answer, an answer in one direction, or one that cannot be told, a connection."""


def listed(*texts: str) -> list[str]:
    """Load texts one after the other in a network of their own; what `nft` lists after each."""
    shell = "\n".join(f"ip link add {name} type bridge" for name in AROUND.interfaces) + "\n"
    shell += "\n".join(f"nft -f - <<'E' && nft -j list ruleset || exit 1\n{text}\nE\necho {MARK}" for text in texts)
    done = subprocess.run(["unshare", "--net", "sh", "-c", shell], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split(f"{MARK}\n")[: len(texts)]


def reached(ruleset: str) -> dict[tuple[str, ...], int]:
    """What comes of a packet from each machine to each machine and to the router, on each port."""
    now = datetime(2026, 6, 1, tzinfo=UTC)
    evidence = f"#@ modules\n#@ end 0\n#@ nft\n{ruleset}\n#@ end 0\n".encode()
    rows = [replace(row, asset="router") for row in parse(evidence, Context("linux.firewall", now, now, privileged=True)).rows]
    assert any(type(row).__name__ == "DeviceRule" for row in rows)
    rows.append(KernelSetting(asset="router", name="net.ipv4.ip_forward", value="1"))
    rows += [Interface(asset="router", name=f"net-{name}", address=str(zone[1]), prefix=24) for name, zone in ZONES.items()]
    rows += [Interface(asset=f"pc-{name}", name="eth0", address=str(zone[9]), prefix=24) for name, zone in ZONES.items()]
    network = network_of(rows)
    tries = [("tcp", port) for port in TCP] + [("udp", port) for port in UDP]
    return {
        (name, str(address), protocol, str(port)): RANK[
            ask(network, Start("zone", network=str(zone), gateway="router"), protocol, str(zone[9]), str(address), port, 40000).reach
        ]
        for name, zone in ZONES.items()
        for address in (*MACHINES, *ROUTER)
        if address not in zone
        for protocol, port in tries
    }


def doors(random: Random) -> list[Door]:
    choices: list[tuple[Network, ...] | None] = [
        None,
        (),
        networks_of("10.9.0.0/24"),
        networks_of("10.9.0.9 10.9.2.0/28"),
        networks_of("0.0.0.0/0"),
    ]
    wanted = [("tcp", port) for port in (*TCP, 21)] + [("udp", port) for port in UDP]
    return [Door(protocol, port, random.choice(choices)) for protocol, port in dict.fromkeys(wanted) if random.random() < 0.7]


def tables(random: Random) -> str:
    always = networks_of("10.9.1.9") if random.random() < 0.3 else ()
    targets = [(str(address), [one for one in doors(random) if one.sources is not None], always) for address in MACHINES[:2]]
    return input_table(linux_firewall.TABLE, doors(random), always) + forward_table(linux_forward.TABLE, targets)


def test_a_plan_adds_no_way_to_any_rule_set() -> None:
    taken = opened = 0
    for seed in SEEDS:
        random = Random(f"only drops {seed}")
        before, after = (reached(one) for one in listed(nftables(random, AROUND), tables(random)))
        assert before.keys() == after.keys()
        assert {key for key in before if after[key] > before[key]} == set(), seed
        opened += sum(rank == 2 for rank in before.values())
        taken += sum(after[key] < before[key] for key in before)
    assert opened > 100 and taken > 50, "rule sets that let nothing through would prove nothing"


def test_addresses_are_written_as_nftables_reads_them() -> None:
    spans = networks_of("172.16.0.0/12 10.9.0.3-10.9.0.9 198.51.100.7 2001:db8::/32")
    (said,) = listed(input_table("omamori_harden", [Door("tcp", 22, spans)], networks_of("203.0.113.0/24")))
    for wanted in ("10.9.0.3", "198.51.100.7", "2001:db8::", "203.0.113.0"):
        assert wanted in said
    assert IPv4Address("10.9.0.3") in (spans[1].first,)
