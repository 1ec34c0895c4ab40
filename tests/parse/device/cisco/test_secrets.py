"""Every secret of a Cisco configuration is taken out, in every way it can be written; what answers need stays."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.device import DeviceSecret
from omamori.parse.device.cisco.secrets import redact_line
from omamori.parse.device.config import KIND, PARSERS
from omamori.parse.interface import Context
from omamori.parse.redact import redact_for

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig"
NOW = datetime(2026, 6, 1, 9)
X = "Kumamoto-9!x"
IOS = (
    "enable secret {x}", "enable secret 5 {x}", "enable secret level 7 9 {x}", "enable password {x}", "enable password 7 {x}", "no enable password {x}",
    "username kanri password {x}", "username kanri privilege 15 secret 9 {x}", "username kanri privilege 15 password 0 {x}", "username kanri secret {x}",
    "no username kanri password 7 {x}", "R1(config)#username kanri secret {x}", "R1#enable secret {x}",
    "snmp-server community {x} RO 10", "snmp-server community {x} view all RW ipv6 six 10", "snmp-server community 7 {x}",
    "snmp-server host 10.1.1.5 {x}", "snmp-server host 10.1.1.5 traps version 2c {x}", "snmp-server host 10.1.1.5 vrf kanri version 2c {x} bgp",
    "snmp-server host 10.1.1.5 version 3 priv {x}", "snmp-server user u g v3 auth sha {x} priv aes 128 {x}", "snmp-server user u g v3 encrypted auth md5 {x}",
    "crypto isakmp key {x} address 203.0.113.9", "crypto isakmp key 6 {x} address 203.0.113.9 no-xauth", "crypto isakmp key {x} hostname vpn.example.jp",
    " pre-shared-key address 203.0.113.9 key {x}", " pre-shared-key address 203.0.113.9 255.255.255.255 key 6 {x}", "  pre-shared-key local {x}",
    "  pre-shared-key {x}", " authentication local pre-share key {x}", " authentication remote pre-share key 6 {x}",
    "tacacs-server host 10.1.1.6 key 7 {x}", "tacacs-server key {x}", "radius-server host 10.1.1.6 auth-port 1812 acct-port 1813 key {x}",
    "radius-server key 7 {x}", " key 7 {x}", " key {x}", " server-private 10.1.1.6 key 7 {x}", " client 10.1.1.6 server-key {x}", " pac key 0 {x}",
    " key-string {x}", " key-string 7 {x}", " password 7 {x}", " password {x}", " ppp chap password 0 {x}", " ppp pap sent-username kanri password 7 {x}",
    " ip ospf message-digest-key 1 md5 7 {x}", " ip ospf authentication-key {x}", " neighbor 10.0.0.1 password 7 {x}", " neighbor 10.0.0.1 password {x}",
    " standby 1 authentication {x}", " standby 1 authentication md5 key-string {x}", " vrrp 1 authentication text {x}", " isis password {x}",
    " area-password {x}", "ntp authentication-key 1 md5 {x} 7", "ip ftp password 7 {x}", "vtp password {x}", " l2tp tunnel password 0 {x}",
    " wpa-psk ascii 0 {x}", " wpa-psk ascii {x}", " encryption vlan 10 key 1 size 128bit 7 {x} transmit-key", "archive path ftp://kanri:{x}@10.1.1.7/config",
    "mpls ldp neighbor 10.0.0.1 password {x}", "ip http client password {x}", " security wpa psk set-key ascii 0 {x}", "cts credentials id sw1 password 7 {x}",
)  # fmt: skip
ASA = (
    "enable password {x} encrypted", "enable password {x} pbkdf2", "enable password {x}", "passwd {x} encrypted", "username kanri password {x} encrypted privilege 15",
    "username kanri password {x} pbkdf2 privilege 15", "username kanri password {x}", " ikev1 pre-shared-key {x}", " ikev2 remote-authentication pre-shared-key {x}",
    " pre-shared-key {x}", "isakmp key {x} address 203.0.113.9 netmask 255.255.255.255", " key {x}", "aaa-server TAC (inside) host 10.1.1.6 {x2} key {x}", " ldap-login-password {x}",  # noqa: E501
    "failover key {x}", "failover ipsec pre-shared-key {x}", "snmp-server community {x}", "snmp-server host inside 10.1.1.5 community {x}",
    "snmp-server host inside 10.1.1.5 poll community {x} version 2c", "vpdn username pppoe password {x} store-local", "ntp authentication-key 1 md5 {x}",
    " ospf message-digest-key 1 md5 {x}", " authentication key eigrp 1 {x} key-id 1", "fw1(config)# enable password {x}",
)  # fmt: skip


def stored(line: str, system: str) -> str:
    head = (
        "version 15.2\nhostname r1\ninterface Vlan1\n ip address 10.0.0.1 255.255.255.0\n"
        if system == "ios"
        else "ASA Version 9.8\nhostname fw1\n"
    )
    text = redact_for(PARSERS[0], f"{head}{line}\n".encode()).data.decode()
    assert text.startswith(head)
    return text[len(head) :]


@pytest.mark.parametrize(("line", "system"), [*((line, "ios") for line in IOS), *((line, "asa") for line in ASA)])
def test_no_secret_stays(line: str, system: str) -> None:
    for secret in (X, '"two words"', "0822455D0A16", "$1$abcd$0123456789abcdefghijk.", "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c"):
        if secret.startswith('"') and ("://" in line or "snmp" in line):
            continue
        kept = stored(line.format(x=secret, x2="timeout 5"), system)
        assert secret not in kept
        assert "[secret: " in kept
        assert kept.count("\n") == 1
    assert stored(line.format(x="cisco", x2="timeout 5"), system).count("default]") >= 1


def test_what_answers_need_stays() -> None:
    for line in (
        "service password-encryption", "security passwords min-length 8", "aaa authentication login default local", "ip ssh version 2", "key chain OSPF",
        " key 1", " match community list 5", "ip community-list 1 permit 65000:1", "crypto key generate rsa modulus 2048", " tunnel key 12", " standby 1 authentication md5 key-chain K",  # noqa: E501
        "crypto isakmp policy 10", " authentication pre-share", " login authentication password-list", "snmp-server location server room", "snmp-server host inside 10.1.1.5",
        "username kanri attributes", " ikev1 pre-shared-key *****", "ip access-list extended PASS", "access-list key extended permit ip any any",
    ):  # fmt: skip
        assert stored(line, "ios").rstrip("\n") == line


def test_a_secret_behind_a_pager() -> None:
    line = " --More-- \x08\x08\x08\x08\x08\x08\x08\x08\x08\x08          \x08\x08\x08\x08\x08\x08\x08\x08\x08\x08enable secret 5 " + X
    assert stored(line, "ios") == "enable secret 5 [secret: password, set]\n"


def test_the_state_is_told_after_the_secret_is_gone() -> None:
    text = (
        f"version 15.2\nhostname r1\nenable secret 9 {X}\nenable password 7 {X}\nusername a privilege 15 password 0 cisco\nusername b secret 5 {X}\n"
        f"snmp-server community public RO\nsnmp-server community {X} RW\ncrypto isakmp key {X} address 203.0.113.9\ncrypto isakmp key 6 {X} address 203.0.113.8\n"
        f"line vty 0 4\n password {X}\nend\n"
    )
    data = redact_for(PARSERS[0], text.encode()).data
    assert X.encode() not in data
    parsed = PARSERS[0].parse(data, Context(KIND, NOW, NOW))
    found = {row.place: row.state for row in parsed.rows if isinstance(row, DeviceSecret)}
    assert found == {
        "enable secret": "hashed", "enable password": "reversible", "administrator a": "default", "administrator b": "hashed",
        "snmp community (ro)": "default", "snmp community (rw)": "plain", "ipsec key of 203.0.113.9": "plain", "ipsec key of 203.0.113.8": "reversible",
        "line vty 0 4 password": "plain",
    }  # fmt: skip


SECRET = re.compile(
    r"(?:^| )(?:secret|password|passwd)(?! required)(?! (?:level \d+ )?(?:encrypted |[0-9] )?\[)(?: level \d+)?(?: (?:encrypted|[0-9]))? ([^\s\[*]\S*)(?: |$)|isakmp key(?! 6 \[)(?: 6)? ([^\s\[]\S*) (?:address|hostname)|pre-shared-key address [\d. ]+key ([^\s\[]\S*)"  # noqa: E501
    r"|server community ([^\s\[]\S*)|key-string(?! (?:7|password) \[)(?: 7)? ([^\s\[]\S*)"
)


def test_real_configurations() -> None:
    folders = (
        "batfish/networks/example",
        "batfish/networks/hybrid-cloud-aws/configs",
        "batfish/vendor-testconfigs/cisco",
        "batfish/vendor-testconfigs/cisco_asa",
    )
    files = [
        path
        for folder in folders
        for path in sorted((DATA / folder).rglob("*"))
        if path.is_file() and path.suffix not in (".json", ".png", ".md", ".iptables")
    ]
    if not files:
        pytest.skip(f"real configurations are not here: {DATA}")
    taken = 0
    for path in files:
        state: dict[str, int] = {}
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            clean = redact_line(line, state)
            taken += clean != line
            left = SECRET.search(clean)
            if not clean.strip().startswith(("!", "description")) and "encryption" not in clean:
                assert left is None, (path.name, clean)
    assert taken >= 45


@given(
    st.text(max_size=300), st.sampled_from(["enable secret ", "username a password ", "snmp-server community ", "crypto isakmp key ", ""])
)
def test_any_line(text: str, start: str) -> None:
    state: dict[str, int] = {}
    line = (start + text).replace("\n", " ")
    clean = redact_line(line, state)
    assert "\n" not in clean
    assert redact_line(clean, {}) == clean
