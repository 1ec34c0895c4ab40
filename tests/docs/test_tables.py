"""Every sentence of the model has its Japanese, so that no page is half English."""

from __future__ import annotations

from pages import tables


def test_every_sentence_has_its_japanese() -> None:
    known = tables.japanese()
    missing = [sentence for sentence in tables.sentences() if sentence not in known]
    assert missing == [], "add it to docs/tables.ja.yaml"


def test_no_japanese_is_left_over() -> None:
    unused = set(tables.japanese()) - set(tables.sentences())
    assert unused == set(), "no longer in the model: take it out of docs/tables.ja.yaml"
