"""`omamori collect --winrm` as a person types it, against a service of tools/winrm_server.py."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from winrm_hospital import pc
from winrm_server import Behaviour, Heard, Service, serving

Run = Callable[..., "subprocess.CompletedProcess[str]"]
USER, PASSWORD = "HOSPITAL\\it-admin", "Kaede 7 sakura!"


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service(pc(), Behaviour({USER.lower(): PASSWORD}))
    with serving(made):
        yield made


@pytest.fixture
def machines(tmp_path: Path) -> Path:
    path = tmp_path / "machines.txt"
    path.write_bytes("KARTE-PC21;vendor;みほん 佐藤様 2026-03-01\r\n*;ordinary;情報課\r\n".encode("cp932"))
    return path


def words(service: Service, *more: str) -> list[str]:
    return ["collect", "--winrm", f"127.0.0.1:{service.port}", "--winrm-http", "--user", USER, *more]


def test_from_the_machine_to_the_report(
    omamori: Run, service: Service, machines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMAMORI_WINRM_PASSWORD", PASSWORD)
    nobody = "127.0.0.1:1"
    done = omamori(*words(service, "--winrm", nobody, "--machines", "machines.txt"), lang="ja")
    assert done.returncode == 0, done.stderr
    lines = {line.split("] ")[1].split(": ")[0]: line for line in done.stdout.splitlines() if line.startswith("[")}
    assert "取り込みました(KARTE-PC21、" in lines[f"127.0.0.1:{service.port}"]
    assert "「業者が管理する機器」と答えて収集" in lines[f"127.0.0.1:{service.port}"]
    assert lines[nobody].startswith("[不可]") and "接続できません" in lines[nobody]
    assert done.stdout.splitlines()[-1] == "2 件のうち 1 件を取り込みました"
    checked = omamori("check", "--out", "out", "--format", "json", lang="ja")
    assert checked.returncode == 0, checked.stderr
    report = (tmp_path / "out" / "report.json").read_text(encoding="utf-8")
    assert "電子カルテ クライアント" in report or "7-Zip" in report or "pacs-sv" in report
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in everything and PASSWORD not in done.stdout + done.stderr


def test_the_same_visit_again_is_another_visit(omamori: Run, service: Service, machines: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    (tmp_path / "password").chmod(0o600)
    for _ in range(2):
        assert omamori(*words(service, "--machines", "machines.txt", "--password-file", "password")).returncode == 0
    assert service.heard.logins == [True, True]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_password_file_that_others_read_is_refused(omamori: Run, service: Service, machines: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    (tmp_path / "password").chmod(0o644)
    done = omamori(*words(service, "--machines", "machines.txt", "--password-file", "password"))
    assert done.returncode == 3 and "chmod 600" in done.stderr and PASSWORD not in done.stderr
    assert service.heard == Heard()


def test_a_password_file_that_is_no_utf_8_is_told_in_one_line(omamori: Run, service: Service, machines: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_bytes("合言葉".encode("cp932"))
    (tmp_path / "password").chmod(0o600)
    done = omamori(*words(service, "--machines", "machines.txt", "--password-file", "password"))
    assert (done.returncode, "UTF-8" in done.stderr, "Traceback" in done.stderr) == (3, True, False), done.stderr
    assert service.heard == Heard()


@pytest.mark.skipif(os.name == "nt" or find_spec("gssapi") is not None, reason="Kerberos is there")
def test_kerberos_without_its_packages_is_told_in_one_line(
    omamori: Run, service: Service, machines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMAMORI_WINRM_PASSWORD", PASSWORD)
    done = omamori(*words(service, "--machines", "machines.txt", "--winrm-auth", "kerberos"))
    assert (done.returncode, "gssapi" in done.stderr, "Traceback" in done.stderr) == (3, True, False), done.stderr
    assert service.heard == Heard()


def test_without_an_answer_of_anybody_nothing_is_contacted(omamori: Run, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMAMORI_WINRM_PASSWORD", PASSWORD)
    done = omamori(*words(service))  # nobody is at the terminal
    assert done.returncode == 3 and "not connected to" in done.stdout
    assert service.heard == Heard()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--winrm-auth", "basic"), "Basic over plain http"),
        (("--password-file", "nowhere"), "nowhere"),
        (("--winrm-certificate", "machines.txt"), "cannot be read as a certificate"),
        (("--machines", "nowhere.txt"), "nowhere.txt"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    omamori: Run, service: Service, machines: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("OMAMORI_WINRM_PASSWORD", PASSWORD)
    done = omamori(*words(service, "--machines", "machines.txt", *more))
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (3, True, False), done.stderr
    assert service.heard == Heard()


def test_who_logs_in_has_to_be_said_and_the_password_is_no_argument(omamori: Run, machines: Path) -> None:
    done = omamori("collect", "--winrm", "127.0.0.1:1", "--machines", "machines.txt")
    assert done.returncode == 3 and "--user" in done.stderr
    done = omamori("collect", "--winrm", "127.0.0.1:1", "--user", "x", "--machines", "machines.txt", lang="ja")
    assert done.returncode == 3 and "OMAMORI_WINRM_PASSWORD" in done.stderr
    assert omamori("collect", "--winrm", "x", "--password", "y").returncode == 2
    assert omamori("collect").returncode == 2


def test_the_person_at_the_terminal_is_asked(service: Service, tmp_path: Path, omamori: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers come through a pipe here, which `ask` reads as it reads a terminal."""
    import sys

    monkeypatch.setenv("OMAMORI_WINRM_PASSWORD", PASSWORD)
    monkeypatch.setenv("OMAMORI_LANG", "ja")
    target = f"127.0.0.1:{service.port}"
    command = [sys.executable, "-m", "omamori", "collect", "--winrm", target, "--winrm-http", "--user", USER]
    refused = subprocess.run(command, cwd=tmp_path, input="3\n\n", capture_output=True, text=True, timeout=120)
    assert refused.returncode == 3 and service.heard == Heard()
    agreed = subprocess.run(
        command, cwd=tmp_path, input="3\n製造元 佐藤様 2026-03-01\n情報課 山田\n", capture_output=True, text=True, timeout=120
    )
    assert agreed.returncode == 0, agreed.stderr
    assert "医療機器" in agreed.stdout and "取り込みました(KARTE-PC21" in agreed.stdout
