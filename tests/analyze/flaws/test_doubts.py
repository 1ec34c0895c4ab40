"""Every doubt says in both languages what has to be confirmed."""

from __future__ import annotations

import re

from omamori.analyze.flaws.doubts import WORDS


def test_both_languages_and_no_blame():
    for code, word in WORDS.items():
        assert re.fullmatch(r"[a-z_]+", code)
        assert word.en.isascii() and re.search("[ぁ-ん]", word.ja), code
