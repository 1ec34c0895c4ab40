from __future__ import annotations

import pytest

from omamori.evaluate.told import told
from omamori.evaluate.wording import fill
from omamori.model.text import Text


@pytest.mark.parametrize(
    ("name", "value", "ja", "en"),
    [
        ("kind_told", "ransom-note", "脅迫文と思われるファイル", "a file that looks like a ransom note"),
        ("compared_told", "nothing", "比べるものがない", "nothing to compare with"),
        ("why_told", "unreachable", "つながらない", "it cannot be reached"),
        ("told", "declared-not-seen; read-repository", "台帳にあるだけで、確かめていない、", "declared, not seen, reading it"),
        ("told", "毎晩: lost; RDX: survives", "毎晩(一緒に失われる)、RDX(残る)", "毎晩 (lost with it), RDX (survives)"),
        (
            "told",
            "object-lock: 2026-03-01",
            "ロックの期限を保存先で確かめた(2026-03-01)",
            "its lock and the day it ends were seen (2026-03-01)",
        ),
        ("offline_told", "words of somebody", "words of somebody", "words of somebody"),
        ("chain_told", "ehr > nas > nothing left", "ehr → nas → 何も残らない", "ehr → nas → nothing left"),
        ("because_told", "database", "戻したダンプは", "the restored dump"),
        ("detail_told", "ransom-note 24 (12)", "24 件、12 のフォルダ", "24 files in 12 folders"),
        ("detail_told", "ransom-note of another form", "of another form", "of another form"),
        ("kind", "ransom-note", "ransom-note", "ransom-note"),
    ],
)
def test_codes_are_said_in_words_only_where_the_column_tells_why(name: str, value: str, ja: str, en: str) -> None:
    assert str(told(name, value, "ja")).startswith(ja)
    assert str(told(name, value, "en")).startswith(en)


def test_what_is_no_text_stays() -> None:
    assert told("told", None, "ja") is None
    assert told("chain_told", 3, "en") == 3


def test_a_message_says_them_too() -> None:
    message = Text("{asset}: {kind_told} {told}", "{asset}: {kind_told} {told}")
    row = {"asset": "told", "kind_told": "renamed", "told": None}
    types = dict.fromkeys(row, "VARCHAR")
    assert fill(message, row, types) == Text(
        "told: 同じ語尾を付けて一斉に名前が変わった なし", "told: many files got the same new ending none"
    )
