"""The manifest of a pack: what is written is read back, and what is not of its form is told, whatever it holds."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.knowledge.packfile import (
    CONTENT,
    PackFileError,
    PackManifest,
    PackSource,
    known_tables,
    manifest_bytes,
    pack_id,
    read_manifest,
)
from omamori.model.text import Text

WHOLE = PackManifest(
    serial=17,
    made=datetime(2026, 6, 1, 3, tzinfo=UTC),
    maker="支援 太郎",
    program="1.0",
    sources=(PackSource("nvd", Text("脆弱性", "flaws"), date(2026, 5, 31), 5, 1, 31), PackSource("kev", Text("", ""), None, 0, 0)),
    members=MappingProxyType(dict.fromkeys(CONTENT, ("0" * 64, 10))),
    tables=known_tables(),
)


def test_what_is_written_is_read_back() -> None:
    assert read_manifest(manifest_bytes(WHOLE)) == WHOLE
    assert manifest_bytes(WHOLE) == manifest_bytes(read_manifest(manifest_bytes(WHOLE)))


def test_a_pack_is_named_after_every_byte_of_its_manifest() -> None:
    data = manifest_bytes(WHOLE)
    assert (
        len({pack_id(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]) for at in range(0, len(data), 7)} | {pack_id(data)})
        == len(range(0, len(data), 7)) + 1
    )


def test_a_newer_format_asks_for_a_newer_program_before_anything_else_is_read() -> None:
    with pytest.raises(PackFileError) as caught:
        read_manifest(b'{"format": 2, "unheard": "of"}')
    assert caught.value.problem == "newer_format" and "newer Omamori" in caught.value.text.en


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", 0),
        ("format", True),
        ("format", "1"),
        ("serial", -1),
        ("serial", 1.5),
        ("serial", 2**60),
        ("made", "yesterday"),
        ("maker", 3),
        ("maker", "x" * 301),
        ("sources", [{}]),
        ("sources", [{"feed": "x", "title_ja": "", "title_en": "", "as_of": "31.5.2026", "records": 0, "broken": 0, "best_before": None}]),
        ("sources", [{}] * 201),
        ("members", {}),
        ("members", {"../x": {"sha256": "0" * 64, "bytes": 1}}),
        ("members", {name: {"sha256": "xyz", "bytes": 1} for name in CONTENT}),
        ("tables", ["advisories"]),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_not_of_its_form_is_told(key: str, value: object) -> None:
    content = json.loads(manifest_bytes(WHOLE)) | {key: value}
    with pytest.raises(PackFileError) as caught:
        read_manifest(json.dumps(content).encode())
    assert caught.value.problem == "strange"


NAMES = st.sampled_from(["format", "members", "sources", "made"])
TREES = st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda one: st.lists(one) | st.dictionaries(NAMES, one), max_leaves=8)


@given(st.binary(max_size=300) | TREES.map(lambda one: json.dumps(one).encode()))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    with pytest.raises(PackFileError) as caught:
        read_manifest(data)
    assert caught.value.text.ja and caught.value.text.en


def test_deep_nesting_is_told() -> None:
    with pytest.raises(PackFileError):
        read_manifest(b"[" * 100_000)
