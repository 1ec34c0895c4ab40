"""Every parser can be handed to another process: one that cannot would make a check of a whole hospital run on one core, unnoticed."""

from __future__ import annotations

import pickle

import pytest

from omamori.parse.interface import Parser
from omamori.parse.registry import parsers


@pytest.mark.parametrize("parser", parsers().values(), ids=lambda parser: parser.kind)
def test_a_parser_travels_to_another_process(parser: Parser) -> None:
    there = pickle.loads(pickle.dumps(parser))  # noqa: S301 - what was dumped in this line
    assert (there.kind, there.parse) == (parser.kind, parser.parse)
