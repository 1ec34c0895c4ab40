"""Which encoding the bytes of a Windows command are in."""

from __future__ import annotations

import pytest

from omamori.parse.windows.decode import decode


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("ホスト名: PC", "cp932", "cp932"),
        ("ﾎｽﾄ名: PC", "cp932", "cp932"),
        ("ホスト名: PC", "utf-8", "utf-8"),
        ("ホスト名: PC", "utf-16", "utf-16-le"),
        ("Host Name: PC", "utf-16-be", "utf-16-be"),
        ("Eigenständige Arbeitsstation, Domäne", "cp850", "cp850"),
        ("Sì, già", "cp850", "cp850"),
    ],
)
def test_encodings(text, encoding, expected):
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.whole) == (text, expected, True)


def test_broken_bytes_are_told():
    assert not decode(b"\xef\xbb\xbf\xff").whole
    assert decode(b"").text == ""


def test_only_line_feeds_and_carriage_returns_end_a_line():
    assert decode("a\x85b\r\nc\rd\ne".encode()).lines == ["a\x85b", "c", "d", "e"]
