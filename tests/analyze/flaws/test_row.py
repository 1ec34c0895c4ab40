"""One row of a fact of the pack."""

from __future__ import annotations

from omamori.analyze.flaws.row import SOURCE, flaw_row
from omamori.knowledge.pack import Match, starter_pack

ETERNAL_BLUE = next(flaw for flaw in starter_pack().flaws if flaw.flaw == "CVE-2017-0144")


def test_a_row_names_its_fact_and_how_sure_it_is() -> None:
    row = flaw_row("line", "line", Match(ETERNAL_BLUE, undecided=True), "1.0", "beef:1")
    assert (row.subject_kind, row.version, row.undecided, row.name, row.source) == ("line", "1.0", True, "EternalBlue", SOURCE)
    assert row.fact == f"{ETERNAL_BLUE.source} ({ETERNAL_BLUE.as_of}, high)"
