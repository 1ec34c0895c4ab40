"""Mounted file systems with options, remote server, space and encryption."""

from __future__ import annotations

import re
from collections.abc import Mapping

from omamori.model.host import Mount
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import answered, files, number
from omamori.parse.sections import Section, read_sections

TABLES = ("mounts",)
_PSEUDO = frozenset(
    (
        *("proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "securityfs", "debugfs", "tracefs", "pstore", "bpf", "mqueue"),
        *("hugetlbfs", "configfs", "fusectl", "efivarfs", "autofs", "binfmt_misc", "rpc_pipefs", "nsfs", "ramfs", "selinuxfs", "squashfs"),
    )
)
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs", "davfs")
_LONGEST = 5000
"""A longer line of `df` is no file system of ours; matching it would only cost time."""
_PAIR = re.compile(r'([A-Z]+)="((?:[^"\\]|\\.)*)"')
_OCTAL = re.compile(r"\\([0-7]{3})")
_DF = re.compile(r"(\S.*?)\s+(\d+)\s+\d+\s+-?\d+\s+(\d+)%\s+(/.*)\Z", re.ASCII)


def parse(data: bytes, context: Context) -> Parsed:
    """Return mounts of one machine; file systems without storage (proc, sysfs …) are left out."""
    sections = read_sections(data)
    table = [file for file in files(sections.get("mounts")) if file.readable]
    if not table or not any(line.strip() for _, line in table[0].lines):
        return Parsed(looks=(Look("mounts", complete=False, reason="not_collected"),))
    space, crypt = _space(sections.get("df")), _encrypted(sections.get("lsblk"))
    rows: dict[str, Mount] = {}
    problems = []
    for line, text in table[0].lines:
        parts = text.split(" ")
        if not text.strip():
            continue
        if len(parts) != 6 or not parts[1].startswith("/"):
            problems.append(Problem(line, "a mount: `device folder type options 0 0`"))
            continue
        device, path, kind, options = (_OCTAL.sub(_character, part) for part in parts[:4])
        if kind in _PSEUDO:
            continue
        size, used = space.get(path, (None, None))
        # Mounted twice on one folder: the later one is what is seen.
        rows[path] = Mount(
            path=path,
            device=device,
            filesystem=kind,
            options=options,
            server=_server(device, kind),
            size_bytes=size,
            used_percent=used,
            encrypted=crypt.get(path) if crypt is not None and device.startswith("/dev/") else None,
            evidence=str(line),
        )
    cut = table[0].cut
    missing = (() if space else ("size_bytes", "used_percent")) + (() if crypt is not None else ("encrypted",))
    if problems or cut:
        return Parsed(tuple(rows.values()), (Look("mounts", complete=False, missing=missing, reason="not_understood"),), tuple(problems))
    return Parsed(tuple(rows.values()), (Look("mounts", missing=missing, reason="not_collected" if missing else None),))


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 8))


def _server(device: str, kind: str) -> str | None:
    """The remote host of a network file system: `host:/export`, `//host/share`, `user@host:`."""
    if kind not in _NETWORK:
        return None
    if device.startswith("//"):
        return device[2:].partition("/")[0] or None
    host = device.partition("]")[0].lstrip("[") if device.startswith("[") else device.partition(":")[0]
    return host.rpartition("@")[2] or None


def _space(section: Section | None) -> dict[str, tuple[int | None, int | None]]:
    """`df -P -k` → size in bytes and percent used, by folder. A server that does not answer cuts the list short."""
    found: dict[str, tuple[int | None, int | None]] = {}
    for line in section.lines if section else ():
        parts = _DF.match(line.strip()) if len(line) <= _LONGEST else None
        if parts:
            size = number(parts[2], 2**52)
            found[parts[4]] = (size * 1024 if size is not None else None, number(parts[3], 1000))
    return found


def _encrypted(section: Section | None) -> dict[str, bool] | None:
    """Whether the device below a folder is encrypted, by folder; None when it cannot be told."""
    if section is None or not answered(section):
        return None
    devices: list[Mapping[str, str]] = [dict(_PAIR.findall(line)) for line in section.lines if line.strip()]
    kinds: dict[str, set[str]] = {}
    parents: dict[str, set[str]] = {}
    for device in devices:
        kinds.setdefault(device.get("KNAME", ""), set()).update((device.get("TYPE", ""), device.get("FSTYPE", "")))
        if device.get("PKNAME"):
            parents.setdefault(device.get("KNAME", ""), set()).add(device["PKNAME"])
    return {device["MOUNTPOINT"]: _below(device.get("KNAME", ""), kinds, parents) for device in devices if device.get("MOUNTPOINT")}


def _below(name: str, kinds: Mapping[str, set[str]], parents: Mapping[str, set[str]]) -> bool:
    waiting, seen = [name], set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if kinds.get(one, set()) & {"crypt", "crypto_LUKS"}:
            return True
        waiting += parents.get(one, ())
    return False


PARSERS = (Parser(kind="linux.mounts", tables=TABLES, parse=parse),)
