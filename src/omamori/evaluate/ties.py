"""Is every table of a SELECT joined by equality on the subject?

An asset check is judged for all machines in one run; that is the same as judging one machine at a time
only when every table with an `asset` column is tied to the subject's asset. The same question for the
other subjects tells whose looks count (see judge).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import expressions as exp

from omamori.evaluate.sources import Ctes, Scope, Source, arg, arms, conjuncts, outputs, own, scope_of, subquery_of, unwrap
from omamori.model.tables import TABLES

Node = tuple[int, str, str]
"""One column of one source: (identity of the SELECT, name of the source, name of the column)."""


@dataclass
class Ties:
    """What was found: `untied` tables, and `problems` in words for the author."""

    untied: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Part:
    """A query seen from outside: its output columns that carry the subject, and whether it reads a table with `asset`."""

    carried: frozenset[str]
    bearing: bool


class _Classes:
    """Columns that are equal, by union-find."""

    def __init__(self) -> None:
        self.parent: dict[Node, Node] = {}

    def top(self, node: Node) -> Node:
        while self.parent.get(node, node) != node:
            node = self.parent[node]
        return node

    def join(self, one: Node, other: Node) -> None:
        self.parent[self.top(one)] = self.top(other)


def ties(query: exp.Expr) -> Ties:
    """Return the tables that are not tied to the query's first column, and what would look across machines."""
    found = Ties()
    _query(query, {}, None, None, _Classes(), found, outermost=True)
    return found


def _query(
    query: exp.Expr, ctes: Ctes, outer: Scope | None, subject: Node | None, classes: _Classes, found: Ties, *, outermost: bool = False
) -> _Part:
    bare, known = unwrap(query, ctes)
    if isinstance(bare, exp.Select):
        return _select(scope_of(bare, known, outer), subject, classes, found, outermost)
    if bare.args.get("limit") or bare.args.get("offset"):
        found.problems.append("LIMIT picks rows across machines; leave it out")
    parts = [_query(arm, known, outer, subject, classes, found, outermost=outermost) for arm in arms(bare)]
    names = [outputs(arm) for arm in arms(bare)]
    bearing = any(part.bearing for part in parts)
    places = [
        {place for place, name in enumerate(columns) if name in part.carried or not part.bearing}
        for part, columns in zip(parts, names, strict=True)
    ]
    shared = places[0] & places[1] if bearing else set()
    return _Part(frozenset(names[0][place] for place in shared if place < len(names[0])), bearing)


def _select(scope: Scope, subject: Node | None, classes: _Classes, found: Ties, outermost: bool) -> _Part:
    """`subject` is the class of the SELECT around a correlated subquery, None for a query that stands alone.

    Of the `outermost` SELECT the first column is the subject, whatever else is equal to what.
    """
    bearers = [node for source in scope.sources.values() for node in _bearers(scope, source, classes, found)]
    for condition in (arg(scope.select, "where"), *(join.args.get("on") for join in _joins(scope))):
        for part in conjuncts(condition.this if isinstance(condition, exp.Where) else condition):
            _equal(scope, part, classes)
    for join in _joins(scope):
        _using(scope, join, classes)
    top = _subject_class(scope, subject, bearers, classes, outermost)
    for node in bearers:
        if top is None or classes.top(node) != top:
            found.untied |= _tables(scope, node)
    correlated = subject is not None and bool(bearers)
    nested = _subqueries(scope, top, classes, found)
    if not correlated:
        _across(scope, top, classes, found)
    carried = frozenset(
        item.alias_or_name.lower() for item in scope.select.expressions if top is not None and _carries(scope, item, top, classes)
    )
    return _Part(carried, bool(bearers) or nested)


def _joins(scope: Scope) -> list[exp.Join]:
    return [source.join for source in scope.sources.values() if source.join is not None]


def _bearers(scope: Scope, source: Source, classes: _Classes, found: Ties) -> list[Node]:
    """Return the columns of a source that hold the asset, all of them equal."""
    here = id(scope.select)
    if source.table is not None:
        table = TABLES.get(source.table)
        return [(here, source.name, "asset")] if table is not None and table.per_asset else []
    if source.query is None:
        return []
    part = _query(source.query, source.ctes, scope.outer, None, classes, found)
    if not part.bearing:
        return []
    nodes = [(here, source.name, name) for name in sorted(part.carried)]
    for node in nodes[1:]:
        classes.join(node, nodes[0])
    return nodes[:1] or [(here, source.name, "asset")]


def _node(scope: Scope, column: exp.Expr) -> Node | None:
    if not isinstance(column, exp.Column):
        return None
    place = scope.find(column)
    return None if place is None else (id(place[0].select), place[1].name, column.name.lower())


def _equal(scope: Scope, part: exp.Expr, classes: _Classes) -> None:
    if isinstance(part, exp.EQ):
        one, other = _node(scope, part.this.unnest()), _node(scope, part.expression.unnest())
        if one is not None and other is not None:
            classes.join(one, other)


def _using(scope: Scope, join: exp.Join, classes: _Classes) -> None:
    for name in join.args.get("using") or ():
        nodes = [
            (id(scope.select), source.name, name.name.lower()) for source in scope.sources.values() if name.name.lower() in source.columns
        ]
        for node in nodes[1:]:
            classes.join(node, nodes[0])


def _subject_class(scope: Scope, subject: Node | None, bearers: list[Node], classes: _Classes, outermost: bool) -> Node | None:
    if subject is not None and any(classes.top(node) == classes.top(subject) for node in bearers):
        return classes.top(subject)
    first = scope.select.expressions[0].unalias() if scope.select.expressions else None
    for part in [*first.expressions, first.this] if isinstance(first, exp.Coalesce) else [first]:
        node = _node(scope, part) if part is not None else None
        if node is not None and (outermost or not bearers or any(classes.top(other) == classes.top(node) for other in bearers)):
            return classes.top(node)
    return classes.top(bearers[0]) if bearers and not outermost else None


def _carries(scope: Scope, item: exp.Expr, top: Node, classes: _Classes) -> bool:
    bare = item.unalias()
    columns = [bare.this, *bare.expressions] if isinstance(bare, exp.Coalesce) else [bare]
    nodes = [_node(scope, column) for column in columns]
    return all(node is not None and classes.top(node) == top for node in nodes)


def _tables(scope: Scope, node: Node) -> set[str]:
    source = scope.sources[node[1]]
    if source.table is not None:
        return {source.table}
    assert source.query is not None  # noqa: S101 - bearers are tables or queries
    return _read(source.query, source.ctes)


def _read(query: exp.Expr, ctes: Ctes) -> set[str]:
    """Return every table with an `asset` column read anywhere in a query."""
    _, known = unwrap(query, ctes)
    names: set[str] = set()
    for table in query.find_all(exp.Table):
        name = table.name.lower()
        if name in known:
            inner, before = known[name]
            names |= _read(inner, before)
        elif name in TABLES and TABLES[name].per_asset:
            names.add(name)
    return names


def _subqueries(scope: Scope, top: Node | None, classes: _Classes, found: Ties) -> bool:
    """Check the subqueries of a SELECT's expressions; returns whether one reads a table with an asset."""
    bearing = False
    places = [child for child in scope.select.iter_expressions() if not isinstance(child, exp.From | exp.Join | exp.With | exp.Lateral)]
    places += [join.args["on"] for join in _joins(scope) if join.args.get("on") is not None]
    for place in places:
        for node in own(place):
            if not isinstance(node, exp.Query):
                continue
            before = set(found.untied)
            part = _query(node, scope.ctes, scope, top, classes, found)
            bearing = bearing or part.bearing
            if part.bearing and not _tied(scope, node, part, top, classes):
                found.untied |= _read(node, scope.ctes)
            elif not part.bearing:
                found.untied = before
    return bearing


def _tied(scope: Scope, query: exp.Expr, part: _Part, top: Node | None, classes: _Classes) -> bool:
    """A subquery is tied when it is correlated to the subject, or is IN (…) giving the subject."""
    if top is None:
        return False
    bare, known = unwrap(query, scope.ctes)
    parent = query.parent
    if isinstance(parent, exp.In) and subquery_of(parent) is query:
        node = _node(scope, parent.this.unnest())
        names = outputs(query)
        if node is not None and classes.top(node) == top and names and names[0] in part.carried:
            return True
    selects = [bare] if isinstance(bare, exp.Select) else [arm for arm in arms(bare) if isinstance(arm, exp.Select)]
    return bool(selects) and all(_reaches(scope_of(select, known, scope), top, classes) for select in selects)


def _reaches(scope: Scope, top: Node, classes: _Classes) -> bool:
    here = id(scope.select)
    return any(node[0] == here and classes.top(node) == classes.top(top) for node in list(classes.parent))


def _across(scope: Scope, top: Node | None, classes: _Classes, found: Ties) -> None:
    """LIMIT, windows and DISTINCT ON that are not per subject would let one machine decide for another."""
    select = scope.select
    if arg(select, "limit") is not None or arg(select, "offset") is not None:
        found.problems.append("LIMIT picks rows across machines; leave it out")
    for child in select.iter_expressions():
        if isinstance(child, exp.From | exp.Join | exp.With):
            continue
        for node in own(child):
            if isinstance(node, exp.Window) and not _has(scope, node.args.get("partition_by") or [], top, classes):
                found.problems.append("a window function must partition by the subject's asset")
            on = node.args.get("on") if isinstance(node, exp.Distinct) else None
            if on is not None and not _has(scope, on.expressions, top, classes):
                found.problems.append("distinct on must name the subject's asset")


def _has(scope: Scope, columns: list[exp.Expr], top: Node | None, classes: _Classes) -> bool:
    nodes = [_node(scope, column) for column in columns]
    return top is not None and any(node is not None and classes.top(node) == top for node in nodes)
