from __future__ import annotations

from sqlglot import expressions as exp

from omamori.evaluate.allowed import FUNCTIONS, OPERATORS, TABLE_FUNCTIONS, node_types


def test_nothing_that_reads_or_changes_the_world_is_on_a_list() -> None:
    harmful = (
        "read_csv",
        "read_text",
        "getenv",
        "glob",
        "current_setting",
        "now",
        "random",
        "nextval",
        "query",
        "error",
        "sql_auto_complete",
    )
    assert not set(harmful) & (FUNCTIONS | OPERATORS | TABLE_FUNCTIONS)
    writing = (
        exp.Insert,
        exp.Update,
        exp.Delete,
        exp.Create,
        exp.Drop,
        exp.Alter,
        exp.Merge,
        exp.Command,
        exp.Set,
        exp.Pragma,
        exp.Attach,
        exp.Copy,
    )
    assert not set(writing) & node_types()


def test_the_nodes_of_a_plain_select_are_there() -> None:
    assert {exp.Select, exp.Column, exp.Join, exp.Exists, exp.Union, exp.Filter, exp.Coalesce} <= node_types()
