"""No secret is left in a stored configuration, and every line stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.dialects.yamaha.secrets import redact

LINES = (
    "login password HIMITSU", "administrator password encrypted HIMITSU", "login user ito HIMITSU", "login user ito encrypted HIMITSU",
    " pp auth username ito HIMITSU", "pp auth myname ito HIMITSU", "ipsec ike pre-shared-key 1 text HIMITSU", "ipsec ike pre-shared-key 2 0xHIMITSU",
    "  ipsec ike eap myname 1 ito HIMITSU", "auth user 1 ito HIMITSU", "l2tp tunnel auth on HIMITSU", "snmp host any HIMITSU HIMITSU",
    "snmpv2c host 10.0.0.1 HIMITSU", "snmp community read-only HIMITSU", "snmpv2c community read-write HIMITSU", "snmp trap community HIMITSU",
    "snmp trap host 10.0.0.1 HIMITSU", "snmpv2c trap host 10.0.0.1 trap HIMITSU", "snmpv3 usm user 1 ito sha HIMITSU aes128-cfb HIMITSU",
    "sshd host key generate HIMITSU HIMITSU", "radius secret HIMITSU", "ip lan1 rip auth key text HIMITSU",
    "ip lan1 ospf area 0 authkey=HIMITSU", "ip lan1 vrrp 1 10.0.0.9 auth=HIMITSU", "wan auth myname ito HIMITSU",
    "schedule at 1 */* 10:00 * login password HIMITSU", "#login password HIMITSU", "yno access code HIMITSU HIMITSU",
    "mail server smtp 1 mail.example.jp smtp-auth ito HIMITSU", 'login password "HIMITSU HIMITSU"', "RTX1210# administrator password HIMITSU",
    "bgp neighbor pre-shared-key 1 text HIMITSU", "mobile auth myname ito HIMITSU",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_secrets_go_and_the_line_stays(line: str) -> None:
    clean = redact(line, {})
    assert "HIMITSU" not in clean and "[secret: " in clean
    assert clean.split()[:2] == line.split()[:2]
    assert redact(clean, {}) == clean


@pytest.mark.parametrize(
    "line",
    [
        "login password *", "sshd host lan2 bridge1", "snmp host any", "snmp host none", "l2tp tunnel auth off", "radius auth on",
        "ip filter 1 pass * * tcp * www", "login timer 300", "pp auth request mschap-v2", "user attribute ito administrator=on",
    ],
)  # fmt: skip
def test_what_is_no_secret_stays(line: str) -> None:
    assert redact(line, {}) == line


def test_a_state_that_tells() -> None:
    assert redact("login password admin", {}) == "login password [secret: password, default]"


@given(st.text(max_size=300))
def test_any_line(line: str) -> None:
    assert redact(redact(line, {}), {}) == redact(line, {})
