from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.access import LogSetting
from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.linux.logging import parse
from omamori.parse.sections import write_sections

_RUNNING = ("running", b"rsyslogd\nsearched\n", 0)


def _parsed(*sections: tuple[str, bytes, int], programs: bytes = b"/usr/sbin/rsyslogd\nsearched\n") -> Parsed:
    now = datetime(2026, 1, 15)
    data = write_sections([_RUNNING, ("programs", programs, 0), *sections])
    return parse(data, Context("linux.logging", now, now, privileged=True))


def _log(parsed: Parsed, name: str) -> LogSetting:
    return next(row for row in parsed.rows if row.log == name)


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("*.* @10.1.0.50", "10.1.0.50"),
        ("*.* @@log.example.jp:10514", "log.example.jp"),
        ("*.* @@(o)10.1.0.50:6514;RSYSLOG_Fmt", "10.1.0.50"),
        ('*.* action(type="omfwd" target="10.1.0.51" port="514" protocol="tcp")', "10.1.0.51"),
        ('action(type="omfwd"\n  target="10.1.0.52")', "10.1.0.52"),
        ("# *.* @10.1.0.50", None),
        ("mail.* -/var/log/mail.log", None),
        ("*.emerg :omusrmsg:*", None),
    ],
)
def test_where_a_copy_goes(line: str, target: str | None) -> None:
    assert _log(_parsed(("rsyslog", f"==> /etc/rsyslog.conf\n{line}\n".encode(), 0)), "rsyslog").forwarded_to == target


def test_days_kept_are_turns_times_period() -> None:
    text = b"==> /etc/logrotate.conf\nmonthly\nrotate 2\n==> /etc/logrotate.d/r\n/var/log/syslog\n/var/log/auth.log\n{\n rotate 7\n daily\n}\n/var/log/secure {\n}\n"
    assert _log(_parsed(("logrotate", text, 0)), "rsyslog").kept_days == 7


@pytest.mark.parametrize(
    ("storage", "folder", "persistent"),
    [("auto", True, True), ("auto", False, False), ("volatile", True, False), ("persistent", False, True)],
)
def test_whether_the_journal_survives(storage: str, folder: bool, persistent: bool) -> None:
    there = (
        b"drwxr-sr-x 3 root root 1 Jan 1 00:00 /var/log/journal\n" if folder else b"drwxr-sr-x 3 root root 1 Jan 1 00:00 /run/log/journal\n"
    )
    conf = f"==> /etc/systemd/journald.conf\n[Journal]\nStorage={storage}\nMaxRetentionSec=1month\nSystemMaxUse=1G\n".encode()
    row = _log(
        _parsed(("journald", conf, 0), ("journal-dir", there, 0), programs=b"/usr/bin/journalctl\nsystemd-journald\nsearched\n"), "journald"
    )
    assert (row.persistent, row.kept_days, row.max_bytes) == (persistent, 30, 1024**3)


def test_a_configuration_that_may_not_be_read() -> None:
    parsed = _parsed(("rsyslog", b"==> /etc/rsyslog.conf !unreadable\n", 13))
    assert not parsed.looks[0].complete
    audit = _parsed(("auditd", b"==> /etc/audit/auditd.conf !unreadable\n", 13))
    assert audit.looks[0].missing
