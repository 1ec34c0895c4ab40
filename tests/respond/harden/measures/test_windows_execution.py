"""AppLocker that only records, where the edition takes it; the parser reads it back as what it is."""

from __future__ import annotations

from typing import Any

import pytest
from tests.respond.harden.small_traffic import facts_of, row

from omamori.respond.harden.changes import RegistryValue
from omamori.respond.harden.measures.windows_execution import propose
from omamori.respond.harden.parts import Left, Measure


def proposed(name: str | None, build: str) -> Any:
    rows = [
        row("assets", asset="pc", role="client", platform="windows", observed=True),
        row("hosts", asset="pc", platform="windows", os_name=name, os_build=build),
        row("verdicts", check_id="protection.no_program_limit", subject="pc", finding_key="pc", verdict="fail", evidence="v:1"),
    ]
    with facts_of(rows) as facts:
        (found,) = propose(facts, facts.machines["pc"])
        return found


@pytest.mark.parametrize(
    ("name", "build", "able"),
    [
        ("Microsoft Windows 10 Enterprise LTSC", "10.0.17763.973", True),
        ("Microsoft Windows Server 2012 R2 Standard", "6.3.9600", True),
        ("Microsoft Windows 10 Home", "10.0.19045.2364", True),
        ("Microsoft Windows 10 Pro", "10.0.17763.1", False),
        ("Microsoft Windows 7 Professional", "6.1.7601", False),
    ],
)
def test_it_only_records_and_where_it_cannot_a_person_sets_folders(name: str, build: str, able: bool) -> None:
    made = proposed(name, build)
    assert isinstance(made, Measure) and bool(made.changes) == able == bool(made.promises)
    if able:
        values = {one.name: one.data for one in made.changes if isinstance(one, RegistryValue) and one.key.endswith(r"SrpV2\Exe")}
        lists = [one for one in made.changes if isinstance(one, RegistryValue) and r"SrpV2" in one.key]
        # A list that is in force by then is not put back to watching, and gets no rules that allow.
        assert all([word[1:] for word in one.unless] == [("EnforcementMode", 1, 1)] for one in lists)
        assert values["EnforcementMode"] == 0 and len({one.key for one in made.changes if isinstance(one, RegistryValue)}) == 5
    else:
        assert "Software Restriction" in made.menu.hand.en


def test_without_an_edition_nothing_is_chosen() -> None:
    assert isinstance(proposed(None, "10.0.19045"), Left) and isinstance(proposed("Microsoft Windows 10 Pro", ""), Left)
