"""The scan against the sick lab hospital: what was found is held against the lab's own description, what was sent against captures.

The scanner gets the approval and nothing else; the description is read here only.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from frames import ACK, SYN, Frame, read_frames
from omamori.lab.description import Hospital
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of
from omamori.lab.sight import Sight, seen_from
from omamori.lab.visits import read_visits
from omamori.model.gentle import GENTLE_PORTS

pytestmark = pytest.mark.system
ECHOED = ("pacs", 11112, "PACS")
"""The one server the approval names for a DICOM echo."""
MOST_CONNECTIONS = 2


@dataclass(frozen=True)
class Scanned:
    """A sick lab that was scanned under one approval, and everything that can be known of it."""

    hospital: Hospital
    scanner: IPv4Address
    folder: Path
    lab: Path
    report: dict[str, Any]

    @cached_property
    def sights(self) -> tuple[Sight, ...]:
        """What the description says can be seen from where the scanner stands, of addresses of the hospital."""
        inside = [zone.network for zone in self.hospital.inside()]
        seen = seen_from(self.hospital, self.hospital.scanner().id, ports_of(self.hospital))
        return tuple(one for one in seen if any(one.address in network for network in inside))

    @cached_property
    def off_limits(self) -> set[IPv4Address]:
        """Addresses the approval leaves out: excluded, or medical or others' without consent."""
        held = {
            host.id
            for host in self.hospital.hosts.values()
            if host.excluded or ((host.medical or host.owner != "hospital") and not host.consent)
        }
        return {one.address for one in self.sights if one.host in held}

    @cached_property
    def allowed(self) -> tuple[Sight, ...]:
        """What may be looked at."""
        return tuple(one for one in self.sights if one.address not in self.off_limits)

    @cached_property
    def near(self) -> list[Frame]:
        """Frames on the scanner's own network, each once."""
        return list(read_frames(self.folder / "br-ehr.pcap"))

    @cached_property
    def sent(self) -> list[Frame]:
        """What the scanner sent into its own network: everything it sent at all, for it has no other."""
        return [frame for frame in self.near if frame.source == self.scanner]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query says of the newest snapshot."""
        tables = max((self.folder / "site/snapshots").glob("*/tables.duckdb"), key=lambda path: path.stat().st_mtime_ns)
        with duckdb.connect(str(tables), read_only=True) as connection:
            return connection.execute(query).fetchall()


def omamori(*words: str) -> subprocess.CompletedProcess[str]:
    """A command of a user, with the code that is tested; the test fails where it does not end well."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/root", "LANG": "C.UTF-8", "OMAMORI_LANG": "en"}
    if "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
    command = [sys.executable, "-P", "-m", "omamori", *words]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, (words, done.stdout[-3000:], done.stderr[-3000:])
    return done


def capture(stack: ExitStack, namespace: str, interface: str, file: Path) -> None:
    """Write down what passes an interface until the stack is closed; returns once it is listened to."""
    words = ["nsenter", f"--net=/run/netns/{namespace}", "tcpdump", "-i", interface, "-n", "-s", "128", "-U", "-B", "8192", "-w", str(file)]
    listening = subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)

    def end() -> None:
        listening.send_signal(signal.SIGINT)
        _, said = listening.communicate(timeout=20)
        assert b"0 packets dropped by kernel" in said, said

    stack.callback(end)
    while not file.is_file() or file.stat().st_size < 24:
        assert listening.poll() is None
        time.sleep(0.02)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    folder = tmp_path_factory.mktemp("scanned")
    name = f"t{secrets.token_hex(3)}"
    hospital = built_in("sick")
    site = str(folder / "site")
    try:
        papers = json.loads(omamori("lab", "up", "--shape", "sick", "--name", name, "--json").stdout)
        approval = yaml.safe_load(Path(papers["approval"]).read_text("utf-8"))
        host, port, title = ECHOED
        approval["dicom"] = [{"address": str(hospital.hosts[host].address), "port": str(port), "called_title": title}]
        (folder / "approval.yaml").write_text(yaml.safe_dump(approval, allow_unicode=True), encoding="utf-8")
        with ExitStack() as stack:
            for zone in hospital.inside():
                capture(stack, f"lab-{name}-switch", f"br-{zone.id}", folder / f"br-{zone.id}.pcap")
            words = ("-P", "-m", "omamori", "scan", "--approval", str(folder / "approval.yaml"), "--site", site)
            omamori("lab", "run", "--name", name, papers["scanner"], sys.executable, *words)
            time.sleep(1.0)  # what is still on its way
        omamori("check", "--site", site, "--out", str(folder / "report"), "--format", "json")
        report = json.loads((folder / "report/report.json").read_text("utf-8"))
        yield Scanned(hospital, hospital.scanner().address, folder, Path(papers["folder"]), report)
    finally:
        subprocess.run(
            [sys.executable, "-P", "-m", "omamori", "lab", "down", "--name", name], check=False, capture_output=True, timeout=120
        )


def test_every_machine_that_can_be_found_is_found_and_no_other(scanned: Scanned) -> None:
    can = {str(one.address) for one in scanned.allowed if one.can_be_found}
    found = {address for (address,) in scanned.rows("select address from network_hosts")} - {str(scanned.scanner)}
    assert found == can
    assert len(can) > 30, "the lab shows what it is meant to show"
    # Those that drop ping are among them, and those that answer nothing but ARP.
    assert any(not one.ping and not one.neighbour for one in scanned.allowed if one.can_be_found)
    assert any(one.neighbour and not one.ports and not one.refuses for one in scanned.allowed)


def test_every_open_port_of_the_gentle_list_is_right(scanned: Scanned) -> None:
    can = {
        (str(one.address), port) for one in scanned.allowed for protocol, port in one.ports if protocol == "tcp" and port in GENTLE_PORTS
    }
    found = scanned.rows("select address, port from network_ports where state = 'open' and protocol = 'tcp'")
    assert Counter(found) == Counter(dict.fromkeys(can, 1))
    assert len(can) > 60


def test_what_was_closed_is_told_closed_and_what_was_silent_is_not(scanned: Scanned) -> None:
    refusing = {str(one.address) for one in scanned.allowed if one.refuses}
    closed = {address for (address,) in scanned.rows("select distinct address from network_ports where state = 'closed'")}
    assert closed <= refusing


@pytest.mark.parametrize("kind", ["dicom", "hl7"])
def test_hospital_services_are_named_with_how_sure_it_is(scanned: Scanned, kind: str) -> None:
    ports = ports_of(scanned.hospital)
    real = {
        (one.host, port.port)
        for one in scanned.allowed
        for port in ports.get(one.host, ())
        if port.kind == kind and (port.protocol, port.port) in one.ports
    }
    addresses = {str(one.address): one.host for one in scanned.sights}
    said = scanned.rows(f"select address, port, certainty, basis from recognised_services where service = '{kind}'")
    assert {(addresses[address], port) for address, port, _, _ in said} == real
    assert real
    echoed = ECHOED[:2] if kind == "dicom" else None
    for address, port, certainty, basis in said:
        expected = ("certain", "echo") if (addresses[address], port) == echoed else ("probable", "port")
        assert (certainty, basis) == expected, (address, port)


def test_at_most_two_connections_to_a_port_and_not_a_byte(scanned: Scanned) -> None:
    host, port, _ = ECHOED
    echoed = (scanned.hospital.hosts[host].address, port)
    attempts = {
        (f.target, f.port, f.source_port, f.sequence) for f in scanned.sent if f.protocol == "6" and f.flags & SYN and not f.flags & ACK
    }
    connections = Counter((target, port) for target, port, _, _ in attempts)
    assert len(connections) > 1000, "the capture holds the scan"
    assert {at: count for at, count in connections.items() if count > MOST_CONNECTIONS + (at == echoed)} == {}
    assert {at for at in connections if at[1] not in GENTLE_PORTS and at != echoed} == set()
    with_bytes = Counter((f.target, f.port) for f in scanned.sent if f.protocol == "6" and f.payload > 0)
    assert set(with_bytes) == {echoed}, "the one DICOM echo that the approval names"


def test_nothing_but_knocks_and_arp_was_sent(scanned: Scanned) -> None:
    assert {frame.protocol for frame in scanned.sent} <= {"6", "arp"}


def test_nothing_at_all_was_sent_to_whoever_is_off_limits(scanned: Scanned) -> None:
    assert len(scanned.off_limits) > 5
    for zone in scanned.hospital.inside():
        frames = [frame for frame in read_frames(scanned.folder / f"br-{zone.id}.pcap") if frame.source == scanned.scanner]
        assert {frame.target for frame in frames} & scanned.off_limits == set()


def test_the_listeners_themselves_heard_no_byte(scanned: Scanned) -> None:
    """Medical devices that may be looked at, and everything else that writes down its visitors."""
    heard = {}
    for log in (scanned.lab / "hosts").glob("*/*/visits.jsonl"):
        visits = [one for one in read_visits(log.read_text("utf-8").splitlines()) if one.peer.startswith(f"{scanned.scanner}:")]
        heard[log.parts[-3], log.parts[-2]] = visits
        assert b"".join(visit.received for visit in visits) == b"", log
        assert max(Counter(visit.port for visit in visits).values(), default=0) <= MOST_CONNECTIONS
    off_limits = {one.host for one in scanned.sights if one.address in scanned.off_limits}
    assert [place for place, visits in heard.items() if place[0] in off_limits and visits] == []
    assert heard["lab-system", "hl7"], "it was visited"


def test_the_report_names_the_approval_and_what_was_found(scanned: Scanned) -> None:
    ((approval, hosts),) = scanned.rows("select approval, hosts_up from scans where profile = 'gentle'")
    assert approval
    assert hosts == len({one.address for one in scanned.allowed if one.can_be_found} | {scanned.scanner})
