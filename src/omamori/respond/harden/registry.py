"""The measures by name. A new one is a file in `measures/` with a `KIND` or `KINDS`, and one line here."""

from __future__ import annotations

from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures import (
    linux_databases,
    linux_files,
    linux_firewall,
    linux_forward,
    linux_kernel,
    linux_logs,
    linux_samba,
    linux_services,
    linux_sshd,
    linux_usb,
    windows_administrators,
    windows_execution,
    windows_features,
    windows_firewall,
    windows_firewall_on,
    windows_services,
    windows_shares,
)

KINDS: tuple[Kind, ...] = (
    *windows_services.KINDS,
    *windows_features.KINDS,
    *windows_shares.KINDS,
    *windows_administrators.KINDS,
    *windows_execution.KINDS,
    *windows_firewall_on.KINDS,
    *windows_firewall.KINDS,
    linux_logs.KIND,
    linux_kernel.KIND,
    linux_files.KIND,
    linux_sshd.KIND,
    linux_usb.KIND,
    linux_services.KIND,
    linux_samba.KIND,
    linux_databases.KIND,
    linux_firewall.KIND,
    linux_forward.KIND,
)
"""In the order in which they are done: what stops nothing first."""
