from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from omamori.snapshot.identity import LEDGER, Claim, resolve

START = datetime(2026, 1, 1)
ID1, ID2 = "machine-id:" + "1a2b" * 8, "machine-id:" + "3c4d" * 8


def seen(subject: str, *identifiers: str, day: float = 0) -> Claim:
    return Claim(subject, identifiers, "linux.host", START + timedelta(days=day))


def row(name: str, *identifiers: str) -> Claim:
    return Claim(name, identifiers, LEDGER, START)


def test_one_host_seen_twice_is_one_asset() -> None:
    found = resolve([seen("a", ID1, "name:ehr01"), seen("b", ID1, "name:EHR01.hospital.local", day=9)])
    assert dict(found.assets) == {"a": "ehr01", "b": "ehr01"}
    assert [(identity.identifier, identity.since) for identity in found.rows] == [(ID1, START), ("name:ehr01", START)]


def test_one_host_with_two_names_has_its_newest_and_the_ledger_wins() -> None:
    claims = [seen("a", ID1, "name:old"), seen("b", ID1, "name:new", day=30)]
    assert set(resolve(claims).assets.values()) == {"new"}
    assert resolve([*claims, row("電子カルテ", "name:new")]).assets["a"] == "電子カルテ"


def test_two_hosts_with_one_name_stay_two() -> None:
    found = resolve([seen("a", ID1, "name:pc"), seen("b", ID2, "name:pc")])
    assert found.assets == {"a": "pc-1a2b", "b": "pc-3c4d"}
    assert found.shared_names == ("pc",)


def test_a_ledger_row_links_only_when_unambiguous() -> None:
    two = [seen("a", ID1, "name:pc"), seen("b", ID2, "name:pc")]
    assert resolve([*two, row("受付PC", "name:pc")]).assets == {"a": "pc-1a2b", "b": "pc-3c4d", "受付PC": "受付PC"}
    assert resolve([two[0], row("受付PC", "name:pc")]).assets["a"] == "受付PC"
    assert resolve([two[0], row("受付PC", "name:pc"), row("会計PC", "name:pc")]).assets["a"] == "pc"
    by_address = [seen("a", ID1, "name:pc", "ip:10.0.0.5"), row("X線", "ip:10.0.0.5")]
    assert resolve(by_address).assets["a"] == "X線"
    other_name = [seen("a", ID1, "name:pc", "ip:10.0.0.5"), row("X線", "ip:10.0.0.5", "name:xray")]
    assert resolve(other_name).assets["a"] == "pc"


def test_an_observed_machine_never_takes_a_ledger_name_it_is_not() -> None:
    found = resolve([seen("a", ID1, "name:ehr01"), row("EHR01", "name:other", "mac:00:11:22:33:44:55")])
    assert found.assets["a"] == "ehr01-1a2b"


def test_whose_backup_it_is_may_be_said_by_the_name_of_the_ledger_or_of_the_host() -> None:
    ledger = [row("電子カルテDB", "name:ehr01"), row("画像サーバ", "name:pacs", "ip:10.0.0.5")]
    visits = [seen("v", ID1, "name:ehr01"), seen("w", ID2, "name:pacs", "ip:10.0.0.5")]

    def said(subject: str, name: str) -> Claim:
        return Claim(subject, (f"name:{name}",), "backup.look", START, itself=False)

    for number in range(3):
        looks = [said(f"a{count}", "ehr01") for count in range(number)] + [said(f"b{count}", "画像サーバ") for count in range(number)]
        found = resolve([*ledger, *visits, *looks])
        assert (found.assets["v"], found.assets["w"]) == ("電子カルテDB", "画像サーバ")
        assert {found.assets[f"a{count}"] for count in range(number)} <= {"電子カルテDB"}
        assert {found.assets[f"b{count}"] for count in range(number)} <= {"画像サーバ"}
    # Without anybody but the ledger knowing the host, and a name nobody has.
    assert resolve([*ledger, said("a", "画像サーバ")]).assets["a"] == "画像サーバ"
    assert resolve([*ledger, said("a", "別のサーバ")]).assets["a"] == "別のサーバ"
    assert resolve([row("画像サーバ", "name:pacs"), seen("x", ID1, "name:画像サーバ")]).assets["x"] != "画像サーバ", (
        "what a machine calls itself is another matter"
    )


def test_a_cloned_disk_is_told_apart() -> None:
    clones = [
        seen("a", ID1, "name:vm1", "mac:00:50:56:00:00:01"),
        seen("b", ID1, "name:vm2", "mac:00:50:56:00:00:02", day=0.1),
        seen("c", ID1, "name:vm1", "mac:00:50:56:00:00:01", day=5),
    ]
    assert resolve(clones).assets == {"a": "vm1", "b": "vm2", "c": "vm1"}
    moved = [clones[0], seen("b", ID1, "name:vm2", "mac:00:50:56:00:00:02", day=20)]
    assert set(resolve(moved).assets.values()) == {"vm2"}


def test_shared_hardware_addresses_join_nothing() -> None:
    dock = "mac:00:11:22:33:44:55"
    found = resolve([seen("a", ID1, dock, "name:x"), seen("b", ID2, dock, "name:y"), seen("c", dock, "name:z")])
    assert found.assets == {"a": "x", "b": "y", "c": "z"}
    software = "mac:02:42:ac:11:00:02"
    assert resolve([seen("a", software, "name:x"), seen("b", software, "name:y")]).assets == {"a": "x", "b": "y"}


CARD, WLAN1, WLAN2, DOCK, DOCK2 = (f"mac:00:11:22:33:44:{number}5" for number in range(5))


def windows(subject: str, *identifiers: str, day: float = 0) -> Claim:
    return Claim(subject, identifiers, "windows.commands", START + timedelta(days=day))


def test_a_renamed_windows_machine_is_one_under_its_new_name() -> None:
    for before, after in (
        ([CARD], [CARD]),
        ([CARD, WLAN1], [CARD, WLAN1]),
        ([CARD], [CARD, WLAN1]),
        ([CARD, WLAN1], [CARD]),
        ([CARD, WLAN1, DOCK], [CARD, WLAN1, DOCK2]),
    ):
        found = resolve([windows("a", "name:pc-old", *before), windows("b", "name:pc-new", *after, day=40)])
        assert dict(found.assets) == {"a": "pc-new", "b": "pc-new"}
        assert {row.identifier for row in found.rows} >= {"name:pc-old", "name:pc-new"}
        assert dict(found.renamed) == {"pc-new": ("pc-old",)}


def test_a_name_in_two_lengths_is_no_other_name() -> None:
    """NetBIOS knows the first 15 letters only; an output may tell the one, the other or both."""
    claims = [
        windows("a", "name:radiology-reader-1", CARD),
        windows("b", "name:RADIOLOGY-READE", "name:radiology-reader-1", CARD, day=1),
        windows("c", "name:radiology-reade", CARD, day=2),
        windows("d", CARD, day=3),
    ]
    assert not resolve(claims).renamed
    assert resolve([*claims, windows("e", "name:ct", CARD, day=4)]).renamed == {"ct": ("radiology-reade", "radiology-reader-1")}


def test_notebooks_that_take_turns_at_one_docking_station_stay_two() -> None:
    one, other = windows("a", "name:note1", WLAN1, DOCK), windows("b", "name:note2", WLAN2, DOCK, day=3)
    assert resolve([one, other]).assets == {"a": "note1", "b": "note2"}
    undocked = windows("c", "name:note1", WLAN1, day=5)
    only_docked = windows("d", "name:note2", DOCK, day=6)
    assert resolve([one, other, undocked, only_docked]).assets == {"a": "note1", "b": "note2", "c": "note1", "d": "note2"}
    nobody = windows("e", DOCK, "ip:10.0.0.9", day=7)
    assert resolve([one, other, nobody]).assets["e"] == "10.0.0.9"
    linux = seen("f", ID1, "name:cart", CARD, DOCK)
    assert resolve([linux, other]).assets == {"f": "cart", "b": "note2"}


def test_copies_of_one_disk_image_are_as_many_as_they_are() -> None:
    twins = [windows(f"v{number}", "name:win-image", f"mac:00:11:22:33:55:{number:02x}", day=number) for number in range(20)]
    found = resolve(twins)
    assert len(set(found.assets.values())) == 20 and found.shared_names == ("win-image",)
    renamed = [windows(f"w{number}", f"name:ward{number}", f"mac:00:11:22:33:55:{number:02x}", day=30) for number in range(20)]
    assert sorted(set(resolve([*twins, *renamed]).assets.values())) == sorted(f"ward{number}" for number in range(20))


def test_an_adapter_that_went_round_the_house_joins_nobody() -> None:
    found = resolve([windows(f"v{number}", f"name:pc{number}", DOCK, day=number) for number in range(30)])
    assert len(set(found.assets.values())) == 30


def test_a_file_typed_by_hand_joins_the_machine_of_its_name() -> None:
    assert resolve([seen("a", ID1, "name:pc7"), seen("b", "name:PC7")]).assets["b"] == "pc7"
    assert len(set(resolve([seen("a", ID1, "name:pc"), seen("b", ID2, "name:pc"), seen("c", "name:pc")]).assets.values())) == 3


def test_the_ledger_merges_and_splits() -> None:
    merged = resolve([seen("a", ID1, "name:x"), seen("b", ID2, "name:y"), row("一台", ID1, ID2)])
    assert set(merged.assets.values()) == {"一台"}
    mac1, mac2 = "mac:00:11:22:00:00:01", "mac:00:11:22:00:00:02"
    split = resolve([seen("a", ID1, mac1), seen("b", ID1, mac2), row("甲", mac1), row("乙", mac2)])
    assert (split.assets["a"], split.assets["b"]) == ("甲", "乙")


def test_hostile_names_become_one_plain_line() -> None:
    found = resolve([seen("a", ID1, "name:\x1b[31mevil\n\u202e" + "x" * 500)])
    assert found.assets["a"].isprintable()
    assert len(found.assets["a"]) <= 64


IDENTIFIERS = st.sampled_from(
    [ID1, ID2, "name:pc", "name:srv", "name:x", "ip:10.0.0.5", "ip:10.0.0.6", "uuid:4c4c4544-0042-3510-8051-b7c04f4d3132"]
    + [f"mac:00:11:22:33:44:0{number}" for number in range(3)]
)
CLAIMS = st.lists(st.tuples(st.sets(IDENTIFIERS, max_size=4), st.integers(0, 40), st.booleans()), min_size=1, max_size=7).map(
    lambda parts: [
        row(f"台帳{number}", *sorted(ids)) if ledger else seen(f"v{number}", *sorted(ids), day=day / 4)
        for number, (ids, day, ledger) in enumerate(parts)
    ]
)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_imports_makes_no_difference(claims: list[Claim], random: Random) -> None:
    first = resolve(claims)
    mixed = list(claims)
    random.shuffle(mixed)
    assert resolve(mixed) == first
    assert set(first.assets) == {claim.subject for claim in claims}
    assert all(first.assets[claim.subject] == claim.subject for claim in claims if claim.said_by == LEDGER)
    assert all(name for name in first.assets.values())


@given(CLAIMS)
def test_two_machines_never_share_a_name_by_chance(claims: list[Claim]) -> None:
    found = resolve(claims)
    by_name: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.said_by != LEDGER and len({name for name in claim.identifiers if name.startswith("machine-id:")}) == 1:
            by_name.setdefault(found.assets[claim.subject], []).append(claim)
    ledger = {claim.subject for claim in claims if claim.said_by == LEDGER}
    for name, same in by_name.items():
        if name not in ledger:
            assert len({identifier for claim in same for identifier in claim.identifiers if identifier.startswith("machine-id:")}) == 1
