"""Whether the window was an administrator's: said by SID, in any language, and only where it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from omamori.parse.windows.forms.whoami_groups import elevated
from omamori.parse.windows.session import read_session

SAMPLE = (Path(__file__).parent / "data" / "whoami_groups" / "admin_ja.txt").read_text(encoding="utf-8")


def level(text: str) -> bool | None:
    return elevated(read_session(text.encode()).pieces)


@pytest.mark.parametrize(("sid", "said"), [("12288", True), ("16384", True), ("8192", False), ("8448", False)])
def test_the_integrity_level_decides(sid: str, said: bool) -> None:
    assert level(SAMPLE.replace("12288", sid)) is said


def test_two_windows_are_the_lesser_of_them() -> None:
    assert level(f"C:\\>whoami /groups\n{SAMPLE}\nC:\\>whoami /groups\n{SAMPLE.replace('12288', '8192')}\nC:\\>") is False


def test_without_the_output_nothing_is_known() -> None:
    assert level("") is None
    assert level(SAMPLE.split("Mandatory")[0]) is None
