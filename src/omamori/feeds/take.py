"""Takes a pack in on the closed side: compared, copied, renamed into place. A run that is killed leaves what was there before."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from omamori.feeds.held import CLOCKS_DIFFER, PACKS, PINNED, folder_name, newest_signed, pack_folders, pinned_key
from omamori.knowledge.packfile import KEY, MANIFEST, SIGNATURE, PackFileError, PackSource
from omamori.knowledge.packkey import PackKey, in_groups, same_fingerprint
from omamori.knowledge.packread import Members, Signed, copy_member, open_packfile, open_unpacked, pack_of, read_signed, trust
from omamori.knowledge.store import Facts
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.snapshot.files import TEMPORARY, patiently, private_folder, remove_leftovers, sync_folder, write_whole
from omamori.snapshot.site import Site

KEPT = 2
"""Packs a site keeps: the present one and the one before it."""
Compare = Callable[[Signed], bool]
"""Shows a fingerprint to a person and returns whether it is the one on the paper."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person said beforehand. `fingerprint`: of the key, typed in; `compare`: asks at a terminal, None where nobody sits.

    `replace_key`: another key than the pinned one may come, if its fingerprint is confirmed; `older`: a pack older than what is there may.
    """

    fingerprint: str = ""
    compare: Compare | None = None
    replace_key: bool = False
    older: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """A pack that was taken in. `already`: it was the present one, whole; `pinned`: its key was compared and kept now.

    `lost`: sources the pack before it held, and of which this one holds nothing or less than half. `clocks`: see `clocks_told`.
    """

    signed: Signed
    already: bool
    pinned: bool
    lost: tuple[PackSource, ...] = ()
    clocks: Text | None = None


def import_pack(site: Site, path: Path, agreed: Agreed, progress: Callable[[int, int], None], today: date | None = None) -> Imported:
    """Take one file in; PackFileError says what is wrong with it, OSError what is wrong with the disk. Nothing changes then.

    `today`: by this computer's clock, to say where a day cannot be right. The site is locked meanwhile.
    Older packs beyond `KEPT` are deleted, and those of a key that was replaced.
    """
    with site.lock(), open_packfile(path) as members:
        signed = read_signed(members)
        pinned = _pinned(site, agreed)
        new_key = pinned is None or pinned.pem != signed.key.pem
        before = newest_signed(site, pinned) if pinned is not None else None
        if pinned is not None and new_key and not agreed.replace_key:
            trust(signed, pinned)
        if pinned is not None and not agreed.older:
            _not_older(signed, before, today)
        if new_key:
            _compared(signed, agreed)
        packs = private_folder(site.knowledge / PACKS)
        remove_leftovers(packs)
        already = not new_key and _whole(packs / folder_name(signed), signed.key)
        if already:
            for name in signed.manifest.members:
                copy_member(members, signed, name)
        else:
            _unpack(members, signed, packs, progress)
        if new_key:
            write_whole(site.knowledge / PINNED, signed.key.pem)
        _tidy(site, signed, agreed)
    return Imported(
        signed, already and (before is None or before.id == signed.id), new_key, _lost(signed, before), clocks_told(signed, before)
    )


def _lost(signed: Signed, before: Signed | None) -> tuple[PackSource, ...]:
    records = {one.feed: one.records for one in signed.manifest.sources}
    return tuple(one for one in before.manifest.sources if 2 * records.get(one.feed, 0) < one.records) if before is not None else ()


def _pinned(site: Site, agreed: Agreed) -> PackKey | None:
    try:
        return pinned_key(site)
    except PackFileError:
        if agreed.replace_key:
            return None
        raise PackFileError(
            "harmed",
            f"登録した鍵のファイル({PINNED})が壊れています。指紋を紙と見比べ、--replace-key を付けて取り込んでください",
            f"the file of the known key ({PINNED}) is harmed: compare the fingerprint with the paper and import with --replace-key",
        ) from None


def _not_older(signed: Signed, newest: Signed | None, today: date | None) -> None:
    """PackFileError for a pack with a lower number. The number is what grows: a day is only as good as the clock of the maker's computer."""
    if newest is None or signed.manifest.serial >= newest.manifest.serial:
        return
    new, there = signed.manifest, newest.manifest
    why = Text("", "")
    if there.made > new.made and today is not None and there.made.date() > today + CLOCKS_DIFFER:
        why = Text(
            f"ただし今あるものの作成日は、このPCの時計({today})より先です。作った人のPCかこのPCの時計が違っています。"
            "両方の日付を確かめ、今あるものが時計の進んだPCで作られていたら、--older でこちらに替えてください。",
            f"But what is there was made later than this computer's clock ({today}) says it is: the maker's clock or this one is wrong. Look at both, "
            "and where what is there was made by a clock that was ahead, take this one with --older. ",
        )
    elif new.made > there.made:
        why = Text(
            "ただし作成日はこちらが後です。作った人の鍵のそばの番号のファイル(.serial)が失われたか、時計が違っていました。作った人に確かめてください。",
            "But it was made later: the file of numbers beside its maker's key (.serial) was lost, or a clock was wrong. Ask its maker. ",
        )
    raise PackFileError(
        "older",
        f"この知識パック({new.made:%Y-%m-%d %H:%M} 作成、番号{new.serial})は、今あるもの({there.made:%Y-%m-%d %H:%M}、番号{there.serial})より前の番号です。"
        f"{why.ja}新しいものを受け取るか、わざと戻すなら --older を付けてください",
        f"this pack (made {new.made:%Y-%m-%d %H:%M}, number {new.serial}) is older than what is there ({there.made:%Y-%m-%d %H:%M}, "
        f"number {there.serial}). {why.en}Fetch the newer one, or add --older to go back on purpose",
    )


def clocks_told(signed: Signed, before: Signed | None) -> Text | None:
    """Return what to say where a pack with a higher number was made earlier than the one before it: its maker's clock was wrong once."""
    if before is None or signed.manifest.serial <= before.manifest.serial or signed.manifest.made >= before.manifest.made:
        return None
    new, former = signed.manifest.made, before.manifest.made
    return Text(
        f"番号は新しいのに、作成日({new:%Y-%m-%d})が前の知識パック({former:%Y-%m-%d})より前です。作った人のPCの時計がどちらかで違っていました。"
        "番号に従って取り込みました。作った人に時計を確かめてもらってください",
        f"its number is newer, but it was made ({new:%Y-%m-%d}) before the former pack ({former:%Y-%m-%d}): its maker's clock was wrong at one of "
        "the two. The number counts, so it was taken in. Ask its maker to look at the clock",
    )


def _compared(signed: Signed, agreed: Agreed) -> None:
    shown = in_groups(signed.key.fingerprint)
    if agreed.fingerprint:
        if not same_fingerprint(agreed.fingerprint, signed.key.fingerprint):
            raise PackFileError(
                "other_key",
                f"打ち込まれた指紋が違います。紙のとおりに打ったか見てください。このパックの鍵の指紋: {shown}。紙と違う組があれば取り込まず、作った人に確かめてください",
                f"the fingerprint typed does not match: see that it is typed as on the paper. That of this pack's key: {shown}. Where a group "
                "differs from the paper do not take it in; ask its maker",
            )
        return
    if agreed.compare is None:
        raise PackFileError(
            "other_key",
            f"この鍵はまだ確かめられていません。このパックの鍵の指紋: {shown}。紙の8つの組と1組ずつ見比べ、全部同じなら、紙を見て打ち込んでください: "
            '--fingerprint "1組目 2組目 … 8組目"。紙がなければ、パックとは別の道で作った人から受け取ってください',
            f"this key was not compared yet. The fingerprint of this pack's key: {shown}. Compare it group by group with the paper, and where all "
            'eight are the same type them from the paper: --fingerprint "group1 group2 … group8". Without a paper, get one from its maker '
            "another way than the pack came",
        )
    if not agreed.compare(signed):
        raise PackFileError(
            "other_key",
            "指紋を確かめていないため、取り込みませんでした。作った人に、印刷した指紋を受け取ってください",
            "the fingerprint was not confirmed, so the pack was not taken: get the printed fingerprint from its maker",
        )


def _whole(folder: Path, key: PackKey) -> bool:
    try:
        open_unpacked(folder, key)
    except (PackFileError, OSError):
        return False
    return True


def _unpack(members: Members, signed: Signed, packs: Path, progress: Callable[[int, int], None]) -> None:
    unfinished = private_folder(packs / f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(6)}")
    try:
        for name, data in ((MANIFEST, signed.data), (SIGNATURE, signed.signature), (KEY, signed.key.pem)):
            write_whole(unfinished / name, data)
        for number, name in enumerate(signed.manifest.members, 1):
            _copy(members, signed, name, unfinished / name)
            progress(number, len(signed.manifest.members))
        _opens(pack_of(unfinished, signed).facts)
        sync_folder(unfinished)
        final = packs / folder_name(signed)
        if final.exists():  # harmed: a whole one is not unpacked again
            patiently(lambda: final.replace(packs / f"{TEMPORARY}{secrets.token_hex(6)}"))
        patiently(lambda: unfinished.replace(final))
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    sync_folder(packs)


def _copy(members: Members, signed: Signed, name: str, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        copy_member(members, signed, name, stream)
        stream.flush()
        os.fsync(stream.fileno())


def _opens(facts: Facts) -> None:
    try:
        with duckdb.connect() as connection, facts.attached(connection):
            pass
    except duckdb.CatalogException as error:
        raise PackFileError(
            "strange",
            f"知識パックの中のデータベースに、あるはずのないもの、または形の違うものがあります({_first(error)})。取り込みません。作った人に確かめてください",
            f"the database in the pack holds what does not belong there, or in another form ({_first(error)}); it is not taken. Ask its maker",
        ) from error
    except duckdb.Error as error:
        raise PackFileError(
            "newer_format",
            f"知識パックの中のデータベースを、この版では開けません({_first(error)})。お守りを新しい版にしてください",
            f"this version cannot open the database in the pack ({_first(error)}): bring a newer Omamori",
        ) from error


def _first(error: duckdb.Error) -> str:
    """The first line of what DuckDB says: it may quote what the pack holds."""
    return clean(str(error).splitlines()[0], 200)


def _tidy(site: Site, signed: Signed, agreed: Agreed) -> None:
    """Delete what nobody opens any more: packs of another key, those beyond `KEPT`, and after going back the newer ones."""
    present, kept = folder_name(signed), 0
    for folder in pack_folders(site):
        own = folder.name == present or (_key(folder) == signed.key.pem and not (agreed.older and folder.name > present))
        kept += own
        if not own or (kept > KEPT and folder.name != present):
            shutil.rmtree(folder, ignore_errors=True)  # Windows keeps it while another run reads it: the next import takes it away
    remove_leftovers(site.knowledge / PACKS)


def _key(folder: Path) -> bytes:
    try:
        return (folder / KEY).read_bytes()
    except OSError:
        return b""
