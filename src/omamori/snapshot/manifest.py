"""A snapshot is one small manifest; its tables are a cache beside it.

`snapshots/<id>/manifest.json` is written last and renamed into place: a folder without one does not
exist, and is cleared away by the next run that makes a snapshot.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from omamori.snapshot.clock import plain, read_stamp, stamp
from omamori.snapshot.files import TEMPORARY, patiently, private_folder, write_whole
from omamori.snapshot.note import UNREADABLE_SNAPSHOT, Note, note_from_json
from omamori.snapshot.site import Site, SiteError

MANIFEST = "manifest.json"
TABLES_FILE = "tables.duckdb"
_FORMAT = 1
_SOURCES = (".py", ".sql", ".yaml", ".csv", ".txt")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is: the moment it speaks of, the receipts it rests on, and what read and judged them.

    `made` is when it was made, `previous` the snapshot before it, `notes` what the user was told.
    """

    id: str
    moment: datetime
    made: datetime
    evidence: tuple[str, ...]
    versions: Mapping[str, str]
    previous: str | None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A manifest and its folder. `tables` may be missing: it is a cache that a rebuild fills."""

    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """The snapshot's name."""
        return self.manifest.id

    @property
    def tables(self) -> Path:
        """The DuckDB file of its tables."""
        return self.folder / TABLES_FILE


@dataclass(frozen=True, slots=True)
class Draft:
    """A snapshot that is being made. Its tables go into `tables`, which must be closed before `finish`."""

    folder: Path
    manifest: Manifest

    @property
    def tables(self) -> Path:
        """The DuckDB file to fill; an existing snapshot's file stays until `finish`."""
        return self.folder / f"{TEMPORARY}{TABLES_FILE}"


def begin(site: Site, *, moment: datetime, made: datetime, evidence: Sequence[str], versions: Mapping[str, str]) -> Draft:
    """Start a snapshot; clears what killed runs left. The site must be locked.

    The same moment, evidence and versions give the same id: finishing replaces the tables of that snapshot.
    """
    clear_unfinished(site)
    words = json.dumps([stamp(moment), sorted(evidence), sorted(versions.items())])
    name = f"{plain(moment):%Y%m%dT%H%M%SZ}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
    before = [one for one in snapshots(site) if one.manifest.moment <= plain(moment) and one.id != name]
    previous = before[-1].id if before else None
    known = MappingProxyType(dict(versions))
    manifest = Manifest(name, plain(moment), plain(made), tuple(sorted(evidence)), known, previous)
    return Draft(private_folder(site.snapshots / name), manifest)


def finish(draft: Draft, notes: Iterable[Note] = ()) -> Snapshot:
    """Put the tables in place and write the manifest: from now on the snapshot exists."""
    snapshot = Snapshot(draft.folder, replace(draft.manifest, notes=tuple(notes)))
    if draft.tables.exists():
        draft.tables.chmod(0o600)
        patiently(lambda: draft.tables.replace(snapshot.tables))
    write_whole(draft.folder / MANIFEST, _to_json(snapshot.manifest))
    return snapshot


def snapshots(site: Site) -> tuple[Snapshot, ...]:
    """Return the site's snapshots in the order of their moments; of one moment the one made later comes later."""
    found = [_open(path.parent) for path in site.snapshots.glob(f"*/{MANIFEST}")]
    good = [one for one in found if one is not None]
    return tuple(sorted(good, key=lambda one: (one.manifest.moment, one.manifest.made, one.id)))


def unreadable_snapshots(site: Site) -> tuple[Note, ...]:
    """Name the snapshots that `snapshots` has to leave out because their manifest is damaged or was altered."""
    harmed = [path.parent.name for path in sorted(site.snapshots.glob(f"*/{MANIFEST}")) if _open(path.parent) is None]
    return tuple(Note("damaged", name, "", UNREADABLE_SNAPSHOT) for name in harmed)


def open_snapshot(site: Site, which: str | None = None) -> Snapshot:
    """Return a snapshot by id, beginning of an id, or date (the newest of that day or before); None: the newest.

    `SiteError` when there is none.
    """
    known = snapshots(site)
    if not known:
        raise SiteError("まだ判定していません。先に omamori check を実行してください", "nothing was judged yet: run omamori check first")
    if which is None:
        return known[-1]
    named = [one for one in known if one.id == which] or [one for one in known if len(which) >= 8 and one.id.startswith(which)]
    if named:
        return named[-1]
    day = _day(which)
    dated = [one for one in known if day is not None and one.manifest.moment.date() <= day]
    if not dated:
        raise SiteError(
            f"「{which}」の時点がありません。次から選んでください: {', '.join(one.id for one in known[-5:])}",
            f"there is no snapshot {which}; choose one of: {', '.join(one.id for one in known[-5:])}",
        )
    return dated[-1]


def clear_unfinished(site: Site) -> int:
    """Delete folders of snapshots that never came to be; returns how many. The site must be locked."""
    folders = [path for path in site.snapshots.glob("*") if path.is_dir() and not path.is_symlink() and not (path / MANIFEST).exists()]
    for folder in folders:
        shutil.rmtree(folder)
    for path in site.snapshots.glob(f"*/{TEMPORARY}*"):
        path.unlink()
    return len(folders)


def source_version(*folders: Path) -> str:
    """Return a hash over the sources below `folders`: it changes when a parser, check or fact changes."""
    digest = hashlib.sha256()
    for folder in folders:
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in _SOURCES and path.is_file()}
        for name in sorted(found):  # by name, not by path: those of Windows sort without regard to case
            content = found[name].read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _to_json(manifest: Manifest) -> bytes:
    content = {
        "format": _FORMAT,
        "id": manifest.id,
        "moment": stamp(manifest.moment),
        "made": stamp(manifest.made),
        "evidence": list(manifest.evidence),
        "versions": dict(manifest.versions),
        "previous": manifest.previous,
        "notes": [note.as_json() for note in manifest.notes],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def _open(folder: Path) -> Snapshot | None:
    """Return a snapshot, or None when its manifest is damaged: its evidence is still there to make it anew."""
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        moment, made = read_stamp(content["moment"]), read_stamp(content["made"])
        if content["format"] != _FORMAT or content["id"] != folder.name or moment is None or made is None:
            return None
        notes = tuple(note_from_json(note) for note in content["notes"])
        versions = MappingProxyType({str(key): str(value) for key, value in content["versions"].items()})
        return Snapshot(
            folder, Manifest(folder.name, moment, made, tuple(map(str, content["evidence"])), versions, content["previous"], notes)
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
