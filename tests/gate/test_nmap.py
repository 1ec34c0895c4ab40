"""What may be asked of named servers: the arguments nmap gets, and what it never gets."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import UTC, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from omamori.gate.approval import Permission, Refused, permit
from omamori.gate.error import GateError
from omamori.gate.nmap import ports_to_probe, probe, probe_arguments
from omamori.model.gentle import GENTLE_PORTS, NEVER_PROBED
from omamori.model.permission import SiteFacts
from omamori.parse.scan.approval import read_approval
from omamori.pipeline.clock import utc_now
from omamori.scan.draft import Filling, draft

SERVER = ip_address("10.1.0.11")


def _permission(*changes: tuple[str, str]) -> Permission:
    text = draft(Filling(networks=(("EHR", "10.1.0.0/24"),)), "en", utc_now(), UTC).replace('""', "x")
    text = text.replace("profile: gentle", "profile: servers").replace("servers:\n", "servers:\n  - address: 10.1.0.11\n")
    text = text.replace("number: x\n", "")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    approval, mistakes = read_approval(text.encode())
    assert approval is not None, mistakes
    permission, mistakes, _ = permit(approval, SiteFacts())
    assert permission is not None, mistakes
    return permission


def test_ports_of_dicom_hl7_and_printers_are_never_probed() -> None:
    assert set(ports_to_probe(range(1, 65536))) == set(range(1, 65536)) - NEVER_PROBED
    assert {104, 2575, 9100, 11112} <= NEVER_PROBED
    assert not set(ports_to_probe(GENTLE_PORTS)) & NEVER_PROBED


def test_the_arguments_hold_one_server_and_nothing_but_versions() -> None:
    said = probe_arguments(_permission(), SERVER, (22, 80), administrator=True)
    assert said == ["-n", "-Pn", "-sS", "-sV", "--version-light", "--max-retries", "1", "--max-rate", "50", "--host-timeout", "10m",
                    "-p", "22,80", "-oX", "-", "10.1.0.11"]  # fmt: skip
    assert "-sT" in probe_arguments(_permission(), SERVER, (22,), administrator=False)
    system = _permission(("os_detection: no", "os_detection: yes"))
    assert "-O" in probe_arguments(system, SERVER, (22,), administrator=True)
    assert not {"-sC", "-A", "-sU", "--script", "-O"} & set(probe_arguments(_permission(), SERVER, (22,), administrator=True))


def test_where_nothing_may_be_probed_nothing_is_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    permission = _permission()
    assert probe(permission, SERVER, (104, 2575), stop=threading.Event(), seconds=5) is None
    if os.name != "nt":
        with pytest.raises(GateError, match="needs nmap"):
            probe(permission, SERVER, (22,), stop=threading.Event(), seconds=5)


@pytest.mark.skipif(os.name == "nt", reason="runs a shell script in nmap's place")
def test_another_server_is_refused_before_anything_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "nmap").write_text(f"#!/bin/sh\necho started > {tmp_path}/started\n")
    (tmp_path / "nmap").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused):
        probe(_permission(), ip_address("10.1.0.12"), (22,), stop=threading.Event(), seconds=5)
    assert not (tmp_path / "started").exists()


def test_it_is_ended_with_the_approval_and_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    permission = _permission()
    now = utc_now()
    permission.file = replace(permission.file, since=now - timedelta(hours=1), until=now + timedelta(seconds=20))
    said: list[object] = []
    monkeypatch.setattr("omamori.gate.nmap.find_nmap", lambda: "/usr/bin/nmap")
    monkeypatch.setattr("omamori.gate.nmap.run", lambda argv, *, timeout, stop: said.append(timeout))
    probe(permission, SERVER, (22,), stop=threading.Event(), seconds=3600, begun=lambda: said.append("begun"))
    assert said[0] == "begun"
    assert isinstance(said[1], float) and said[1] <= 20
