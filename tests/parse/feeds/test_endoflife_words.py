"""Cycles of endoflife.date in the words of the facts that ship inside."""

from __future__ import annotations

import pytest

from omamori.parse.feeds.endoflife_words import cycles


@pytest.mark.parametrize(
    ("product", "cycle", "latest", "label", "expected"),
    [
        ("windows", "11-24h2-iot-lts", "10.0.26100", "11 24H2 IoT", [("26100", "iot-ltsc"), ("11-24h2", "iot-ltsc")]),
        ("windows", "11-24h2-e-lts", "10.0.26100", "", [("26100", "ltsc"), ("11-24h2", "ltsc")]),
        ("windows", "10-22h2", "10.0.19045", "", [("19045", ""), ("10-22h2", "")]),
        ("windows", "11-25h2-e", "10.0.26200", "", [("26200", "enterprise"), ("11-25h2", "enterprise")]),
        ("windows", "8.1", "6.3.9600", "", [("9600", ""), ("8.1", "")]),
        ("windows", "7-sp1", "6.1.7601", "", [("7601", ""), ("7", "")]),
        ("windows-server", "2019", "10.0.17763", "", [("17763", ""), ("2019", "")]),
        ("windows-server", "1809-sac", "10.0.17763", "", []),
        ("windows-server", "2008-sp2", "6.0.6003", "", [("6002", ""), ("6003", ""), ("2008", "")]),
        ("sql-server", "10.50-sp3", "10.50.6000", "2008 R2 SP3", [("10.50", ""), ("2008-r2", "")]),
        ("sql-server", "16.0", "16.0.4200", "2022", [("16.0", ""), ("2022", "")]),
        ("opensuse-leap", "13.2", "", "", []),
        ("fortios", "7.4", "", "", [("7.4", "")]),
        ("x", "v1.2", "", "", [("1.2", "")]),
        ("x", "vivid", "", "", [("vivid", "")]),
    ],
)  # fmt: skip
def test_cycles(product, cycle, latest, label, expected):
    assert list(cycles(product, cycle, latest, label)) == expected
