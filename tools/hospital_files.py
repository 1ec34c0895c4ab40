"""A folder as a small hospital has it, made up: documents of many kinds, and what may happen to it between two backups."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import random
import sqlite3
import zipfile
import zlib
from pathlib import Path

NOTE = "Your files are encrypted. (a harmless test)\n"
KINDS = ("docx", "pdf", "csv", "txt", "png", "jpg", "xml", "dcm", "json", "doc")


def content(kind: str, dice: random.Random) -> bytes:
    """Bytes of a file of a kind: its beginning, then what such files hold."""
    words = "".join(dice.choice("検査値血圧体温記録入院外来処方 0123456789,\n") for _ in range(dice.randint(900, 6000)))
    noise = dice.randbytes(dice.randint(2000, 20_000))
    if kind in ("csv", "txt"):
        return words.encode(dice.choice(("utf-8", "cp932")), "replace")
    if kind in ("docx", "zip"):
        holder = io.BytesIO()
        with zipfile.ZipFile(holder, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", words)
            archive.writestr("word/media/image1.jpg", noise)
        return holder.getvalue()
    beginnings = {
        "pdf": b"%PDF-1.7\n",
        "png": b"\x89PNG\r\n\x1a\n",
        "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
        "dcm": bytes(128) + b"DICM",
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "gz": b"",
    }
    if kind == "xml":
        return f"<?xml version='1.0' encoding='UTF-8'?><a>{words}</a>".encode()
    if kind == "json":
        return json.dumps({"record": words}, ensure_ascii=False).encode()
    if kind == "gz":
        return gzip.compress(noise)
    return beginnings[kind] + zlib.compress(noise)


def make(folder: Path, count: int = 240, seed: int = 1) -> None:
    """Fill a folder."""
    dice = random.Random(seed)  # noqa: S311 - made-up files, no key
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        path = folder / f"dept{number % 9}" / f"kanja{number:04}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(kind, dice))
    base = sqlite3.connect(folder / "index.sqlite")
    base.execute("create table if not exists kanja (name text)")
    base.executemany("insert into kanja values (?)", [(f"{number}",) for number in range(400)])
    base.commit()
    base.close()


def a_day(folder: Path, seed: int) -> None:
    """A day's work: a few files change, a few are new."""
    dice = random.Random(seed)  # noqa: S311 - made-up files, no key
    for path in sorted(folder.rglob("kanja*"))[:: 40 + seed]:
        path.write_bytes(content(path.suffix[1:], dice))
    for number in range(4):
        (folder / f"dept1/new{seed}-{number}.pdf").write_bytes(content("pdf", dice))


def encrypt(folder: Path, ending: str = ".locked9", *, rename: bool = True, note: str = "RESTORE_FILES_NOTE.txt") -> int:
    """What ransomware leaves behind: every file through a key stream, a new ending, a note in each folder. Only ever in a folder of the test."""
    if folder.name != "source" or "pytest" not in str(folder):
        raise ValueError("only in a folder of a test")
    count = 0
    for path in sorted(folder.rglob("*")):
        # Never through a link: it may lead out of the folder.
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            key = hashlib.sha256(os.fsencode(path)).digest()
            stream = b"".join(hashlib.sha256(key + number.to_bytes(8, "big")).digest() for number in range(len(data) // 32 + 1))
            path.write_bytes(bytes(one ^ other for one, other in zip(data, stream, strict=False)))
            if rename:
                path.rename(path.with_name(path.name + ending))
            count += 1
    for inner in {path.parent for path in folder.rglob("*") if path.is_file()} if note else ():
        (inner / note).write_text(NOTE)
    return count


def innocent(folder: Path, seed: int = 5) -> None:
    """A large change without harm: new compressed pictures, all zipped, old ones kept as .bak, logs packed, a program of new files, some gpg."""
    dice = random.Random(seed)  # noqa: S311 - made-up files, no key
    for number in range(200):
        path = folder / "scans" / f"page{number:03}.{('jpg', 'png', 'dcm', 'gz')[number % 4]}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content(path.suffix[1:], dice))
    with zipfile.ZipFile(folder / "everything.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob("dept*/*")):
            archive.write(path, path.name)
    for number, path in enumerate(sorted(folder.glob("dept2/*")) + sorted(folder.glob("dept3/*"))):
        if number % 2:
            path.rename(path.with_name(path.name + ".bak"))
        else:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
            path.unlink()
    for path in sorted(folder.glob("dept4/*.docx")) + sorted(folder.glob("dept4/*.pdf")):
        path.write_bytes(content(path.suffix[1:], dice))
    for number in range(150):
        path = folder / "program" / f"module{number:03}.{('dll', 'xml', 'dat', 'pak')[number % 4]}"
        path.parent.mkdir(exist_ok=True)
        kind = path.suffix[1:]
        path.write_bytes(b"MZ" + dice.randbytes(9000) if kind == "dll" else content("xml", dice) if kind == "xml" else dice.randbytes(9000))
    for number in range(30):
        path = folder / "sent" / f"letter{number}.pdf.gpg"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(dice.randbytes(5000))
