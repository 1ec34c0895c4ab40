"""One machine on the network: scans, looks at the machine, ledger, ARP tables and leases (docs/decisions/0030)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.network import Neighbour
from omamori.model.sightings import Lease
from omamori.snapshot.identity import LEDGER, Claim, Resolution, resolve
from omamori.snapshot.witness import Witnesses, met_in

START = datetime(2026, 1, 1)
ID1, ID2 = "machine-id:" + "1a2b" * 8, "machine-id:" + "3c4d" * 8
CARD, CARD2, PRINTER, CT = (f"mac:00:11:22:33:44:{number}5" for number in range(4))
PHONE, VM = "mac:da:a1:19:00:00:01", "mac:52:54:00:12:34:56"
VRRP, HSRP, CLUSTER = "mac:00:00:5e:00:01:0a", "mac:00:00:0c:07:ac:01", "mac:00:09:0f:09:00:02"
X, Y, Z = "ip:10.0.0.5", "ip:10.0.0.6", "ip:10.9.0.1"


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def host(subject: str, *identifiers: str, day: float = 0) -> Claim:
    return Claim(subject, identifiers, "linux.host", at(day))


def scan(subject: str, *identifiers: str, day: float = 0, label: str = "", file: str = "") -> Claim:
    return Claim(subject, identifiers, "nmap.xml", at(day), file or f"scan{day}", itself=False, label=label)


def row(name: str, *identifiers: str, day: float = 0) -> Claim:
    return Claim(name, identifiers, LEDGER, at(day))


def arp(*pairs: tuple[str, str], day: float = 0, state: str = "reachable") -> Witnesses:
    told = Witnesses()
    rows = [Neighbour(address=ip.removeprefix("ip:"), mac=mac.removeprefix("mac:"), state=state) for ip, mac in pairs]
    told.add(met_in(rows), seen=at(day), said_by="linux.neighbours", evidence="arp1")
    return told


def leased(*leases: tuple[str, str, float, float], day: float) -> Witnesses:
    told = Witnesses()
    rows = [
        Lease(address=ip.removeprefix("ip:"), mac=mac.removeprefix("mac:"), starts=at(first), ends=at(last))
        for ip, mac, first, last in leases
    ]
    told.add(met_in(rows), seen=at(day), said_by="network.leases", evidence="leases1")
    return told


def assets(*claims: Claim, told: Witnesses | None = None) -> dict[str, str]:
    return dict(resolve(claims, told).assets)


def one(found: dict[str, str], *subjects: str) -> bool:
    return len({found[subject] for subject in subjects}) == 1


def test_two_scans_of_one_address_are_one_machine_named_by_its_address() -> None:
    found = resolve([scan("a", X), scan("b", X, day=9), scan("c", Y)])
    assert dict(found.assets) == {"a": "10.0.0.5", "b": "10.0.0.5", "c": "10.0.0.6"}
    assert not any(identity.identifier.startswith("name:") for identity in found.rows)


def test_a_name_for_people_joins_nothing() -> None:
    found = resolve([scan("a", X, label="ct-room"), scan("b", Y, label="ct-room")])
    assert len(set(found.assets.values())) == 2 and all(name.startswith("ct-room-") for name in found.assets.values())
    assert assets(scan("a", X, label="ct-room"), scan("b", X, day=3)) == {"a": "ct-room", "b": "ct-room"}
    assert assets(scan("a", X, label="localhost")) == {"a": "10.0.0.5"}
    assert assets(scan("a", X, label="ct-room"), host("h", ID1, "name:ct01", X))["a"] == "ct01"


def test_a_device_that_moved_is_one() -> None:
    found = assets(scan("a", X, PRINTER), scan("b", Y, PRINTER, day=30))
    assert found == {"a": "10.0.0.6", "b": "10.0.0.6"}, "by its newest address"


def test_an_address_that_changed_hands_is_two_and_its_name_is_its_last_holders() -> None:
    found = resolve([scan("a", X, PRINTER), scan("b", X, CT, day=30), scan("c", X, day=31), scan("d", X, day=1)])
    assert found.assets["b"] == found.assets["c"] == "10.0.0.5"
    assert found.assets["a"] == found.assets["d"] and found.assets["a"].startswith("10.0.0.5-")
    assert not found.shared_names, "an address is no name that two machines carry"


def test_seen_through_a_router_it_is_the_machine_that_had_the_address_nearest_in_time() -> None:
    machine = host("h", ID1, "name:ehr01", X)
    assert assets(machine, scan("a", X, day=3))["a"] == "ehr01"
    assert assets(machine, scan("a", X, day=-3))["a"] == "ehr01", "looked at after the scan"
    assert assets(machine, scan("a", X, day=200))["a"] == "10.0.0.5", "too long ago to tell"
    assert assets(machine, scan("a", Y, day=3))["a"] == "10.0.0.6"
    later = host("h2", ID2, "name:pacs", X, day=40)
    assert assets(machine, later, scan("a", X, day=1))["a"] == "ehr01"
    assert assets(machine, later, scan("a", X, day=39))["a"] == "pacs"


def test_a_machine_that_left_an_address_no_longer_has_it() -> None:
    moved = [host("h", ID1, "name:pc1", X), host("h2", ID1, "name:pc1", Y, day=10)]
    found = assets(*moved, scan("a", X, day=11), scan("b", X, day=2), scan("c", Y, day=11))
    assert found["a"] == "10.0.0.5" and found["b"] == found["c"] == "pc1"
    six = host("h3", ID1, "name:pc1", "ip:fd00::7", day=20)
    assert assets(*moved, six, scan("a", Y, day=21))["a"] == "pc1", "a look that told only IPv6 says nothing of IPv4"


def test_an_address_of_two_machines_at_one_time_is_neithers() -> None:
    both = [host("h", ID1, "name:a", X), host("h2", ID2, "name:b", X, day=0.5)]
    found = resolve([*both, scan("s", X, day=1), scan("t", X, day=2)])
    assert found.assets["s"] == found.assets["t"] == "10.0.0.5"
    assert found.unclear_addresses == ("10.0.0.5",)
    assert resolve([*both, row("受付", X), scan("s", X, day=1)]).assets["s"] == "10.0.0.5", "the ledger's word is one of three"


def test_a_router_looked_at_is_one_at_all_its_addresses() -> None:
    router = host("r", ID1, "name:rt1", CARD, CARD2, X, Y, Z)
    scans = [scan("a", X, CARD, day=1), scan("b", Y, CARD2, day=1), scan("c", Z, day=1)]
    assert one(assets(router, *scans), "r", "a", "b", "c")
    assert not one(assets(*scans), "a", "b", "c"), "nothing says so without a look at it"
    assert set(assets(row("ルータ", X, Y, Z), *scans).values()) == {"ルータ"}, "the ledger says so"


def test_a_machine_that_told_no_hardware_is_the_hardware_at_its_address() -> None:
    assert one(assets(host("h", "name:pc7", X), scan("a", X, CARD, day=2), scan("b", Y, CARD, day=90)), "h", "a", "b")
    assert one(assets(host("h", ID1, "name:lab1", X), scan("a", X, PHONE, day=2)), "h", "a")
    other = host("h", ID1, "name:pc7", CARD2, X)
    assert not one(assets(other, scan("a", X, CARD, day=2)), "h", "a"), "it has another card"
    two = [host("h", "name:pc7", X), host("i", "name:pc8", X, day=0.5)]
    assert not one(assets(*two, scan("a", X, CARD)), "h", "a")
    owned = [row("甲", "name:pc7"), row("乙", CARD)]
    assert assets(*owned, host("h", "name:pc7", X), scan("a", X, CARD, day=2))["a"] == "乙", "the ledger says they are two"


def test_made_up_hardware_is_weak_but_not_nothing() -> None:
    assert one(assets(scan("a", X, PHONE), scan("b", Y, PHONE, day=9)), "a", "b")
    assert not one(assets(scan("a", X, PHONE), scan("b", X, VM, day=9)), "a", "b")
    named = [host("h", ID1, "name:vm1", VM, X), host("i", ID2, "name:vm2", VM, Y)]
    assert len(set(assets(*named, scan("a", Z, VM)).values())) == 3, "a copied virtual machine: two have it"
    assert assets(host("h", ID1, "name:vm1", VM, X), scan("a", Y, VM, day=4))["a"] == "vm1"
    assert assets(row("仮想1", VM), scan("a", X, VM))["a"] == "仮想1"


@pytest.mark.parametrize("virtual", [VRRP, HSRP, CLUSTER])
def test_an_address_of_a_pair_of_routers_is_whose_address_it_is(virtual: str) -> None:
    pair = [host("r1", ID1, "name:rt1", CARD, X, "ip:10.0.0.1"), host("r2", ID2, "name:rt2", CARD2, Y)]
    assert assets(*pair, scan("v", "ip:10.0.0.1", virtual, day=1))["v"] == "rt1"
    both = [pair[0], host("r2", ID2, "name:rt2", CARD2, Y, "ip:10.0.0.1", day=0.2)]
    assert assets(*both, scan("v", "ip:10.0.0.1", virtual, day=1))["v"] == "10.0.0.1"
    assert not one(assets(scan("v", X, virtual), scan("w", Y, virtual)), "v", "w")
    assert one(assets(scan("v", X, virtual), scan("w", X, virtual, day=5)), "v", "w")


def test_a_router_that_answers_for_others_is_not_the_others() -> None:
    others = [scan(f"s{number}", f"ip:10.0.0.{number}", CARD, file="one") for number in range(1, 21)]
    assert len(set(assets(*others).values())) == 20
    named = host("h", ID1, "name:ct", PRINTER, "ip:10.0.0.7")
    assert assets(*others, named)["s7"] == "ct"
    moving = [scan(f"m{number}", f"ip:10.0.0.{number}", CARD, day=number) for number in range(1, 21)]
    assert len(set(assets(*moving).values())) == 1, "a notebook that got many addresses in time"
    many = arp(*[(f"ip:10.0.0.{number}", CARD) for number in range(1, 21)])
    bare = [scan(f"s{number}", f"ip:10.0.0.{number}") for number in range(1, 21)]
    assert len(set(assets(*bare, told=many).values())) == 20


def test_a_docking_station_seen_by_a_scan_is_whoever_had_the_address() -> None:
    dock, wlan1, wlan2 = CARD, "mac:00:11:22:33:55:01", "mac:00:11:22:33:55:02"
    notes = [host("a", "name:note1", wlan1, dock, X), host("b", "name:note2", wlan2, dock, Y, day=3)]
    found = assets(*notes, scan("s", X, dock, day=0.1), scan("t", Y, dock, day=3.1), scan("u", Z, dock, day=9))
    assert found["s"] == "note1" and found["t"] == "note2" and found["u"] == "10.9.0.1"


def test_what_others_saw_at_the_address_tells_the_hardware() -> None:
    found = resolve([scan("a", X, day=1), scan("b", Y, day=30), host("h", ID1, "name:ct", CT, "ip:10.0.7.7", day=-99)], arp((X, CT)))
    assert found.assets["a"] == "ct", "its card is known"
    found = resolve([scan("a", X, day=1)], arp((X, PRINTER)))
    assert ("10.0.0.5", PRINTER, "linux.neighbours", "arp1") in {
        (identity.asset, identity.identifier, identity.said_by, identity.evidence) for identity in found.rows
    }
    assert assets(scan("a", X, day=1), row("受付の複合機", PRINTER), told=arp((X, PRINTER)))["a"] == "受付の複合機"
    assert assets(scan("a", X, day=1), row("受付の複合機", PRINTER, X), told=arp((X, PRINTER)))["a"] == "受付の複合機"
    assert assets(scan("a", X, day=1), told=arp((X, PRINTER), state="failed"))["a"] == "10.0.0.5"
    contradicting = assets(scan("a", X, day=1), host("h", ID1, "name:ct", CT, X), told=arp((X, PRINTER), day=0.9))
    assert contradicting["a"] == "10.0.0.5", "two had it that week"


def test_nobody_is_made_by_a_witness_alone() -> None:
    assert resolve([], arp((X, PRINTER))).rows == ()


def test_leases_tell_who_had_an_address_of_the_pool_over_months() -> None:
    pcs = [host(f"h{number}", ID1[:-1] + str(number), f"name:pc{number}", f"mac:00:11:22:33:66:0{number}", day=-20) for number in range(4)]
    pool = leased(*[(X, f"mac:00:11:22:33:66:0{number}", number * 10, number * 10 + 8) for number in range(4)], day=45)
    found = assets(*pcs, *[scan(f"s{number}", X, day=number * 10 + 5) for number in range(4)], told=pool)
    assert [found[f"s{number}"] for number in range(4)] == ["pc0", "pc1", "pc2", "pc3"]
    between = assets(*pcs, scan("s", X, day=9), told=pool)
    assert between["s"] == "10.0.0.5", "between two leases nobody can tell"
    running = leased((X, "mac:00:11:22:33:66:01", 0, 9), day=2)
    assert assets(*pcs, scan("s", X, day=1), told=running)["s"] == "pc1"


def test_a_ledger_row_links_by_address_where_nothing_else_is_said() -> None:
    assert assets(row("X線", X), scan("a", X, day=1))["a"] == "X線"
    assert assets(row("X線", X, day=30), scan("a", X))["a"] == "X線", "written down after the scan"
    assert assets(row("X線", X, "name:xray"), scan("a", X, day=1))["a"] == "X線", "the scan heard no name that says otherwise"
    assert assets(row("X線", X), scan("a", X, CT))["a"] == "X線"
    assert assets(row("X線", X, CARD), scan("a", X, CT))["a"] == "10.0.0.5", "other hardware stands there now"
    assert assets(row("X線", X, CARD), scan("a", X, "name:pc9", CT))["a"] == "pc9"
    assert assets(row("X線", X, "name:xray"), scan("a", X, "name:pc9"))["a"] == "pc9"
    changed = assets(row("複合機", X), scan("a", X, PRINTER), scan("b", X, CT, day=30))
    assert changed["b"] == "複合機" and changed["a"] != "複合機"


def test_the_ledger_does_not_hide_who_really_has_the_address() -> None:
    fresh = assets(row("X線", X, day=-60), host("h", ID1, "name:pc9", CARD, X), scan("a", X, day=0.1))
    assert fresh["h"] == "X線" == fresh["a"], "a row without a name links by address, as before"
    other = assets(row("X線", X, "name:xray", day=-60), host("h", ID1, "name:pc9", CARD, X), scan("a", X, day=0.1))
    assert other["h"] == "pc9" and other["a"] == "10.0.0.5"


def test_a_row_named_by_a_scan_that_the_machine_told_joins_by_its_name() -> None:
    machine = host("h", ID1, "name:pc7", CARD, X)
    assert assets(machine, scan("a", Y, "name:pc7", day=9))["a"] == "pc7"
    twins = [machine, host("i", ID2, "name:pc7", CARD2, Y)]
    found = assets(*twins, scan("a", Y, "name:pc7", day=1))
    assert found["a"] == found["i"] != found["h"], "of two with this name, the one at this address"


IDENTIFIERS = st.sampled_from(
    [
        ID1,
        ID2,
        "name:pc",
        "name:srv",
        X,
        Y,
        Z,
        CARD,
        CARD2,
        PRINTER,
        PHONE,
        VM,
        VRRP,
        "ip:fd00::7",
        "uuid:4c4c4544-0042-3510-8051-b7c04f4d3132",
    ]
)
KINDS = st.sampled_from(["host", "scan", "ledger"])
CLAIMS = st.lists(st.tuples(st.sets(IDENTIFIERS, max_size=4), st.integers(0, 60), KINDS), min_size=1, max_size=9).map(
    lambda parts: [
        row(f"台帳{number}", *sorted(ids), day=day / 4)
        if kind == "ledger"
        else (host if kind == "host" else scan)(f"v{number}", *sorted(ids), day=day / 4)
        for number, (ids, day, kind) in enumerate(parts)
    ]
)
MET = st.lists(st.tuples(st.sampled_from([X, Y, Z]), st.sampled_from([CARD, CARD2, PRINTER, PHONE, VRRP]), st.integers(0, 60)), max_size=5)


def _told(met: Iterable[tuple[str, str, int]]) -> Witnesses:
    told = Witnesses()
    for ip, mac, day in met:
        told.add(met_in([Neighbour(address=ip[3:], mac=mac[4:])]), seen=at(day / 4), said_by="arp", evidence=f"e{ip}{mac}{day}")
    return told


@given(CLAIMS, MET, st.randoms(use_true_random=False))
def test_the_order_of_imports_makes_no_difference(claims: list[Claim], met: list[tuple[str, str, int]], random: Random) -> None:
    first = resolve(claims, _told(met))
    mixed, mixed_met = list(claims), list(met)
    random.shuffle(mixed)
    random.shuffle(mixed_met)
    assert resolve(mixed, _told(mixed_met)) == first
    assert set(first.assets) == {claim.subject for claim in claims}
    assert all(first.assets[claim.subject] == claim.subject for claim in claims if claim.said_by == LEDGER)
    assert all(name for name in first.assets.values())


@given(CLAIMS, MET)
def test_two_machine_ids_never_meet_by_an_address(claims: list[Claim], met: list[tuple[str, str, int]]) -> None:
    found = resolve(claims, _told(met))
    ledger = {claim.subject for claim in claims if claim.said_by == LEDGER}
    for name, same in _by_asset(claims, found).items():
        if name not in ledger:
            known = [claim.ids("machine-id") for claim in same if len(claim.ids("machine-id")) == 1]
            assert len(frozenset().union(*known)) <= 1


@given(CLAIMS, MET)
def test_taking_witnesses_away_never_makes_machines_of_looks_meet(claims: list[Claim], met: list[tuple[str, str, int]]) -> None:
    """Witnesses place sightings; what the machines said of themselves is joined without them, unless a card answers for many."""
    looks = [claim for claim in claims if claim.itself or claim.said_by == LEDGER]
    assert resolve(looks, _told(met)).assets == resolve(looks).assets


def _by_asset(claims: Iterable[Claim], found: Resolution) -> dict[str, list[Claim]]:
    by_asset: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.said_by != LEDGER:
            by_asset.setdefault(found.assets[claim.subject], []).append(claim)
    return by_asset
