"""Blocks: what is left open is counted, whatever it stands in, and both languages come out."""

from __future__ import annotations

from omamori.model.text import Text
from omamori.report.paper.blocks import (
    Boxes,
    Calls,
    Cut,
    Cuts,
    Gap,
    Grid,
    Heading,
    Items,
    Paper,
    Para,
    Side,
    Sides,
    Station,
    filled,
    gap,
    gaps_in,
    spoken,
)

OPEN = gap("電話番号", "telephone")
BLOCKS = (
    Heading(Text("体制", "Who"), 2),
    Para(("a", OPEN), quiet=True),
    Items((("b", OPEN), (OPEN,)), numbered=True),
    Grid((Text("列", "Column"),), ((OPEN,), ("c",)), (1,)),
    Calls((Station("d", OPEN, "e"),), ((Text("外", "Outside"), (Station(OPEN, "f", OPEN),)),)),
    Boxes((Station("g", "h", OPEN),)),
    Sides((Side(Text("する", "Do"), (Text("写真", "photographs"),)), Side(Text("しない", "Do not"), (), warns=True))),
    Cuts((Cut("line", "i", OPEN, "1", OPEN, "j", "k", OPEN),), {"line": Text("回線", "line")}, {"port": Text("口", "port")}),
)


def test_every_gap_is_counted() -> None:
    assert gaps_in(Paper("x", Text("題", "Title"), (), BLOCKS)) == 11


def test_blocks_speak_one_language() -> None:
    told = spoken(BLOCKS, "ja")
    assert [one["kind"] for one in told] == ["heading", "para", "items", "grid", "calls", "boxes", "sides", "cuts"]
    assert told[0] == {"kind": "heading", "text": "体制", "level": 2}
    assert told[1]["parts"] == ["a", {"gap": "未記入: 電話番号"}]
    assert told[4]["outside"][0][0] == "外"
    assert told[6]["sides"][0] == {"title": "する", "items": ["写真"], "warns": False}
    assert told[7]["cuts"][0]["kind"] == "line" and told[7]["kinds"] == {"line": "回線"} and told[7]["words"] == {"port": "口"}
    assert spoken(OPEN, "en") == {"gap": "to be filled in: telephone"}


def test_only_what_is_empty_is_a_gap() -> None:
    assert filled(0, "a", "b") == "0" and filled("x", "a", "b") == "x"
    assert isinstance(filled("", "a", "b"), Gap) and isinstance(filled(None, "a", "b"), Gap)
