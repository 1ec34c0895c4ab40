"""Random rule sets in a real kernel: what the rows of device_chains and device_rules say of a packet is what happens to it.

The rules are loaded with nft and iptables, printed again by the kernel, read by the product; then real connections are tried from three
addresses, over TCP and UDP, to every port. The evaluation of the rows below is this test's own, from the words of `model/device.py`.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest

from omamori.model.device import DeviceChain, DeviceRule, DeviceUnread
from omamori.parse.linux.filter import read_filter
from omamori.parse.linux.filter_rows import device_rows
from omamori.parse.sections import Section

pytestmark = pytest.mark.system
INSIDE = "10.77.0.1"
SOURCES = ("10.77.0.2", "10.77.0.3", "10.77.0.9")
PORTS = (2101, 2102, 2103, 2110, 2111, 2120, 2130, 2199)
Packet = tuple[str, str, int]
"""Protocol, source address, destination port."""
SERVE = """
import selectors, socket, sys
told = selectors.DefaultSelector()
for port in map(int, sys.argv[1:]):
    tcp = socket.create_server(("0.0.0.0", port), backlog=200)
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("10.77.0.1", port))
    for one in (tcp, udp):
        one.setblocking(False)
        told.register(one, selectors.EVENT_READ, port)
print("ready", flush=True)
while True:
    for key, _ in told.select():
        if key.fileobj.type == socket.SOCK_STREAM:
            made, _ = key.fileobj.accept()
            made.sendall(str(key.data).encode())
            made.close()
        else:
            _, sender = key.fileobj.recvfrom(10)
            key.fileobj.sendto(str(key.data).encode(), sender)
"""
KNOCK = """
import json, selectors, socket, struct, sys, time
told = selectors.DefaultSelector()
for protocol, source, port in json.loads(sys.argv[1]):
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    one = socket.socket(socket.AF_INET, kind)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if protocol == "tcp":
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    one.setblocking(False)
    one.bind((source, 30000 + port))
    try:
        one.connect(("10.77.0.1", port))
    except BlockingIOError:
        pass
    if protocol == "udp":
        one.send(b"?")
    told.register(one, selectors.EVENT_READ, (protocol, source, port))
end, met = time.monotonic() + 2.5, []
while told.get_map() and time.monotonic() < end:
    for key, _ in told.select(end - time.monotonic()):
        told.unregister(key.fileobj)
        try:
            said = key.fileobj.recv(10)
        except OSError:
            said = b""
        if said:
            met.append([*key.data, int(said)])
        key.fileobj.close()
print(json.dumps(met))
"""


def conditions(chance: random.Random) -> str:
    """A condition in the language of nft, of those the product says it understands."""
    ports = sorted(chance.sample(PORTS, 3))
    addresses = chance.sample(SOURCES, 2)
    protocol = chance.choice(("tcp", "udp"))
    return chance.choice(
        (
            f"{protocol} dport {ports[0]}",
            f"{protocol} dport {ports[0]}-{ports[1]}",
            f"{protocol} dport {{ {ports[0]}, {ports[1]}-{ports[2]} }}",
            f"{protocol} dport != {{ {ports[0]}, {ports[2]} }}",
            f"{protocol} dport < {ports[1]}",
            f"{protocol} dport >= {ports[1]} ip saddr {addresses[0]}",
            f"ip saddr {addresses[0]}",
            f"ip saddr != {{ {addresses[0]}, {addresses[1]} }} {protocol} dport {ports[1]}",
            f"ip saddr 10.77.0.0/30 {protocol} dport {ports[0]}-{ports[2]}",
            f"ip saddr 10.77.0.3-10.77.0.9 meta l4proto {protocol}",
            f"ip saddr @near {protocol} dport @doors",
            f"ip saddr . {protocol} dport {{ {addresses[0]} . {ports[0]}, {addresses[1]} . {ports[1]}-{ports[2]} }}",
            f"meta l4proto {{ tcp, udp }} th dport {{ {ports[0]}, {ports[1]} }}",
            f"{protocol} sport {30000 + ports[0]}-{30000 + ports[1]}",
            f'iifname "eth*" {protocol} dport {ports[2]}',
            f'iifname != "eth0" {protocol} dport {ports[2]}',
            f"ct state new {protocol} dport {ports[0]}",
            f"ct state new ct status dnat {protocol} dport {ports[0]}-{ports[2]}",
            f"tcp flags & (fin|syn|rst|ack) == syn tcp dport {ports[0]}-{ports[1]}",
            f"ip protocol {protocol} ip daddr {INSIDE} ip saddr != {addresses[1]}",
            f"fib daddr type local {protocol} dport {ports[1]}",
        )
    )


def verdict(chance: random.Random, *, deep: bool) -> str:
    further = [] if deep else ["jump far", "goto far", "jump near"]
    return chance.choice(["accept", "drop", "reject", "accept", "counter drop", "return", *further])


def nft_rules(seed: int) -> str:
    chance = random.Random(seed)
    ports = sorted(chance.sample(PORTS, 3))
    first = "ct state established,related accept"

    def body(count: int, *, deep: bool = False) -> str:
        return "\n".join(f"{conditions(chance)} {verdict(chance, deep=deep)}" for _ in range(count))

    policies = chance.sample(("accept", "drop"), 2)
    return f"""table inet first {{
 set near {{
  type ipv4_addr
  flags interval
  elements = {{ 10.77.0.2-10.77.0.3 }}
 }}
 set doors {{
  type inet_service
  flags interval
  elements = {{ {ports[0]}-{ports[1]}, {ports[2]} }}
 }}
 chain far {{
  {body(3, deep=True)}
 }}
 chain near {{
  tcp dport vmap {{ {ports[0]} : accept, {ports[1]} : jump far, {ports[2]} : drop }}
  {body(2, deep=True)}
 }}
 chain in {{
  type filter hook input priority filter; policy {policies[0]};
  {first}
  {body(6)}
 }}
 chain late {{
  type filter hook input priority filter + 10; policy accept;
  {first}
  {body(2, deep=True)}
 }}
}}
table ip second {{
 chain pre {{
  type nat hook prerouting priority dstnat; policy accept;
  tcp dport {ports[0]} redirect to :{ports[1]}
  ip saddr {chance.choice(SOURCES)} udp dport {ports[1]} dnat to {INSIDE}:{ports[2]}
  dnat to tcp dport map {{ {ports[2]} : {INSIDE} . {ports[0]} }}
 }}
}}
"""


def iptables_rules(seed: int) -> list[str]:
    chance = random.Random(seed)
    ports = sorted(chance.sample(PORTS, 3))
    rules = ["-N FAR", f"-P INPUT {chance.choice(('ACCEPT', 'DROP'))}", "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"]
    for chain, count in (("FAR", 3), ("INPUT", 7)):
        for _ in range(count):
            some = sorted(chance.sample(PORTS, 3))
            one, other = chance.sample(SOURCES, 2)
            protocol = chance.choice(("tcp", "udp"))
            asked = chance.choice(
                (
                    f"-p {protocol} --dport {some[0]}",
                    f"-p {protocol} --dport {some[0]}:{some[2]} -s {one}",
                    f"-p {protocol} -m multiport --dports {some[0]},{some[1]}:{some[2]} ! -s {other}",
                    f"-p {protocol} -m multiport ! --dports {some[0]},{some[2]}",
                    f"-p {protocol} -m multiport --ports {some[0]},{30000 + some[1]}",
                    f"-m iprange --src-range 10.77.0.3-10.77.0.9 -p {protocol}",
                    f"-s 10.77.0.0/255.255.255.252 -p {protocol} --dport {some[1]}",
                    f"! -p {protocol} -s {one}",
                    f"-i eth+ -p {protocol} --dport {some[2]}",
                    f"! -i eth0 -p {protocol}",
                    f"-p tcp --syn --dport {some[1]} -m state --state NEW",
                    f"-p {protocol} -m conntrack --ctstate DNAT",
                    f"-p {protocol} -m addrtype --dst-type LOCAL --dport {some[0]}",
                )
            )
            target = chance.choice(("-j ACCEPT", "-j DROP", "-j REJECT", "-j RETURN", *(("-j FAR", "-g FAR") if chain == "INPUT" else ())))
            rules.append(f"-A {chain} {asked} {target}")
    rules.append(f"-t nat -A PREROUTING -p tcp --dport {ports[0]} -j REDIRECT --to-ports {ports[1]}")
    rules.append(f"-t nat -A PREROUTING -s {chance.choice(SOURCES)} -p udp --dport {ports[1]} -j DNAT --to-destination {INSIDE}:{ports[2]}")
    return rules


def among(written: str | None, holds: Any) -> bool:
    """Whether a list of the tables holds: any, one of its members, or with `!` none of them."""
    if written is None:
        return True
    found = any(holds(member) for member in written.removeprefix("!").split(","))
    return found != written.startswith("!")


def in_addresses(address: str, member: str) -> bool:
    if "/" in member:
        return ip_address(address) in ip_network(member)
    low, _, high = member.partition("-")
    return int(ip_address(low)) <= int(ip_address(address)) <= int(ip_address(high or low))


def in_ports(port: int, member: str) -> bool:
    low, _, high = member.partition("-")
    return int(low) <= port <= int(high or low)


class Kernel:
    """The rows of one machine, and what they say of the first packet of a connection."""

    def __init__(self, rows: tuple[Any, ...]) -> None:
        assert not [row for row in rows if isinstance(row, DeviceUnread)]
        self.chains = [row for row in rows if isinstance(row, DeviceChain)]
        self.rules: dict[str, list[DeviceRule]] = {chain.chain: [] for chain in self.chains}
        for row in rows:
            if isinstance(row, DeviceRule):
                assert row.position == len(self.rules[row.chain])
                self.rules[row.chain].append(row)

    def answered_by(self, packet: Packet) -> int | None:
        """The port that gets the connection; None when it is not let in."""
        protocol, source, port = packet
        now: dict[str, Any] = {
            "protocol": protocol,
            "source": source,
            "destination": INSIDE,
            "from": 30000 + port,
            "to": port,
            "states": {"new"},
        }
        for hook in ("prerouting", "input"):
            for chain in sorted((one for one in self.chains if one.hook == hook), key=lambda one: one.priority):
                if chain.family == "ipv6":
                    continue
                if (self.walk(chain.chain, now) or chain.policy) == "drop":
                    return None
        return int(now["to"])

    def walk(self, name: str, now: dict[str, Any]) -> str | None:
        for rule in self.rules[name]:
            assert rule.decision != "unknown" and rule.unread is None, rule
            if not self.matches(rule, now):
                continue
            if rule.decision in ("accept", "drop", "reject"):
                return "accept" if rule.decision == "accept" else "drop"
            if rule.decision == "return":
                return None
            if rule.decision in ("dnat", "redirect"):
                now["to"] = int(rule.to_ports) if rule.to_ports else now["to"]
                now["states"] = {*now["states"], "dnat"}
                return "accept"
            if rule.decision in ("jump", "goto"):
                found = self.walk(str(rule.target), now)
                if found or rule.decision == "goto":
                    return found
        return None

    @staticmethod
    def matches(rule: DeviceRule, now: dict[str, Any]) -> bool:
        return (
            rule.enabled
            and rule.family in (None, "ipv4")
            and among(rule.protocol, lambda one: one == now["protocol"])
            and among(rule.sources, lambda one: in_addresses(now["source"], one))
            and among(rule.destinations, lambda one: in_addresses(now["destination"], one))
            and among(rule.source_ports, lambda one: in_ports(now["from"], one))
            and among(rule.destination_ports, lambda one: in_ports(now["to"], one))
            and among(rule.interface_in, lambda one: "eth0".startswith(one[:-1]) if one.endswith("*") else one == "eth0")
            and among(rule.states, lambda one: one in now["states"])
        )


def printed(lab: Any, name: str, *words: str) -> Section:
    done = lab.run(*words)
    text = done.stdout.decode()
    return Section(name, 2, tuple(text.split("\n")), done.returncode)


def sections(lab: Any, *, as_text: bool = False) -> Iterator[Section]:
    """What the probe prints, as it prints it."""
    if as_text:
        yield Section("nft", 1, (), 1)
        yield printed(lab, "nft-text", "nft", "list", "ruleset")
    else:
        yield printed(lab, "nft", "nft", "-j", "list", "ruleset")
    for tool in ("iptables", "ip6tables"):
        yield printed(lab, tool, f"{tool}-save")
    for tool in ("iptables-legacy", "ip6tables-legacy"):
        yield printed(lab, tool, f"{tool}-save")


def told(lab: Any, *, as_text: bool = False) -> tuple[Any, ...]:
    found = read_filter({section.name: section for section in sections(lab, as_text=as_text)})
    assert found is not None
    return device_rows(found)


RULES = [*(("nft", seed) for seed in range(8)), *((tool, seed) for tool in ("iptables-nft", "iptables-legacy") for seed in range(4))]


@pytest.mark.parametrize(("tool", "seed"), RULES)
def test_what_the_rows_say_of_a_packet_is_what_happens_to_it(tool: str, seed: int, lab: Any) -> None:
    daemon = lab.start(sys.executable, "-c", SERVE, *map(str, PORTS))
    log = Path(lab.folder / "daemon-0.log")
    while "ready" not in log.read_text():
        assert daemon.poll() is None, log.read_text()
        time.sleep(0.05)
    if tool == "nft":
        rules = nft_rules(seed)
        lab.must("nft", "-f", "-", input=rules.encode())
    else:
        rules = "\n".join(iptables_rules(seed))
        lab.must("sh", "-ce", "\n".join(f"{tool} {line}" for line in rules.split("\n")))
    packets = [(protocol, source, port) for protocol in ("tcp", "udp") for source in SOURCES for port in PORTS]
    met = json.loads(lab.must(sys.executable, "-c", KNOCK, json.dumps(packets), namespace=lab.outside))
    happened = {(protocol, source, port): answered for protocol, source, port, answered in met}
    kernel = Kernel(told(lab))
    assert {packet: kernel.answered_by(packet) for packet in packets} == {packet: happened.get(packet) for packet in packets}, rules
    if tool == "nft":  # as a version prints it that knows no JSON
        text = Kernel(told(lab, as_text=True))
        assert {packet: text.answered_by(packet) for packet in packets} == {packet: happened.get(packet) for packet in packets}, rules
