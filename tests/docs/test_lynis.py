"""docs/lynis.yaml names only checks and tables that exist, and says something about every test of Lynis."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from omamori.evaluate.load import load_checks
from omamori.model.tables import TABLES
from pages import lynis

ROWS = [row for group in lynis.groups() for row in group["rows"]]
DATABASE = Path("/usr/share/lynis/db/tests.db")


def test_every_row_has_an_answer_that_exists() -> None:
    checks = {check.id for check in load_checks()}
    for row in ROWS:
        assert row.get("checks") or row.get("tables") or row.get("why_not"), f"{row['tests']}: no answer"
        assert set(row.get("checks", ())) <= checks, f"{row['tests']}: a check that does not exist"
        assert set(row.get("tables", ())) <= set(TABLES), f"{row['tests']}: a table that does not exist"
        assert row.get("checks") or row.get("why_not"), f"{row['tests']}: neither judged nor a reason why not"


def test_each_test_of_lynis_stands_once() -> None:
    tests = [test for row in ROWS for test in row["tests"]]
    assert len(tests) == len(set(tests))
    assert all(re.fullmatch(r"[A-Z]+-\d{4}", test) for test in tests)


@pytest.mark.system
def test_all_topics_of_the_installed_lynis_are_listed() -> None:
    lines = DATABASE.read_text(encoding="utf-8").splitlines()
    fields = [line.split(":") for line in lines if line and not line.startswith("#")]
    of_linux = {field[0] for field in fields if field[4] in ("", "Linux")}
    listed = {test for row in ROWS for test in row["tests"]}
    assert of_linux - listed == set()
