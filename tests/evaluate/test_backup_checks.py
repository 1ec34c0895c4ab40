"""The checks of backups: what is not known of a copy never passes, and no word of the ledger shows that a copy is cut off."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import Any

import pytest

from omamori.evaluate.check import Case, Check
from omamori.evaluate.examples import Bench
from omamori.evaluate.guard import guard
from omamori.evaluate.load import load_checks
from omamori.evaluate.sources import outputs
from omamori.model.backup_posture import HOW_KNOWN
from omamori.model.tables import TABLES, table_of

CHECKS = [check for check in load_checks() if check.id.startswith("backup.")]
SEEN = ("backup_posture", "backup_chains", "backup_repositories", "backup_damage", "backup_signs", "restore_proofs")
SHOWN = {value.code for value in HOW_KNOWN} - {"declared", "nothing"}


def deciding() -> list[tuple[Check, str, str]]:
    """Every check with each column that may be NULL and decides it in a table of what was seen."""
    found = []
    for check in CHECKS:
        for standing in guard(check).standing.values():
            nullable = {column.name for column in TABLES[standing.table].columns if column.nullable}
            found += [(check, standing.table, name) for name in sorted(standing.deciding & nullable) if standing.table in SEEN]
    return found


@pytest.fixture(scope="module")
def bench() -> Any:
    with Bench() as own:
        yield own


def judged(bench: Bench, check: Check, case: Case) -> list[str]:
    checked = guard(check)
    bench.load(case, checked.tables)
    return [verdict.verdict for verdict in bench.judge(checked, check.examples.now)]


@pytest.mark.parametrize(("check", "table", "column"), deciding(), ids=lambda item: getattr(item, "id", item))
def test_a_column_that_is_not_known_lets_nothing_pass(bench: Bench, check: Check, table: str, column: str) -> None:
    """An analyzer leaves NULL what it does not know, and names the column in the look: then no machine passes."""
    for case in check.examples.cases:
        if not case.name.startswith("good") or case.missing or case.incomplete:
            continue
        rows = tuple(dataclasses.replace(row, **{column: None}) if table_of(row).name == table else row for row in case.rows)
        blank = dataclasses.replace(case, rows=rows, missing=MappingProxyType({table: (column,)}))
        assert "pass" not in judged(bench, check, blank), case.name


@pytest.mark.parametrize("check", [check for check in CHECKS if "offline_by" in check.sql], ids=lambda check: check.id)
def test_the_ledgers_yes_is_never_enough(bench: Bench, check: Check) -> None:
    """No machine passes that did not before when what was seen becomes what is believed; nothing passes as cut off."""
    for case in check.examples.cases:
        if not any(getattr(row, "offline_by", None) in SHOWN for row in case.rows):
            continue
        before = judged(bench, check, case)
        rows = tuple(_believed(row) if table_of(row).name == "backup_posture" else row for row in case.rows)
        after = judged(bench, check, dataclasses.replace(case, rows=rows))
        assert "pass" not in after or check.id != "backup.declared_no_offline"
        assert after.count("pass") <= before.count("pass")


def _believed(row: Any) -> Any:
    if row.offline_by not in SHOWN:
        return row
    return dataclasses.replace(row, offline=None, offline_declared="yes", offline_by="declared")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_codes_are_said_in_words(check: Check) -> None:
    """A message names a column of codes only under a name that is said in words."""
    coded = {"kind", "compared_with", "unreadable_because", "offline_by", "fate", "chain", "medium", "target_kind"}
    shown = {name for name in outputs(guard(check).query) if f"{{{name}}}" in check.message.ja + check.message.en}
    assert shown.isdisjoint(coded)
