"""A file that is one JSON object is read whole or refused in one line."""

from __future__ import annotations

import io

import pytest

from omamori.parse.feeds import json_document
from omamori.parse.feeds.interface import FeedError


@pytest.mark.parametrize(
    "data", [b"", b"[1]", b'{"a": ', b"\xff\xfe{", b'{"a":' + b"[" * 200_000, b'{"a": 1' + b"0" * 10_000 + b"}", b"<html>"]
)
def test_what_is_no_json_object_is_refused_in_one_line(data):
    with pytest.raises(FeedError) as raised:
        json_document.document(io.BytesIO(data))
    assert "\n" not in raised.value.text.en and "\n" not in raised.value.text.ja


def test_a_file_beyond_every_advisory_is_refused(monkeypatch):
    monkeypatch.setattr(json_document, "MAX_BYTES", 10)
    with pytest.raises(FeedError, match="larger"):
        json_document.document(io.BytesIO(b'{"a": "0123456789"}'))
