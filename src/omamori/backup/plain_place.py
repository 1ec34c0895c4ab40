"""A folder that keeps copies as plain files: where it really lies, who may delete in it, and an identity that stays the same."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

_NETWORK = ("nfs", "cifs", "smb", "fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "ceph", "9p", "afs", "davfs")
_MOUNTS = Path("/proc/self/mountinfo")
_MANY = 10_000
"""Lines of the list of mounts that are read."""


@dataclass(frozen=True, slots=True)
class PlainPlace:
    """`id` of 16 hexadecimal digits; `target` as the server sees it; `target_kind` of the model; `kept_on` None: not known."""

    id: str
    target: str
    target_kind: str
    kept_on: str | None
    deleters: tuple[str, ...]


def plain_place(folder: Path) -> PlainPlace:
    """Return what the system shows of a folder that is there. OSError when it went away.

    The identity is that of the place, not of its contents: a plain folder has none of its own. Source of the mounts: proc(5), mountinfo.
    """
    real = Path(os.path.realpath(folder))
    share = _unc(str(folder))
    if share is not None:
        return PlainPlace(_identity(str(real)), str(folder), "network-mount", share, ())
    source, kind, device, inside = _mounted(real)
    target = source.rstrip("/") + inside if kind.startswith(_NETWORK) else str(real)
    if kind.startswith(_NETWORK):
        return PlainPlace(_identity(target), target, "network-mount", _host(source), _deleters(real))
    told = "unknown" if sys.platform == "win32" else "removable" if _removable(device) else "same-host"
    return PlainPlace(_identity(target), target, told, None, _deleters(real))


def _identity(target: str) -> str:
    return hashlib.sha256(os.fsencode(target)).hexdigest()[:16]


def _unc(written: str) -> str | None:
    """The server of `\\\\nas\\backup\\emr`; None for another path. `\\\\?\\` is the sign of a local one."""
    plain = written.replace("/", "\\") if sys.platform == "win32" else written
    server = plain[2:].partition("\\")[0] if plain.startswith("\\\\") else ""
    return server if server and server not in ("?", ".") else None


def _mounted(real: Path) -> tuple[str, str, str, str]:
    """Return source, kind of file system, device number, and the path below the mount point with a leading slash."""
    best = ("", "", "", "")
    length = -1
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()[:_MANY]
    except OSError:
        return best
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, tail = before.split(" "), after.split(" ")
        if len(fields) < 5 or len(tail) < 2:
            continue
        point = _unescaped(fields[4])
        inside = str(real).removeprefix(point.rstrip("/"))
        if (str(real) == point or point == "/" or (str(real).startswith(f"{point}/"))) and len(point) >= length:
            length, best = len(point), (_unescaped(tail[1]), tail[0], fields[2], inside)
    return best


def _unescaped(text: str) -> str:
    for octal, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(octal, char)
    return text


def _host(source: str) -> str | None:
    """The server of `//nas/backup`, `nas:/backup`, `backup@nas:/backup` or `[fd00::1]:/backup`."""
    if source.startswith("//"):
        return source[2:].partition("/")[0].rpartition("@")[2] or None
    if source.startswith("["):
        return source[1:].partition("]")[0] or None
    host = source.partition(":")[0].rpartition("@")[2] if ":" in source else ""
    return host or None


def _removable(device: str) -> bool:
    """Whether the disk says that it can be taken out, or hangs on USB."""
    block = Path("/sys/dev/block") / device
    try:
        real = block.resolve(strict=True)
        if "/usb" in str(real):
            return True
        return any((one / "removable").read_text().strip() == "1" for one in (real, real.parent) if (one / "removable").is_file())
    except OSError:
        return False


def _deleters(real: Path) -> tuple[str, ...]:
    """Accounts that may delete in a folder by its owner, group and mode; empty where the system has no such thing (Windows)."""
    if sys.platform == "win32":
        return ()
    found = real.stat()
    names = ["root"]
    if found.st_mode & stat.S_IWUSR:
        names.append(_user(found.st_uid))
    if found.st_mode & stat.S_IWGRP:
        names += _group(found.st_gid)
    if found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX:
        names.append("everyone")
    return tuple(dict.fromkeys(names))


def _user(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _group(number: int) -> list[str]:
    """The accounts of a group: its members, and those whose first group it is."""
    import grp
    import pwd

    try:
        named = list(grp.getgrgid(number).gr_mem)
    except KeyError:
        return [f"group {number}"]
    return named + [one.pw_name for one in pwd.getpwall() if one.pw_gid == number]
