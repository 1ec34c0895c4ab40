"""The plan in words: what a person must not miss is there, in both languages."""

from __future__ import annotations

import pytest
from tests.respond.bastion.small import LINE, filled, rows

from omamori.model.text import Language
from omamori.model.ways_in import Entry
from omamori.respond.bastion.document import STATES, document
from omamori.respond.bastion.facts import read_facts
from omamori.respond.bastion.plan import make_plan
from omamori.respond.bastion.text import configurations


def words(language: Language, **more: bool) -> str:
    unseen = Entry(asset="lab line", entry="lab line", line="lab line", device="unknown box", declared=True)
    with filled([*rows(**more), unseen]) as database:
        plan = make_plan(database)
        files = configurations(plan.edits, read_facts(database))
    told = document(plan, files, {one.device: (f"{one.device}.apply", f"{one.device}.undo") for one in files if one.apply})
    return "\n".join(one.text.say(language) for one in told)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("ja", ["一つの入口", f"まだ開いています: {LINE} [vpn:7]", "届く: ehr 3389/tcp", "確かめる相手: Records Ltd、IT desk", "戻すファイル: vpn.undo", "試験:",
                "lab line: 終わる機器か、そのインターフェースの設定を見ていない", "最後に外せる規則: inet f forward: r3"]),
        ("en", ["The one door", f"still open: {LINE} [vpn:7]", "reaches ehr 3389/tcp", "ask Records Ltd, IT desk", "undo: vpn.undo", "test:",
                "lab line: the device it ends on, or its interface there, was not looked at", "can be taken away in the end: inet f forward: r3"]),
    ],
)  # fmt: skip
def test_what_counts_is_said(language: Language, wanted: list[str]) -> None:
    told = words(language)
    assert [word for word in wanted if word not in told] == []


def test_without_a_door_the_needs_are_said_and_no_order() -> None:
    told = words("en", dmz=False, jump=False)
    assert "There is none yet" in told and "needed: " in told and "The order" not in told


def test_every_state_has_a_word() -> None:
    assert set(STATES) == {"done", "open", "unknown", "gone"} and all(text.ja and text.en for text in STATES.values())
