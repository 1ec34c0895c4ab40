"""What vendors answered → designed flows and exceptions, where the ledger says the machine is theirs.

A refusal becomes an exception only with a reason, a day on which it ends and a named person, and only while no other vendor of the
machine says that it can be mended (docs/decisions/0023-asking-a-vendor.md). The rows stand beside the ledger's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from omamori.analyze.interface import Analyzer, Moment
from omamori.model.declared import DesignedFlow, RiskException, VendorAnswer
from omamori.model.vendors import vendors_of
from omamori.snapshot.database import Database

ANYBODY = "0.0.0.0/0"
"""Peer of a port that nobody needs."""
_CAN_BE_MENDED = frozenset({"hospital", "vendor", "done"})


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the flows and exceptions that follow from the answers; nothing for a machine or line of somebody else."""
    del moment
    theirs = _theirs(database)
    answers = [row for row in database.rows("vendor_answers") if row.vendor in theirs.get(row.asset, ())]
    yield from _flows(answers)
    yield from _exceptions(answers)


def _theirs(database: Database) -> Mapping[str, tuple[str, ...]]:
    """Machine or line → the vendors who look after it, as the ledger says."""
    known = {row.vendor for row in database.rows("vendors")}
    found: dict[str, tuple[str, ...]] = {}
    for name, said in database.select("select asset, vendor from ledger_assets union all select line, vendor from remote_lines"):
        found[str(name)] = tuple(dict.fromkeys((*found.get(str(name), ()), *vendors_of(said, known))))
    return found


def _flows(answers: Iterable[VendorAnswer]) -> Iterator[DesignedFlow]:
    for row in answers:
        if row.question != "flow" or row.answer not in ("yes", "no") or (row.answer == "yes" and not row.peer):
            continue
        yield DesignedFlow(
            asset=row.asset,
            peer=row.peer or ANYBODY,
            direction=row.direction or "in",
            port=row.port,
            protocol=row.protocol,
            needed=row.answer,
            purpose=row.remark,
            source=ANALYZER.name,
            evidence=row.evidence,
        )


def _exceptions(answers: Iterable[VendorAnswer]) -> Iterator[RiskException]:
    said: dict[tuple[str, str], list[VendorAnswer]] = defaultdict(list)
    for row in answers:
        if row.question == "finding" and row.check_id:
            said[row.check_id, row.asset].append(row)
    for (check_id, asset), rows in sorted(said.items()):
        if any(row.answer in _CAN_BE_MENDED for row in rows):
            continue
        for row in rows:
            if row.answer == "refused" and row.reason and row.until and row.answered_by:
                yield RiskException(
                    check_id=check_id,
                    subject=asset,
                    owner=f"{row.answered_by} ({row.vendor})",
                    reason=row.reason,
                    compensating=row.compensating,
                    expires=row.until,
                    paper=row.paper,
                    letter=row.paper,
                    letter_on=row.answered_on if row.paper else None,
                    source=ANALYZER.name,
                    evidence=row.evidence,
                )


ANALYZER = Analyzer(
    name="analyze.vendor_replies",
    reads=("vendor_answers", "vendors", "ledger_assets", "remote_lines"),
    fills=("designed_flows", "exceptions"),
    run=run,
)
"""The analyzer of this module."""
