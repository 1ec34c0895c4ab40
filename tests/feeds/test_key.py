"""The key a maker signs with: kept for its owner, never overwritten, and its serials grow."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from omamori.feeds.error import FeedsError
from omamori.feeds.key import keep_serial, load_key, needs_passphrase, new_key, next_serial


def test_a_key_signs_what_its_public_half_confirms(tmp_path: Path) -> None:
    made = new_key(tmp_path / "k")
    loaded = load_key(tmp_path / "k")
    assert loaded.public == made.public
    assert made.public.signed(loaded.sign(b"words"), b"words")
    assert not made.public.signed(loaded.sign(b"words"), b"other words")


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    new_key(tmp_path / "k")
    assert stat.S_IMODE((tmp_path / "k").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    new_key(tmp_path / "k")
    before = (tmp_path / "k").read_bytes()
    with pytest.raises(FeedsError, match="no key is overwritten"):
        new_key(tmp_path / "k")
    assert (tmp_path / "k").read_bytes() == before


def test_a_passphrase_locks_it(tmp_path: Path) -> None:
    made = new_key(tmp_path / "k", "秘密の言葉")
    assert needs_passphrase(tmp_path / "k") and not needs_passphrase(new_key(tmp_path / "open").path)
    assert load_key(tmp_path / "k", "秘密の言葉").public == made.public
    for wrong in ("", "other"):
        with pytest.raises(FeedsError, match="cannot be opened"):
            load_key(tmp_path / "k", wrong)


@pytest.mark.parametrize(
    "content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"], ids=["empty", "text", "cut"]
)
def test_what_is_no_key_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "k").write_bytes(content)
    with pytest.raises(FeedsError, match="cannot be opened"):
        load_key(tmp_path / "k")


def test_without_a_key_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedsError, match="omamori feeds key new"):
        load_key(tmp_path / "k")


def test_serials_grow_even_when_the_clock_is_set_back(tmp_path: Path) -> None:
    key = tmp_path / "k"
    assert next_serial(key, 1000.5) == 1000
    keep_serial(key, 1000)
    assert next_serial(key, 900.0) == 1001
    assert next_serial(key, 5000.0) == 5000
    (tmp_path / "k.serial").write_text("nonsense")
    assert next_serial(key, 900.0) == 900
