from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.answer_sheet import ITEM_COLUMNS, ROUND_COLUMNS, row_key, split_key
from omamori.model.tables import TABLES

WORDS = st.text(st.characters(exclude_characters="#", exclude_categories=["Z", "C"]), min_size=1)


@given(standard=WORDS, item=st.text(min_size=1), number=WORDS)
def test_a_key_says_what_it_was_made_of(standard: str, item: str, number: str) -> None:
    assert split_key(row_key(standard, item, number)) == (standard, item, number)


def test_an_item_without_a_number_has_a_key_that_survives_trimming() -> None:
    key = row_key("checklist/r7-hospital", "+手で足した # 項目", "")
    assert key == key.strip() and split_key(key) == ("checklist/r7-hospital", "+手で足した # 項目", "+")


@pytest.mark.parametrize("text", ["", "omamori:shown", "2-⑥", "a # b", " #  # "])
def test_other_words_are_no_key(text: str) -> None:
    assert split_key(text) is None


def test_the_columns_are_those_of_the_table() -> None:
    table = TABLES["item_answers"]
    assert {*ROUND_COLUMNS, *ITEM_COLUMNS} == {column.name for column in table.columns} - {
        "standard",
        "item",
        "vendor",
        "round",
        "source",
        "evidence",
    }
