"""The scripts for Linux as text: what they hold, that every shell reads them, what cannot stand in them. They are run in tests/system."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from omamori.model.text import Text
from omamori.respond.harden.changes import (
    FileText,
    HeadLines,
    KernelValue,
    LinesInstead,
    ModeTaken,
    NftTable,
    SambaSetting,
    ServiceStart,
    Unit,
)
from omamori.respond.harden.parts import Machine, Measure, Menu
from omamori.respond.harden.write.linux_sh import write

SERVER = Machine("EHR サーバ/1", "linux", "server", "", "", "", "", False, False, False, "EHR-APP.example")
CHANGES = (
    HeadLines("/etc/ssh/sshd_config", ("PermitRootLogin no",), ("sshd", "-t", "-f", "{}"), "ssh"),
    SambaSetting("karte's", "guest ok", "no"),
    LinesInstead(
        "/etc/pg/pg_hba.conf",
        "host all all 0.0.0.0/0 trust",
        ("host all all 10.1.1.0/24 md5", "host all all 10.1.2.0/24 md5"),
        "postgresql",
    ),
    FileText("/etc/modprobe.d/x.conf", "install usb-storage /bin/false\n"),
    ModeTaken("/etc/a file", 0o022),
    KernelValue("net.ipv4.conf.all.rp_filter", "2"),
    Unit("vsftpd", "/usr/sbin/vsftpd"),
    NftTable("inet", "omamori_harden", "table inet omamori_harden {\n}\n"),
    HeadLines("/etc/ssh/sshd_config", ("MaxAuthTries 3",), ("sshd", "-t", "-f", "{}"), "ssh"),
)


def measure(*changes, machine=SERVER):
    word = Text("直す", "do it\nnow")
    return Measure("k", machine, word, word, word, Menu(word), tuple(changes))


def scripts(*changes):
    return {file.name.rpartition("/")[2]: file.content.decode() for file in write(SERVER, [measure(one) for one in changes])}


def test_each_file_is_touched_once_and_the_table_comes_last() -> None:
    steps = scripts(*CHANGES)["apply.sh"].partition("\nsteps() {\n")[2].partition("\n}\n")[0]
    assert steps.count("begin_file 001 /etc/ssh/sshd_config") == 1 and steps.index("\nMaxAuthTries 3\n") < steps.index(
        "\nPermitRootLogin no\n"
    )
    assert (
        steps.index("end_file ssh")
        < steps.index("edit_samba")
        < steps.index("set_kernel")
        < steps.index("stop_unit")
        < steps.index("add_table")
    )
    assert "'karte'\"'\"'s'" in steps and "take_mode 006 '/etc/a file' 22" in steps
    assert "delete table inet omamori_harden" in scripts(*CHANGES)["apply.sh"].partition("\nkeep() {\n")[2]


def test_the_plan_has_a_name_of_its_own_that_stays_the_same() -> None:
    one, again, other = scripts(*CHANGES), scripts(*CHANGES), scripts(*CHANGES[:3])
    plan = [next(line for line in text["undo.sh"].splitlines() if line.startswith("PLAN=")) for text in (one, again, other)]
    assert plan[0] == plan[1] != plan[2]
    assert "MACHINE=ehr-app.example\n" in one["apply.sh"] and "DEFAULT=undo\n" in one["undo.sh"]
    assert next(file.name for file in write(SERVER, [measure(CHANGES[0])])).startswith("linux/EHR_サーバ_1-")


def test_the_head_says_in_both_languages_what_may_stop() -> None:
    text = scripts(*CHANGES)["apply.sh"]
    assert "#  1 直す\n#    do it now\n#  - 直す\n" in text
    assert "sudo sshd -T | grep -E '^(permitrootlogin) '" in scripts(*CHANGES)["verify.txt"]


@pytest.mark.parametrize(
    "shell", [("dash", "-n"), ("bash", "--posix", "-n"), ("busybox", "sh", "-n"), ("shellcheck", "-s", "sh", "-e", "SC2317")]
)
def test_every_shell_reads_them(tmp_path: Path, shell: tuple[str, ...]) -> None:
    if shutil.which(shell[0]) is None:
        shell = ("sh", "-n")
    for name, text in scripts(*CHANGES).items():
        if name.endswith(".sh"):
            (tmp_path / name).write_text(text)
            done = subprocess.run([*shell, str(tmp_path / name)], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "change",
    [FileText("/etc/x", "a\nOMAMORI_END\nb\n"), ModeTaken("/etc/x\ny", 2), HeadLines("/etc/x", ("a\nb",)), ServiceStart("x", 4)],
    ids=["end mark", "line in a path", "line in a line", "Windows"],
)
def test_what_cannot_stand_in_a_script_is_refused(change) -> None:
    with pytest.raises(ValueError, match=r"script|Linux"):
        write(SERVER, [measure(change)])


def test_undo_gives_no_rights_to_a_file_its_owner_linked_there(tmp_path: Path) -> None:
    own, secret = tmp_path / "own", tmp_path / "secret"
    own.write_text("x")
    own.chmod(0o777)
    secret.write_text("y")
    secret.chmod(0o600)
    here = replace(SERVER, hostname="")
    for file in write(here, [measure(ModeTaken(str(own), 0o002))]):
        text = file.content.decode().replace("BASE=/var/lib/omamori-harden", f"BASE={tmp_path}/state").replace('[ "$(id -u)" = 0 ]', "true")
        (tmp_path / file.name.rpartition("/")[2]).write_text(text)

    def run(name: str) -> int:
        return subprocess.run(["sh", str(tmp_path / name)], capture_output=True, timeout=60, check=False).returncode

    assert run("apply.sh") == 0 and own.stat().st_mode & 0o777 == 0o775
    own.rename(tmp_path / "aside")
    own.symlink_to(secret)
    assert run("undo.sh") == 2 and secret.stat().st_mode & 0o777 == 0o600
    own.unlink()
    (tmp_path / "aside").rename(own)
    assert run("undo.sh") == 0 and own.stat().st_mode & 0o777 == 0o777
