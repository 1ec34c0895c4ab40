"""The page to type from: every command once, both languages, no word a browser would fetch."""

from __future__ import annotations

import html
import re

import pytest

from omamori.collect.windows.commands import commands
from omamori.collect.windows.guide import guide_page


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_command_stands_on_the_page(language: str) -> None:
    page = guide_page(language)
    typed = [html.unescape(word) for word in re.findall(r"<code>(.*?)</code>", page)]
    for command in commands():
        assert typed.count(command.typed) == (1 if command.by_hand else 0)
        assert not command.other or command.typed_otherwise in typed
    assert "http" not in page
    assert page == guide_page(language)


def test_the_japanese_page_asks_for_consent_first() -> None:
    page = guide_page("ja")
    assert page.index("業者・メーカーの了解") < page.index("<code>")
    assert "職員へのお知らせ" in page
