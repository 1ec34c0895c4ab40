"""Breaks a check in small ways and asks whether its examples notice.

A mutant is the check with one condition dropped, one comparison shifted or negated, one number moved by one, one
join or EXISTS turned over, or its scope widened. A mutant no example notices means that the condition is not
proven, or not needed. Mutants the guard refuses or DuckDB cannot run are noticed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import expressions as exp

from omamori.evaluate.check import Check, CheckError
from omamori.evaluate.examples import Bench, differences
from omamori.evaluate.guard import Guarded, guard, guard_trees

_SHIFTED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.NullSafeEQ: exp.NullSafeNEQ,
    exp.NullSafeNEQ: exp.NullSafeEQ,
}
_NEGATED = (exp.Exists, exp.In, exp.Like, exp.ILike, exp.Is, exp.Between, exp.RegexpLike)
Change = Callable[[exp.Expr], None]


@dataclass(frozen=True)
class Mutant:
    """A changed check: a readable name, and its trees."""

    name: str
    query: exp.Expr
    scope: exp.Expr | None


def mutants(checked: Guarded) -> tuple[Mutant, ...]:
    """Return every mutant of a guarded check, named uniquely."""
    found: list[Mutant] = []
    for name, tree in _changed(checked.query):
        found.append(Mutant(name, tree, checked.scope))
    if checked.scope is not None:
        for name, tree in _changed(checked.scope):
            if name.startswith("drop"):
                found.append(Mutant(f"scope: {name}", checked.query, tree))
    seen: dict[str, int] = {}
    unique = []
    for mutant in found:
        seen[mutant.name] = seen.get(mutant.name, 0) + 1
        count = seen[mutant.name]
        unique.append(mutant if count == 1 else dataclasses.replace(mutant, name=f"{mutant.name} ({count})"))
    return tuple(unique)


def survivors(check: Check, bench: Bench | None = None) -> list[str]:
    """Return the names of mutants no example notices and `equivalent:` does not name, and wrong names there.

    Empty when the check is proven. A check the guard refuses returns its problems.
    """
    if bench is None:
        with Bench() as own:
            return survivors(check, own)
    try:
        checked = guard(check)
    except CheckError as error:
        return list(error.problems)
    every = mutants(checked)
    left = _unnoticed(check, checked, every, bench)
    names = {mutant.name for mutant in every}
    problems = [name for name in left if name not in check.equivalent]
    problems += [f"equivalent: no mutant is named {name!r}" for name in check.equivalent if name not in names]
    problems += [f"equivalent: an example notices {name!r}; take it away" for name in check.equivalent if name in names - set(left)]
    return problems


def _unnoticed(check: Check, checked: Guarded, every: tuple[Mutant, ...], bench: Bench) -> list[str]:
    alive: dict[str, Guarded] = {}
    for mutant in every:
        try:
            guarded = guard_trees(check, mutant.query, mutant.scope)
        except CheckError:
            continue
        scope_sql = mutant.scope.sql("duckdb") if mutant.scope is not None else None
        alive[mutant.name] = dataclasses.replace(guarded, sql=mutant.query.sql("duckdb"), scope_sql=scope_sql)
    tables = checked.tables
    for case in check.examples.cases:
        bench.load(case, tables)
        judged = zip(list(alive), bench.judge_each(list(alive.values()), check.examples.now), strict=True)
        for name, verdicts in judged:
            if differences(case, verdicts):
                del alive[name]
    return list(alive)


def _changed(tree: exp.Expr) -> Iterator[tuple[str, exp.Expr]]:
    """Yield every change of a tree, each applied to a copy."""
    for place, node in enumerate(tree.walk()):
        for name, change in _changes(node):
            copy = tree.copy()
            change(next(item for number, item in enumerate(copy.walk()) if number == place))
            yield name, copy


def _changes(node: exp.Expr) -> Iterator[tuple[str, Change]]:
    if isinstance(node, exp.Where | exp.Having | exp.Qualify) and not isinstance(node.this, exp.And):
        yield f"drop {_words(node.this)}", _drop_clause
    if isinstance(node, exp.Join):
        yield from _join_changes(node)
    if not _decides(node):
        return
    if isinstance(node, exp.And | exp.Or):
        for side, other in (("this", "expression"), ("expression", "this")):
            if not isinstance(node.args[side], type(node)):
                yield f"drop {_words(node.args[side])}", _keep(other)
    if type(node) in _SHIFTED:
        # Equality of two columns in a join is its key: dropping it is tried elsewhere.
        yield f"{_words(node)} -> {_SHIFTED[type(node)].key}", _shift
    elif isinstance(node, exp.Not):
        yield f"not dropped: {_words(node)}", _keep("this")
    elif isinstance(node, _NEGATED) or (isinstance(node, exp.Column) and _is_condition(node)):
        if not isinstance(node.parent, exp.Not):
            yield f"negate {_words(node)}", _negate
    elif isinstance(node, exp.Literal):
        yield from _number(node)


def _join_changes(node: exp.Join) -> Iterator[tuple[str, Change]]:
    words = _words(node.this)
    if node.side == "LEFT":
        yield f"left join {words} -> inner", lambda join: join.set("side", None)
    elif not node.side and node.kind in ("", "INNER") and node.args.get("on") is not None:
        yield f"join {words} -> left", _to_left
    if node.args.get("on") is not None and not isinstance(node.args["on"], exp.And):
        yield f"drop on {_words(node.args['on'])}", lambda join: join.set("on", exp.true())


def _to_left(join: exp.Expr) -> None:
    join.set("kind", None)
    join.set("side", "LEFT")


def _number(node: exp.Literal) -> Iterator[tuple[str, Change]]:
    text = str(node.this)
    interval = isinstance(node.parent, exp.Interval)
    if (interval or not node.is_string) and text.isdigit():
        yield f"{_words(node.parent if node.parent is not None else node)}: {text} -> {int(text) + 1}", _move


def _move(node: exp.Expr) -> None:
    node.set("this", str(int(str(node.this)) + 1))


def _shift(node: exp.Expr) -> None:
    node.replace(_SHIFTED[type(node)](this=node.this.copy(), expression=node.expression.copy()))


def _negate(node: exp.Expr) -> None:
    node.replace(exp.Not(this=exp.Paren(this=node.copy())))


def _drop_clause(node: exp.Expr) -> None:
    parent = node.parent
    if isinstance(parent, exp.Filter):
        parent.replace(parent.this.copy())
    else:
        node.pop()


def _keep(side: str) -> Change:
    def change(node: exp.Expr) -> None:
        node.replace(node.args[side].copy())

    return change


def _is_condition(node: exp.Column) -> bool:
    parent = node.parent
    while isinstance(parent, exp.Paren | exp.And | exp.Or):
        parent = parent.parent
    return isinstance(parent, exp.Where | exp.Having | exp.Qualify) or (isinstance(parent, exp.Join) and node.arg_key != "this")


def _decides(node: exp.Expr) -> bool:
    """Whether a node stands where it can change which rows come out, or which are unknown.

    What only words a message (the outermost SELECT's columns, but for `unknown`) does not.
    """
    child, parent = node, node.parent
    while parent is not None:
        if isinstance(parent, exp.Select) and child.arg_key == "expressions":
            if isinstance(parent.parent, exp.Exists):
                return False
            if _outermost(parent):
                return child.alias_or_name.lower() == "unknown"
        child, parent = parent, parent.parent
    return True


def _outermost(select: exp.Select) -> bool:
    parent = select.parent
    while isinstance(parent, exp.SetOperation | exp.Paren) or (
        isinstance(parent, exp.Subquery) and isinstance(parent.parent, exp.SetOperation)
    ):
        parent = parent.parent
    return parent is None


def _words(node: exp.Expr) -> str:
    bare = node.unnest() if isinstance(node, exp.Paren) else node
    text = bare.sql("duckdb").lower()
    return text if len(text) <= 90 else text[:87] + "..."
