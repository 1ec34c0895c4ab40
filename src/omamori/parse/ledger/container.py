"""The zip file around a workbook, opened with limits: nothing is unpacked before its size is known."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from omamori.model.text import Text
from omamori.parse.interface import EvidenceError

MAX_PARTS = 2_000
MAX_PART_BYTES = 48 * 1024 * 1024
MAX_TOTAL_BYTES = 96 * 1024 * 1024
MAX_RATIO = 400
RATIO_FROM_BYTES = 4 * 1024 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    OverflowError,
    ValueError,
    struct.error,
)
"""What the standard zip reader raises on damaged, encrypted or forged files."""


def read_parts(data: bytes, wanted: Callable[[str], bool]) -> Mapping[str, bytes | None]:
    """Return the wanted parts of a workbook by name; None for a part that is damaged.

    Raises EvidenceError when it is no workbook, is locked with a password, or would unpack to more
    than `MAX_TOTAL_BYTES` (a zip bomb): sizes are judged before anything is unpacked.
    """
    if data.startswith(_OLD_OR_LOCKED):
        raise EvidenceError(
            Text(
                "古い .xls 形式か、パスワード付きです。パスワードなしの .xlsx で保存し直してから取り込んでください",
                "this is an old .xls file or is locked with a password; save it as .xlsx without a password and import it again",
            )
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except _DAMAGE as error:
        raise EvidenceError(
            Text(
                ".xlsx ファイルとして読めません。もう一度コピーまたは保存してください",
                f"this is not a whole .xlsx workbook ({error}); copy or save the file again",
            )
        ) from error
    _check_sizes(infos)
    found: dict[str, bytes | None] = {}
    for info in infos:
        name = info.filename.lstrip("/")
        if wanted(name):
            found[name] = _read(archive, info)
    return found


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    inflated = any(info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1) for info in infos)
    if len(infos) > MAX_PARTS or total > MAX_TOTAL_BYTES or inflated or any(info.file_size > MAX_PART_BYTES for info in infos):
        raise EvidenceError(
            Text(
                f"展開すると{total // 1024 // 1024} MBになり大きすぎるため、開きませんでした。"
                "`omamori ledger new` で作った新しい台帳に行を写してください",
                f"the workbook would unpack to {total // 1024 // 1024} MB in {len(infos)} parts, more than a ledger can be; "
                "it was not opened. Copy the rows into a new workbook made by `omamori ledger new`",
            )
        )


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    if info.flag_bits & 0x1 or info.compress_type not in _METHODS:
        return None
    try:
        with archive.open(info) as part:
            data = part.read(MAX_PART_BYTES + 1)
    except _DAMAGE:
        return None
    return data if len(data) <= MAX_PART_BYTES else None
