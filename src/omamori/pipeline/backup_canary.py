"""`omamori backup canary`: writes one small file into a folder that is backed up, so that each backup can be asked whether it comes back as it was."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from omamori import __version__
from omamori.backup.look.words import as_json
from omamori.parse.backup.canary import KIND, MARK, Canary, read_canary
from omamori.parse.interface import EvidenceError
from omamori.pipeline.backup_place import stored_of_kind
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
from omamori.snapshot.site import Site

_SENTENCE = (
    "バックアップの確認用のファイルです。消したり、書き換えたり、移したりしないでください。患者さんの情報は入っていません。\r\n"
    "This file is here to check the backup. Please do not delete, change or move it. It holds no patient data.\r\n"
)
_RANDOM = 768
_LINE = 76


@dataclass(frozen=True, slots=True)
class CanaryRequest:
    """Where the file goes, and for which machine and backup."""

    site: Path
    folder: Path
    machine: str
    job: str = ""


def set_canary(request: CanaryRequest) -> Canary:
    """Write a canary file and store its path and hash; nothing that is there is overwritten.

    `UserError` when the folder is none or holds one already; OSError when it cannot be written, SiteError when the site cannot.
    """
    folder = request.folder.absolute()
    if not folder.is_dir():
        raise UserError(
            f"「{folder}」というフォルダはありません。バックアップされる元のフォルダを指定してください",
            f"{folder} is no folder: name one that is backed up",
        )
    store = Site(request.site).create().evidence
    there = next((one for one in _earlier(store) if Path(one.path).parent == folder and Path(one.path).exists()), None)
    if there is not None:
        raise UserError(
            f"このフォルダにはもう確認用のファイル {there.name} があります。上書きはしません",
            f"{there.name} is in this folder already; nothing is overwritten",
        )
    data = _content()
    path = folder / f"omamori-kakunin-{secrets.token_hex(5)}.txt"
    with path.open("xb") as stream:
        stream.write(data)
    told = Canary(utc_now(), request.machine, request.job, str(path), hashlib.sha256(data).hexdigest(), len(data))
    try:
        store.add(Visit(how="file", host="", started=told.made, version=__version__), [_item(told)], utc_now())
    except OSError:
        path.unlink()  # without its record it would only lie about
        raise
    return told


def _content() -> bytes:
    random = base64.b64encode(secrets.token_bytes(_RANDOM)).decode()
    lines = [random[at : at + _LINE] for at in range(0, len(random), _LINE)]
    return (_SENTENCE + "\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _item(told: Canary) -> Item:
    said = {
        MARK: 1,
        "made": told.made.strftime("%Y-%m-%dT%H:%M:%S"),
        "machine": told.machine,
        "job": told.job,
        "path": told.path,
        "sha256": told.sha256,
        "size": told.size,
    }
    return Item(kind=KIND, data=as_json(said).encode() + b"\n", seen=told.made, file_name=f"backup-canary-{told.made:%Y%m%dT%H%M%SZ}.json")


def _earlier(store: EvidenceStore) -> list[Canary]:
    found = []
    for data in stored_of_kind(store, KIND):
        try:
            found.append(read_canary(data))
        except EvidenceError:
            continue
    return found
