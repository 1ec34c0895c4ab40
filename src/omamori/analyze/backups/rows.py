"""The row of `backup_posture` of one copy, put together from what was judged, seen and declared."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from omamori.analyze.backups.apart import Judgement
from omamori.analyze.backups.copies import Copy
from omamori.analyze.backups.facts import Facts
from omamori.analyze.backups.judged import first_known
from omamori.analyze.backups.protection import writers
from omamori.analyze.backups.series import Series, series_of
from omamori.model.backup import RestoreProof
from omamori.model.backup_posture import BackupPosture

_OPPOSITE = {"yes": False, "no": True}


def row_of(facts: Facts, one: Judgement, source: str) -> BackupPosture:
    """Return the row of one copy; `source` is the analyzer's name."""
    copy = one.copy
    told = copy.declared
    numbers = _numbers(facts, copy)
    day, seen = _last_offline(facts, one, numbers.get("newest"))
    return BackupPosture(
        asset=copy.asset,
        job=copy.name,
        declared=told is not None,
        observed=copy.observed,
        product=copy.product,
        medium=copy.medium,
        target=copy.target,
        kept_on=copy.kept_on,
        other_device=copy.other_device,
        offline_declared=told.offline if told is not None else None,
        offline=one.offline.value,
        offline_by=one.by,
        offline_told=one.offline.words,
        last_offline=day,
        last_offline_seen=seen,
        reached_from=one.reach.column,
        reached_by=one.reach.by,
        always_mounted=one.mounted.value,
        deleters=_deleters(facts, copy),
        same_account=one.account.value,
        same_account_told=one.account.words,
        same_domain=one.domain.value,
        domain_admin=one.admin.value,
        domain_admin_told=one.admin.words,
        immutable=one.lock.value,
        same_building=_OPPOSITE.get(told.other_building or "") if told is not None else None,
        same_room=_OPPOSITE.get(told.other_room or "") if told is not None else None,
        same_power=_OPPOSITE.get(told.other_power or "") if told is not None else None,
        fate=one.fate,
        fate_told="; ".join(one.fate_told) or None,
        source=source,
        evidence=_evidence(copy),
        **numbers,
        **_repository(facts, copy),
        **_restored(facts, copy),
    )


def listed_wholly(facts: Facts, copy: Copy) -> bool:
    """Return whether all generations of a copy are known, so that their number means something."""
    rows = copy.generations
    # A repository that did not open lists nothing: that is not a list of none.
    opened = any(row.readable is not False for row in copy.repositories)
    return bool(rows or opened) and facts.knows("backup_generations", copy.asset, "finished", "ok")


def _numbers(facts: Facts, copy: Copy) -> dict[str, Any]:
    """The columns of the series. Of a list that is not whole only the newest is told: of a number half the truth is none."""
    told = copy.declared
    rows = copy.generations
    series = series_of(rows, told.generations if told is not None else None)
    if not listed_wholly(facts, copy):
        never = not facts.coverage.view("backup_generations", copy.asset).looked
        declared = told if told is not None and (never or not rows) else None
        return {
            "newest": series.newest,
            "generations": declared.generations if declared is not None else None,
            "every_days": float(told.every_days) if told is not None and told.every_days is not None else None,
        }
    return {
        "generations": series.count,
        "generations_seen": True,
        "newest": series.newest,
        "oldest": series.oldest,
        "every_days": first_known(series.every, float(told.every_days) if told is not None and told.every_days is not None else None),
        "longest_gap_days": series.longest,
        "gaps": series.gaps,
        "gone": _gone(copy, series),
        "size_ratio": series.size_ratio,
    }


def _gone(copy: Copy, series: Series) -> int | None:
    # A machine's own list does not say what it held before.
    return series.gone if copy.repositories else None


def _repository(facts: Facts, copy: Copy) -> dict[str, Any]:
    """The columns that reading the repository fills."""
    rows = copy.repositories
    if not rows:
        return {}
    names = {row.repository for row in rows}
    readable = [row for row in rows if row.readable is not False]
    harmed = any(row.structure_ok is False or (row.damaged_parts or 0) > 0 for row in rows)
    harmed = harmed or any(row.repository in names for row in facts.of("backup_damage", copy.asset))
    whole = bool(readable) and all(row.structure_ok and row.whole_since is not None and row.damaged_parts is not None for row in rows)
    looked_into = all(row.looked_into for row in rows)
    signs = [row for row in facts.of("backup_signs", copy.asset) if row.repository in names]
    clean = {row.clean_generation for row in rows if row.clean_generation}
    moments = [row.finished for row in copy.generations if row.generation in clean and row.finished is not None]
    since = [row.whole_since for row in rows]
    locks = [row.locked_until for row in rows if row.locked_until is not None]
    return {
        "locked_until": min(locks, default=None),
        "lock_renewed": None if not locks else first_known(*(row.lock_renewed for row in rows)),
        "read_whole_since": min((one for one in since if one is not None), default=None) if all(since) else None,
        "damaged": True if harmed else False if whole else None,
        "traces": len(signs) if looked_into or signs else None,
        "clean": max(moments, default=None),
    }


def _restored(facts: Facts, copy: Copy) -> dict[str, Any]:
    """The newest restore that was proven, else the day the ledger gives."""
    proofs = [row for row in facts.of("restore_proofs", copy.asset) if _of_copy(row, copy)]
    whole = max((row for row in proofs if row.result == "whole" and row.ended is not None), key=lambda row: row.ended, default=None)
    timed = max((row for row in proofs if row.whole_seconds and row.ended is not None), key=lambda row: row.ended, default=None)
    told = copy.declared.last_restore_test if copy.declared is not None else None
    return {
        "restored": whole.ended if whole is not None else datetime.combine(told, time()) if told is not None else None,
        "restored_proven": whole is not None,
        "compared_with": whole.compared_with if whole is not None else None,
        "whole_hours": timed.whole_seconds / 3600 if timed is not None else None,
    }


def _of_copy(row: RestoreProof, copy: Copy) -> bool:
    """A proof belongs to the copy whose repository it names; without one, to the copy of its job."""
    names = {one.repository for one in copy.repositories if one.repository}
    if row.repository and names:
        return row.repository in names
    rows: list[Any] = [*copy.jobs, *copy.repositories, *copy.generations]
    jobs = {one.job for one in rows} | {copy.name}
    return bool(row.job) and row.job in jobs


def _last_offline(facts: Facts, one: Judgement, newest: datetime | None) -> tuple[date | None, bool]:
    """Return the day of the newest copy that was cut off, and whether that was seen."""
    if one.offline.value and newest is not None:
        return newest.date(), True
    copy = one.copy
    logged = [
        row.written or row.taken_out
        for row in facts.of("backup_media", copy.asset)
        if row.taken_out is not None and (row.job == copy.name if row.job else copy.taken_out)
    ]
    declared = copy.declared.last_offline if copy.declared is not None else None
    return max((day for day in (*logged, declared) if day is not None), default=None), False


def _deleters(facts: Facts, copy: Copy) -> str | None:
    said = [name.strip() for row in copy.repositories for name in (row.deleters or "").split(",") if name.strip()]
    return ",".join(dict.fromkeys([*said, *writers(facts, copy)])) or None


def _evidence(copy: Copy) -> str:
    """What shows it: the repository before the machine's list, the job, and the ledger."""
    rows: list[Any] = [*copy.repositories, *copy.generations, *copy.jobs, copy.declared]
    return next((row.evidence for row in rows if row is not None and row.evidence), "")
