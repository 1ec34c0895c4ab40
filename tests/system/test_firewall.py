"""What the firewall reader says of a port is what happens to a real connection to it."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.system
OUTSIDE = ("10.77.0.2", "10.77.0.3", "10.77.0.9")  # as in conftest; no rule names the last
PORTS = (2101, 2102, 2103)
LISTEN = (
    "import socket,sys,time\n"
    "s=[socket.create_server(('0.0.0.0', int(p))) for p in sys.argv[1:]]\n"
    "print('ready', flush=True)\n"
    "time.sleep(3600)\n"
)
NFT = "table inet f {{\n{extra}\nchain c {{\ntype filter hook input priority 0; policy {policy};\niif lo accept\n{rules}\n}}\n}}"


def nft(policy: str, rules: str, extra: str = "") -> str:
    text = NFT.format(policy=policy, rules=rules, extra=extra)
    return f"nft -f - <<'END'\n{text}\nEND"


def tables(flavour: str, *rules: str) -> str:
    return " && ".join(f"{flavour} {rule}" for rule in rules)


ESTABLISHED = "-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT"
# Three ports each: what a person would write on a machine, in the ways people write it.
RULES = {
    "none": "true",
    "nft drop, one open, one for a neighbour": nft(
        "drop", "ct state established,related accept; tcp dport 2101 accept; ip saddr 10.77.0.2 tcp dport 2102 accept;"
    ),
    "nft drop, set of ports and set of sources": nft(
        "drop",
        "tcp dport { 2101, 2102 } ip saddr @near accept; tcp dport 2103 accept;",
        "set near { type ipv4_addr; elements = { 10.77.0.3 }; }",
    ),
    "nft drop, jump": nft(
        "drop",
        "jump d;",
        "chain d { tcp dport 2101-2102 accept; tcp dport 2103 ip saddr 10.77.0.0/31 accept; ip saddr 10.77.0.2 tcp dport 2103 accept; }",
    ),
    "nft accept, some refused": nft("accept", "tcp dport 2101 drop; ip saddr 10.77.0.2 tcp dport 2102 reject;"),
    "nft first rule wins": nft("accept", "tcp dport 2101 accept; tcp dport 2101-2102 drop;"),
    "nft second chain drops what the first lets in": nft(
        "accept", "tcp dport 2101 accept;", "chain later { type filter hook input priority 10; policy accept; tcp dport 2101 drop; }"
    ),
    **{
        f"{flavour} {name}": tables(flavour, *rules)
        for flavour in ("iptables-nft", "iptables-legacy")
        for name, rules in {
            "drop": (
                "-P INPUT DROP",
                ESTABLISHED,
                "-A INPUT -p tcp --dport 2101 -j ACCEPT",
                "-A INPUT -s 10.77.0.3 -p tcp --dport 2102 -j ACCEPT",
            ),
            "multiport and chain": (
                "-N IN",
                "-A INPUT -j IN",
                "-A IN -p tcp -m multiport --dports 2101,2103 -j ACCEPT",
                "-A INPUT -p tcp -j REJECT",
            ),
        }.items()
    },
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES.keys())
def test_verdict_is_what_a_connection_meets(rules, lab, site, script) -> None:  # type: ignore[no-untyped-def]
    daemon = lab.start(sys.executable, "-c", LISTEN, *map(str, PORTS))
    log = Path(lab.folder / "daemon-0.log")
    while "ready" not in log.read_text():
        assert daemon.poll() is None, log.read_text()
    lab.must("sh", "-c", rules)
    met = {port: lab.reached_from(port) for port in PORTS}
    kit = site.folder / "machine.kit"
    kit.write_bytes(lab.must("sh", str(script), "-"))
    assert site.omamori("import", str(kit)).returncode == 0
    assert site.omamori("check", "--out", str(site.folder / "out")).returncode in (0, 1)
    with duckdb.connect(str(site.tables()), read_only=True) as database:
        rows = database.execute(
            "select port, inbound, allowed_from from exposures where protocol = 'tcp' and port between 2101 and 2103"
        ).fetchall()
    told = {port: (inbound, allowed) for port, inbound, allowed in rows}
    assert {port: inbound for port, (inbound, _) in told.items()} == {port: meaning(addresses) for port, addresses in met.items()}, (
        told,
        met,
    )


def meaning(addresses: set[str]) -> str:
    """What the connections that succeeded show: a stranger gets in, only some do, nobody does."""
    if OUTSIDE[-1] in addresses:
        return "open"
    return "restricted" if addresses else "blocked"
