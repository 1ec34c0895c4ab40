"""A configuration nobody knows is refused with what to do; it is never taken for an empty one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from omamori.parse.device.config import KIND, PARSERS, parse, recognise, redact
from omamori.parse.interface import Context, EvidenceError

NOW = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"Dear vendor,\nthe line was slow.\n", b"\xff\xfe\x00", b"{" * 4000])
def test_what_nobody_can_read_is_refused(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        parse(data, Context(kind=KIND, seen=NOW, received=NOW))
    assert not recognise(data, "config.txt")
    assert redact(data).data == data, "the keyword redactor that runs afterwards takes the secrets out"


def test_the_parser_fills_every_table_of_a_configuration() -> None:
    (parser,) = PARSERS
    assert parser.kind == KIND
    assert {"device_facts", "device_unread"} <= set(parser.tables)
