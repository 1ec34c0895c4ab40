"""No secret stays, whatever its name; what is no secret stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.dialects.fortios.redact import redact


def clean(*lines: str) -> list[str]:
    state: dict[str, Any] = {}
    return [redact(line, state) for line in lines]


@pytest.mark.parametrize(
    "key",
    [
        "password", "passwd", "psksecret", "psksecret-remote", "secret", "secondary-secret", "key", "keystring", "passphrase", "sae-password",
        "auth-pwd", "priv-pwd", "api-key", "authkey", "enckey", "group-password", "ppk-secret", "authentication-key", "client-secret", "token",
        "md5-key", "login-passwd", "old-password", "preshared-key", "authpasswd", "ldap-password", "fsso-password2-passwd", "private-key",
    ],
)  # fmt: skip
def test_every_key_that_names_a_secret(key: str) -> None:
    for value in ("ENC AbCdEfGh123==", "Hidden-Word-1", '"Hidden Word 1"', "'Hidden-Word-1'", '"Hidden \\" Word 1"'):
        (line,) = clean(f"        set {key} {value}")
        assert "Hidden" not in line and "Word" not in line and "AbCdEfGh" not in line
        assert line.startswith(f"        set {key} [secret: ")


@pytest.mark.parametrize(
    "line",
    [
        "set password-policy enable", "set passwd-policy strict", "set save-password disable", "set keylife 43200", "set keylifeseconds 3600",
        'set certificate "Fortinet_Factory"', "set ssh-public-key1 \"ssh-rsa AAAA\"", "set community-list x", "set hostname secret", "set password enable",
    ],
)  # fmt: skip
def test_what_is_no_secret_stays(line: str) -> None:
    assert clean(line) == [line]


def test_states() -> None:
    told = clean(
        "config system admin", "edit admin", "set password ENC SH2x", "next", "end", "config user local", "edit u", "set passwd ENC xyz", "set passwd fortinet",
        'set passwd ""', "set passwd other-word", "next", "end", "config system snmp community", "edit 1", 'set name "private"', "next", "end",
        "config system interface", "edit a", 'set name "private"',
    )  # fmt: skip
    states = [line.split("[secret: ")[1].rstrip("]") for line in told if "[secret" in line]
    assert states == [
        "password, hashed",
        "password, reversible",
        "password, default",
        "password, empty",
        "password, plain",
        "community, default",
    ]
    assert told[-1] == 'set name "private"'


def test_a_carriage_return_stays_and_twice_changes_nothing() -> None:
    (once,) = clean("set passwd word-1\r")
    assert once.endswith("]\r") and clean(once) == [once]


@given(st.lists(st.text(alphabet="set paswordkEN\"'\\ \n#", max_size=60), max_size=20))
def test_any_text_keeps_its_lines(lines: list[str]) -> None:
    assert len(clean(*lines)) == len(lines)


@given(
    st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=30).filter(lambda word: not word.isdigit()),
    st.booleans(),
)
def test_no_word_survives_as_a_password(word: str, quoted: bool) -> None:
    body = word.replace("\\", "\\\\").replace('"', '\\"') if quoted else word
    state: dict[str, Any] = {}
    line = redact(f'set psksecret "{body}"' if quoted else f"set psksecret {body}", state)
    assert line.startswith("set psksecret [secret: key, ")
    assert word not in line.partition("[secret")[2] or word in "key, plain] reversible default empty"
