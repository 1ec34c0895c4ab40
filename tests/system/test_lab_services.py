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
        for file in services()[name].shows.values():
            assert (self.folder / file).is_file(), f"{name} shows {file}"
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


def test_postgres_lets_everybody_in_or_nobody_without_a_password(host: Host) -> None:
    host.start("postgres", trust=True)
    check_ports(host, "postgres")
    assert host.ask("psql", "-h", INSIDE, "-U", "postgres", "-wAtc", "select 6*7").strip() == "42"


def test_strict_postgres_wants_a_password(host: Host) -> None:
    host.start("postgres", port=5433)
    assert "no password supplied" in host.ask("psql", "-h", INSIDE, "-p", "5433", "-U", "postgres", "-wAtc", "select 6*7")


def echo(host: Host, port: int, called: str = "ANY-SCP") -> bool:
    done = host.network.run("echoscu", "-to", "5", "-aec", called, INSIDE, str(port), namespace=host.network.outside)
    return bool(done.returncode == 0)


def test_orthanc_answers_an_echo_and_shows_its_page(host: Host) -> None:
    host.start("orthanc", open=True)
    check_ports(host, "orthanc")
    assert echo(host, 4242)
    assert '"DicomAet" : "ORTHANC"' in host.ask("curl", "-s", f"http://{INSIDE}:8042/system")


def test_strict_orthanc_knows_its_name_and_asks_for_a_password(host: Host) -> None:
    host.start("orthanc", port=104, aet="PACS")
    check_ports(host, "orthanc", port=104)
    assert not echo(host, 104)
    assert echo(host, 104, "PACS")
    assert "401" in host.ask("curl", "-si", f"http://{INSIDE}:8042/system").splitlines()[0]


def test_orthanc_without_its_page_has_dicom_only(host: Host) -> None:
    host.start("orthanc", web=0)
    check_ports(host, "orthanc", web=0)


def test_the_second_dicom_server_answers_an_echo_also_after_a_scan(host: Host) -> None:
    host.start("dicom", port=104, aet="CT1")
    check_ports(host, "dicom", port=104)
    host.ask("nmap", "-n", "-Pn", "-sT", "-p104", INSIDE)
    assert echo(host, 104, "CT1")


def test_snmp_tells_a_stranger_what_it_is(host: Host) -> None:
    host.start("snmp", description="LabSwitch 24 ports")
    check_ports(host, "snmp")
    assert "LabSwitch 24 ports" in host.ask("snmpget", "-v2c", "-cpublic", "-Oqv", INSIDE, "1.3.6.1.2.1.1.1.0")
    assert "lab-host" in host.ask("snmpget", "-v2c", "-cpublic", "-Oqv", INSIDE, "1.3.6.1.2.1.1.5.0")


def test_snmp_with_a_word_of_its_own_and_one_asker_is_silent_to_others(host: Host) -> None:
    host.start("snmp", community="k9Wm2vXq", only="10.77.0.9")
    for community in ("public", "k9Wm2vXq"):
        said = host.ask("snmpget", "-v2c", f"-c{community}", "-t1", "-r0", INSIDE, "1.3.6.1.2.1.1.1.0")
        assert "Timeout" in said
    assert "Lab device" in host.ask("snmpget", "-v2c", "-ck9Wm2vXq", "--clientaddr=10.77.0.9", INSIDE, "1.3.6.1.2.1.1.1.0")


def test_telnet_asks_for_a_name(host: Host) -> None:
    host.start("telnet")
    check_ports(host, "telnet")
    assert host.talk(23)[:2] in (b"\xff\xfb", b"\xff\xfd"), "IAC WILL or IAC DO: it negotiates"


def test_ftp_greets_and_shows_its_files_to_anybody(host: Host) -> None:
    host.start("ftp", anonymous=True, banner="LabNAS FTP")
    check_ports(host, "ftp")
    assert host.talk(21).startswith(b"220 LabNAS FTP")
    assert "README.txt" in host.ask("curl", "-sv", f"ftp://{INSIDE}/")


def test_strict_ftp_lets_nobody_in(host: Host) -> None:
    host.start("ftp")
    assert "530" in host.ask("curl", "-sv", f"ftp://{INSIDE}/")


def test_tftp_hands_out_a_file(host: Host) -> None:
    host.start("tftp")
    check_ports(host, "tftp")
    assert b"hostname lab-switch" in host.network.must(
        "curl", "-s", "-m", "10", f"tftp://{INSIDE}/switch.cfg", namespace=host.network.outside
    )


def test_web_shows_whose_page_it_is(host: Host) -> None:
    host.start("web", title="プリンタ管理", server="LabPrint/1.0")
    check_ports(host, "web")
    said = host.ask("curl", "-si", f"http://{INSIDE}/")
    assert "Server: LabPrint/1.0" in said
    assert "nginx" not in said
    assert "<title>プリンタ管理</title>" in said


def test_old_tls_and_modern_tls(host: Host) -> None:
    host.start("web", ports={443: "old", 8443: "modern", 80: "none"}, realm="NAS")
    check_ports(host, "web", ports={443: "old", 8443: "modern", 80: "none"})
    old = host.ask("nmap", "-n", "-Pn", "-p443", "--script", "ssl-enum-ciphers,ssl-cert", INSIDE)
    modern = host.ask("nmap", "-n", "-Pn", "-p8443", "--script", "ssl-enum-ciphers,ssl-cert", INSIDE)
    assert "TLSv1.0" in old
    assert "Not valid after:  2022-03-31" in old
    assert "Public Key bits: 1024" in old
    assert "TLSv1.0" not in modern
    assert "TLSv1.3" in modern
    assert 'Basic realm="NAS"' in host.ask("curl", "-sik", f"https://{INSIDE}:8443/")


def test_dns_answers_and_dhcp_keeps_the_leases_it_was_given(host: Host) -> None:
    leases = [["02:00:00:00:00:01", "10.77.0.101", "ward-pc"], ["02:00:00:00:00:02", "10.77.0.102", ""]]
    options = {"records": {"ehr.lab": "10.61.1.11"}, "range": "10.77.0.100,10.77.0.150", "leases": leases}
    host.start("dns", **options)
    check_ports(host, "dns", **options)
    asked = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03ehr\x03lab\x00\x00\x01\x00\x01"
    assert bytes((10, 61, 1, 11)) in host.talk(53, asked, udp=True)
    lines = (host.folder / "dns/leases").read_text().splitlines()
    assert [line.split()[1:4] for line in lines] == [[mac, address, name or "*"] for mac, address, name in leases]


def test_dns_alone_gives_no_addresses_out(host: Host) -> None:
    host.start("dns")
    check_ports(host, "dns")


def test_a_printer_takes_what_it_gets_on_9100_and_writes_it_down(host: Host) -> None:
    host.start("printer", ports=[515, 631, 80, 9100], title="複合機", server="LabPrint/1.0")
    check_ports(host, "printer", ports=[515, 631, 80, 9100])
    assert host.talk(9100, b"@PJL INFO ID\r\n") == b""
    assert host.talk(515, b"\x03lp\n") == b"no entries\n"
    for port in (80, 631):
        said = host.ask("curl", "-si", f"http://{INSIDE}:{port}/")
        assert "Server: LabPrint/1.0" in said
        assert "<title>複合機</title>" in said
    assert {visit.port: visit.received for visit in host.visits("printer")}[9100] == b"@PJL INFO ID\r\n"


def test_a_camera_shows_nothing_without_a_password(host: Host) -> None:
    host.start("camera")
    check_ports(host, "camera")
    assert b"Public: OPTIONS, DESCRIBE" in host.talk(554, b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")
    assert host.talk(554, b"DESCRIBE rtsp://x/ RTSP/1.0\r\nCSeq: 2\r\n\r\n").startswith(b"RTSP/1.0 401 ")


def test_esxi_greets(host: Host) -> None:
    host.start("esxi")
    check_ports(host, "esxi")
    assert "VMware Authentication Daemon" in host.ask("nmap", "-n", "-Pn", "-p902", "-sV", INSIDE)


def restic(host: Host, *words: str, user: str = "") -> subprocess.CompletedProcess[bytes]:
    folder = host.folder / "mine"
    folder.mkdir(exist_ok=True)
    (folder / "file").write_text("worth keeping")
    settings = (f"RESTIC_REPOSITORY=rest:http://{user}{INSIDE}:8000/", "RESTIC_PASSWORD=lab", f"RESTIC_CACHE_DIR={host.folder}/cache")
    done: subprocess.CompletedProcess[bytes] = host.network.run("env", *settings, "restic", *words, namespace=host.network.outside)
    return done


def test_the_backup_server_takes_a_backup_and_append_only_keeps_it(host: Host) -> None:
    host.start("restic", append_only=True)
    check_ports(host, "restic")
    assert restic(host, "init").returncode == 0
    assert restic(host, "backup", str(host.folder / "mine")).returncode == 0
    (kept,) = (host.folder / "restic/repository/snapshots").iterdir()
    assert "403" in host.ask("curl", "-siX", "DELETE", f"http://{INSIDE}:8000/snapshots/{kept.name}").splitlines()[0]
    assert kept.is_file()


def test_the_backup_server_with_a_password(host: Host) -> None:
    host.start("restic", user="backup", password="lab-only-word")
    assert restic(host, "init").returncode != 0
    assert restic(host, "init", user="backup:lab-only-word@").returncode == 0
    assert restic(host, "backup", str(host.folder / "mine"), user="backup:lab-only-word@").returncode == 0
    assert restic(host, "forget", "latest", user="backup:lab-only-word@").returncode == 0, "it may be deleted"


def test_the_backup_server_holds_the_nights_of_a_machine(host: Host) -> None:
    host.start("restic", append_only=True, holds="ehr-db", generations=3)
    word = host.folder / "restic/ehr-db/password"
    words = (
        "restic",
        "--no-cache",
        "--repo",
        f"rest:http://{INSIDE}:8000/ehr-db",
        "--password-file",
        str(word),
        "snapshots",
        "--host",
        "ehr-db",
    )
    done = host.network.run(*words, namespace=host.network.outside)
    assert done.returncode == 0 and b"3 snapshots" in done.stdout


def test_a_machine_that_sends_its_backup_away_shows_the_job(host: Host) -> None:
    place = host.start("backup_job", to="backup-server")
    assert f"rest:http://backup-server:8000/{place.host}" in (host.folder / "backup_job/cron").read_text()
    assert services()["backup_job"].listens({}) == ()


def test_rsync_open_and_closed(host: Host) -> None:
    host.start("rsync", open=True)
    check_ports(host, "rsync")
    file = host.folder / "mine"
    file.write_text("a backup")
    assert host.network.run("rsync", str(file), f"rsync://{INSIDE}/backup/", namespace=host.network.outside).returncode == 0
    assert (host.folder / "rsync/files/mine").read_text() == "a backup"


def test_strict_rsync_asks_who_it_is(host: Host) -> None:
    host.start("rsync")
    assert host.talk(873, b"@RSYNCD: 31.0\n", b"backup\n").endswith(b"\n")
    assert b"@RSYNCD: AUTHREQD" in host.talk(873, b"@RSYNCD: 31.0\n", b"backup\n")


def test_the_log_server_keeps_what_it_is_sent_by_sender(host: Host) -> None:
    host.start("syslog")
    check_ports(host, "syslog")
    host.talk(514, b"<13>Jan 10 09:08:07 fw kernel: DROP over UDP\n", udp=True)
    host.talk(514, b"<13>Jan 10 09:08:08 fw kernel: DROP over TCP\n")
    file = host.folder / "syslog/10.77.0.2.log"
    until = time.monotonic() + WAIT
    while not (file.is_file() and file.read_text().count("DROP") == 2) and time.monotonic() < until:
        time.sleep(0.05)
    assert ["UDP" in line for line in file.read_text().splitlines()] == [True, False]
