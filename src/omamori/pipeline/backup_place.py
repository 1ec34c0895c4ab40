"""What all commands about backups share: the key a place is opened with, the private folder they work in, and what was stored earlier."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from omamori.backup.interface import Key
from omamori.backup.look.words import hidden_words, plain_words
from omamori.backup.proof.wipe import wipe as remove
from omamori.gate.locked import held
from omamori.parse.backup import look_record, proof
from omamori.parse.backup.look_record import LookRecord, read_record
from omamori.parse.interface import EvidenceError
from omamori.pipeline.error import UserError
from omamori.snapshot.evidence import EvidenceDamagedError, EvidenceStore
from omamori.snapshot.files import private_folder

_PASSED_ON = (
    "RESTIC_",
    "BORG_",
    "AWS_",
    "B2_",
    "AZURE_",
    "GOOGLE_",
    "OS_",
    "ST_",
    "RCLONE_",
    "SSH_AUTH_SOCK",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
)
"""Beginnings of the variables by which restic, borg and rclone are told keys and credentials."""
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, for the owner only
_LOCK = "in-use"
_JUST_MADE = 60.0
"""Seconds."""
_BLOCK = 512
"""Bytes of the blocks a file system counts (stat(2))."""


def key_of(password_file: Path | None, environment: Mapping[str, str] | None = None) -> Key:
    """Return how a repository is opened. In: a file with the password, the environment (None: this process's).

    Only the variables backup programs read are passed on. `UserError` when the file cannot be read.
    """
    if password_file is not None and not os.access(password_file, os.R_OK):
        raise UserError(
            f"パスワードのファイル「{password_file}」を読めません。場所と権限を確かめてください",
            f"the password file {password_file} cannot be read: see its place and its rights",
        )
    given = os.environ if environment is None else environment
    passed = {name: value for name, value in given.items() if name.startswith(_PASSED_ON)}
    return Key(password_file.absolute() if password_file is not None else None, passed)


@contextmanager
def private_place(parent: Path, name: str) -> Iterator[Path]:
    """Make an empty folder of ours in `parent`, for its owner only; it is emptied and removed at the end, and what killed runs left before.

    In: `name` begins the folder's name. OSError when it cannot be made.
    """
    private_folder(parent)
    for left in parent.glob(f"{name}-*"):
        _remove_unless_used(left)
    folder = private_folder(parent / f"{name}-{secrets.token_hex(8)}")
    try:
        with held(folder / _LOCK):
            inside = private_folder(folder / "work")
            yield inside
    finally:
        wipe(folder)


def _remove_unless_used(folder: Path) -> None:
    """Remove what a killed run left. One made a moment ago may not be locked yet; one that goes away meanwhile is no error."""
    with suppress(FileNotFoundError, BlockingIOError):
        told = folder.lstat()
        if not stat.S_ISDIR(told.st_mode) or (sys.platform != "win32" and told.st_uid != os.getuid()):
            return
        if time.time() - told.st_mtime < _JUST_MADE:
            return
        with held(folder / _LOCK, wait=False):
            pass
        wipe(folder)


def wipe(folder: Path) -> None:
    """Overwrite every file below a folder of ours once, and remove the folder. What cannot be removed stays for the next run.

    Only what is ours alone is overwritten: no link is followed, a file with a second name elsewhere is removed as it is, and of a file with
    holes no more than lies on the disk is written.
    """
    waiting = [folder] if not folder.is_symlink() else []
    while waiting:  # no recursion, however deep it is
        inner = waiting.pop()
        with suppress(OSError):
            inner.chmod(0o700)
            with os.scandir(inner) as entries:
                found = list(entries)
            waiting += [Path(entry.path) for entry in found if entry.is_dir(follow_symlinks=False)]
            for entry in found:
                with suppress(OSError):
                    _overwrite(entry.path)
    remove(folder)


def _overwrite(path: str) -> None:
    told = os.lstat(path)
    if not stat.S_ISREG(told.st_mode) or told.st_nlink > 1:
        return
    os.chmod(path, 0o600)  # noqa: PTH101
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    try:
        left = min(told.st_size, getattr(told, "st_blocks", told.st_size) * _BLOCK)
        while left > 0:
            left -= os.write(handle, bytes(min(left, 1 << 20)))
    finally:
        os.close(handle)


def memory_place(need: int) -> Path | None:
    """Return the folder that lies in memory when it has room for `need` bytes twice over; None where there is none."""
    if sys.platform != "linux" or not os.access(_MEMORY, os.W_OK):
        return None
    return _MEMORY if shutil.disk_usage(_MEMORY).free >= 2 * need else None


def stored_of_kind(store: EvidenceStore, kind: str, *, made_here: bool = False) -> Iterator[bytes]:
    """Yield the stored outputs of a kind, newest first; what is damaged is left out. `made_here`: only what a command of ours wrote into this site."""
    for receipt in reversed(store.receipts()):
        if made_here and not (receipt.visit.how == "file" and receipt.visit.version):  # an imported file names no version
            continue
        for item in receipt.items:
            if item.kind == kind:
                try:
                    yield store.read(item.sha256)
                except EvidenceDamagedError:
                    continue


def earlier_looks(store: EvidenceStore, words: str) -> Iterator[LookRecord]:
    """Yield earlier looks that hold these words (an identifier, a place), newest first."""
    needles = [plain_words(words)[1:-1].encode(), hidden_words(words)[1:-1].encode()]
    for data in stored_of_kind(store, look_record.KIND):
        if any(needle in data for needle in needles):
            with suppress(EvidenceError):
                yield read_record(data)[0]


def site_name(store: EvidenceStore, own: str, target: str, medium: str | None = None) -> str:
    """Return the name a repository has in the site: `own`, the identifier it tells, for the place it was seen in first, `own/2` for the next.

    A copy of a repository keeps the identifier it was made with. What was seen of the one says nothing of the other.
    In: where it lies, and the label of its medium (None: not said).
    """
    names: set[str] = set()
    for name, place, label in _places(store, own):
        if name != own and name.rpartition("/")[0] != own:
            continue
        if place == target and (medium is None or label is None or medium == label):
            return name
        names.add(name)
    return f"{own}/{len(names) + 1}" if names else own


def _places(store: EvidenceStore, own: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield (name, where it lay, label of the medium) of repositories seen earlier, newest first."""
    for look in earlier_looks(store, own):
        yield look.place.id, look.place.target, look.place.medium
    for data in stored_of_kind(store, proof.KIND):
        with suppress(EvidenceError, KeyError, TypeError):
            told = proof.read_proof(data)["repository"]
            yield str(told["id"]), str(told["target"]), None


def place_typed(place: str) -> str:
    """Return a place as it is kept: a folder here by its whole path, whatever folder the command ran in."""
    return str(Path(place).absolute()) if Path(place).exists() else place
