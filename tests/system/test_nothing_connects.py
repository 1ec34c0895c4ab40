"""After installing, nothing connects to anywhere: shown by the kernel, not by Python.

`strace` sees the system calls of everything that is started, DuckDB and the collection script included.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
OMAMORI = Path(sys.executable).with_name("omamori")
CALL = re.compile(r"(connect|sendto|sendmsg|sendmmsg)\(.*sa_family=(AF_INET6?)")
EVERY_COMMAND = """set -eu
"$0" example --out example
"$0" ledger new ledger.xlsx
"$0" import ledger.xlsx
"$0" check --here --out first
"$0" check --out second
"$0" diff
"$0" diff --json
"$0" rebuild
"$0" ledger export present.xlsx
"$0" import present.xlsx
"$0" kit kit
mkdir feeds
printf '%s\n' "$1" "$2" > feeds/CVEs_20260601.csv
"$0" feeds key new --key key
"$0" feeds build feeds --key key --out new.omamori-pack
"$0" feeds import new.omamori-pack --fingerprint "$("$0" feeds key show --key key)"
"$0" feeds status
"$0" check --out third
"""
TABLE = (
    "DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits",
    "20260512,CVE-2026-1001,5060001,One,Windows 10 Version 22H2 for x64-based Systems,Kernel,Critical,Remote Code Execution,5050001,",
)
"""All that a hospital uses without naming another machine; `collect` connects to the machines it is given."""
DEAF = "import socket; socket.socket({family}, socket.SOCK_STREAM).connect_ex(({address!r}, 9))"
"""A real attempt to connect to our own loopback, where nobody listens."""


def nothing_but(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "OMAMORI_SITE": str(folder / "site")}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=nothing_but(folder), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900
    )


def traced(folder: Path, *command: str) -> str:
    """Run the command and return every call with which it, or a child of it, turned to an address."""
    trace = folder / "trace"
    done = run(folder, "strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(trace), *command)
    assert done.returncode == 0, done.stdout + done.stderr
    return trace.read_text(encoding="utf-8", errors="replace")


def to_the_network(calls: str) -> list[str]:
    return [line for line in calls.splitlines() if CALL.search(line)]


def written(folder: Path) -> None:
    """Every command did its work: a command that stops at once connects to nothing either."""
    for report in ("first", "second", "third", "example"):
        assert {"report.html", "report.json", "report.xlsx"} <= {path.name for path in (folder / report).iterdir()}
    assert (folder / "present.xlsx").stat().st_size and list((folder / "kit").rglob("collect-linux.sh"))
    assert len(list((folder / "site" / "snapshots").glob("*/tables.duckdb"))) >= 2
    assert len(list((folder / "site" / "knowledge" / "packs").glob("*/facts.duckdb"))) == 1


@pytest.mark.parametrize(("family", "address"), [("socket.AF_INET", "127.0.0.1"), ("socket.AF_INET6", "::1")])
def test_a_deliberate_connection_is_seen(tmp_path: Path, family: str, address: str) -> None:
    calls = traced(tmp_path, "sh", "-c", '"$0" -c "$1"', sys.executable, DEAF.format(family=family, address=address))
    (seen,) = to_the_network(calls)
    assert address in seen and family.removeprefix("socket.") in seen


def test_no_command_opens_a_connection_to_any_address(tmp_path: Path) -> None:
    calls = traced(tmp_path, "sh", "-c", EVERY_COMMAND, str(OMAMORI), *TABLE)
    assert "AF_UNIX" in calls or "AF_NETLINK" in calls, "strace saw nothing at all: the proof would be empty"
    assert to_the_network(calls) == []
    written(tmp_path)


def test_every_command_works_in_an_empty_network(tmp_path: Path) -> None:
    assert shutil.which("unshare")
    alone = run(tmp_path, "unshare", "--net", sys.executable, "-c", "import socket; print(*[name for _, name in socket.if_nameindex()])")
    # Some kernels show their tunnels' templates too; none of them leads anywhere, and all are down.
    assert not [name for name in alone.stdout.split() if name.startswith(("eth", "en", "wl", "veth"))], alone.stdout
    done = run(tmp_path, "unshare", "--net", "sh", "-c", EVERY_COMMAND, str(OMAMORI), *TABLE)
    assert done.returncode == 0, done.stdout + done.stderr
    written(tmp_path)


def test_only_download_reaches_out_and_without_a_network_it_tells_and_reads_the_files(tmp_path: Path) -> None:
    (tmp_path / "CVEs_20260601.csv").write_text("\n".join(TABLE) + "\n")
    assert run(tmp_path, str(OMAMORI), "feeds", "key", "new", "--key", "key").returncode == 0
    build = (
        str(OMAMORI),
        "feeds",
        "build",
        "CVEs_20260601.csv",
        "--key",
        "key",
        "--out",
        "p.omamori-pack",
        "--download",
        "fetched",
        "--lang",
        "en",
    )
    done = run(tmp_path, "unshare", "--net", *build)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "could not fetch https://" in done.stderr and (tmp_path / "p.omamori-pack").stat().st_size
