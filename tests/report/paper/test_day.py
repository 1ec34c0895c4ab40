"""The page for the day as a whole: what hangs on the wall is two or three pages, whatever the ledger holds."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from omamori.knowledge.editions import edition_for
from omamori.model.declared import Contact, CutPoint, LedgerAsset, RecoveryNeed, Vendor
from omamori.model.text import LANGUAGES, Language
from omamori.report.paper.blocks import Boxes, Cuts, Gap, Grid, Sides, gaps_in, spoken
from omamori.report.paper.day import day_paper
from omamori.report.paper.declared import Declared
from omamori.report.paper.papers import build, paper_data, render_paper
from omamori.report.paper.word import render_word

MOMENT = datetime(2026, 6, 1, 9, 0)
NOW = MOMENT.replace(tzinfo=UTC)
CHOICE = edition_for("checklist", "hospital", date(2026, 1, 15))


def data_of(declared: Declared, language: Language) -> dict[str, Any]:
    return paper_data(build("day", declared, "20260601-090000", MOMENT, UTC, CHOICE), declared, MOMENT, UTC, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hospital_that_is_ready_has_it_on_three_pages_at_most(ready: Declared, language: Language, pdf: Any) -> None:
    printed = pdf(render_paper(data_of(ready, language), language, MOMENT))
    assert printed.count <= 3 and printed.misplaced() == []
    text = printed.text()
    assert "〓" not in text and "[U+" not in text, "every letter of ours is in the font"
    for word in ("NASの線", "赤B-01", "院長室の金庫", "00-0000-0009", "2026-11-20"):
        assert word in text
    assert render_word(data_of(ready, language), language, MOMENT)[:2] == b"PK"


def test_what_to_do_and_who_decides_come_first(ready: Declared) -> None:
    blocks = day_paper(ready, (), NOW).blocks
    kinds = [type(block) for block in blocks]
    assert kinds[0] is Sides and kinds.index(Boxes) < kinds.index(Cuts) < kinds.index(Grid)
    first = spoken(blocks[0], "ja")["sides"]
    assert "写真" in str(first[0]) and "電源を切らない" in str(first[1]) and "初期化" in str(first[1])
    boxes = next(block for block in blocks if isinstance(block, Boxes))
    assert [station.phone for station in boxes.stations] == ["00-0000-0003", "00-0000-0002", "00-0000-0009", "00-0000-0001"]


def test_a_number_is_never_guessed(declared: Declared) -> None:
    boxes = next(block for block in day_paper(declared, (), NOW).blocks if isinstance(block, Boxes))
    assert boxes.stations[0].name == "当直の責任者(規程第7号)" and isinstance(boxes.stations[0].phone, Gap)


def test_whom_to_call_begins_inside_and_outside_with_who_keeps_what_care_depends_on(read: Any) -> None:
    held = read(
        Vendor(vendor="あ社", phone="1"), Vendor(vendor="い社", phone="2"), LedgerAsset(asset="s", important="yes", vendor="い社"),
        Contact(duty="院長", name="山田", phone="0"),
    )  # fmt: skip
    calls = next(block for block in day_paper(held, (), NOW).blocks if isinstance(block, Grid))
    assert [row[3] for row in calls.rows if isinstance(row[3], str)] == ["0", "2", "1"] and calls.whole


def test_from_an_empty_ledger_it_is_printed_too_and_all_is_marked(read: Any, pdf: Any) -> None:
    empty = read()
    assert gaps_in(day_paper(empty, (), NOW)) > 40
    printed = pdf(render_paper(data_of(empty, "ja"), "ja", MOMENT))
    assert printed.count <= 3 and printed.misplaced() == []


def test_ten_times_the_hospital_says_what_was_cut(read: Any, pdf: Any) -> None:
    rows = [CutPoint(place=f"切る場所{number}", kind="line", position=number) for number in range(40)]
    rows += [LedgerAsset(asset=f"サーバ{number}", purpose=f"用途{number}", important="yes", recovery_order=number) for number in range(80)]
    rows += [RecoveryNeed(need=f"鍵{number}", kind="key") for number in range(40)]
    rows += [Contact(duty=f"役割{number}", name=f"氏名{number}") for number in range(60)]
    printed = pdf(render_paper(data_of(read(*rows), "ja"), "ja", MOMENT))
    assert printed.count <= 5 and printed.misplaced() == []
    assert "ほか68件" in printed.text(), "80 systems, twelve of them shown"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_words_neither_act_nor_leave_their_place(ready: Declared, hostile: tuple[str, ...], language: Language, pdf: Any) -> None:
    kept = ("kind", "role", "important", "medium", "question", "answer", "source", "evidence")

    def harmful(row: Any, number: int) -> Any:
        texts = [one.name for one in dataclasses.fields(row) if isinstance(getattr(row, one.name), str) and one.name not in kept]
        return dataclasses.replace(row, **{one: hostile[(number + place) % len(hostile)][:300] for place, one in enumerate(texts)})

    changed = {
        one.name: tuple(harmful(row, number) for number, row in enumerate(getattr(ready, one.name)))
        for one in dataclasses.fields(ready)
        if isinstance(getattr(ready, one.name), tuple) and one.name != "sources"
    }
    held = dataclasses.replace(ready, site=harmful(ready.site, 1), **changed)
    printed = pdf(render_paper(data_of(held, language), language, MOMENT))
    assert printed.misplaced() == [] and "root:" not in printed.text()
    assert render_word(data_of(held, language), language, MOMENT)[:2] == b"PK"
