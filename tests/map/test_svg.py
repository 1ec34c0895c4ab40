"""The SVG: well-formed, readable, the same bytes, and harmless whatever machines are called."""

from __future__ import annotations

import random
import re
from datetime import UTC
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from map_hospitals import HOSTILE, hospitals, machine, small

from omamori.map.hospital import Door, Hospital, Line, Zone
from omamori.map.picture import LAYERS, picture
from omamori.map.sheet import A3, A4, SMALLEST

NS = "{http://www.w3.org/2000/svg}"


def read(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing


def words(drawn: str) -> str:
    return " ".join(element.text or "" for element in read(drawn).iter(f"{NS}text"))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("paper", "sheet"), [("a3", A3), ("a4", A4)])
def test_it_has_the_size_of_the_paper_and_no_small_letters(language, paper, sheet) -> None:
    root = read(picture(small(), language, paper, UTC, layers=LAYERS))
    assert (root.get("width"), root.get("height")) == (("420mm", "297mm") if paper == "a3" else ("297mm", "210mm"))
    assert root.get("viewBox") == f"0 0 {sheet.width} {sheet.height}"
    sizes = [float(element.get("font-size", "0")) for element in root.iter(f"{NS}text")]
    assert sizes and min(sizes) >= SMALLEST


def test_it_says_what_was_found_and_how_much_was_looked_at() -> None:
    told = words(picture(small(), "en", "a3", UTC))
    for word in (
        "Test Hospital",
        "6 of 7",
        "Service VPN",
        "FortiGate",
        "AnyDesk",
        "not in ledger",
        "No zone known",
        "10.1.0.99",
        "2026-06-01",
    ):
        assert word in told
    assert "critical 1" in told


def test_both_languages_draw_the_same_picture() -> None:
    drawn = [picture(small(), language, "a3", UTC) for language in ("ja", "en")]
    kinds = ("m-cell", "m-room", "m-group", "m-door", "m-card", "m-house", "m-wall")
    rects = [
        [
            (element.get("class"), element.get("x"), element.get("y"), element.get("width"))
            for element in read(one).iter(f"{NS}rect")
            if element.get("class", "").startswith(kinds)
        ]
        for one in drawn
    ]
    legend = 2  # the two boxes of the legend stand where the words before them end
    assert rects[0][:-legend] == rects[1][:-legend]
    assert words(drawn[0]) != words(drawn[1])


def test_hostile_names_stay_text() -> None:
    hospital = small(
        name=HOSTILE,
        machines=(machine(HOSTILE, HOSTILE, worst="critical", vendor=HOSTILE),),
        zones=(Zone(HOSTILE, HOSTILE, HOSTILE),),
        lines=(Line(HOSTILE, HOSTILE, HOSTILE, device=HOSTILE, firmware=HOSTILE, lands_in=HOSTILE),),
        doors=(Door(HOSTILE, HOSTILE, "remote"),),
        between=(),
        strangers=(),
    )
    drawn = picture(hospital, "en", "a3", UTC).replace("\x1b", "")
    root = read(drawn)
    names = {element.tag for element in root.iter()}
    assert names <= {
        NS + name for name in ("svg", "title", "style", "defs", "symbol", "g", "path", "rect", "circle", "ellipse", "text", "use")
    }
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
    assert all((element.get("href") or "#").startswith("#") for element in root.iter())


def test_it_asks_for_nothing_from_outside() -> None:
    drawn = picture(small(), "ja", "a3", UTC)
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", drawn)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hospitals(most_machines=60))
def test_it_is_well_formed_and_always_the_same(hospital: Hospital) -> None:
    drawn = picture(hospital, "ja", "a4", UTC, layers=LAYERS)
    read(drawn)
    shuffled = list(hospital.machines)
    random.Random(1).shuffle(shuffled)
    assert picture(hospital, "ja", "a4", UTC, layers=LAYERS) == drawn


def test_severity_is_told_by_shape() -> None:
    drawn = picture(
        small(machines=tuple(machine(f"m{worst}", worst=worst) for worst in ("critical", "high", "medium", "low", ""))), "en", "a3", UTC
    )
    for shape in ("m-critical", "m-high", "m-medium", "m-low", "m-quiet"):
        assert f'href="#{shape}"' in drawn
    shapes = re.findall(r'<symbol id="m-(critical|high|medium|low|quiet|unseen)" viewBox="0 0 24 24">(.*?)</symbol>', drawn)
    assert len({re.sub(r'class="[^"]*"', "", shape) for _, shape in shapes}) == 6


def test_what_nobody_looked_at_never_looks_like_nothing_found() -> None:
    drawn = picture(small(machines=(machine("a", observed=False, declared=None),), strangers=(), doors=(), lines=()), "en", "a3", UTC)
    assert "not looked at" in words(drawn)
    body = drawn.split('class="m-zone"')[2]
    assert 'href="#m-unseen"' in body.split("</g>")[0]
    assert 'href="#m-quiet"' not in body.split("</g>")[0]


def test_in_a_page_it_brings_no_style_and_its_names_have_a_prefix() -> None:
    drawn = picture(small(), "en", "a3", UTC, alone=False, prefix="x-")
    assert "<style" not in drawn and 'mm"' not in drawn
    assert set(re.findall(r'href="#([^"]+)"', drawn)) <= set(re.findall(r'<symbol id="([^"]+)"', drawn))
    assert all(name.startswith("x-") for name in re.findall(r'<symbol id="([^"]+)"', drawn))
