"""Even bytes: random ones are, everything people write is not."""

from __future__ import annotations

import gzip
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.look.entropy import LEAST, entropy, is_even


def test_entropy_of_known_spreads() -> None:
    assert entropy(b"") == 0 and entropy(b"aaaa") == 0 and entropy(b"ab") == 1 and entropy(bytes(range(256))) == 8


@pytest.mark.parametrize("size", [512, 1000, 2048, 10_000, 65_536])
def test_random_bytes_are_even(size: int) -> None:
    generator = random.Random(size)
    assert sum(is_even(generator.randbytes(size)) is not True for _ in range(300)) <= 1


@pytest.mark.parametrize("size", [600, 3000, 65_536])
def test_text_is_not_even(size: int) -> None:
    words = ("検査結果 WBC 5.6 " * 20_000).encode()[:size]
    assert is_even(words) is False
    assert is_even(words.decode("utf-8", "ignore").encode("cp932")[:size]) in (False, None)


@given(st.binary(max_size=LEAST - 1))
def test_too_little_says_nothing(data: bytes) -> None:
    assert is_even(data) is None


@given(st.binary(min_size=LEAST, max_size=4000))
def test_any_bytes_give_an_answer(data: bytes) -> None:
    assert is_even(data) in (True, False) and 0 <= entropy(data) <= 8


def test_compressed_bytes_may_be_even_that_is_why_their_beginning_counts() -> None:
    packed = gzip.compress(os.urandom(40_000))
    assert is_even(packed) is True
