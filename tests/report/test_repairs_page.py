"""How much the page of the order of work draws, and how numbers and ages are said."""

from __future__ import annotations

from datetime import date

import pytest
from tests.report.repair_rows import insert

from omamori.model.text import Text
from omamori.report.repairs import read_repairs
from omamori.report.repairs_known import KnownSource
from omamori.report.repairs_page import FIRST_SHOWN, MACHINES_SHOWN, TASKS_SHOWN, percent, repairs_page, source_said
from omamori.snapshot.database import Database


@pytest.mark.parametrize(("value", "said"), [(None, "–"), (0.944, "94%"), (0.031, "3.1%"), (0.00043, "0.043%"), (1.0, "100%"), (0.0, "0%")])
def test_a_probability_is_said_as_people_read_it(value, said) -> None:
    assert percent(value) == said


def test_a_source_is_said_with_its_age_and_that_it_is_old() -> None:
    old = source_said(KnownSource("jvn", Text("JVN", "JVN"), date(2026, 1, 1), 151, 45, 0, 0))
    assert (old.ja, old.en) == ("JVN 2026-01-01(151日前) 古くなっています", "JVN 2026-01-01 (151 days old), old")
    assert source_said(KnownSource("own", Text("表", "table"), None, None, None, 0, 0)).en == "table (no date)"


def test_what_is_left_out_is_counted() -> None:
    with Database() as database:
        insert(database, large=50)
        told = read_repairs(database)
    page = repairs_page(told)
    assert len(page["task_machines"]) == MACHINES_SHOWN and page["task_machines_more"] == len(told.machines) - MACHINES_SHOWN
    assert all(len(tasks) <= TASKS_SHOWN and len(tasks) + more == len(machine.tasks) for machine, tasks, more in page["task_machines"])
    assert len(page["works"]) + page["works_more"] == len(told.works) and len(page["works_first"]) == FIRST_SHOWN
    assert len(page["chains_told"]) + page["chains_more"] == len(told.missing)
