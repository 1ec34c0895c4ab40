"""Whether a copy can be deleted where it lies: append-only, locks, shares and mounted folders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.analyze.backups.copies import Copy, mount_of
from omamori.analyze.backups.facts import Facts
from omamori.analyze.backups.judged import Judged, detail, lacking_look, unknown
from omamori.analyze.backups.places import place_of
from omamori.model.access import Share
from omamori.model.host import Service

_SERVERS = re.compile(r"\brest-server\b|\brclone\b.*\bserve\s+restic\b|\bborg\b.*\bserve\b", re.IGNORECASE)
_PATH = re.compile(r"(?:--path|--restrict-to-path|--restrict-to-repository)[= ](/\S+)|\bserve\s+restic\b.*\s(/\S+)\s*$")
_EVERYBODY = re.compile(
    r"(?:.*\\)?(?:everyone|users|domain users|authenticated users|guests?|interactive)|\*|@users|"
    r"s-1-1-0|s-1-5-11|s-1-5-32-545|s-1-5-32-546|s-1-5-21-.*-513",
    re.IGNORECASE,
)
_NAMED = re.compile(r"backup|バックアップ|控え", re.IGNORECASE)
_WRITES = ("change", "full", "root")


def append_only(facts: Facts, copy: Copy) -> Judged:
    """Return whether the place takes new copies and lets nobody delete old ones over the network."""
    keeper = copy.kept_on
    said = [row for row in copy.repositories if row.append_only is not None]
    if any(not row.append_only for row in said):
        return Judged(False, ("not-append-only",))
    if said:
        shown = detail("append-only", next((row.append_only_because for row in said if row.append_only_because), None))
        return _unless_shared(facts, keeper, None, shown) if keeper not in (None, copy.asset) else Judged(True, (shown,))
    written = copy.place.share is not None or copy.kind == "network-mount" or copy.place.text.startswith("sftp:")
    if copy.pushed and written:
        # What is written as files can be deleted as files.
        return Judged(False, (detail("not-append-only", copy.place.share or copy.place.text),))
    if keeper is None or keeper == copy.asset:
        return unknown("keeper-unknown", lacking_look(facts, ("backup_repositories", copy.asset, ())))
    serving = [row for row in facts.of("services", keeper) if row.start != "disabled" and _SERVERS.search(row.command or "")]
    deleting = [row for row in serving if "--append-only" not in (row.command or "")]
    if deleting:
        return Judged(False, (detail("not-append-only", deleting[0].name),))
    lacking = lacking_look(facts, ("services", keeper, ("command",)))
    if lacking is not None or not serving:
        return unknown("append-only-unknown", lacking)
    return _unless_shared(facts, keeper, serving, detail("append-only", serving[0].name))


def _unless_shared(facts: Facts, keeper: str | None, serving: Sequence[Service] | None, shown: str) -> Judged:
    """What is append-only over its own protocol may still be deleted through a share of the same machine."""
    open_shares = [row for row in facts.of("shares", keeper) if row.writable and not row.name.endswith("$")]
    paths = [path for row in serving or () for path in _paths(row)]
    touched = [row for row in open_shares if not paths or any(_overlap(row.path, path) for path in paths)]
    if touched:
        certain = bool(paths)
        told = ("share-open" if certain else "append-only-unknown", detail("append-only-unknown", touched[0].name))
        return Judged(False, (detail("not-append-only", touched[0].name),)) if certain else unknown(told[1])
    lacking = lacking_look(facts, ("shares", keeper, ("writable", "path")))
    return Judged(True, (shown,)) if lacking is None else unknown("append-only-unknown", lacking)


def _paths(row: Service) -> list[str]:
    found = _PATH.search(row.command or "")
    return [path for path in found.groups() if path] if found else []


def _overlap(one: str | None, other: str) -> bool:
    first, second = (f"{(path or '/').rstrip('/')}/" for path in (one, other))
    return first.startswith(second) or second.startswith(first)


def locked(facts: Facts, copy: Copy) -> Judged:
    """Return whether a lock that was seen keeps everybody from deleting the newest copy."""
    until = [row.locked_until for row in copy.repositories if row.locked_until is not None]
    if any(moment > facts.now for moment in until):
        return Judged(True, (detail("object-lock", f"{max(until):%Y-%m-%d}"),))
    lacking = lacking_look(facts, ("backup_repositories", copy.asset, ("locked_until",)))
    if lacking is not None or not copy.repositories:
        declared = copy.declared is not None and bool(copy.declared.locked_days)
        return unknown("declared-not-seen" if declared else "append-only-unknown", lacking, "declared_not_seen" if declared else None)
    return Judged(False, ())


def always_mounted(facts: Facts, copy: Copy) -> Judged:
    """Return whether the place is attached to the machine for writing, as its list of mounted file systems shows it."""
    if copy.other_device is False:
        return Judged(True, ("same-device",))
    mounts = facts.of("mounts", copy.asset)
    folder = copy.place.path if copy.place.host is None else None
    leading = mount_of(mounts, folder)
    for row in mounts:
        place = place_of(row.device)
        same = bool(copy.place.text) and (place.text == copy.place.text or (place.host is not None and _same_share(place, copy)))
        leads = leading is not None and leading is row and leading.path != "/"
        # Windows lists a drive without saying how: one that is there can be written to.
        writable = row.options is None or "rw" in row.options.split(",")
        if (same or leads) and writable:
            return Judged(True, (detail("always-mounted", row.path),))
    columns = ("path", "options") if folder is not None else ("path", "options", "device", "server")
    lacking = lacking_look(facts, ("mounts", copy.asset, columns))
    if lacking is not None:
        return unknown("server-not-seen", lacking)
    # Without the folder as the machine itself names it: whether that is what hangs there nobody can tell.
    vague = copy.place.host is None and folder is None
    if vague and copy.kept_on and any(row.server and facts.names.machine(row.server) == copy.kept_on for row in mounts):
        return unknown("always-mounted", None, "to_confirm")
    if vague and not copy.observed:
        return unknown("declared-not-seen", None, "declared_not_seen")
    return Judged(False, ("not-mounted",))


def _same_share(place: object, copy: Copy) -> bool:
    host, share = getattr(place, "host", None), getattr(place, "share", None)
    return share is not None and share == copy.place.share and str(host).partition(".")[0] == (copy.place.host or "").partition(".")[0]


def shares_of(facts: Facts, copy: Copy) -> list[Share]:
    """Return the shares of the machine that keeps a copy through which it is written, or that are named for backups."""
    if copy.kept_on is None or copy.kept_on == copy.asset:
        return []
    names = {copy.place.share} if copy.place.share else set()
    mount = mount_of(facts.of("mounts", copy.asset), copy.place.path) if copy.place.host is None else None
    if mount is not None and mount.server:
        place = place_of(mount.device)
        names |= {name.casefold() for name in (place.share, (place.path or "").rstrip("/")) if name}
    shares = facts.of("shares", copy.kept_on)
    return [row for row in shares if row.name.casefold().rstrip("/") in names or _NAMED.search(f"{row.name} {row.path or ''}")]


def writers(facts: Facts, copy: Copy) -> list[str]:
    """Return who may write into the shares of a copy; `*` for anybody."""
    shares = shares_of(facts, copy)
    names = {row.name for row in shares}
    found = [row.principal for row in facts.of("share_access", copy.kept_on) if row.share in names and row.access in _WRITES]
    return sorted({*found, *("*" for row in shares if row.guest and row.writable)})


def everybody(principal: str) -> bool:
    """Return whether an account or group stands for everybody."""
    return _EVERYBODY.fullmatch(principal.strip()) is not None
