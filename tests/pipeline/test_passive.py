"""What is known of the network without sending a packet: from the files a person brings to the findings."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from omamori.model.look import Verdict
from omamori.pipeline.check import checks_for
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.site import Site

LEDGER = Path(__file__).parents[2] / "src" / "omamori" / "example" / "sick" / "2026-06-01" / "daicho.xlsx"
NOW = datetime(2026, 6, 1, 9)
CORE = """CORE-SW#show mac address-table
          Mac Address Table
Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
  20    0000.5e00.5399    DYNAMIC     Gi1/0/12
  20    0000.5e00.5398    DYNAMIC     Gi1/0/24
  20    0000.5e00.5397    DYNAMIC     Gi1/0/24
CORE-SW#show ip arp
Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  10.77.0.1               -   0000.5e00.5301  ARPA   Vlan20
Internet  10.77.0.99              3   0000.5e00.5399  ARPA   Vlan20
Internet  10.77.0.98              3   0000.5e00.5398  ARPA   Vlan20
Internet  203.0.113.1             3   0000.5e00.5311  ARPA   Vlan99
CORE-SW#
"""
ACCESS = """ACCESS-SW#show mac address-table
          Mac Address Table
Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
  20    0000.5e00.5398    DYNAMIC     Gi1/0/3
ACCESS-SW#
"""
LEASES = (
    "1780358400 00:00:5e:00:53:98 10.77.0.98 tablet 01:00\n"
    "1780358400 00:00:5e:00:53:97 10.77.0.97 camera *\n"
    "1780358400 00:00:5e:00:53:96 10.77.0.96 karte-pc31 *\n"
)
LOG = (
    "May 31 03:37:09 fw1 kernel: FW-ACCEPT: IN=eth0 OUT=eth1 SRC=198.51.100.7 DST=10.77.0.5 LEN=52 PROTO=TCP SPT=178 DPT=3389\n"
    "May 31 03:37:10 fw1 kernel: FW-DROP: IN=eth0 OUT=eth1 SRC=198.51.100.7 DST=10.77.0.5 LEN=52 PROTO=TCP SPT=178 DPT=22\n"
)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Verdict], Path, list[str]]:
    """The verdicts of a site with the ledger of the example and four files of the network."""
    folder = tmp_path_factory.mktemp("files")
    files = {"core.txt": CORE, "access.log": ACCESS, "dhcp1-dnsmasq.leases": LEASES, "messages": LOG}
    for name, text in files.items():
        (folder / name).write_text(text)
    site = folder / "site"
    outcomes = take_in(site, [LEDGER, *(folder / name for name in files)], Silent(), received=NOW - timedelta(minutes=5))
    assert [outcome.status for outcome in outcomes] == ["stored"] * 5
    taken = take_snapshot(Site(site), checks_for(()), NOW, Silent())
    with Database(taken.snapshot.tables, read_only=True) as database:
        observed = [str(row.observed) for row in database.rows("deviations") if row.kind in ("undeclared-neighbour", "undeclared-lease")]
    return list(taken.verdicts), site, observed


def failed(verdicts: list[Verdict], check: str) -> set[tuple[str, str]]:
    return {(one.subject, one.finding_key.rpartition(" | ")[2]) for one in verdicts if one.check_id == check and one.verdict == "fail"}


def test_an_unlisted_machine_in_the_core_switch_is_told_once_with_the_port_it_is_behind(
    verdicts: tuple[list[Verdict], Path, list[str]],
) -> None:
    assert failed(verdicts[0], "differences.neighbour_undeclared") == {("基幹スイッチ", "10.77.0.98"), ("基幹スイッチ", "10.77.0.99")}
    assert "00:00:5e:00:53:99, 基幹スイッチ Gi1/0/12" in verdicts[2]
    assert "00:00:5e:00:53:98, tablet, access-sw Gi1/0/3" in verdicts[2]


def test_one_that_only_the_dhcp_server_knows_is_told_there_and_a_known_name_is_nobody_new(
    verdicts: tuple[list[Verdict], Path, list[str]],
) -> None:
    assert failed(verdicts[0], "differences.lease_undeclared") == {("dhcp1", "10.77.0.97")}
    assert "00:00:5e:00:53:97, camera, 基幹スイッチ Gi1/0/24" in verdicts[2]


def test_a_connection_the_firewall_let_in_is_told(verdicts: tuple[list[Verdict], Path, list[str]]) -> None:
    assert failed(verdicts[0], "network.outside_let_in") == {("fw1", "3389")}


def test_the_devices_are_machines_nobody_wrote_down(verdicts: tuple[list[Verdict], Path, list[str]]) -> None:
    told = {name for _, name in failed(verdicts[0], "differences.machine_undeclared")}
    assert told == {"access-sw", "dhcp1", "fw1"}  # the ledger has the core switch


def test_brought_again_nothing_new_comes_in(verdicts: tuple[list[Verdict], Path, list[str]], tmp_path: Path) -> None:
    again = tmp_path / "messages"
    again.write_text(LOG)
    (outcome,) = take_in(verdicts[1], [again], Silent(), received=NOW + timedelta(days=3))
    assert outcome.status == "already"
    assert not any(
        b"PROTO=TCP" in EvidenceStore(verdicts[1]).read(item.sha256)[:40]
        for receipt in EvidenceStore(verdicts[1]).receipts()
        for item in receipt.items
    )


def test_a_table_far_down_in_a_collection_of_outputs_is_found(tmp_path: Path) -> None:
    config = "".join(f"interface GigabitEthernet1/0/{one}\n description himitsu {one}\n!\n" for one in range(3000))
    table = CORE.split("\n", 1)[1].split("CORE-SW#show ip arp", maxsplit=1)[0]
    text = f"------------------ show running-config ------------------\n\nhostname CORE-9\n{config}\n------------------ show mac address-table ------------------\n\n{table}\n"
    assert len(config) > 128 * 1024
    (tmp_path / "tech.txt").write_text(text)
    (outcome,) = take_in(tmp_path / "site", [tmp_path / "tech.txt"], Silent(), received=NOW)
    assert (outcome.status, outcome.kinds) == ("stored", ("network.console",))
    store = EvidenceStore(tmp_path / "site")
    (receipt,) = store.receipts()
    stored = store.read(receipt.items[0].sha256)
    assert b"himitsu" not in stored and b"CORE-9#" in stored and b"Gi1/0/12" in stored


def test_a_log_larger_than_may_be_held_in_memory_is_read_through(tmp_path: Path) -> None:
    log, size = tmp_path / "fw9-messages.log", 300 * 1024 * 1024
    block = "".join(
        f"May 31 03:37:09 fw9 kernel: FW-DROP: IN=eth0 OUT= SRC=10.1.0.{one % 200} DST=10.2.0.5 LEN=52 {'x' * 2000} PROTO=TCP SPT=178 DPT=22\n"
        for one in range(1000)
    )
    with log.open("w") as stream:
        for _ in range(size // len(block) + 1):
            stream.write(block)
    program = (
        "import sys\nfrom datetime import datetime\nfrom pathlib import Path\nfrom omamori.pipeline.intake import import_files\n"
        "from omamori.pipeline.observer import Silent\nfrom omamori.snapshot.evidence import EvidenceStore\n"
        "done = import_files(EvidenceStore(Path(sys.argv[1])), [Path(sys.argv[2])], Silent(), received=datetime(2026, 6, 1), workers=1)\n"
        "print(done[0].status, done[0].text.en)\n"
    )
    resource = pytest.importorskip("resource")
    limit = 1024**3

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (limit // 4, limit // 4))

    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "site"), str(log)], capture_output=True, text=True, check=False, preexec_fn=bounded,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert told.stdout.startswith("stored taken in (network.firewall_log, 200 rows)"), told.stderr[-2000:]
