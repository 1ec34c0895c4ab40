"""Cisco ASA and PIX: firewalls."""

from __future__ import annotations

from omamori.parse.device.cisco.secrets import redact_line
from omamori.parse.device.dialects.cisco_asa.read import read
from omamori.parse.device.dialects.cisco_asa.recognise import recognise
from omamori.parse.device.interface import Dialect

DIALECT = Dialect(
    system="cisco-asa",
    name="Cisco ASA",
    recognise=recognise,
    read=read,
    redact=redact_line,
    documents=(
        "Cisco ASA Series Firewall CLI Configuration Guide: Objects for Access Control; Access Rules; Network Address Translation (NAT)",
        "Cisco ASA Series General Operations CLI Configuration Guide: Interfaces; Static and Default Routes; Management Access; Logging; SNMP",
        "Cisco ASA Series VPN CLI Configuration Guide: General VPN Parameters; Connection Profiles; Site-to-Site; AnyConnect",
        "Cisco ASA 5500 Migration to Version 8.3",
        "Cisco ASA 5500 Series Configuration Guide using the CLI, 8.2: Configuring NAT",
    ),
)
