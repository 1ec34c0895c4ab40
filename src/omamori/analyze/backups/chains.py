"""How one loss brings the next: all copies of a machine taken together."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.analyze.backups.apart import Judgement
from omamori.model.backup_posture import CHAIN_END, BackupChain, BackupPosture
from omamori.snapshot.database import Database


def needs_copies(database: Database) -> frozenset[str]:
    """Return the servers that care depends on: a machine of these without any copy has a chain too."""
    query = (
        "select a.asset from assets a left join crown_jewels j on j.asset = a.asset "
        "where (a.important or j.jewel <> 'backup') and coalesce(a.role, 'server') = 'server'"
    )
    return frozenset(str(asset) for (asset,) in database.select(query))


def chain_of(asset: str, judged: Sequence[Judgement], rows: Sequence[BackupPosture], source: str) -> BackupChain:
    """Return the chain of a machine from its judged copies and their rows, which stand in the same order."""
    surviving = sum(one.fate == "survives" for one in judged)
    untold = sum(one.fate == "unknown" for one in judged)
    lost = [one for one in judged if one.fate == "lost"]
    chain = None
    if not surviving and not untold:
        places = dict.fromkeys(_place(one) for one in lost if one.copy.other_device is not False)
        chain = " > ".join((asset, *(place for place in places if place), CHAIN_END))
    told = "; ".join(f"{row.job or row.product or row.target or '?'}: {row.fate}" for row in rows)
    return BackupChain(
        asset=asset,
        copies=len(rows),
        surviving=surviving,
        untold=untold,
        media=len({row.medium for row in rows if row.medium}),
        chain=chain,
        told=told or None,
        source=source,
        evidence=next((row.evidence for row in rows if row.evidence), ""),
    )


def _place(one: Judgement) -> str:
    copy = one.copy
    return (copy.kept_on or copy.target or copy.name).replace(" > ", " ")
