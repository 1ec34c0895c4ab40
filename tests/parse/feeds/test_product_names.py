"""Names of products where no vendor's own way of naming is known."""

from __future__ import annotations

import pytest

from omamori.parse.feeds.documents import Item
from omamori.parse.feeds.product_names import generic_name, slug
from omamori.parse.feeds.ranges import Range, single


@pytest.mark.parametrize(
    ("item", "vendor", "product", "ranges", "sure"),
    [
        (Item(cpe="cpe:/a:example:viewer:1.0"), "example", "viewer", (single("1.0"),), True),
        (Item(cpe="cpe:2.3:o:cisco:ios:15.1\\(2\\)sy:*:*:*:*:*:*:*"), "cisco", "ios", (single("15.1(2)sy"),), True),
        (Item(cpe="cpe:/a:example:viewer", version="<2.0"), "example", "viewer", (Range(before="2.0"),), True),
        (Item(cpe="cpe:/a:example:viewer"), "example", "viewer", None, True),
        (Item(cpe="no cpe", vendor="Example", product="Viewer", version="2.1"), "Example", "Viewer", (single("2.1"),), False),
        (Item(full="Viewer two"), "", "Viewer two", None, False),
        (None, "", "ID-1", None, True),
    ],
)
def test_a_cpe_first_then_the_publishers_words(item, vendor, product, ranges, sure):
    named = generic_name("ID-1", item)
    assert named is not None
    assert (named.vendor, named.product, named.ranges, named.sure) == (vendor, product, ranges, sure)


def test_guessed_words():
    assert slug("Cyber Vision") == "cyber_vision"
    assert slug("Secure Firewall Management Center (FMC) Software") == "secure_firewall_management_center"
    assert slug("NX-OS") == "nx-os"
