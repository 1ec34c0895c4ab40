"""Every word of the order of work is in both languages, and none of them judges or promises."""

from __future__ import annotations

from omamori.report.repairs_words import BASIS, CANNOT, REACHED, REPAIR_WORDS, TIER


def test_every_word_is_in_both_languages() -> None:
    for words in (TIER, REACHED, CANNOT, BASIS, REPAIR_WORDS):
        for text in words.values():
            assert text.ja.strip() and text.en.strip()
            assert not any(word in text.ja for word in ("安全", "準拠", "合格", "違反", "危険"))


def test_every_tier_and_reason_has_its_word() -> None:
    assert sorted(TIER) == [1, 2, 3, 4] and {"entry", "listener", ""} == set(REACHED) and {"exception", "no_fix"} == set(CANNOT)
