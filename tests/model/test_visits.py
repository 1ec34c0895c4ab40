"""Every reason to visit has points, words in both languages, and is one the analyzer gives."""

from __future__ import annotations

from omamori.analyze.lookalikes import ANALYZER as LOOKALIKES
from omamori.analyze.visits import POINTS
from omamori.model.tables import TABLES
from omamori.model.visits import ALIKE_BASES, VISIT_REASONS


def test_every_reason_has_points_and_words() -> None:
    assert {value.code for value in VISIT_REASONS} == set(POINTS)
    assert all(value.label.ja and value.label.en for value in (*VISIT_REASONS, *ALIKE_BASES))


def test_no_table_of_look_alikes_has_a_place_for_a_verdict() -> None:
    for table in (*LOOKALIKES.fills, "visit_candidates", "visit_reasons"):
        names = {column.name for column in TABLES[table].columns}
        assert "evidence" in names and not names & {"verdict", "severity", "check_id"}
