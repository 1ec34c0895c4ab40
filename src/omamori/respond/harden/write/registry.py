"""The writers by system. A new one is a file beside this one, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from omamori.respond.harden.parts import File, Machine, Measure
from omamori.respond.harden.write import linux_sh

Writer = Callable[[Machine, Sequence[Measure]], tuple[File, ...]]
WRITERS: Mapping[str, Writer] = {"linux": linux_sh.write}


def write_files(measures: Sequence[Measure]) -> tuple[File, ...]:
    """Return the files of a plan: for each machine those of its system's writer; machines nobody writes for have none."""
    groups: dict[Machine, list[Measure]] = {}
    for one in measures:
        if one.changes:
            groups.setdefault(one.machine, []).append(one)
    return tuple(file for machine, found in groups.items() if machine.system in WRITERS for file in WRITERS[machine.system](machine, found))
