from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.model.access import Account, GroupMember
from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.linux.accounts import parse
from omamori.parse.sections import write_sections

_PASSWD = b"root:x:0:0::/root:/bin/bash\nsato:x:1000:100::/home/sato:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\n"
_GROUP = b"root:x:0:\nusers:x:100:\nsudo:x:27:sato\n"


def _parsed(*sections: tuple[str, bytes, int], privileged: bool = True) -> Parsed:
    now = datetime(2026, 1, 15)
    base = [("passwd", _PASSWD, 0), ("group", _GROUP, 0)]
    return parse(write_sections([*base, *sections]), Context("linux.accounts", now, now, privileged=privileged))


def _account(parsed: Parsed, name: str) -> Account:
    return next(row for row in parsed.rows if isinstance(row, Account) and row.name == name)


@pytest.mark.parametrize(
    ("state", "keys", "expires", "enabled"),
    [
        ("P", "0", "never", True),
        ("L", "0", "never", False),
        ("L", "2", "never", True),
        ("P", "0", "Jan 14, 2026", False),
        ("NP", "0", "never", True),
    ],
)
def test_whether_somebody_can_log_in(state: str, keys: str, expires: str, enabled: bool) -> None:
    parsed = _parsed(
        ("states", f"sato {state} 2020-01-31 0 90 7 -1\n".encode(), 0),
        ("keys", f"sato {keys}\n".encode(), 0),
        ("expiry", f"sato Account expires\t\t: {expires}\n".encode(), 0),
    )
    sato = _account(parsed, "sato")
    assert sato.enabled is enabled
    assert (sato.password_changed, sato.password_max_days) == (date(2020, 1, 31), 90)


def test_an_unknown_number_of_keys_leaves_a_locked_account_open_to_question() -> None:
    parsed = _parsed(("states", b"sato L 2020-01-31 0 99999 7 -1\n", 0), ("keys", b"sato ?\n", 0))
    assert _account(parsed, "sato").enabled is None
    (look,) = [look for look in parsed.looks if look.table == "accounts"]
    assert {"authorized_keys", "enabled"} <= set(look.missing)


def test_the_group_of_the_account_itself_counts() -> None:
    members = {(row.group_name, row.member) for row in _parsed().rows if isinstance(row, GroupMember)}
    assert members == {("root", "root"), ("users", "sato"), ("sudo", "sato")}


def test_an_ordinary_user_knows_what_he_did_not_see() -> None:
    (look,) = [look for look in _parsed(privileged=False).looks if look.table == "accounts"]
    assert look.reason == "needs_administrator"
    assert {"password_state", "last_login"} <= set(look.missing)


def test_the_last_login_is_told_in_utc() -> None:
    text = b"Username Port From Latest\nsato pts/0 10.1.0.5 Thu Jan  1 08:00:00 +0900 2026\n"
    assert _account(_parsed(("lastlog", text, 0)), "sato").last_login == datetime(2025, 12, 31, 23)


def test_system_accounts_are_told_apart() -> None:
    parsed = _parsed()
    assert _account(parsed, "daemon").system
    assert not _account(parsed, "sato").system
    assert _account(parsed, "root").administrator
