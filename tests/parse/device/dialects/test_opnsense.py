"""OPNsense is told from pfSense by its root element."""

from __future__ import annotations

from omamori.parse.device.dialects.opnsense import DIALECT
from omamori.parse.device.dialects.pfsense import DIALECT as PFSENSE


def test_which_is_which() -> None:
    head = ['<?xml version="1.0"?>', "<opnsense>", "  <theme>opnsense</theme>"]
    assert DIALECT.recognise(head) and not PFSENSE.recognise(head)
    assert PFSENSE.recognise(['<?xml version="1.0"?>', "<pfsense>"]) and not DIALECT.recognise(['<?xml version="1.0"?>', "<pfsense>"])
    assert DIALECT.proven is False and DIALECT.documents
