"""What a purpose in the ledger means for care."""

from __future__ import annotations

import pytest

from omamori.report.paper.uses import OTHER, USES, use_of


@pytest.mark.parametrize(
    ("purpose", "word"),
    [
        ("電子カルテ", "電子カルテ"),
        ("電子カルテのバックアップ", "バックアップ"),
        ("CT撮影", "撮影"),
        ("CT console", "ct"),
        ("EHR database", "ehr"),
        ("PACS", "pacs"),
        ("ORCA", "orca"),
        ("Active Directory", "active directory"),
    ],
)
def test_the_words_of_a_purpose_are_understood(purpose: str, word: str) -> None:
    assert word in use_of(purpose).words


@pytest.mark.parametrize("purpose", ["director's files", "conflict", "文書", "", "Trisomy list"])
def test_a_short_word_inside_another_means_nothing(purpose: str) -> None:
    assert use_of(purpose) == OTHER


def test_what_others_need_comes_back_first() -> None:
    order = [use_of(purpose).recovery for purpose in ("認証", "バックアップ", "電子カルテ", "検体検査", "PACS", "医事会計", "その他")]
    assert order == sorted(order)
    assert all(1 <= use.recovery < OTHER.recovery for use in USES)
