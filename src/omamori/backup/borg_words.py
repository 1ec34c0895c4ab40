"""Reads what borg prints: pure, bytes in, rows out. Every byte may come from whoever owns the repository."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from omamori.backup.interface import Entry, Generation

_HEX = "\u007f"
"""Marks bytes that are no text, written as hexadecimal digits, in what `borg debug dump-archive` prints."""
_EPOCH = datetime(1970, 1, 1)
_LONGEST_HEAD = 64 * 1024 * 1024
_SAID = 40


@dataclass(frozen=True, slots=True)
class Listing:
    """Of `borg list --json`: the generations, oldest first, the name of each, how it is encrypted and the repository's own id."""

    generations: tuple[Generation, ...]
    names: dict[str, str]
    encryption: str
    repository: str


def read_listing(data: bytes) -> Listing | None:
    """Return what `borg list --json` says (times in UTC, as borg is run); None when it is no such list."""
    top = _json(data)
    archives = top.get("archives") if isinstance(top, dict) else None
    if not isinstance(archives, list):
        return None
    found, names = [], {}
    for item in archives:
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            continue
        name = _text(item.get("barchive")) or _text(item.get("name"))
        finished = _moment(item.get("end")) or _moment(item.get("time")) or _moment(item.get("start"))
        part = ".checkpoint" in name.rpartition("/")[2][-16:]
        found.append(
            Generation(
                item["id"],
                finished,
                _text(item.get("hostname")),
                _text(item.get("username")),
                _roots(item.get("command_line")),
                complete=not part,
            )
        )
        names[item["id"]] = name
    mode = top.get("encryption")
    place = top.get("repository")
    return Listing(
        tuple(sorted(found, key=lambda generation: (generation.finished or datetime.min, generation.id))),
        names,
        _text(mode.get("mode")) if isinstance(mode, dict) else "",
        _text(place.get("id")) if isinstance(place, dict) else "",
    )


def _roots(words: object) -> tuple[str, ...]:
    """Return the folders a run was told to keep: what follows the name of the archive on its command line, up to an option."""
    said = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
    after = next((said[number + 1 :] for number, word in enumerate(said) if "::" in word), [])
    end = next((number for number, word in enumerate(after) if word.startswith("-")), len(after))
    return tuple(after[:end]) or tuple(word for word in after if word.startswith("/"))


@dataclass(frozen=True, slots=True)
class Head:
    """What an archive says of itself: the pieces its own list of files lies in, the number of files and their bytes."""

    pieces: tuple[bytes, ...]
    files: int | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """A file of an archive with the pieces its contents lie in."""

    entry: Entry
    pieces: tuple[bytes, ...]


def read_archive(lines: Iterable[bytes]) -> Iterator[Head | Item]:
    """Yield the head, then every item, of `borg debug dump-archive`; one item at a time stands in memory.

    The text is indented by four: an item stands between a line with four spaces and an opening brace and one with the closing one.
    """
    head = bytearray()
    gathered: bytearray | None = None
    inside = False
    masters: dict[str, tuple[bytes | None, int, tuple[bytes, ...]]] = {}
    for line in lines:
        if not inside:
            head += line + b"\n"
            if line.startswith(b'    "_items": ['):
                inside = True
                yield _head(bytes(head) + b"]}")
            elif len(head) > _LONGEST_HEAD:
                return
        elif gathered is None:
            gathered = bytearray(b"{") if line == b"    {" else None
        elif line in (b"    }", b"    },"):
            item = _item(_json(bytes(gathered) + b"}"), masters)
            gathered = None
            if item is not None:
                yield item
        else:
            gathered += line


def read_line(line: bytes) -> Entry | None:
    """Return the file or folder of one line of `borg list --json-lines`; there is no token.

    Bytes that are no UTF-8 are question marks there, and the second name of a file with several has size 0.
    """
    item = _json(line)
    if not isinstance(item, dict) or not isinstance(item.get("path"), str):
        return None
    kind = {"d": "dir", "-": "file", "h": "file"}.get(_text(item.get("type")), "other")
    size = _number(item.get("size")) or 0 if kind == "file" else 0
    return Entry("/" + item["path"].lstrip("/"), size, _moment(item.get("mtime")), kind)


def errors(stderr: bytes) -> tuple[tuple[str, str], ...]:
    """Return (message id, message) of every warning and error of `--log-json`; traces of the program are left out."""
    found = []
    for line in stderr.splitlines():
        item = _json(line) if line.startswith(b"{") else None
        if isinstance(item, dict) and item.get("type") == "log_message" and item.get("levelname") in ("ERROR", "CRITICAL", "WARNING"):
            message = _text(item.get("message"))
            if "Traceback (most recent call last)" not in message:
                found.append((_text(item.get("msgid")), message))
    return tuple(found)


def shown_lines(stderr: bytes) -> tuple[str, ...]:
    """Return what of borg's messages is worth keeping; a message that names a file of an archive is kept without its name."""
    kept: list[str] = []
    for _, message in errors(stderr):
        line = message.splitlines()[0].strip() if message.strip() else ""
        if "New missing file chunk detected" in line or "chunk missing" in line:
            line = "missing file chunk"
        if line and line != "Local Exception" and "/" not in line and line not in kept:
            kept.append(line[:200])
    return tuple(kept[:_SAID])


def _head(text: bytes) -> Head:
    item = _json(text)
    meta = item.get("_meta") if isinstance(item, dict) else None
    if not isinstance(meta, dict):
        return Head((), None, None)
    entry = item.get("_manifest_entry")
    own = [entry.get("id")] if isinstance(entry, dict) else []
    lists = meta.get("items")
    pieces = tuple(_bytes(piece) for piece in (*own, *(lists if isinstance(lists, list) else ())) if isinstance(piece, str))
    return Head(pieces, _number(meta.get("nfiles")), _number(meta.get("size")))


def _item(item: Any, masters: dict[str, tuple[bytes | None, int, tuple[bytes, ...]]]) -> Item | None:
    if not isinstance(item, dict) or not isinstance(item.get("path"), str):
        return None
    path = "/" + _name(item["path"]).lstrip("/")
    mode = _number(item.get("mode")) or 0
    kind = "dir" if stat.S_ISDIR(mode & 0o177777) else "file" if stat.S_ISREG(mode & 0o177777) else "other"
    modified = _nanoseconds(item.get("mtime"))
    if kind != "file":
        return Item(Entry(path, 0, modified, kind), ())
    chunks = item.get("chunks")
    master = item.get("source")
    if not isinstance(chunks, list) and isinstance(master, str):
        token, size, pieces = masters.get("/" + _name(master).lstrip("/"), (None, 0, ()))
        return Item(Entry(path, size, modified, kind, token), pieces)
    rows = [row for row in chunks if isinstance(row, list) and row and isinstance(row[0], str)] if isinstance(chunks, list) else []
    pieces = tuple(_bytes(row[0]) for row in rows)
    told = _number(item.get("size"))
    size = told if told is not None else sum(_number(row[1]) or 0 for row in rows if len(row) > 1)
    token = hashlib.blake2b(b"".join(pieces), digest_size=16).digest()
    if item.get("hardlink_master") is True:
        masters[path] = (token, size, pieces)
    return Item(Entry(path, size, modified, kind, token), pieces)


def _bytes(value: str) -> bytes:
    if value.startswith(_HEX):
        try:
            return bytes.fromhex(value[1:])
        except ValueError:
            return b""
    return value.encode("utf-8", "surrogateescape")


def _name(value: str) -> str:
    """Return a name as Python gives those of files: bytes that are no UTF-8 as single surrogates."""
    return _bytes(value).decode("utf-8", "surrogateescape") if value.startswith(_HEX) else value


def _nanoseconds(value: object) -> datetime | None:
    if not isinstance(value, int):
        return None
    try:
        return _EPOCH + timedelta(microseconds=value // 1000)
    except OverflowError:
        return None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value)
        return (read.astimezone(UTC) if read.tzinfo is not None else read).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
