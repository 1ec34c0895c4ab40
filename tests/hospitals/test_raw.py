"""The raw files that ship are what their descriptions say, and every one is read whole."""

from __future__ import annotations

import json

import pytest

import hospitals


@pytest.mark.parametrize("hospital", ["sick", "healthy"])
def test_the_raw_evidence_is_what_its_description_says(hospital: str) -> None:
    place, wanted = hospitals.PLACES[hospital], hospitals.build(hospital)
    there = {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    assert stale == [], "stale: run `python tools/hospitals.py`"


def test_the_same_description_gives_the_same_bytes() -> None:
    assert hospitals.build("sick") == hospitals.build("sick")


def test_every_file_is_taken_in_and_understood(sick, healthy) -> None:  # type: ignore[no-untyped-def]
    # The two machines with one name are told, in both ledgers; nothing else is.
    assert {name.partition(":")[0] for name in sick.refused} <= {"daicho.xlsx"}, sick.refused
    assert healthy.refused == ()
    assert {note.text.en.partition(" stands at")[0] for note in sick.notes if note.code != "renamed"} == {"name:srv01"}
    # One Linux server was renamed between the two visits.
    assert [(note.origin, "(orca)" in note.text.en) for note in sick.notes if note.code == "renamed"] == [("医事会計ORCA", True)]
    assert healthy.notes == ()


def test_the_example_is_small_enough_to_ship() -> None:
    sizes = {name: sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) for name, place in hospitals.PLACES.items()}
    assert sum(sizes.values()) < 5_000_000, json.dumps(sizes)
