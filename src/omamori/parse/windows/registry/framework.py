r"""The registry → software: the versions of .NET Framework, which no list of programs names on a Windows that brings them along.

Source: Microsoft Learn, "Determine which .NET Framework versions are installed" (keys, `Install`, `SP`, and the smallest `Release` of each version).
"""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.host import FRAMEWORK, FRAMEWORK_ORIGIN, Software
from omamori.parse.windows.registry.tree import Tree

_NDP = r"hklm\software\microsoft\net framework setup\ndp"
_OLD = (("v1.1.4322", "1.1"), ("v2.0.50727", "2.0"), ("v3.0", "3.0"), ("v3.5", "3.5"))
_RELEASES = (
    (533320, "4.8.1"),
    (528040, "4.8"),
    (461808, "4.7.2"),
    (461308, "4.7.1"),
    (460798, "4.7"),
    (394802, "4.6.2"),
    (394254, "4.6.1"),
    (393295, "4.6"),
    (379893, "4.5.2"),
    (378675, "4.5.1"),
    (378389, "4.5"),
)
"""The smallest number of each version, the newest first: which number it is exactly depends on the Windows."""


def framework_rows(tree: Tree) -> Iterator[Software]:
    """Yield a row per version that is installed: 4.8, 3.5 SP1.

    Only where all of the key was shown they carry FRAMEWORK_ORIGIN: then a version without a row is not installed.
    """
    origin = FRAMEWORK_ORIGIN if tree.below_whole(_NDP) and tree.exists(_NDP) else None
    found = [(key, f"{version}{_service_pack(tree, key)}") for key, version in _old(tree)]
    four = next((key for key in (rf"{_NDP}\v4\full", rf"{_NDP}\v4\client") if _number(tree, key, "Install") == 1), None)
    if four is not None:
        found.append((four, _four(_number(tree, four, "Release"))))
    for key, version in found:
        yield Software(
            name=FRAMEWORK,
            version=version,
            publisher="Microsoft Corporation",
            manager="registry",
            origin=origin,
            evidence=str(tree.line(key)),
        )


def _old(tree: Tree) -> Iterator[tuple[str, str]]:
    """Versions before 4 stand side by side, each in a key of its own; early 3.0 says so one key deeper."""
    for name, version in _OLD:
        key = rf"{_NDP}\{name}"
        if _number(tree, key, "Install") == 1 or _number(tree, rf"{key}\setup", "InstallSuccess") == 1:
            yield key, version


def _service_pack(tree: Tree, key: str) -> str:
    number = _number(tree, key, "SP")
    return f" SP{number}" if number and number < 10 else ""


def _four(release: int | None) -> str:
    """Version 4 takes the place of the one before; the first, 4.0, had no number."""
    return next((version for least, version in _RELEASES if release is not None and release >= least), "4.0")


def _number(tree: Tree, key: str, name: str) -> int | None:
    value = tree.find(key, name).value
    return value.number if value is not None else None
