"""The items of a standard, decided over a snapshot: reads the facts from its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from omamori.evaluate.check import Check
from omamori.evaluate.item_facts import Declared, Facts, Judged
from omamori.evaluate.items import decide
from omamori.knowledge.editions import Choice, Edition, Need, edition_for, edition_names, load_edition
from omamori.model.look import EVERYWHERE, Verdict
from omamori.model.standard import ItemDecision
from omamori.model.tables import TABLES
from omamori.pipeline.error import UserError
from omamori.pipeline.take import checks_version
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.manifest import Snapshot

_WORD = re.compile(r"[a-z_]+")
_OTHER = {"hospital": "vendor", "vendor": "hospital"}
_VENDOR_KNOWN = (
    "select asset from collected where table_name = 'assets' group by asset"
    " having bool_and(complete and not list_contains(string_split(missing, ','), 'vendor'))"
)
"""Machines of which it is known whether a vendor looks after them."""
_NEEDS_ALWAYS = (Need("vendors"),)


def decisions_of(snapshot: Snapshot, edition: Edition, checks: Sequence[Check], zone: tzinfo, vendor: str = "") -> tuple[ItemDecision, ...]:
    """Return the decision of every item of an edition over a snapshot, `vendor` as in `decide`.

    In: the checks of today; one the snapshot was not judged by leaves its items open. `zone` is the hospital's, for the day.
    Raises UserError when the snapshot's tables are gone or harmed.
    """
    try:
        if not snapshot.tables.is_file():
            raise OSError
        with Database(snapshot.tables, read_only=True) as database:
            ran = ran_by(snapshot, checks)
            facts = read_facts(database, [edition], checks, day_of(snapshot.manifest.moment, zone), ran=ran)
    except (*UNREADABLE, OSError) as error:
        raise UserError(
            f"{snapshot.id} の表がないか壊れています。omamori rebuild {snapshot.id} で作り直せます",
            f"the tables of {snapshot.id} are missing or harmed: omamori rebuild {snapshot.id} makes them anew",
        ) from error
    return decide(edition, facts, beside=other_sheet(edition), vendor=vendor)


def checklists_of(
    database: Database, checks: Sequence[Check], verdicts: Sequence[Verdict], moment: datetime, zone: tzinfo
) -> tuple[tuple[Choice, tuple[ItemDecision, ...]], ...]:
    """Return the hospital's checklist of the day with its decisions, for the report of a snapshot these checks have just judged."""
    today = day_of(moment, zone)
    choice = edition_for("checklist", "hospital", today)
    facts = read_facts(database, [choice.edition], checks, today, verdicts=verdicts)
    return ((choice, decide(choice.edition, facts, beside=other_sheet(choice.edition))),)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Return the day of a snapshot's moment (UTC) where the hospital is: on 31 March at 16:00 UTC it is April in Japan."""
    return moment.replace(tzinfo=UTC).astimezone(zone).date()


def other_sheet(edition: Edition) -> Edition | None:
    """Return the other role's built-in edition of the same family and year; None when there is none."""
    name = f"{edition.family}/{edition.edition}-{_OTHER.get(edition.role, '')}"
    return load_edition(name) if name in edition_names(edition.family) else None


def ran_by(snapshot: Snapshot, checks: Sequence[Check]) -> bool:
    """Return whether a snapshot was judged by exactly these checks."""
    return snapshot.manifest.versions.get("checks") == checks_version(checks)


def read_facts(
    database: Database,
    editions: Iterable[Edition],
    checks: Sequence[Check],
    today: date,
    *,
    verdicts: Iterable[Verdict] | None = None,
    ran: bool = True,
) -> Facts:
    """Return what a snapshot's tables know about the items of `editions`.

    In: `verdicts` where they are at hand already; `ran`: whether exactly these checks judged it. Where not, a check
    without a verdict counts as not run.
    """
    items = [item for edition in editions for item in edition.items()]
    named = {name for item in items for name in item.checks}
    needs = {*_NEEDS_ALWAYS, *(need for item in items for need in item.needs)}
    machines = database.select("select asset, role, vendor from assets")
    sure = {str(asset) for (asset,) in database.select(_VENDOR_KNOWN)}
    lines = database.select("select line, vendor from remote_lines")
    declared = _declared(database, needs)
    vendors = tuple(str(name) for (name,) in database.select("select distinct vendor from vendors where vendor <> '' order by 1"))
    anybody = bool(vendors) or any(vendor for _, _, vendor in machines) or any(vendor for _, vendor in lines)
    return Facts(
        today=today,
        checks=_judged([check for check in checks if check.id in named], _verdicts(database, named) if verdicts is None else verdicts, ran),
        roles={asset: role for asset, role, _ in machines},
        vendor_of={asset: vendor or ("" if asset in sure else None) for asset, _, vendor in machines},
        line_vendor={line: vendor or None for line, vendor in lines},
        questions={row.question: row for row in database.rows("questions")},
        declared=declared,
        answers=tuple(database.rows("item_answers")),
        vendors=vendors,
        contract=True if anybody else False if declared["vendors"].complete else None,
        looks=_looks(database),
    )


def tables_of(check: Check) -> frozenset[str]:
    """Return the tables a check reads: every word of its SELECT and scope that is the name of one.

    A word too many only makes a decision older than it is.
    """
    return frozenset(_WORD.findall(f"{check.sql} {check.scope or ''}".lower())) & TABLES.keys()


def _verdicts(database: Database, names: Iterable[str]) -> list[Verdict]:
    columns = [column.name for column in TABLES["verdicts"].columns]
    query = f"select {', '.join(columns)} from verdicts where check_id in (select unnest($names)) order by all"  # noqa: S608 - names of the model
    return [Verdict(**dict(zip(columns, row, strict=True))) for row in database.select(query, {"names": sorted(names)})]


def _judged(checks: Sequence[Check], verdicts: Iterable[Verdict], ran: bool) -> Mapping[str, Judged]:
    found: dict[str, list[Verdict]] = {check.id: [] for check in checks}
    for verdict in verdicts:
        if verdict.check_id in found:
            found[verdict.check_id].append(verdict)
    return {
        check.id: Judged(check.title, check.subject, tables_of(check), tuple(found[check.id]), ran or bool(found[check.id]))
        for check in checks
    }


def _declared(database: Database, needs: Iterable[Need]) -> dict[str, Declared]:
    columns: dict[str, list[str]] = {}
    for need in sorted(needs, key=lambda one: (one.table, one.column)):
        columns.setdefault(need.table, []).extend([need.column] if need.column else [])
    looks: dict[str, list[tuple[bool, str]]] = {}
    for table, complete, missing in database.select(
        "select table_name, complete, missing from collected where asset = $site", {"site": EVERYWHERE}
    ):
        looks.setdefault(table, []).append((bool(complete), missing or ""))
    return {table: _of_table(database, table, names, looks.get(table, [])) for table, names in columns.items()}


def _of_table(database: Database, table: str, columns: Sequence[str], looks: Sequence[tuple[bool, str]]) -> Declared:
    picked = ["count(*)", "arg_min(evidence, rowid)"]
    for name in columns:
        column = TABLES[table].column(name)  # `unknown` chosen from the list is an empty cell with a good conscience.
        filled = f"{column.name} is not null and trim(cast({column.name} as varchar)) not in ('', 'unknown')"
        picked += [f"count(*) filter ({filled})", f"arg_min(evidence, rowid) filter ({filled})"]
    ((rows, shown, *values),) = database.select(f"select {', '.join(picked)} from {TABLES[table].name}")  # noqa: S608 - names of the model
    return Declared(
        rows=rows,
        filled=dict(zip(columns, values[::2], strict=True)),
        shown=shown or "",
        filled_at={name: where or "" for name, where in zip(columns, values[1::2], strict=True)},
        complete=bool(looks) and all(complete for complete, _ in looks),
        missing=frozenset(name for _, missing in looks for name in missing.replace(" ", "").split(",") if name),
    )


def _looks(database: Database) -> Mapping[str, Mapping[str, datetime]]:
    found: dict[str, dict[str, Any]] = {}
    for table, asset, seen in database.select(
        "select table_name, asset, min(seen) from collected where seen is not null group by all order by all"
    ):
        found.setdefault(table, {})[asset] = seen
    return found
