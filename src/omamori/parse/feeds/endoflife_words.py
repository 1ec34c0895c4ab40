"""endoflife.date's products, cycles and editions in the words this project uses (knowledge/starter/support.csv). Pure.

Windows is known by its build number, since the build does not depend on a language, and by its name, for what people write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

PRODUCTS: Mapping[str, str] = {
    "amazon-linux": "amzn",
    "alpine-linux": "alpine",
    "apache-http-server": "apache-httpd",
    "mssqlserver": "sql-server",
    "opensuse": "opensuse-leap",
    "panos": "pan-os",
    "rocky-linux": "rocky",
    "veeam-backup-and-replication": "veeam",
    "vmware-esxi": "esxi",
}
"""endoflife.date's name → ours, where they differ."""
PAID_SUPPORT_IS_FREE = frozenset({"debian"})
"""Products whose `eoes` needs no contract: Debian's long-term support is the last day of its security support."""
_EDITIONS = {"w": "", "e": "enterprise", "e-lts": "ltsc", "iot-lts": "iot-ltsc", "iot": "iot-ltsc"}
_OLD_WINDOWS = {
    # Cycle → builds and name, of what endoflife.date calls by version and service pack.
    "5-sp3": ("2600", "xp"),
    "6-sp2": ("6002", "vista"),
    "7-sp1": ("7601", "7"),
}
_OLD_SERVER = {
    "2003-sp2": ("3790", "2003"),
    "2008-sp2": ("6002", "6003", "2008"),
    "2008-r2-sp1": ("7601", "2008-r2"),
}
_SQL_MAIN = re.compile(r"^(\d+\.\d)0?(?:-.*)?$")


def cycles(product: str, cycle: str, latest: str, label: str) -> Iterator[tuple[str, str]]:
    """Yield the cycles a cycle of endoflife.date is known by here, with their edition (ltsc, enterprise; empty for the others)."""
    build = latest.split(" ")[0].split(".")[-1] if latest else ""
    if product == "windows":
        yield from _windows(cycle, build)
    elif product == "windows-server":
        yield from _windows_server(cycle, build)
    elif product == "sql-server":
        found = _SQL_MAIN.match(cycle)
        year = re.search(r"20\d\d( R2)?", label)
        # The dates of a version are those of its last service pack, which stands first.
        if found and year and int(year[0][:4]) >= 2005:
            yield ("10.50" if found[1] == "10.5" else found[1]), ""
            yield year[0].replace(" ", "-").lower(), ""
    elif product == "opensuse-leap" and re.match(r"1[0-4]\.", cycle):
        return  # openSUSE before Leap
    else:
        yield re.sub(r"^v(?=[0-9])", "", cycle), ""


def _windows(cycle: str, build: str) -> Iterator[tuple[str, str]]:
    name, _, edition = cycle.partition("-")[2].partition("-")
    if cycle.startswith(("10-", "11-")):
        if build.isdigit():
            yield build, _EDITIONS.get(edition, "")
        yield f"{cycle[:2]}-{name}", _EDITIONS.get(edition, "")
    elif cycle.startswith("8"):
        if build.isdigit():
            yield build, ""
        yield cycle, ""
    for one in _OLD_WINDOWS.get(cycle, ()):
        yield one, ""


def _windows_server(cycle: str, build: str) -> Iterator[tuple[str, str]]:
    if re.fullmatch(r"20(1[2-9]|2\d)(-r2)?", cycle):
        if build.isdigit():
            yield build, ""
        yield cycle, ""
    elif cycle.endswith(("-sac", "-ac")) and build.isdigit() and build != "17763":
        yield build, ""  # 17763 is Server 2019's build too, whose dates are later
    for one in _OLD_SERVER.get(cycle, ()):
        yield one, ""
