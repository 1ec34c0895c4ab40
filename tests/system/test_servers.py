"""Real servers with weak settings: a neighbour gets in, the checks say so with the line that shows it, and mended they are silent.

The probes read the places servers have on every machine. Here those are files of the test, put over the machine's own
in a mount namespace that ends with each command.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.system
INSIDE = "10.77.0.1"  # as in conftest
PLACES = (
    "etc/samba/smb.conf",
    "etc/exports",
    "etc/postgresql",
    "etc/snmp",
    "etc/orthanc",
    "etc/ssh/sshd_config",
    "srv",
    "etc/rsyslog.conf",
    "etc/rsyslog.d",
    "var/lib/nfs",
    "var/lib/postgresql",
    "var/lib/snmp",
)
"""What the test brings itself, put over the machine's own."""
POSTGRES = str(next(Path("/usr/lib/postgresql").glob("*/bin"), ""))
CLUSTER = "var/lib/postgresql/15/main"
FILES: dict[str, tuple[str, str]] = {
    "etc/samba/smb.conf": (
        "[global]\nserver min protocol = NT1\nmap to guest = Bad User\n{dirs}[images]\npath = /srv/share\nguest ok = yes\nread only = no\n",
        "[global]\nserver min protocol = SMB3\nmap to guest = Never\n{dirs}[images]\npath = /srv/share\nguest ok = no\nread only = no\n",
    ),
    "etc/exports": (
        "/srv/share *(rw,sync,no_subtree_check,fsid=1,no_root_squash)\n",
        "/srv/share 10.77.0.2(ro,sync,no_subtree_check,fsid=1)\n",
    ),
    "etc/postgresql/15/main/postgresql.conf": (
        "data_directory = '/" + CLUSTER + "'\nhba_file = '/etc/postgresql/15/main/pg_hba.conf'\n"
        "listen_addresses = '*'\nunix_socket_directories = '/run'\n",
    )
    * 2,
    "etc/postgresql/15/main/pg_hba.conf": ("host all all 0.0.0.0/0 trust\n", "host all all 10.77.0.9/32 scram-sha-256\n"),
    "etc/snmp/snmpd.conf": ("agentaddress udp:161\nrocommunity public\n", "agentaddress udp:161\nrocommunity k9Wm2vXq7TzL 10.77.0.9\n"),
    "etc/orthanc/orthanc.json": (
        '{"StorageDirectory": "{root}/images", "IndexDirectory": "{root}/images", "Plugins": [],\n"RemoteAccessAllowed": true,\n'
        '"AuthenticationEnabled": false,\n"DicomCheckCalledAet": false,\n"DicomCheckModalityHost": false}\n',
        '{"StorageDirectory": "{root}/images", "IndexDirectory": "{root}/images", "Plugins": [],\n"RemoteAccessAllowed": true,\n'
        '"AuthenticationEnabled": true, "RegisteredUsers": {"xray": "vT4mQ8zLw2Kp"},\n"DicomCheckCalledAet": true,\n"DicomCheckModalityHost": true}\n',
    ),
    "etc/ssh/sshd_config": (
        "Port 2222\nHostKey {root}/host\nPidFile none\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication yes\n",
        "Port 2222\nHostKey {root}/host\nPidFile none\nUsePAM no\nPermitRootLogin no\nPasswordAuthentication no\n",
    ),
    "etc/rsyslog.conf": (
        'module(load="imuxsock" SysSock.Name="/run/log")\n*.* {root}/messages\n',
        'module(load="imuxsock" SysSock.Name="/run/log")\n*.* {root}/messages\n*.* @@10.77.0.2:514\n',
    ),
}
"""Each file as it was found, and as it was mended."""
SERVERS = {
    "smbd": "smbd --foreground --no-process-group",
    "postgres": "runuser -u postgres -- {postgres}/postgres -D /" + CLUSTER + " -c config_file=/etc/postgresql/15/main/postgresql.conf",
    "snmpd": "snmpd -f -Lo -p /run/snmpd.pid",
    "Orthanc": "Orthanc /etc/orthanc/orthanc.json",
    "sshd": "/usr/sbin/sshd -D -e",
    "rsyslogd": "rsyslogd -n -i /run/rsyslogd.pid",
    "telnet": "inetutils-inetd -d {root}/inetd.conf",
}
FINDINGS = {
    "sharing.guest_share": "[images]",
    "sharing.old_protocol": "server min protocol = NT1",
    "sharing.nfs_for_all": "<world>",
    "sharing.root_through_nfs": "no_root_squash",
    "servers.database_trusts": "0.0.0.0/0 trust",
    "servers.database_for_all": "0.0.0.0/0 trust",
    "servers.snmp_default_word": "rocommunity",
    "servers.images_open": "RemoteAccessAllowed",
    "servers.images_from_anyone": "DicomCheck",
    "services.telnet_server": ":23",
    "remote_login.ssh_root_password": "permitrootlogin yes",
    "logging.no_copy": "imuxsock",
}
"""The check, and what the line of evidence it points to must show."""
ASK_BY_SNMP = """
import socket, sys
asked = bytes.fromhex("302902010004067075626c6963a01c020400000001020100020100300e300c06082b060102010101000500")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(2)
    s.sendto(asked, (sys.argv[1], 161))
    print(s.recv(9000))
"""
"""Asks for the description of the system (1.3.6.1.2.1.1.1.0) with the word public."""
PROOFS: dict[str, tuple[str, str]] = {
    "a share without an account, by SMB1": ("smbclient -N -m NT1 --option='client min protocol=NT1' //{inside}/images -c ls", "blocks"),
    "a database without a password": ("psql -w -h {inside} -U postgres -d postgres -Atc 'select 40 + 2'", "42"),
    "an image server without a login": ("curl -sS --max-time 5 http://{inside}:8042/system", "DicomAet"),
    "SSH with a password": (
        "ssh -v -F none -p 2222 -o BatchMode=no -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
        "-o PreferredAuthentications=none -o ConnectTimeout=5 root@{inside} true",
        "publickey,password",
    ),
    "SNMP with the word public": (f"{sys.executable} -c {shlex.quote(ASK_BY_SNMP)} {{inside}}", "Linux"),
    "Telnet": ("curl -sv --max-time 2 telnet://{inside}:23", "Connected to"),
}
"""What a neighbour does to get in, and what it then sees."""


class Servers:
    """The servers of one machine, on files of their own."""

    def __init__(self, lab: Any, root: Path) -> None:
        self.lab, self.root = lab, root
        for folder in ("srv/share", "images", "samba", CLUSTER, "etc/rsyslog.d", "var/lib/nfs", "var/lib/snmp"):
            (root / folder).mkdir(parents=True)
        (root / "srv/share").chmod(0o777)
        (root / "srv/share/note.txt").write_text("a file of everybody\n")
        (root / "inetd.conf").write_text("telnet stream tcp nowait root /usr/sbin/telnetd telnetd\n")
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(root / "host")], check=True)
        self.settings(mended=False)
        shutil.chown(root / CLUSTER, "postgres")
        (root / CLUSTER).chmod(0o700)
        self.must("runuser", "-u", "postgres", "--", f"{POSTGRES}/initdb", "-N", "-A", "trust", "-D", f"/{CLUSTER}")

    def settings(self, *, mended: bool) -> None:
        """Write all files."""
        samba = "".join(
            f"{name} = {self.root}/samba\n"
            for name in ("private dir", "lock dir", "state directory", "cache directory", "pid directory", "ncalrpc dir")
        )
        samba += f"log file = {self.root}/samba/log\nload printers = no\ndisable spoolss = yes\nsmb ports = 445\n"
        for name, texts in FILES.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(texts[mended].replace("{root}", str(self.root)).replace("{dirs}", samba))

    def inside(self, *words: str) -> list[str]:
        """The command on the machine, where the usual places hold the test's files."""
        over = " && ".join(f"mount --bind {shlex.quote(str(self.root / place))} /{place}" for place in PLACES)
        return ["sh", "-c", f'mkdir -p /run/sshd && chmod 1777 /run && {over} && exec "$@"', "sh", *words]

    def must(self, *words: str) -> bytes:
        """Run on the machine to the end; the test fails when the command does."""
        said: bytes = self.lab.must(*self.inside(*words))
        return said

    def start(self, *names: str) -> None:
        """Start the named servers with the files as they are now, and what NFS exports."""
        for name in names:
            self.lab.start(*self.inside(*SERVERS[name].replace("{root}", str(self.root)).replace("{postgres}", POSTGRES).split()))
        self.lab.run(*self.inside("exportfs", "-ra"))

    def stop(self) -> None:
        """Stop all of them."""
        self.lab.close()
        self.lab.daemons.clear()
        (self.root / CLUSTER / "postmaster.pid").unlink(missing_ok=True)

    def met(self, proof: str) -> bool:
        """Whether a neighbour gets in."""
        command, seen = PROOFS[proof]
        done = self.lab.run(*shlex.split(command.replace("{inside}", INSIDE)), namespace=self.lab.outside)
        return seen in (done.stdout + done.stderr).decode("utf-8", "replace")


def until(true: Callable[[], bool]) -> bool:
    """Wait for a server to come up; False after a minute."""
    end = time.monotonic() + 60
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def collect(servers: Servers, site: Any, script: Path, name: str) -> Path:
    """Let the script look at the machine."""
    kit = Path(site.folder / f"{name}.kit")
    kit.write_bytes(servers.must("sh", str(script), "-"))
    return kit


def found(site: Any, out: str, wanted: str = "fail") -> dict[str, list[str]]:
    """Check the site: the checks with the wanted verdict, each with its lines of evidence."""
    assert site.omamori("check", "--out", str(site.folder / out)).returncode in (0, 1)
    report = json.loads((site.folder / out / "report.json").read_text(encoding="utf-8"))
    lines: dict[str, list[str]] = {}
    for verdict in report["verdicts"]:
        if verdict["verdict"] == wanted:
            line = report["evidence"].get(verdict["evidence"] or "", {})
            lines.setdefault(verdict["check"], []).append(str(line.get("text", line)))
    return lines


def test_weak_servers_are_found_and_mended_ones_are_not(lab, site, script) -> None:  # type: ignore[no-untyped-def]
    servers = Servers(lab, lab.folder / "machine")
    servers.start(*SERVERS)
    assert [proof for proof in PROOFS if not until(lambda proof=proof: servers.met(proof))] == [], "the servers are as weak as they look"
    weak = collect(servers, site, script, "weak")
    assert site.omamori("import", str(weak)).returncode == 0
    seen = found(site, "weak")
    assert {check: seen.get(check) for check, text in FINDINGS.items() if not any(text in line for line in seen.get(check, []))} == {}

    servers.stop()
    servers.settings(mended=True)
    servers.start(*(name for name in SERVERS if name != "telnet"))
    for port in (445, 2222, 5432, 8042):
        assert until(lambda port=port: b"LISTEN" in lab.must("ss", "-Hltn", f"sport = :{port}")), port
    assert [proof for proof in PROOFS if servers.met(proof)] == [], "the servers are as strict as they look"
    better = collect(servers, site, script, "better")
    assert set(FINDINGS) <= set(found(site, "still")), "nothing is believed mended before it was looked at again"
    assert site.omamori("import", str(better)).returncode == 0
    assert set(FINDINGS) & set(found(site, "mended")) == set()
    assert set(FINDINGS) <= set(found(site, "known", "pass")), "mended, not merely unknown"
