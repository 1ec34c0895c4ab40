"""What a file is by its beginning, and whether that fits its ending. Pure.

Sources: the published formats (PDF, PNG, JPEG, GIF, ZIP and OOXML, compound files of Office, DICOM part 10, gzip, SQLite, PostgreSQL's custom
dump, 7-Zip, ISO media, TIFF, EVTX and the others named below). An ending that is not here says nothing about what the file should be.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HEAD = 64 * 1024
"""Bytes of a file that are looked at."""
_TEXT_PART = 4096
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF", "pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF8", "gif"),
    (0, b"BM", "bmp"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"PK\x07\x08", "zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (128, b"DICM", "dicom"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (0, b"\x04\x22\x4d\x18", "lz4"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (2, b"-lh", "lzh"),
    (0, b"MSCF", "cab"),
    (257, b"ustar", "tar"),
    (0, b"SQLite format 3\x00", "sqlite"),
    (0, b"PGDMP", "pgdump"),
    (0, b"TAPE", "mtf"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"ElfFile\x00", "evtx"),
    (4, b"ftyp", "mp4"),
    (0, b"RIFF", "riff"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "asf"),
    (0, b"{\\rtf", "rtf"),
    (0, b"MZ", "program"),
    (0, b"\x7fELF", "program"),
    (4, b"Standard Jet DB", "access"),
    (4, b"Standard ACE DB", "access"),
    (0, b"!BDN", "pst"),
    (0, b"regf", "registry"),
    (0, b"vhdxfile", "vhdx"),
    (0, b"KDMV", "vmdk"),
    (0, b"\x01\x0f\x00\x00", "mssql"),
    (0, b"-----BEGIN ", "pem"),
    (0, b"age-encryption.org/", "age"),
    (0, b"Salted__", "openssl"),
    (0, b"\x00\x00\x00\x0cjP  ", "jpeg2000"),
    (0, b"\xff\x4f\xff\x51", "jpeg2000"),
    (0, b"\x00\x00\x01\x00", "ico"),
    (0, b"wOFF", "font"),
    (0, b"\x00\x01\x00\x00\x00", "font"),
    (0, b"OTTO", "font"),
    (0, b"ttcf", "font"),
    (0, b"\x80\x02", "pickle"),
)
_ZIPPED = "docx docm dotx xlsx xlsm xltx pptx pptm odt ods odp odg jar war epub xps vsdx apk nupkg zip"
_OLD_OFFICE = "doc dot xls xlt ppt pps vsd msg msi mpp pub"
_TEXT = "txt csv tsv xml json html htm log ini conf cfg sql yaml yml md hl7 bat cmd ps1 vbs js css py sh eml ics vcf inf reg xsl xsd"
_FITS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(_ZIPPED.split(), frozenset({"zip"})),
        **dict.fromkeys(_OLD_OFFICE.split(), frozenset({"ole"})),
        **dict.fromkeys(_TEXT.split(), frozenset({"text"})),
        "pdf": frozenset({"pdf"}),
        "png": frozenset({"png"}),
        "jpg": frozenset({"jpeg"}),
        "jpeg": frozenset({"jpeg"}),
        "gif": frozenset({"gif"}),
        "bmp": frozenset({"bmp"}),
        "tif": frozenset({"tiff"}),
        "tiff": frozenset({"tiff"}),
        "dcm": frozenset({"dicom", "dicom-bare"}),
        "gz": frozenset({"gzip"}),
        "tgz": frozenset({"gzip"}),
        "bz2": frozenset({"bzip2"}),
        "xz": frozenset({"xz"}),
        "7z": frozenset({"7z"}),
        "rar": frozenset({"rar"}),
        "lzh": frozenset({"lzh"}),
        "cab": frozenset({"cab"}),
        "tar": frozenset({"tar"}),
        "sqlite": frozenset({"sqlite"}),
        "sqlite3": frozenset({"sqlite"}),
        "mp4": frozenset({"mp4"}),
        "mov": frozenset({"mp4"}),
        "avi": frozenset({"riff"}),
        "wav": frozenset({"riff"}),
        "evtx": frozenset({"evtx"}),
        "rtf": frozenset({"rtf"}),
        "exe": frozenset({"program"}),
        "dll": frozenset({"program"}),
        "mdb": frozenset({"access"}),
        "accdb": frozenset({"access"}),
        "pst": frozenset({"pst"}),
    }
)
"""Ending → what the file may be by its beginning."""
_ON_PURPOSE = (
    "gpg pgp asc age p7m p7s p7e p12 pfx kdbx kdb enc aes crypt tc hc vc axx efs jks keystore gz tgz bz2 xz zst lz4 lzma zip 7z rar lzh cab"
)
_MEANT = frozenset(_ON_PURPOSE.split())
"""Endings of files that people or programs encrypt or compress on purpose: even bytes are what they should hold."""


def ending_of(path: str) -> str:
    """Return the last ending of a file's name in small letters, without the dot; empty when it has none."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def is_known(ending: str) -> bool:
    """Return whether the ending says what the file should hold."""
    return ending in _FITS


def is_meant(ending: str) -> bool:
    """Return whether files with this ending are encrypted or compressed on purpose."""
    return ending in _MEANT


def kind_of(head: bytes) -> str:
    """Return what a file is by its first bytes (up to `HEAD`); empty when nothing is recognised."""
    for offset, mark, kind in _MARKS:
        if head.startswith(mark, offset):
            return kind
    # A DICOM file of old devices has no preamble: group 0002 or 0008, a small element, then a length that is no larger than the file.
    if head[:2] in (b"\x02\x00", b"\x08\x00") and head[3:4] == b"\x00" and len(head) > 8:
        return "dicom-bare"
    return "text" if is_text(head) else ""


def is_text(head: bytes) -> bool:
    """Return whether bytes read as text of UTF-8, UTF-16 or a Japanese code page."""
    part = head[:_TEXT_PART]
    if not part:
        return True
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _reads(part[: len(part) - len(part) % 2], "utf-16")
    return any(_reads(part, codec) for codec in ("utf-8", "cp932", "euc_jp", "iso2022_jp"))


def _reads(part: bytes, codec: str) -> bool:
    # The end may cut a character in two.
    for cut in range(4):
        try:
            text = part[: len(part) - cut].decode(codec)
        except UnicodeDecodeError:
            continue
        # HL7, printers' files and old systems hold a few control characters; private and half-width letters alone are no text.
        odd = sum(not char.isprintable() and char not in "\r\n\t\x0b\x0c\x1c\x1a" for char in text)
        return odd <= len(text) // 50
    return False


def fits(ending: str, kind: str) -> bool | None:
    """Return whether a kind fits an ending; None when the ending says nothing."""
    return kind in _FITS[ending] if ending in _FITS else None
