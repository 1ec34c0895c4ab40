"""Reads `settings.txt`: the tables and settings of FortiOS that change no answer."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType


def _read() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    names: list[str] = []
    for line in files("omamori.parse.device.dialects.fortios").joinpath("settings.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            names = line.strip("[]").split(" | ")
        elif not line.startswith("#"):
            for name in names:
                found.setdefault(name, set()).update(line.split())
    return MappingProxyType({name: frozenset(words) for name, words in found.items()})


KNOWN = _read()
"""Settings by table that change no answer."""
NOTHING = KNOWN["nothing"]
"""Beginnings of the names of tables that change no answer, with `/` for a space."""
POLICY_HARMLESS = KNOWN["firewall policy"]
"""Settings of a policy that change what is done with a packet, not which packet passes."""
