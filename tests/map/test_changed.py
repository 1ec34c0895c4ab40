"""Changes since an earlier look: every kind has words, and a machine that changed is marked where the layer is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from map_hospitals import MOMENT, small

from omamori.analyze.changes.kinds import KINDS, NetworkChange, NetworkChanges
from omamori.map.changed import changes_of
from omamori.map.picture import picture
from omamori.map.words import CHANGES


def test_every_kind_of_change_has_words() -> None:
    assert set(CHANGES) == {kind.code for kind in KINDS}


def test_the_first_kind_of_a_machine_counts() -> None:
    changes = NetworkChanges(datetime(2026, 5, 1), MOMENT, (NetworkChange("closed", "ehr1"), NetworkChange("new", "ehr1")))
    found = changes_of(changes)
    assert found is not None and found.of == {"ehr1": "new"}
    assert changes_of(None) is None


def test_a_machine_that_changed_is_marked_where_the_layer_is_asked_for() -> None:
    hospital = small()
    hospital = replace(hospital, machines=tuple(replace(one, change="opened" if one.name == "ehr1" else "") for one in hospital.machines))
    assert "port opened" in picture(hospital, "en")
    assert "port opened" not in picture(hospital, "en", layers=("lines",))
