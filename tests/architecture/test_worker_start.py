"""What a worker process has to load before it can begin: each of them pays for it in time and memory."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("omamori.__main__", ("omamori.cli", "omamori.pipeline", "duckdb", "sqlglot", "xlsxwriter")),
        ("omamori.snapshot.reader", ("omamori.cli", "omamori.report", "duckdb", "sqlglot", "xlsxwriter")),
        ("omamori.pipeline.intake", ("omamori.cli", "omamori.report", "duckdb", "sqlglot", "xlsxwriter")),
    ],
)
def test_a_worker_loads_what_it_works_with(module: str, without: tuple[str, ...]) -> None:
    """`spawn` runs the program's first file again in every worker, and then loads the module of the work."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"], check=True, capture_output=True, text=True
    ).stdout.split()
    assert module in told
    assert [name for name in told if name in without] == []
