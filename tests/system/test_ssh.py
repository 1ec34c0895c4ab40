"""`omamori collect --ssh` against a real sshd: only known host keys, one clear line for each host that fails."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.system


@dataclass
class Server:
    folder: Path
    port: int

    @property
    def target(self) -> str:
        return f"root@127.0.0.1:{self.port}"

    def known(self, key: str = "host") -> Path:
        """A known_hosts file that holds the public half of a key."""
        file = self.folder / f"known-{key}"
        words = (self.folder / f"{key}.pub").read_text().split()[:2]
        file.write_text(f"[127.0.0.1]:{self.port} {' '.join(words)}\n")
        return file


@contextmanager
def sshd(tmp_path: Path, over: dict[str, str] | None = None, more: str = "", before: str = "", logs: str = "-e") -> Iterator[Server]:
    """A server of the test's own. In: files that only it sees in place of the machine's, and more lines of its configuration.

    `before`: what runs before it, in its own view of the files, with the log as `$3`; `logs`: where it writes its log.
    """
    folder = tmp_path / "sshd"
    folder.mkdir(mode=0o700)
    for key in ("host", "user", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "conf").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"PermitRootLogin prohibit-password\nPasswordAuthentication no\nAuthorizedKeysFile /run/authorized\n{more}"
    )
    run = 'mount -t tmpfs tmpfs /run && mkdir /run/sshd && cp "$2" /run/authorized && chmod 644 /run/authorized'
    for place, text in (over or {}).items():
        file = folder / place.replace("/", "_")
        file.write_text(text)
        file.chmod(Path(place).stat().st_mode & 0o777)
        run += f" && mount --bind {shlex.quote(str(file))} {place}"
    run += f'{before} && exec /usr/sbin/sshd -D {logs} -f "$1"'
    with (folder / "log").open("wb") as log:
        words = ["unshare", "--mount", "sh", "-c", run, "sh", str(folder / "conf"), str(folder / "authorized"), str(folder / "log")]
        daemon = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        while "Server listening" not in (folder / "log").read_text():
            assert daemon.poll() is None, (folder / "log").read_text()
        yield Server(folder, port)
    finally:
        # The whole group: what ran before it may still run beside it.
        os.killpg(daemon.pid, signal.SIGTERM)
        daemon.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with sshd(tmp_path) as made:
        yield made


def collect(site, server: Server, *targets: str, key: str = "user", known: Path | None = None, more: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
    words = [word for target in targets or (server.target,) for word in ("--ssh", target)]
    words += ["--key", str(server.folder / key), "--known-hosts", str(known or server.known()), "--lang", "en", *more]
    return site.omamori("collect", *words)


def receipts(site) -> list[Path]:  # type: ignore[no-untyped-def]
    return sorted((site.folder / "site" / "evidence").rglob("*.json"))


def fingerprint(server: Server) -> str:
    said = subprocess.run(["ssh-keygen", "-lf", str(server.folder / "host.pub")], check=True, capture_output=True, text=True)
    return said.stdout.split()[1]


def test_unknown_and_changed_host_keys_are_refused_with_the_fingerprint(site, server) -> None:  # type: ignore[no-untyped-def]
    empty = server.folder / "empty"
    empty.write_text("")
    for known in (empty, server.known("other")):
        before = known.read_bytes()
        done = collect(site, server, known=known)
        assert done.returncode != 0
        # Joined again: a narrow screen wraps the line.
        assert fingerprint(server) in "".join((done.stdout + done.stderr).split())
        assert "Traceback" not in done.stderr
        assert known.read_bytes() == before, "nothing is recorded for the user"
    assert "Accepted publickey" not in (server.folder / "log").read_text(), "no login was tried"
    assert receipts(site) == []


def test_wrong_key_is_one_clear_line(site, server) -> None:  # type: ignore[no-untyped-def]
    done = collect(site, server, key="other")
    assert done.returncode != 0
    assert "the login was refused" in " ".join((done.stdout + done.stderr).split())
    assert receipts(site) == []


def test_a_host_that_is_down_costs_only_itself(site, server) -> None:  # type: ignore[no-untyped-def]
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    done = collect(site, server, f"root@127.0.0.1:{closed}", server.target)
    said = " ".join((done.stdout + done.stderr).split())
    assert f"root@127.0.0.1:{closed}: no connection" in said
    assert len(receipts(site)) == 1, said


PASSING = {"network.plain_text_client", "network.reached_from_outside", "network.server_talks_outside"}
"""Checks of whom the machine talks to at the moment of a look: a minute later it may talk to somebody else."""


def verdicts(folder: Path) -> dict[tuple[str, str, str], str]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    lasting = [v for v in report["verdicts"] if v["check"] not in PASSING]
    return {(v["check"], v["subject"], json.dumps(v.get("key"), sort_keys=True)): v["verdict"] for v in lasting}


def test_the_ssh_visit_gives_the_verdicts_of_the_local_one(site, server, tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert collect(site, server).returncode == 0
    assert site.omamori("check", "--out", str(tmp_path / "far")).returncode in (0, 1)
    here = site.omamori("check", "--here", "--site", str(tmp_path / "here"), "--out", str(tmp_path / "near"))
    assert here.returncode in (0, 1), here.stderr
    far, near = verdicts(tmp_path / "far"), verdicts(tmp_path / "near")
    assert len(near) > 50
    assert {key: (far.get(key), near.get(key)) for key in far.keys() | near.keys() if far.get(key) != near.get(key)} == {}


def with_keeper(rule: str) -> dict[str, str]:
    """The machine's files with one more account, who is nobody special, and one more rule for sudo."""
    return {
        "/etc/passwd": Path("/etc/passwd").read_text() + "om-keeper:x:64991:64991::/:/bin/sh\n",
        "/etc/shadow": "root:*:20000:0:99999:7:::\nom-keeper:*:20000:0:99999:7:::\n",
        "/etc/sudoers": Path("/etc/sudoers").read_text() + rule,
    }


def test_sudo_without_a_password_sees_what_root_sees(site, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with sshd(tmp_path, with_keeper("om-keeper ALL=(root) NOPASSWD: /bin/sh, /usr/bin/sh\n")) as server:
        done = collect(site, server, f"om-keeper@127.0.0.1:{server.port}", more=("--sudo",))
        assert done.returncode == 0, done.stdout + done.stderr
    (receipt,) = receipts(site)
    items = json.loads(receipt.read_text())["items"]
    assert items and {item["privileged"] for item in items} == {True}


def test_sudo_that_wants_a_password_is_one_clear_line(site, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with sshd(tmp_path, with_keeper("om-keeper ALL=(root) ALL\n")) as server:
        done = collect(site, server, f"om-keeper@127.0.0.1:{server.port}", more=("--sudo",))
    assert done.returncode == 3
    assert "sudo without a password is not allowed" in " ".join((done.stdout + done.stderr).split())
    assert receipts(site) == []


ROUTER = """#!/bin/sh
# Plays a router at a terminal: a prompt, a page at a time.
printf '\\r\\nRTX1210 Rev.14.01.28 (Tue Jul 24 17:00:42 2018)\\r\\n> '
while read -r line; do
  case "$line" in
    'show environment') printf 'RTX1210 Rev.14.01.28 (Tue Jul 24 17:00:42 2018)\\r\\n' ;;
    'show config') cat "$1"; printf -- '---more---'; stty -icanon min 1; dd bs=1 count=1 2>/dev/null >/dev/null; stty icanon; printf '\\r          \\r'; cat "$2" ;;
    *) printf 'Error: Invalid command name\\r\\n' ;;
  esac
  printf '> '
done
"""
PAGES = (
    "ip lan1 address 192.168.10.1/24\nip lan2 address dhcp\nip lan2 secure filter in 1\n",
    "ip filter 1 reject * *\nadministrator password SECRETWORD\ntelnetd service off\n",
)


def test_a_network_device_is_asked_and_its_configuration_read(site, tmp_path) -> None:  # type: ignore[no-untyped-def]
    script, first, second = tmp_path / "router", tmp_path / "first", tmp_path / "second"
    script.write_text(ROUTER)
    script.chmod(0o755)
    for page, text in zip((first, second), PAGES, strict=True):
        page.write_text(text)
    with sshd(tmp_path, more=f"ForceCommand /bin/sh {script} {first} {second}\n") as server:
        words = ["--device", server.target, "--system", "yamaha-rtx", "--key", str(server.folder / "user")]
        done = site.omamori("collect", *words, "--known-hosts", str(server.known()), "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    (receipt,) = receipts(site)
    assert [item["kind"] for item in json.loads(receipt.read_text())["items"]] == ["device.config"]
    stored = b"".join(path.read_bytes() for path in (site.folder / "site" / "evidence").rglob("*") if path.is_file())
    assert b"SECRETWORD" not in stored


def test_a_device_nobody_knows_the_key_of_is_not_asked(site, server) -> None:  # type: ignore[no-untyped-def]
    words = ["--device", server.target, "--system", "fortios", "--key", str(server.folder / "user")]
    done = site.omamori("collect", *words, "--known-hosts", str(server.known("other")), "--lang", "en")
    assert done.returncode == 3
    assert fingerprint(server) in "".join((done.stdout + done.stderr).split())
    assert receipts(site) == []
