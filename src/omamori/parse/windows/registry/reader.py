"""All of the registry that the outputs of one machine show → rows and looks of every table it has a say in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from omamori.model.look import Parsed, Problem
from omamori.parse.windows.registry.decide import content
from omamori.parse.windows.registry.exclusions import read_exclusions
from omamori.parse.windows.registry.firewall import read_firewall
from omamori.parse.windows.registry.host import read_host, read_software, read_updates, read_usb
from omamori.parse.windows.registry.macros import read_macros
from omamori.parse.windows.registry.networks import read_networks
from omamori.parse.windows.registry.outbound import read_outbound, read_protection
from omamori.parse.windows.registry.part import Part
from omamori.parse.windows.registry.redact import sealed
from omamori.parse.windows.registry.services import read_logs, read_services, read_snmp
from omamori.parse.windows.registry.settings import read_settings
from omamori.parse.windows.registry.shares import read_shares
from omamori.parse.windows.registry.startup import read_startup
from omamori.parse.windows.registry.tree import Shown, Tree, key_path

TABLES = (
    "hosts",
    "update_policy",
    "windows_settings",
    "software",
    "services",
    "server_settings",
    "usb_history",
    "known_networks",
    "shares",
    "share_access",
    "share_settings",
    "outbound_settings",
    "security_products",
    "protection_exclusions",
    "startup_programs",
    "macro_settings",
    "log_settings",
    "firewall_profiles",
    "firewall_rules",
)
_READERS: tuple[Callable[[Tree], Part], ...] = (
    read_host,
    read_updates,
    read_settings,
    read_software,
    read_services,
    read_snmp,
    read_usb,
    read_networks,
    read_shares,
    read_outbound,
    read_protection,
    read_exclusions,
    read_startup,
    read_macros,
    read_logs,
    read_firewall,
)
_MOST_PROBLEMS = 50


def read_registry(shown: Sequence[Shown]) -> Parsed:
    """Return what these outputs together say. The keys of accounts and secrets (SAM, SECURITY) are never read."""
    for one in shown:
        one.blocks = [block for block in one.blocks if not sealed(block.key)]
    tree = Tree(shown)
    parts = [read(tree) for read in _READERS]
    problems = [problem for one in shown for problem in one.problems[:_MOST_PROBLEMS]]
    rows = tuple(row for one in parts for row in one.rows)
    looks = tuple(look for one in parts for look in one.looks)
    if not looks and not problems and any(one.blocks for one in shown) and not _has_a_say(shown):
        line = min(block.line for one in shown for block in one.blocks)
        problems.append(Problem(line, "a key of the registry that this program reads", "このプログラムが読むレジストリのキー"))
    return Parsed(rows, looks, tuple(problems), tuple(dict.fromkeys(name for one in parts for name in one.identifiers)))


def _has_a_say(shown: Sequence[Shown]) -> bool:
    """Whether a key is shown that decides together with others, or above which one may stand, though alone it tells nothing."""
    known = [key_path(key.path) for key in content().keys.values()]
    shown_keys = {block.key for one in shown for block in one.blocks}
    return any(key in shown_keys or any(key.startswith(f"{above}\\") for above in shown_keys) for key in known)
