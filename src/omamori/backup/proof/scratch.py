"""The scratch place: a folder a person approved for restored patients' data, and the private folder of one proof inside it."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from omamori.backup.interface import BackupError
from omamori.backup.proof.place_seen import Seen, look_at
from omamori.backup.proof.wipe import wipe
from omamori.gate.leftover import end_carriers
from omamori.gate.locked import held
from omamori.parse.backup.scratch import Approved
from omamori.snapshot.files import TEMPORARY, private_folder, write_whole

_BEGIN = "omamori-proof-"
_NEW = ".new"
_NAME = re.compile(rf"{_BEGIN}[0-9a-f]{{32}}(?:{re.escape(_NEW)})?")
_MARKER = ".omamori-proof"
_LOCK = ".omamori-in-use"
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Room:
    """The private folder of one proof: `restored` is empty and for what comes back, `workshop` for what a program writes beside, `database`."""

    folder: Path

    @property
    def restored(self) -> Path:
        """Where files are restored to."""
        return self.folder / "restored"

    @property
    def workshop(self) -> Path:
        """Where caches, locks and lists of programs lie."""
        return self.folder / "workshop"

    @property
    def database(self) -> Path:
        """Where a database is started."""
        return self.folder / "database"

    def empty(self) -> bool:
        """Wipe what was restored, and make the folder anew; True when nothing was left over."""
        wiped = wipe(self.restored) and wipe(self.database)
        private_folder(self.restored)
        return wiped


def prepare(folder: Path) -> Path:
    """Make the folder, or see that one that is there is empty, or ours; returns it without links. `BackupError` when it cannot be used."""
    try:
        private_folder(folder.absolute())
        real = folder.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "?"
        raise _refused(f"「{folder}」を作れません({reason})", f"{folder} cannot be made ({reason})") from error
    foreign = [entry.name for entry in os.scandir(real) if not _ours(real / entry.name)]
    if foreign:
        raise _refused(
            f"「{real}」には別のもの({len(foreign)} 個)があります。空のフォルダを指定してください。何も消していません",
            f"{real} holds {len(foreign)} other things: name an empty folder. Nothing was deleted",
        )
    _make_private(real)
    return real


def _ours(path: Path) -> bool:
    if path.name == _LOCK:
        return path.is_file() and not path.is_symlink()
    if not _NAME.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
        return False
    # Killed before its marker was written, nothing else is in it yet.
    return (path / _MARKER).is_file() or all(entry.name.startswith(TEMPORARY) for entry in os.scandir(path))


def _wiped(path: Path) -> bool:
    """Wipe the folder of a proof; its marker goes last, so that a wipe that is killed can be ended by the next run."""
    for entry in list(os.scandir(path)) if path.is_dir() and not path.is_symlink() else ():
        if entry.name != _MARKER:
            wipe(path / entry.name)
    return wipe(path)


def _make_private(folder: Path) -> None:
    if sys.platform == "win32":
        return  # a folder we made has its own list of rights; of one that was there its owner decides
    told = folder.stat()
    if told.st_uid != os.getuid():
        raise _refused(f"「{folder}」はほかのアカウントのフォルダです", f"{folder} belongs to another account")
    if told.st_mode & _OTHERS:
        folder.chmod(0o700)
    if folder.stat().st_mode & _OTHERS:
        raise _refused(
            f"「{folder}」はほかの人も開けるままで、閉じられません(権限のないファイルシステム)",
            f"{folder} stays open to others: its file system knows no rights",
        )
    for above in folder.parents:
        mode = above.stat().st_mode
        if mode & 0o002 and not mode & 0o1000:
            raise _refused(
                f"「{above}」にはだれでも書けるため、中のフォルダを置き換えられます",
                f"anybody can write into {above}, and exchange what lies in it",
            )


def judge(folder: Path, protection: str, *, inside_none_of: Iterable[Path] = ()) -> Seen:
    """Look at the place of a prepared folder; `BackupError` when it must not hold patients' data, or is not what `protection` says.

    `inside_none_of`: the repository, its sources, the site: neither may the folder lie in one of them nor one of them in it.
    """
    seen = look_at(folder)
    if seen.removable:
        raise _refused(
            "取り外せる媒体です。戻したデータは患者の情報なので、置けません",
            "a medium that can be taken out: patients' data must not lie on it",
        )
    if seen.network:
        raise _refused(
            "ネットワークの共有です。このサーバの中のディスクを指定してください",
            "a share on the network: name a disk of this server itself",
        )
    if protection == "memory" and not seen.memory:
        raise _refused("メモリ上のフォルダ(tmpfs)ではありません", "not a folder in memory (tmpfs)")
    if protection == "encrypted" and seen.encrypted is False:
        raise _refused(
            "暗号化されたディスクには見えません。暗号化した場所か --protection on-server を指定してください",
            "its disk does not look encrypted: name an encrypted one, or --protection on-server",
        )
    for other in inside_none_of:
        if _overlap(folder, other):
            raise _refused(f"「{other}」と重なっています。別のフォルダを指定してください", f"it overlaps with {other}: name another folder")
    return seen


def _overlap(one: Path, other: Path) -> bool:
    try:
        there = other.resolve()
    except (OSError, RuntimeError):
        return False
    return one == there or one in there.parents or there in one.parents


def _refused(ja: str, en: str) -> BackupError:
    return BackupError("failed", f"作業場所に使えません: {ja}", f"not usable as a scratch place: {en}")


def approval_of(folder: Path, approvals: Iterable[Approved], now: datetime) -> Approved:
    """Return the newest approval of exactly this folder that holds now; `BackupError` with the way to one when there is none."""
    mine = sorted((one for one in approvals if one.folder == str(folder)), key=lambda one: one.made)
    how_ja = f"omamori backup scratch {folder} --protection encrypted|on-server|memory --approved-by 名前"
    how_en = f"omamori backup scratch {folder} --protection encrypted|on-server|memory --approved-by NAME"
    if not mine:
        raise BackupError(
            "failed",
            f"「{folder}」は、患者の情報を戻す場所として承認されていません。承認する人が: {how_ja}",
            f"{folder} is not approved to hold restored patients' data. Whoever may approve: {how_en}",
        )
    if mine[-1].until is not None and mine[-1].until < now:
        raise BackupError(
            "failed",
            f"「{folder}」の承認は {mine[-1].until:%Y-%m-%d} で終わりました。もう一度: {how_ja}",
            f"the approval of {folder} ended on {mine[-1].until:%Y-%m-%d}. Again: {how_en}",
        )
    return mine[-1]


def has_leftovers(folder: Path) -> bool:
    """Whether killed proofs left anything in a folder, which need not be there."""
    try:
        return any(_ours(path) for path in folder.glob(f"{_BEGIN}*"))
    except OSError:
        return False


def clear_leftovers(folder: Path) -> int:
    """End and wipe what killed proofs left in a scratch place; returns how many there were. `BackupError` when one cannot be wiped."""
    found = 0
    for path in sorted(folder.glob(f"{_BEGIN}*")) if folder.is_dir() else ():
        if not _ours(path):
            continue
        if not (end_carriers(path.name.removesuffix(_NEW)) and _wiped(path)):
            raise BackupError(
                "failed",
                f"前の実行が残した「{path}」を消せません。中身は患者の情報です。管理者の権限で消してください",
                f"{path}, left by an earlier run, cannot be wiped. It holds patients' data: remove it with administrator's rights",
            )
        found += 1
    return found


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Keep a second proof out of a scratch place. `BackupError` when one runs."""
    try:
        with held(folder / _LOCK, wait=False):
            yield
    except BlockingIOError:
        raise BackupError(
            "failed",
            f"「{folder}」では別の確認が動いています。終わってからもう一度実行してください",
            f"another proof runs in {folder}: try again when it has ended",
        ) from None


@contextmanager
def room_in(folder: Path) -> Iterator[Room]:
    """Make the private folder of a proof, its marker first; wiped at the end, whatever happened."""
    path = folder / f"{_BEGIN}{secrets.token_hex(16)}"
    hidden = folder / f"{path.name}{_NEW}"
    try:
        private_folder(hidden)
        write_whole(hidden / _MARKER, json.dumps({"omamori": "proof", "pid": os.getpid()}).encode())
        hidden.replace(path)
        room = Room(path)
        private_folder(room.restored)
        private_folder(room.workshop)
        yield room
    finally:
        _wiped(hidden)
        _wiped(path)


def free_bytes(folder: Path) -> int:
    """Return how many bytes can still be written there."""
    return shutil.disk_usage(folder).free
