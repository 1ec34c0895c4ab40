"""Packed and differently coded scan files as UTF-8."""

from __future__ import annotations

import gzip

import pytest

from omamori.parse.interface import EvidenceError
from omamori.parse.nmap import plain as module
from omamori.parse.nmap.plain import plain, plain_head

TEXT = '<?xml version="1.0"?>\n<nmaprun args="病院"/>\n'


def test_all_shapes_say_the_same() -> None:
    raw = TEXT.encode()
    utf16 = TEXT.encode("utf-16-le")
    for data in (raw, gzip.compress(raw), b"\xef\xbb\xbf" + raw, b"\xff\xfe" + utf16, b"\xfe\xff" + TEXT.encode("utf-16-be")):
        assert plain(data) == raw
        assert plain_head(data) == raw
    assert plain(gzip.compress(b"\xff\xfe" + utf16)) == raw


def test_several_packed_parts_are_one_file() -> None:
    assert plain(gzip.compress(b"one ") + gzip.compress(b"two")) == b"one two"


def test_of_a_damaged_packed_file_stays_what_could_be_unpacked() -> None:
    raw = b"".join(b"%d\n" % number for number in range(50_000))
    packed = gzip.compress(raw)
    cut = plain(packed[: len(packed) // 2])
    assert len(cut) > 1000
    assert raw.startswith(cut)
    assert plain(b"\x1f\x8b garbage") == b""


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(b"\0" * 5_000_000)
    assert len(plain_head(bomb)) <= 16 * 1024
    monkeypatch.setattr(module, "MAX_PLAIN_BYTES", 1_000_000)
    with pytest.raises(EvidenceError, match="unpacks to over") as error:
        plain(bomb)
    assert "gzip" in error.value.text.ja
