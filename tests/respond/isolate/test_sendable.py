"""The tool sends only a text that makes one table of its own which drops; everything else is for a person."""

from __future__ import annotations

import pytest

from block_net import block
from omamori.respond.isolate.sendable import NotSendable, OwnTable, own_table, sendable

TEXT = """table inet own
delete table inet own
table inet own {
  set known { type ipv4_addr; flags interval; elements = { 10.0.0.0/8 } }
  chain forward {
    type filter hook forward priority -190; policy accept;
    ip saddr @known counter drop comment "flush ruleset"
  }
}
"""


def test_the_products_own_texts_are_sent() -> None:
    assert own_table(TEXT) == OwnTable("inet", "own")
    for written in block().written:
        if written.apply is not None:
            assert sendable(written).name.startswith("omamori_block_")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("delete table inet own\n", "flush ruleset\n"),
        ("delete table inet own\n", "delete table inet filter\n"),
        ("delete table inet own\n", "add rule inet filter input accept\n"),
        ("delete table inet own\n", "delete table inet own; flush table inet filter\n"),
        ("table inet own {", 'include "/etc/x"\ntable inet own {'),
        ("counter drop", "dnat to 10.0.0.1"),
        ("counter drop", "meta mark set 1"),
        ("counter drop", "flow add @f"),
        ("type filter", "type nat"),
        ("type filter", "type route"),
        ("table inet own", "table netdev own"),
        ("table inet own {", "table inet own {{"),
        ("  }\n}\n", "  }\n"),
        ("}\n", "}\n}\n"),
        ("own", "own\x1b[0m"),
        (TEXT, ""),
        (TEXT, "table inet own\n"),
    ],
)
def test_what_does_more_is_not_sent(old: str, new: str) -> None:
    with pytest.raises(NotSendable):
        own_table(TEXT.replace(old, new))


def test_a_cable_is_not_sent() -> None:
    with pytest.raises(NotSendable):
        sendable(next(one for one in block().written if one.cut.cable))
