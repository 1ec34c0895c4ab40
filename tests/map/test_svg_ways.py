"""An intruder's ways over the picture: from the door over each place to the goal, told apart, nothing outside the sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from map_hospitals import HOSTILE, hospitals, rolled, with_ways

from omamori.map.hospital import Hospital
from omamori.map.picture import LAYERS, lay_out, picture
from omamori.map.sheet import A3, SHEETS, SMALLEST
from omamori.map.svg_ways import lay_band, segments, spots
from omamori.map.ways_in import Path, Stride, WayIn, WaysIn
from omamori.map.ways_told import ALL, Told
from omamori.model.text import Text

NS = "{http://www.w3.org/2000/svg}"


def read(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing


def words(drawn: str) -> str:
    return " ".join(element.text or "" for element in read(drawn).iter(f"{NS}text"))


def classes(drawn: str) -> list[str]:
    return [element.get("class", "") for element in read(drawn).iter()]


def test_a_way_leads_from_its_door_over_each_place_once() -> None:
    hospital = with_ways()
    places = spots(lay_out(hospital, A3))
    gate = next(gate for gate in lay_out(hospital, A3).gates if gate.entry.key == "line:Service VPN")
    assert places["entry:Service VPN"][0] == gate.door.middle
    drawn = segments(hospital.ways.of("Service VPN")[:1], places)
    assert list(drawn) == [
        (places["entry:Service VPN"], places["LAN"]),
        (places["LAN"], places["pc1"]),
        (places["pc1"], places["ehr1"]),
    ]
    assert [sorted(one.numbers) for one in drawn.values()] == [[1], [2], [4]], "a step that stays on the machine keeps its number"


def test_a_step_to_what_is_not_drawn_is_passed_over() -> None:
    hospital = with_ways()
    places = spots(lay_out(hospital, A3))
    (segment,) = segments(hospital.ways.of("fw tunnel"), places).items()
    assert segment[0] == (places["entry:fw tunnel"], places["lost"]) and segment[1].cut


def test_an_entry_called_like_a_machine_begins_at_its_own_door() -> None:
    ways = WaysIn(
        True, (WayIn("ehr1", zone="LAN", observed=True),), (Path("ehr1", "ehr1", "ehr", True, (Stride("ehr1", "ehr1", Text("a", "a")),)),)
    )
    places = spots(lay_out(with_ways(ways=ways), A3))
    assert len(segments(ways.paths, places)) == 1 and places["entry:ehr1"] != places["ehr1"]


def test_certain_possible_and_cut_look_different() -> None:
    every = classes(picture(with_ways(), "en", "a3", UTC, ways_in=ALL))
    assert {"m-step", "m-step m-step-possible", "m-step m-step-cut", "m-goal", "m-goal m-goal-possible", "m-goal m-goal-cut"} <= set(every)
    assert not [one for one in every if one.startswith("m-step-number")], "numbers only where one entry is shown"
    one = picture(with_ways(), "en", "a3", UTC, ways_in="Service VPN")
    assert len([kind for kind in classes(one) if kind.startswith("m-step-number")]) == 4
    assert "fw tunnel" not in " ".join(kind for kind in words(one).split("→")[1:])


def test_declared_and_found_doors_and_what_stands_inside_are_drawn_without_asking() -> None:
    drawn = picture(with_ways(), "en", "a3", UTC)
    assert "line from outside・the Internet" in words(drawn) and "ipsec・interface" in words(drawn), "one device, one door"
    title = next(element for element in read(drawn).iter(f"{NS}title") if "LAN usb" in (element.text or ""))
    assert title.text == "LAN usb: seen, not in the ledger"
    assert not [kind for kind in classes(drawn) if kind.startswith("m-step")]


def test_what_a_change_closes_is_told_in_its_door() -> None:
    hospital = with_ways()
    entries = tuple(replace(way, closed=way.line == "Service VPN") for way in hospital.ways.entries)
    drawn = picture(replace(hospital, ways=replace(hospital.ways, entries=entries)), "en", "a3", UTC)
    assert "taken for closed" in words(drawn) and "m-entry m-closed" in classes(drawn)


@pytest.mark.parametrize("paper", ["a3", "a4"])
@pytest.mark.parametrize("wanted", [ALL, "Service VPN"])
def test_both_languages_draw_the_same_ways_on_the_whole_sheet(paper: str, wanted: str) -> None:
    drawn = [picture(with_ways(), language, paper, UTC, ways_in=wanted) for language in ("ja", "en")]
    steps = [[element.get("d") for element in read(one).iter(f"{NS}path") if "m-step" in element.get("class", "")] for one in drawn]
    legend = 3
    assert [step for step in steps[0] if step and "Q" in step] == [step for step in steps[1] if step and "Q" in step]
    assert len(steps[0]) == len(steps[1]) > legend
    for one in drawn:
        root = read(one)
        assert root.get("viewBox") == f"0 0 {SHEETS[paper].width} {SHEETS[paper].height}"
        assert min(float(element.get("font-size", "0")) for element in root.iter(f"{NS}text")) >= SMALLEST
        assert all(0 <= float(element.get("y", "0")) <= SHEETS[paper].height for element in root.iter(f"{NS}text"))


def test_more_words_than_fit_are_counted() -> None:
    band = lay_band([Told(f"line {number}") for number in range(1000)], A3, "en")
    assert band.height < A3.height * 0.45
    assert re.fullmatch(r"\d+ more lines: .*", band.lines[-1][2])
    assert len(band.lines) - 1 + int(band.lines[-1][2].split()[0]) == 1000


def test_the_words_give_way_to_the_picture() -> None:
    many = rolled(7, 9, 120, 16)
    names = [one.name for one in many.machines]
    steps = tuple(Stride("x", name, Text("とても長い一歩" * 9, "a very long step " * 9), evidence="e:1") for name in names[:40])
    way = WayIn("way", zone=many.zones[0].name, observed=True)
    hospital = replace(many, ways=WaysIn(True, (way,), (Path("way", names[39], "ehr", True, steps),)))
    root = read(picture(hospital, "ja", "a4", UTC, ways_in="way"))
    (band,) = [element for element in root.iter(f"{NS}rect") if element.get("class") == "m-band"]
    rooms = [element for element in root.iter(f"{NS}rect") if (element.get("class") or "").startswith("m-room")]
    assert rooms and max(float(one.get("y", "")) + float(one.get("height", "")) for one in rooms) < float(band.get("y", ""))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hospitals(most_machines=50))
def test_any_ways_are_drawn_well_formed_and_always_the_same(hospital: Hospital) -> None:
    drawn = picture(hospital, "ja", "a4", UTC, layers=LAYERS, ways_in=ALL)
    root = read(drawn)
    assert drawn == picture(hospital, "ja", "a4", UTC, layers=LAYERS, ways_in=ALL)
    named = words(drawn)
    assert all(way.name in named for way in hospital.ways.entries) or "行は omamori" in named, "what is left out is counted"
    assert all("nan" not in (element.get("d") or "") for element in root.iter(f"{NS}path"))


def test_hostile_names_stay_text() -> None:
    way = WayIn(HOSTILE, vendor=HOSTILE, device=HOSTILE, method=HOSTILE, zone="LAN", observed=True)
    usb = WayIn(HOSTILE + "2", "usb", zone="LAN", observed=True)
    path = Path(HOSTILE, "ehr1", HOSTILE, True, (Stride(HOSTILE, "ehr1", Text(HOSTILE, HOSTILE), evidence=HOSTILE),))
    drawn = picture(with_ways(ways=WaysIn(True, (way, usb), (path,))), "en", "a3", UTC, ways_in=HOSTILE).replace("\x1b", "")
    assert "script" not in {element.tag.removeprefix(NS) for element in read(drawn).iter()}
    assert not [key for element in read(drawn).iter() for key in element.attrib if key.startswith("on")]
