"""Whether a version lies in what a notice calls affected. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from omamori.analyze.flaws.firmware_versions import inside as device_inside
from omamori.knowledge.version import SCHEMES, key
from omamori.model.facts import Affected
from omamori.model.notices import PublishedNotice

Said = Literal["yes", "no", "range", "version", "status", "both"]
"""`yes` and `no` are certain; the others name what leaves it open: the notice tells no range, the version cannot be compared, nobody has
looked yet, or the notice says both."""


def inside(row: PublishedNotice, version: str | None, device: str = "") -> bool | None:
    """Return whether `version` is in the range of a row; None when it cannot be compared.

    In: `device`, the pack's network product it is a version of, whose maker has a form of its own; empty for others.
    What a scheme cannot read is read as dotted numbers: makers write `6.0` where they mean every 6.0.x.
    """
    if device:
        record = Affected(since=row.since or "", since_out=bool(row.since_out), before=row.before or "", before_in=bool(row.before_in))
        held, doubt = device_inside(device, record, version)
        if held is not None or doubt != "unordered" or device == "cisco-ios":
            return held
    for scheme in dict.fromkeys((row.scheme or "dotted", "dotted")):
        if scheme in SCHEMES and (placed := _inside(row, version, scheme)) is not None:
            return placed
    return None


def _inside(row: PublishedNotice, version: str | None, scheme: str) -> bool | None:
    seen = key(scheme, version)
    low, high = key(scheme, row.since), key(scheme, row.before)
    if seen is None or (row.since and low is None) or (row.before and high is None):
        return None
    above = low is None or (seen > low if row.since_out else seen >= low)
    below = high is None or (seen <= high if row.before_in else seen < high)
    return above and below


def affected(rows: Iterable[PublishedNotice], version: str | None, device: str = "") -> tuple[Said, tuple[PublishedNotice, ...]]:
    """Return what the rows of a notice about one product say of a version, and the rows that say so."""
    said: dict[Said | str, list[PublishedNotice]] = defaultdict(list)
    for row in rows:
        held = inside(row, version, device) if row.since or row.before else None
        if row.status == "not_affected":
            said["not" if held else ""].append(row)
        elif row.status == "undetermined":
            said["status" if held is not False else ""].append(row)
        elif not (row.since or row.before):
            said["range"].append(row)
        else:
            said["version" if held is None else "yes" if held else ""].append(row)
    if said["yes"]:
        return ("both" if said["not"] else "yes"), tuple(said["yes"])
    if said["not"]:
        return "no", tuple(said["not"])
    order: tuple[Said, ...] = ("version", "range", "status")
    for open_ in order:
        if said[open_]:
            return open_, tuple(said[open_])
    return "no", ()
