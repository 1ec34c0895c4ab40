from __future__ import annotations

from datetime import datetime

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.linux.files import parse
from omamori.parse.sections import write_sections


def _parsed(privileged: bool = True, **sections: str) -> Parsed:
    now = datetime(2026, 1, 15)
    named = {"sensitive": "", "homes": "", "walk": "", "programs": "", **sections}
    data = write_sections([(name, f"{text}\nsearched\n".encode(), 0) for name, text in named.items()])
    return parse(data, Context("linux.files", now, now, privileged=privileged))


def test_kinds_and_modes() -> None:
    parsed = _parsed(
        sensitive="640 root shadow regular file /etc/shadow\n755 root root directory /etc/cron.d\n777 root root symbolic link /etc/x",
        homes="700 sato sato directory /home/sato\n600 sato sato regular file /home/sato/.ssh/authorized_keys",
        walk="setuid 4755 root root /usr/bin/su\nworld-writable 777 root root /srv/a b",
        programs="755 app app regular file /opt/run",
    )
    assert [(row.kind, row.mode, row.path) for row in parsed.rows] == [
        ("sensitive", "0640", "/etc/shadow"),
        ("cron", "0755", "/etc/cron.d"),
        ("home", "0700", "/home/sato"),
        ("sensitive", "0600", "/home/sato/.ssh/authorized_keys"),
        ("setuid", "4755", "/usr/bin/su"),
        ("world-writable", "0777", "/srv/a b"),
        ("service-program", "0755", "/opt/run"),
    ]
    assert parsed.looks[0].complete


def test_a_walk_cut_short_is_not_complete() -> None:
    assert not _parsed(walk="cut /srv").looks[0].complete


def test_an_ordinary_user_sees_less() -> None:
    assert _parsed(privileged=False).looks[0].reason == "needs_administrator"


def test_a_line_that_is_not_understood_is_told() -> None:
    parsed = _parsed(walk="setuid rwxr-xr-x root")
    assert parsed.problems
    assert parsed.looks[0].reason == "not_understood"
