"""Why a copy is lost, survives or cannot be told: from the columns, the same in both languages."""

from __future__ import annotations

import re

import pytest

from omamori.model.backup_posture import BackupPosture
from omamori.report.backups_words import BACKUP_WORDS, ENDS, FATE, SYMBOL, offline_words, told, why


def row(**more) -> BackupPosture:
    return BackupPosture(asset="a", job="x", **more)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"fate": "lost", "fate_told": "same-device"}, "it lies inside the machine itself"),
        ({"fate": "lost", "fate_told": "reached: office; always-mounted"},
         "zones or ways in reach the place that keeps it (office), it stays attached for writing"),
        ({"fate": "lost"}, "whoever has the server can alter or delete it"),
        ({"fate": "survives"}, "it is cut off, or nobody can delete it"),
        ({"fate": "unknown"}, "not looked at"),
    ],
)  # fmt: skip
def test_why(columns, said) -> None:
    assert why(row(**columns)).en == said
    assert why(row(**columns)).ja


def test_only_what_was_seen_is_told_as_seen() -> None:
    assert offline_words(row(offline=True, offline_by="append-only")).en.startswith("yes, seen:")
    assert offline_words(row(offline_declared="yes")).en == "declared, not seen"
    assert offline_words(row(offline_declared="no")).en == "no, says the ledger"
    assert offline_words(row(offline=False, offline_declared="yes")).en == "no"
    assert offline_words(row()).en == "not known"
    assert (
        offline_words(row(offline_declared="yes", reached_from="office")).en
        == "yes, says the ledger; but it is within reach of the network"
    )
    assert offline_words(row(reached_from="office")).ja.startswith("ネットワークから届く")


def test_zones_of_a_machine_cannot_act() -> None:
    assert "\x1b" not in why(row(fate="lost", fate_told="reached: a\x1b[2J")).ja
    assert told(None).ja == ""


def test_every_word_is_said_in_both_languages() -> None:
    for words in (BACKUP_WORDS, ENDS, FATE):
        for name, text in words.items():
            assert text.ja and text.en and not re.search(r"[ぁ-んァ-ヶ一-龠]", text.en), name
    assert set(SYMBOL) == set(FATE) and len(set(SYMBOL.values())) == len(SYMBOL)
