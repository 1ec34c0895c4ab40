"""What the system shows of the disk a folder lies on: removable, on the network, encrypted, in memory. Read only."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from omamori.gate.error import GateError
from omamori.gate.process import run
from omamori.model.text import Text

_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "gfs",
        "gfs2",
        "ocfs2",
        "9p",
        "virtiofs",
        "davfs",
        "coda",
        "beegfs",
        "orangefs",
        "pvfs2",
        "webdav",
    }
)
_MEMORY = frozenset({"tmpfs", "ramfs"})
_LOCAL_FUSE = frozenset({"fuseblk"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a place. None: the system does not show it. `kind`: the file system's name."""

    kind: str
    removable: bool | None
    network: bool | None
    encrypted: bool | None
    memory: bool | None

    def words(self) -> str:
        """Return it as the record keeps it, in short."""
        if self.memory:
            return self.kind
        if self.encrypted:
            return f"{self.kind}, encrypted disk"
        return f"{self.kind}, {'no encryption' if self.encrypted is False else 'encryption not'} seen"


_JAPANESE = (
    (", encrypted disk", "、暗号化されたディスク"),
    (", no encryption seen", "、暗号化は見えない"),
    (", encryption not seen", "、暗号化しているかは見えない"),
    ("; declared only", "、申告のみ"),
)


def seen_text(words: str) -> Text:
    """Return what `Seen.words` and an approval keep, for people in both languages."""
    japanese = words
    for said, told in _JAPANESE:
        japanese = japanese.replace(said, told)
    return Text(japanese, words)


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of /proc/self/mountinfo: device numbers, mount point, file system, source."""

    device: str
    point: str
    kind: str
    source: str


def mounts(text: str) -> Iterator[Mount]:
    """Yield the lines of mountinfo (proc(5)) that are understood."""
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields, rest = left.split(" "), right.split(" ")
        if len(fields) >= 5 and len(rest) >= 2:
            yield Mount(fields[2], _plain(fields[4]), rest[0], _plain(rest[1]))


def _plain(word: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), word)


def mount_of(folder: str, text: str) -> Mount | None:
    """Return the mount a folder (absolute, no links) lies on: the last of the longest that holds it."""
    best = None
    for mount in mounts(text):
        inside = folder == mount.point or folder.startswith(mount.point.rstrip("/") + "/")
        if inside and (best is None or len(mount.point) >= len(best.point)):
            best = mount
    return best


def seen_on_linux(mount: Mount | None, sys_folder: Path) -> Seen:
    """Judge a mount by what /sys shows of its block device."""
    if mount is None:
        return Seen("?", None, None, None, None)
    kind = mount.kind
    if kind in _MEMORY:
        return Seen(kind, False, False, None, True)
    if kind in _NETWORK or (kind.startswith("fuse") and kind not in _LOCAL_FUSE):
        return Seen(kind, None, True, None, False)
    block = _block(mount, sys_folder)
    if block is None:
        return Seen(kind, None, False, None, False)
    disks = list(_down(block))
    removable = any("/usb" in str(disk) or _says(disk / "removable") or _says(disk.parent / "removable") for disk in disks)
    encrypted = any((disk / "dm" / "uuid").is_file() and (disk / "dm" / "uuid").read_text().startswith("CRYPT-") for disk in disks)
    return Seen(kind, removable, False, encrypted, False)


def _block(mount: Mount, sys_folder: Path) -> Path | None:
    found = sys_folder / "dev" / "block" / mount.device
    if not found.exists() and mount.source.startswith("/dev/"):
        # A file system over several disks has numbers of its own; its source names one of them.
        try:
            number = os.stat(mount.source).st_rdev  # noqa: PTH116 - a device, not a file of ours
        except OSError:
            return None
        found = sys_folder / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"
    return found.resolve() if found.exists() else None


def _down(block: Path, depth: int = 0) -> Iterator[Path]:
    """Yield a block device and those it is made of."""
    yield block
    slaves = block / "slaves"
    if depth < 8 and slaves.is_dir():
        for slave in slaves.iterdir():
            yield from _down(slave.resolve(), depth + 1)


def _says(file: Path) -> bool:
    try:
        return file.read_text().strip() == "1"
    except OSError:
        return False


if sys.platform == "win32":
    import ctypes

    _REMOVABLE, _FIXED, _REMOTE, _CD, _RAM = 2, 3, 4, 5, 6

    def look_at(folder: Path) -> Seen:
        """Return what is seen of the disk of a folder that is there."""
        drive = folder.resolve().anchor
        kind = ctypes.windll.kernel32.GetDriveTypeW(drive)
        network = kind == _REMOTE or drive.startswith("\\\\")
        known = kind in (_REMOVABLE, _FIXED, _REMOTE, _CD, _RAM)
        encrypted = None if network or kind == _RAM else _bitlocker(drive.rstrip("\\"))
        return Seen("drive", kind in (_REMOVABLE, _CD) if known else None, network, encrypted, kind == _RAM)

    def _bitlocker(drive: str) -> bool | None:
        try:
            done = run(["manage-bde", "-status", drive, "-ProtectionAsErrorLevel"], timeout=20)
        except GateError:
            return None
        # Without administrator's rights it tells nothing, with another code.
        return True if done.exit_code == 0 else False if done.exit_code == 1 else None

elif sys.platform == "linux":

    def look_at(folder: Path) -> Seen:
        """Return what is seen of the disk of a folder that is there."""
        text = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        return seen_on_linux(mount_of(str(folder.resolve()), text), Path("/sys"))

else:

    def look_at(folder: Path) -> Seen:
        """Return what is seen of the disk of a folder: nothing is, on this system."""
        del folder
        return Seen("?", None, None, None, None)
