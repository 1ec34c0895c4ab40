"""Makes the starter pack's support.csv from published facts; run it when the facts are newer.

Reads (folder OMAMORI_DATA, default ~/.cache/omamori-data): `feeds/endoflife/products/*.md` and
`refdata/distro-info-data/*.csv`. Only facts are taken: names of cycles, days and pages of the makers.
flaws.csv, products.csv and remote_software.csv are kept by hand, row by row with their sources;
`windows_patches.py` beside this file makes the Windows rows of flaws.csv.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
TARGET = Path(__file__).parents[1] / "src/omamori/knowledge/starter/support.csv"
COLUMNS = ("product", "cycle", "edition", "label", "released", "ends", "extended_ends", "as_of", "source", "confidence")
AS_OF = "2026-08-25"
PUBLISHERS = {
    # product of the pack: (file of the facts, name for people, the publisher's page)
    "rhel": ("rhel", "Red Hat Enterprise Linux", "access.redhat.com/support/policy/updates/errata"),
    "centos": ("centos", "CentOS", "centos.org/cl-vs-cs"),
    "centos-stream": ("centos-stream", "CentOS Stream", "centos.org/cl-vs-cs"),
    "rocky": ("rocky-linux", "Rocky Linux", "wiki.rockylinux.org/rocky/version"),
    "almalinux": ("almalinux", "AlmaLinux", "wiki.almalinux.org/release-notes"),
    "oracle-linux": ("oracle-linux", "Oracle Linux", "oracle.com/linux support policies"),
    "amzn": ("amazon-linux", "Amazon Linux", "aws.amazon.com/amazon-linux-2/faqs"),
    "alpine": ("alpine-linux", "Alpine Linux", "alpinelinux.org/releases"),
    "opensuse-leap": ("opensuse", "openSUSE Leap", "en.opensuse.org/Lifetime"),
    "sles": ("sles", "SUSE Linux Enterprise Server", "suse.com/lifecycle"),
    "fedora": ("fedora", "Fedora Linux", "fedorapeople.org schedules"),
    "fortios": ("fortios", "FortiOS", "support.fortinet.com product life cycle"),
    "pan-os": ("pan-os", "PAN-OS", "paloaltonetworks.com end-of-life announcements"),
    "cisco-ios-xe": ("cisco-ios-xe", "Cisco IOS XE", "cisco.com end-of-sale and end-of-life"),
    "routeros": ("routeros", "MikroTik RouterOS", "mikrotik.com/download/changelogs"),
    "postgresql": ("postgresql", "PostgreSQL", "postgresql.org/support/versioning"),
    "mysql": ("mysql", "MySQL", "mysql.com/support/eol-notice.html"),
    "mariadb": ("mariadb", "MariaDB", "mariadb.org/about/#maintenance-policy"),
    "php": ("php", "PHP", "php.net/supported-versions.php"),
    "openssl": ("openssl", "OpenSSL", "openssl-library.org/policies/releasestrat"),
    "oracle-database": ("oracle-database", "Oracle Database", "oracle.com lifetime support policy"),
    "esxi": ("vmware-esxi", "VMware ESXi", "lifecycle.vmware.com"),
    "oracle-jdk": ("oracle-jdk", "Oracle Java", "oracle.com/java/technologies/java-se-support-roadmap.html"),
    "apache-httpd": ("apache-http-server", "Apache HTTP Server", "httpd.apache.org"),
    "tomcat": ("tomcat", "Apache Tomcat", "tomcat.apache.org/whichversion.html"),
    "nodejs": ("nodejs", "Node.js", "nodejs.org/about/previous-releases"),
    "mongodb": ("mongodb", "MongoDB", "mongodb.com/legal/support-policy/lifecycles"),
    "veeam": ("veeam-backup-and-replication", "Veeam Backup & Replication", "veeam.com/product-lifecycle.html"),
    "proxmox-ve": ("proxmox-ve", "Proxmox VE", "pve.proxmox.com/wiki/FAQ"),
}
BY_HAND = (
    # Windows without its last service pack, as the maker's lifecycle pages state.
    ("windows", "2600", "", "Windows XP", "2001-12-31", "2014-04-08", ""),
    ("windows", "3790", "", "Windows XP x64", "2005-04-24", "2014-04-08", ""),
    ("windows", "6000", "", "Windows Vista", "2007-01-30", "2010-04-13", ""),
    ("windows", "6001", "", "Windows Vista SP1", "2008-03-18", "2011-07-12", ""),
    ("windows", "6002", "", "Windows Vista SP2", "2009-04-29", "2017-04-11", ""),
    ("windows", "7600", "", "Windows 7", "2009-10-22", "2013-04-09", ""),
    ("windows", "7601", "", "Windows 7 SP1", "2011-02-22", "2020-01-14", "2023-01-10"),
    ("windows-server", "3790", "", "Windows Server 2003", "2003-04-24", "2015-07-14", ""),
    ("windows-server", "6001", "", "Windows Server 2008", "2008-05-06", "2011-07-12", ""),
    ("windows-server", "6002", "", "Windows Server 2008 SP2", "2009-04-29", "2020-01-14", "2023-01-10"),
    ("windows-server", "6003", "", "Windows Server 2008 SP2", "2009-04-29", "2020-01-14", "2023-01-10"),
    ("windows-server", "7600", "", "Windows Server 2008 R2", "2009-10-22", "2013-04-09", ""),
    ("windows-server", "7601", "", "Windows Server 2008 R2 SP1", "2011-02-22", "2020-01-14", "2023-01-10"),
)
NAMES = {
    "windows": {"2600": "xp", "6002": "vista", "7601": "7"},
    "windows-server": {"3790": "2003", "6003": "2008", "7601": "2008-r2"},
}
CHECKED = {
    # The name that the collected facts give a system of BY_HAND.
    "Windows XP": "5-sp3",
    "Windows Vista SP2": "6-sp2",
    "Windows 7 SP1": "7-sp1",
    "Windows Server 2003": "2003-sp2",
    "Windows Server 2008 SP2": "2008-sp2",
    "Windows Server 2008 R2 SP1": "2008-r2-sp1",
}
OLD_FORTIOS = (("5.2", "2014-06-13", "2018-12-13"), ("5.4", "2015-12-21", "2020-06-21"), ("5.6", "2017-03-30", "2021-09-30"))
EDITIONS = {"w": "", "e": "enterprise", "e-lts": "ltsc", "iot-lts": "iot-ltsc", "iot": "iot-ltsc"}


def releases(name: str) -> list[dict[str, Any]]:
    """Return the releases of one product file."""
    text = (DATA / "feeds/endoflife/products" / f"{name}.md").read_text(encoding="utf-8")
    return list(yaml.safe_load(text.split("\n---")[0].removeprefix("---"))["releases"])


def day(value: object) -> str:
    """Return a day as text; what is only true or false is no day."""
    return value.isoformat() if isinstance(value, date) else ""


def common() -> Iterator[tuple[str, ...]]:
    """Rows of the products whose cycles are version numbers."""
    for cycle, released, ends in OLD_FORTIOS:
        yield ("fortios", cycle, "", f"FortiOS {cycle}", released, ends, "", AS_OF, PUBLISHERS["fortios"][2])
    for product, (file, label, source) in PUBLISHERS.items():
        for item in releases(file):
            cycle = str(item["releaseCycle"]).removeprefix("v")
            before_leap = product == "opensuse-leap" and re.match(r"1[0-4]\.", cycle)
            if re.fullmatch(r"[0-9.]+", cycle) and not before_leap:
                ends, extended = day(item.get("eol")), day(item.get("eoes"))
                if ends or item.get("eol") is False:
                    yield (product, cycle, "", f"{label} {cycle}", day(item.get("releaseDate")), ends, extended, AS_OF, source)


def distributions() -> Iterator[tuple[str, ...]]:
    """Debian (its end is that of long-term support, which needs no contract) and Ubuntu (extended: ESM)."""
    folder = DATA / "refdata/distro-info-data"
    for product, label, standard, extended, source in (
        ("debian", "Debian", "eol-lts", "eol-elts", "wiki.debian.org/LTS"),
        ("ubuntu", "Ubuntu", "eol", "eol-esm", "ubuntu.com/about/release-cycle"),
    ):
        with (folder / f"{product}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                cycle = (row["version"] or "").split()[0] if row["version"] else ""
                ends = row.get(standard) or row.get("eol") or ""
                if cycle and row["release"] and ends:
                    yield (product, cycle, "", f"{label} {row['version']}", row["release"], ends, row.get(extended) or "", AS_OF, source)


def windows() -> Iterator[tuple[str, ...]]:
    """Windows by build number, since the build does not depend on a language."""
    source = "learn.microsoft.com/lifecycle"
    for row in BY_HAND:
        yield (*row, AS_OF, source)
        if row[1] in NAMES.get(row[0], {}):
            yield (row[0], NAMES[row[0]][row[1]], *row[2:], AS_OF, source)
    for item in releases("windows"):
        cycle, build = str(item["releaseCycle"]), str(item["latest"]).split(".")[-1]
        name, _, edition = cycle.partition("-")[2].partition("-")
        if cycle.startswith(("10-", "11-")):
            words = {"enterprise": " Enterprise", "ltsc": " LTSC", "iot-ltsc": " IoT LTSC"}
            label = f"Windows {cycle[:2]} {name.upper()}{words.get(EDITIONS.get(edition, ''), '')}"
            yield ("windows", build, EDITIONS.get(edition, ""), label, *_days(item), AS_OF, source)
            # The same by name, for what people write: Windows 10 22H2, LTSC 2019.
            yield ("windows", f"{cycle[:2]}-{name}", EDITIONS.get(edition, ""), label, *_days(item), AS_OF, source)
        elif cycle.startswith("8"):
            for key in (build, cycle):
                yield ("windows", key, "", f"Windows {cycle}", *_days(item), AS_OF, source)
    for item in releases("windows-server"):
        cycle, build = str(item["releaseCycle"]), str(item["latest"]).split(".")[-1]
        if re.fullmatch(r"20(1[2-9]|2\d)(-r2)?", cycle):
            label = "Windows Server " + cycle.replace("-r2", " R2")
            for key in (build, cycle):
                yield ("windows-server", key, "", label, *_days(item), AS_OF, source)
        elif cycle.endswith(("-sac", "-ac")) and build not in ("17763",):
            yield ("windows-server", build, "", f"Windows Server {cycle.split('-')[0].upper()}", *_days(item), AS_OF, source)


def sql_server() -> Iterator[tuple[str, ...]]:
    """SQL Server by main version and by year; the dates are those of its last service pack."""
    best: dict[str, dict[str, Any]] = {}
    for item in releases("mssqlserver"):
        main = re.sub(r"^(\d+\.\d)0?(-.*)?$", r"\1", str(item["releaseCycle"]))
        if main not in best or day(item["eol"]) > day(best[main]["eol"]):
            best[main] = item
    for main, item in best.items():
        year = re.search(r"20\d\d( R2)?", str(item["releaseLabel"]))
        if year and int(year[0][:4]) >= 2005:
            for cycle in (f"{main}0" if main == "10.5" else main, year[0].replace(" ", "-").lower()):
                yield ("sql-server", cycle, "", f"SQL Server {year[0]}", *_days(item), AS_OF, "learn.microsoft.com/lifecycle")


def _days(item: dict[str, Any]) -> tuple[str, str, str]:
    return day(item.get("releaseDate")), day(item.get("eol")), day(item.get("eoes"))


def made() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return every row by product, cycle and edition, without its confidence."""
    return {row[:3]: row for row in (*common(), *distributions(), *windows(), *sql_server())}


def confidence(row: tuple[str, ...]) -> str:
    """Return high for a row of the collected facts, or one by hand whose last day stands there too; else medium."""
    product, cycle, label, ends = row[0], row[1], row[3], row[5]
    if product == "fortios":
        return "medium" if cycle in {name for name, _, _ in OLD_FORTIOS} else "high"
    if label not in {entry[3] for entry in BY_HAND if entry[0] == product}:
        return "high"
    collected = {(str(item["releaseCycle"]), day(item.get("eol"))) for item in releases(product)}
    return "high" if (CHECKED.get(label, ""), ends) in collected else "medium"


def with_confidence(row: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row with its confidence, its source with the collection it was taken from or compared with."""
    sure = confidence(row)
    collection = "distro-info-data" if row[0] in ("debian", "ubuntu") else "endoflife.date"
    return (*row[:-1], f"{row[-1]}; {collection if sure == 'high' else 'not compared'}", sure)


def main() -> int:
    """Write support.csv, sorted, one row per product, cycle and edition."""
    rows = made()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(with_confidence(row) for row in rows.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
