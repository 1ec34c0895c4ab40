"""No secret stays in any of the three forms."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.dialects.panos.redact import redact


def clean(*lines: str) -> list[str]:
    state: dict[str, Any] = {}
    return [redact(line, state) for line in lines]


@pytest.mark.parametrize(
    "line",
    [
        "set mgt-config users admin phash $5$abcHidden$Hidden", "phash $1$Hidden;", "<phash>$5$Hidden</phash>",
        "set network ike gateway g authentication pre-shared-key key -AQ==Hidden", "<pre-shared-key><key>-AQ==Hidden</key></pre-shared-key>", "key -AQ==Hidden;",
        "set shared server-profile ldap l bind-password -AQ==Hidden", 'set deviceconfig system snmp-setting access-setting version v2c snmp-community-string "Hidden x"',
        "set shared server-profile radius r server s secret Hidden", "set x password Hidden",
    ],
)  # fmt: skip
def test_lines(line: str) -> None:
    (once,) = clean(line)
    assert "Hidden" not in once and "[secret: " in once and clean(once) == [once]


def test_a_key_over_several_lines() -> None:
    told = clean(
        'private-key "-----BEGIN',
        "Hidden1",
        'Hidden2";',
        "algorithm RSA;",
        "<private-key>-----BEGIN",
        "Hidden3",
        "Hidden4</private-key><x/>",
        "<y/>",
    )
    assert "Hidden" not in "".join(told) and told[3] == "algorithm RSA;" and told[6].endswith("</private-key><x/>") and told[7] == "<y/>"


def test_states_and_what_stays() -> None:
    assert clean("set a phash $5$x$y", "set a key -AQ==abc", "set a secret public", "set a password word1") == [
        "set a phash [secret: hash, hashed]", "set a key [secret: key, reversible]", "set a secret [secret: password, default]",
        "set a password [secret: password, plain]",
    ]  # fmt: skip
    for line in ("set rulebase security rules key from any", 'set shared certificate c public-key "AAAA"', "set a disable-password yes"):
        assert "public-key" not in line or clean(line) == [line]


@given(st.lists(st.text(alphabet="key phash<>\"';/ -AQ=\n", max_size=50), max_size=12))
def test_lines_stay(lines: list[str]) -> None:
    assert len(clean(*lines)) == len(lines)
