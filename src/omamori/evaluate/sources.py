"""What each name in a SELECT stands for: model table, common table expression or subquery.

Shared by the guard (is every table tied to the subject?) and by standing (which tables decide?).
Works on sqlglot's tree and never runs anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlglot import expressions as exp

from omamori.model.tables import TABLES

Ctes = Mapping[str, tuple[exp.Expr, Any]]
"""Name of a common table expression -> its query, and the expressions that were known before it."""


@dataclass(frozen=True, eq=False)
class Source:
    """One name in FROM. `table` is set for a model table, `query` for a subquery or common table expression.

    `join` is the join that brings it in, None for the first. `node` holds the arguments of unnest and
    other table functions, which read columns of their neighbours.
    """

    name: str
    table: str | None = None
    query: exp.Expr | None = None
    ctes: Ctes = field(default_factory=dict)
    join: exp.Join | None = None
    node: exp.Expr | None = None
    columns: tuple[str, ...] = ()


@dataclass(eq=False)
class Scope:
    """One SELECT: its sources by name, and the SELECT around it (for correlated subqueries)."""

    select: exp.Select
    ctes: Ctes
    outer: Scope | None
    sources: dict[str, Source] = field(default_factory=dict)

    def find(self, column: exp.Column) -> tuple[Scope, Source] | None:
        """Return the source a column belongs to, here or in a SELECT around; None when it is an alias or unknown."""
        qualifier, name = column.table.lower(), column.name.lower()
        scope: Scope | None = self
        while scope is not None:
            for source in scope.sources.values():
                if qualifier == source.name or (not qualifier and name in source.columns):
                    return scope, source
            scope = scope.outer
        return None


def arg(node: exp.Expr, name: str) -> Any:
    """Return an argument of a node; newer versions of sqlglot put `_` behind reserved names."""
    value = node.args.get(name)
    return value if value is not None else node.args.get(f"{name}_")


def with_ctes(query: exp.Expr, ctes: Ctes) -> Ctes:
    """Return the common table expressions known inside `query`; each sees those written before it."""
    clause = arg(query, "with")
    if clause is None:
        return ctes
    known = dict(ctes)
    for cte in clause.expressions:
        known[cte.alias.lower()] = (cte.this, dict(known))
    return known


def unwrap(query: exp.Expr, ctes: Ctes) -> tuple[exp.Expr, Ctes]:
    """Take parentheses off a query that has neither LIMIT nor WITH of its own around it."""
    while isinstance(query, exp.Subquery):
        ctes = with_ctes(query, ctes)
        query = query.this
    return query, with_ctes(query, ctes)


def arms(query: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """Return both sides of a UNION, EXCEPT or INTERSECT."""
    return query.args["this"], query.args["expression"]


def scope_of(select: exp.Select, ctes: Ctes, outer: Scope | None) -> Scope:
    """Return the scope of a SELECT whose common table expressions are already in `ctes`."""
    scope = Scope(select, ctes, outer)
    first = arg(select, "from")
    entries: list[tuple[exp.Expr, exp.Join | None]] = [] if first is None else [(first.this, None)]
    entries += [(join.this, join) for join in select.args.get("joins") or ()]
    for lateral in select.args.get("laterals") or ():
        entries.append((lateral, None))
    while entries:
        node, join = entries.pop(0)
        source = _source(node, join, ctes)
        scope.sources[source.name] = source
        # `a join b` in parentheses: sqlglot hangs the joins on the table inside.
        entries = [(inner.this, inner) for inner in node.args.get("joins") or ()] + entries
    return scope


def _source(node: exp.Expr, join: exp.Join | None, ctes: Ctes) -> Source:
    alias = node.alias.lower() if node.alias else ""
    if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
        name = node.name.lower()
        if name in ctes:
            query, known = ctes[name]
            return Source(alias or name, query=query, ctes=known, join=join, columns=outputs(query))
        columns = tuple(column.name for column in TABLES[name].columns) if name in TABLES else ()
        return Source(alias or name, table=name, join=join, columns=columns)
    if isinstance(node, exp.Subquery):
        return Source(alias, query=node, ctes=ctes, join=join, columns=outputs(node))
    named = node.args.get("alias")
    columns = tuple(item.name.lower() for item in named.args.get("columns") or ()) if isinstance(named, exp.TableAlias) else ()
    return Source(alias or f"#{id(node)}", join=join, node=node, columns=columns)


def outputs(query: exp.Expr) -> tuple[str, ...]:
    """Return the names of a query's columns, in order."""
    while not isinstance(query, exp.Select):
        inner = query.args.get("this")
        if not isinstance(inner, exp.Expr):
            return ()
        query = inner
    return tuple(item.alias_or_name.lower() for item in query.expressions)


def own(node: exp.Expr) -> Iterator[exp.Expr]:
    """Walk an expression without stepping into subqueries; a subquery itself is still given."""
    yield node
    if isinstance(node, exp.Query):
        return
    for child in node.iter_expressions():
        yield from own(child)


def inside(node: exp.Expr) -> Iterator[exp.Expr]:
    """Walk what stands below `node`, without stepping into subqueries."""
    for child in node.iter_expressions():
        yield from own(child)


def conjuncts(node: exp.Expr | None) -> list[exp.Expr]:
    """Return the parts of a condition that are joined by AND, parentheses taken off."""
    if node is None:
        return []
    bare = node.unnest()
    if isinstance(bare, exp.And):
        return conjuncts(bare.this) + conjuncts(bare.expression)
    return [bare]


def subquery_of(node: exp.Expr) -> exp.Expr | None:
    """Return the query inside EXISTS or IN, None for any other node."""
    if isinstance(node, exp.Exists):
        return node.this if isinstance(node.this, exp.Query) else None
    if isinstance(node, exp.In):
        query = node.args.get("query")
        return query if isinstance(query, exp.Expr) else None
    return None
