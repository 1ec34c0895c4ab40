"""Refuses what a check must not do, before anything runs.

One SELECT; nothing that writes, sets, attaches or copies anywhere in the tree; tables only of the model or
its own WITH; functions from a list; `$now` the only parameter. In an asset check every table is tied to the
subject. sqlglot reads the text, then DuckDB's own parser gives its opinion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

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

    `untied`: tables with an `asset` column not joined by equality on the subject (never in an asset check). `timed`, `scope_timed`: the
    SELECT, the scope names `$now`. `deciding`: columns the SELECT decides by, the last condition first: the first ones only say where the
    last one matters.
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
    timed: bool
    scope_timed: bool
    deciding: tuple[str, ...]

    @property
    def tables(self) -> frozenset[str]:
        """Every table the check reads, in its SELECT or its scope."""
        return frozenset(self.standing) | frozenset(self.scope_standing)


def guard(check: Check) -> Guarded:
    """Return the check's trees. Raises CheckError with every reason why it is refused."""
    query = _read(check.sql)
    scope = _read(check.scope) if check.scope else None
    place, scope_place = _places(check)
    problems = [f"{place}: {words}" for words in query.unread]
    problems += [f"{scope_place}: {words}" for words in scope.unread] if scope else []
    if problems or query.tree is None:
        raise CheckError(problems)
    return _guarded(check, query, scope)


def guard_trees(check: Check, query: exp.Expr, scope: exp.Expr | None) -> Guarded:
    """Judge trees made by us, which no text was read for. Raises CheckError."""
    return _guarded(check, _known(query), _known(scope) if scope is not None else None)


@dataclass(frozen=True, slots=True)
class _Known:
    """All that a SELECT tells by itself, whichever check it stands in. `unread`: why it could not be read as one SELECT."""

    tree: exp.Expr | None
    unread: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    untied: frozenset[str] = frozenset()
    ties: tuple[str, ...] = ()
    standing: Mapping[str, Standing] = field(default_factory=lambda: MappingProxyType({}))
    timed: bool = False
    deciding: tuple[str, ...] = ()


def _places(check: Check) -> tuple[str, str]:
    return f"{check.file}:{check.sql_line}", f"{check.file}:{check.scope_line}: scope"


def _guarded(check: Check, query: _Known, scope: _Known | None) -> Guarded:
    places = list(zip(_places(check), (query, scope), strict=True))
    problems = [f"{place}: {words}" for place, known in places if known is not None for words in known.refused]
    if problems or query.tree is None:
        raise CheckError(problems)
    problems = _columns(check, query.columns, scope.tree if scope else None)
    for place, known in places:
        if known is not None and check.subject == "asset":
            problems += [
                f"{place}: {table}: join it by equality on the subject's asset ({table}.asset = …)" for table in sorted(known.untied)
            ]
            problems += [f"{place}: {words}" for words in known.ties]
    if problems:
        raise CheckError(problems)
    return Guarded(
        check=check,
        query=query.tree,
        scope=scope.tree if scope else None,
        columns=query.columns,
        untied=query.untied,
        sql=check.sql,
        scope_sql=check.scope,
        standing=query.standing,
        scope_standing=scope.standing if scope else {},
        timed=query.timed,
        scope_timed=scope.timed if scope else False,
        deciding=query.deciding,
    )


@lru_cache(maxsize=2048)
def _read(sql: str) -> _Known:
    """Read a text with both parsers. One text is read once, however often its check is judged; nobody changes a tree."""
    if len(sql) > _LONGEST:
        return _Known(None, unread=(f"longer than {_LONGEST} characters",))
    try:
        trees = sqlglot.parse(sql, read="duckdb")
    except (errors.SqlglotError, RecursionError) as error:
        words = str(error).split("\n", 1)[0]
        return _Known(None, unread=(f"not understood: {words}",))
    if len(trees) != 1 or not isinstance(trees[0], exp.Select | exp.SetOperation):
        return _Known(None, unread=("expected exactly one SELECT",))
    doubts = second_opinion(sql)
    return _Known(None, unread=tuple(doubts)) if doubts else _known(trees[0])


def _known(tree: exp.Expr) -> _Known:
    refused = tuple(_tree(tree))
    if refused:
        return _Known(tree, refused=refused)
    found = ties(tree)
    return _Known(
        tree,
        columns=outputs(tree),
        untied=frozenset(found.untied),
        ties=tuple(found.problems),
        standing=MappingProxyType(standings(tree)),
        timed=tree.find(exp.Placeholder, exp.Parameter) is not None,
        deciding=_deciding(tree),
    )


def _deciding(tree: exp.Expr) -> tuple[str, ...]:
    conditions = [column.name for where in tree.find_all(exp.Where) for column in where.find_all(exp.Column, bfs=False)]
    return tuple(dict.fromkeys([*reversed(conditions), *(column.name for column in tree.find_all(exp.Column))]))


@lru_cache(maxsize=1)
def _allowed_types() -> frozenset[type[exp.Expr]]:
    return allowed.node_types()


def _tree(query: exp.Expr) -> list[str]:
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
        problems.append(f"WITH {name}: choose a name that is no table of the model")
    for node in query.walk():
        if type(node) not in _allowed_types():
            problems.append(f"{type(node).__name__} is not allowed: {node.sql('duckdb')[:60]}")
        elif isinstance(node, exp.Anonymous) and str(node.this).lower() not in allowed.FUNCTIONS:
            problems.append(f"the function {node.this} is not allowed")
        elif isinstance(node, exp.Placeholder | exp.Parameter) and node.name.lower() != "now":
            problems.append("the only parameter is $now")
        elif isinstance(node, exp.Column) and not node.table and node.name.lower() in whole:
            problems.append(f"{node.name}: name a column, not the whole table")
        elif isinstance(node, exp.With) and node.args.get("recursive"):
            problems.append("a recursive WITH is not allowed")
        elif isinstance(node, exp.Table):
            problems += _table(node, ctes)
        elif isinstance(node, exp.Join):
            problems += _join(node)
        elif isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
            problems.append("name the columns instead of *")
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
