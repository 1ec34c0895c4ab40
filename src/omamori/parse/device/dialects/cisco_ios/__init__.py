"""Cisco IOS and IOS XE: routers and switches."""

from __future__ import annotations

from omamori.parse.device.cisco.secrets import redact_line
from omamori.parse.device.dialects.cisco_ios.read import read
from omamori.parse.device.dialects.cisco_ios.recognise import recognise
from omamori.parse.device.interface import Dialect

DIALECT = Dialect(
    system="cisco-ios",
    name="Cisco IOS / IOS XE",
    recognise=recognise,
    read=read,
    redact=redact_line,
    documents=(
        "Cisco document 6209, NAT Order of Operation",
        "Cisco IOS Security Command Reference: access-list, ip access-group, ip access-list, ip inspect, zone-pair security, crypto map",
        "Cisco IOS Security Configuration Guide: Access Control Lists; Object Groups for ACLs; Zone-Based Policy Firewall; Crypto Access Check on Clear-Text Packets",
        "Cisco document 98628, Zone-Based Policy Firewall Design and Application Guide",
        "Cisco IOS IP Addressing: NAT Configuration Guide",
        "Cisco IOS IP Routing: Protocol-Independent Command Reference",
    ),
)
