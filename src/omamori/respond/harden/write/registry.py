"""The writers by system: each gives all files of a machine's plan. A new one is a module beside this one, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from omamori.model.text import Text
from omamori.respond.harden.parts import File, Machine, Measure
from omamori.respond.harden.write import linux_sh, windows

Writer = Callable[[Machine, Sequence[Measure]], tuple[File, ...]]
WRITERS: Mapping[str, Writer] = MappingProxyType({"linux": linux_sh.write, "windows": windows.write})
BY_HAND = Text(
    "名前か値に、スクリプトに書くと別の意味になりうる文字があるため、ファイルにはしていません。手で行ってください",
    "A name or value in it has signs that could mean something else in a script, so there is no file for it: do it by hand",
)


def writable(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return the measures with those that no script can hold made to be done by hand: one odd name costs no other measure its file."""
    bad = {one for machine, found in _groups(measures).items() if not _fits(machine, found) for one in found if not _fits(machine, [one])}
    return tuple(replace(one, changes=(), notes=(*one.notes, BY_HAND)) if one in bad else one for one in measures)


def _fits(machine: Machine, measures: Sequence[Measure]) -> bool:
    try:
        WRITERS[machine.system](machine, measures)
    except ValueError:
        return False
    return True


def _groups(measures: Sequence[Measure]) -> Mapping[Machine, list[Measure]]:
    groups: dict[Machine, list[Measure]] = {}
    for one in measures:
        if one.changes and one.machine.system in WRITERS:
            groups.setdefault(one.machine, []).append(one)
    return groups


def write_files(measures: Sequence[Measure]) -> tuple[File, ...]:
    """Return the files of a plan: for each machine those of its system's writer; machines nobody writes for have none."""
    return tuple(file for machine, found in _groups(measures).items() for file in WRITERS[machine.system](machine, found))
