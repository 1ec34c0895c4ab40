"""`omamori diff` typed with two scan files. With snapshots it is typed in test_example.py."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SCAN = (Path(__file__).parents[1] / "parse" / "nmap" / "data" / "gentle_ports.xml").read_bytes()


@pytest.fixture
def scans(tmp_path: Path) -> None:
    (tmp_path / "5月.xml").write_bytes(SCAN)
    (tmp_path / "june.xml").write_bytes(
        SCAN.replace(b'portid="3389"', b'portid="5900"').replace(b"Microsoft Terminal", b"Micro&#x9b;2Jsoft&#x202e; Terminal")
    )


@pytest.mark.usefixtures("scans")
def test_two_scan_files_are_compared_without_a_site(omamori: Run, tmp_path: Path) -> None:
    done = omamori("diff", "5月.xml", "june.xml")
    assert done.returncode == 0, done.stderr
    assert "Ports that opened: 1" in done.stdout
    assert "10.20.0.5 (ehr-sv) 3389/tcp Microsoft Terminal Services" in done.stdout
    assert "10.20.0.5 (ehr-sv) 5900/tcp Micro 2Jsoft Terminal Services" in done.stdout
    assert "開いたポート: 1" in omamori("diff", "5月.xml", "june.xml", lang="ja").stdout
    said = json.loads(omamori("diff", "5月.xml", "june.xml", "--json").stdout)
    assert [one["port"] for one in said["network"]["closed"]] == [3389]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["5月.xml", "june.xml"]


@pytest.mark.usefixtures("scans")
def test_a_scan_file_and_something_else_is_told_in_one_line(omamori: Run) -> None:
    done = omamori("diff", "june.xml", "2026-05-01")
    assert done.returncode == 3
    assert done.stderr.strip().splitlines() == [
        "2026-05-01: no such file; check its name (two nmap XML files are compared, or two snapshots)"
    ]
