"""The picture with the stages of a block: a ring for each stage at each place, dashed where something is missing."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from omamori.map.cuts import Mark, cuts_picture
from omamori.map.hospital import Hospital, Machine, Zone
from omamori.model.text import Text

NS = "{http://www.w3.org/2000/svg}"
HOSPITAL = Hospital(
    name="H",
    zones=(Zone("wards", "ehr"), Zone("copies", "backup")),
    zones_known=True,
    machines=(Machine("nas", zone="copies", observed=True),),
)
WORDS = {1: Text("控え <b>", "copies <b>"), 4: Text("病棟", "wards")}


def rings(svg: str) -> list[tuple[str, str]]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    found = [one for one in root.iter(f"{NS}circle") if (one.get("class") or "").startswith("m-stage")]
    return [(one.get("class") or "", one.get("cx") or "") for one in found]


def test_each_stage_has_one_ring_at_a_place_and_is_ready_only_when_all_it_cuts_there_is() -> None:
    marks = [Mark(1, ("nas",)), Mark(4, ("wards",)), Mark(4, ("wards",), ready=False), Mark(1, ("wards",)), Mark(2, (), ("nobody",))]
    found = rings(cuts_picture(HOSPITAL, "en", marks, WORDS))
    assert sorted(look for look, _ in found) == ["m-stage", "m-stage", "m-stage-needs"] and len({place for _, place in found}) == 3


def test_the_words_stand_below_and_are_escaped_in_both_languages() -> None:
    for language, word in (("ja", "病棟"), ("en", "wards")):
        svg = cuts_picture(HOSPITAL, language, [], WORDS)  # type: ignore[arg-type]
        root = ET.fromstring(svg)  # noqa: S314 - our own
        texts = [one.text or "" for one in root.iter(f"{NS}text")]
        assert any(text.startswith("4  ") and word in text for text in texts) and any("<b>" in text for text in texts)
