"""What was looked at and what could not be seen, per machine and group of tables, with the reason and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from omamori.model.look import EVERYWHERE, Collected
from omamori.report.clean import clean
from omamori.report.shape import CoverageCell, Finding, Machine, Unseen
from omamori.report.words import GROUPS, NOT_ASKED, NOT_EVERYWHERE, NOT_TOLD, ONLY_ON, advice, reason_label

Looks = Mapping[tuple[str, str], Collected]


def index_looks(rows: Iterable[Collected]) -> dict[tuple[str, str], Collected]:
    """Return the looks by (asset, table); where there are several the more complete and newer one speaks."""
    best: dict[tuple[str, str], Collected] = {}
    for row in rows:
        key = (clean(row.asset), row.table_name)
        held = best.get(key)
        if held is None or _better(row) > _better(held):
            best[key] = row
    return best


def _better(look: Collected) -> tuple[bool, bool, datetime, str]:
    return (look.complete, not look.missing, look.seen or datetime.min, look.source)


def look_of(looks: Looks, asset: str, table: str) -> Collected | None:
    """Return the look at a table of a machine: its own, else one that speaks for the whole site."""
    return looks.get((asset, table)) or looks.get((EVERYWHERE, table))


def kind_of(platform: str | None, domain_role: str | None) -> str:
    """Return which kind of machine a look has to satisfy; a Windows machine of which it is not known may be a controller."""
    return "windows controller" if platform == "windows" and domain_role not in ("standalone", "member") else platform or ""


def is_whole(look: Collected | None, kind: str = "") -> bool:
    """True when the look saw all there was to see on a machine of this kind."""
    if look is None or not look.complete:
        return False
    return set(look.missing.split(",")) - {""} <= NOT_TOLD.get(kind, {}).get(look.table_name, frozenset())


def machine_coverage(
    looks: Looks, asset: str, platform: str, declared: bool, observed: bool, domain_role: str | None = None
) -> tuple[CoverageCell, ...]:
    """Return one cell for each group of tables of a machine."""
    kind = kind_of(platform, domain_role)
    default = "declared_not_seen" if declared and not observed else "not_collected"
    cells = []
    for group, (_, tables) in GROUPS.items():
        # A backup read elsewhere tells of a machine of any platform: what was looked at counts.
        wanted = [table for table in tables if ONLY_ON.get(table, platform) == platform or not platform or (asset, table) in looks]
        seldom = NOT_EVERYWHERE | NOT_ASKED.get(platform, frozenset())
        wanted = [table for table in wanted if table not in seldom or look_of(looks, asset, table) is not None]
        found = [look_of(looks, asset, table) for table in wanted]
        whole = [is_whole(look, kind) for look in found]
        short = [(table, look) for table, look, good in zip(wanted, found, whole, strict=True) if not good]
        state = "whole" if all(whole) else "none" if not any(found) else "part"
        reasons = sorted({(look.reason if look and look.reason else default) for _, look in short})
        needs = sorted({clean(look.needs, 200) for _, look in short if look and look.needs})
        seen = max((look.seen for look in found if look and look.seen), default=None)
        cells.append(
            CoverageCell(group, state, reasons[0] if reasons else None, "; ".join(needs), seen, tuple(table for table, _ in short))
        )
    return tuple(cells)


def unseen(findings: Sequence[Finding], machines: Sequence[Machine]) -> tuple[Unseen, ...]:
    """Return what could not be seen grouped by reason, the reason that hides most first."""
    verdicts: dict[str, int] = defaultdict(int)
    cells: dict[str, int] = defaultdict(int)
    names: dict[str, set[str]] = defaultdict(set)
    needs: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.verdict == "unknown":
            reason = finding.reason or ""
            verdicts[reason] += 1
            if finding.subject_kind == "asset":
                names[reason].add(finding.subject)
    for machine in machines:
        for cell in machine.coverage:
            if cell.state != "whole":
                reason = cell.reason or ""
                cells[reason] += 1
                names[reason].add(machine.name)
                needs[reason].update(part for part in cell.needs.split("; ") if part)
    ordered = sorted(set(verdicts) | set(cells), key=lambda reason: (-verdicts[reason], -cells[reason], reason))
    return tuple(
        Unseen(
            reason=reason,
            label=reason_label(reason),
            advice=advice(reason),
            verdicts=verdicts[reason],
            cells=cells[reason],
            machines=tuple(sorted(names[reason])),
            needs=tuple(sorted(needs[reason])),
        )
        for reason in ordered
    )
