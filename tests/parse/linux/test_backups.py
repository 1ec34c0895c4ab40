from __future__ import annotations

from datetime import datetime

from omamori.model.host import ScheduledBackup
from omamori.parse.interface import Context
from omamori.parse.linux.backups import parse
from omamori.parse.sections import write_sections


def _jobs(cron: str = "", units: str = "searched", runs: str = "") -> dict[str, ScheduledBackup]:
    now = datetime(2026, 1, 15)
    sections = [("cron", cron.encode(), 0), ("units", units.encode(), 0), ("runs", runs.encode(), 0)]
    return {row.job: row for row in parse(write_sections(sections), Context("linux.backups", now, now, privileged=True)).rows}


def test_system_tables_name_an_account_and_own_tables_do_not() -> None:
    found = _jobs(
        "==> /etc/cron.d/b\n0 2 * * * root rsync -a /a nas:/a\n==> /var/spool/cron/crontabs/pacs\n@daily rsync -a /b nas:/b\nMAILTO=x\n"
    )
    assert {job: (row.schedule, row.target) for job, row in found.items()} == {
        "/etc/cron.d/b#1": ("0 2 * * *", "nas:/a"),
        "/var/spool/cron/crontabs/pacs": ("@daily", "nas:/b"),
    }


def test_the_last_run_of_a_script() -> None:
    cron = "==> /etc/crontab\n0 2 * * * root /opt/rsync /a nas:/a\n"
    runs = "2026-01-14T02:00:01+0000 h CRON[1]: (root) CMD (/opt/rsync /a nas:/a)\nsearched"
    assert _jobs(cron, runs=runs)["/etc/crontab#1"].last_run == datetime(2026, 1, 14, 2, 0, 1)


def test_a_unit_needs_a_timer_and_templates_do_not_run() -> None:
    unit = "==> /etc/systemd/system/{name}.service\nExecStart=/usr/bin/restic -r /mnt/x backup /srv\n{timer}"
    timer = "OnCalendar=daily\nservice Result=success\ntimer UnitFileState=enabled\ntimer LastTriggerUSec=Wed 2026-01-14 00:00:00 UTC\n"
    units = unit.format(name="a", timer=timer) + unit.format(name="b", timer="") + unit.format(name="c@", timer=timer) + "searched"
    found = _jobs(units=units)
    assert set(found) == {"a"}
    assert (found["a"].last_result, found["a"].last_run, found["a"].enabled) == ("success", datetime(2026, 1, 14), True)


def test_closed_tables_are_told() -> None:
    now = datetime(2026, 1, 15)
    sections = [("cron", b"==> /var/spool/cron/crontabs !unreadable\n", 13), ("units", b"searched\n", 0)]
    (look,) = parse(write_sections(sections), Context("linux.backups", now, now, privileged=True)).looks
    assert look.reason == "needs_administrator"
