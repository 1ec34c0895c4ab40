"""What the page knows of ways in: places by number, steps with evidence, and no name that could act."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from map_hospitals import HOSTILE, with_ways

from omamori.map.page.payload import references
from omamori.map.page.render import Line, render_page
from omamori.map.ways_in import WayIn, WaysIn


def data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


def test_entries_know_their_door_or_room_and_paths_their_places() -> None:
    known = data(render_page(with_ways(), "en", UTC, {"aa:1": Line("fw", "show run", "crypto map")}))
    ways: dict = known["ways"]  # type: ignore[assignment,type-arg]
    entries = {one["n"]: one for one in ways["entries"]}
    machines = [one["n"] for one in known["machines"]]  # type: ignore[attr-defined]
    doors = {one["n"]: number for number, one in enumerate(known["entries"])}  # type: ignore[var-annotated,arg-type]
    assert entries["Service VPN"]["p"] == ["e", doors["Service VPN"]] and entries["LAN usb"]["p"] == ["z", "LAN"]
    assert (entries["fw tunnel"]["s"], entries["Service VPN"]["s"], entries["Homepage"]["s"]) == ("found", "both", "declared")
    path = next(one for one in ways["paths"] if one["w"] == "Service VPN" and one["a"] == "ehr1")
    assert [step[4] for step in path["s"]] == [["z", "LAN"], *(["m", machines.index(name)] for name in ("pc1", "pc1", "ehr1"))]
    assert [step[1] for step in path["s"]] == ["aa:1", "", "", "cc:3"]
    assert ways["changes"][path["s"][0][3]] == "unplug the line (low cost, Vendor A)" and path["s"][2][3] == -1
    assert known["lines"] == {"aa:1": ["fw", "show run", "crypto map"]} and {"aa:1", "bb:2", "cc:3"} <= references(with_ways())
    door = next(one for one in known["entries"] if one["n"] == "Service VPN")  # type: ignore[attr-defined]
    assert [ways["entries"][number]["n"] for number in door["w"]] == ["Service VPN"]


def test_the_page_opens_with_the_entry_asked_for() -> None:
    one, every = (render_page(with_ways(), "en", UTC, ways_in=wanted) for wanted in ("Service VPN", "all"))
    assert data(one)["ways"]["start"] == 2 and data(every)["ways"]["start"] is None  # type: ignore[index]
    assert 'data-layer="ways" checked' in every and 'data-layer="ways" checked' not in one


def test_a_hostile_entry_stays_data() -> None:
    page = render_page(with_ways(ways=WaysIn(True, (WayIn(HOSTILE, zone=HOSTILE),))), "en", UTC)
    assert page.count("<script") == 2 and "<script>alert" not in page
