"""Finds the analyzers and puts them in the order their inputs demand."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter

import omamori.analyze
from omamori.analyze.interface import Analyzer


@cache
def analyzers() -> tuple[Analyzer, ...]:
    """Return every analyzer of this package, each after those whose tables it reads."""
    found = []
    for module in sorted(pkgutil.iter_modules(omamori.analyze.__path__, "omamori.analyze."), key=lambda item: item.name):
        analyzer = getattr(importlib.import_module(module.name), "ANALYZER", None)
        if analyzer is not None:
            found.append(analyzer)
    return in_order(found)


def in_order(found: Sequence[Analyzer]) -> tuple[Analyzer, ...]:
    """Order analyzers by `reads` and `fills`.

    ValueError when two fill one table or when they wait for each other in a circle.
    """
    by_table: dict[str, str] = {}
    by_name = {analyzer.name: analyzer for analyzer in found}
    for analyzer in found:
        for table in analyzer.fills:
            if table in by_table:
                raise ValueError(f"{analyzer.name} and {by_table[table]} both fill {table}")
            by_table[table] = analyzer.name
    graph = {
        analyzer.name: {by_table[table] for table in analyzer.reads if table in by_table and by_table[table] != analyzer.name}
        for analyzer in found
    }
    try:
        return tuple(by_name[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ValueError(f"analyzers wait for each other: {' -> '.join(error.args[1])}") from error
