"""What is cut and in which order: the ledger's own places first, and nothing is left out where it has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from omamori.model.declared import CutPoint, DeclaredBackup, LedgerAsset, RemoteLine
from omamori.report.paper.blocks import Cuts, Gap, spoken
from omamori.report.paper.day_cuts import cut_words, cuts, who_may
from omamori.report.paper.declared import Declared


def told(drawn: Cuts) -> list[dict[str, Any]]:
    return list(spoken(drawn, "ja")["cuts"])


def test_the_ledger_s_own_order_counts_and_a_kind_without_a_place_is_not_lost(ready: Declared) -> None:
    drawn, more = cuts(ready, 10)
    assert [(one["kind"], one["name"]) for one in told(drawn)] == [
        ("backup", "NASの線"),
        ("line", "保守回線"),
        ("border", "画像系の境目"),
        ("machine", "その機器だけ"),
    ]
    assert more == 0
    assert told(drawn)[0] | {} == {
        "kind": "backup", "name": "NASの線", "device": "BK-SW", "port": "24", "cable": "赤 B-01", "room": "3階", "who": "当直", "stops": "夜間の控え",
    }  # fmt: skip
    assert isinstance(drawn.cuts[1].cable, Gap), "a cable nobody named is marked"


def test_without_places_to_cut_the_ledger_s_copies_devices_and_zones_stand_there_with_gaps(declared: Declared) -> None:
    drawn, _ = cuts(declared, 10)
    assert [(one.kind, one.name) for one in drawn.cuts[:3]] == [("backup", "NAS1"), ("line", "PACS保守VPN"), ("border", "カルテLAN")]
    first = drawn.cuts[0]
    assert isinstance(first.cable, Gap) and isinstance(first.room, Gap) and first.who == "当直の責任者(規程第7号)"
    assert drawn.cuts[1].device == "FortiGate 60F"


def test_the_place_of_a_device_the_ledger_knows_is_its_room(read: Callable[..., Declared]) -> None:
    held = read(
        LedgerAsset(asset="NAS1", place="3階サーバ室"),
        LedgerAsset(asset="VPN装置", address="10.0.0.1 10.1.0.1", place="EPS"),
        DeclaredBackup(asset="a", job="j", target="NAS1", medium="other-server"),
        RemoteLine(line="保守", device="RTX", device_address="10.1.0.1"),
    )
    assert [one.room for one in cuts(held, 10)[0].cuts[:2]] == ["3階サーバ室", "EPS"]


def test_a_missing_kind_comes_before_what_is_cut_after_it(read: Callable[..., Declared]) -> None:
    held = read(CutPoint(place="回線", kind="line", position=1), CutPoint(place="何か"))
    kinds = [one.kind for one in cuts(held, 10)[0].cuts]
    assert kinds == ["backup", "line", "border", "machine", ""]


def test_a_long_list_is_cut_with_its_number(read: Callable[..., Declared]) -> None:
    held = read(*(CutPoint(place=f"p{number:02}", kind="line", position=number) for number in range(1, 31)))
    drawn, more = cuts(held, 10)
    assert len(drawn.cuts) == 10 and more == 30 + 3 - 10
    assert set(drawn.kinds) == {"backup", "line"}, "a kind that is not drawn has no label"


def test_an_empty_ledger_is_all_gaps_but_the_cable_of_the_machine_itself(read: Callable[..., Declared]) -> None:
    drawn, _ = cuts(read(), 10)
    assert [one.kind for one in drawn.cuts] == ["backup", "line", "border", "machine"]
    assert all(isinstance(one.device, Gap) for one in drawn.cuts[:3]) and not isinstance(drawn.cuts[3].device, Gap)
    assert isinstance(who_may(read()), Gap)


def test_places_in_a_row_for_the_plan(ready: Declared) -> None:
    assert cut_words(ready, "backup") == "NASの線(赤 B-01、3階)"
    assert cut_words(ready, "line") == "保守回線(3階)" and cut_words(ready, "machine") == ""
