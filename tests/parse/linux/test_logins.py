"""Logs of logins imported by hand; the machine's own look is in data/logins."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.interface import Context, EvidenceError
from omamori.parse.linux import logins
from omamori.parse.linux.logins import condensed, parse_log
from omamori.parse.registry import recognise

NOW = datetime(2026, 5, 6)
LOG = """May  1 00:00:05 jump systemd[1]: Started something.
May  5 13:00:00 jump sshd[5]: Accepted publickey for v from 203.0.113.8 port 10 ssh2: ED25519 SHA256:abc
May  5 13:00:00 jump CRON[9]: pam_unix(cron:session): session opened for user root
May  5 13:20:00 jump sshd[5]: Disconnected from user v 203.0.113.8 port 10
May  5 14:00:00 jump sshd[6]: Invalid user secret-word from 198.51.100.9 port 12
"""


def context(name="auth.log"):
    return Context("device.logins", NOW, NOW, file_name=name)


def test_a_log_is_known_by_what_it_holds() -> None:
    found = recognise(LOG.encode(), "copied.txt")
    assert found is not None and found.kind == "device.logins"
    assert recognise(b"May  1 00:00:05 jump systemd[1]: Started something.\n", "auth.log") is None
    assert recognise(b"\0" + LOG.encode(), "auth.log") is None


def test_one_machine_and_what_its_log_covers() -> None:
    kept = condensed([LOG.encode()[:100], LOG.encode()[100:]], context()).data
    assert b"secret-word" not in kept and b"abc" not in kept and b"CRON" not in kept
    parsed = parse_log(kept, context())
    assert parsed.identifiers == ("name:jump",)
    one, other = parsed.rows
    assert (one.asset, one.account, one.ended, one.own_clock) == ("", "v", datetime(2026, 5, 5, 13, 20), True)
    assert (other.account, other.accepted, other.peer_address) == (None, False, "198.51.100.9")
    (look,) = parsed.looks
    assert look.complete and look.covers_since == datetime(2026, 5, 1, 0, 0, 5)
    assert parse_log(LOG.encode(), context()) == parsed


def test_a_collector_tells_of_several_machines() -> None:
    parsed = parse_log((LOG + LOG.replace(" jump ", " vpn2 ")).encode(), context())
    assert {row.asset for row in parsed.rows} == {"jump", "vpn2"}
    assert dict(parsed.claims) == {"jump": ("name:jump",), "vpn2": ("name:vpn2",)}
    assert {look.asset for look in parsed.looks} == {"jump", "vpn2"}


def test_a_log_that_is_too_long_keeps_its_newest_lines_and_says_so(monkeypatch) -> None:
    monkeypatch.setattr(logins, "MOST_LINES", 2)
    parsed = parse_log(LOG.encode(), context())
    assert [row.account for row in parsed.rows] == [None]
    assert not parsed.looks[0].complete and "1" in parsed.problems[0].expected


def test_a_file_without_logins_is_refused() -> None:
    with pytest.raises(EvidenceError):
        parse_log(b"nothing here\n", context())
