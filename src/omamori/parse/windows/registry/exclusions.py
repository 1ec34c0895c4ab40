"""The registry → protection_exclusions: what Microsoft Defender is told not to look at, by a policy or on the machine itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.windows import ProtectionExclusion
from omamori.parse.windows.registry.part import Part, look
from omamori.parse.windows.registry.tree import Tree

_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "policy": r"hklm\software\policies\microsoft\windows defender\exclusions",
        "local": r"hklm\software\microsoft\windows defender\exclusions",
    }
)
_KINDS: Mapping[str, str] = MappingProxyType({"paths": "path", "extensions": "extension", "processes": "process", "ipaddresses": "address"})
_MOST = 2000


def read_exclusions(tree: Tree) -> Part:
    """Return the exclusions; each is the name of a value. Whole only where both places were looked at: Windows joins them."""
    if all(tree.exists(key) is None for key in _PLACES.values()):
        return Part()
    rows = []
    for origin, key in _PLACES.items():
        for below, kind in _KINDS.items():
            rows += [
                ProtectionExclusion(product="defender", kind=kind, value=one.name[:400], origin=origin, evidence=str(one.line))
                for one in tree.values(f"{key}\\{below}")
                if one.name
            ]
    whole = all(tree.lists(key) for key in _PLACES.values()) and len(rows) <= _MOST
    return Part(list(rows[:_MOST]), [look("protection_exclusions", whole=whole, refused=tree.refused)])
