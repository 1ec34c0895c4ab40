"""What a knowledge pack is as one file: its members, its manifest, and how much of either is believed.

A ZIP whose members are stored, never compressed, so that nothing in it can unfold:

    manifest.json   what the pack is: format, serial, day, maker, sources, tables, and SHA-256 and size of every other member
    manifest.sig    Ed25519 (RFC 8032) over the exact bytes of manifest.json
    key.pub         the maker's public key, PEM (RFC 8410)
    facts.duckdb    the facts taken from feeds (model/tables_pack.py)
    *.csv           the files of the starter pack, as the maker's version ships them

Nobody opens the facts before signature, key and hash were compared. Unpacked on the closed side, the same files lie in one folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Literal

from omamori.knowledge.pack import FILES
from omamori.model.tables_pack import PACK_TABLES
from omamori.model.text import Text

FORMAT = 1
SUFFIX = ".omamori-pack"
MANIFEST, SIGNATURE, KEY, FACTS = "manifest.json", "manifest.sig", "key.pub", "facts.duckdb"
CONTENT = (FACTS, *FILES)
"""Members the manifest gives a hash of."""
MEMBERS = (MANIFEST, SIGNATURE, KEY, *CONTENT)
SIGNATURE_BYTES = 64
LIMITS: Mapping[str, int] = MappingProxyType(
    {MANIFEST: 1024**2, SIGNATURE: SIGNATURE_BYTES, KEY: 1024, FACTS: 8 * 1024**3} | dict.fromkeys(FILES, 64 * 1024**2)
)
"""Bytes a member may have."""
_LONGEST = 300
_MOST_SOURCES = 200
_HASH = re.compile(r"[0-9a-f]{64}")

Problem = Literal["no_pack", "cut_off", "altered", "other_key", "older", "newer_format", "older_format", "strange", "harmed"]


class PackFileError(Exception):
    """A pack is not taken: `problem` names what is wrong in one word, `text` says it and what to do."""

    def __init__(self, problem: Problem, ja: str, en: str) -> None:
        """Keep the line in both languages."""
        super().__init__(en)
        self.problem: Problem = problem
        self.text = Text(ja, en)


@dataclass(frozen=True, slots=True)
class PackSource:
    """A source of a pack, as the manifest tells it: the row of the table `feeds`."""

    feed: str
    title: Text
    as_of: date | None
    records: int
    broken: int
    best_before: int | None = None


@dataclass(frozen=True, slots=True)
class PackManifest:
    """What a pack says of itself. `serial` grows with every pack of a maker; `members`: name → (SHA-256, bytes).

    A pack of an older version may have fewer CSV files than this version reads.
    """

    serial: int
    made: datetime
    maker: str
    program: str
    sources: tuple[PackSource, ...]
    members: Mapping[str, tuple[str, int]]
    tables: Mapping[str, tuple[str, ...]]

    @property
    def age(self) -> tuple[int, datetime]:
        """What later packs have more of."""
        return (self.serial, self.made)


def pack_id(manifest: bytes) -> str:
    """Return the name of a pack: it changes with every byte of it."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def known_tables() -> Mapping[str, tuple[str, ...]]:
    """Return the tables this version reads, with their columns."""
    return {name: tuple(column.name for column in table.columns) for name, table in PACK_TABLES.items()}


def manifest_bytes(manifest: PackManifest) -> bytes:
    """Return the bytes that are signed."""
    content = {
        "format": FORMAT,
        "serial": manifest.serial,
        "made": f"{manifest.made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "maker": manifest.maker,
        "program": manifest.program,
        "sources": [
            {
                "feed": source.feed,
                "title_ja": source.title.ja,
                "title_en": source.title.en,
                "as_of": source.as_of.isoformat() if source.as_of else None,
                "records": source.records,
                "broken": source.broken,
                "best_before": source.best_before,
            }
            for source in manifest.sources
        ],
        "members": {name: {"sha256": digest, "bytes": size} for name, (digest, size) in sorted(manifest.members.items())},
        "tables": {name: list(columns) for name, columns in manifest.tables.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def read_manifest(data: bytes) -> PackManifest:
    """Read a manifest whose signature was checked; PackFileError when it is of a newer form, or not of ours."""
    try:
        content = json.loads(data)
        form = content["format"]
        if not isinstance(form, int) or isinstance(form, bool) or form < 1:
            raise ValueError("format")
        if form > FORMAT:
            raise _newer(form)
        return _manifest(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PackFileError(
            "strange",
            f"知識パックの目録({MANIFEST})を読めません({error})。作った人に、作り直しを頼んでください",
            f"the manifest of the pack ({MANIFEST}) cannot be read ({error}): ask its maker to build it again",
        ) from error


def _newer(form: int) -> PackFileError:
    return PackFileError(
        "newer_format",
        f"この知識パックは新しい形式(形式{form}、この版が読めるのは{FORMAT}まで)です。お守りを新しい版にしてから取り込んでください",
        f"this pack has a newer format ({form}; this version reads up to {FORMAT}): bring a newer Omamori first, then import it",
    )


def _manifest(content: Mapping[str, Any]) -> PackManifest:
    members = {_text(name): (_digest(one["sha256"]), _count(one["bytes"])) for name, one in content["members"].items()}
    if len(content["sources"]) > _MOST_SOURCES:
        raise ValueError("sources")
    if FACTS not in members or not set(members) <= set(CONTENT):
        raise ValueError(f"members: {', '.join(sorted(members))}")
    made = datetime.strptime(content["made"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    tables = {_text(name): tuple(_text(column) for column in columns) for name, columns in content["tables"].items()}
    sources = tuple(_source(one) for one in content["sources"])
    return PackManifest(
        _count(content["serial"]), made, _text(content["maker"]), _text(content["program"]), sources, MappingProxyType(members), tables
    )


def _source(content: Mapping[str, Any]) -> PackSource:
    as_of, best_before = content["as_of"], content["best_before"]
    return PackSource(
        feed=_text(content["feed"]),
        title=Text(_text(content["title_ja"]), _text(content["title_en"])),
        as_of=None if as_of is None else date.fromisoformat(as_of),
        records=_count(content["records"]),
        broken=_count(content["broken"]),
        best_before=None if best_before is None else _count(best_before),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError(f"a text of at most {_LONGEST} letters was expected")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise ValueError("a number was expected")
    return value


def _digest(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError("a SHA-256 was expected")
    return value
