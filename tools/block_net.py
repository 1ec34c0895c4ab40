"""A small hospital with a Linux firewall that takes the block over SSH, for tests and the figure of `omamori isolate run`: namespaces, real sshd.

ops 10.94.9.2, second 10.94.8.2 (operators) ─┐
ehr 10.94.1.10 (clinical server)             ├─ fw (sshd on .1 of every network, nftables)
ward 10.94.2.10 (clinical PC)                │
bak 10.94.3.10 (backup), pump 10.94.4.10 (a department), vendor 203.0.113.10 (outside line) ─┘

Flows send by UDP, over one established TCP connection and by new TCP connections; what arrives is written down with its moment.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import typer

from omamori.cli import isolate_drill, isolate_run
from omamori.cli.errors import TOLD, line_of
from omamori.cli.language import user_language
from omamori.cli.screen import NOT_FINISHED, Screen, prepare_streams
from omamori.pipeline.observer import Observer
from omamori.respond.isolate.parts import Block, Cable, Crossing, Cut, NeverBlocked, StageNumber, Written
from omamori.respond.isolate.write import nft

ROOT = Path(__file__).resolve().parent.parent
HOSTS = {
    "ops": "10.94.9.2", "second": "10.94.8.2", "ehr": "10.94.1.10", "ward": "10.94.2.10", "bak": "10.94.3.10", "pump": "10.94.4.10",
    "vendor": "203.0.113.10",
}  # fmt: skip
FLOWS = {"care": ("ward", "ehr"), "backup": ("ehr", "bak"), "line": ("vendor", "ehr"), "pump": ("pump", "ehr"), "border": ("pump", "ward")}
"""What talks to what the whole time; `care` is never blocked."""
KINDS = ("udp", "established", "new")
STOPS = {1: {"backup"}, 2: {"line"}, 3: {"border"}, 4: {"pump", "border"}}
"""What each stage of `block` stops."""
PORT = 7000
_NEWNET = 0x40000000
"""CLONE_NEWNET of setns(2)."""
_RULES = """table inet filter {
  set known { type ipv4_addr; flags interval; elements = { 10.94.0.0/16, 203.0.113.0/24 } }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    ip saddr @known ip daddr @known accept
  }
}
"""
_SERVER = """
import selectors, socket, sys, time
chosen, out = selectors.DefaultSelector(), open(sys.argv[2], "a", buffering=1)
door = socket.create_server(("0.0.0.0", int(sys.argv[1])), backlog=256)
post = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); post.bind(("0.0.0.0", int(sys.argv[1])))
for one in (door, post): one.setblocking(False); chosen.register(one, selectors.EVENT_READ)
while True:
    for key, _ in chosen.select():
        one = key.fileobj
        try:
            if one is door:
                guest, _ = door.accept(); guest.setblocking(False); chosen.register(guest, selectors.EVENT_READ); continue
            data = one.recv(65536)
            for word in data.decode().split():
                out.write(f"{time.monotonic():.6f} {word}\\n")
            if not data and one is not post: chosen.unregister(one); one.close()
        except OSError:
            if one not in (door, post): chosen.unregister(one); one.close()
"""
_CLIENT = """
import socket, sys, time
name, host, port, every = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
post = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
held, fresh, last, sent = None, None, 0.0, 0.0
def begin():
    one = socket.socket(); one.setblocking(False); one.connect_ex((host, port)); return one
while True:
    now = time.monotonic()
    try: post.sendto(f"{name}/udp ".encode(), (host, port))
    except OSError: pass
    if len(sys.argv) < 6:
        try:
            held = held or begin()
            held.send(f"{name}/established ".encode())
        except BlockingIOError: pass
        except OSError as error:
            if error.errno != 11: held.close(); held = None
        if now - last > 0.2:
            last = now
            if fresh: fresh.close()
            fresh, told = begin(), False
        if fresh and not told:
            try: fresh.send(f"{name}/new ".encode()); told = True
            except OSError: pass
    time.sleep(every)
"""


def spans(*networks: str) -> tuple[tuple[int, int], ...]:
    """Networks as numbers."""
    return tuple((int(one[0]), int(one[-1])) for one in map(ip_network, networks))


NEVER = (
    NeverBlocked("care", spans("10.94.2.10"), spans("10.94.1.10"), None, None, "care"),
    NeverBlocked("keepers", spans("10.94.9.0/24", "10.94.8.0/24"), spans("10.94.0.0/16"), "tcp", 22, "the way back"),
)


def block(never: Sequence[NeverBlocked] = NEVER) -> Block:
    """Return the prepared block of this network, in the words of the product's own writer."""
    everywhere = None
    cuts = (
        _cut(StageNumber.BACKUP, "1-backup", "bak0", Crossing(everywhere, spans("10.94.3.0/24"))),
        _cut(StageNumber.LINES, "2-line", "line0", Crossing(everywhere, everywhere, "line0")),
        _cut(StageNumber.BORDERS, "3-border", "", Crossing(spans("10.94.4.0/24"), spans("10.94.2.0/24"))),
        _cut(StageNumber.DEPARTMENTS, "4-pump", "pump0", Crossing(everywhere, spans("10.94.4.0/24"))),
        _cut(StageNumber.DEPARTMENTS, "4-keepers", "ops0", Crossing(everywhere, everywhere, "ops0")),
    )
    machine = Cut(StageNumber.MACHINE, "5-pc", "pc", None, "", (), Cable("switch 2", "14", "red B-01", "server room"))
    written = tuple(nft.write(cut, never if cut.name != "4-keepers" else (), 600) for cut in cuts)
    return Block("test", datetime(2026, 1, 1), (*cuts, machine), tuple(never), (*written, Written(machine, None, None)), ())


def _cut(stage: StageNumber, name: str, subject: str, crossing: Crossing) -> Cut:
    return Cut(stage, name, subject, "fw", "linux-nft", (crossing,))


def app() -> typer.Typer:
    """The commands over this block."""
    made = typer.Typer(name="isolate", add_completion=False, pretty_exceptions_enable=False)

    def prepared(site: Path, observer: Observer, machines: tuple[str, ...]) -> Block:
        del site, observer, machines
        return block()

    isolate_run.mount(made, prepared)
    isolate_drill.mount(made, prepared)
    return made


@dataclass
class Net:
    """The network of one test; `key` is the operators', `printed` the firewall's host key."""

    folder: Path
    prefix: str
    daemons: list[subprocess.Popen[bytes]] = field(default_factory=list)
    firewall: int = 0

    @property
    def key(self) -> Path:
        """The private key of the operators."""
        return self.folder / "user"

    def command(self, name: str, *words: str) -> list[str]:
        """The command on a machine; on the firewall with its own files and processes."""
        if name == "fw" and self.firewall:
            return ["nsenter", f"--target={self.firewall}", "--mount", "--net", "--", *words]
        return ["ip", "netns", "exec", f"{self.prefix}-{name}", *words]

    def run(self, name: str, *words: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run to the end."""
        return subprocess.run(self.command(name, *words), capture_output=True, text=True, timeout=120, input=said)

    def must(self, name: str, *words: str, said: str | None = None) -> str:
        """Run to the end; an error is one of the test."""
        done = self.run(name, *words, said=said)
        if done.returncode:
            raise AssertionError(f"{words}: {done.stderr}")
        return done.stdout

    def start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        """Start a daemon on a machine; it ends with the network."""
        with (self.folder / f"daemon-{len(self.daemons)}.log").open("wb") as log:
            daemon = subprocess.Popen(self.command(name, *words), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.daemons.append(daemon)
        return daemon

    def isolate(self, *words: str, by: str = "ops", approval: str = "approval.yaml") -> subprocess.CompletedProcess[str]:
        """Run `omamori isolate …` on an operator's machine, with a site of his own."""
        options = ["--approval", str(self.folder / approval), "--key", str(self.key), "--by", by, "--site", str(self.folder / f"site-{by}")]
        argv = self.command(by, sys.executable, str(Path(__file__)), *words, *options, "--lang", "en")
        path = f"{ROOT / 'src'}:{ROOT / 'tools'}"
        given = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "PYTHONPATH": path}
        return subprocess.run(argv, env=given, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """Let this thread, and those it starts, use the network of a machine."""
        library = ctypes.CDLL(None, use_errno=True)

        def enter(place: str) -> None:
            with Path(place).open() as file:
                if library.setns(file.fileno(), _NEWNET):
                    raise OSError(ctypes.get_errno(), place)

        here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        try:
            enter(f"/run/netns/{self.prefix}-{name}")
            try:
                yield
            finally:
                enter(f"/proc/self/fd/{here}")
        finally:
            os.close(here)

    def approve(
        self,
        name: str = "approval.yaml",
        *,
        purpose: str = "real",
        cuts: Sequence[str] = (),
        minutes: int = 10,
        days: float = 1,
        more: str = "",
    ) -> None:
        """Write an approval."""
        now = datetime.now(UTC).replace(tzinfo=None)
        allowed = (
            "cuts:\n" + "".join(f"  - cut: {one}\n" for one in cuts)
            if cuts
            else "stages:\n" + "".join(f"  - {one}\n" for one in range(1, 6))
        )
        (self.folder / name).write_text(
            f"omamori_block_approval: 1\npurpose: {purpose}\nnumber: ap-1\napproved_by: director\nposition: director\n"
            f"approved_on: {now - timedelta(days=2):%Y-%m-%d}\nfrom: {now - timedelta(days=1):%Y-%m-%d %H:%M}\n"
            f"until: {now + timedelta(days=days):%Y-%m-%d %H:%M}\nutc_offset: +00:00\nstop_contact: ext. 1\nminutes_unconfirmed: {minutes}\n"
            f"{allowed}devices:\n  - name: fw\n    ssh: root@10.94.9.1\n    host_key: {self.printed('host')}\n{more}"
        )

    def printed(self, key: str) -> str:
        """The fingerprint of a key."""
        return subprocess.run(
            ["ssh-keygen", "-lf", str(self.folder / f"{key}.pub")], check=True, capture_output=True, text=True
        ).stdout.split()[1]

    def rules(self) -> str:
        """The firewall's rule set as its kernel lists it."""
        return self.must("fw", "nft", "list", "ruleset")

    def arrived(self, since: float, until: float) -> Counter[str]:
        """How much of each flow (`name/kind`) arrived between two moments (`time.monotonic`)."""
        found: Counter[str] = Counter()
        for host in HOSTS:
            log = self.folder / f"arrived-{host}"
            for line in log.read_text().splitlines() if log.exists() else ():
                moment, _, word = line.partition(" ")
                if since <= float(moment) <= until:
                    found[word] += 1
        return found

    def watch(self, flow: str, *, every: float) -> None:
        """Let one more flow run, by UDP alone, a packet every so many seconds."""
        source, target = FLOWS[flow]
        self.start(target, sys.executable, "-c", _SERVER, str(PORT), str(self.folder / f"arrived-{target}"))
        self.start(source, sys.executable, "-c", _CLIENT, flow, HOSTS[target], str(PORT), str(every), "udp")

    def flowing(self, seconds: float = 1.0) -> set[str]:
        """The flows (`name/kind`) that arrive from now on."""
        since = time.monotonic()
        time.sleep(seconds)
        return set(self.arrived(since, time.monotonic()))

    def close(self) -> None:
        """End every process in the namespaces."""
        for daemon in self.daemons:
            with suppress(ProcessLookupError):
                os.killpg(daemon.pid, signal.SIGKILL)
            daemon.wait()
        for name in ("fw", *HOSTS):
            while left := subprocess.run(["ip", "netns", "pids", f"{self.prefix}-{name}"], capture_output=True, text=True).stdout.split():
                for process in left:
                    with suppress(ProcessLookupError):
                        os.kill(int(process), signal.SIGKILL)
                time.sleep(0.05)


@contextmanager
def network(folder: Path, *, flows: Sequence[str] = tuple(FLOWS)) -> Iterator[Net]:
    """Put the network up, with its flows; it is taken down whatever happens. In: a folder, the flows that run."""
    net = Net(folder, f"om{secrets.token_hex(3)}")
    names = ("fw", *HOSTS)
    try:
        for name in names:
            subprocess.run(["ip", "netns", "add", f"{net.prefix}-{name}"], check=True)
            net.must(name, "ip", "link", "set", "lo", "up")
        net.must("fw", "sysctl", "-qw", "net.ipv4.ip_forward=1")
        for name, address in HOSTS.items():
            near = f"{name if name != 'vendor' else 'line'}0"
            gate = str(ip_address(address) - int(ip_address(address)) % 256 + 1)
            net.must("fw", "ip", "link", "add", near, "type", "veth", "peer", "name", "eth0", "netns", f"{net.prefix}-{name}")
            net.must("fw", "ip", "addr", "add", f"{gate}/24", "dev", near)
            net.must("fw", "ip", "link", "set", near, "up")
            net.must(name, "ip", "addr", "add", f"{address}/24", "dev", "eth0")
            net.must(name, "ip", "link", "set", "eth0", "up")
            net.must(name, "ip", "route", "add", "default", "via", gate)
        net.must("fw", "nft", "-f", "-", said=_RULES)
        _sshd(net)
        for host in {FLOWS[one][1] for one in flows}:
            net.start(host, sys.executable, "-c", _SERVER, str(PORT), str(folder / f"arrived-{host}"))
        for one in flows:
            source, target = FLOWS[one]
            net.start(source, sys.executable, "-c", _CLIENT, one, HOSTS[target], str(PORT), "0.02")
        yield net
    finally:
        net.close()
        for name in names:
            subprocess.run(["ip", "netns", "del", f"{net.prefix}-{name}"], check=False, capture_output=True)


def _sshd(net: Net) -> None:
    """The firewall's sshd, with /run and /var/lib of its own, and a boot id that a test can change."""
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(net.folder / key)], check=True)
    shutil.copy("/proc/sys/kernel/random/boot_id", net.folder / "boot_id")
    (net.folder / "conf").write_text(
        f"Port 22\nListenAddress 0.0.0.0\nHostKey {net.folder}/host\nPidFile none\nUsePAM no\nStrictModes no\nPermitRootLogin prohibit-password\n"
        "PasswordAuthentication no\nMaxStartups 200\nAuthorizedKeysFile /run/authorized\n"
    )
    run = (
        'mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /var/lib && mkdir /run/sshd && cp "$2" /run/authorized && chmod 644 /run/authorized && '
        'mount --bind "$3" /proc/sys/kernel/random/boot_id && exec /usr/sbin/sshd -D -e -f "$1"'
    )
    words = (
        "unshare",
        "--mount",
        "sh",
        "-c",
        run,
        "sh",
        str(net.folder / "conf"),
        str(net.folder / "user.pub"),
        str(net.folder / "boot_id"),
    )
    daemon = net.start("fw", *words)
    log = net.folder / f"daemon-{len(net.daemons) - 1}.log"
    while "Server listening" not in log.read_text():
        if daemon.poll() is not None:
            raise AssertionError(log.read_text())
        time.sleep(0.02)
    net.firewall = daemon.pid


def main() -> None:
    """Run the commands as `omamori isolate` does: one line for what a user can act on."""
    prepare_streams()
    try:
        code = app()(standalone_mode=False)
    except TOLD as error:
        Screen(user_language()).error(line_of(error))
        code = NOT_FINISHED
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
