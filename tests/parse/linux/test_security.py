from __future__ import annotations

from datetime import date, datetime

from omamori.model.access import SecurityProduct
from omamori.parse.interface import Context
from omamori.parse.linux.security import parse
from omamori.parse.sections import write_sections


def _products(running: str = "", paths: str = "", *others: tuple[str, bytes, int]) -> dict[str, SecurityProduct]:
    now = datetime(2026, 1, 15)
    base = [("running", f"{running}\nsearched .\n".encode(), 0), ("paths", f"{paths}\nsearched\n".encode(), 0)]
    return {row.name: row for row in parse(write_sections([*base, *others]), Context("linux.security", now, now, privileged=True)).rows}


def test_installed_and_running_are_two_things() -> None:
    found = _products("ds_agent", "/opt/ds_agent\n/opt/CrowdStrike")
    assert (found["deep-security"].running, found["falcon"].running) == (True, False)


def test_a_process_alone_is_enough() -> None:
    assert _products("falcon-sensor")["falcon"].running


def test_the_newest_definitions_count() -> None:
    text = b"/var/lib/clamav/main.cvd ClamAV-VDB:16 Sep 2021 08-32 -0400:62\n/var/lib/clamav/daily.cld ClamAV-VDB:07 Jan 2026 09-41\n"
    assert _products("clamd", "/usr/sbin/clamd", ("signatures", text, 0))["clamav"].signatures == date(2026, 1, 7)


def test_states_of_confinement() -> None:
    assert _products("", "", ("selinux", b"enforce 1\n", 0))["selinux"].mode == "enforcing"
    disabled = ("selinux-config", b"==> /etc/selinux/config\n# SELINUX=enforcing\nSELINUX=disabled\n", 0)
    assert _products("", "", ("selinux", b"", 127), disabled)["selinux"].running is False
    enabled = ("apparmor", b"==> /sys/module/apparmor/parameters/enabled\nY\n", 0)
    profiles = ("apparmor-profiles", b"==> /sys/kernel/security/apparmor/profiles\n/usr/sbin/a (complain)\n", 0)
    assert _products("", "", enabled, profiles)["apparmor"].mode == "complain"
    assert _products("", "", enabled)["apparmor"].mode is None


def test_integrity_works_only_with_a_baseline() -> None:
    assert _products("", "/usr/bin/aide")["aide"].running is False
    baseline = ("baselines", b"-rw------- 1 root root 1 2025-11-02 /var/lib/aide/aide.db\nsearched\n", 0)
    assert _products("", "/usr/bin/aide", baseline)["aide"].signatures == date(2025, 11, 2)


def test_a_search_cut_off_is_not_collected() -> None:
    now = datetime(2026, 1, 15)
    data = write_sections([("running", b"clamd\n", 0), ("paths", b"searched\n", 0)])
    assert parse(data, Context("linux.security", now, now)).rows == ()
