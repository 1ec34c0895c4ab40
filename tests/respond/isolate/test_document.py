"""The words of the block: states, what is missing, who decides, and no verdict that says too much; both languages say the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.respond.isolate.ward import block_of

from omamori.model.declared_network import Zone, ZoneNetwork
from omamori.respond.isolate.document import document, overview, state_of, told
from omamori.respond.isolate.parts import Block, StageNumber
from omamori.respond.isolate.sheet import day_sheet
from omamori.respond.told import Line

FORBIDDEN = ("安全", "合格", "準拠", "問題なし", "compliant", " safe")


@pytest.fixture(scope="module")
def block() -> Block:
    return block_of(machines=("nurses",))


def words(lines: list[Line], language: str = "en") -> str:
    return "\n".join(one.text.en if language == "en" else one.text.ja for one in lines)


def test_the_overview_names_the_state_of_each_stage_and_says_that_nothing_was_touched(block: Block) -> None:
    lines = list(overview(block))
    heads = [one.text.en for one in lines if one.level == 1]
    assert [head[0] for head in heads] == ["1", "2", "3", "4", "5"] and "ready (1/1)" in heads[0] and "something is missing" in heads[1]
    assert "no device was touched" in words(lines) and "診療の責任者が決めます" in words(lines, "ja")
    assert words(lines).count("nobody is named who decides") == 4, "what several cuts of a stage lack is said once"


def test_a_stage_that_nobody_knows_anything_of_is_not_ready_and_says_what_to_enter() -> None:
    block = block_of(without=Zone)
    bare = Block(block.snapshot, block.moment, (), (), (), ())
    assert [state_of(bare, stage) for stage in StageNumber] == ["nothing", "nothing", "nothing", "nothing", "on-call"]
    assert "ask every vendor" in words(list(overview(bare)))
    assert all(stage.of(StageNumber.BORDERS) for stage in [block_of()]) and not block_of(without=ZoneNetwork).of(StageNumber.BORDERS)


def test_the_whole_document_holds_files_people_previews_and_limits(block: Block) -> None:
    names = {"1-backup": {"apply": "a.nft", "undo": "u.nft", "timed": "t.nft", "confirm": "c.nft"}}
    text = words(list(document(block, names)))
    for part in (
        "load: a.nft, undo: u.nft",
        "goes back by itself: t.nft",
        "decides: deputy; may cut: on duty; paper: form 1",
        "alarms: 10.1.1.40",
    ):
        assert part in text, part
    assert "[clinical] records -> nas tcp/22, copies, bearable for 2 h, instead: tape (designed only)" in text
    assert "tried on a real device" not in words(list(document(block, {"1-backup": names["1-backup"]})))
    both = text + words(list(document(block, names)), "ja")
    assert not any(word in both for word in FORBIDDEN)


def test_a_text_from_documents_says_so() -> None:
    block = block_of(system="cisco-ios")
    cut = next(one.cut for one in block.written if one.cut.device == "vpn" and one.apply)
    text = words(list(document(block, {cut.name: {"apply": "a", "undo": "u"}})))
    assert "not tried on a real device" in text


def test_nothing_seen_is_never_told_as_nothing_stops(block: Block) -> None:
    quiet = next(one for one in block.previews if not one.stopped)
    assert "others may stop" in words(list(told(quiet))) and "止まらないとは言えません" in words(list(told(quiet)), "ja")


def test_the_page_for_the_day_never_leaves_out_care_unsaid(block: Block) -> None:
    first = block.previews[0]
    stops = tuple(replace(first.stopped[0], asset=f"server {number}", clinical=True, bearable_hours=number or 0) for number in range(5))
    many = replace(block, previews=(replace(first, stopped=stops), *block.previews[1:]))
    page = day_sheet(many, "en")
    assert "server 0 0h" in page and "2 more (isolate.md)" in page and "block.sh undo all" in page
    unknown = replace(block, previews=(replace(first, stopped=(), blind=True), *block.previews[1:]))
    assert "not known: take it that all does" in day_sheet(unknown, "en") and "分からない" in day_sheet(unknown, "ja")
    assert "which clinical flows stop is not known" in words(list(overview(unknown)))
    assert "could not be worked out" in words(list(told(unknown.previews[0])))
    crowd = replace(block, never=tuple(replace(block.never[0], name=f"flow {number}") for number in range(25)))
    assert "5 more (isolate.md)" in day_sheet(crowd, "en")


def test_the_page_for_the_day_has_boxes_and_escapes_what_others_wrote(block: Block) -> None:
    cuts = (replace(block.cuts[0], name="1-<script>", decides="<b>"), *block.cuts[1:])
    hostile = replace(block, cuts=cuts)
    for language in ("ja", "en"):
        page = day_sheet(hostile, language)
        assert "<script" not in page and "<b>" not in page and "&lt;script&gt;" in page
        assert page.count("<h2>") == 6 and 'class="q"' in page
    assert "Signature" in day_sheet(block, "en") and "署名" in day_sheet(block, "ja") and "alarms" in day_sheet(block, "ja")
