"""Where a value was read: a row's `evidence`, and the line of a single column where a row was put together from many.

LINE                          the whole row was read from one line
LINE;column=LINE;…            some columns were read elsewhere (the settings of one machine, from many outputs)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

NOWHERE = "0"
"""Line of a value that follows from what is not there: only the output as a whole shows it."""


def by_column(first: str, columns: Mapping[str, str]) -> str:
    """Return the evidence of a row whose `columns` were read from other lines than its `first`."""
    whole = first.partition(";")[0]
    others = [f"{name}={line}" for name, line in columns.items() if line and line != whole]
    return ";".join([whole, *others])


def of_columns(evidence: str, columns: Iterable[str]) -> str:
    """Return the evidence of the first of these columns that has its own; else the row's. `hash:` before it is kept."""
    whole, *others = evidence.split(";")
    lines = dict(one.split("=", 1) for one in others if "=" in one)
    line = next((lines[name] for name in columns if name in lines), None)
    blob, colon, _ = whole.partition(":")
    if line is None:
        return whole
    if not colon:
        return line
    return blob if line == NOWHERE else f"{blob}{colon}{line}"
