"""The Word file: opens, has headings to navigate by, tables that repeat their head, marked gaps, nothing that acts."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
import pytest

from omamori.report.paper import word
from omamori.report.paper.render import PaperError
from omamori.report.paper.word import NO_WORD, render_word

MOMENT = datetime(2026, 6, 1, 9, 0)
STATION = {"duty": "院長", "name": "山田", "phone": {"gap": "未記入: 電話番号"}}
CUT = {"kind": "line", **{name: name.upper() for name in ("name", "device", "port", "cable", "room", "who", "stops")}}
CUT_WORDS = {name: name for name in ("kind", "inside", "copies", "outside", "zones", "machines", *CUT)}
DATA = {
    "title": "題\x0b",
    "author": "お守り",
    "site": "病院",
    "draft": "下書き",
    "gaps": "未記入 2 か所",
    "about": ["根拠"],
    "wide": True,
    "foot": "足",
    "words": {"inside": "院内", "outside": "院外", "name": "氏名", "phone": "電話", "desk": "窓口"},
    "blocks": [
        {"kind": "heading", "text": "章", "level": 1},
        {"kind": "heading", "text": "節", "level": 2},
        {"kind": "para", "parts": ["文", {"gap": "未記入: 何か"}], "quiet": True},
        {"kind": "items", "items": [["一"], ["二"]], "numbered": True},
        {"kind": "items", "items": [["点"]], "numbered": False},
        {"kind": "grid", "columns": ["甲", "乙"], "rows": [["\x00\x1b<w:p/>&", {"gap": "未記入: 乙"}]], "widths": [1, 3]},
        {"kind": "calls", "chain": [STATION], "outside": [["警察", [STATION]]]},
        {"kind": "boxes", "stations": [STATION]},
        {
            "kind": "sides",
            "sides": [
                {"title": "する", "items": ["写真", "時刻"], "warns": False},
                {"title": "しない", "items": ["初期化"], "warns": True},
            ],
        },
        {"kind": "cuts", "kinds": {"line": "回線"}, "cuts": [CUT], "words": CUT_WORDS},
    ],
}


def test_it_holds_what_it_was_given() -> None:
    made = render_word(DATA, "ja", MOMENT)
    file = docx.Document(io.BytesIO(made))
    styles = {one.text: one.style.name for one in file.paragraphs if one.style is not None}
    assert styles["章"] == "Heading 1" and styles["節"] == "Heading 2" and styles["点"] == "List Bullet" and "2. 二" in styles
    grid, chain, outside, boxes, sides, cut = file.tables
    assert grid.rows[1].cells[0].text == "␀␛<w:p/>&" and grid.rows[1].cells[1].text == "未記入: 乙"
    assert grid.columns[1].width == pytest.approx(3 * (grid.columns[0].width or 0), rel=0.01)
    assert chain.rows[1].cells[1].text == "院長" and outside.rows[1].cells[0].text == "警察"
    assert boxes.rows[1].cells[0].text == "院長"
    assert [[cell.text for cell in row.cells] for row in sides.rows] == [["する", "しない"], ["□ 写真", "× 初期化"], ["□ 時刻", ""]]
    assert [cell.text for cell in cut.rows[1].cells] == ["1", "回線", "NAME", "DEVICE", "PORT", "CABLE", "ROOM", "WHO", "STOPS"]
    assert (file.sections[0].page_width or 0) > (file.sections[0].page_height or 0)
    assert file.core_properties.created is not None and file.core_properties.created.replace(tzinfo=None) == MOMENT


def test_gaps_are_shaded_and_heads_repeat() -> None:
    with zipfile.ZipFile(io.BytesIO(render_word(DATA, "ja", MOMENT))) as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count("tblHeader") == 6 and body.count('w:fill="FDF3D7"') >= 5


def test_a_missing_part_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "find_spec", lambda name: None)
    with pytest.raises(PaperError) as told:
        render_word(DATA, "ja", MOMENT)
    assert told.value.text == NO_WORD and "\n" not in NO_WORD.ja + NO_WORD.en
