"""What a dump of a database is, by its first and last bytes: PostgreSQL first, MySQL and MariaDB, Oracle, SQL Server. Reads, runs nothing."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from omamori.backup.plain_files import open_plain

HEAD = 8 * 1024
TAIL = 8 * 1024
UNPACKED_AT_ONCE = 32 * 1024 * 1024
"""A packed dump up to this size is read to its end when it is listed; a larger one when its part is read."""
PACK_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError)
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_SQL = (
    (re.compile(rb"^-- PostgreSQL database (?:cluster )?dump\b", re.MULTILINE), "postgresql"),
    (re.compile(rb"^-- (?:MySQL|MariaDB) dump \d", re.MULTILINE), "mysql"),
)
_ENDS = {
    "postgresql": re.compile(rb"^-- PostgreSQL database (?:cluster )?dump complete\b", re.MULTILINE),
    "mysql": re.compile(rb"^-- Dump completed(?: on (\d{4}-\d\d-\d\d +\d{1,2}:\d\d:\d\d))?", re.MULTILINE),
}
_TABLE_OF_CONTENTS = "toc.dat"


@dataclass(frozen=True, slots=True)
class Dump:
    """One dump. `form`: custom, directory, tar, sql, or the maker's own. `made`: as the dump itself tells, in UTC; None where it does not.

    `complete` None: cannot be told (yet); only a plain SQL dump has a last line that says so. `packed`: inside gzip, bzip2 or xz.
    """

    product: str
    form: str
    version: str = ""
    database: str = ""
    made: datetime | None = None
    complete: bool | None = None
    packed: bool = False


def read_dump(path: Path, size: int) -> Dump | None:
    """Return what a file or folder is, None where it is no dump. OSError when it cannot be read; damage inside is no error here."""
    if path.is_dir():
        inside = path / _TABLE_OF_CONTENTS
        head = _head(inside) if not inside.is_symlink() and inside.is_file() else b""
        found = _archive(head)
        return found and Dump("postgresql", "directory", found.version, found.database, found.made)
    head = _head(path)
    return _packed(path, size) if head.startswith(_PACKED) else _archive(head) or _foreign(head) or _sql(path, head)


def _head(path: Path) -> bytes:
    with os.fdopen(open_plain(path), "rb") as file:
        return file.read(HEAD)


def _foreign(head: bytes) -> Dump | None:
    """Only told as present. Oracle: Utilities, Original Export and Data Pump; SQL Server: Microsoft Tape Format, and its packed kind."""
    if b"EXPORT:V" in head[:64] or b"SYS_EXPORT_" in head[:4096]:
        return Dump("oracle", "dmp")
    if head.startswith(b"TAPE") and b"M\0i\0c\0r\0o\0s\0o\0f\0t\0 \0S\0Q\0L\0" in head:
        return Dump("sqlserver", "bak")
    return Dump("sqlserver", "bak") if head.startswith(b"MSSQLBAK") else None


def _sql(path: Path, head: bytes) -> Dump | None:
    product = _product(head)
    if product is None:
        return None
    with os.fdopen(open_plain(path), "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
        complete, made = ending(product, file.read(TAIL))
    return Dump(product, "sql", made=made, complete=complete)


def _product(head: bytes) -> str | None:
    return next((product for pattern, product in _SQL if pattern.search(head[:4096])), None)


def ending(product: str, tail: bytes) -> tuple[bool, datetime | None]:
    """Return whether the last bytes of an SQL dump hold its line of completion, and the moment it tells (by this machine's clock)."""
    found = _ENDS[product].search(tail)
    if found is None:
        return False, None
    said = found[1] if found.re.groups else None
    try:
        local = datetime.strptime(" ".join(said.decode().split()), "%Y-%m-%d %H:%M:%S") if said else None
    except ValueError:
        local = None
    return True, local.astimezone(UTC).replace(tzinfo=None) if local else None


def _packed(path: Path, size: int) -> Dump | None:
    with os.fdopen(open_plain(path), "rb") as file:
        try:
            head = _unpacked(file).read(HEAD)
        except PACK_ERRORS:
            return None
    archive = _archive(head)
    if archive is not None:
        return Dump("postgresql", archive.form, archive.version, archive.database, archive.made, packed=True)
    product = _product(head)
    if product is None:
        return None
    if size > UNPACKED_AT_ONCE:
        return Dump(product, "sql", packed=True)
    try:
        complete, made = read_packed(path, product)
    except PACK_ERRORS:
        return Dump(product, "sql", complete=False, packed=True)
    return Dump(product, "sql", made=made, complete=complete, packed=True)


def read_packed(path: Path, product: str) -> tuple[bool, datetime | None]:
    """Unpack a dump to its end, so that its checksum is compared; returns what its last bytes tell. One of `PACK_ERRORS` when it is damaged."""
    with os.fdopen(open_plain(path), "rb") as file:
        unpacked, tail = _unpacked(file), b""
        while chunk := unpacked.read(1024 * 1024):
            tail = (tail + chunk)[-TAIL:]
    return ending(product, tail) if product in _ENDS else (True, None)


def _unpacked(file: IO[bytes]) -> io.BufferedIOBase:
    """Return what is inside a packed file, to be read from its beginning."""
    magic = file.read(8)
    file.seek(0)
    if magic.startswith(b"BZh"):
        return bz2.BZ2File(file)
    return lzma.LZMAFile(file) if magic.startswith(b"\xfd") else gzip.GzipFile(fileobj=file)


def _archive(head: bytes) -> Dump | None:
    """The header of pg_dump's own formats (pg_backup_archiver.c, ReadHead); None for anything else. A tar begins with its table of contents."""
    tar = head[257:262] == b"ustar" and head.startswith(_TABLE_OF_CONTENTS.encode())
    source = io.BytesIO(head[512:] if tar else head)
    if source.read(5) != b"PGDMP":
        return None
    try:
        version = source.read(1)[0], source.read(1)[0], source.read(1)[0]
        width, _, form = source.read(1)[0], source.read(1)[0], source.read(1)[0]
        if not 1 <= width <= 8 or version < (1, 10, 0):
            return Dump("postgresql", "tar" if tar else "custom")
        if version >= (1, 15, 0):
            source.read(1)  # the way of packing
        else:
            _number(source, width)
        second, minute, hour, day, month, year, _ = (_number(source, width) for _ in range(7))
        names = [_words(source, width) for _ in range(3)]
        made = datetime(1900 + year, month + 1, day, hour, minute, min(second, 59)).astimezone(UTC).replace(tzinfo=None)
    except (IndexError, ValueError, OverflowError):
        return Dump("postgresql", "tar" if tar else "custom")
    return Dump("postgresql", "tar" if tar or form == 3 else "custom", names[2], names[0], made)


def _number(source: io.BytesIO, width: int) -> int:
    negative = source.read(1)[0]
    value = int.from_bytes(source.read(width), "little")
    return -value if negative else value


def _words(source: io.BytesIO, width: int) -> str:
    length = _number(source, width)
    said = source.read(length) if 0 < length <= 1024 else b""
    return "".join(char for char in said.decode("utf-8", "replace") if char.isprintable())
