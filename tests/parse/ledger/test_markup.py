from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.ledger.markup import MarkupError, walk


def events(data: bytes) -> list[str]:
    found: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        found.append(f"<{name} {' '.join(f'{key}={value}' for key, value in attributes.items())}".strip())

    walk(data, start, lambda name: found.append(f"/{name}"), found.append)
    return found


def test_names_come_without_their_namespace() -> None:
    data = b'<x:row xmlns:x="u" x:r="1"><x:v>7</x:v></x:row>'
    assert events(data) == ["<row x=u r=1", "<v", "7", "/v", "/row"]


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'


@pytest.mark.parametrize(
    "data", [LAUGHS, OUTSIDE, LAUGHS.decode().encode("utf-16"), b'<?xml version="1.0" encoding="latin-1"?>' + OUTSIDE], ids=range(4)
)
def test_document_types_and_entities_are_refused_in_every_encoding(data: bytes) -> None:
    with pytest.raises(MarkupError, match="document type"):
        events(data)


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"\xff\xfe\x00", b'<?xml version="1.0" encoding="no-such"?><a/>', b"<a>&b;</a>"])
def test_damaged_parts_raise_one_kind_of_error(data: bytes) -> None:
    with pytest.raises(MarkupError):
        events(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        events(data)
    except MarkupError as error:
        assert str(error)
