"""Why a copy is lost, survives or cannot be told: from the columns, the same in both languages."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from omamori.model.backup_posture import BackupPosture
from omamori.report.backups_words import BACKUP_WORDS, ENDS, FATE, SYMBOL, offline_words, why


def row(**more) -> BackupPosture:
    return BackupPosture(asset="a", job="x", **more)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"fate": "lost", "other_device": False, "same_account": True}, "it lies inside the server itself"),
        ({"fate": "lost", "same_account": True, "reached_from": "office"}, "the server's administrator can delete it; within reach of office"),
        ({"fate": "lost", "domain_admin": True, "same_domain": True}, "the domain's administrators can delete it"),
        ({"fate": "lost", "same_domain": True}, "in the same domain as the server"),
        ({"fate": "lost"}, "whoever has the server can alter or delete it"),
        ({"fate": "survives", "offline": True, "offline_by": "not-reached"}, "the rules let no zone reach it"),
        ({"fate": "survives", "offline": True, "offline_by": "object-lock", "locked_until": datetime(2026, 7, 1)},
         "its lock and the day it ends were seen; locked until 2026-07-01"),
        ({"fate": "survives", "offline": True, "offline_by": "medium-out", "last_offline": date(2026, 5, 1)},
         "the medium that was read was out when looked at later; last cut off on 2026-05-01"),
        ({"fate": "unknown", "offline_declared": "yes", "offline_by": "declared", "observed": True},
         "cut off as the ledger says, not seen; what reaches it is not known"),
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


def test_zones_of_a_machine_cannot_act() -> None:
    assert "\x1b" not in why(row(fate="lost", reached_from="a\x1b[2J")).ja


def test_every_word_is_said_in_both_languages() -> None:
    for words in (BACKUP_WORDS, ENDS, FATE):
        for name, text in words.items():
            assert text.ja and text.en and not re.search(r"[ぁ-んァ-ヶ一-龠]", text.en), name
    assert set(SYMBOL) == set(FATE) and len(set(SYMBOL.values())) == len(SYMBOL)
