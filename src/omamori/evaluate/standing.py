"""Which tables a SELECT rests on, and how: positively, where a row stays a row whatever else is not known, or not.

A table stands *positively* in FROM, an inner or semi join, a UNION arm or a top-level EXISTS or IN
conjunct, with no aggregate, window or LIMIT above. Everything else stands *negatively*: there a row that
was not seen could take the finding away. A common table expression's tables stand as it stands and as they stand
inside it. Pure: works on sqlglot's tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import expressions as exp

from omamori.evaluate.sources import Ctes, Scope, Source, arg, arms, conjuncts, inside, outputs, own, scope_of, subquery_of, unwrap

_NULL_TAKERS = tuple(
    kind
    for kind in (
        getattr(exp, name, None)
        for name in ("Coalesce", "Case", "If", "NullSafeEQ", "NullSafeNEQ", "Greatest", "Least", "ConcatWs", "Concat")
    )
    if kind
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one table stands in a check.

    `deciding`: columns of WHERE, ON, HAVING, GROUP BY and FILTER. `null_decides`: those of them whose NULL may make a row
    (`is null`, coalesce, case …): there a value that could not be read must not become a finding.
    """

    table: str
    positive: bool
    deciding: frozenset[str]
    null_decides: frozenset[str]


@dataclass
class _Found:
    positive: bool = True
    deciding: set[str] = field(default_factory=set)
    null_decides: set[str] = field(default_factory=set)


def standings(query: exp.Expr) -> dict[str, Standing]:
    """Return the standing of every model table a guarded SELECT reads, by table name."""
    walk = _Walk()
    walk.query(query, {}, None, True)
    return {
        name: Standing(name, found.positive, frozenset(found.deciding), frozenset(found.null_decides)) for name, found in walk.found.items()
    }


class _Walk:
    """One walk over a tree; `found` collects by table."""

    def __init__(self) -> None:
        self.found: dict[str, _Found] = {}

    def query(self, query: exp.Expr, ctes: Ctes, outer: Scope | None, positive: bool) -> None:
        if isinstance(query, exp.Subquery) and (query.args.get("limit") or query.args.get("offset")):
            positive = False
        bare, known = unwrap(query, ctes)
        if isinstance(bare, exp.Select):
            self.select(scope_of(bare, known, outer), positive)
            return
        if bare.args.get("limit") or bare.args.get("offset"):
            positive = False
        for arm in arms(bare):
            self.query(arm, known, outer, positive and isinstance(bare, exp.Union))

    def select(self, scope: Scope, positive: bool) -> None:
        select = scope.select
        positive = positive and not folds(select)
        stands = _stands(scope, positive)
        for source in scope.sources.values():
            self.source(scope, source, stands[source.name])
        self.condition(scope, arg(select, "where"), positive)
        for join in select.find_all(exp.Join):
            if join.parent_select is select:
                self.condition(scope, join.args.get("on"), positive and not join.side)
                self.using(scope, join)
        for clause in ("group", "having", "qualify", "distinct"):
            node = arg(select, clause)
            if node is not None and node.args.get(
                "this" if clause in ("having", "qualify") else "expressions" if clause == "group" else "on"
            ):
                self.decide(scope, node)
                self.subqueries(scope, node)
        if folds(select) and arg(select, "order") is not None:
            self.decide(scope, select.args["order"])
        for item in select.expressions:
            self.subqueries(scope, item)
            for part in own(item):
                if isinstance(part, exp.Filter):
                    self.decide(scope, part.expression)

    def source(self, scope: Scope, source: Source, positive: bool) -> None:
        if source.table is not None:
            found = self.found.setdefault(source.table, _Found())
            found.positive = found.positive and positive
        elif source.query is not None:
            lateral = scope if source.query.find_ancestor(exp.Lateral) else scope.outer
            self.query(source.query, source.ctes, lateral, positive)
        elif source.node is not None:
            # unnest(string_split(r.sources, ',')): the argument makes or takes away rows.
            for part in source.node.iter_expressions():
                if isinstance(part, exp.Query):
                    self.query(part, scope.ctes, scope, positive)
                else:
                    self.decide(scope, part)
                    self.subqueries(scope, part)

    def condition(self, scope: Scope, node: exp.Expr | None, positive: bool) -> None:
        """A WHERE or ON: its EXISTS and IN conjuncts stand as the SELECT stands, every other subquery negatively."""
        where = node.this if isinstance(node, exp.Where) else node
        for part in conjuncts(where):
            query = subquery_of(part)
            if query is None:
                self.decide(scope, part)
                self.subqueries(scope, part)
                continue
            self.query(query, scope.ctes, scope, positive)
            if isinstance(part, exp.In):
                self.decide(scope, part.this)
                self.subqueries(scope, part.this)
                self.output(query, scope.ctes, scope, None, False)

    def subqueries(self, scope: Scope, node: exp.Expr) -> None:
        """Subqueries anywhere in an expression stand negatively, and what they give decides."""
        for part in own(node):
            if isinstance(part, exp.Query):
                self.query(part, scope.ctes, scope, False)
                self.output(part, scope.ctes, scope, None, True)

    def using(self, scope: Scope, join: exp.Join) -> None:
        for name in join.args.get("using") or ():
            for source in scope.sources.values():
                if name.name.lower() in source.columns:
                    self.column(scope, source, name.name.lower(), False)

    def decide(self, scope: Scope, node: exp.Expr, null_taker: bool = False) -> None:
        """Note the columns of an expression as deciding; `null_taker` when a NULL in it may make a row."""
        if isinstance(node, exp.Query):
            return
        if isinstance(node, exp.Column):
            found = scope.find(node)
            if found is not None:
                self.column(found[0], found[1], node.name.lower(), null_taker)
                return
            for item in scope.select.expressions:
                # DuckDB lets a condition name an alias of the same SELECT.
                if isinstance(item, exp.Alias) and item.alias.lower() == node.name.lower() and node.find_ancestor(exp.Alias) is not item:
                    self.decide(scope, item.this, null_taker)
            return
        taker = null_taker or _takes_null(node)
        for child in node.iter_expressions():
            self.decide(scope, child, taker)

    def column(self, scope: Scope, source: Source, name: str, null_taker: bool) -> None:
        if source.table is not None:
            found = self.found.setdefault(source.table, _Found())
            found.deciding.add(name)
            if null_taker:
                found.null_decides.add(name)
        elif source.query is not None:
            self.output(source.query, source.ctes, scope.outer, name, null_taker)
        elif source.node is not None:
            for part in inside(source.node):
                if isinstance(part, exp.Column):
                    self.decide(scope, part, null_taker)

    def output(self, query: exp.Expr, ctes: Ctes, outer: Scope | None, name: str | None, null_taker: bool) -> None:
        """A query's output column (None: every one) decides outside: so do the columns it is made of."""
        bare, known = unwrap(query, ctes)
        if not isinstance(bare, exp.Select):
            names = outputs(bare)
            for arm in arms(bare):
                # Columns of a UNION are matched by place, named by the first arm.
                place = names.index(name) if name in names else None
                self._output_at(arm, known, outer, place, null_taker)
            return
        scope = scope_of(bare, known, outer)
        for item in bare.expressions:
            if name is None or item.alias_or_name.lower() == name:
                self.decide(scope, item.unalias(), null_taker)

    def _output_at(self, arm: exp.Expr, ctes: Ctes, outer: Scope | None, place: int | None, null_taker: bool) -> None:
        names = outputs(arm)
        self.output(arm, ctes, outer, names[place] if place is not None and place < len(names) else None, null_taker)


def _takes_null(node: exp.Expr) -> bool:
    """Return whether a NULL below this node may make the condition true."""
    if isinstance(node, exp.Is):
        if isinstance(node.expression, exp.Null):
            return not isinstance(node.parent, exp.Not)
        # `x is true` is false for NULL, `x is not true` is true.
        return node.find_ancestor(exp.Not) is not None
    return isinstance(node, _NULL_TAKERS)


def folds(select: exp.Select) -> bool:
    """Return whether a SELECT makes rows out of several: aggregate, window, LIMIT, DISTINCT ON, QUALIFY."""
    if any(arg(select, name) is not None for name in ("group", "having", "limit", "offset", "qualify")):
        return True
    distinct = select.args.get("distinct")
    if distinct is not None and distinct.args.get("on"):
        return True
    return any(isinstance(part, exp.AggFunc | exp.Window) for item in select.expressions for part in own(item))


def _stands(scope: Scope, positive: bool) -> dict[str, bool]:
    """Return which sources of a SELECT stand positively, after the sides of its joins."""
    stands: dict[str, bool] = {}
    for source in scope.sources.values():
        side = source.join.side if source.join is not None else ""
        kind = source.join.kind if source.join is not None else ""
        if side in ("RIGHT", "FULL"):
            stands = dict.fromkeys(stands, False)
        stands[source.name] = positive and side not in ("LEFT", "FULL") and kind != "ANTI"
    return stands
