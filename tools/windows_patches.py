"""Makes the Windows rows of flaws.csv: for each flaw and build, the updates of which any one repairs it.

Reads `feeds/wesng-msrc/definitions_*.zip` below OMAMORI_DATA (facts of the maker's security update guide).
A flaw is repaired by the updates the maker names, and by every later cumulative update of the same build:
one that replaces an earlier update and repairs components of Windows itself. Rows of other products stay.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
TARGET = Path(__file__).parents[1] / "src/omamori/knowledge/starter/flaws.csv"
FLAWS = {
    # flaw: (name, day of the first repair, only servers, ransomware known to use it)
    "CVE-2017-0144": ("EternalBlue", "20170314", False, True),
    "CVE-2019-0708": ("BlueKeep", "20190514", False, True),
    "CVE-2020-1472": ("Zerologon", "20200811", True, True),
    "CVE-2021-34527": ("PrintNightmare", "20210706", False, True),
}
BUILDS = (
    (r"Windows 7 for .* Service Pack 1", "windows", "7601"),
    (r"Windows Server 2008 R2 .*Service Pack 1", "windows-server", "7601"),
    (r"Windows Server 2008 for .*Service Pack 2", "windows-server", "6002"),
    (r"Windows Server 2008 for .*Service Pack 2", "windows-server", "6003"),
    (r"Windows 8\.1 ", "windows", "9600"),
    (r"Windows Server 2012 R2", "windows-server", "9600"),
    (r"Windows Server 2012( \(|$)", "windows-server", "9200"),
    (r"Windows Server 2016( \(|$)", "windows-server", "14393"),
    (r"Windows Server 2019( \(|$)", "windows-server", "17763"),
    (r"Windows Server 2022( \(|$)", "windows-server", "20348"),
    (r"Windows 10 for ", "windows", "10240"),
    *(
        (rf"Windows 10 Version {name} ", "windows", build)
        for name, build in (
            ("1511", "10586"), ("1607", "14393"), ("1703", "15063"), ("1709", "16299"), ("1803", "17134"), ("1809", "17763"),
            ("1903", "18362"), ("1909", "18363"), ("2004", "19041"), ("20H2", "19042"), ("21H1", "19043"), ("21H2", "19044"),
            ("22H2", "19045"),
        )
    ),
)  # fmt: skip
BY_HAND = {
    # The maker's updates for systems it no longer supported.
    **{
        ("CVE-2017-0144", product, build): {4012598}
        for product, build in (("windows", "2600"), ("windows", "3790"), ("windows-server", "3790"))
    },
    **{
        ("CVE-2019-0708", product, build): {4500331}
        for product, build in (("windows", "2600"), ("windows", "3790"), ("windows-server", "3790"))
    },
}
BORN = {"19044": "20211116", "19045": "20221018"}
"""Builds that came out with the repairs of what was known before that day."""
CUMULATIVE_SINCE = {"6002": "20181009", "6003": "20181009"}
"""Until then every update of Server 2008 repaired one thing only."""
NOT_CUMULATIVE = frozenset({4056564, 4340583, 4474419, 4524244, 4535680, 5012170})
"""Updates that are for themselves and repair nothing else: two of Server 2008, SHA-2 signatures, what Secure Boot may not start."""
OUTSIDE = re.compile(r"\.net|flash|internet explorer|edge|office|servicing stack|silverlight|defender|sharepoint", re.IGNORECASE)


def updates() -> Iterator[dict[str, str]]:
    """Yield the rows of the update guide that name an update."""
    archive = next((DATA / "feeds/wesng-msrc").glob("definitions_*.zip"))
    with zipfile.ZipFile(archive) as zipped:
        name = next(name for name in zipped.namelist() if name.startswith("CVEs_"))
        for row in csv.DictReader(io.TextIOWrapper(zipped.open(name), encoding="utf-8")):
            if row["BulletinKB"].isdigit():
                yield row


def repairs() -> dict[tuple[str, str, str], set[int]]:
    """Return (flaw, product, build) → updates that repair it."""
    named: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    cumulative: dict[tuple[str, str], set[int]] = defaultdict(set)
    days: dict[int, Counter[str]] = defaultdict(Counter)
    for row in updates():
        days[int(row["BulletinKB"])][row["DatePosted"]] += 1
        for pattern, product, build in BUILDS:
            if not re.match(pattern, row["AffectedProduct"]):
                continue
            number = int(row["BulletinKB"])
            if row["CVE"] in FLAWS:
                named[row["CVE"], product, build].add(number)
            if row["Supersedes"] and row["CVE"] and not OUTSIDE.search(row["AffectedComponent"] + row["Title"]):
                cumulative[product, build].add(number)
    found = {}
    for (flaw, product, build), numbers in named.items():
        first = FLAWS[flaw][1]
        if BORN.get(build, "") > first:
            continue
        # The guide names an update anew when it writes about an older or newer flaw: it came out on the day it repairs most of.
        since = max(first, CUMULATIVE_SINCE.get(build, ""))
        later = {number for number in cumulative[product, build] if days[number].most_common(1)[0][0] >= since}
        found[flaw, product, build] = numbers | later - NOT_CUMULATIVE
    return found


def confidence(flaw: str, product: str, build: str) -> str:
    """Return high for what the update guide names, medium for an update by hand that it does not know for this flaw."""
    by_hand = BY_HAND.get((flaw, product, build), set())
    return "high" if all((flaw, number) in named_updates() for number in by_hand) else "medium"


def witness(flaw: str, product: str, build: str) -> str:
    """Return what stands behind a row, as its source says it."""
    return "update list of wesng 2026-06-26" if confidence(flaw, product, build) == "high" else "not compared"


@cache
def named_updates() -> frozenset[tuple[str, int]]:
    """Return flaw and update of every pair the guide names, whatever the system."""
    return frozenset((row["CVE"], int(row["BulletinKB"])) for row in updates() if row["CVE"] in FLAWS)


def main() -> int:
    """Replace the Windows rows of flaws.csv."""
    with TARGET.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or ())
        rows = [row for row in reader if not row["product"].startswith("windows")]
    for (flaw, product, build), numbers in sorted((repairs() | BY_HAND).items()):
        name, _, only_servers, ransomware = FLAWS[flaw]
        if only_servers and product != "windows-server":
            continue
        rows.append(
            dict.fromkeys(columns, "")
            | {"flaw": flaw, "name": name, "product": product, "scheme": "windows", "release": build}
            | {"patches": "|".join(str(number) for number in sorted(numbers)), "exploited": "yes"}
            | {"ransomware": "yes" if ransomware else "no", "confidence": confidence(flaw, product, build), "as_of": "2026-06-26"}
            | {"source": f"msrc.microsoft.com/update-guide/vulnerability/{flaw}; {witness(flaw, product, build)}"}
        )
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
