"""Masks, networks, words and states of secrets, as the dialects use them."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from omamori.parse.device.draft import Draft, bounds, joined, network_of, number, prefix_of, route, secret_state, shown, words
from omamori.parse.windows.lines import Line


@pytest.mark.parametrize(
    ("mask", "wanted"),
    [
        ("24", 24),
        ("255.255.255.0", 24),
        ("0xffffff00", 24),
        ("0.0.0.0", 0),  # noqa: S104 - a mask
        ("255.0.255.0", None),
        ("129", None),
        ("x", None),
        ("0x1ffffffff", None),
    ],
)
def test_masks(mask: str, wanted: int | None) -> None:
    assert prefix_of(mask) == wanted


def test_networks() -> None:
    assert network_of("192.168.1.7/24") == ip_network("192.168.1.0/24")
    assert network_of("default") == ip_network("0.0.0.0/0")
    assert network_of("10.0.0.0/40") is None and network_of("somewhere") is None
    assert bounds(network_of("10.0.0.0/30")) == (167772160, 167772163)
    assert bounds(network_of("2001:db8::/32")) == (None, None)
    assert [shown(ip_network(text)) for text in ("10.0.0.1/32", "10.0.0.0/8")] == ["10.0.0.1", "10.0.0.0/8"]


def test_words_keep_quotes_and_marks_together() -> None:
    assert words('description lan1 "ward 3" [secret: key, set] end') == ["description", "lan1", "ward 3", "[secret: key, set]", "end"]


def test_states() -> None:
    assert [secret_state(text) for text in ("", "[secret: key, empty]", "[secret: key, default]", "[secret: key, set]", "*")] == [
        "empty", "empty", "default", "plain", "plain",
    ]  # fmt: skip
    assert secret_state("[secret: password, set]", "hashed") == "hashed"


def test_numbers_and_lists() -> None:
    assert [number(text, 1, 10) for text in ("5", "0", "11", "x", None, "9" * 30)] == [5, None, None, None, None, None]
    assert joined(["a", "b", "a"]) == "a,b" and joined([]) is None


def test_rows() -> None:
    draft = Draft()
    draft.unread(Line(7, "  odd " + "x" * 400), "device_rules", "tunnel1")
    assert (draft.missed[0].line, draft.missed[0].section, len(draft.missed[0].text)) == (7, "tunnel1", 200)
    row = route(ip_network("10.0.0.0/8"), Line(3, ""), gateway="10.1.1.1")
    assert (row.destination, row.destination_first, row.evidence, row.origin) == ("10.0.0.0/8", 167772160, "3", "static")
