"""`omamori scan` on a real network: what it finds, and by packet capture what it sends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from omamori.model.gentle import GENTLE_PORTS, NEVER_PROBED
from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.registry import parsers
from omamori.parse.scan.values import read_span
from omamori.snapshot.evidence import EvidenceStore
from scan_net import EXCLUDED, MEDICAL, Net, approval, network

pytestmark = pytest.mark.system


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Net]:
    with network(tmp_path) as up:
        yield up


def _evidence(net: Net, kind: str) -> list[bytes]:
    store = EvidenceStore(net.folder / "site")
    return [store.read(item.sha256) for receipt in store.receipts() for item in receipt.items if item.kind == kind]


def _parsed(net: Net, kind: str) -> list[Parsed]:
    store = EvidenceStore(net.folder / "site")
    return [
        parsers()[kind].parse(store.read(item.sha256), Context(kind, receipt.received, receipt.received))
        for receipt in store.receipts()
        for item in receipt.items
        if item.kind == kind
    ]


def _rows(net: Net, name: str) -> list[object]:
    return [row for parsed in _parsed(net, "scan.run") for row in parsed.rows if type(row).__name__ == name]


def _until_something_is_known(net: Net) -> None:
    """Wait until the running scan has told of a few addresses."""
    for _ in range(300):
        told = [path.read_bytes().count(b"\n") for path in net.folder.glob("site/scan/*/*/*.jsonl")]
        if told and max(told) > 3:
            return
        time.sleep(0.1)
    raise AssertionError("the scan found nothing in half a minute")


def test_gentle_finds_what_is_there_and_keeps_its_budget(net: Net) -> None:
    (net.folder / "a.yaml").write_text(approval(), encoding="utf-8")
    with net.captured():
        done = net.scan("--approval", "a.yaml", "--site", "site", "--json")
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert (told["ended"], told["left"], told["plan"]["payload"]) == ("done", 0, 0)
    attempts = net.attempts()
    # Open, closed, filtered, nobody there: never more than two packets to one port, and every port of those that answer asked.
    assert max(attempts.values()) == 2
    assert {port for address, port in attempts if address == "10.93.2.5"} == set(GENTLE_PORTS)
    assert {port for _, port in attempts} == set(GENTLE_PORTS)
    assert net.payload() == {}
    assert net.touched(EXCLUDED) == net.touched(MEDICAL) == []
    # On the own segment an address nobody answers for by ARP gets no TCP packet at all.
    assert not [address for address, _ in attempts if address in ("10.93.1.4", "10.93.1.9")]
    answers = {row.address: row.reason for row in _rows(net, "NetworkHost")}  # type: ignore[attr-defined]
    assert answers == {
        "10.93.1.1": "reset",
        "10.93.1.2": "reset",
        "10.93.1.10": "syn-ack",
        "10.93.1.11": "syn-ack",
        "10.93.1.12": "arp-response",
        "10.93.2.1": "reset",
        "10.93.2.5": "syn-ack",
    }
    ports = {(row.address, row.port) for row in _rows(net, "NetworkPort")}  # type: ignore[attr-defined]
    assert ports == {("10.93.1.10", 80), ("10.93.1.11", 80), ("10.93.1.11", 11112), ("10.93.2.5", 22), ("10.93.2.5", 2575)}
    macs = {row.address for row in _rows(net, "NetworkHost") if row.mac}  # type: ignore[attr-defined]
    assert macs == {"10.93.1.1", "10.93.1.10", "10.93.1.11", "10.93.1.12"}
    (record,) = _evidence(net, "scan.run")
    assert json.loads(record.splitlines()[-1])["finished"] is True


def test_one_connection_where_only_one_is_allowed(net: Net) -> None:
    text = approval().replace("connections_per_port: 2", "connections_per_port: 1")
    (net.folder / "a.yaml").write_text(text, encoding="utf-8")
    with net.captured():
        assert net.scan("--approval", "a.yaml", "--site", "site").returncode == 0
    assert set(net.attempts().values()) == {1}


def test_stop_ends_it_within_two_seconds_and_the_next_run_goes_on(net: Net) -> None:
    (net.folder / "a.yaml").write_text(approval(rate=60), encoding="utf-8")
    with net.captured():
        first = net.omamori("scan", "--approval", "a.yaml", "--site", "site", "--json")
        _until_something_is_known(net)
        assert first.poll() is None
        stop = subprocess.run([sys.executable, "-m", "omamori", "scan", "--stop", "--site", str(net.folder / "site")], check=False)
        out, err = first.communicate(timeout=20)
        assert (stop.returncode, first.returncode) == (0, 3), err.decode()
        told = json.loads(out)
        assert told["ended"] == "stopped"
        assert 0 < told["left"] <= 26
        # With another rate in the file it would be another approval; the same one goes on.
        second = net.scan("--approval", "a.yaml", "--site", "site", "--json")
    assert second.returncode == 0, second.stderr.decode()
    assert json.loads(second.stdout)["left"] == 0
    assert max(net.attempts().values()) == 2
    records = _evidence(net, "scan.run")
    assert sorted(json.loads(record.splitlines()[-1])["why"] for record in records) == ["done", "stopped"]
    # The second run says that it asked what the first had not ended with: whoever answered the first has not failed to answer it.
    parts = {json.loads(record.splitlines()[-1])["why"]: [json.loads(line) for line in record.splitlines()] for record in records}
    ended_with = {line["address"] for line in parts["stopped"] if "address" in line and line.get("whole", True)}
    asked = [span for word in parts["done"][0]["targets"].split() if (span := read_span(word)) is not None]
    assert ended_with
    assert not [address for address in (*ended_with, EXCLUDED, MEDICAL) if any(span.holds(ip_address(address)) for span in asked)]
    ports = {(row.address, row.port) for row in _rows(net, "NetworkPort")}  # type: ignore[attr-defined]
    assert ("10.93.2.5", 2575) in ports
    third = net.scan("--approval", "a.yaml", "--site", "site", "--json")
    assert json.loads(third.stdout)["looked"] == 0


def test_a_killed_run_keeps_what_it_wrote_and_asks_nothing_twice(net: Net) -> None:
    (net.folder / "a.yaml").write_text(approval(rate=60), encoding="utf-8")
    with net.captured():
        first = net.omamori("scan", "--approval", "a.yaml", "--site", "site")
        _until_something_is_known(net)
        first.kill()
        first.communicate()
        second = net.scan("--approval", "a.yaml", "--site", "site", "--json")
    told = json.loads(second.stdout)
    assert told["lost"] + told["looked"] <= 26
    assert told["lost"] > 0
    assert max(net.attempts().values()) <= 2
    assert len(_evidence(net, "scan.run")) == 2


def test_without_a_valid_approval_nothing_is_sent(net: Net) -> None:
    cases = {
        "past.yaml": approval()
        .replace("from: 20", "from: 19")
        .replace("until: 20", "until: 19")
        .replace("approved_on: 20", "approved_on: 19"),
        "public.yaml": approval(ranges="  - 8.8.8.0/24"),
        "wrong.yaml": approval().replace("profile: gentle", "profile: gentel"),
        "server.yaml": approval(f"servers:\n  - address: {MEDICAL}\n", profile="servers"),
        "echo.yaml": approval(f"dicom:\n  - {{address: {EXCLUDED}, port: 11112, called_title: PACS}}\n"),
    }
    with net.captured():
        for name, text in cases.items():
            (net.folder / name).write_text(text, encoding="utf-8")
            assert net.scan("--approval", name, "--site", "site").returncode == 3, name
        (net.folder / "plan.yaml").write_text(approval(), encoding="utf-8")
        assert net.scan("--approval", "plan.yaml", "--plan", "--site", "site").returncode == 0
    assert not net.attempts()
    assert not [line for line in net.lines() if " IP " in line or "ARP" in line]


@pytest.mark.skipif(shutil.which("nmap") is None, reason="needs nmap")
def test_servers_are_asked_for_versions_and_nobody_else(net: Net) -> None:
    named = "servers:\n  - address: 10.93.1.11\n"
    (net.folder / "a.yaml").write_text(approval(named, profile="servers", ranges="  - 10.93.1.8-10.93.1.14"), encoding="utf-8")
    with net.captured():
        done = net.scan("--approval", "a.yaml", "--site", "site", "--json", timeout=150)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert (told["servers"], told["plan"]["payload"]) == (1, None)
    assert set(net.payload()) <= {"10.93.1.11:80"}
    attempts = net.attempts()
    assert max(count for (address, port), count in attempts.items() if (address, port) != ("10.93.1.11", 80)) <= 2
    assert attempts[("10.93.1.11", 80)] <= 22
    assert not {port for (address, port), count in attempts.items() if count > 2} & NEVER_PROBED
    (xml,) = _evidence(net, "nmap.xml")
    assert b'portid="80"' in xml
    assert b'product="OpenSSH"' in xml
    assert b"11112" not in xml


@pytest.mark.skipif(shutil.which("storescp") is None or shutil.which("Orthanc") is None, reason="needs dcmtk and Orthanc")
def test_one_dicom_echo_to_each_server_that_is_named(net: Net) -> None:
    store = net.folder / "orthanc"
    store.mkdir()
    settings = {"StorageDirectory": str(store), "IndexDirectory": str(store), "HttpServerEnabled": False, "DicomPort": 4242,
                "DicomAet": "ORTHANC", "DicomCheckCalledAet": True, "Plugins": []}  # fmt: skip
    (net.folder / "orthanc.json").write_text(json.dumps(settings))
    net.start("closed", "Orthanc", str(net.folder / "orthanc.json"))
    net.start("closed", "storescp", "-dhl", "-aet", "PACS", "-od", str(store), "104")
    time.sleep(4)
    echoes = "".join(
        f"  - {{address: 10.93.1.11, port: {port}, called_title: {title}}}\n"
        for port, title in ((4242, "ORTHANC"), (4242, "WRONG"), (104, "PACS"), (443, "NOBODY"))
    )
    (net.folder / "a.yaml").write_text(approval(f"dicom:\n{echoes}", ranges="  - 10.93.1.11"), encoding="utf-8")
    with net.captured():
        done = net.scan("--approval", "a.yaml", "--site", "site", "--json")
        again = net.scan("--approval", "a.yaml", "--site", "site", "--json")
    assert (done.returncode, json.loads(done.stdout)["echoes"]) == (0, 4), done.stderr.decode()
    assert json.loads(again.stdout)["echoes"] == 0
    rows = {(row.port, row.called_title): (row.accepted, row.status) for parsed in _parsed(net, "scan.dicom") for row in parsed.rows}
    assert rows == {(4242, "ORTHANC"): (True, 0), (4242, "WRONG"): (False, None), (104, "PACS"): (True, 0)}
    assert set(net.payload()) <= {"10.93.1.11:4242", "10.93.1.11:104"}
    assert net.attempts()[("10.93.1.11", 104)] == 2  # one of the look, one of the echo
