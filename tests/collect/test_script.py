"""The collection script: what stands in it, what must never, and that it runs in the shells there are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from omamori.collect.linux.script import collection_script, probe_names
from omamori.parse.kit_result import read_kit_result
from omamori.parse.registry import parsers

SCRIPT = collection_script("0.1.0", "2026-01-01")
LINES = [(number, line) for number, line in enumerate(SCRIPT.decode().splitlines(), 1) if not line.lstrip().startswith(("#", "set -- "))]
SHELLS = [shell for shell in (["dash"], ["bash"], ["busybox", "sh"]) if shutil.which(shell[0])]

# What would write, change, reach out or take secrets. Each is a command or a form of one.
_START = r"(^|[\s;&|(`])"
FORBIDDEN = {
    "removes, moves or writes files": _START + r"(rm|mv|cp|tee|dd|touch|mkdir|rmdir|ln|install|truncate|chmod|chown|mktemp|sed\s+-i)\s",
    "changes services": r"\b(systemctl|service|rc-service|initctl)\s+(\S+\s+)?(start|stop|restart|reload|enable|disable|mask|daemon-reload)\b",
    "changes settings": r"\b(sysctl\s+-w|setenforce|iptables\s+-[ADFIPX]|nft\s+(add|delete|flush|insert)|ufw\s+(allow|deny|enable|disable|reset))\b",
    "installs or refreshes packages": r"\b(apt-get|apt|aptitude|dnf|yum|zypper|apk|snap|flatpak)\s[^|;]*"
    r"(?<![-\w])(update|install|remove|upgrade|dist-upgrade|refresh|makecache|autoremove)(?![-\w])",
    "reaches out": _START + r"(curl|wget|ping|nc|ncat|telnet|ssh(?!\s+-V)|scp|sftp|dig|host|nslookup|getent|traceroute|nmap)\s"
    r"|hostname\s+-[dfiy]|/dev/tcp/",
    "reads password hashes": r"\b(cat|sed|head|tail|base64|grep)\s[^|;]*/etc/(g?shadow|security/opasswd)|section_file\s[^;]*shadow",
    "reads private keys": r"(id_(rsa|dsa|ecdsa|ed25519)|ssh_host_\w+_key|\.pem|\.key)\b(?!\.pub)",
    "reads environments of processes": r"/environ\b|" + _START + r"(env|printenv|export\s+-p)\s*($|[|;])",
    "reads arguments of processes": r"\bps\s[^|;]*\b(args|cmd|command)\b|/cmdline\b",
    "runs text as a program": _START + r"(eval|source|sh\s+-c|bash)\s",
}


ALLOWED = {
    # Of a few servers that are set up on their command line alone (named in the probe): what they listen on.
    "reads arguments of processes": ["""tr '\\0\\n' '\\n ' <"$pid/cmdline" 2>/dev/null | settings_options"""],
}


@pytest.mark.parametrize("reason", FORBIDDEN)
def test_nothing_in_it(reason: str) -> None:
    found = [line.strip() for _, line in LINES if re.search(FORBIDDEN[reason], re.sub(r"'[^']*'", "''", line))]
    assert found == ALLOWED.get(reason, [])


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        ("removes, moves or writes files", "cat x; rm -f /tmp/x"),
        ("changes services", "systemctl restart sshd"),
        ("changes settings", "iptables -F"),
        ("installs or refreshes packages", "apt-get -q update"),
        ("reaches out", "hostname -f"),
        ("reads password hashes", "cat /etc/shadow"),
        ("reads private keys", "cat /root/.ssh/id_rsa"),
        ("reads environments of processes", "cat /proc/1/environ"),
        ("reads arguments of processes", "ps -eo pid,args"),
        ("runs text as a program", 'eval "$x"'),
    ],
)
def test_the_list_of_forbidden_things_would_notice(reason: str, line: str) -> None:
    assert re.search(FORBIDDEN[reason], line)


def test_nothing_asks_the_size_of_a_file_of_the_kernel() -> None:
    """Such a file has the size 0 whatever it holds: the question would always be answered with no."""
    assert [line.strip() for _, line in LINES if re.search(r"-s\s+[\"']?/(proc|sys)/", line)] == []


def test_the_only_file_written_is_the_result() -> None:
    """Every redirection goes to /dev/null, to another descriptor, or is the one that writes the result."""
    written = []
    for number, line in LINES:
        plain = re.sub(r"'[^']*'", "''", line)
        for found in re.finditer(r"\d?>>?\s*(&?[^\s;)]*)", plain):
            target = found[1]
            if not re.fullmatch(r"/dev/null|&\d?-?|&\d", target) and not re.search(r"\[\[?.*>|\(\(|->|=>", plain):
                written.append((number, target))
    assert [target for _, target in written if target != '"$omamori_file"'] == []
    assert len([target for _, target in written if target == '"$omamori_file"']) == 1


@pytest.mark.parametrize("shell", SHELLS, ids=[shell[0] for shell in SHELLS])
def test_every_shell_reads_it(shell: list[str], tmp_path: Path) -> None:
    path = tmp_path / "collect.sh"
    path.write_bytes(SCRIPT)
    done = subprocess.run([*shell, "-n", str(path)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_probe_has_a_parser_and_says_what_it_reads() -> None:
    kinds = {kind for kind in parsers() if kind.startswith("linux.")}
    assert {f"linux.{name}" for name in probe_names()} == kinds
    folder = Path(__file__).parents[2] / "src/omamori/collect/linux/probes"
    for path in folder.glob("*.sh"):
        head = [line for line in path.read_text(encoding="utf-8").splitlines()[:6] if line.startswith("#")]
        assert "root" in " ".join(head).lower(), f"{path.name}: its first lines tell what it reads and whether root sees more"


def test_a_script_cut_off_on_its_way_does_nothing() -> None:
    whole = SCRIPT[: SCRIPT.rindex(b"omamori_main")]
    for part in (whole, whole[: len(whole) // 2].rpartition(b"\n}\n")[0] + b"\n}\n"):
        done = subprocess.run(["sh", "-s", "--", "-"], input=part, capture_output=True, check=False)
        assert done.stdout == b""


def test_a_script_of_chosen_probes_has_no_others_and_refuses_what_is_none() -> None:
    text = collection_script("0.1.0", "2026-01-01", ["routes", "host"]).decode()
    assert re.findall(r"(?m)^probe_(\w+)\(\)", text) == ["host", "routes"]
    assert "set -- host routes\n" in text
    with pytest.raises(ValueError, match="no probe 'nothing'"):
        collection_script("0.1.0", "2026-01-01", ["nothing"])


@pytest.mark.parametrize("word", ["0.1; rm", "", "a b", "x'y"])
def test_words_that_could_break_out_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match="collection script"):
        collection_script(word, "2026-01-01")


def test_the_result_lies_in_the_folder_named_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    script = tmp_path / "collect.sh"
    script.write_bytes(SCRIPT)
    out = tmp_path / "out put"
    out.mkdir()
    done = subprocess.run(
        ["sh", str(script), "--out", str(out)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "LANG": "ja_JP.UTF-8"},
    )
    (result,) = out.iterdir()
    assert done.returncode == 0
    assert result.stat().st_mode & 0o777 == 0o600
    assert result.suffix == ".kit"
    assert "できました" in done.stderr.decode()
    read = read_kit_result(result.read_bytes())
    assert [item.kind for item in read.items if not item.complete] == []
    assert {item.kind for item in read.items} == {f"linux.{name}" for name in probe_names()}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["collect.sh", "out put"]


def test_a_folder_that_cannot_be_written_is_one_line_and_exit_code_3(tmp_path: Path) -> None:
    script = tmp_path / "collect.sh"
    script.write_bytes(SCRIPT)
    done = subprocess.run(
        ["sh", str(script), "--out", str(tmp_path / "none")], capture_output=True, check=False, env={"PATH": "/usr/bin:/bin"}
    )
    assert done.returncode == 3
    assert done.stderr.decode().count("\n") == 1
    assert subprocess.run(["sh", str(script), "--help"], capture_output=True, check=False).returncode == 2
