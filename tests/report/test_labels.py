from __future__ import annotations

import re
from importlib.resources import files

from omamori.report.labels import LABELS

TEMPLATES = files("omamori.report").joinpath("templates")


def _used() -> set[str]:
    used: set[str] = set()
    for entry in TEMPLATES.iterdir():
        text = entry.read_text(encoding="utf-8")
        if entry.name.endswith(".js"):
            used |= set(re.findall(r'\bL\("(\w+)"\)', text))
        if entry.name.endswith(".j2"):
            used |= set(re.findall(r"\bL\.(\w+)", text))
    return used


def test_no_page_asks_for_a_label_that_is_not_there() -> None:
    used = _used()
    assert len(used) > 50
    assert used - set(LABELS) == set()


def test_every_label_is_said_in_both_languages() -> None:
    for name, label in LABELS.items():
        assert label.ja and label.en, name
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", label.en), name
