"""The registry → macro_settings: what Office programs do with macros, for each person whose part of the registry was shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from omamori.model.windows import MacroSetting
from omamori.parse.windows.registry.part import Part, look
from omamori.parse.windows.registry.startup import all_people, people
from omamori.parse.windows.registry.tree import Tree, Value

_POLICY, _OWN = r"software\policies\microsoft\office", r"software\microsoft\office"
_WARNINGS, _BLOCK = "VBAWarnings", "BlockContentExecutionFromInternet"
_MEANINGS: Mapping[int, str] = MappingProxyType({1: "run", 2: "ask", 3: "signed", 4: "block"})
_VERSION = re.compile(r"\d{1,2}\.\d")
_MOST = 1000


def read_macros(tree: Tree) -> Part:
    """Return a row per person, version and program with a setting. Whole where all policies of everybody logged in came back."""
    found = list(people(tree))
    rows = [row for sid, top in found for row in _rows(tree, sid, top)]
    asked = [_asked(tree, top) for _, top in found]
    if not rows and not any(policy for policy, _ in asked):
        return Part()
    whole = all(policy for policy, _ in asked) and all_people(tree)
    unread = () if all(own for _, own in asked) else ("macros",)
    return Part(list(rows[:_MOST]), [look("macro_settings", whole=whole and len(rows) <= _MOST, unread=unread, refused=tree.refused)])


def _asked(tree: Tree, top: str) -> tuple[bool, bool]:
    """Whether all policies of a person were shown, and whether his own settings of macros were searched for."""
    policy = tree.exists(f"{top}\\{_POLICY}") is False or tree.below_whole(f"{top}\\{_POLICY}")
    return policy, tree.searched(f"{top}\\{_OWN}", _WARNINGS)


def _rows(tree: Tree, sid: str, top: str) -> Iterator[MacroSetting]:
    programs: dict[tuple[str, str], None] = {}
    for place in (_POLICY, _OWN):
        for version in tree.below(f"{top}\\{place}"):
            number = version.rpartition("\\")[2]
            if _VERSION.fullmatch(number):
                programs.update({(number, one.rpartition("\\")[2]): None for one in tree.below(version) if tree.line(f"{one}\\security")})
    for number, program in programs:
        keys = [f"{top}\\{place}\\{number}\\{program}\\security" for place in (_POLICY, _OWN)]
        warnings, blocks = ([tree.find(key, name).value for key in keys] for name in (_WARNINGS, _BLOCK))
        warning, block = warnings[0] or warnings[1], blocks[0] or blocks[1]
        line = next((value.line for value in (warning, block) if value is not None), 0)
        if line:
            yield MacroSetting(
                account=sid,
                application=program[:60],
                version=number,
                macros=_MEANINGS.get(_number(warning)),
                internet_blocked=_number(block) == 1 if block is not None else None,
                by_policy=warnings[0] is not None or blocks[0] is not None,
                evidence=str(line),
            )


def _number(value: Value | None) -> int:
    number = value.number if value is not None else None
    return -1 if number is None else number
