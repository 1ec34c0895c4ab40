"""Machines that are alike are judged once; updates are found in lists and in the names of programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from small_table import TEN, winter

from omamori.analyze.coverage import Coverage
from omamori.analyze.windows_updates.machines import Machines
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.model.host import Host, Patch, Software
from omamori.model.look import Collected
from omamori.snapshot.database import Database

Judge = Callable[..., tuple[dict[str, Any], Any]]


def test_alike_machines_are_one_group() -> None:
    pack = replace(starter_pack(), facts=Facts(rows=tuple(winter())))
    with Database() as database, pack.facts.attached(database.connection):
        for name, patches in (("a", ["KB5031356", "KB1111111"]), ("b", ["KB5031356"]), ("c", ["KB5034122"]), ("old", [])):
            build = "10.0.10" if name == "old" else "10.0.19045"
            database.insert(
                [Host(asset=name, platform="windows", os_id="windows", os_name="Windows 10 Pro", os_build=build, architecture="x64")]
            )
            database.insert([Patch(asset=name, patch_id=patch) for patch in patches])
            database.insert(
                [Collected(asset=name, table_name=table, source="windows.wmic", complete=True) for table in ("hosts", "patches")]
            )
        machines = Machines.read(database, Coverage.read(database), pack, date(2024, 3, 1))
        groups = {tuple(sorted(one.host.asset for one in group.machines)): group for group in machines.judged(database)}
        assert machines.covered() == {"a", "b", "c"}
        assert {len(names) for names in groups} <= {1, 2} and groups["c",].lacks == ()
        assert all(group.product == TEN for group in groups.values())
        known = {flaw.flaw: flaw for flaw in pack.flaws}
        told = machines.told_flaws(database, {*known, winter()[0].flaw})
        assert told["a"] == {winter()[0].flaw} and told["old"] == frozenset()


def test_an_update_in_the_name_of_a_program_is_installed(judge_host: Judge) -> None:
    program = Software(asset="w", name="Security Update for Microsoft Windows (KB5034122)", manager="registry")
    assert judge_host(winter(), [], extra=[program])[0] == {}
    assert set(judge_host(winter(), [], extra=[replace(program, name="Tool KB12 of (KB503412)")])[0]) == {"KB5034122"}


def test_what_is_no_number_of_an_update_is_none(judge_host: Judge) -> None:
    assert set(judge_host(winter(), ["File 1", "KB", "SP1", "KB5034122x"])[0]) == {"KB5034122"}
