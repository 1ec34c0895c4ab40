"""Refuses what a check must not do, before anything runs.

One SELECT; nothing that writes, sets, attaches or copies anywhere in the tree; tables only of the model or
its own WITH; functions from a list; `$now` the only parameter. In an asset check every table is tied to the
subject. sqlglot reads the text, then DuckDB's own parser gives its opinion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import duckdb
import sqlglot
from sqlglot import errors
from sqlglot import expressions as exp

from omamori.evaluate import allowed
from omamori.evaluate.check import Check, CheckError
from omamori.evaluate.opinion import second_opinion
from omamori.evaluate.sources import arg, outputs
from omamori.evaluate.standing import Standing, standings
from omamori.evaluate.ties import ties
from omamori.evaluate.wording import fields
from omamori.model.tables import TABLES

_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Guarded:
    """A check whose SELECT and scope may be run: their trees, and output columns of the SELECT.

    `untied`: tables with an `asset` column not joined by equality on the subject (never in an asset check).
    """

    check: Check
    query: exp.Expr
    scope: exp.Expr | None
    columns: tuple[str, ...]
    untied: frozenset[str]
    sql: str
    scope_sql: str | None
    standing: Mapping[str, Standing]
    scope_standing: Mapping[str, Standing]

    @property
    def tables(self) -> frozenset[str]:
        """Every table the check reads, in its SELECT or its scope."""
        return frozenset(self.standing) | frozenset(self.scope_standing)


def guard(check: Check, connection: duckdb.DuckDBPyConnection | None = None) -> Guarded:
    """Return the check's trees. Raises CheckError with every reason why it is refused.

    `connection`: any DuckDB connection, asked for the second opinion; None leaves that out (a tree made by us).
    """
    problems: list[str] = []
    query = _read(check.sql, f"{check.file}:{check.sql_line}", problems, connection)
    scope = _read(check.scope, f"{check.file}:{check.scope_line}: scope", problems, connection) if check.scope else None
    if problems or query is None:
        raise CheckError(problems)
    return guard_trees(check, query, scope)


def guard_trees(check: Check, query: exp.Expr, scope: exp.Expr | None) -> Guarded:
    """Judge trees that were read already. Raises CheckError."""
    problems = _tree(query, f"{check.file}:{check.sql_line}")
    if scope is not None:
        problems += _tree(scope, f"{check.file}:{check.scope_line}: scope")
    if problems:
        raise CheckError(problems)
    columns = outputs(query)
    problems = _columns(check, columns, scope)
    untied: set[str] = set()
    for tree, place in ((query, f"{check.file}:{check.sql_line}"), (scope, f"{check.file}:{check.scope_line}: scope")):
        if tree is None:
            continue
        found = ties(tree)
        if tree is query:
            untied = found.untied
        if check.subject == "asset":
            problems += [
                f"{place}: {table}: join it by equality on the subject's asset ({table}.asset = …)" for table in sorted(found.untied)
            ]
            problems += [f"{place}: {words}" for words in found.problems]
    if problems:
        raise CheckError(problems)
    return Guarded(
        check=check,
        query=query,
        scope=scope,
        columns=columns,
        untied=frozenset(untied),
        sql=check.sql,
        scope_sql=check.scope,
        standing=standings(query),
        scope_standing=standings(scope) if scope is not None else {},
    )


def _read(sql: str, place: str, problems: list[str], connection: duckdb.DuckDBPyConnection | None) -> exp.Expr | None:
    if len(sql) > _LONGEST:
        problems.append(f"{place}: longer than {_LONGEST} characters")
        return None
    try:
        trees = sqlglot.parse(sql, read="duckdb")
    except (errors.SqlglotError, RecursionError) as error:
        words = str(error).split("\n", 1)[0]
        problems.append(f"{place}: not understood: {words}")
        return None
    if len(trees) != 1 or not isinstance(trees[0], exp.Select | exp.SetOperation):
        problems.append(f"{place}: expected exactly one SELECT")
        return None
    if connection is not None:
        problems += [f"{place}: {words}" for words in second_opinion(sql, connection)]
    return trees[0]


@lru_cache(maxsize=1)
def _allowed_types() -> frozenset[type[exp.Expr]]:
    return allowed.node_types()


def _tree(query: exp.Expr, place: str) -> list[str]:
    problems: list[str] = []
    ctes = {cte.alias.lower() for cte in query.find_all(exp.CTE)}
    # DuckDB reads a table's name in an expression as its whole row, which would hide the columns that decide.
    sources = {table.alias_or_name.lower() for table in query.find_all(exp.Table, exp.Subquery)}
    whole = (
        sources
        - {column.name for table in TABLES.values() for column in table.columns}
        - {item.alias.lower() for item in query.find_all(exp.Alias)}
    )
    for name in ctes & set(TABLES):
        problems.append(f"{place}: WITH {name}: choose a name that is no table of the model")
    for node in query.walk():
        if type(node) not in _allowed_types():
            problems.append(f"{place}: {type(node).__name__} is not allowed: {node.sql('duckdb')[:60]}")
        elif isinstance(node, exp.Anonymous) and str(node.this).lower() not in allowed.FUNCTIONS:
            problems.append(f"{place}: the function {node.this} is not allowed")
        elif isinstance(node, exp.Placeholder | exp.Parameter) and node.name.lower() != "now":
            problems.append(f"{place}: the only parameter is $now")
        elif isinstance(node, exp.Column) and not node.table and node.name.lower() in whole:
            problems.append(f"{place}: {node.name}: name a column, not the whole table")
        elif isinstance(node, exp.With) and node.args.get("recursive"):
            problems.append(f"{place}: a recursive WITH is not allowed")
        elif isinstance(node, exp.Table):
            problems += [f"{place}: {words}" for words in _table(node, ctes)]
        elif isinstance(node, exp.Join):
            problems += [f"{place}: {words}" for words in _join(node)]
        elif isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
            problems.append(f"{place}: name the columns instead of *")
    return list(dict.fromkeys(problems))


def _table(node: exp.Table, ctes: set[str]) -> list[str]:
    if not isinstance(node.this, exp.Identifier):
        name = node.this.name.lower() if isinstance(node.this, exp.Anonymous) else node.this.sql_name().lower()
        return [] if name in allowed.TABLE_FUNCTIONS else [f"the table function {name} is not allowed"]
    name = node.name.lower()
    if node.args.get("db") or node.args.get("catalog"):
        return [f"{node.sql('duckdb')}: name a table without schema"]
    if any(node.args.get(word) for word in ("pivots", "sample", "when", "version", "at", "only", "ordinality")):
        return [f"{name}: only the plain table is allowed"]
    if name in ctes or (name in TABLES and TABLES[name].group != "always"):
        return []
    return [f"no table {name}; see docs/generated/tables.md"]


def _join(node: exp.Join) -> list[str]:
    if node.method or node.kind not in ("", "INNER", "OUTER", "CROSS", "SEMI", "ANTI") or node.args.get("match_condition"):
        return [f"{node.method or node.kind} join is not allowed; write join … on"]
    return []


def _columns(check: Check, columns: tuple[str, ...], scope: exp.Expr | None) -> list[str]:
    place = f"{check.file}:{check.sql_line}"
    problems = []
    if len(set(columns)) != len(columns) or "" in columns:
        problems.append(f"{place}: every column needs a name of its own (… as name)")
    if check.subject != "site" and (not columns or columns[0] != check.subject):
        problems.append(f"{place}: the first column must be {check.subject}")
    for name in check.key:
        if name not in columns:
            problems.append(f"{place}: key: no column {name} in the SELECT")
    for name in sorted(fields(check.message) - set(columns)):
        problems.append(f"{place}: message: no column {name} in the SELECT")
    if scope is not None:
        names = outputs(scope)
        wanted = {check.subject, "asset"} - {"site"}
        if not names or names[0] not in wanted:
            problems.append(f"{check.file}:{check.scope_line}: scope: the first column must be {' or '.join(sorted(wanted))}")
        if arg(scope, "limit") is not None:
            problems.append(f"{check.file}:{check.scope_line}: scope: LIMIT is not allowed")
    return problems
