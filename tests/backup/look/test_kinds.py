"""What a file is by its beginning."""

from __future__ import annotations

import gzip
import io
import random
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.look.kinds import ending_of, fits, is_known, is_meant, kind_of


@pytest.mark.parametrize(
    ("path", "ending"),
    [("/a/b.PDF", "pdf"), ("/a.b/c", ""), ("C:\\x\\y.Doc", "doc"), ("/a/.hidden", ""), ("/a/b.tar.gz", "gz"), ("/a/b.", ""), ("", "")],
)
def test_endings(path: str, ending: str) -> None:
    assert ending_of(path) == ending


def test_real_files_are_what_they_are(tmp_path: Path) -> None:
    holder = io.BytesIO()
    with zipfile.ZipFile(holder, "w") as archive:
        archive.writestr("a", "b")
    base = sqlite3.connect(tmp_path / "x.sqlite")
    base.execute("create table a (b)")
    base.close()
    found = {
        "docx": holder.getvalue(),
        "gz": gzip.compress(b"x"),
        "sqlite": (tmp_path / "x.sqlite").read_bytes(),
        "pdf": b"%PDF-1.7 ...",
        "dcm": bytes(128) + b"DICM" + bytes(10),
        "tif": b"II*\x00" + bytes(9),
        "mp4": b"\x00\x00\x00\x20ftypisom",
        "evtx": b"ElfFile\x00" + bytes(9),
        "7z": b"7z\xbc\xaf\x27\x1c",
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "csv": "患者,検査\r\n".encode("cp932"),
        "txt": "電子カルテ".encode("utf-16"),
        "hl7": b"\x0bMSH|^~\\&|LAB|\r\x1c\r",
        "xml": "<あ/>".encode("euc_jp"),
        "json": b"{}",
        "log": "検査".encode("iso2022_jp"),
    }
    for ending, data in found.items():
        assert fits(ending, kind_of(data)) is True, ending
    assert fits("unknown", "pdf") is None and fits("pdf", "") is False


def test_random_bytes_are_hardly_ever_a_kind() -> None:
    generator = random.Random(5)
    assert sum(bool(kind_of(generator.randbytes(4096))) for _ in range(4000)) <= 4


@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes_and_names_are_answered(data: bytes, path: str) -> None:
    assert fits(ending_of(path), kind_of(data)) in (True, False, None)


def test_a_cut_character_is_still_text() -> None:
    for codec in ("utf-8", "cp932", "euc_jp"):
        data = ("あ" * 3000).encode(codec)
        assert all(kind_of(data[: 4096 - cut]) == "text" for cut in range(4)), codec


def test_what_is_encrypted_on_purpose_is_known() -> None:
    assert is_meant("gpg") and is_meant("kdbx") and not is_meant("pdf") and is_known("pdf") and not is_known("lockbit")
