"""Versions of .NET Framework: which are installed, and whether all of them were asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from omamori.model.host import FRAMEWORK_ORIGIN
from omamori.parse.windows.registry.framework import framework_rows
from omamori.parse.windows.registry.reader import read_registry
from omamori.parse.windows.registry.tree import Shown, Tree

NDP = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP"
ASKED = r'reg query "HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP" /s'
Query = Callable[..., Shown]


def printed(*keys: tuple[str, dict[str, int | str]]) -> str:
    """What `reg query /s` prints of keys below NDP."""
    lines = []
    for name, values in keys:
        lines += ["", f"{NDP}\\{name}"]
        for value, data in values.items():
            lines.append(f"    {value}    " + (f"REG_DWORD    {data:#x}" if isinstance(data, int) else f"REG_SZ    {data}"))
    return "\n".join([*lines, ""])


def full(release: int | None, version: str = "4.8.04084") -> tuple[str, dict[str, int | str]]:
    return "v4\\Full", {"Install": 1, "Version": version, **({"Release": release} if release is not None else {})}


FOUR = full(528372)
SERVICED: tuple[tuple[str, dict[str, int | str]], ...] = (
    ("CDF\\v4.0", {"NetTcpPortSharingInstalled": 1}),
    ("v2.0.50727", {"Install": 1, "SP": 2, "Version": "2.0.50727.4927"}),
    ("v3.0", {"Install": 1, "SP": 2}),
    ("v3.0\\Setup", {"InstallSuccess": 1}),
    ("v3.5", {"Install": 1, "SP": 1, "Version": "3.5.30729.4926"}),
    ("v3.5\\1041", {"Install": 1, "SP": 1}),
    ("v4\\Client", {"Install": 1, "Release": 528372, "Version": "4.8.04084"}),
    FOUR,
    ("v4.0\\Client", {"Install": 1, "Version": "4.0.0.0"}),
)


def found(shown: Shown) -> list[tuple[str | None, str | None]]:
    return [(row.version, row.origin) for row in framework_rows(Tree([shown]))]


def test_versions_stand_side_by_side(query: Query) -> None:
    shown = query(printed(*SERVICED), ASKED)
    assert found(shown) == [(version, FRAMEWORK_ORIGIN) for version in ("2.0 SP2", "3.0 SP2", "3.5 SP1", "4.8")]
    (row,) = [row for row in framework_rows(Tree([shown])) if row.version == "4.8"]
    assert (row.name, row.manager) == (".NET Framework", "registry") and printed(*SERVICED).split("\n")[int(row.evidence) - 1].endswith(
        "v4\\Full"
    )


@pytest.mark.parametrize(
    ("release", "version"),
    [
        (378389, "4.5"),
        (378675, "4.5.1"),
        (378758, "4.5.1"),
        (379893, "4.5.2"),
        (393297, "4.6"),
        (394271, "4.6.1"),
        (394802, "4.6.2"),
        (460805, "4.7"),
        (461310, "4.7.1"),
        (461814, "4.7.2"),
        (528049, "4.8"),
        (528449, "4.8"),
        (533325, "4.8.1"),
        (533509, "4.8.1"),
        (None, "4.0"),
    ],
)
def test_the_number_tells_the_version_where_the_text_does_not(query: Query, release: int | None, version: str) -> None:
    assert found(query(printed(full(release, "4.8.09032")), ASKED)) == [(version, FRAMEWORK_ORIGIN)]


def test_what_is_not_installed_is_no_row(query: Query) -> None:
    assert found(query(printed(("v3.5", {"Install": 0, "SP": 1}), ("v4\\Full", {"Release": 528040})), ASKED)) == []


@pytest.mark.parametrize(
    ("asked", "cut"),
    [("", False), (ASKED, True), (ASKED.removesuffix(" /s") + r"\v4\Full", False), (ASKED + " /v Release", False)],
    ids=["command not seen", "cut off", "one key alone", "one value alone"],
)
def test_a_part_of_the_key_does_not_tell_that_other_versions_are_absent(query: Query, asked: str, cut: bool) -> None:
    assert found(query(printed(FOUR), asked, cut=cut)) == [("4.8", None)]


def test_without_the_key_nothing_is_told(query: Query, tree: Callable[..., Tree]) -> None:
    absent = query("ERROR: The system was unable to find the specified registry key or value.\n", ASKED)
    assert found(absent) == [] and list(framework_rows(tree("SOFTWARE\\Microsoft\\Other"))) == []


def test_they_are_software_though_the_lists_of_programs_are_still_to_come(query: Query) -> None:
    parsed: Any = read_registry([query(printed(FOUR), ASKED)])
    (look,) = parsed.looks
    assert [row.version for row in parsed.rows] == ["4.8"] and (look.table, look.complete) == ("software", False) and not parsed.problems
