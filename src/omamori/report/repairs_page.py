"""What the page of the order of work draws: as much as a page can hold, and how much more the workbook has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from omamori.model.text import Text
from omamori.report.repairs import MachineTasks, Repairs, Task
from omamori.report.repairs_known import KnownSource
from omamori.report.repairs_picture import repairs_picture
from omamori.report.repairs_words import CANNOT, REPAIR_WORDS

WORKS_SHOWN = 40
MACHINES_SHOWN = 40
TASKS_SHOWN = 6
CHAINS_SHOWN = 60
FIRST_SHOWN = 3


def repairs_page(repairs: Repairs) -> dict[str, Any]:
    """Return the names the template `repairs.html.j2` reads."""
    return {
        "RW": REPAIR_WORDS,
        "cannot_words": CANNOT,
        "works": repairs.works[:WORKS_SHOWN],
        "works_more": max(0, len(repairs.works) - WORKS_SHOWN),
        "works_first": repairs.first[:FIRST_SHOWN],
        "task_machines": [_tasks(machine) for machine in repairs.machines[:MACHINES_SHOWN]],
        "task_machines_more": max(0, len(repairs.machines) - MACHINES_SHOWN),
        "chains_told": repairs.missing[:CHAINS_SHOWN],
        "chains_more": max(0, len(repairs.missing) - CHAINS_SHOWN),
        "closing": repairs_picture(repairs.doable),
        "percent": percent,
        "source_said": source_said,
    }


def _tasks(machine: MachineTasks) -> tuple[MachineTasks, Sequence[Task], int]:
    return machine, machine.tasks[:TASKS_SHOWN], max(0, len(machine.tasks) - TASKS_SHOWN)


def percent(value: float | None) -> str:
    """Return a probability as people read it: 94%, 3.1%, 0.04%; a dash where nobody published one."""
    if value is None:
        return "–"
    hundred = value * 100
    return f"{hundred:.0f}%" if hundred >= 10 else f"{hundred:.2g}%"


def source_said(source: KnownSource) -> Text:
    """Return one source with its age, and that it is old where it is."""
    if source.as_of is None or source.age is None:
        ja, en = f"{source.title.ja}({REPAIR_WORDS['undated'].ja})", f"{source.title.en} ({REPAIR_WORDS['undated'].en})"
    else:
        day = source.as_of.isoformat()
        ja = f"{source.title.ja} {day}({source.age}{REPAIR_WORDS['days'].ja})"
        en = f"{source.title.en} {day} ({source.age} {REPAIR_WORDS['days'].en})"
    return Text(f"{ja} {REPAIR_WORDS['old'].ja}", f"{en}, {REPAIR_WORDS['old'].en}") if source.old else Text(ja, en)
