"""The tables the graph of steps is gathered from. Apart, so that the order of the analyzers can be known without loading numpy."""

from __future__ import annotations

READS = (
    "assets",
    "entries",
    "reachability",
    "reached_services",
    "crown_jewels",
    "zones",
    "zone_networks",
    "ledger_addresses",
    "interfaces",
    "exposures",
    "hosts",
    "vulnerabilities",
    "support",
    "recognised_services",
    "server_settings",
    "shares",
    "share_access",
    "windows_settings",
    "accounts",
    "group_members",
    "services",
    "tasks",
    "declared_backups",
    "device_facts",
    "device_interfaces",
    "device_accounts",
    "device_access",
    "device_secrets",
)
"""Tables the graph is gathered from."""
