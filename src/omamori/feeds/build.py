"""Makes a pack of files a publisher served: reads them in two processes, puts the facts together, signs, writes one file."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import IO

import duckdb

import omamori
from omamori.feeds.containers import Source, sources_of
from omamori.feeds.error import FULL, FeedsError, no_room
from omamori.feeds.key import SigningKey, keep_serial, next_serial
from omamori.feeds.merge import add_sources, held, merge, thin_years
from omamori.feeds.reading import KEPT_BROKEN, FileRead, Portion, read_portion
from omamori.gate.workers import Lost, in_order
from omamori.knowledge.pack import STARTER, starter_files, starter_pack
from omamori.knowledge.packfile import FACTS, KEY, MANIFEST, SIGNATURE, PackManifest, PackSource, known_tables, manifest_bytes, pack_id
from omamori.model.clean import clean
from omamori.model.facts import Broken, Feed
from omamori.model.text import Text
from omamori.parse.feeds.registry import feed_parsers
from omamori.snapshot.files import TEMPORARY, patiently, sync_folder

_FIRST_DAY = date(1999, 1, 1)
_WORKERS = 2
_PORTION = 4 * 1024**2
_CHUNK = 1024 * 1024
_NO_DATE = (1980, 1, 1, 0, 0, 0)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A pack that was made. `files`: what became of each file; `unknown`: those nobody could name the form of.

    `thin`: years of which NVD tells next to nothing, between its first and its last. `clock_back`: a pack of this key was made later than now.
    """

    path: Path
    id: str
    manifest: PackManifest
    files: tuple[FileRead, ...]
    thin: tuple[int, ...] = ()
    clock_back: bool = False

    @property
    def unknown(self) -> tuple[FileRead, ...]:
        """Files that were not read: nobody knows their form, or they could not be opened."""
        return tuple(one for one in self.files if one.feed is None)


def build_pack(
    paths: Sequence[Path],
    out: Path,
    key: SigningKey,
    *,
    maker: str,
    now: datetime,
    progress: Progress,
    step: Callable[[Text], None],
) -> Built:
    """Write the pack `out` from files and folders; what was there is replaced whole or not at all.

    `progress` hears how many of how many bytes are read. FeedsError when nothing in them is a feed; OSError of the disk.
    """
    with _workshop(out.parent) as folder:
        step(Text("ファイルを読んでいます", "Reading the files"))
        files = read_all(paths, folder, progress)
        if not any(one.feed for one in files):
            raise _nothing(files)
        step(Text("まとめています", "Putting the facts together"))
        facts = folder / FACTS
        try:
            merge(folder, facts, files, scratch=folder)
            feeds, broken = sources(files, held(facts, now.date()), now.date())
            add_sources(facts, feeds, broken)
            thin = thin_years(facts)
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            # A full disk has several classes there, after the step it was met at.
            if any(os.strerror(code) in str(error) for code in FULL):
                raise no_room(out.parent) from error
            said = clean(str(error).splitlines()[0], 200)
            raise FeedsError(
                f"「{out.parent}」でまとめることができませんでした({said})。空き容量を確かめてください",
                f"the facts could not be put together in {out.parent} ({said}): check the free space",
            ) from error
        step(Text("署名しています", "Signing"))
        content: dict[str, bytes | Path] = {FACTS: facts, **starter_files()}
        manifest = PackManifest(
            serial=next_serial(key.path, now.timestamp()),
            made=now.astimezone(UTC).replace(microsecond=0),
            maker=maker,
            program=omamori.__version__,
            sources=tuple(
                PackSource(one.feed, Text(one.title_ja or "", one.title or ""), one.as_of, one.records, one.broken, one.best_before)
                for one in feeds
            ),
            members=MappingProxyType({member: _hashed(data) for member, data in content.items()}),
            tables=known_tables(),
        )
        data = manifest_bytes(manifest)
        write_zip(out, {MANIFEST: data, SIGNATURE: key.sign(data), KEY: key.public.pem, **content})
        keep_serial(key.path, manifest.serial)
    return Built(out, pack_id(data), manifest, tuple(files), thin, manifest.serial > int(now.timestamp()))


@contextmanager
def _workshop(beside: Path) -> Iterator[Path]:
    """A folder for what is not finished, on the disk of the result: that of the system's temporary files may be small."""
    # Not with tempfile: on Windows it tries a read-only folder again and again, for ever.
    folder = beside / f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(6)}"
    try:
        folder.mkdir(mode=0o700)
        yield folder
    except OSError as error:
        if error.errno in FULL:
            raise no_room(beside) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _nothing(files: Sequence[FileRead]) -> FeedsError:
    shown = ", ".join(one.shown for one in files[:5])
    return FeedsError(
        f"読める情報源のファイルがありません({len(files)}個を見ました: {shown})。配布元から取ったファイルのあるフォルダを指定してください",
        f"none of the {len(files)} files is of a source we know ({shown}): name the folder with the publishers' files",
    )


def read_all(paths: Sequence[Path], folder: Path, progress: Progress) -> list[FileRead]:
    """Read every file into CSV files in `folder`, in up to two processes; the files come in the order of their numbers."""
    files: list[FileRead] = []
    listed: list[tuple[int, Source]] = []
    for number, found in enumerate(sources_of(paths)):
        if isinstance(found, Source):
            listed.append((number, found))
        else:
            files.append(FileRead(number, found[0], error=found[1].text))
    portions = sorted(_portions(listed), key=lambda portion: (-portion.size, portion.number))
    total, done = sum(portion.size for portion in portions), 0
    work = partial(read_portion, folder)
    for portion, answer in in_order(work, portions, weight=lambda portion: portion.size, workers=min(_WORKERS, os.cpu_count() or 1)):
        if isinstance(answer, Lost):
            lost = Text("読み取る途中で処理が止まりました(メモリー不足など)", "the process that read it was ended (out of memory?)")
            files += [FileRead(number, source.shown, error=lost) for number, source in portion.sources]
            for path in folder.glob(f"{portion.number:05d}-*.csv"):
                path.unlink()
        else:
            files += answer
        done += portion.size
        progress(done, total)
    _date(files, dict(listed))
    return sorted(files, key=lambda one: one.number)


def _date(files: Sequence[FileRead], listed: Mapping[int, Source]) -> None:
    """Give a file that names no day the day it was saved: it is no newer than that. Archives write nonsense of the first days of clocks."""
    for one in files:
        if one.feed is not None and one.as_of is None:
            one.dated = False
            saved = datetime.fromtimestamp(listed[one.number].path.stat().st_mtime, UTC).date()
            one.as_of = saved if saved >= _FIRST_DAY else None


def _portions(listed: Sequence[tuple[int, Source]]) -> Iterator[Portion]:
    number, held_back, size = 0, [], 0
    for one in listed:
        held_back.append(one)
        size += one[1].size
        if size >= _PORTION:
            yield Portion(number, tuple(held_back))
            number, held_back, size = number + 1, [], 0
    if held_back:
        yield Portion(number, tuple(held_back))


def sources(files: Sequence[FileRead], found: Mapping[str, tuple[int, date | None]], today: date) -> tuple[list[Feed], list[Broken]]:
    """Return the rows about each feed: how old it is, how much was taken in, what was broken (at most 1,000 of each feed)."""
    by_feed: dict[str, list[FileRead]] = defaultdict(list)
    for one in files:
        if one.feed is not None:
            by_feed[one.feed].append(one)
    feeds, broken = [], []
    for feed in sorted({*by_feed, *found}):
        parser = next((one for one in feed_parsers() if one.feed == feed), None)
        records, newest = found.get(feed, (0, None))
        # A file of which nothing was taken in, or one merely copied today, makes no source look fresh.
        told = [one for one in by_feed[feed] if one.as_of is not None and one.as_of <= today and sum(one.records.values()) > 0]
        said = [one.as_of for one in told if one.dated and one.as_of] or [one.as_of for one in told if one.as_of]
        row = Feed(
            feed=feed,
            title=parser.title.en if parser else feed,
            title_ja=parser.title.ja if parser else feed,
            url=parser.url or None if parser else None,
            as_of=max(said, default=newest),
            undated=bool(told) and not any(one.dated for one in told),
            files=len(by_feed[feed]),
            records=records,
            broken=sum(one.broken for one in by_feed[feed]),
            best_before=parser.best_before if parser else None,
        )
        feeds.append(row)
        broken += [record for one in by_feed[feed] for record in one.kept][:KEPT_BROKEN]
    own = [row for row in starter_pack().facts.rows if isinstance(row, Feed) and row.feed == STARTER]
    return [*feeds, *own], broken


def _hashed(data: bytes | Path) -> tuple[str, int]:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest(), len(data)
    digest = hashlib.sha256()
    with data.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest(), data.stat().st_size


def write_zip(out: Path, members: Mapping[str, bytes | Path]) -> None:
    """Write the one file, whole or not at all: members stored, without dates, so that the same pack has the same bytes."""
    unfinished = out.with_name(f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(6)}")
    try:
        with unfinished.open("xb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
                for name, data in members.items():
                    _member(archive, name, data)
            stream.flush()
            os.fsync(stream.fileno())
        patiently(lambda: unfinished.replace(out))
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(out.parent)


def _member(archive: zipfile.ZipFile, name: str, data: bytes | Path) -> None:
    info = zipfile.ZipInfo(name, _NO_DATE)
    info.create_system = 3
    info.external_attr = 0o100600 << 16
    if isinstance(data, bytes):
        archive.writestr(info, data)
        return
    info.file_size = data.stat().st_size
    with data.open("rb") as source, archive.open(info, "w", force_zip64=info.file_size > 2**31 - 1) as target:
        _pour(source, target)


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    while chunk := source.read(_CHUNK):
        target.write(chunk)
