"""Analyzers are found by walking and put in order."""

from __future__ import annotations

import pytest

from omamori.analyze.interface import Analyzer
from omamori.analyze.registry import analyzers, in_order
from omamori.model.tables import TABLES


def analyzer(name: str, reads: tuple[str, ...], fills: tuple[str, ...]) -> Analyzer:
    return Analyzer(name, reads, fills, lambda database, moment: ())


def test_every_analyzer_comes_after_what_it_reads():
    done: set[str] = set()
    derived = {table for found in analyzers() for table in found.fills}
    for found in analyzers():
        assert set(found.reads) & derived <= done | set(found.fills), found.name
        done |= set(found.fills)


def test_tables_exist_and_name_their_analyzer_as_source():
    for found in analyzers():
        assert {*found.reads, *found.fills} <= set(TABLES)
        assert all(found.name in TABLES[table].sources for table in found.fills)


def test_circles_and_two_authors_of_one_table_are_refused():
    with pytest.raises(ValueError, match="wait for each other"):
        in_order([analyzer("a", ("y",), ("x",)), analyzer("b", ("x",), ("y",))])
    with pytest.raises(ValueError, match="both fill x"):
        in_order([analyzer("a", (), ("x",)), analyzer("b", (), ("x",))])
