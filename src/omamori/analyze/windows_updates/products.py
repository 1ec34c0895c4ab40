"""What Microsoft's table of updates calls a machine's Windows: from its build, its architecture and whether it is a server.

The names changed over the years (`for x64-based systems`, `version 21H2`, `(server core installation)`): they are compared in one
form, made by `plain`. Builds: https://learn.microsoft.com/windows/release-health/release-information and …/windows-server-release-info.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from omamori.model.host import Host

_BUILD = re.compile(r"^(\d{1,2}\.\d{1,2})\.(\d{4,5})(?:\.(\d{1,6}))?$")
_CORE = " (server core installation)"
_ARCHITECTURES: Mapping[str, str] = {
    **dict.fromkeys(("x64", "amd64", "x86_64", "64-bit", "64"), "x64"),
    **dict.fromkeys(("x86", "i386", "i686", "32-bit", "32"), "x86"),
    **dict.fromkeys(("arm64", "aarch64"), "arm64"),
    **dict.fromkeys(("ia64", "itanium"), "ia64"),
}
_SYSTEMS = {"x64": "x64-based systems", "x86": "32-bit systems", "arm64": "arm64-based systems", "ia64": "itanium-based systems"}
_CLIENTS = {
    7600: "windows 7 for {}",
    7601: "windows 7 for {} service pack 1",
    9200: "windows 8 for {}",
    9600: "windows 8.1 for {}",
    10240: "windows 10 for {}",
    10586: "windows 10 version 1511 for {}",
    14393: "windows 10 version 1607 for {}",
    15063: "windows 10 version 1703 for {}",
    16299: "windows 10 version 1709 for {}",
    17134: "windows 10 version 1803 for {}",
    17763: "windows 10 version 1809 for {}",
    18362: "windows 10 version 1903 for {}",
    18363: "windows 10 version 1909 for {}",
    19041: "windows 10 version 2004 for {}",
    19042: "windows 10 version 20h2 for {}",
    19043: "windows 10 version 21h1 for {}",
    19044: "windows 10 version 21h2 for {}",
    19045: "windows 10 version 22h2 for {}",
    22000: "windows 11 version 21h2 for {}",
    22621: "windows 11 version 22h2 for {}",
    22631: "windows 11 version 23h2 for {}",
    26100: "windows 11 version 24h2 for {}",
    26200: "windows 11 version 25h2 for {}",
    28000: "windows 11 version 26h1 for {}",
}
_SERVERS = {
    6001: "windows server 2008 for {}",
    6002: "windows server 2008 for {} service pack 2",
    6003: "windows server 2008 for {} service pack 2",
    7600: "windows server 2008 r2 for {}",
    7601: "windows server 2008 r2 for {} service pack 1",
    9200: "windows server 2012",
    9600: "windows server 2012 r2",
    14393: "windows server 2016",
    16299: "windows server, version 1709",
    17134: "windows server, version 1803",
    17763: "windows server 2019",
    18362: "windows server, version 1903",
    18363: "windows server, version 1909",
    19041: "windows server, version 2004",
    19042: "windows server, version 20h2",
    20348: "windows server 2022",
    25398: "windows server 2022, 23h2 edition",
    26100: "windows server 2025",
}
_VISTA = {6000: "", 6001: " service pack 1", 6002: " service pack 2"}
CUMULATIVE_BUILD = 10240
"""From Windows 10 on every update holds all earlier ones of its version."""
_NO_EXPLORER_FROM = 20348
"""Windows 11 and Server 2022 have no Internet Explorer of their own any more."""


def plain(name: str) -> str:
    """Return a product's name in the one form names are compared in."""
    text = " ".join(name.lower().replace(" - extra", "").split())
    text = text.replace("for arm systems", "for arm64-based systems")
    return text.replace("windows 11 for ", "windows 11 version 21h2 for ")


@dataclass(frozen=True, slots=True)
class Windows:
    """A machine's Windows as the table names it, all names in plain form.

    `names`: what is looked up; `siblings`: the same version for other architectures. `doubt`: why the product itself is not certain.
    """

    name: str
    build: int
    branch: str
    siblings: tuple[str, ...] = ()
    explorer: tuple[str, ...] = ()
    doubt: str | None = None


@dataclass(frozen=True)
class Products:
    """The names a pack's table of updates uses, found again by their plain form."""

    names: tuple[str, ...]

    @cached_property
    def _by_plain(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in self.names:
            found[plain(name)] = (*found.get(plain(name), ()), name)
        return found

    def written(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return every name of the table whose plain form is one of `names`."""
        return tuple(sorted({one for name in names for one in self._by_plain.get(name, ())}))

    def framework(self, windows: str) -> Mapping[str, tuple[str, ...]]:
        """Return the versions of .NET Framework the table knows on a Windows (`3.5 and 4.8`) and their names in the table."""
        found: dict[str, tuple[str, ...]] = {}
        for name, written in self._by_plain.items():
            told = re.fullmatch(r"microsoft \.net framework (.{1,80}?) on (.{1,120})", name)
            if told and told[2] == windows:
                found[told[1]] = written
        return found


def windows_of(host: Host, products: Products) -> Windows | None:
    """Return what the table calls a machine's Windows; None where the machine does not say enough or no name is known for its build."""
    told = _BUILD.match(host.os_build or "")
    if told is None:
        return None
    build, name = int(told[2]), (host.os_name or "").lower()
    branch = f"{told[1]}.{told[2]}"
    server = host.os_id == "windows-server" or "server" in name
    architecture = _ARCHITECTURES.get((host.architecture or "").lower())
    if build in (2600, 3790):
        return _old(build, branch, server=server, architecture=architecture)
    if build in _VISTA and not server:
        if architecture not in ("x64", "x86"):
            return None
        edition = " x64 edition" if architecture == "x64" else ""
        return Windows(f"windows vista{edition}{_VISTA[build]}", build, branch)
    pattern = (_SERVERS if server else _CLIENTS).get(build)
    if pattern is None or ("{}" in pattern and architecture is None):
        return None
    chosen = pattern.format(_SYSTEMS[architecture]) if architecture else pattern
    others = tuple(pattern.format(word) for key, word in _SYSTEMS.items() if key not in (architecture, "ia64")) if "{}" in pattern else ()
    core = "core" in name or (server and not products.written((chosen,)))
    if core and products.written((chosen + _CORE,)):
        chosen += _CORE
    explorer = () if core or build >= _NO_EXPLORER_FROM else (f"internet explorer 11 on {chosen}",)
    siblings = others if build >= CUMULATIVE_BUILD else ()
    return Windows(chosen, build, branch, siblings, explorer)


def _old(build: int, branch: str, *, server: bool, architecture: str | None) -> Windows:
    """Windows XP and Server 2003: what a machine shows does not tell its service pack, so the last one is taken, in doubt."""
    wide = architecture == "x64" or (build == 3790 and not server)
    if server:
        name = "microsoft windows server 2003 x64 edition service pack 2" if wide else "microsoft windows server 2003 service pack 2"
    else:
        name = "microsoft windows xp professional x64 edition service pack 2" if wide else "microsoft windows xp service pack 3"
    return Windows(name, build, branch, doubt="service_pack")
