"""The record of a look at a repository (kind `backup.look`), as it is in memory, and how its JSON is read.

`omamori.backup.look.record` writes it: one item of every list on a line of its own. Every byte may come from an attacker: what is not
of the right type is left out and counted, numbers and words are bounded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.parse.interface import EvidenceError

KIND = "backup.look"
MARK = "omamori_backup_look"
FORMAT = 1
BUCKETS = 256
_MOST = 100_000
_WORDS = 1_000
_LARGEST = 2**62
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Place:
    """The repository: as `omamori.backup.interface.Opened`, with the medium a person named. `format` is the version of its format."""

    kind: str = ""
    id: str = ""
    target: str = ""
    target_kind: str = "unknown"
    kept_on: str | None = None
    medium: str | None = None
    format: str | None = None
    encrypted: bool | None = None
    append_only: bool | None = None
    append_only_because: str | None = None
    deleters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock found in it."""

    since: datetime | None
    who: str = ""
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """How many files of a generation are the same as in `against`, changed, added or removed. `against` empty: it was the first of its row."""

    against: str
    same: int = 0
    changed: int = 0
    added: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A generation of the repository; `compared` None: not yet."""

    id: str
    finished: datetime | None
    host: str = ""
    account: str = ""
    files: int | None = None
    size: int | None = None
    added: int | None = None
    complete: bool | None = None
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A generation the look before this one listed."""

    id: str
    finished: datetime | None
    host: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read so far. `buckets`: day each was read last; `known`: of each the parts that were read, four bytes of a hash of each in a row.

    `parts_read` and `bytes_read` count the parts of today that were read at least once, in this run or an earlier one.
    """

    parts: int | None = None
    parts_read: int | None = None
    bytes_total: int | None = None
    bytes_read: int | None = None
    whole_since: datetime | None = None
    buckets: tuple[date | None, ...] = (None,) * BUCKETS
    known: tuple[bytes, ...] = (b"",) * BUCKETS


@dataclass(frozen=True, slots=True)
class Harm:
    """A damaged or missing part."""

    part: str
    detail: str
    generations: tuple[str, ...] | None = None
    files: int | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A trace in a generation; `detail` holds counts and endings, never names of files. `host`: whose generation it is."""

    generation: str
    finished: datetime | None
    kind: str
    detail: str
    share: float | None = None
    certain: bool = False
    host: str = ""


@dataclass(frozen=True, slots=True)
class CanaryState:
    """What became of the canary file in a generation: same, changed or missing."""

    generation: str
    state: str


@dataclass(frozen=True, slots=True)
class LookRecord:
    """All one look found; `machine` and `job` as a person said them. `said`: what was wrong, a line each. `clean`: generation and moment."""

    made: datetime
    version: str
    machine: str = ""
    job: str = ""
    place: Place = field(default_factory=Place)
    opened: bool = False
    code: str | None = None
    structure_ok: bool | None = None
    said: tuple[str, ...] = ()
    locks: tuple[Lock, ...] = ()
    runs: tuple[Run, ...] = ()
    gone: tuple[Gone, ...] = ()
    reading: Reading = field(default_factory=Reading)
    damage: tuple[Harm, ...] = ()
    signs: tuple[Sign, ...] = ()
    canary_set: bool = False
    canary: tuple[CanaryState, ...] = ()
    looked_into: bool = False
    clean: tuple[str, datetime | None] | None = None


def read_record(data: bytes) -> tuple[LookRecord, int]:
    """Return a record and how many of its items could not be understood. EvidenceError when it is none, or of another version."""
    try:
        top = json.loads(data)
    except (ValueError, RecursionError):
        top = None
    said = _Said(top if isinstance(top, dict) else {})
    made = said.moment("made")
    if said.number(MARK) != FORMAT or made is None:
        raise EvidenceError(
            Text(
                "この版では読めないバックアップの記録です。作った omamori と同じ版で読んでください",
                "a record of a backup by another version: read it with the omamori that made it",
            )
        )
    of, opened, structure, canary = said.inner("of"), said.inner("opened"), said.inner("structure"), said.inner("canary")
    clean_one = said.inner("clean")
    record = LookRecord(
        made=made,
        version=said.words("version"),
        machine=of.words("machine"),
        job=of.words("job"),
        place=_place(said.inner("repository")),
        opened=opened.flag("ok") is True,
        code=opened.maybe("code"),
        structure_ok=structure.flag("ok"),
        said=structure.listed("said"),
        locks=said.items("locks", lambda one: Lock(one.moment("since"), one.words("who"), one.flag("exclusive") is True)),
        runs=said.items("generations", _run),
        gone=said.items("gone", lambda one: Gone(one.needed("id"), one.moment("finished"), one.words("host"))),
        reading=_reading(said.inner("reading")),
        damage=said.items("damage", _harm),
        signs=said.items("signs", _sign),
        canary_set=canary.flag("set") is True,
        canary=canary.items("states", lambda one: CanaryState(one.needed("generation"), one.needed("state"))),
        looked_into=said.flag("looked_into") is True,
        clean=(clean_one.words("generation"), clean_one.moment("finished")) if clean_one.words("generation") else None,
    )
    return record, said.lost[0]


class _Said:
    """An object of the JSON, read with bounds. `lost` counts items that were not understood, over all of the record."""

    def __init__(self, value: Mapping[str, Any], lost: list[int] | None = None) -> None:
        self.value, self.lost = value, [0] if lost is None else lost

    def inner(self, key: str) -> _Said:
        value = self.value.get(key)
        return _Said(value if isinstance(value, dict) else {}, self.lost)

    def maybe(self, key: str) -> str | None:
        value = self.value.get(key)
        return clean(value, _WORDS) if isinstance(value, str) else None

    def words(self, key: str) -> str:
        return self.maybe(key) or ""

    def needed(self, key: str) -> str:
        value = self.maybe(key)
        if not value:
            raise ValueError(key)
        return value

    def flag(self, key: str) -> bool | None:
        value = self.value.get(key)
        return value if isinstance(value, bool) else None

    def number(self, key: str) -> int | None:
        value = self.value.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST else None

    def share(self, key: str) -> float | None:
        value = self.value.get(key)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1 else None

    def moment(self, key: str) -> datetime | None:
        value = self.value.get(key)
        try:
            return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S") if isinstance(value, str) else None
        except ValueError:
            return None

    def listed(self, key: str) -> tuple[str, ...]:
        value = self.value.get(key)
        return tuple(clean(one, _WORDS) for one in value[:_MOST] if isinstance(one, str)) if isinstance(value, list) else ()

    def items(self, key: str, make: Callable[[_Said], Item]) -> tuple[Item, ...]:
        value = self.value.get(key)
        found = []
        for one in value[:_MOST] if isinstance(value, list) else ():
            try:
                found.append(make(_Said(one if isinstance(one, dict) else {}, self.lost)))
            except ValueError:
                self.lost[0] += 1
        return tuple(found)


def _place(said: _Said) -> Place:
    return Place(
        said.words("kind"),
        said.words("id"),
        said.words("target"),
        said.words("target_kind"),
        said.maybe("kept_on"),
        said.maybe("medium"),
        said.maybe("format"),
        said.flag("encrypted"),
        said.flag("append_only"),
        said.maybe("append_only_because"),
        said.listed("deleters"),
    )


def _run(said: _Said) -> Run:
    told = said.inner("compared")
    numbers = [told.number(key) or 0 for key in ("same", "changed", "added", "removed")]
    return Run(
        said.needed("id"),
        said.moment("finished"),
        said.words("host"),
        said.words("account"),
        said.number("files"),
        said.number("size"),
        said.number("added"),
        said.flag("complete"),
        Compared(told.words("against"), *numbers) if told.value else None,
    )


def _harm(said: _Said) -> Harm:
    generations = said.listed("generations") if isinstance(said.value.get("generations"), list) else None
    return Harm(said.needed("part"), said.words("detail"), generations, said.number("files"))


def _sign(said: _Said) -> Sign:
    return Sign(
        said.needed("generation"),
        said.moment("finished"),
        said.needed("kind"),
        said.words("detail"),
        said.share("share"),
        said.flag("certain") is True,
        said.words("host"),
    )


def _reading(said: _Said) -> Reading:
    days, known = said.value.get("buckets"), said.value.get("known")
    return Reading(
        said.number("parts"),
        said.number("parts_read"),
        said.number("bytes_total"),
        said.number("bytes_read"),
        said.moment("whole_since"),
        tuple(map(_day, days)) if isinstance(days, list) and len(days) == BUCKETS else (None,) * BUCKETS,
        tuple(map(_hex, known)) if isinstance(known, list) and len(known) == BUCKETS else (b"",) * BUCKETS,
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _hex(value: object) -> bytes:
    try:
        found = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        return b""
    return found if len(found) % 4 == 0 else b""
