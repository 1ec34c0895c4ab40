"""Signs and proof of a way to the Internet."""

from __future__ import annotations

from omamori.analyze.ways_out import ANALYZER
from omamori.model.derived import Asset, WayOut
from omamori.model.host import Host
from omamori.model.look import Collected
from omamori.model.network import Connection, Interface, OutboundSetting

OUT = {"asset": "a", "protocol": "tcp", "direction": "out", "peer_scope": "public", "peer_address": "203.0.113.5", "peer_port": 443}


def test_an_answer_is_proof_and_a_setting_only_a_sign(run):
    found = run(
        ANALYZER,
        [
            Asset(asset="a"),
            Host(asset="a", domain="hospital.example.jp"),
            Connection(**OUT, state="syn-sent"),
            Connection(**OUT, state="established"),
            Connection(**OUT | {"peer_scope": "private", "peer_address": "10.1.0.5"}, state="established"),
            Connection(**OUT | {"protocol": "udp", "peer_port": 123}, state="established"),
            OutboundSetting(asset="a", kind="proxy", value="10.1.0.8", address_public=False),
            OutboundSetting(asset="a", kind="dns", value="10.1.0.53", address_public=False),
            OutboundSetting(asset="a", kind="dns", value="203.0.113.53", address_public=True),
            OutboundSetting(asset="a", kind="ntp", value="ntp.nict.jp"),
            OutboundSetting(asset="a", kind="ntp", value="time.hospital.example.jp"),
            OutboundSetting(asset="a", kind="repository", value="mirror.local"),
            OutboundSetting(asset="a", kind="agent", value="zabbix"),
            Interface(asset="a", name="wwan0", kind="mobile", up=True),
            Interface(asset="a", name="wlan0", kind="wireless", up=False),
        ],
        {"a": ("connections", "outbound_settings", "interfaces")},
    )
    assert {(row.kind, row.detail, row.strength) for row in found if isinstance(row, WayOut)} == {
        ("connection", "203.0.113.5 443/tcp", "proof"),
        ("connection", "203.0.113.5 123/udp", "sign"),
        ("proxy", "10.1.0.8", "sign"),
        ("dns", "203.0.113.53", "sign"),
        ("ntp", "ntp.nict.jp", "sign"),
        ("mobile", "wwan0", "sign"),
    }
    assert [row.complete for row in found if isinstance(row, Collected)] == [True]


def test_nobody_looked_is_no_clean_bill(run):
    (look,) = run(ANALYZER, [Asset(asset="a")], {"a": ("connections", "interfaces")})
    assert not look.complete
