"""Where a repository lies and who can delete it, as this machine's file system shows it."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "9p", "afs", "ceph", "glusterfs")
_ACCOUNTS_OF_THE_SERVER = ("cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone")
"""File systems whose owners and modes are made up on this side: they tell nothing about the accounts of the server."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_USER_INFO = re.compile(r"(?<=://)[^/@\s]*@")
_UNC = re.compile(r"[\\/]{2}([^\\/?.][^\\/]*)[\\/]")
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4
"""GetDriveTypeW (Microsoft Learn)."""


def without_credentials(place: str) -> str:
    """Return a place as it may be shown: what stands before the `@` of a URL is left out."""
    return _USER_INFO.sub("", place)


def where(folder: Path) -> tuple[str, str | None]:
    """Return (kind of target, host name or address it is kept on) of a folder; see `omamori.model.backup.TARGET_KINDS`.

    On Linux from /proc/self/mountinfo (proc(5)) and /sys/dev/block (removable), on Windows from the drive's type and the UNC path.
    """
    unc = _UNC.match(str(folder))
    if unc is not None and os.name == "nt":
        return "network-mount", unc[1]
    if sys.platform == "win32":
        return _windows_drive(folder), None
    kind, source, device = mounted(folder)
    if kind in _NETWORK:
        return "network-mount", _host(source)
    if kind == "":
        return "unknown", None
    return ("removable" if _removable(device) else "same-host"), None


def deleters(*folders: Path) -> tuple[str, ...]:
    """Return the accounts that can delete files from any of the folders, by owner and mode: `root`, names, `group NAME`, `everyone`.

    Empty where the file system does not tell (Windows; shares whose accounts are the server's).
    """
    if os.name == "nt" or any(mounted(folder)[0] in _ACCOUNTS_OF_THE_SERVER for folder in folders):
        return ()
    found = {"root"}
    for folder in folders:
        try:
            seen = folder.stat()
        except OSError:
            continue
        found.add(_user(seen.st_uid))
        if seen.st_mode & stat.S_IWGRP and not seen.st_mode & stat.S_ISVTX:
            found.add(f"group {_group(seen.st_gid)}")
        if seen.st_mode & stat.S_IWOTH and not seen.st_mode & stat.S_ISVTX:
            found.add("everyone")
    return tuple(sorted(found))


def mounted(folder: Path) -> tuple[str, str, str]:
    """Return (file system, what is mounted, device number) of the mount a folder lies in; empty where that cannot be seen."""
    try:
        table = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        place = os.path.realpath(folder)
    except OSError:
        return "", "", ""
    best = ("", "", "", "")
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        left, right = before.split(), after.split()
        if len(left) < 5 or len(right) < 2:
            continue
        point = _plain(left[4])
        inside = place == point or place.startswith(point.rstrip("/") + "/")
        # A later line of the same point lies over the earlier one.
        if inside and len(point) >= len(best[0]):
            best = (point, right[0], _plain(right[1]), left[2])
    return best[1:]


def _plain(word: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), word)


def _host(source: str) -> str | None:
    if source.startswith("//"):
        return source[2:].partition("/")[0] or None
    host, colon, _ = source.rpartition(":/")
    return host.rpartition("@")[2].strip("[]") or None if colon else None


def _removable(device: str) -> bool:
    """Whether the disk is one that can be taken out; a partition's disk is the folder above it."""
    entry = Path(f"/sys/dev/block/{device}")
    for folder in (entry, entry / ".."):
        try:
            return (folder / "removable").read_text().strip() == "1" or "/usb" in os.path.realpath(entry)
        except OSError:
            continue
    return False


def _user(number: int) -> str:
    if sys.platform == "win32":
        return str(number)
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _group(number: int) -> str:
    if sys.platform == "win32":
        return str(number)
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def _windows_drive(folder: Path) -> str:
    if sys.platform != "win32":
        return "unknown"
    import ctypes

    found = ctypes.windll.kernel32.GetDriveTypeW(folder.resolve().anchor)
    return {_DRIVE_REMOVABLE: "removable", _DRIVE_REMOTE: "network-mount", 3: "same-host"}.get(found, "unknown")
