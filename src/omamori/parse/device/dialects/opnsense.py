"""OPNsense: the saved config.xml, which has the form of pfSense's with aliases and new features under one element of its own."""

from __future__ import annotations

from omamori.parse.device.dialects.pfsense import reader, root_is
from omamori.parse.device.dialects.pfsense.redact import redact
from omamori.parse.device.interface import Dialect

DIALECT = Dialect(
    system="opnsense",
    name="OPNsense",
    recognise=root_is("opnsense"),
    read=reader("opnsense"),
    redact=redact,
    documents=(
        "OPNsense documentation: Rules (processing order; floating, group, interface); Network Address Translation; Aliases",
        "OPNsense documentation: Settings, Administration; Backups (config.xml)",
    ),
)
