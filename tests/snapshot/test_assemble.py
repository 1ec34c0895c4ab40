from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.model.declared import DesignedFlow, ItemAnswer, LedgerAsset
from omamori.model.host import Host, Software
from omamori.model.look import EVERYWHERE, Look, Parsed, Problem
from omamori.model.network import Connection, Neighbour
from omamori.model.sightings import NetworkPort
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.snapshot.assemble import Assembled, assemble
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore, Item, Visit

NOW = datetime(2026, 5, 1, 12)
ID = "machine-id:" + "1a2b" * 8


def host(data: bytes, context: Context) -> Parsed:
    words = data.decode().split()
    look = Look("hosts")
    return Parsed((Host(hostname=words[0], evidence="1"),), (look,), identifiers=(f"machine-id:{words[1]}", f"name:{words[0]}"))


def software(data: bytes, context: Context) -> Parsed:
    if b"broken" in data:
        raise EvidenceError("a list of packages")
    if b"bug" in data:
        raise IndexError
    rows = tuple(Software(name=line, evidence=str(number)) for number, line in enumerate(data.decode().split(), 1))
    whole = bool(context.privileged)
    return Parsed(
        rows, (Look("software", complete=whole, reason=None if whole else "needs_administrator"),), () if whole else (Problem(2, "x"),)
    )


def sockets(data: bytes, context: Context) -> Parsed:
    return Parsed((Connection(seen=context.seen, peer_address=data.decode(), evidence="1"),), (Look("connections"),))


def workbook(data: bytes, context: Context) -> Parsed:
    names = data.decode().split()
    rows = tuple(LedgerAsset(asset=name, hostname="ehr01", evidence="機器!R2") for name in names)
    look = Look("ledger_assets", asset=EVERYWHERE, complete=b"!" not in data, reason="not_understood" if b"!" in data else None)
    return Parsed(rows, (look,), claims=tuple((name, ("name:ehr01",)) for name in names))


def sheet(data: bytes, context: Context) -> Parsed:
    """Read `vendor item item!`; a sheet with `?` holds places nobody understood."""
    vendor, *items = data.decode().split()
    vendor = vendor.removeprefix("-")
    rows = tuple(ItemAnswer(standard="checklist/x", item=item, vendor=vendor, answer="yes", evidence="S!R2") for item in items)
    whole = b"?" not in data
    look = Look("item_answers", asset=EVERYWHERE, complete=whole, reason=None if whole else "not_understood")
    return Parsed(rows, (look,), speaker=f"checklist/x|{vendor}")


def reply(data: bytes, context: Context) -> Parsed:
    """Read a vendor's reply: `vendor peer peer`."""
    vendor, *peers = data.decode().split()
    rows = tuple(DesignedFlow(asset="電子カルテ", peer=peer, evidence="S!R2") for peer in peers)
    return Parsed(rows, (Look("designed_flows", asset=EVERYWHERE),), speaker=vendor)


def flows(data: bytes, context: Context) -> Parsed:
    """Read a workbook that holds designed flows only."""
    rows = tuple(DesignedFlow(asset="電子カルテ", peer=peer, evidence="設計通信!R5") for peer in data.decode().split())
    return Parsed(rows, (Look("designed_flows", asset=EVERYWHERE),))


PARSERS = {
    parser.kind: parser
    for parser in (
        Parser("linux.host", ("hosts",), host),
        Parser("linux.software", ("software",), software),
        Parser("linux.sockets", ("connections",), sockets),
        Parser("ledger.workbook", ("ledger_assets",), workbook),
        Parser("standard.sheet", ("item_answers",), sheet),
        Parser("vendor.reply", ("designed_flows",), reply),
    )
}


def visit(
    store: EvidenceStore, day: float, name: str = "ehr01", *, privileged: bool = True, machine: str = "1a2b" * 8, **more: str
) -> None:
    seen = NOW + timedelta(days=day)
    parts = {"linux.host": f"{name} {machine}"} | {f"linux.{kind}": text for kind, text in more.items()}
    items = [Item(kind, text.encode(), seen, privileged=privileged) for kind, text in parts.items()]
    store.add(Visit("ssh", name, seen, "0.2"), items, seen)


def book(store: EvidenceStore, day: float, text: str) -> None:
    received = NOW + timedelta(days=day)
    store.add(Visit("file", "", received, ""), [Item("ledger.workbook", text.encode(), received, file_name="台帳.xlsx")], received)


def run(store: EvidenceStore, database: Database, day: float = 0) -> Assembled:
    return assemble(store, PARSERS, database, now=NOW + timedelta(days=day), max_age_days=90)


def looks(database: Database, table: str) -> list[tuple[object, ...]]:
    return database.select("select asset, complete, reason, seen from collected where table_name = $table order by all", {"table": table})


def test_rows_carry_asset_source_and_evidence(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    visit(store, -1, software="ssh bash")
    sha256 = store.receipts()[0].items[1].sha256
    with Database() as database:
        found = run(store, database)
        assert [(row.asset, row.name, row.source, row.evidence) for row in database.rows("software")] == [
            ("ehr01", "ssh", "linux.software", f"{sha256[:16]}:1"),
            ("ehr01", "bash", "linux.software", f"{sha256[:16]}:2"),
        ]
        assert looks(database, "software") == [("ehr01", True, None, NOW - timedelta(days=1))]
        assert database.select("select identifier from identity order by 1") == [(ID,), ("name:ehr01",)]
    assert (found.machines, found.notes) == (1, ())


def test_complete_before_incomplete_then_newest_then_too_old(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    visit(store, -20, software="old")
    visit(store, -10, software="whole")
    visit(store, -1, software="partial", privileged=False)
    with Database() as database:
        run(store, database)
        assert [row.name for row in database.rows("software")] == ["whole"]
    with Database() as database:
        run(store, database, day=-15)
        assert [row.name for row in database.rows("software")] == ["old"]
    with Database() as database:
        run(store, database, day=200)
        assert [row.name for row in database.rows("software")] == ["whole"]
        assert looks(database, "software") == [("ehr01", False, "too_old", NOW - timedelta(days=10))]


def test_events_accumulate_with_what_each_look_covers(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    visit(store, -2, sockets="10.0.0.1")
    visit(store, -1, sockets="10.0.0.2")
    with Database() as database:
        run(store, database)
        assert sorted(row.peer_address for row in database.rows("connections")) == ["10.0.0.1", "10.0.0.2"]
        since = database.select("select covers_since, covers_until from collected where table_name = 'connections' order by 1")
        assert since == [(NOW - timedelta(days=day),) * 2 for day in (2, 1)]


def test_one_bad_item_loses_no_other(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    visit(store, -1, "a", machine="a" * 32, software="broken")
    visit(store, -1, "b", machine="b" * 32, software="bug")
    visit(store, -1, "c", machine="c" * 32, software="good", unheard="x")
    visit(store, -1, "d", machine="d" * 32, software="lost")
    lost = next(
        item for receipt in store.receipts() if receipt.visit.host == "d" for item in receipt.items if item.kind == "linux.software"
    )
    next(tmp_path.rglob(f"{lost.sha256}.gz")).unlink()
    with Database() as database:
        found = run(store, database)
        assert [row.name for row in database.rows("software")] == ["good"]
        assert len(list(database.rows("hosts"))) == 4
        assert [(asset, complete, reason) for asset, complete, reason, _ in looks(database, "software")] == [
            ("a", False, "not_understood"),
            ("b", False, "not_understood"),
            ("c", True, None),
            ("d", False, "not_collected"),
        ]
    assert sorted((note.origin, note.code) for note in found.notes) == [
        ("a", "not_understood"),
        ("b", "fault"),
        ("c", "no_parser"),
        ("d", "damaged"),
    ]


def test_the_newest_understood_workbook_counts_as_a_whole(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    visit(store, -1)
    book(store, -200, "旧サーバ")
    book(store, -100, "電子カルテ")
    book(store, -50, "誤り!")
    with Database() as database:
        found = run(store, database)
        assert [row.asset for row in database.rows("ledger_assets")] == ["電子カルテ"]
        assert looks(database, "ledger_assets") == [(EVERYWHERE, True, None, NOW - timedelta(days=100))]
        assert [row.asset for row in database.rows("hosts")] == ["電子カルテ"]
    assert [note.code for note in found.notes] == ["newer_not_used"]


def file(store: EvidenceStore, day: float, kind: str, text: str) -> None:
    received = NOW + timedelta(days=day)
    store.add(Visit("file", "", received, ""), [Item(kind, text.encode(), received, file_name="f.xlsx")], received)


def test_sheets_of_several_people_stand_side_by_side_and_of_each_the_newest_counts_whole(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    file(store, -400, "standard.sheet", "- 1 2 3")
    file(store, -30, "standard.sheet", "A社 1 2")
    file(store, -20, "standard.sheet", "B社 1")
    file(store, -10, "standard.sheet", "A社 2")
    file(store, -5, "standard.sheet", "B社 7 ?")
    with Database() as database:
        found = run(store, database)
        said = [(row.vendor, row.item) for row in database.rows("item_answers")]
        assert sorted(said) == [("", "1"), ("", "2"), ("", "3"), ("A社", "2"), ("B社", "1")]
        assert [look[:3] for look in looks(database, "item_answers")] == [(EVERYWHERE, True, None)] * 3
        assert list(database.rows("hosts")) == []
    assert [note.code for note in found.notes] == ["newer_not_used"], "B's newer sheet was not understood, and that is told"
    assert found.machines == 0


def test_what_vendors_answer_stands_beside_the_ledger_and_never_in_its_place(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    file(store, -30, "vendor.reply", "A社 端末1")
    file(store, -20, "vendor.reply", "B社 端末2")
    with Database() as database:
        run(store, database)
        assert sorted(row.peer for row in database.rows("designed_flows")) == ["端末1", "端末2"]
        assert [look[1:3] for look in looks(database, "designed_flows")] == [(False, "not_collected")] * 2
    parsers = PARSERS | {"ledger.workbook": Parser("ledger.workbook", ("designed_flows",), flows)}
    file(store, -10, "ledger.workbook", "端末3")
    with Database() as database:
        assemble(store, parsers, database, now=NOW, max_age_days=90)
        assert sorted(row.peer for row in database.rows("designed_flows")) == ["端末1", "端末2", "端末3"]
        assert [look[1:3] for look in looks(database, "designed_flows")] == [(True, None)] * 3


def dated(data: bytes, context: Context) -> Parsed:
    """Read a reply that bears a date: `2026-06-01 vendor peer`."""
    day, vendor, *peers = data.decode().split()
    rows = tuple(DesignedFlow(asset="電子カルテ", peer=peer, evidence="S!R2") for peer in peers)
    return Parsed(rows, (Look("designed_flows", asset=EVERYWHERE),), speaker=vendor, said_on=date.fromisoformat(day))


def test_a_letter_that_comes_in_late_is_not_the_newest_by_that(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    parsers = PARSERS | {"vendor.reply": Parser("vendor.reply", ("designed_flows",), dated)}
    day = NOW.date()
    for received, said, peer in ((-30, -31, "second"), (-20, -60, "first"), (-10, 4000, "a slip of the pen"), (-5, -6, "third")):
        file(store, received, "vendor.reply", f"{day + timedelta(days=said)} A社 {peer.replace(' ', '-')}")
        with Database() as database:
            assemble(store, parsers, database, now=NOW, max_age_days=90)
            told = [row.peer for row in database.rows("designed_flows")]
        assert told == ["second" if received <= -20 else peer.replace(" ", "-")]


def test_problems_and_clocks_are_told(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    visit(store, -1, software="x", privileged=False)
    ahead = NOW + timedelta(days=900)
    store.add(Visit("kit", "pc", ahead, "0.2"), [Item("linux.host", b"pc " + b"9" * 32, ahead)], NOW)
    with Database() as database:
        notes = run(store, database).notes
        assert database.select("select max(seen) from collected") == [(NOW,)]
    assert [(note.origin, note.code, note.line) for note in notes] == [("ehr01", "problem", 2), ("pc", "clock", 0)]
    assert all(note.text.ja and note.text.en for note in notes)


def test_rebuild_takes_the_receipts_it_is_given(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    visit(store, -2, "a", machine="a" * 32)
    visit(store, -1, "b", machine="b" * 32)
    only = [store.receipts()[0].id]
    with Database() as database:
        found = assemble(store, PARSERS, database, now=NOW, max_age_days=90, only=only)
        assert [row.asset for row in database.rows("hosts")] == ["a"]
    assert [receipt.id for receipt in found.receipts] == only


@given(st.permutations(range(5)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_imports_makes_no_difference(order: list[int]) -> None:
    def add(store: EvidenceStore, number: int) -> None:
        if number == 4:
            book(store, -3, "電子カルテ")
        else:
            visit(store, -number - 1, "ehr01" if number % 2 else "old", software=f"p{number}", sockets=f"10.0.0.{number}")

    def tables(numbers: list[int]) -> list[object]:
        with TemporaryDirectory() as folder, Database() as database:
            store = EvidenceStore(Path(folder))
            for number in numbers:
                add(store, number)
            run(store, database)
            return [
                database.select(f"select * from {name} order by all")
                for name in ("hosts", "software", "connections", "identity", "collected")
            ]

    assert tables(order) == tables(list(range(5)))


def scan(data: bytes, context: Context) -> Parsed:
    """Read lines `address mac|- ports`; a line that ends in `?` is of a look that did not ask all, a first line `made DAY` dates it."""
    rows: list[NetworkPort] = []
    looks, claims = [Look("scans", asset=EVERYWHERE)], []
    first, _, rest = data.decode().partition("\n")
    made = NOW + timedelta(days=float(first.removeprefix("made "))) if first.startswith("made ") else None
    for number, line in enumerate((rest if made else data.decode()).split("\n"), 1):
        address, mac, *ports = line.removesuffix("?").split()
        rows += [NetworkPort(asset=address, address=address, port=int(port), evidence=str(number)) for port in ports]
        whole = not line.endswith("?")
        looks.append(Look("network_ports", asset=address, complete=whole, reason=None if whole else "not_collected", covers_until=made))
        claims.append((address, (f"ip:{address}", *([f"mac:{mac}"] if mac != "-" else []))))
    return Parsed(tuple(rows), tuple(looks), claims=tuple(claims))


SCANS = PARSERS | {"nmap.xml": Parser("nmap.xml", ("scans", "network_ports"), scan)}
ROUTER, CT, PC = "00:11:22:33:44:01", "00:11:22:33:44:02", "00:11:22:33:44:03"


def ports(store: EvidenceStore, day: float = 0) -> list[tuple[object, ...]]:
    with Database() as database:
        assemble(store, SCANS, database, now=NOW + timedelta(days=day), max_age_days=90)
        return database.select("select asset, address, port from network_ports order by address, port")


def test_of_sightings_one_look_counts_under_each_name(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    file(store, -9, "nmap.xml", f"10.0.0.1 {ROUTER} 22 23\n10.1.0.1 {ROUTER} 22\n10.0.0.7 {CT} 104")
    assert {row[1:] for row in ports(store)} == {("10.0.0.1", 22), ("10.0.0.1", 23), ("10.1.0.1", 22), ("10.0.0.7", 104)}
    assert len({row[0] for row in ports(store)}) == 2
    file(store, -5, "nmap.xml", f"10.0.0.1 {ROUTER} 80")
    found = [row[1:] for row in ports(store)]
    assert found == [("10.0.0.1", 80), ("10.0.0.7", 104), ("10.1.0.1", 22)], "only that address was looked at anew"
    file(store, -1, "nmap.xml", f"10.0.0.1 {ROUTER} 443 ?\n10.1.0.1 {ROUTER}")
    assert [row[1:] for row in ports(store)] == [("10.0.0.1", 80), ("10.0.0.7", 104)], "complete before incomplete; nothing open counts"
    assert len({row[0] for row in ports(store, day=-2)}) == 2


def test_a_name_seen_too_long_ago_is_not_missed_beside_another(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    file(store, -100, "nmap.xml", f"10.0.0.1 {PC} 3389")
    file(store, -1, "nmap.xml", f"10.0.0.2 {PC} 445")
    with Database() as database:
        assemble(store, SCANS, database, now=NOW, max_age_days=90)
        assert [look[1:3] for look in looks(database, "network_ports")] == [(True, None)]
    assert [row[1:] for row in ports(store)] == [("10.0.0.2", 445)]
    with Database() as database:
        assemble(store, SCANS, database, now=NOW + timedelta(days=200), max_age_days=90)
        assert [look[1:3] for look in looks(database, "network_ports")] == [(False, "too_old")] * 2


def test_what_was_seen_at_an_address_before_it_changed_hands_counts_for_nobody(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    file(store, -20, "nmap.xml", f"10.0.0.1 {PC} 3389\n10.0.0.9 {CT} 104")
    file(store, -10, "nmap.xml", f"10.0.0.1 {ROUTER} 22")
    assert [row[1:] for row in ports(store, day=-15)] == [("10.0.0.1", 3389), ("10.0.0.9", 104)]
    assert [row[1:] for row in ports(store)] == [("10.0.0.1", 22), ("10.0.0.9", 104)]
    file(store, -5, "nmap.xml", f"10.0.0.2 {PC} 3389")
    assert [row[1:] for row in ports(store)] == [("10.0.0.1", 22), ("10.0.0.2", 3389), ("10.0.0.9", 104)]


def neighbours(data: bytes, context: Context) -> Parsed:
    """Read lines `address mac` of an ARP table."""
    rows = tuple(Neighbour(address=line.split()[0], mac=line.split()[1], state="reachable") for line in data.decode().split("\n"))
    return Parsed(rows, (Look("neighbours"),))


def test_a_scan_imported_late_counts_by_the_moment_it_was_made(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    file(store, -20, "nmap.xml", f"10.0.0.1 {PC} 22\n10.0.0.9 {CT} 104")
    file(store, -1, "nmap.xml", f"made -40\n10.0.0.1 {PC} 23\n10.0.0.9 {PC} 23")
    assert [row[1:] for row in ports(store)] == [("10.0.0.1", 22), ("10.0.0.9", 104)]
    with Database() as database:
        assemble(store, SCANS, database, now=NOW, max_age_days=90)
        seen = {moment for *_, moment in looks(database, "network_ports")}
    assert seen == {NOW - timedelta(days=20)}


def test_an_arp_table_tells_whose_an_address_was_that_a_scan_saw_through_a_router(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    parsers = SCANS | {"linux.neighbours": Parser("linux.neighbours", ("neighbours",), neighbours)}
    file(store, -30, "nmap.xml", f"10.0.0.9 {CT} 104")
    file(store, -1, "nmap.xml", "10.5.0.9 - 104 11112")
    visit(store, -1, "router", neighbours=f"10.5.0.9 {CT}")
    with Database() as database:
        assemble(store, parsers, database, now=NOW, max_age_days=90)
        found = database.select("select asset, address, port from network_ports order by address, port")
    assert found == [("10.5.0.9", "10.0.0.9", 104), ("10.5.0.9", "10.5.0.9", 104), ("10.5.0.9", "10.5.0.9", 11112)]
