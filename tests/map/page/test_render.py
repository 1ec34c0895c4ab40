"""The page: one file, a policy by hash, and nothing a machine says can act in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from datetime import UTC
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from map_hospitals import HOSTILE, machine, small

from omamori.map.hospital import Door, Line, Zone
from omamori.map.page.closed import for_script
from omamori.map.page.payload import references
from omamori.map.page.render import Line as EvidenceLine
from omamori.map.page.render import render_page


def hashed(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def parts(page: str) -> tuple[str, str, str]:
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    script = re.search(r"<script>(.*?)</script>", page, re.S)
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert style and script and data
    return style[1], script[1], data[1]


def test_the_policy_allows_only_its_own_style_and_script() -> None:
    page = render_page(small(), "en", UTC)
    style, script, _ = parts(page)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy and "default-src &#39;none&#39;" in policy[1]
    assert hashed(style) in policy[1] and hashed(script) in policy[1]
    assert page.count("<script") == 2 and page.count("<style") == 1
    assert not re.search(r"""(src|href)=["'](?!#)""", page), "it asks for nothing"
    assert " style=" not in page and not re.search(r"<[^>]*\son\w+=", page), "the policy would refuse them"


def test_it_knows_machines_doors_and_their_evidence() -> None:
    page = render_page(
        small(), "en", UTC, {"aa:1": EvidenceLine("ehr1", "cat x", "PermitRootLogin yes"), "zz:9": EvidenceLine("other", "", "")}
    )
    data = json.loads(parts(page)[2])
    ehr = next(one for one in data["machines"] if one["n"] == "ehr1")
    assert (ehr["m"], ehr["c"], ehr["i"], ehr["z"]) == ("critical", [1, 0, 0, 0], True, "LAN")
    assert ehr["f"] == [[0, "ehr1 found", "aa:1"]]
    assert data["lines"] == {"aa:1": ["ehr1", "cat x", "PermitRootLogin yes"]}, "only what the page can point to"
    entry = next(one for one in data["entries"] if one["n"] == "Service VPN")
    assert (entry["m"], entry["r"], entry["v"]) == ("critical", ["LAN"], "Vendor A")
    assert data["rooms"] == [["DMZ", "LAN", 1, True]]
    assert {"aa:1", "bb:2"} <= references(small())


def test_numbers_of_the_drawing_are_those_of_the_data() -> None:
    page = render_page(small(), "ja", UTC)
    data = json.loads(parts(page)[2])
    told = re.findall(r'<g class="m-machine" data-m="(\d+)"[^>]*><title>([^<]+)</title>', page)
    assert told and all(data["machines"][int(number)]["n"] == name for number, name in told)
    assert len(told) == len(data["machines"]), "the small hospital has room for all by name"


def test_hostile_names_neither_end_the_script_nor_become_markup() -> None:
    hospital = small(
        name=HOSTILE,
        machines=(machine(HOSTILE, HOSTILE, worst="critical", vendor=HOSTILE, purpose=HOSTILE),),
        zones=(Zone(HOSTILE, HOSTILE, HOSTILE),),
        lines=(Line(HOSTILE, HOSTILE, HOSTILE, lands_in=HOSTILE),),
        doors=(Door(HOSTILE, HOSTILE, "remote"),),
        between=(),
        strangers=(),
    )
    page = render_page(hospital, "en", UTC, {"aa:1": EvidenceLine(HOSTILE, HOSTILE, "</script>" + HOSTILE)})
    assert "<script>alert" not in page
    assert page.count("</script>") == 2
    assert json.loads(parts(page)[2])["machines"][0]["n"] == HOSTILE


def test_json_in_a_script_element_holds_no_character_of_markup() -> None:
    text = "</script><!--\u2028\u2029&"
    packed = for_script({"a": text})
    assert not set("<>&\u2028\u2029") & set(packed)
    assert json.loads(packed) == {"a": text}


def test_the_same_hospital_gives_the_same_bytes() -> None:
    assert render_page(small(), "ja", UTC) == render_page(small(), "ja", UTC)
    assert render_page(small(), "ja", UTC) != render_page(small(), "en", UTC)
