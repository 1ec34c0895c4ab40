"""What changed between two snapshots, by the stable identity of findings."""

from __future__ import annotations

from pathlib import Path

from omamori.model.look import Verdict
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Observer
from omamori.pipeline.rebuild import find_snapshot
from omamori.pipeline.take import verdicts_of
from omamori.snapshot.diff import Difference, difference
from omamori.snapshot.manifest import Snapshot, snapshots
from omamori.snapshot.site import Site


def compare(site_path: Path, before: str | None, after: str | None, observer: Observer) -> Difference:
    """Return the difference of two snapshots named by id or date; by default the last two."""
    site = Site(site_path)
    held = snapshots(site)
    if before is None and len(held) < 2:
        raise UserError("比べる判定がまだ2つありません", "there are not two snapshots to compare yet")
    first = find_snapshot(site, before if before is not None else held[-2].id)
    second = find_snapshot(site, after if after is not None else held[-1].id)
    return difference(_verdicts(first), _verdicts(second), before=first.moment, after=second.moment)


def _verdicts(snapshot: Snapshot) -> tuple[Verdict, ...]:
    verdicts = verdicts_of(snapshot)
    if verdicts is None:
        raise UserError(
            f"{snapshot.id} の表が消されています。omamori rebuild {snapshot.id} で作り直せます",
            f"the tables of {snapshot.id} were deleted: omamori rebuild {snapshot.id} makes them anew",
        )
    return verdicts
