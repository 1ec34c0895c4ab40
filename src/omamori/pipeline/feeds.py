"""`omamori feeds`: makes a knowledge pack, takes one in, tells how old what is there is."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from omamori.feeds.build import Built, build_pack
from omamori.feeds.download import Fetched, download_all, downloads_of
from omamori.feeds.error import FULL, FeedsError, no_room
from omamori.feeds.held import SitePack, pinned_key, site_pack
from omamori.feeds.key import SigningKey, load_key, new_key
from omamori.feeds.take import Agreed, Imported, import_pack
from omamori.knowledge.packfile import SUFFIX, PackFileError
from omamori.knowledge.packkey import PackKey
from omamori.model.facts import Feed
from omamori.model.text import Text
from omamori.parse.feeds.registry import feed_parsers
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Observer
from omamori.snapshot.database import Database
from omamori.snapshot.files import private_folder
from omamori.snapshot.site import Site


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to make a pack of. `out`: the file, or a folder in which it gets the name of the day.

    `download`: a folder to fetch the publishers' files into first; None: nothing is fetched.
    """

    files: tuple[Path, ...]
    out: Path
    key: Path
    passphrase: str = ""
    maker: str = ""
    download: Path | None = None
    authorities: Path | None = None
    replace_it: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A source the site is judged with, and its age in days; None where nobody knows its day."""

    feed: Feed
    age_days: int | None

    @property
    def old(self) -> bool:
        """Whether it is older than it should be, or nobody knows."""
        best = self.feed.best_before
        return best is not None and (self.age_days is None or self.age_days > best)


@dataclass(frozen=True, slots=True)
class Status:
    """The pack a site is judged with now. `pinned`: the fingerprint the site compared, empty before the first import."""

    held: SitePack
    pinned: str
    sources: tuple[Source, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        signed = self.held.signed
        return {
            "pack": self.held.pack.version,
            "imported": signed is not None,
            "maker": signed.manifest.maker if signed else None,
            "serial": signed.manifest.serial if signed else None,
            "made": f"{signed.manifest.made:%Y-%m-%dT%H:%M:%SZ}" if signed else None,
            "fingerprint": self.pinned or None,
            "sources": [
                {
                    "feed": one.feed.feed,
                    "title_ja": one.feed.title_ja,
                    "title_en": one.feed.title,
                    "as_of": one.feed.as_of.isoformat() if one.feed.as_of else None,
                    "as_of_is": "saved" if one.feed.undated else "published",
                    "age_days": one.age_days,
                    "best_before": one.feed.best_before,
                    "old": one.old,
                    "files": one.feed.files,
                    "records": one.feed.records,
                    "broken": one.feed.broken,
                }
                for one in self.sources
            ],
            "notes": [note.as_json() for note in self.held.notes],
        }


@contextmanager
def _told(place: Path | None = None) -> Iterator[None]:
    """Say what went wrong in one line. `place`: where it is written to, for a disk that is full."""
    try:
        yield
    except (PackFileError, FeedsError) as error:
        raise UserError(error.text.ja, error.text.en) from error
    except OSError as error:
        if place is None or error.errno not in FULL:
            raise
        told = no_room(place).text
        raise UserError(told.ja, told.en) from error


def build(request: BuildRequest, observer: Observer) -> tuple[Built, tuple[Fetched, ...]]:
    """Make a pack; returns it, and what became of each file that was fetched. UserError, GateError or OSError when it cannot be made."""
    out = request.out / f"omamori-{utc_now():%Y-%m-%d}{SUFFIX}" if request.out.is_dir() else request.out
    _may_write(out, request)
    with _told(out.parent):
        key = load_key(request.key, request.passphrase)
        fetched: tuple[Fetched, ...] = ()
        paths = list(request.files)
        if request.download is not None:
            wanted = downloads_of(feed_parsers(), private_folder(request.download))
            fetched = tuple(download_all(wanted, authorities=request.authorities, step=observer.step, progress=observer.progress))
            paths.append(request.download)
        for path in paths:
            path.stat()
        built = build_pack(
            paths,
            out,
            key,
            maker=request.maker,
            now=utc_now(),
            progress=observer.progress,
            step=observer.step,
        )
    return built, fetched


def _may_write(out: Path, request: BuildRequest) -> None:
    """UserError where the pack cannot go, before hours of reading are spent on it."""
    if not out.parent.is_dir():
        raise UserError(
            f"知識パックを書くフォルダ「{out.parent}」がありません。作るか、--out で別の場所を指定してください",
            f"there is no folder {out.parent} to write the pack in: make it, or name another place with --out",
        )
    if out.exists() and not out.is_file():
        raise UserError(
            f"「{out}」はファイルではありません。--out には書く知識パックのファイル名を指定してください",
            f"{out} is no file: name the file of the pack to write with --out",
        )
    if out.exists() and not request.replace_it:
        raise UserError(
            f"「{out}」はすでにあります。別の名前にするか --force を付けてください",
            f"{out} is there already: name another file, or add --force",
        )
    if request.authorities is not None:
        request.authorities.stat()
    if request.download is not None and request.download.exists() and not request.download.is_dir():
        raise UserError(
            f"「{request.download}」はフォルダではありません。--download には取ったファイルを置くフォルダを指定してください",
            f"{request.download} is no folder: name the folder the fetched files go into with --download",
        )


def take_in(site_path: Path, file: Path, agreed: Agreed, observer: Observer) -> Imported:
    """Take a pack in for a site, which is made where there is none; UserError says what is wrong with the pack."""
    if stat.S_ISDIR(file.stat().st_mode):
        raise UserError(
            f"「{file}」はフォルダです。中の知識パック(.omamori-pack)を1つ指定してください",
            f"{file} is a folder: name the one pack in it (.omamori-pack)",
        )
    site = Site(site_path).create()
    observer.step(Text("知識パックを確かめて取り込んでいます", "Comparing the pack and taking it in"))
    with _told(site_path):
        return import_pack(site, file, agreed, observer.progress, utc_now().date())


def status(site_path: Path, today: date) -> Status:
    """Return what a site is judged with now, and how old it is by this computer's clock."""
    site = Site(site_path)
    held = site_pack(site, today)
    try:
        pinned = pinned_key(site)
    except PackFileError:
        pinned = None
    return Status(held, pinned.fingerprint if pinned else "", tuple(_sources(held, today)))


def _sources(held: SitePack, today: date) -> Iterator[Source]:
    with Database() as database, held.pack.facts.attached(database.connection):
        columns = ("feed", "title", "title_ja", "url", "as_of", "undated", "files", "records", "broken", "best_before")
        for values in database.select(f"select {', '.join(columns)} from facts.feeds order by feed"):  # noqa: S608 - our own column names
            feed = Feed(**dict(zip(columns, values, strict=True)))
            yield Source(feed, max(0, (today - feed.as_of).days) if feed.as_of else None)


def make_key(path: Path, passphrase: str) -> PackKey:
    """Make a key to sign packs with; UserError when the file is there."""
    with _told():
        return new_key(path, passphrase).public


def shown_key(site_path: Path, key: Path | None, passphrase: str) -> PackKey:
    """Return the public key of a key file, or the one the site compared; UserError when there is none."""
    with _told():
        if key is not None:
            found: SigningKey = load_key(key, passphrase)
            return found.public
        pinned = pinned_key(Site(site_path))
    if pinned is None:
        raise UserError(
            "このサイトはまだ知識パックを取り込んでいません。自分の鍵を表示するには --key で鍵のファイルを指定してください",
            "this site has imported no pack yet; to show your own key name its file with --key",
        )
    return pinned


def key_page(key: PackKey, made: datetime) -> Text:
    """Return the page to print and hand to the hospitals: the fingerprint, and what to do with it."""
    groups = "    ".join(key.fingerprint.split()[:4]), "    ".join(key.fingerprint.split()[4:])
    lines = "\n".join(f"        {line}" for line in groups)
    return Text(
        "お守り 知識パックの署名鍵の指紋\n"
        f"{'=' * 60}\n\n{lines}\n\n"
        "最初に知識パックを取り込むとき、画面に出る指紋をこの紙と見比べてください。\n"
        "8つの組が全部同じなら「はい」と答えます。1文字でも違えば取り込まず、この紙を渡した人に確かめてください。\n"
        "この紙は、知識パックとは別の道(手渡し・郵送)で受け取ってください。\n\n"
        "    omamori feeds import ファイル.omamori-pack\n\n"
        f"印刷用に作成: {made:%Y-%m-%d}\n作成者:\n",
        "Omamori: fingerprint of the key that signs the knowledge pack\n"
        f"{'=' * 60}\n\n{lines}\n\n"
        "When you import the first pack, compare the fingerprint on the screen with this page.\n"
        "Answer yes where all eight groups are the same. Where one letter differs do not\n"
        "import it; ask whoever gave you this page.\n"
        "This page should reach you another way than the pack does (by hand, by post).\n\n"
        "    omamori feeds import FILE.omamori-pack\n\n"
        f"made for printing: {made:%Y-%m-%d}\nmaker:\n",
    )


def broken_lines(built: Built, most: int) -> Sequence[Text]:
    """Return what could not be read, file by file: at most `most` lines, and how many more there are."""
    lines = []
    for one in built.files:
        if one.feed is None:
            reason = one.error or Text("情報源の形式に当てはまりません", "no source we know has this form")
            lines.append(Text(f"読んでいません: {one.shown}({reason.ja})", f"not read: {one.shown} ({reason.en})"))
        elif one.broken:
            first = one.kept[0]
            lines.append(
                Text(
                    f"{one.shown}: {one.broken:,}件を読めませんでした(残りは取り込みました)。例: {first.place} {first.reason_ja}",
                    f"{one.shown}: {one.broken:,} records could not be read (the rest was taken in); one of them: {first.place} {first.reason}",
                )
            )
    if len(lines) > most:
        more = len(lines) - most
        lines = [*lines[:most], Text(f"ほか{more:,}ファイル", f"{more:,} more files")]
    if built.clock_back:
        lines.append(
            Text(
                "前に作った知識パックの時刻が、このPCの今の時刻より先です。どちらかで時計が違っていました。番号は続きを付けたので取り込めます。"
                "このPCの日付を確かめ、違っていれば直して作り直してください",
                "the pack made before carries a later time than this computer's clock shows now: the clock was wrong at one of the two. The number "
                "goes on from there, so this pack can be imported. Check the date of this computer; where it is wrong, correct it and build again",
            )
        )
    if built.thin:
        years = ", ".join(str(year) for year in built.thin)
        lines.append(
            Text(
                f"NVDの記録がほとんどない年: {years}。その年の脆弱性は見つけられません。その年のファイルを加えて作り直してください",
                f"years of which NVD's files tell next to nothing: {years}. Flaws of those years cannot be found: add the files of those "
                "years and build again",
            )
        )
    return lines
