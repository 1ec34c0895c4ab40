"""Samba: the file shares of servers and NAS, and what a Windows machine shows on 445 and 139.

`smb1` lets the oldest dialect in, `signing` demands signatures. A share has `name`, `guest` (anybody may enter), `writable`, and
`content`: `ssmix2` fills it with a tree of the standardised storage of SS-MIX2 (fictional patients), which a share of that name
has by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS: dict[str, Any] = {"smb1": False, "signing": False, "shares": [], "workgroup": "HOSPITAL", "netbios": True}
_SHARE: dict[str, Any] = {"name": "", "guest": False, "writable": False, "content": ""}
_PATIENTS = ("0000100001", "0000100002", "0000200001")
_TYPES = ("ADT-00", "PPR-01", "OMP-01", "OML-11")
"""Patient's basic data (not tied to a day), diagnoses, prescriptions, laboratory results."""


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("samba", options, _DEFAULTS)
    folder = place.folder / "samba"
    for name in ("private", "lock", "state", "cache", "pid", "ncalrpc", "shares"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    config = [*_global(place, folder, chosen)]
    for given in chosen["shares"]:
        share = settle("samba, share", given, _SHARE)
        config += _share(folder / "shares" / share["name"], share)
    file = folder / "smb.conf"
    file.write_text("\n".join(config) + "\n", encoding="utf-8")
    argv = (need_program("smbd"), "--foreground", "--no-process-group", f"--configfile={file}")
    return (Daemon(argv, ready=("tcp", 445)),)


def _global(place: Place, folder: Path, chosen: Mapping[str, Any]) -> list[str]:
    return [
        "[global]",
        f"netbios name = {place.host[:15].upper()}",
        f"workgroup = {chosen['workgroup']}",
        f"private dir = {folder}/private",
        f"lock directory = {folder}/lock",
        f"state directory = {folder}/state",
        f"cache directory = {folder}/cache",
        f"pid directory = {folder}/pid",
        f"ncalrpc dir = {folder}/ncalrpc",
        f"log file = {folder}/log.%m",
        f"server min protocol = {'NT1' if chosen['smb1'] else 'SMB2_10'}",
        f"server signing = {'mandatory' if chosen['signing'] else 'disabled'}",
        f"smb ports = {'445 139' if chosen['netbios'] else '445'}",
        "map to guest = Bad User",
        "load printers = no",
        "printcap name = /dev/null",
        "disable spoolss = yes",
    ]


def _share(folder: Path, share: Mapping[str, Any]) -> list[str]:
    folder.mkdir(exist_ok=True)
    if share["content"] == "ssmix2" or share["name"].lower() == "ssmix2":
        _fill(folder)
    if share["writable"]:
        folder.chmod(0o777)
    yes = {True: "yes", False: "no"}
    return [f"[{share['name']}]", f"path = {folder}", f"guest ok = {yes[share['guest']]}", f"read only = {yes[not share['writable']]}"]


def _fill(folder: Path) -> None:
    """Lay out SS-MIX2 standardised storage: first three digits, next three, patient, day (`-` for what has none), type, file."""
    for patient in _PATIENTS:
        for number, kind in enumerate(_TYPES, 1):
            day = "-" if kind == "ADT-00" else f"202601{number:02}"
            inner = folder / patient[:3] / patient[3:6] / patient / day / kind
            inner.mkdir(parents=True, exist_ok=True)
            name = f"{patient}_{day}_{kind}_{number:015}_20260110101530{number:03}_01_1"
            message = f"MSH|^~\\&|LAB|LAB|SSMIX2|LAB|20260110101530||{kind[:3]}|{number}|P|2.5\rPID|||{patient}||TEST^PATIENT\r"
            (inner / name).write_text(message, encoding="ascii")


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    chosen = settle("samba", options, _DEFAULTS)
    ports = (445, 139) if chosen["netbios"] else (445,)
    return tuple(Port("tcp", port, "file-share") for port in ports)


SERVICE = Service(
    name="samba",
    programs={"smbd": "samba"},
    prepare=_prepare,
    listens=_listens,
    shows={"samba/smb.conf": "samba/smb.conf"},
)
