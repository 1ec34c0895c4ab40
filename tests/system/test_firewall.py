"""What the firewall reader says of a port is what happens to a real connection to it."""

from __future__ import annotations

import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

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


Met = dict[int, set[str]]
Told = dict[int, tuple[str, str | None]]


def machine(folder: Path, number: int, rules: str, script: Path, labs: Any) -> tuple[Met, bytes]:
    """Set the rules on a machine of its own: from where each port is reached, and what the script saw."""
    folder.mkdir()
    (folder / "id").write_text(f"{number:032x}\n")
    with labs(folder) as lab:
        daemon = lab.start(sys.executable, "-c", LISTEN, *map(str, PORTS))
        log = Path(lab.folder / "daemon-0.log")
        while "ready" not in log.read_text():
            assert daemon.poll() is None, log.read_text()
            time.sleep(0.05)
        lab.must("sh", "-c", rules)
        met = {port: lab.reached_from(port) for port in PORTS}
        named = f'echo machine-{number} >/proc/sys/kernel/hostname && mount --bind "$1" /etc/machine-id && exec sh "$2" -'
        return met, lab.must("unshare", "--uts", "--mount", "sh", "-c", named, "sh", str(folder / "id"), str(script))


@pytest.fixture(scope="module")
def machines(shared_site, script, labs) -> dict[str, tuple[Met, Told]]:  # type: ignore[no-untyped-def]
    """Every rule set on a machine of its own, all in one site: what was met there, and what was told of it."""
    site = shared_site
    # The probes that decide; the walk over the disk would be the same for each machine.
    text, changed = re.subn(r"(?m)^    set -- accounts .*$", "    set -- firewall host interfaces sockets", script.read_text())
    assert changed == 1
    short = site.folder / "short.sh"
    short.write_text(text)
    with ThreadPoolExecutor(4) as pool:
        waiting = [
            pool.submit(machine, site.folder / str(number), number, rules, short, labs) for number, rules in enumerate(RULES.values(), 1)
        ]
    met = []
    for number, one in enumerate(waiting, 1):
        connections, kit = one.result()
        (site.folder / f"machine-{number}.kit").write_bytes(kit)
        met.append(connections)
    assert site.omamori("import", *map(str, site.folder.glob("*.kit"))).returncode == 0
    assert site.omamori("check", "--out", str(site.folder / "out")).returncode in (0, 1)
    with duckdb.connect(str(site.tables()), read_only=True) as database:
        rows = database.execute(
            "select asset, port, inbound, allowed_from from exposures where protocol = 'tcp' and port between 2101 and 2103"
        ).fetchall()
    told: list[Told] = [
        {port: (inbound, allowed) for asset, port, inbound, allowed in rows if asset == f"machine-{number}"}
        for number in range(1, len(RULES) + 1)
    ]
    return dict(zip(RULES, zip(met, told, strict=True), strict=True))


@pytest.mark.parametrize("name", RULES)
def test_verdict_is_what_a_connection_meets(name, machines) -> None:  # type: ignore[no-untyped-def]
    met, told = machines[name]
    assert {port: inbound for port, (inbound, _) in told.items()} == {port: meaning(addresses) for port, addresses in met.items()}, (
        told,
        met,
    )


def meaning(addresses: set[str]) -> str:
    """What the connections that succeeded show: a stranger gets in, only some do, nobody does."""
    if OUTSIDE[-1] in addresses:
        return "open"
    return "restricted" if addresses else "blocked"
