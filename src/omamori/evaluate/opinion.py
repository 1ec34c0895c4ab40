"""The second opinion: DuckDB's own parser, asked what a text is before it is ever run.

Two parsers that must both agree are harder to fool than one. This one is the engine that will run the
text, so its list of functions and tables is the one that counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb

from omamori.evaluate.allowed import FUNCTIONS, OPERATORS, TABLE_FUNCTIONS
from omamori.model.tables import TABLES

_NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE"})
_REFS = frozenset({"BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EMPTY", "EMPTY_FROM", "EXPRESSION_LIST", "CTE"})


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A database that holds nothing, for its parser."""
    return duckdb.connect(config={"threads": 1})


def second_opinion(sql: str) -> list[str]:
    """Return what DuckDB's parser finds in `sql` that a check may not hold; empty when all is well."""
    row = _parser().cursor().execute("select json_serialize_sql($sql)", {"sql": sql}).fetchone()
    parsed: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if parsed.get("error"):
        return [f"DuckDB does not read it as one SELECT: {parsed.get('error_message', '')}"]
    statements = parsed["statements"]
    if len(statements) != 1:
        return [f"expected one SELECT, found {len(statements)}"]
    problems: list[str] = []
    ctes = {str(entry["key"]).lower() for node in _nodes(parsed) if "cte_map" in node for entry in node["cte_map"]["map"]}
    for node in _nodes(statements[0]["node"]):
        problems.extend(_look(node, ctes))
    return sorted(set(problems))


def _look(node: dict[str, Any], ctes: set[str]) -> Iterator[str]:
    kind = str(node.get("type", ""))
    if "select_list" in node and kind not in _NODES:
        yield f"{kind} is not allowed"
    if kind == "RECURSIVE_CTE_NODE":
        yield "a recursive WITH is not allowed"
    if kind == "BASE_TABLE":
        name = str(node.get("table_name", "")).lower()
        if node.get("schema_name") or node.get("catalog_name"):
            yield f"{name}: a table is named without schema"
        if name not in ctes and (name not in TABLES or TABLES[name].group == "always"):
            yield f"no table {name}"
    if kind == "TABLE_FUNCTION":
        name = str(node.get("function", {}).get("function_name", "")).lower()
        if name not in TABLE_FUNCTIONS:
            yield f"the table function {name} is not allowed"
    elif "function_name" in node:
        name = str(node["function_name"]).lower()
        if node.get("schema") or node.get("catalog"):
            yield f"{name}: a function is named without schema"
        if name not in FUNCTIONS and name not in OPERATORS:
            yield f"the function {name} is not allowed"
    if kind == "VALUE_PARAMETER" and str(node.get("identifier", "")).lower() != "now":
        yield "the only parameter is $now"


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the tree; a loop, since a hostile text may nest deeply."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
