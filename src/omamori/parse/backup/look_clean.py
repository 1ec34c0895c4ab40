"""Which generation is the newest without a trace of an attacker. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.parse.backup.look_record import Run, Sign

PERSISTENT = frozenset({"looks-encrypted", "renamed", "ransom-extension", "ransom-note", "canary-changed"})
"""Signs that stay in the generations after it: what was encrypted does not become readable by itself. A sudden change alone says nothing of contents."""


def clean_run(runs: Sequence[Run], signs: Sequence[Sign]) -> Run | None:
    """Return the newest generation that was compared and shows no trace, nor does any before it of the same host; None where there is none.

    In: `runs` oldest first. A certain sign of a generation that is gone holds for the later ones of its host.
    """
    there = {run.id for run in runs}
    traced = {one.generation for one in signs if one.kind in PERSISTENT}
    tainted = {one.host for one in signs if one.kind in PERSISTENT and one.certain and one.generation not in there}
    found: Run | None = None
    for run in runs:
        if run.id in traced:
            tainted.add(run.host)
        elif run.compared is not None and run.host not in tainted:
            found = run
    return found
