"""What the demonstration types; that it runs to its end, and what it leaves, is in tests/system/test_lab_demo.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from omamori.lab.kept import kept_backup
from omamori.lab.reader import built_in
from omamori.pipeline.lab import LabPapers
from omamori.pipeline.lab_demo import DemoRequest, collect_words, kept_logs, scan_words, verify_words

FOLDER = Path("/run/omamori-lab/demo")
PAPERS = LabPapers(
    name="demo",
    shape="sick",
    hosts=3,
    folder=FOLDER,
    approval=FOLDER / "approval.yaml",
    ledger=FOLDER / "ledger.xlsx",
    key=FOLDER / "ssh_key",
    known_hosts=FOLDER / "known_hosts",
    scanner="it-laptop",
    ssh=("root@10.10.1.10", "root@10.10.1.11"),
)
REQUEST = DemoRequest("sick", "demo", Path("out"), datetime(2026, 1, 10, tzinfo=UTC), "en")


def test_it_collects_from_the_machines_the_papers_name_with_their_key() -> None:
    words = collect_words(REQUEST, PAPERS)
    assert words[:5] == ["collect", "--ssh", "root@10.10.1.10", "--ssh", "root@10.10.1.11"]
    assert words[words.index("--key") + 1] == str(PAPERS.key)
    assert words[words.index("--known-hosts") + 1] == str(PAPERS.known_hosts)
    assert words[-2:] == ["--site", "out/sick/site"]


def test_it_scans_under_the_approval_of_the_papers_alone() -> None:
    assert scan_words(REQUEST, PAPERS) == ["scan", "--approval", str(PAPERS.approval), "--site", "out/sick/site"]
    assert str(REQUEST.report) == "out/sick/report"


def test_logs_are_taken_where_the_hospital_keeps_some(tmp_path: Path) -> None:
    assert kept_logs(replace(PAPERS, folder=tmp_path)) == []
    kept = tmp_path / "hosts/log-server/syslog"
    kept.mkdir(parents=True)
    for name in ("10.10.0.2.log", "10.10.0.1.log", "pid"):
        (kept / name).write_text("")
    assert kept_logs(replace(PAPERS, folder=tmp_path)) == [kept / "10.10.0.1.log", kept / "10.10.0.2.log"]


def test_it_reads_the_repository_by_the_names_of_the_ledger_and_a_file_with_the_password() -> None:
    kept = kept_backup(built_in("sick"))
    assert kept is not None
    words = verify_words(REQUEST, PAPERS, kept)
    assert words[:3] == ["backup", "verify", "rest:http://10.10.6.10:8000/ehr-db"]
    assert words[words.index("--machine") + 1] == "EHR database server" and words[words.index("--job") + 1] == "nightly restic"
    assert words[words.index("--password-file") + 1] == str(FOLDER / "hosts/backup-server/restic/ehr-db/password")
