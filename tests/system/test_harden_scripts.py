"""The Linux scripts of a hardening plan run for real on one machine: taken back to the byte, refused, on trial, in every shell."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from omamori.model.text import Text
from omamori.respond.harden.changes import Change, FileText, HeadLines, KernelValue, LinesInstead, ModeTaken, NftTable, SambaSetting
from omamori.respond.harden.parts import Machine, Measure, Menu
from omamori.respond.harden.write.linux_sh import write
from truth.fingerprint import fingerprint

pytestmark = pytest.mark.system
HOST = Machine("machine", "linux", "server", "", "", "", "", False, False, False, "harden-host")
SSHD = "/etc/ssh/sshd_config"
CHECK = ("sshd", "-t", "-f", "{}")
TABLE = (
    "table inet omamori_harden {\n\tchain input {\n\t\ttype filter hook input priority 10; policy drop;\n\t\ttcp dport 22 accept\n\t}\n}\n"
)
CHANGES = (
    HeadLines(SSHD, ("PermitRootLogin no",), CHECK, "ssh"),
    SambaSetting("a share", "guest ok", "no"),
    SambaSetting("global", "server min protocol", "SMB2_10"),
    LinesInstead("/etc/pg/hba.conf", "host all all 0.0.0.0/0 trust", ("host all all 10.1.1.0/24 md5",)),
    FileText("/etc/new/folder/x.conf", "install usb-storage /bin/false\n"),
    ModeTaken("/etc/secret", 0o007),
    KernelValue("net.ipv4.conf.all.accept_redirects", "0"),
    NftTable("inet", "omamori_harden", TABLE),
)
PREPARE = r"""
mount -t tmpfs none /run && mkdir -p /run/etc/up /run/etc/work /run/lib/up /run/lib/work /run/sshd /run/real
hostname harden-host
mount -t overlay -o lowerdir=/etc,upperdir=/run/etc/up,workdir=/run/etc/work none /etc
mount -t overlay -o lowerdir=/var/lib,upperdir=/run/lib/up,workdir=/run/lib/work none /var/lib
mkdir -p /etc/ssh /etc/samba /etc/pg
ssh-keygen -q -t ed25519 -N '' -f /run/key
printf 'HostKey /run/key\nPermitRootLogin yes\n# \377\376 old bytes, no end of line' >/run/real/sshd_config
ln -sf /run/real/sshd_config /etc/ssh/sshd_config
printf '; a file of many hands\n[Global]\n  min protocol = NT1\n[A  Share]\n\tpath = /srv\n\tPublic = \\\n yes\n[other]\npublic = yes\n' >/etc/samba/smb.conf
printf 'local all all peer\nhost  all\tall 0.0.0.0/0   trust  # everybody\n' >/etc/pg/hba.conf
echo secret >/etc/secret && chmod 646 /etc/secret /etc/pg/hba.conf && chown 1:2 /etc/pg/hba.conf
echo 1 >/proc/sys/net/ipv4/conf/all/accept_redirects
nft -f - <<'NFT'
table ip other {
	chain input {
		type filter hook input priority 0; policy accept;
	}
}
NFT
echo ready
sleep 600
"""


class Host:
    """A machine of its own: network, files, name; `folder` is seen by it too."""

    def __init__(self, folder: Path) -> None:
        alone = ["unshare", "--mount", "--net", "--uts", "--ipc", "--pid", "--fork", "--mount-proc", "--kill-child"]
        self.process = subprocess.Popen([*alone, "sh", "-ec", PREPARE], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None and self.process.stdout.readline() == "ready\n"
        (child,) = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        self.enter = ["nsenter", f"--target={child}", "--mount", "--net", "--uts", "--ipc", "--pid", "--"]
        self.folder = folder

    def put(self, *changes: Change, each: bool = False) -> None:
        """Lay the files of a plan there: one measure, or one for each change."""
        word = Text("直す", "mend")
        groups = [(one,) for one in changes] if each else [changes]
        for file in write(HOST, [Measure("k", HOST, word, word, word, Menu(word), group) for group in groups]):
            (self.folder / file.name.rpartition("/")[2]).write_bytes(file.content)

    def run(self, *words: str, shell: tuple[str, ...] = ("sh",)) -> subprocess.CompletedProcess[str]:
        script, *more = words
        argv = [*self.enter, "env", "LANG=C", *shell, str(self.folder / script), *more]
        return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)

    def sh(self, command: str) -> str:
        return subprocess.run([*self.enter, "sh", "-ec", command], check=True, capture_output=True, text=True, timeout=60).stdout

    def print(self) -> str:
        real = self.sh("stat -c '%a %u %g' /run/real/* && cksum /run/real/*")
        return fingerprint(self.enter) + real


@pytest.fixture
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    made = Host(tmp_path_factory.mktemp("harden"))
    yield made
    made.process.kill()
    made.process.wait()


@pytest.mark.parametrize("shell", [("dash",), ("bash", "--posix"), ("busybox", "sh")], ids=" ".join)
def test_what_was_there_comes_back_to_the_byte(host: Host, shell: tuple[str, ...]) -> None:
    host.put(*CHANGES)
    before = host.print()
    done = host.run("apply.sh", shell=shell)
    assert done.returncode == 0, done.stderr
    assert host.sh(f"head -n 2 {SSHD}").splitlines()[1] == "PermitRootLogin no" and host.sh(f"readlink {SSHD}") == "/run/real/sshd_config\n"
    asked = {"a share": "guest ok", "other": "guest ok"}
    said = {share: host.sh(f"testparm -s --section-name='{share}' --parameter-name='{name}' 2>/dev/null") for share, name in asked.items()}
    assert said == {"a share": "No\n", "other": "Yes\n"}
    assert host.sh("testparm -s --parameter-name='server min protocol' 2>/dev/null").startswith("SMB2")
    assert host.sh("cat /etc/pg/hba.conf") == "local all all peer\nhost all all 10.1.1.0/24 md5\n"
    assert host.sh("stat -c '%a %u %g' /etc/pg/hba.conf /etc/secret") == "646 1 2\n640 0 0\n"
    assert host.sh("cat /proc/sys/net/ipv4/conf/all/accept_redirects") == "0\n"
    assert "policy drop" in host.sh("nft list table inet omamori_harden")
    assert host.sh("nft -c -f /etc/omamori-harden/omamori_harden.nft; ls -d /etc/systemd/system/multi-user.target.wants/omamori*").strip()
    assert host.sh("stat -c %a /var/lib/omamori-harden /var/lib/omamori-harden/*") == "700\n700\n"
    applied = host.print()
    # As a restart does: the file that is kept brings the same table, however often it is loaded.
    host.sh("nft delete table inet omamori_harden; for i in 1 2; do nft -f /etc/omamori-harden/omamori_harden.nft; done")
    again = host.run("apply.sh", shell=shell)
    assert again.returncode == 0 and "applied already" in again.stdout and host.print() == applied
    undone = host.run("undo.sh", shell=shell)
    assert undone.returncode == 0, undone.stderr
    assert host.print() == before
    assert host.run("undo.sh").returncode == 2


def test_where_nftables_loads_its_rules_at_start_the_table_is_included_there(host: Host) -> None:
    host.put(CHANGES[-1])
    host.sh("ln -sf /lib/systemd/system/nftables.service /etc/systemd/system/sysinit.target.wants/nftables.service")
    before = host.print()
    assert host.run("apply.sh").returncode == 0
    assert host.sh("tail -n 1 /etc/nftables.conf") == 'include "/etc/omamori-harden/omamori_harden.nft"\n'
    listed = host.sh("nft list table inet omamori_harden")
    host.sh("nft -f /etc/nftables.conf; nft -f /etc/nftables.conf")
    assert host.sh("nft list table inet omamori_harden") == listed
    host.sh(
        "nft -f - <<'E'\ntable ip other { chain input { type filter hook input priority 0; policy accept; }; }\nE\nnft delete table inet filter || :"
    )
    assert host.run("undo.sh").returncode == 0 and host.print() == before


def test_what_is_refused_is_taken_back(host: Host) -> None:
    before = host.print()
    for change, word in (
        (HeadLines(SSHD, ("NoSuchWord yes",), CHECK, "ssh"), "NoSuchWord"),
        (NftTable("inet", "omamori_harden", "table inet omamori_harden { nonsense }\n"), "nft refused"),
        (SambaSetting("no such share", "guest ok", "no"), "no such share"),
        (KernelValue("net.ipv4.no_such", "1"), "no_such"),
    ):
        host.put(*CHANGES[3:5], change)
        done = host.run("apply.sh")
        assert done.returncode == 3 and word in done.stderr and "Everything is as it was" in done.stderr, done.stderr
        assert host.print() == before


def test_what_was_made_stricter_since_the_look_is_left(host: Host) -> None:
    seen = (
        HeadLines(SSHD, ("PermitRootLogin prohibit-password",), CHECK, "ssh", (("permitrootlogin", "yes"),)),
        SambaSetting("a share", "guest ok", "no", ("yes",)),
        SambaSetting("global", "server min protocol", "SMB2_10", ("NT1",)),
        *CHANGES[3:6],
        KernelValue("net.ipv4.conf.all.rp_filter", "2", "0"),
        KernelValue("net.ipv4.conf.all.accept_redirects", "0", "1"),
    )
    host.put(*seen, each=True)
    strict = (
        "printf 'HostKey /run/key\nPermitRootLogin no\n' >/run/real/sshd_config; sed -i 's/Public.*/public = no/; s/^ yes//' /etc/samba/smb.conf",
        "sed -i 's/NT1/SMB3_11/' /etc/samba/smb.conf; sed -i 's/trust/reject/' /etc/pg/hba.conf; rm /etc/secret",
        "mkdir -p /etc/new/folder; echo install uas /bin/false >/etc/new/folder/x.conf; echo 1 >/proc/sys/net/ipv4/conf/lo/rp_filter",
    )
    host.sh("echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter; cp -a /run/real/sshd_config /run/kept")
    for command in strict:
        host.sh(command)
    before = host.print()
    done = host.run("apply.sh", "without", "8")
    assert done.returncode == 1 and done.stderr.count("was changed since the look. Collect again and plan anew") == 7, done.stderr
    assert "Nothing was changed" in done.stdout and host.print() == before
    # One that is stricter costs no other measure its turn.
    done = host.run("apply.sh")
    assert done.returncode == 1 and host.sh("cat /proc/sys/net/ipv4/conf/all/accept_redirects") == "0\n", done.stderr
    assert host.sh("sshd -T | grep permitrootlogin; cat /proc/sys/net/ipv4/conf/all/rp_filter") == "permitrootlogin no\n0\n"
    assert host.run("undo.sh").returncode == 0 and host.print() == before


def test_measures_are_chosen_by_number_and_what_was_done_is_undone(host: Host) -> None:
    host.put(*CHANGES, each=True)
    before = host.print()
    assert host.run("apply.sh", "list").stdout.splitlines() == [f"{number} mend" for number in range(1, 9)]
    for words in (("without", "9"), ("only", "two"), ("only",), ("trial", "10", "2"), ("apply", "2")):
        assert host.run("apply.sh", *words).returncode == 2 and host.print() == before, words
    assert host.run("undo.sh", "only", "2").returncode == 2 and host.print() == before
    assert host.run("apply.sh", "only", "2,6", "7").returncode == 0
    assert host.sh("cat /proc/sys/net/ipv4/conf/all/accept_redirects; stat -c %a /etc/secret") == "0\n640\n"
    assert "PermitRootLogin yes" in host.sh(f"sed -n 2p {SSHD}") and "omamori_harden" not in host.sh("nft list ruleset")
    assert host.run("undo.sh").returncode == 0 and host.print() == before
    # What was left out at the trial is not kept by the confirmation either.
    assert host.run("apply.sh", "trial", "300s", "without", "8").returncode == 0 and host.run("apply.sh", "confirm").returncode == 0
    assert not host.sh("ls /etc/omamori-harden 2>/dev/null || :")
    assert host.run("undo.sh").returncode == 0 and host.print() == before


def test_a_file_that_others_changed_is_not_overwritten(host: Host) -> None:
    host.put(*CHANGES)
    before = host.print()
    assert host.run("apply.sh").returncode == 0
    host.sh(
        "cp -a /etc/pg/hba.conf /run/mine; echo '# by the vendor' >>/etc/pg/hba.conf; nft add rule inet omamori_harden input tcp dport 80 accept"
    )
    mine = host.print()
    done = host.run("undo.sh")
    assert done.returncode == 2 and "/etc/pg/hba.conf" in done.stderr and "omamori_harden" in done.stderr and host.print() == mine
    host.sh("cat /run/mine >/etc/pg/hba.conf; nft delete table inet omamori_harden")
    assert host.run("undo.sh").returncode == 0 and host.print() == before


def test_a_plan_for_another_machine_changes_nothing(host: Host) -> None:
    host.put(*CHANGES)
    host.sh("hostname another")
    before = host.print()
    done = host.run("apply.sh")
    assert done.returncode == 2 and "another" in done.stderr and host.print() == before
    assert host.run("apply.sh", "trial", "ten").returncode == 2 and host.run("apply.sh", "wrong").returncode == 2


def test_a_trial_goes_by_itself_unless_it_is_confirmed(host: Host) -> None:
    host.put(*CHANGES)
    before = host.print()
    assert host.run("apply.sh", "trial", "2s").returncode == 0
    assert host.print() != before and "omamori-harden/" not in host.print(), "after a restart a table on trial is gone"
    assert comes(lambda: host.print() == before), "the timer took it back"
    assert host.run("apply.sh", "trial", "3s").returncode == 0
    assert host.run("apply.sh", "confirm").returncode == 0
    kept = host.print()
    assert "/etc/omamori-harden/omamori_harden.nft" in kept
    assert comes(lambda: "sleep 3" not in host.sh("ps -eo args")), "the timer ended"
    assert comes(lambda: "undo" not in host.sh("ps -eo args | grep run.sh || :")) and host.print() == kept
    assert host.run("undo.sh").returncode == 0 and host.print() == before


def comes(true: Callable[[], bool]) -> bool:
    """Wait for something; False after a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.3)
    return False
