"""The list of outside lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from omamori.model.derived import Question
from omamori.model.ways_in import Entry
from omamori.report.paper.blocks import Gap, Grid, Items
from omamori.report.paper.declared import Declared
from omamori.report.paper.lines import lines_paper


def grids(declared: Declared) -> list[Grid]:
    return [block for block in lines_paper(declared, ()).blocks if isinstance(block, Grid)]


def test_every_line_stands_in_both_tables_and_gaps_are_marked(declared: Declared) -> None:
    who, how, _ = grids(declared)
    assert who.rows[0][0] == how.rows[0][0] == "PACS保守VPN"
    assert who.rows[0][4] == "FortiGate 60F" and isinstance(who.rows[0][6], Gap)
    assert how.rows[0][4].ja == "いいえ" and how.rows[0][8] == "2026-05-01" and isinstance(how.rows[0][3], Gap)  # type: ignore[union-attr]


def test_what_runs_without_a_line_is_told_with_its_evidence(declared: Declared, read: Callable[..., Declared]) -> None:
    assert grids(declared)[2].rows[0][:3] == ("受付PC", "anydesk", "abcabcabcabcabca")
    assert len(grids(read())) == 2


def test_only_a_yes_with_its_day_counts_as_asked(read: Callable[..., Declared]) -> None:
    def asked(answer: str | None, day: date | None) -> object:
        paper = lines_paper(read(Question(question="lines-asked-each-vendor", answer=answer, answered_on=day, answered_by="福井")), ())
        [items] = [block for block in paper.blocks if isinstance(block, Items)]
        return items.items[0][1]

    assert asked("yes", date(2026, 5, 1)) == "2026-05-01 福井"
    assert all(isinstance(asked(*said), Gap) for said in (("no", date(2026, 5, 1)), ("yes", None), (None, None)))


def test_a_way_in_that_a_device_shows_without_a_line_is_told(read: Callable[..., Declared]) -> None:
    shown = Entry(asset="fw", entry="fw lab", kind="line", device="fw", zone="DMZ", declared=False, observed=True, evidence="abc:9")
    known = Entry(asset="fw", entry="fw wan1", kind="internet", device="fw", declared=True, observed=True)
    program = Entry(asset="pc", entry="pc anydesk", kind="remote-software", machine="pc", declared=False, observed=True)
    last = grids(read(shown, known, program))[-1]
    assert [row[0] for row in last.rows] == ["fw lab"]
    assert last.rows[0][1].ja == "外部からの回線" and last.rows[0][4] == "abc"  # type: ignore[union-attr]
