"""Reads what restic prints: pure, bytes in, rows out. Every byte may come from whoever owns the repository."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from omamori.backup.interface import Damage, Entry, Generation, Lock

_FRACTION = re.compile(r"(\.\d{6})\d+")
_ID = re.compile(r"[0-9a-f]{64}\Z")
_TYPES = {"file": "file", "dir": "dir"}
_SAID = 40
"""Lines of `restic check` that are kept."""
_MISSING = re.compile(r"pack ([0-9a-f]{64}): does not exist")
_SIZE = re.compile(r"pack ([0-9a-f]{64}): unexpected file size")
_CONTENT = re.compile(r"[Pp]ack (?:ID )?([0-9a-f]{64})(?: does not match|.*contains \d+ errors|.*unexpected pack id)")
_WANTED = re.compile(r"Pack ID does not match, want ([0-9a-f]{8,64}), got")
_LOADING = re.compile(r"(?:error loading |load |LoadRaw\()<?(index|snapshot)s?[/ ]([0-9a-f]{8,64})")
_NAMES = re.compile(r"(?:file|node|dir node|dir) \"(?:[^\"\\]|\\.)*\"")
_NOISE = re.compile(
    r"\s*$|\s+/|\S+\.\S+\(|github\.com/|runtime\.|main\.|Load\(<.*retrying|restic repair|Fatal: repository contains errors|The repository (?:contains|is damaged)|\s+\S+\.go:\d+"
)
_OBJECT = b'{"object_type"'
_BROKEN_TREE = re.compile(r"belongs to snapshot ([0-9a-f]{64})")
_OUR_OWN = re.compile(r"(?:/[^\s/:]+){2,}")


def moment(written: object) -> datetime | None:
    """Return the moment of a JSON time with nanoseconds and zone, in UTC without zone; None when it is none."""
    if not isinstance(written, str):
        return None
    try:
        read = datetime.fromisoformat(_FRACTION.sub(r"\1", written))
        return (read.astimezone(UTC) if read.tzinfo is not None else read).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def read_snapshots(data: bytes) -> tuple[Generation, ...] | None:
    """Return the generations of `restic snapshots --json`, oldest first; None when it is no such list."""
    items = _json(data)
    if not isinstance(items, list):
        return () if items is None and data.strip() == b"null" else None
    found = [generation for item in items if (generation := read_snapshot(item)) is not None]
    return tuple(sorted(found, key=lambda generation: (generation.finished or datetime.min, generation.id)))


def read_snapshot(item: object) -> Generation | None:
    """Return the generation of one snapshot's object. Counts are there since restic 0.17."""
    if not isinstance(item, dict) or not _is_id(item.get("id")):
        return None
    told = item.get("summary")
    summary = told if isinstance(told, dict) else {}
    paths = item.get("paths")
    return Generation(
        id=item["id"],
        finished=moment(summary.get("backup_end")) or moment(item.get("time")),
        host=_text(item.get("hostname")),
        account=_text(item.get("username")),
        roots=tuple(path for path in paths if isinstance(path, str)) if isinstance(paths, list) else (),
        files=_number(summary.get("total_files_processed")),
        size=_number(summary.get("total_bytes_processed")),
        added=_number(summary.get("data_added_packed", summary.get("data_added"))),
    )


def read_line(line: bytes) -> Entry | Generation | None:
    """Return the file or folder of one line of `restic ls --json`, the generation of its first line, None for anything else."""
    item = _json(line)
    if not isinstance(item, dict):
        return None
    if item.get("struct_type") == "snapshot" or item.get("message_type") == "snapshot":
        return read_snapshot(item)
    path = item.get("path")
    if not isinstance(path, str) or not path.startswith("/"):
        return None
    kind = _TYPES.get(_text(item.get("type")), "other")
    return Entry(path, _number(item.get("size")) or 0, moment(item.get("mtime")), kind)


def read_lock(data: bytes) -> Lock | None:
    """Return the lock of `restic cat lock`."""
    item = _json(data)
    if not isinstance(item, dict):
        return None
    who = "@".join(part for part in (_text(item.get("username")), _text(item.get("hostname"))) if part)
    return Lock(moment(item.get("time")), who, item.get("exclusive") is True)


def read_packs(data: bytes) -> dict[str, tuple[tuple[str, str, int], ...]]:
    """Return what `restic cat index` says of each pack: (type of blob, its id, the byte after its end)."""
    item = _json(data)
    packs = item.get("packs") if isinstance(item, dict) else None
    found = {}
    for pack in packs if isinstance(packs, list) else ():
        if not isinstance(pack, dict) or not _is_id(pack.get("id")):
            continue
        blobs = pack.get("blobs")
        rows = [blob for blob in blobs if isinstance(blob, dict) and _is_id(blob.get("id"))] if isinstance(blobs, list) else []
        found[pack["id"]] = tuple(
            (_text(blob.get("type")), blob["id"], (_number(blob.get("offset")) or 0) + (_number(blob.get("length")) or 0)) for blob in rows
        )
    return found


@dataclass(frozen=True, slots=True)
class Use:
    """A file of a generation that needs a piece of data."""

    blob: str
    path: str
    generation: str


def read_uses(chunks: Iterable[bytes]) -> Iterator[Use | str]:
    """Yield the uses that `restic find --json` prints, and the id of a generation whose folders could not all be read.

    All of them come as one line, however long, so it is cut where an object begins: inside a JSON string a quote has a backslash before it.
    """
    decoder = json.JSONDecoder()
    for number, piece in enumerate(_split(chunks, _OBJECT)):
        text = piece.decode("utf-8", "replace")
        item, end = None, 0
        if number > 0:
            text = _OBJECT.decode() + text
            with suppress(ValueError, RecursionError):
                item, end = decoder.raw_decode(text)
        if isinstance(item, dict) and item.get("object_type") == "blob" and _is_id(item.get("id")) and _is_id(item.get("snapshot")):
            yield Use(item["id"], _text(item.get("path")), item["snapshot"])
        yield from (found[1] for found in _BROKEN_TREE.finditer(text, end))


def read_changes(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """Yield (path, kind) of `restic diff --json`: `+` new, `-` gone, `M` other content, `T` other type, with `U` for other metadata."""
    for line in lines:
        item = _json(line)
        if isinstance(item, dict) and item.get("message_type") == "change" and isinstance(item.get("path"), str):
            yield item["path"].rstrip("/") or "/", _text(item.get("modifier"))


def read_check(said: str) -> tuple[Damage, ...]:
    """Return the damaged or missing parts that `restic check` names, each once; a part may be named by the beginning of its name."""
    found: dict[str, Damage] = {}
    for line in said.splitlines():
        for pattern, detail in ((_MISSING, "missing"), (_SIZE, "cut-short"), (_WANTED, "altered"), (_CONTENT, "altered")):
            if (hit := pattern.search(line)) is not None:
                found.setdefault(hit[1], Damage(f"data/{hit[1][:2]}/{hit[1]}", detail))
                break
        if (hit := _LOADING.search(line)) is not None:
            folder = "index" if hit[1] == "index" else "snapshots"
            found.setdefault(hit[2][:8], Damage(f"{folder}/{hit[2]}", "altered"))
    return tuple(found.values())


def shown_lines(said: str) -> tuple[str, ...]:
    """Return the lines of `restic check` worth keeping: no stack, no repetitions, no name of a file."""
    kept: list[str] = []
    for line in said.splitlines():
        if _NOISE.match(line):
            continue
        line = _OUR_OWN.sub("…", _NAMES.sub("a file", line)).strip()[:200]
        if line not in kept:
            kept.append(line)
    return tuple(kept[:_SAID])


def named_in_full(damages: Iterable[Damage], names: Iterable[str]) -> tuple[Damage, ...]:
    """Return the damages with the full name of the part where only its beginning was told and one part begins so."""
    known = sorted(names)
    full = []
    for damage in damages:
        fitting = [name for name in known if name.startswith(damage.part)]
        full.append(replace(damage, part=fitting[0]) if len(fitting) == 1 else damage)
    return tuple(full)


def _split(chunks: Iterable[bytes], mark: bytes) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        rest += chunk
        *whole, rest = rest.split(mark)
        yield from whole
        if len(rest) > 64 * 1024 * 1024:
            rest = b""
    yield rest


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.match(value) is not None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
