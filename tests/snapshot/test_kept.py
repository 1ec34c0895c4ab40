"""Kept readings are a cache: with them, without them or with harmed ones, the result is the same."""

from __future__ import annotations

import random
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.model.host import Host, Software
from omamori.model.look import Look, Parsed
from omamori.model.network import Neighbour
from omamori.model.sightings import Lease
from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.parse.interface import Context, Parser
from omamori.snapshot.assemble import assemble
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore, Item, Receipt, StoredItem, Visit
from omamori.snapshot.kept import KeptReadings
from omamori.snapshot.note import Note
from omamori.snapshot.packing import Packed, pack_rows
from omamori.snapshot.reading import Reading

NOW = datetime(2026, 5, 1, 12)
ITEM = StoredItem("linux.host", "ab" * 32, 7, NOW, 0, "", True, "", True, 0)
RECEIPT = Receipt("c" * 32, Visit("kit", "ehr01", NOW, "1"), NOW, (ITEM, ITEM))

_texts = st.text(max_size=12)  # half surrogate pairs too
_moments = st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC))
_looks = st.builds(
    Look,
    st.sampled_from(sorted(TABLES)),
    st.booleans(),
    st.lists(_texts, max_size=2).map(tuple),
    st.none() | _texts,
    st.none() | _texts,
    _texts,
    _moments,
    _moments,
    _texts,
)
_notes = st.builds(Note, _texts, _texts, _texts, st.builds(Text, _texts, _texts), _texts, st.integers(0, 9))
_rows = st.one_of(
    st.builds(Software, name=_texts, asset=_texts, evidence=_texts),
    st.builds(Neighbour, address=_texts, mac=st.none() | _texts, state=st.none() | _texts),
    st.builds(Lease, address=_texts, mac=st.none() | _texts, starts=st.none() | st.datetimes(), ends=st.none() | st.datetimes()),
)
_packed = st.lists(_rows, max_size=4).map(lambda rows: pack_rows(rows, source="k", blob="ab" * 32))


@st.composite
def _told(draw: st.DrawFn) -> list[tuple[Reading, Packed]]:
    found = []
    for number in range(2):
        names = draw(st.lists(_texts, max_size=2).map(tuple))
        claims = draw(st.lists(st.tuples(_texts, st.lists(_texts, max_size=2).map(tuple)), max_size=2).map(tuple))
        looks, notes = draw(st.lists(_looks, max_size=3).map(tuple)), draw(st.lists(_notes, max_size=2).map(tuple))
        words, day = draw(_texts), draw(st.none() | st.dates())
        found.append((Reading(RECEIPT, number, draw(st.datetimes()), looks, names, claims, notes, words, day), draw(_packed)))
    return found


def _passing(told: list[tuple[Reading, Packed]]) -> bool:
    return any(note.code in ("damaged", "fault") for reading, _ in told for note in reading.notes)


def test_these_are_all_the_fields_there_are() -> None:
    """A field that is added has to be kept too, and drawn above."""
    assert [field.name for field in fields(Reading)] == [
        *("receipt", "number", "seen", "looks", "identifiers", "claims", "notes", "speaker", "said_on")
    ]
    assert [field.name for field in fields(Packed)] == ["lines", "names", "met"]
    assert [field.name for field in fields(Look)] == [
        *("table", "complete", "missing", "reason", "needs", "asset", "covers_since", "covers_until", "stand")
    ]


def _file(folder: Path) -> Path:
    (found,) = [path for path in folder.rglob("*") if path.is_file()]
    return found


@settings(deadline=None)
@given(_told())
def test_what_is_kept_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, told: list[tuple[Reading, Packed]]) -> None:
    kept = KeptReadings(tmp_path_factory.mktemp("site"), "v1")
    assert kept.get(RECEIPT) is None
    kept.keep(RECEIPT, told)
    assert kept.get(RECEIPT) == (None if _passing(told) else told)


@settings(deadline=None)
@given(_told().filter(lambda told: not _passing(told)), st.randoms(use_true_random=False))
def test_harmed_it_counts_as_not_there(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[Reading, Packed]], dice: random.Random
) -> None:
    kept = KeptReadings(tmp_path_factory.mktemp("site"), "v1")
    kept.keep(RECEIPT, told)
    path = _file(kept.site)
    data = path.read_bytes()
    place = dice.randrange(len(data))
    path.write_bytes(data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :])
    assert kept.get(RECEIPT) is None
    path.write_bytes(data[:place])
    assert kept.get(RECEIPT) is None


def test_another_receipt_or_version_finds_nothing_and_old_ones_go(tmp_path: Path) -> None:
    told = [(Reading(RECEIPT, 0, NOW, (), ("name:a",), (), ()), Packed({}, ()))]
    kept = KeptReadings(tmp_path, "v1")
    kept.keep(RECEIPT, told)
    later = Receipt(RECEIPT.id, RECEIPT.visit, datetime(2026, 5, 2), RECEIPT.items)
    assert kept.get(later) is None
    # A file under the name of another receipt is not believed.
    KeptReadings(tmp_path, "v2").keep(later, [(Reading(later, 0, NOW, (), (), (), ()), Packed({}, ()))])
    other = _file(tmp_path / "cache" / "readings" / "v2")
    shutil.copy(_file(tmp_path / "cache" / "readings" / "v1"), other)
    assert KeptReadings(tmp_path, "v2").get(later) is None
    half = other.with_name(".tmp-1-half")
    half.write_bytes(b"half")
    KeptReadings(tmp_path, "v2").begin()
    assert not half.exists() and not (tmp_path / "cache" / "readings" / "v1").exists() and kept.get(RECEIPT) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    KeptReadings(tmp_path, "v1").keep(RECEIPT, [])
    for path in (tmp_path / "cache").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def _host(data: bytes, context: Context) -> Parsed:
    name = data.decode().split()[0]
    rows = (Host(hostname=name, evidence="1"), *(Software(name=word, evidence="2") for word in data.decode().split()))
    return Parsed(
        rows, (Look("hosts"), Look("software", complete=bool(context.privileged), reason="needs_administrator")), (), (f"name:{name}",)
    )


def _never(data: bytes, context: Context) -> Parsed:
    raise AssertionError("read again")


def _parsers(parse: Callable[[bytes, Context], Parsed]) -> dict[str, Parser]:
    return {"linux.host": Parser("linux.host", ("hosts", "software"), parse)}


def _result(
    store: EvidenceStore, kept: KeptReadings | None, parse: Callable[[bytes, Context], Parsed] = _host
) -> tuple[list[object], object]:
    with Database() as database:
        notes = assemble(store, _parsers(parse), database, now=NOW, max_age_days=90, kept=kept, workers=1).notes
        return [row for table in TABLES for row in database.rows(table)], notes


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    """Two machines; the clock of one is ahead, which is told."""
    found = EvidenceStore(tmp_path)
    for name, hour in (("ehr01", 9), ("lab", 11)):
        seen = datetime(2026, 5, 1, hour)
        found.add(
            Visit("kit", name, seen, "1"),
            [Item("linux.host", f"{name} tool other".encode(), seen, privileged=True)],
            datetime(2026, 5, 1, 9),
        )
    return found


def test_a_snapshot_is_the_same_with_and_without(store: EvidenceStore) -> None:
    kept = KeptReadings(store.site, "v1")
    anew = _result(store, None)
    assert len(anew[0]) > 6 and len(anew[1]) == 1  # type: ignore[arg-type]
    assert _result(store, kept) == anew
    assert _result(store, kept, _never) == anew  # nothing is read again
    harmed = min((store.site / "cache").rglob("*"), key=lambda path: (path.is_dir(), path.name))
    harmed.write_bytes(harmed.read_bytes()[:-1])
    assert _result(store, kept) == anew
    assert _result(store, kept, _never) == anew  # and is whole again
    shutil.rmtree(store.site / "cache")
    assert _result(store, kept) == anew


def test_another_version_reads_again(store: EvidenceStore) -> None:
    _result(store, KeptReadings(store.site, "v1"))
    with pytest.raises(AssertionError, match="read again"):
        _result(store, KeptReadings(store.site, "v2"), _never)


def test_it_does_not_stand_for_evidence_that_is_gone(store: EvidenceStore) -> None:
    kept = KeptReadings(store.site, "v1")
    _result(store, kept)
    next(path for path in (store.site / "evidence" / "blobs").rglob("*.gz")).unlink()
    gone = _result(store, kept)
    assert gone == _result(store, None)
    assert [note.code for note in gone[1] if note.code == "damaged"] == ["damaged"]  # type: ignore[attr-defined]


def test_where_it_cannot_be_written_all_is_read(store: EvidenceStore) -> None:
    (store.site / "cache").write_bytes(b"a file stands in the way")
    kept = KeptReadings(store.site, "v1")
    kept.begin()
    assert _result(store, kept) == _result(store, None)
