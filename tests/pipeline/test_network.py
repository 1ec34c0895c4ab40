"""Two scans taken in and judged one after the other, as a hospital does it: what `omamori diff` and the report tell of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from omamori.evaluate.check import Check
from omamori.model.declared import LedgerAsset, Zone
from omamori.model.gentle import GENTLE_PORTS
from omamori.pipeline.check import checks_for
from omamori.pipeline.compare import compare, comparison_json, comparison_lines
from omamori.pipeline.gather import take_in
from omamori.pipeline.network import network_changes
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.manifest import Snapshot
from omamori.snapshot.site import Site

MAY, JUNE = datetime(2026, 5, 1, 9), datetime(2026, 6, 1, 9)
PORTS = ",".join(map(str, GENTLE_PORTS))


@dataclass(frozen=True)
class Answer:
    address: str
    mac: str = ""
    ports: Sequence[int] = ()
    name: str = ""


def scan(began: datetime, *answers: Answer, ports: str = PORTS, targets: str = "10.1.0.0/24") -> str:
    """Return what nmap writes with -oX."""
    start = int(began.replace(tzinfo=UTC).timestamp())
    lines = [
        '<?xml version="1.0"?>',
        f'<nmaprun scanner="nmap" args="nmap -sT -p {ports} -oX scan.xml {targets}" start="{start}" version="7.95">',
        f'<scaninfo type="connect" protocol="tcp" numservices="{len(GENTLE_PORTS)}" services="{ports}"/>',
    ]
    for number, one in enumerate(answers):
        mac = f'<address addr="{one.mac.upper()}" addrtype="mac"/>' if one.mac else ""
        lines += [
            f'<host starttime="{start + 1}" endtime="{start + 5 + number}"><status state="up" reason="arp-response"/>'
            f'<address addr="{one.address}" addrtype="ipv4"/>{mac}',
            '<ports><extraports state="closed" count="30"><extrareasons reason="reset" count="30"/></extraports>',
            *(f'<port protocol="tcp" portid="{port}"><state state="open" reason="syn-ack"/></port>' for port in one.ports),
            "</ports>",
        ]
        if one.name:
            lines.append(
                f'<hostscript><script id="smb-os-discovery" output="x"><elem key="fqdn">{one.name}</elem>'
                f'<elem key="server">{one.name}</elem></script></hostscript>'
            )
        lines.append("</host>")
    lines.append(
        f'<runstats><finished time="{start + 60}" exit="success"/><hosts up="{len(answers)}" down="0" total="256"/></runstats></nmaprun>'
    )
    return "\n".join(lines)


class Hospital:
    """A site that takes files in and is judged, day after day."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "site"
        self._folder = folder

    def visit(self, day: datetime, *files: str | bytes) -> Snapshot:
        checks: tuple[Check, ...] = checks_for(())[:2]
        for number, content in enumerate(files):
            path = self._folder / (f"{day:%m%d}-{number}.xml" if isinstance(content, str) else f"{day:%m%d}.xlsx")
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            (outcome,) = take_in(self.path, [path], Silent(), received=day + timedelta(hours=1))
            assert outcome.status == "stored", outcome.text.en
        return take_snapshot(Site(self.path), checks, day + timedelta(hours=2), Silent()).snapshot


@pytest.fixture
def hospital(tmp_path: Path) -> Hospital:
    return Hospital(tmp_path)


SERVER = Answer("10.1.0.5", "00:1b:21:00:00:05", (80,))
PC = Answer("10.1.0.6", "00:1b:21:00:00:06", (445,))
PHONE = Answer("10.1.0.7", "00:1b:21:00:00:07")


def test_two_scans_told_zone_by_zone_in_both_languages(hospital: Hospital) -> None:
    ledger = ledger_bytes(
        "ja",
        rows={
            "zones": [Zone(zone="電子カルテLAN", networks="10.1.0.0/24")],
            "ledger_assets": [LedgerAsset(asset="EHR", address="10.1.0.5")],
        },
    )
    hospital.visit(MAY, ledger, scan(MAY, SERVER, PC, PHONE))
    new = Answer("10.1.0.99", "00:1b:21:00:00:99", (23,))
    hospital.visit(JUNE, scan(JUNE, Answer(SERVER.address, SERVER.mac, (80, 3389)), Answer("10.1.0.16", PC.mac), new))
    comparison = compare(hospital.path, None, None)
    lines = [line.ja for line in comparison_lines(comparison)]
    at = lines.index("2026-05-01 からのネットワークの変化: 5")
    assert lines[at + 1 :] == [
        "  電子カルテLAN",
        "    - 10.1.0.99: 新しく応答しました(2026-05-01 の調査では応答なし)。台帳にありません",
        "    - 10.1.0.7: 2026-05-01 のあと応答がありません(電源が切れているだけかもしれません)",
        "    - EHR: 3389/tcp が新しく開いています",
        "    - 10.1.0.16: 445/tcp が閉じました",
        "    - 10.1.0.16: IPアドレスが変わりました: 10.1.0.6 → 10.1.0.16",
    ]
    told = json.loads(json.dumps(comparison_json(comparison)))["network_changes"]
    assert (told["changes"][0]["kind"], told["changes"][0]["asset"]) == ("new", "10.1.0.99")
    assert all(one["evidence"]["before"] and one["evidence"]["after"] for one in told["changes"])


def test_an_address_that_turns_out_to_be_a_machine_with_a_name_is_neither_new_nor_gone(hospital: Hospital) -> None:
    before = hospital.visit(MAY, scan(MAY, SERVER, PC))
    after = hospital.visit(JUNE, scan(JUNE, SERVER, Answer(PC.address, PC.mac, PC.ports, "WARD7")))
    changes = network_changes(before, after)
    assert changes is not None
    assert [(one.kind, one.before, one.asset) for one in changes.changes] == [("known_as", "10.1.0.6", "ward7")]


def test_the_same_file_again_an_older_one_and_fewer_ports_change_nothing(hospital: Hospital) -> None:
    first = hospital.visit(MAY, scan(MAY, SERVER, PC))
    again = hospital.visit(MAY + timedelta(days=1), scan(MAY, SERVER, PC) + "\n")
    january = datetime(2026, 1, 5)
    older = hospital.visit(MAY + timedelta(days=2), scan(january, Answer(SERVER.address, SERVER.mac, (21, 80)), Answer("10.1.0.77")))
    fewer = hospital.visit(JUNE, scan(JUNE, SERVER, Answer(PC.address, PC.mac, ()), ports="22,80"))
    for before, after in ((first, again), (again, older), (older, fewer), (first, fewer)):
        changes = network_changes(before, after)
        assert changes is not None and changes.changes == ()


def test_harmed_or_missing_tables_and_no_earlier_snapshot_are_nothing_to_compare(hospital: Hospital) -> None:
    first = hospital.visit(MAY, scan(MAY, SERVER))
    second = hospital.visit(JUNE, scan(JUNE, SERVER))
    assert network_changes(None, second) is None
    first.tables.write_bytes(b"no database")
    assert network_changes(first, second) is None
    first.tables.unlink()
    assert network_changes(first, second) is None
