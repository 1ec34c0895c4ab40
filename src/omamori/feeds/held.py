"""The packs a site holds: `knowledge/pinned-key.pub`, the key compared by eye, and `knowledge/packs/SERIAL-ID/`, each pack unpacked.

A pack is believed anew at every opening: signature, pinned key, and the hash of every file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from omamori.knowledge.pack import Pack, starter_pack
from omamori.knowledge.packfile import PackFileError
from omamori.knowledge.packkey import PackKey, read_key
from omamori.knowledge.packread import Signed, Unpacked, open_unpacked, read_signed, trust
from omamori.model.text import Text
from omamori.snapshot.files import TEMPORARY
from omamori.snapshot.note import Note
from omamori.snapshot.site import Site

PINNED = "pinned-key.pub"
PACKS = "packs"
CLOCKS_DIFFER = timedelta(days=1)
"""By as much the clocks of two computers may differ without a word."""


@dataclass(frozen=True, slots=True)
class SitePack:
    """The pack a site is judged with. `signed` None: the one that ships inside. `notes`: packs that could not be believed."""

    pack: Pack
    signed: Signed | None
    notes: tuple[Note, ...]


def pinned_key(site: Site) -> PackKey | None:
    """Return the key the site compared; None before the first import. PackFileError when the file is harmed."""
    try:
        return read_key((site.knowledge / PINNED).read_bytes())
    except FileNotFoundError:
        return None


def pack_folders(site: Site) -> tuple[Path, ...]:
    """Return the folders of the packs, the newest first; what is not finished is none."""
    found = [path for path in (site.knowledge / PACKS).glob("*-*") if path.is_dir() and not path.name.startswith(TEMPORARY)]
    return tuple(sorted(found, key=lambda path: path.name, reverse=True))


def folder_name(signed: Signed) -> str:
    """Return the name of a pack's folder: names sort as the packs do."""
    return f"{signed.manifest.serial:016d}-{signed.id}"


def newest_signed(site: Site, pinned: PackKey) -> Signed | None:
    """Return the manifest of the newest pack of this key, whether or not its facts are still whole."""
    found = [signed for folder in pack_folders(site) if (signed := _signed(folder, pinned)) is not None]
    return max(found, key=lambda signed: signed.manifest.age, default=None)


def _signed(folder: Path, pinned: PackKey) -> Signed | None:
    try:
        signed = read_signed(Unpacked(folder), content=False)
        trust(signed, pinned)
    except (PackFileError, OSError):
        return None
    return signed


def site_pack(site: Site, today: date | None = None) -> SitePack:
    """Return the newest pack of the site that can be believed, else the one that ships inside. What cannot be believed is told.

    `today`: by this computer's clock; None: the clocks are not compared. The site should be locked: an import takes older packs away.
    """
    folders = pack_folders(site)
    if not folders:
        return SitePack(starter_pack(), None, ())
    notes: list[Note] = []
    try:
        pinned = pinned_key(site)
    except (PackFileError, OSError):
        pinned = None
    if pinned is None:
        return SitePack(starter_pack(), None, (_note(PINNED, NO_KEY),))
    for signed, pack, note in _opened(folders, pinned):
        if note is None and pack is not None:
            early = clock_note(signed, today) if signed is not None and today is not None else None
            return SitePack(pack, signed, (*notes, early) if early is not None else tuple(notes))
        if note is not None:
            notes.append(note)
    return SitePack(starter_pack(), None, tuple(notes))


def _opened(folders: tuple[Path, ...], pinned: PackKey) -> Iterator[tuple[Signed | None, Pack | None, Note | None]]:
    for folder in folders:
        try:
            signed, pack = open_unpacked(folder, pinned)
            with duckdb.connect() as connection, pack.facts.attached(connection):
                connection.execute("select count(*) from facts.feeds")
        except PackFileError as error:
            lead = OLDER if error.problem == "older_format" else HARMED
            told = _note(folder.name, Text(f"{lead.ja}({error.text.ja})", f"{lead.en} ({error.text.en})"))
            yield None, None, told
        except (OSError, duckdb.Error) as error:
            reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
            yield None, None, _note(folder.name, Text(f"{HARMED.ja}({reason})", f"{HARMED.en} ({reason})"))
        else:
            yield signed, pack, None


def clock_note(signed: Signed, today: date) -> Note | None:
    """Return the note that a pack was made later than this computer's clock says it is; None where the clocks agree to a day.

    Then one of the two clocks is wrong, and no source can be seen to be old.
    """
    made = signed.manifest.made
    if made.date() <= today + CLOCKS_DIFFER:
        return None
    text = Text(
        f"知識パックの作成日({made:%Y-%m-%d})が、このPCの時計({today})より先です。どちらかの時計が違っていて、情報源の古さが分かりません。"
        "このPCの日付を確かめ、正しければ、作った人に確かめてください",
        f"the pack was made on {made:%Y-%m-%d}, later than this computer's clock ({today}): one of the two is wrong, and how old the "
        "sources are cannot be told. Check the date of this computer; where it is right, ask the maker of the pack",
    )
    return Note("clock", folder_name(signed), "knowledge.pack", text)


def _note(name: str, text: Text) -> Note:
    return Note("damaged", name, "knowledge.pack", text)


NO_KEY = Text(
    "登録した鍵がないか壊れているため、取り込んだ知識パックを使わず、付属の情報だけで判定しました。知識パックをもう一度取り込んでください",
    "the key of the packs is gone or harmed, so the imported packs are not used and only the facts that ship inside are; import the pack again",
)
OLDER = Text(
    "取り込んだ知識パックは古い版のもので、使っていません",
    "an imported pack is of an older version and is not used",
)
HARMED = Text(
    "取り込んだ知識パックを開けないため、使っていません。もう一度取り込んでください",
    "an imported pack cannot be opened and is not used: import it again",
)
