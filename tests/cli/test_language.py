"""Which language the user reads."""

from __future__ import annotations

import pytest

from omamori.cli.language import language_of


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"OMAMORI_LANG": "ja", "LC_ALL": "C"}, "ja"),
        ({"LC_MESSAGES": "ja_JP", "LANG": "de_DE"}, "ja"),
    ],
)
def test_the_first_setting_that_speaks_decides(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language
