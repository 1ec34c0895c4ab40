from __future__ import annotations

import io
import zipfile

import pytest

from omamori.parse.interface import EvidenceError
from omamori.parse.ledger import container
from omamori.parse.ledger.container import read_parts


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def everything(_: str) -> bool:
    return True


def test_only_what_is_wanted_is_unpacked() -> None:
    assert read_parts(archive({"a": b"1", "b": b"2"}), lambda name: name == "b") == {"b": b"2"}


def test_a_zip_bomb_is_not_opened() -> None:
    bomb = archive({"xl/worksheets/sheet1.xml": b"\0" * (container.MAX_PART_BYTES + 1)})
    assert len(bomb) < 200_000
    with pytest.raises(EvidenceError, match="would unpack to"):
        read_parts(bomb, everything)


def test_many_parts_that_are_large_together_are_not_opened() -> None:
    share = container.MAX_TOTAL_BYTES // 3 + 1
    with pytest.raises(EvidenceError, match="would unpack to"):
        read_parts(archive({f"p{number}": bytes(range(256)) * (share // 256 + 1) for number in range(3)}), everything)


def test_a_part_squeezed_beyond_belief_is_not_opened() -> None:
    squeezed = archive({"a": b"\0" * (container.RATIO_FROM_BYTES + 1)})
    with pytest.raises(EvidenceError, match="would unpack to"):
        read_parts(squeezed, everything)


def test_too_many_parts() -> None:
    with pytest.raises(EvidenceError, match="parts"):
        read_parts(archive({f"p{number}": b"" for number in range(container.MAX_PARTS + 1)}), everything)


def test_a_size_that_lies_does_not_get_through() -> None:
    made = bytearray(archive({"a": b"\0" * 100_000}))
    header = made.find(b"PK\x01\x02")
    made[header + 24 : header + 28] = (10).to_bytes(4, "little")
    found = read_parts(bytes(made), everything)["a"]
    assert found is None or len(found) <= 10


def test_old_or_locked_files_say_what_to_do() -> None:
    with pytest.raises(EvidenceError) as raised:
        read_parts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, everything)
    assert "パスワードなし" in raised.value.text.ja and "password" in raised.value.text.en


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x03\x04 cut", b"<html>", archive({"a": b"1"})[:-10]], ids=["empty", "two letters", "a word", "html", "no end"]
)
def test_what_is_no_zip_says_so(data: bytes) -> None:
    with pytest.raises(EvidenceError, match="whole"):
        read_parts(data, everything)


def test_a_damaged_part_and_an_unknown_method_come_back_as_none() -> None:
    content = bytes(range(256)) * 40
    made = bytearray(archive({"a": content, "b": b"fine"}, zipfile.ZIP_STORED))
    made[100] ^= 0xFF
    assert read_parts(bytes(made), everything) == {"a": None, "b": b"fine"}
    assert read_parts(archive({"a": b"x" * 50}, zipfile.ZIP_LZMA), everything) == {"a": None}
