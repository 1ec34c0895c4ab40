from __future__ import annotations

from datetime import datetime

from omamori.analyze.changes.kinds import KINDS, ORDER, NetworkChange, NetworkChanges, kinds_by_asset


def test_a_machine_is_marked_with_what_is_told_of_it_first() -> None:
    told = [NetworkChange("closed", "a"), NetworkChange("opened", "a"), NetworkChange("renamed", "b")]
    assert kinds_by_asset(NetworkChanges(datetime(2026, 1, 1), datetime(2026, 2, 1), tuple(told))) == {"a": "opened", "b": "renamed"}
    assert kinds_by_asset(None) == {}


def test_every_kind_has_its_place_and_both_languages() -> None:
    assert len(ORDER) == len(KINDS) and all(kind.label.ja and kind.label.en for kind in KINDS)
