"""The page in a real browser: search, groups, keyboard, layers, and that nothing leaves it or runs in it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from map_hospitals import HOSTILE, machine, small, with_ways

from omamori.map.hospital import Door, Hospital, Line, Zone
from omamori.map.page.render import Line as EvidenceLine
from omamori.map.page.render import render_page

pytestmark = pytest.mark.system
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tried in a browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
LINES = {"aa:1": EvidenceLine("ehr1", "sshd -T", "permitrootlogin yes")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: the page is not tried in a browser")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, "--disable-component-update"])
        yield opened
        opened.close()


def crowded() -> Hospital:
    """More PCs than stand by name."""
    more = tuple(
        machine(f"pc{number:03}", kind="client", worst="high" if number == 40 else "", addresses=(f"10.1.2.{number}",))
        for number in range(250)
    )
    hospital = small()
    return replace(hospital, machines=tuple(sorted((*hospital.machines, *more), key=lambda one: one.name)))


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    yield from _open(browser, tmp_path, crowded())


def _open(browser: Any, folder: Path, hospital: Hospital, **options: Any) -> Iterator[Any]:
    path = folder / "map.html"
    path.write_text(render_page(hospital, "en", UTC, LINES), encoding="utf-8")
    tab = browser.new_page(**options)
    requests: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    tab.goto(path.as_uri())
    yield tab
    assert complaints == []
    assert requests == [path.as_uri()]
    tab.close()


def test_it_begins_with_the_doors_and_the_gravest(opened: Any) -> None:
    told = opened.inner_text("#panel")
    assert told.index("Not in the ledger") < told.index("Service VPN") < told.index("Homepage")
    assert "Machines with a critical finding 1" in told and "ehr1" in told


def test_a_click_tells_what_was_found_with_its_evidence(opened: Any) -> None:
    opened.click("#panel .row >> text=ehr1")
    told = opened.inner_text("#panel")
    for words in ("ehr1 found", "permitrootlogin yes", "sshd -T", "10.1.0.11", "care stops without it", "Vendor A"):
        assert words in told
    assert opened.locator(".m-over .m-peer").count() == 2, "its connections are drawn"
    opened.keyboard.press("Escape")
    assert "Where to look first" in opened.inner_text("#panel")


def test_a_line_tells_where_it_lands_and_what_was_found_on_it(opened: Any) -> None:
    opened.locator(".m-entry rect").nth(1).click()
    opened.click("#panel .back")
    opened.click("#panel .row >> text=Service VPN")
    told = opened.inner_text("#panel")
    for words in ("FortiGate 6.0.4", "Vendor A", "LAN", "vpn found", "in the ledger only"):
        assert words in told


def test_search_finds_machines_inside_groups_and_brings_them_near(opened: Any) -> None:
    opened.keyboard.press("/")
    opened.keyboard.type("10.1.2.77")
    assert opened.inner_text("#hits") == "1 found"
    before = opened.evaluate("view.k")
    opened.keyboard.press("Enter")
    opened.wait_for_timeout(400)
    assert "pc077" in opened.inner_text("#panel h2")
    assert opened.evaluate("view.k") > before
    opened.fill("#find", "no such machine")
    assert opened.inner_text("#hits") == "nothing found"


def test_a_group_opens_its_machines_and_names_them_when_near(opened: Any) -> None:
    group = opened.locator(".m-many").first
    group.locator("rect").click(position={"x": 12, "y": 6})
    assert "machines" in opened.inner_text("#panel h2")
    assert opened.locator("#panel .row").count() > 100
    opened.evaluate("const g = groups[0]; show({x: g.x, y: g.y, w: g.pitch * 8, h: g.pitch * 5}, 1)")
    opened.wait_for_timeout(500)
    assert 0 < opened.locator(".m-near").count() <= 500
    opened.evaluate("fit()")
    opened.wait_for_timeout(500)
    assert opened.locator(".m-near").count() == 0, "far away there is no room for names"


def test_it_can_be_used_by_keyboard_alone(opened: Any) -> None:
    whole = opened.evaluate("view.k")
    opened.locator(".m-machine").first.focus()
    opened.keyboard.press("Enter")
    assert opened.locator("#panel .back").count() == 1
    assert opened.evaluate("document.activeElement.id") == "panel"
    opened.locator("#stage").focus()
    before = opened.evaluate("view.k")
    opened.keyboard.press("+")
    assert opened.evaluate("view.k") > before
    x = opened.evaluate("view.x")
    opened.keyboard.press("ArrowRight")
    assert opened.evaluate("view.x") == x - 60
    opened.keyboard.press("0")
    assert opened.evaluate("view.k") == whole
    assert opened.locator(".m-machine").first.get_attribute("aria-label")


def test_layers_and_kinds_can_be_hidden(opened: Any) -> None:
    opened.click(".show summary")
    drawn = "getComputedStyle(document.querySelector('.m-entry > path')).display"
    assert opened.evaluate(drawn) != "none"
    opened.uncheck("[data-layer=entry]")
    assert opened.evaluate(drawn) == "none"
    opened.uncheck("input[data-kind=client]")
    assert not opened.locator(".m-many[data-kind=client]").first.is_visible()
    opened.check("[data-layer=talks]")
    assert opened.locator(".m-peer-not").count() == 1


def test_wheel_and_drag_move_the_drawing_about_the_pointer(opened: Any) -> None:
    opened.mouse.move(500, 400)
    under = "(() => { const p = toDrawing({clientX: 500, clientY: 400}); return [p.x, p.y]; })()"
    before = opened.evaluate(under)
    opened.mouse.wheel(0, -300)
    opened.wait_for_timeout(100)
    after = opened.evaluate(under)
    assert abs(before[0] - after[0]) < 0.5 and abs(before[1] - after[1]) < 0.5
    x = opened.evaluate("view.x")
    opened.mouse.down()
    opened.mouse.move(540, 410, steps=4)
    opened.mouse.up()
    assert abs(opened.evaluate("view.x") - x - 40) < 1


def test_it_is_readable_on_a_telephone(browser: Any, tmp_path: Path) -> None:
    for tab in _open(browser, tmp_path, small(), viewport={"width": 390, "height": 844}):
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        assert tab.locator("#panel").is_visible() and tab.locator("#find").is_visible()
        assert tab.evaluate("9.2 * view.k") > 4, "machines can be told apart before zooming"


def test_hostile_names_do_nothing(browser: Any, tmp_path: Path) -> None:
    hospital = small(
        name=HOSTILE,
        machines=(machine(HOSTILE, HOSTILE, worst="critical", vendor=HOSTILE, purpose=HOSTILE),),
        zones=(Zone(HOSTILE, HOSTILE, HOSTILE),),
        lines=(Line(HOSTILE, HOSTILE, HOSTILE, lands_in=HOSTILE),),
        doors=(Door(HOSTILE, HOSTILE, "remote"),),
        between=(),
        strangers=(),
    )
    for tab in _open(browser, tmp_path, hospital):
        tab.locator(".m-machine").first.click()
        assert "<script>alert(1)</script>" in tab.inner_text("#panel h2")
        tab.fill("#find", "<script>")
        assert tab.locator("#panel script, #panel img, #canvas script").count() == 0


@pytest.fixture
def opened_ways(browser: Any, tmp_path: Path) -> Iterator[Any]:
    yield from _open(browser, tmp_path, with_ways())


def test_a_way_in_shows_its_steps_one_after_the_other_with_evidence(opened_ways: Any) -> None:
    told = opened_ways.inner_text("#panel")
    assert "Ways in: 6" in told and told.index("Service VPN") < told.index("fw tunnel"), "those that reach most stand first"
    opened_ways.click("#panel .row >> text=Service VPN")
    assert opened_ways.locator(".m-paths .m-step").count() == 4 and opened_ways.locator(".m-paths .m-step-possible").count() == 1
    opened_ways.click("#panel details.path summary >> nth=0")
    opened_ways.wait_for_function("document.querySelectorAll('.m-paths .m-step').length === 3")
    told = opened_ways.inner_text("#panel")
    places = [told.index(words) for words in ("comes in", "permitrootlogin yes", "Taken away by: unplug the line", "to the records")]
    assert places == sorted(places)
    assert [one.text_content() for one in opened_ways.locator(".m-paths text").all()] == ["1", "2", "4"]
    opened_ways.keyboard.press("Escape")
    assert opened_ways.locator(".m-paths .m-step").count() == 0


def test_the_layer_shows_all_ways_and_those_that_are_cut(opened_ways: Any) -> None:
    opened_ways.click(".show summary")
    opened_ways.click("[data-layer=ways]")
    assert opened_ways.locator(".m-paths .m-step-cut").count() == 1
    opened_ways.click("[data-layer=ways]")
    assert opened_ways.locator(".m-paths .m-step").count() == 0


def test_a_door_tells_how_far_one_gets_through_it(opened_ways: Any) -> None:
    opened_ways.keyboard.press("Escape")
    opened_ways.locator(".m-entry", has_text="fw").last.dispatch_event("click")
    told = opened_ways.inner_text("#panel")
    assert "fw tunnel" in told and "fw wan1" in told and "cut 1" in told
