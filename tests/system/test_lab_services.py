"""The services of the lab hospital, each started in a namespace of its own: it comes up, answers as it should, and is gone afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from omamori.lab.interface import Daemon, Place, Port
from omamori.lab.registry import services
from omamori.lab.visits import Visit, read_visits

pytestmark = pytest.mark.system
INSIDE = "10.77.0.1"  # as in conftest
WAIT = 30.0


@dataclass
class Host:
    """One machine of the lab, as the lab starts it. `network` is conftest's pair of namespaces."""

    network: Any
    folder: Path
    key: Path
    started: list[tuple[Daemon, subprocess.Popen[bytes]]] = field(default_factory=list)

    def start(self, name: str, **options: Any) -> Place:
        """Prepare a service, start its programs in order and wait until its ports are listened on."""
        authorized = self.key.with_suffix(".pub").read_text().strip()
        place = Place("lab-host", self.network.inside, (INSIDE,), self.folder, "sick", authorized=authorized)
        for daemon in services()[name].prepare(place, options):
            words = list(daemon.argv)
            if daemon.user:
                words = ["runuser", "-u", daemon.user, "--", *words]
            if daemon.environment:
                words = ["env", *(f"{key}={value}" for key, value in daemon.environment.items()), *words]
            if daemon.run:
                made = " ".join(shlex.quote(f"/run/{one}") for one in daemon.run)
                words = ["sh", "-c", f'mkdir -p {made} && exec "$@"', "sh", *words]
            process = self.network.start(*words)
            self.started.append((daemon, process))
            if daemon.ready is not None:
                self.wait(daemon.ready, process)
        return place

    def wait(self, ready: tuple[str, int], process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + WAIT
        while ready not in self.listening():
            assert process.poll() is None, self.said()
            assert time.monotonic() < until, f"{ready} was not opened: {self.said()}"
            time.sleep(0.05)

    def listening(self) -> set[tuple[str, int]]:
        """(protocol, port) of what others can reach in the namespace."""
        found = set()
        for protocol, letter in (("tcp", "t"), ("udp", "u")):
            said = subprocess.run(
                ["ip", "netns", "exec", self.network.inside, "ss", f"-Hln{letter}"], check=True, capture_output=True, text=True
            ).stdout
            for line in said.splitlines():
                address, _, port = line.split()[3].rpartition(":")
                if not address.startswith(("127.", "[::1]")):
                    found.add((protocol, int(port)))
        return found

    def said(self) -> str:
        return "\n".join(file.read_text(errors="replace")[-2000:] for file in sorted(self.network.folder.glob("daemon-*.log")))

    def ask(self, *words: str, **options: Any) -> str:
        """What a program said, run by the neighbour."""
        done = self.network.run(*words, namespace=self.network.outside, **options)
        return str((done.stdout + done.stderr).decode("utf-8", "replace"))

    def talk(self, port: int, *pieces: bytes, wait: float = 0.4, udp: bool = False) -> bytes:
        """What a port answers to a neighbour: to nothing first, then to each piece."""
        program = (
            "import socket,sys\n"
            "udp = sys.argv[3] == 'udp'\n"
            "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if udp else socket.SOCK_STREAM)\n"
            "s.connect((sys.argv[1], int(sys.argv[2]))); s.settimeout(float(sys.argv[4]))\n"
            "def hear():\n"
            "    try:\n"
            "        while d := s.recv(65536): sys.stdout.buffer.write(d)\n"
            "    except TimeoutError: pass\n"
            "if not udp: hear()\n"
            "for piece in sys.argv[5:]:\n"
            "    s.sendall(bytes.fromhex(piece)); hear()\n"
        )
        kind = "udp" if udp else "tcp"
        words = (sys.executable, "-S", "-c", program, INSIDE, str(port), kind, str(wait), *(piece.hex() for piece in pieces))
        return bytes(self.network.must(*words, namespace=self.network.outside))

    def visits(self, service: str) -> list[Visit]:
        return read_visits((self.folder / service / "visits.jsonl").read_text().splitlines())


@pytest.fixture
def host(lab: Any) -> Iterator[Host]:
    """A host of the lab with nothing on it yet; afterwards nothing of it is left."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="om-serv-"))
        stack.callback(shutil.rmtree, folder)
        folder.chmod(0o755)
        key = folder / "collector"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        made = Host(lab, folder, key)
        yield made
        lab.close()
        assert subprocess.run(["ip", "netns", "pids", lab.inside], capture_output=True, text=True, check=True).stdout.split() == []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                assert str(folder).encode() not in path.read_bytes(), path
            except OSError:
                continue  # it ended while we looked


def check_ports(host: Host, name: str, **options: Any) -> None:
    """What the service says it listens on is what is there: all of it, and on the network nothing else."""
    told = {(port.protocol, port.port) for port in services()[name].listens(options)}
    assert host.listening() == told


def ssh(host: Host, *words: str) -> str:
    known = host.folder / "known"
    known.write_text(
        "".join(f"{INSIDE} {' '.join(line.split()[:2])}\n" for line in (host.folder / "ssh/host_ed25519.pub").read_text().splitlines())
    )
    options = ("-i", str(host.key), "-o", f"UserKnownHostsFile={known}", "-o", "GlobalKnownHostsFile=/dev/null", "-o", "BatchMode=yes")
    return host.ask("ssh", "-F", "none", *options, f"root@{INSIDE}", *words)


def test_ssh_lets_the_lab_key_in_and_only_that(host: Host) -> None:
    host.start("ssh")
    check_ports(host, "ssh")
    assert ssh(host, "echo", "hello").split() == ["hello"]
    other = host.folder / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
    host.key = other
    assert "Permission denied (publickey)" in ssh(host, "echo", "hello")
    offered = host.ask("nmap", "-n", "-Pn", "-p22", "--script", "ssh2-enum-algos", INSIDE)
    assert "curve25519-sha256" in offered
    assert "group1-sha1" not in offered
    assert "3des-cbc" not in offered


def test_weak_ssh_offers_what_old_devices_do(host: Host) -> None:
    host.start("ssh", weak=True)
    check_ports(host, "ssh", weak=True)
    offered = host.ask("nmap", "-n", "-Pn", "-p22", "--script", "ssh2-enum-algos,ssh-hostkey", INSIDE)
    for word in ("diffie-hellman-group1-sha1", "3des-cbc", "hmac-md5", "1024"):
        assert word in offered
    assert ssh(host, "echo", "hello").split() == ["hello"], "it is collected from all the same"


def test_samba_shows_the_ssmix2_tree_to_anybody_where_it_should(host: Host) -> None:
    shares = [{"name": "SSMIX2", "guest": True}, {"name": "karte", "guest": False}]
    host.start("samba", smb1=True, shares=shares)
    check_ports(host, "samba")
    listed = host.ask("smbclient", "-N", "-g", "-L", INSIDE)
    assert "Disk|SSMIX2|" in listed
    assert "Disk|karte|" in listed
    tree = host.ask("smbclient", "-N", f"//{INSIDE}/SSMIX2", "-c", "recurse; ls")
    assert "\\000\\010\\0000100001\\20260102\\PPR-01" in tree
    assert "_PPR-01_" in tree
    assert "ACCESS_DENIED" in host.ask("smbclient", "-N", f"//{INSIDE}/karte", "-c", "ls")
    assert "ACCESS_DENIED" in host.ask("smbclient", "-N", f"//{INSIDE}/SSMIX2", "-c", "mkdir mine")
    said = host.ask("nmap", "-n", "-Pn", "-p445", "--script", "smb-protocols,smb2-security-mode,smb-os-discovery", INSIDE)
    assert "dangerous" in said
    assert "not enabled and not required" in said or "not required" in said
    assert "LAB-HOST" in said


def test_strict_samba_has_no_smb1_demands_signatures_and_lets_no_guest_in(host: Host) -> None:
    host.start("samba", signing=True, shares=[{"name": "images", "guest": False, "writable": True}], netbios=False)
    check_ports(host, "samba", netbios=False)
    assert "ACCESS_DENIED" in host.ask("smbclient", "-N", f"//{INSIDE}/images", "-c", "ls")
    said = host.ask("nmap", "-n", "-Pn", "-p445", "--script", "smb-protocols,smb2-security-mode", INSIDE)
    assert "NT LM 0.12" not in said
    assert "enabled and required" in said


def test_a_guest_may_write_where_the_share_says_so(host: Host) -> None:
    host.start("samba", shares=[{"name": "open", "guest": True, "writable": True}])
    host.ask("smbclient", "-N", f"//{INSIDE}/open", "-c", "mkdir mine")
    assert (host.folder / "samba/shares/open/mine").is_dir()


def test_rdp_speaks_its_first_words_and_tells_whether_nla_is_asked_for(host: Host) -> None:
    host.start("rdp", nla=False)
    check_ports(host, "rdp")
    said = host.ask("nmap", "-n", "-Pn", "-p3389", "--script", "rdp-enum-encryption", INSIDE)
    assert "3389/tcp open" in said
    plain = bytes.fromhex("0300000b06e00000000000")
    asked = bytes.fromhex("030000130ee000000000000100080003000000")
    assert host.talk(3389, plain) == bytes.fromhex("0300000b06d00000123400")
    assert host.talk(3389, asked)[-8:] == bytes.fromhex("0200080001000000"), "TLS without NLA"
    assert [visit.received for visit in host.visits("rdp")][-2:] == [plain, asked]


def test_rdp_with_nla_refuses_what_cannot_do_it(host: Host) -> None:
    host.start("rdp")
    said = host.ask("nmap", "-n", "-Pn", "-p3389", "--script", "rdp-enum-encryption", INSIDE)
    assert "CredSSP (NLA): SUCCESS" in said
    assert "Native RDP: SUCCESS" not in said


def test_vnc_tells_its_version_and_kind_of_security(host: Host) -> None:
    host.start("vnc", password=False)
    check_ports(host, "vnc")
    said = host.ask("nmap", "-n", "-Pn", "-p5900", "--script", "vnc-info", INSIDE)
    assert "Protocol version: 3.8" in said
    assert "None (1)" in said
    assert host.talk(5900, b"RFB 003.003\n") == b"RFB 003.008\n\x00\x00\x00\x01"


def test_hl7_acknowledges_a_message_and_keeps_every_byte(host: Host) -> None:
    host.start("hl7", port=2576)
    check_ports(host, "hl7", port=2576)
    message = b"\x0bMSH|^~\\&|ORDER|LABO|HIS|HOSP|20260110||ORM^O01|17|P|2.5\rPID|1||000\r\x1c\r"
    said = host.talk(2576, message)
    assert said.startswith(b"\x0bMSH|^~\\&|LAB-HOST|")
    assert said.endswith(b"MSA|AA|17\r\x1c\r")
    assert host.talk(2576) == b"", "says nothing by itself"
    first, second = host.visits("hl7")
    assert (first.received, first.closed, first.peer.split(":")[0]) == (message, True, "10.77.0.2")
    assert second.received == b""


def test_a_silent_device_takes_everything_and_says_nothing(host: Host) -> None:
    host.start("silent", ports={104: "dicom", 135: "management"})
    assert services()["silent"].listens({"ports": {104: "dicom"}}) == (Port("tcp", 104, "dicom"),)
    check_ports(host, "silent", ports={104: "dicom", 135: "management"})
    assert host.talk(104, b"anybody there?") == b""
    (visit,) = host.visits("silent")
    assert (visit.port, visit.received) == (104, b"anybody there?")


def test_a_plain_connect_scan_is_a_visit_without_a_byte(host: Host) -> None:
    host.start("silent", ports={11112: "dicom"})
    host.ask("nmap", "-n", "-Pn", "-sT", "--max-retries", "1", "-p11112", INSIDE)
    visits = host.visits("silent")
    assert 1 <= len(visits) <= 2
    assert b"".join(visit.received for visit in visits) == b""


def test_a_listener_that_is_killed_loses_nothing_it_heard(host: Host) -> None:
    host.start("silent", ports={104: "dicom"})
    host.talk(104, b"x" * 10)
    _, process = host.started[-1]
    os.killpg(process.pid, 9)
    process.wait()
    assert [visit.received for visit in host.visits("silent")] == [b"x" * 10]
