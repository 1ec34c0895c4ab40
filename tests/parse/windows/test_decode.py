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


WIDE, NARROW = "アクティブな接続\r\n\r\n上 TCP\r\n", "ホスト名: PC21\r\n\r\n上田\r\n"


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
def test_outputs_of_cmd_and_powershell_in_one_file(encoding: str, mark: bytes) -> None:
    wide, narrow = WIDE.encode("utf-16-le"), NARROW.encode(encoding)
    for data, text in (
        (mark + wide + narrow, WIDE + NARROW),
        (narrow + mark + wide, NARROW + WIDE),
        (mark + wide + narrow + wide + narrow + "末尾".encode(encoding), WIDE + NARROW + WIDE + NARROW + "末尾"),
    ):
        found = decode(data)
        assert (found.text, found.whole) == (text, True)
        assert set(found.encoding.split("+")) == {"utf-16-le", encoding}


def test_a_stray_zero_does_not_make_a_text_utf_16():
    data = "1行目\r\n2\n\0行目\r\n3行目\r\n".encode()
    assert (decode(data).text, decode(data).encoding) == (data.decode(), "utf-8")
