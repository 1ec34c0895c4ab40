"""The lab hospital for real: both shapes at once, what answers from where, and that nothing is left of it.

What is expected comes from the description (`omamori.lab.sight`); what is found comes from packets sent inside the lab.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from omamori.gate.daemon import alive
from omamori.gate.namespaces import inside
from omamori.lab.description import Hospital, Shape
from omamori.lab.inside import enter, on_the_network_of
from omamori.lab.interface import Port
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of
from omamori.lab.sight import Sight, seen_from
from omamori.lab.state import LABS, load

pytestmark = pytest.mark.system
OMAMORI = Path(sys.executable).with_name("omamori")
KNOCK = """
import errno, json, resource, selectors, socket, sys, time
addresses, ports = json.loads(sys.argv[1])
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
waiting = selectors.DefaultSelector()
for address in addresses:
    for port in ports:
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex((address, port))
        waiting.register(one, selectors.EVENT_WRITE, (address, port))
# One echo request each (RFC 792) meanwhile, and again for those whose hardware address had to be asked for first.
ping = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
ping.setblocking(False)
waiting.register(ping, selectors.EVENT_READ)
opened, answered = [], set()
began = time.monotonic()
for seconds in (2, 4):
    for address in addresses:
        try:
            ping.sendto(b"\\x08\\x00\\xf7\\xfd\\x00\\x01\\x00\\x01", (address, 0))
        except OSError:
            pass
    while time.monotonic() < began + seconds:
        for key, _ in waiting.select(0.2):
            if key.fileobj is ping:
                packet, (address, _) = ping.recvfrom(2048)
                if packet[20] == 0:
                    answered.add(address)
                continue
            if key.fileobj.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                opened.append(key.data)
            waiting.unregister(key.fileobj)
            key.fileobj.close()
print(json.dumps([opened, sorted(answered)]))
"""


@dataclass(frozen=True)
class Up:
    name: str
    hospital: Hospital
    ports: dict[str, tuple[Port, ...]]
    told: dict[str, Any]
    found: dict[str, tuple[set[tuple[str, int]], set[str]]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return LABS / self.name

    def run(self, host: str, *words: str, inside: bool = False) -> subprocess.CompletedProcess[str]:
        """A program with a host's network, without waiting for the command line to start."""
        state = load(self.name)
        argv = enter(state.holders[host], words) if inside else on_the_network_of(state.namespaces[host], words)
        return subprocess.run(argv, capture_output=True, text=True, timeout=120)

    def sights(self, viewer: str) -> tuple[Sight, ...]:
        return seen_from(self.hospital, viewer, self.ports)

    def found_from(self, viewer: str) -> tuple[set[tuple[str, int]], set[str]]:
        """The (address, TCP port)s that take a connection, and the addresses that answer ping, as tried once from a host."""
        if viewer not in self.found:
            ports = sorted({port.port for ports in self.ports.values() for port in ports if port.protocol == "tcp"})
            addresses = [str(sight.address) for sight in self.sights(viewer)]
            done = self.run(viewer, sys.executable, "-c", KNOCK, json.dumps([addresses, ports]))
            assert done.returncode == 0, done.stderr
            opened, pinged = json.loads(done.stdout)
            self.found[viewer] = {(address, port) for address, port in opened}, set(pinged)
        return self.found[viewer]


def omamori(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "OMAMORI_LANG": "en"}
    return subprocess.run([OMAMORI, *words], env=environment, capture_output=True, text=True, timeout=180)


def new_name() -> str:
    return f"t{secrets.token_hex(3)}"


def left_of(name: str) -> list[str]:
    """What of a lab can still be seen: namespaces, processes, mounts, files."""
    found = [path.name for path in Path("/run/netns").glob(f"lab-{name}-*")] if Path("/run/netns").is_dir() else []
    mark = f"{LABS}/{name}/".encode()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                line = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            found += [line.decode("utf-8", "replace")] if mark in line else []
    found += [line for line in Path("/proc/self/mounts").read_text().splitlines() if f"{LABS}/{name}/" in line]
    return found + [str(path) for path in (LABS / name,) if path.exists()]


@pytest.fixture(scope="module")
def labs() -> Iterator[dict[Shape, Up]]:
    """Both shapes, brought up at the same time."""
    shapes: tuple[Shape, ...] = ("sick", "healthy")
    names: dict[Shape, str] = {shape: new_name() for shape in shapes}
    try:
        began = {
            shape: subprocess.Popen(
                [OMAMORI, "lab", "up", "--shape", shape, "--name", names[shape], "--json"],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for shape in shapes
        }
        stood = {}
        for shape, process in began.items():
            out, err = process.communicate(timeout=180)
            assert process.returncode == 0, err
            hospital = built_in(shape)
            stood[shape] = Up(names[shape], hospital, ports_of(hospital), json.loads(out))
        yield stood
    finally:
        for name in names.values():
            omamori("lab", "down", "--name", name)


@pytest.mark.parametrize("shape", ["sick", "healthy"])
@pytest.mark.parametrize("viewer", ["it-laptop", "pc-a"])
def test_what_answers_is_what_the_description_says(labs: dict[Shape, Up], shape: Shape, viewer: str) -> None:
    sights = labs[shape].sights(viewer)
    opened, pinged = labs[shape].found_from(viewer)
    assert opened == {(str(sight.address), port) for sight in sights for protocol, port in sight.ports if protocol == "tcp"}
    assert pinged == {str(sight.address) for sight in sights if sight.ping}


def test_flat_rules_let_the_vendor_in_and_one_entry_does_not(labs: dict[Shape, Up]) -> None:
    reached = {shape: {one for one in lab.found_from("pc-a")[0] if one[0].startswith("10.10.1.")} for shape, lab in labs.items()}
    assert ("10.10.1.10", 3389) in reached["sick"]
    assert not reached["healthy"]


def test_what_drops_everything_still_has_a_hardware_address_of_its_maker(labs: dict[Shape, Up]) -> None:
    lab = labs["healthy"]
    lab.found_from("it-laptop")
    neighbours = [sight for sight in lab.sights("it-laptop") if sight.neighbour]
    told = json.loads(lab.run("it-laptop", "ip", "-j", "neighbour").stdout)
    seen = {one["dst"]: one.get("lladdr") for one in told if "." in one["dst"]}
    expected = {str(leg.address): leg.mac for host in lab.hospital.hosts.values() for leg in host.legs}
    assert any(not sight.ping and not sight.ports for sight in neighbours)
    for sight in neighbours:
        assert seen[str(sight.address)] == expected[str(sight.address)]


def test_a_firewall_writes_down_what_it_drops_and_a_log_server_keeps_it(labs: dict[Shape, Up]) -> None:
    lab = labs["healthy"]
    lab.found_from("pc-a")
    line = ("DROP", "IN=line-a", "SRC=10.201.1.10 DST=10.10.1.11", "DPT=5432")
    for log in (lab.folder / "hosts/fw-edge/firewall.log", lab.folder / "hosts/log-server/syslog/10.10.0.1.log"):
        until = time.monotonic() + 20
        while time.monotonic() < until and not (
            log.exists() and any(all(part in one for part in line) for one in log.read_text().splitlines())
        ):
            time.sleep(0.2)
        assert any(all(part in one for part in line) for one in log.read_text().splitlines()), log


def test_the_vendor_uses_the_line(labs: dict[Shape, Up]) -> None:
    lab = labs["healthy"]
    until = time.monotonic() + 20
    log = lab.folder / "hosts/fw-edge/firewall.log"
    while "ACCEPT rule 2  IN=line-b" not in log.read_text() and time.monotonic() < until:
        time.sleep(0.2)
    assert "ACCEPT rule 2  IN=line-b" in log.read_text()


def test_a_host_is_a_machine_of_its_own(labs: dict[Shape, Up], tmp_path: Path) -> None:
    lab = labs["sick"]
    words = ("sh", "-c", "uname -n; cat /etc/machine-id; ls /tmp /run; ps -e -o comm=")
    one, other = (lab.run(host, *words, inside=True).stdout.splitlines() for host in ("ehr-db", "pacs"))
    assert (one[0], other[0]) == ("ehr-db", "pacs")
    assert one[1] != other[1] != Path("/etc/machine-id").read_text().strip()
    assert ("postgres" in one, "Orthanc" in one) == (True, False)
    assert ("postgres" in other, "Orthanc" in other) == (False, True)
    shares = lab.run("ssmix", "cat", "/etc/samba/smb.conf", inside=True).stdout
    assert "[SSMIX2]" in shares
    assert lab.run("ehr-db", "sh", "-c", "ls /etc/samba; command -v smbd", inside=True).stdout == ""
    # A scan has this machine's files: what it writes is found again.
    done = omamori(
        "lab",
        "run",
        "--name",
        lab.name,
        "it-laptop",
        "sh",
        "-c",
        'ip -o -4 address show dev eth0 >"$1"; exit 7',
        "sh",
        str(tmp_path / "written"),
    )
    assert done.returncode == 7
    assert "10.10.1.29/27" in (tmp_path / "written").read_text()


def test_its_machines_are_collected_from_over_ssh(labs: dict[Shape, Up], tmp_path: Path) -> None:
    lab = labs["sick"]
    keys = ("--key", lab.told["key"], "--known-hosts", lab.told["known_hosts"], "--lang", "en")
    assert "root@10.10.1.10" in lab.told["ssh"]
    done = lab.run("it-laptop", str(OMAMORI), "collect", "--ssh", "root@10.10.1.10", "--site", str(tmp_path / "site"), *keys)
    assert done.returncode == 0, done.stderr
    assert "taken in (ehr-app" in done.stdout


def test_the_ledger_is_one_that_is_taken_in(labs: dict[Shape, Up], tmp_path: Path) -> None:
    done = omamori("import", labs["sick"].told["ledger"], "--site", str(tmp_path / "site"))
    assert (done.returncode, "taken in (ledger.workbook" in done.stdout) == (0, True), done.stderr


def test_a_name_that_stands_already_is_refused(labs: dict[Shape, Up]) -> None:
    done = omamori("lab", "up", "--name", labs["sick"].name)
    assert done.returncode == 3
    assert f"first run omamori lab down --name {labs['sick'].name}" in " ".join(done.stderr.split())
    assert labs["sick"].folder.exists()


def test_what_stopped_is_told(labs: dict[Shape, Up]) -> None:
    name = labs["healthy"].name
    done = omamori("lab", "status", "--json", "--name", name)
    assert done.returncode == 0, done.stdout
    assert all(line["up"] for line in json.loads(done.stdout)["lines"])
    served = next(one for one in load(name).served if (one.host, one.service) == ("monitor", "hl7"))
    subprocess.run(["kill", str(served.running.pid)], check=True)
    until = time.monotonic() + 10
    while alive(served.running) and time.monotonic() < until:
        time.sleep(0.05)
    told = json.loads(omamori("lab", "status", "--json", "--name", name).stdout)
    down = [(host["host"], service["service"]) for host in told["hosts"] for service in host["services"] if not service["up"]]
    assert down == [("monitor", "hl7")]


@pytest.mark.parametrize("stage", ["namespaces", "services"])
def test_killed_on_the_way_up_nothing_is_left_after_down(stage: str) -> None:
    name = new_name()
    process = subprocess.Popen([OMAMORI, "lab", "up", "--name", name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    sign = {"namespaces": Path(f"/run/netns/lab-{name}-core"), "services": LABS / name / "hosts" / "core" / "standing"}[stage]
    try:
        until = time.monotonic() + 60
        while not sign.exists() and time.monotonic() < until:
            time.sleep(0.01)
        if stage == "services":
            time.sleep(1)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert left_of(name)
    assert omamori("lab", "down", "--name", name).returncode == 0
    assert left_of(name) == []


def test_down_leaves_nothing_and_the_other_lab_alone(labs: dict[Shape, Up]) -> None:
    sick, healthy = labs["sick"], labs["healthy"]
    files = load(sick.name).namespace_files()
    assert inside(files)
    done = omamori("lab", "down", "--name", sick.name)
    assert done.returncode == 0, done.stderr
    assert inside(files) == set()
    assert left_of(sick.name) == []
    assert healthy.run("it-laptop", "true").returncode == 0
    assert omamori("lab", "down", "--name", sick.name).returncode == 3
