"""A small hospital network for tests of `omamori scan`: machines in namespaces, real listeners, and a capture of all that is sent.

scanner 10.93.1.2 ─┬─ 10.93.1.10  80 open, everything else dropped (ping too)
                   ├─ 10.93.1.11  80 and 11112 open, everything else closed
                   ├─ 10.93.1.12  drops everything
                   ├─ 10.93.1.13  excluded: 80 open
                   └─ router ── 10.93.2.5  22 and 2575 open, everything else dropped;  10.93.2.6  a medical device, 80 open
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SCANNER = "10.93.1.2"
EXCLUDED, MEDICAL = "10.93.1.13", "10.93.2.6"
_HOSTS = {
    "me": (SCANNER, 1),
    "drops": ("10.93.1.10", 1),
    "closed": ("10.93.1.11", 1),
    "silent": ("10.93.1.12", 1),
    "excluded": (EXCLUDED, 1),
    "routed": ("10.93.2.5", 2),
    "medical": (MEDICAL, 2),
}
_LISTEN = {"drops": (80,), "closed": (80, 11112), "excluded": (80,), "routed": (22, 2575), "medical": (80,)}
_DROPS = {"drops": (80,), "silent": (1,), "routed": (22, 2575)}
_LISTENER = """
import selectors, socket, sys
chosen = selectors.DefaultSelector()
for port in map(int, sys.argv[1:]):
    door = socket.create_server(("0.0.0.0", port), backlog=64)
    chosen.register(door, selectors.EVENT_READ, True)
def served(key):
    if key.data:
        guest, _ = key.fileobj.accept()
        chosen.register(guest, selectors.EVENT_READ, False)
        if key.fileobj.getsockname()[1] in (22, 80):
            guest.send(b"SSH-2.0-OpenSSH_9.2p1\\r\\n")
        return True
    return key.fileobj.recv(4096)
while True:
    for key, _ in chosen.select():
        try:
            open_still = served(key)
        except OSError:
            open_still = key.data
        if not open_still:
            chosen.unregister(key.fileobj)
            key.fileobj.close()
"""
_SYN = re.compile(r"^(\S+) IP (\S+)\.(\d+) > (\S+)\.(\d+): Flags \[S\], seq (\d+)")
_SENT = re.compile(r"^\S+ IP (\S+)\.(\d+) > (\S+)\.(\d+): Flags \[[^\]]*\].* length (\d+)")


@dataclass
class Net:
    """The network of one test. `pcap` holds what passed the scanner's only cable."""

    folder: Path
    prefix: str
    daemons: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def pcap(self) -> Path:
        """The capture."""
        return self.folder / "wire.pcap"

    def command(self, name: str, *words: str) -> list[str]:
        """The command in the namespace of a machine."""
        return ["ip", "netns", "exec", f"{self.prefix}-{name}", *words]

    def start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        """Start a daemon on a machine; it ends with the network."""
        daemon = subprocess.Popen(
            self.command(name, *words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.daemons.append(daemon)
        return daemon

    def omamori(self, *words: str) -> subprocess.Popen[bytes]:
        """Start omamori on the scanner."""
        return subprocess.Popen(
            self.command("me", sys.executable, "-m", "omamori", *words), cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def scan(self, *words: str, timeout: float = 90) -> subprocess.CompletedProcess[bytes]:
        """Run `omamori scan` on the scanner to its end."""
        process = self.omamori("scan", *words)
        out, err = process.communicate(timeout=timeout)
        return subprocess.CompletedProcess([], process.returncode, out, err)

    @contextmanager
    def captured(self) -> Iterator[None]:
        """Capture what passes the scanner's cable meanwhile; several captures of a test add up."""
        dump = self.start("me", "tcpdump", "-i", "eth0", "-n", "-U", "-B", "8192", "-w", str(self.folder / f"{len(self.daemons)}.part"))
        time.sleep(0.8)
        try:
            yield
        finally:
            time.sleep(0.7)
            dump.send_signal(signal.SIGTERM)
            dump.wait(10)

    def lines(self) -> Iterator[str]:
        """Every captured packet, as tcpdump prints it."""
        for part in sorted(self.folder.glob("*.part")):
            said = subprocess.run(["tcpdump", "-n", "-S", "-r", str(part)], capture_output=True, check=True, timeout=60)
            yield from said.stdout.decode("utf-8", "replace").splitlines()

    def attempts(self) -> Counter[tuple[str, int]]:
        """Connections the scanner tried, by address and port. A packet that a busy system repeated (same port, same number) is the same connection."""
        found = {match.groups()[1:] for match in map(_SYN.match, self.lines()) if match and match[2] == SCANNER}
        return Counter((address, int(port)) for _, _, address, port, _ in found)

    def payload(self) -> dict[str, int]:
        """Bytes of data the scanner sent over TCP, by address and port."""
        sums: Counter[str] = Counter()
        for match in map(_SENT.match, self.lines()):
            if match and match[1] == SCANNER and int(match[5]):
                sums[f"{match[3]}:{match[4]}"] += int(match[5])
        return dict(sums)

    def touched(self, address: str) -> list[str]:
        """Every packet from or to an address, ARP too."""
        return [line for line in self.lines() if re.search(rf"\b{re.escape(address)}\b", line)]


@contextmanager
def network(folder: Path) -> Iterator[Net]:
    """Bring the network up; it is taken down whatever happens."""
    net = Net(folder, f"scan-{secrets.token_hex(3)}")
    try:
        _up(net)
        yield net
    finally:
        for daemon in net.daemons:
            if daemon.poll() is None:
                os.killpg(daemon.pid, signal.SIGKILL)
                daemon.wait(10)
        for name in (*_HOSTS, "switch", "router"):
            subprocess.run(["ip", "netns", "del", f"{net.prefix}-{name}"], capture_output=True, check=False)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)


def _up(net: Net) -> None:
    switch, router = f"{net.prefix}-switch", f"{net.prefix}-router"
    _ip("netns", "add", switch)
    _ip("netns", "add", router)
    for segment in (1, 2):
        _ip("-n", switch, "link", "add", f"br{segment}", "type", "bridge")
        _ip("-n", switch, "link", "set", "dev", f"br{segment}", "up")
        _cable(router, f"e{segment}", switch, f"p{segment}", f"br{segment}", f"10.93.{segment}.1")
    subprocess.run(["ip", "netns", "exec", router, "sysctl", "-qw", "net.ipv4.ip_forward=1"], check=True)
    for number, (name, (address, segment)) in enumerate(_HOSTS.items()):
        place = f"{net.prefix}-{name}"
        _ip("netns", "add", place)
        _ip("-n", place, "link", "set", "dev", "lo", "up")
        _cable(place, "eth0", switch, f"h{number}", f"br{segment}", address)
        _ip("-n", place, "route", "add", "default", "via", f"10.93.{segment}.1")
    for name, ports in _DROPS.items():
        rules = "table inet f {\n chain i {\n type filter hook input priority 0; policy drop;\n ct state established accept\n"
        rules += f" tcp dport {{ {', '.join(map(str, ports))} }} accept\n }}\n}}\n"
        subprocess.run(net.command(name, "nft", "-f", "-"), input=rules.encode(), check=True)
    for name, ports in _LISTEN.items():
        net.start(name, sys.executable, "-c", _LISTENER, *map(str, ports))
    time.sleep(1.5)


def _cable(place: str, device: str, switch: str, port: str, bridge: str, address: str) -> None:
    _ip("-n", place, "link", "add", device, "type", "veth", "peer", "name", port, "netns", switch)
    _ip("-n", switch, "link", "set", "dev", port, "master", bridge)
    _ip("-n", switch, "link", "set", "dev", port, "up")
    _ip("-n", place, "addr", "add", f"{address}/24", "dev", device)
    _ip("-n", place, "link", "set", "dev", device, "up")


def approval(more: str = "", *, profile: str = "gentle", rate: int = 1000, ranges: str = "") -> str:
    """An approval of the test's network that holds now."""
    now = time.time()
    since, until = (time.strftime("%Y-%m-%d %H:%M", time.gmtime(moment)) for moment in (now - 3600, now + 3600))
    ranges = ranges or "  - 10.93.1.0/28\n  - 10.93.2.0/28"
    return f"""omamori_approval: 1
approved_by: 福井
position: 院長
approved_on: {since[:10]}
from: {since}
until: {until}
utc_offset: "+00:00"
stop_contact: 内線 1234
profile: {profile}
ranges:
{ranges}
excluded:
  - address: {EXCLUDED}
medical:
  - address: {MEDICAL}
    name: CT操作卓
{more}budget:
  connections_per_port: 2
  packets_per_second: {rate}
  minutes: 20
"""
