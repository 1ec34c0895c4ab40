"""Contents that look encrypted, and those that only look odd."""

from __future__ import annotations

import bz2
import gzip
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.look.content import ENCRYPTED, EVEN, FINE, UNTOLD, judge

NOISE = random.Random(8).randbytes(64 * 1024)


@pytest.mark.parametrize("ending", ["pdf", "docx", "jpg", "png", "csv", "txt", "dcm", "xls", "xml", "sqlite"])
def test_an_encrypted_file_with_its_old_ending_is_told(ending: str) -> None:
    assert judge(f"/x/a.{ending}", NOISE) == ENCRYPTED
    assert judge(f"/x/a.{ending}", NOISE[:700]) == ENCRYPTED
    assert judge(f"/x/a.{ending}.locked", NOISE, whose=f"/x/a.{ending}") == ENCRYPTED
    assert judge(f"/x/a.{ending}", NOISE[:100]) == UNTOLD


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/x/a.doc", b"{\\rtf1 " + NOISE),
        ("/x/a.csv", gzip.compress(NOISE)),
        ("/x/a.jpg", b"\x89PNG\r\n\x1a\n" + NOISE),
        ("/x/a.txt", bz2.compress(NOISE)),
        ("/x/a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE),
        ("/x/a.pdf", b"plain words " * 500),
        ("/x/a.pdf", bytes(5000)),
        ("/x/a", "文字だけ。".encode() * 400),
    ],
)
def test_another_kind_than_the_ending_says_is_no_alarm(path: str, data: bytes) -> None:
    assert judge(path, data) == FINE


def test_what_the_ending_does_not_tell_stays_open() -> None:
    assert judge("/x/a.dat", NOISE) == EVEN and judge("/x/a", NOISE) == EVEN
    assert judge("/x/a.blob", zlib.compress(NOISE)[2:]) == EVEN


@pytest.mark.parametrize("ending", ["gpg", "kdbx", "enc", "zst", "p7m"])
def test_encryption_on_purpose_is_no_alarm(ending: str) -> None:
    assert judge(f"/x/a.{ending}", NOISE) == UNTOLD
    assert judge(f"/x/a.pdf.{ending}", NOISE, whose="/x/a.pdf") == UNTOLD


@given(st.binary(max_size=2000), st.text(max_size=20))
def test_any_bytes_are_answered(data: bytes, path: str) -> None:
    assert judge(path, data) in (FINE, ENCRYPTED, EVEN, UNTOLD)
