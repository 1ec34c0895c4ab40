"""From the command to the block: until the last packet passes, over a held SSH connection, beside fail2ban's own figure in the same run.

As root on Linux, with nftables, openssh-server and, to compare, fail2ban (Debian packages): PYTHONPATH=src:tools python bench/isolate.py.
A packet every millisecond passes the firewall of a small network of namespaces; the moments of the last one before each block are told apart
from the command. fail2ban bans the sender with its own nftables action, in the same chain (forward): its client on the firewall itself, and
once more over the same held connection. One of each by turns, so that all meet the same load.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from block_net import FLOWS, HOSTS, Net, block, network
from omamori.gate.ssh import SshOptions
from omamori.gate.ssh_hold import Held, Ready
from omamori.parse.isolate.approval import read_block_approval
from omamori.respond.isolate.device import READY, Order, read_answer, script
from omamori.respond.isolate.sendable import sendable

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
LIMIT_S = 0.3
_FLOW = "backup"
_SENDER = HOSTS[FLOWS[_FLOW][0]]
_QUIET_S = 0.05
"""After the command has returned: what was on its way arrives."""
_NEEDED = ("ip", "nft", "sshd", "unshare", "nsenter")


@dataclass(frozen=True, slots=True)
class Window:
    """A block of one kind: from the command to the moment before it was taken back (`time.monotonic`)."""

    kind: str
    began: float
    ended: float


def main() -> int:
    """Measure, print, write the results; 1 when the limit is exceeded, 0 where it cannot be measured here."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=50)
    arguments.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--prefix", default="", help=argparse.SUPPRESS)
    arguments.add_argument("--firewall", type=int, default=0, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.worker is not None:
        _work(Net(chosen.worker, chosen.prefix, firewall=chosen.firewall), chosen.runs)
        return 0
    lacking = [name for name in _NEEDED if shutil.which(name) is None]
    if sys.platform != "linux" or os.geteuid() != 0 or lacking:
        print(f"block over SSH: not measured (needs root on Linux{', and ' + ', '.join(lacking) if lacking else ''})")
        return 0
    with tempfile.TemporaryDirectory(prefix="omamori-bench-") as folder, network(Path(folder), flows=()) as net:
        return _measured(net, chosen.runs)


def _measured(net: Net, runs: int) -> int:
    net.approve()
    net.watch(_FLOW, every=0.001)
    compare = shutil.which("fail2ban-server") is not None
    if compare:
        _start_fail2ban(net)
    worker = [sys.executable, str(Path(__file__)), "--worker", str(net.folder), "--prefix", net.prefix, "--firewall", str(net.firewall)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tools'}:{ROOT / 'bench'}"}
    said = subprocess.run(net.command("ops", *worker, "--runs", str(runs)), env=environment, capture_output=True, text=True, check=False)
    if said.returncode:
        print(said.stderr[-2000:])
        return 2
    windows = [Window(kind, float(began), float(ended)) for kind, began, ended in (line.split("\t") for line in said.stdout.splitlines())]
    moments = [float(line.split()[0]) for line in (net.folder / f"arrived-{FLOWS[_FLOW][1]}").read_text().splitlines()]
    found: dict[str, list[float]] = {}
    for window in windows:
        passed = [moment for moment in moments if window.began <= moment <= window.ended]
        found.setdefault(window.kind, []).append(max(passed, default=window.began) - window.began)
    return _told(found)


def _told(found: dict[str, list[float]]) -> int:
    print(f"\n{'command to last packet':42}{'median ms':>10}{'90% ms':>9}{'worst ms':>10}{'runs':>6}")
    for kind, seconds in found.items():
        at_90 = statistics.quantiles(seconds, n=10)[-1]
        print(f"{kind:42}{statistics.median(seconds) * 1e3:10.1f}{at_90 * 1e3:9.1f}{max(seconds) * 1e3:10.1f}{len(seconds):6}")
    ours = statistics.median(found["omamori, held SSH connection"])
    for kind, seconds in found.items():
        if kind.startswith("fail2ban"):
            print(f"{kind}: {statistics.median(seconds) / ours:.1f} times our median")
    if len(found) == 1:
        print("fail2ban is not installed: nothing to compare with (Debian: apt install fail2ban)")
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "isolate.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"block over SSH: {ours:.3f} s (limit {LIMIT_S:g} s): {'kept' if ours <= LIMIT_S else 'EXCEEDED'}")
    return 0 if ours <= LIMIT_S else 1


def _start_fail2ban(net: Net) -> None:
    """Start fail2ban on the firewall with one jail, whose action is its own for nftables."""
    folder = net.folder / "fail2ban"
    shutil.copytree("/etc/fail2ban", folder)
    for name in ("jail.d", "paths-overrides.local"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (net.folder / "watched.log").write_text("")
    (folder / "fail2ban.local").write_text(f"[DEFAULT]\ndbfile = None\nlogtarget = {net.folder}/fail2ban.log\n")
    (folder / "jail.local").write_text(
        f"[bench]\nenabled = true\nfilter = sshd\nbackend = polling\nlogpath = {net.folder}/watched.log\nbantime = 600\n"
        "action = nftables[type=allports, name=bench, chain_hook=forward]\n"
    )
    net.start("fw", "fail2ban-server", "-f", *_f2b(net), "start")
    until = time.monotonic() + 60
    while net.run("fw", "fail2ban-client", *_f2b(net), "status", "bench").returncode:
        if time.monotonic() > until:
            raise SystemExit((net.folder / "fail2ban.log").read_text()[-2000:])
        time.sleep(0.2)


def _f2b(net: Net) -> list[str]:
    return ["-c", str(net.folder / "fail2ban"), "-s", str(net.folder / "fail2ban.sock"), "-p", str(net.folder / "fail2ban.pid")]


def _work(net: Net, runs: int) -> None:
    """On the operator's machine: hold the connection and block by turns; print the window of each block."""
    approval, mistakes = read_block_approval((net.folder / "approval.yaml").read_bytes())
    if approval is None or mistakes:
        raise SystemExit(str(mistakes))
    written = next(one for one in block().written if one.cut.name == "1-backup")
    table, name = sendable(written), written.cut.name
    with Held(approval.devices, SshOptions(key=net.key)) as held:

        def prepare(number: int) -> Ready:
            ready = held.ready("fw", script(Order("ready", f"{number:08x}", name, written.apply or "", table)), READY)
            if not isinstance(ready, Ready):
                raise SystemExit(ready.stdout.decode())
            return ready

        def ours(ready: Ready) -> None:
            answer = read_answer(held.go(ready, b"600\n").stdout)
            if answer.block(name) is None:
                raise SystemExit(f"{answer.error} {answer.detail}")

        def back(number: int) -> None:
            if read_answer(held.run("fw", script(Order("undo", f"{number:08x}", name))).stdout).one("was") != "present":
                raise SystemExit("not undone")

        _turns(net, runs, prepare, ours, back, lambda words: held.run("fw", words))


def _turns(
    net: Net,
    runs: int,
    prepare: Callable[[int], Ready],
    ours: Callable[[Ready], None],
    back: Callable[[int], None],
    over: Callable[[bytes], object],
) -> None:
    client = ["fail2ban-client", *_f2b(net), "set", "bench"]
    there = (net.folder / "fail2ban").exists()

    def ban(words: Sequence[str]) -> None:
        net.must("fw", *client, *words, _SENDER)

    if there:
        ban(("banip",))  # makes its table: not counted
        ban(("unbanip",))
    for number in range(1, runs + 1):
        ready = prepare(number)
        _window("omamori, held SSH connection", lambda ready=ready: ours(ready))  # type: ignore[misc]
        back(number)
        if there:
            _window("fail2ban, its client on the firewall", lambda: ban(("banip",)))
            ban(("unbanip",))
            said = " ".join((*client, "banip", _SENDER)).encode()
            _window("fail2ban, over the same SSH connection", lambda said=said: over(said))  # type: ignore[misc]
            ban(("unbanip",))


def _window(kind: str, block: Callable[[], object]) -> None:
    time.sleep(0.1)  # it flows
    began = time.monotonic()
    block()
    time.sleep(_QUIET_S)
    print(f"{kind}\t{began:.6f}\t{time.monotonic():.6f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
