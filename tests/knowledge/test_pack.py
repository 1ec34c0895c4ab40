"""The starter pack: whole, sourced, and right about what broke the published hospitals."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from omamori.knowledge.pack import FILES, PackError, read_pack, starter_pack

PACK = starter_pack()


def files() -> dict[str, bytes]:
    folder = resources.files("omamori.knowledge") / "starter"
    return {name: (folder / name).read_bytes() for name in FILES}


@pytest.mark.parametrize(
    ("product", "version", "edition", "ends"),
    [
        ("debian", "10", "", "2024-06-30"),
        ("debian", "12.5", "", "2028-06-30"),
        ("ubuntu", "20.04", "", "2025-05-29"),
        ("rhel", "7.9", "", "2024-06-30"),
        ("centos", "7", "", "2024-06-30"),
        ("windows", "7601", "", "2020-01-14"),
        ("windows", "2600", "", "2014-04-08"),
        ("windows", "19045", "", "2025-10-14"),
        ("windows", "19044", "", "2023-06-13"),
        ("windows", "19044", "enterprise", "2024-06-11"),
        ("windows", "19044", "ltsc", "2027-01-12"),
        ("windows", "17763", "iot-ltsc", "2029-01-09"),
        ("windows-server", "9600", "", "2023-10-10"),
        ("windows-server", "2012-r2", "", "2023-10-10"),
        ("windows-server", "14393", "", "2027-01-12"),
        ("sql-server", "2012", "", "2022-07-12"),
        ("sql-server", "15.0.4322.2", "", "2030-01-08"),
        ("fortios", "6.0.4", "", "2022-09-29"),
        ("postgresql", "9.6.24-1.pgdg100+1", "", "2021-11-11"),
        ("php", "7.4.33", "", "2022-11-28"),
        ("esxi", "6.7", "", "2022-10-15"),
    ],
)
def test_support_dates(product, version, edition, ends):
    fact = PACK.support_of(product, version, edition)
    assert fact is not None
    assert str(fact.ends) == ends


def test_what_the_pack_does_not_know_is_none():
    assert PACK.support_of("debian", "99") is None
    assert PACK.support_of("rtx", "14") is None
    assert PACK.support_of("windows", "760") is None


@pytest.mark.parametrize(
    ("product", "version", "release", "flaw", "expected"),
    [
        ("fortios", "6.0.4", "", "CVE-2018-13379", True),
        ("fortios", "6.0.5", "", "CVE-2018-13379", False),
        ("fortios", "7.2.2", "", "CVE-2022-42475", True),
        ("fortios", "7.2.3", "", "CVE-2022-42475", False),
        ("fortios", "6.0.17", "", "CVE-2024-21762", True),
        ("fortios", "7.4.3", "", "CVE-2024-21762", False),
        ("sudo", "1.8.27-1+deb10u2", "debian 10", "CVE-2021-3156", True),
        ("sudo", "1.8.27-1+deb10u3", "debian 10", "CVE-2021-3156", False),
        ("polkit", "0.115-13.el8_5.1", "rhel 8", "CVE-2021-4034", False),
        ("polkit", "0.115-12.el8", "rhel 8", "CVE-2021-4034", True),
        ("openssh", "1:9.2p1-2+deb12u2", "debian 12", "CVE-2024-6387", True),
        ("openssh", "1:9.2p1-2+deb12u3", "debian 12", "CVE-2024-6387", False),
        ("samba", "2:4.3.11+dfsg-0ubuntu0.16.04.6", "ubuntu 16.04", "CVE-2017-7494", True),
        ("connect-secure", "9.1R11.3", "", "CVE-2021-22893", True),
        ("connect-secure", "9.1R11.4", "", "CVE-2021-22893", False),
        ("cisco-asa", "9.8(4)12", "", "CVE-2020-3452", True),
        ("cisco-asa", "9.8(4)20", "", "CVE-2020-3452", False),
    ],
)
def test_flaws(product, version, release, flaw, expected):
    found = {match.flaw.flaw: match for match in PACK.flaws_of(product, version, release)}
    assert (flaw in found) is expected
    assert not expected or not found[flaw].undecided


def test_a_version_nobody_can_read_is_undecided():
    found = PACK.flaws_of("fortios", "7.2")
    assert found and all(match.undecided for match in found)


def test_windows_flaws_stand_with_all_updates_that_repair_them():
    eternal = next(flaw for flaw in PACK.flaws_about("windows", "7601") if flaw.flaw == "CVE-2017-0144")
    assert {"4012212", "4012215", "4019264"} <= set(eternal.patches)
    assert eternal.ransomware
    assert PACK.flaws_about("windows", "26100") == ()


@pytest.mark.parametrize(
    ("text", "product"), [("FortiGate 60E", "fortios"), ("Cisco ASA 5505", "cisco-asa"), ("YAMAHA RTX1210", None), (None, None)]
)
def test_devices_by_the_words_people_use(text, product):
    found = PACK.product_named(text)
    assert (found.product if found else None) == product


def test_every_flaw_and_date_has_a_source_and_no_row_stands_twice():
    assert all(fact.source and fact.as_of for fact in (*PACK.support, *PACK.flaws))
    assert len({(fact.product, fact.cycle, fact.edition) for fact in PACK.support}) == len(PACK.support)
    rows = [(flaw.flaw, flaw.product, flaw.release, flaw.since, flaw.before) for flaw in PACK.flaws]
    assert len(set(rows)) == len(rows)
    assert len({product.product for product in PACK.remote_products()}) == len(PACK.remote_products()) > 30


def test_version_is_the_content_and_age_is_counted_from_the_newest_fact():
    changed = files()
    changed["support.csv"] += b"own,1,,Own 1,,2030-01-01,,2027-01-01,us\n"
    other = read_pack(changed)
    assert other.version != PACK.version and read_pack(files()).version == PACK.version
    assert other.age_days(date(2027, 1, 31)) == 30 and other.age_days(date(2026, 1, 1)) == 0


def test_a_damaged_pack_says_what_is_wrong():
    with pytest.raises(PackError, match=r"lacks flaws\.csv"):
        read_pack({name: data for name, data in files().items() if name != "flaws.csv"})
    with pytest.raises(PackError, match="not UTF-8"):
        read_pack(files() | {"flaws.csv": b"\xff\xfe"})
    with pytest.raises(PackError, match=r"support\.csv: line 2: cycle is empty"):
        read_pack(files() | {"support.csv": b"product,cycle\ndebian,\n"})
