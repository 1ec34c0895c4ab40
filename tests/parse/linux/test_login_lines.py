"""Lines of sshd: every form, hostile ones, and what may be stored of them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.linux.login_lines import is_zoned, read_line, stored

NOW = datetime(2026, 5, 6)
HEAD = "2026-05-05T13:00:00.123456+09:00 gw sshd[11]: "


@pytest.mark.parametrize(
    ("said", "what", "account", "peer", "method", "times"),
    [
        ("Accepted publickey for v from 203.0.113.8 port 1 ssh2: RSA SHA256:abc", "accepted", "v", "203.0.113.8", "publickey", 1),
        ("Accepted keyboard-interactive/pam for v from 203.0.113.8 port 1 ssh2", "accepted", "v", "203.0.113.8", "keyboard-interactive", 1),
        ("Accepted password for v from fe80::1%eth0 port 1 ssh2", "accepted", "v", "fe80::1", "password", 1),
        ("Accepted hostbased for v from 203.0.113.8 port 1 ssh2: RSA x", "accepted", "v", "203.0.113.8", "hostbased", 1),
        ("Failed password for v from 203.0.113.8 port 1 ssh2", "failed", "v", "203.0.113.8", "password", 1),
        ("message repeated 4 times: [ Failed password for v from 203.0.113.8 port 1 ssh2]", "failed", "v", "203.0.113.8", "password", 4),
        ("Failed password for invalid user x y from 1.1.1.1 port 2 ssh2 from 203.0.113.8 port 1 ssh2", "failed", None, "203.0.113.8", "password", 1),
        ("Invalid user  from 203.0.113.8 port 1", "gone", None, "203.0.113.8", None, 1),
        ("Connection reset by authenticating user v 203.0.113.8 port 1 [preauth]", "gone", "v", "203.0.113.8", None, 1),
        ("Disconnected from invalid user q 203.0.113.8 port 1 [preauth]", "gone", None, "203.0.113.8", None, 1),
        ("Disconnected from user v 203.0.113.8 port 1", "ended", "v", "203.0.113.8", None, 1),
        ("Connection closed by 203.0.113.8 port 1", "ended", None, "203.0.113.8", None, 1),
        ("Timeout, client not responding from user v 203.0.113.8 port 1", "ended", "v", "203.0.113.8", None, 1),
        ("Received disconnect from 203.0.113.8 port 1:11: disconnected by user", "ended", None, "203.0.113.8", None, 1),
        ("pam_unix(sshd:session): session closed for user v", "ended", "v", "", None, 1),
    ],
)  # fmt: skip
def test_forms(said, what, account, peer, method, times) -> None:
    line = read_line(HEAD + said, NOW)
    assert line is not None
    assert (line.what, line.account, line.peer, line.method, line.times) == (what, account, peer, method, times)
    assert (line.when, line.zoned, line.host, line.pid) == (datetime(2026, 5, 5, 4), True, "gw", "11")


@pytest.mark.parametrize(
    ("head", "when", "zoned", "host"),
    [
        ("May  5 13:00:00 gw sshd-session[11]: ", datetime(2026, 5, 5, 13), False, "gw"),
        ("Dec 31 23:00:00 gw sshd[11]: ", datetime(2025, 12, 31, 23), False, "gw"),
        ("2026-05-05T04:00:00+0000 gw sshd-auth[11]: ", datetime(2026, 5, 5, 4), True, "gw"),
        ("2026-05-05T04:00:00Z gw sshd[11]: ", datetime(2026, 5, 5, 4), True, "gw"),
        ("<38>May  5 13:00:00 gw sshd[11]: ", datetime(2026, 5, 5, 13), False, "gw"),
    ],
)
def test_moments(head, when, zoned, host) -> None:
    line = read_line(head + "Accepted password for v from 203.0.113.8 port 1 ssh2", NOW)
    assert line is not None and (line.when, line.zoned, line.host) == (when, zoned, host)
    assert is_zoned(head) is zoned


@pytest.mark.parametrize(
    "line",
    [
        "",
        HEAD + "Server listening on 0.0.0.0 port 22.",
        "May  5 13:00:00 gw sudo[11]: Accepted password for v from 203.0.113.8 port 1 ssh2",
        "May  5 13:00:00 gw app[3]: sshd[11]: Accepted password for v from 203.0.113.8 port 1 ssh2",
        HEAD + "Accepted password for v from 999.1.1.1 port 1 ssh2",
        HEAD + "Accepted password for v from 203.0.113.8 port 1 ssh2" + " " * 3000,
    ],
)
def test_what_is_no_login(line) -> None:
    assert read_line(line, NOW) is None


def test_a_name_no_account_has_and_a_fingerprint_are_not_stored() -> None:
    for said in (
        "Invalid user pa55 word from 203.0.113.8 port 1",
        "Failed password for invalid user pa55 word from 203.0.113.8 port 1 ssh2",
        "Connection closed by invalid user pa55 word 203.0.113.8 port 1 [preauth]",
        "Disconnected from invalid user pa55 word 203.0.113.8 port 1 [preauth]",
    ):
        kept = stored(HEAD + said)
        assert "pa55" not in kept
        again = read_line(kept, NOW)
        assert again is not None and again.peer == "203.0.113.8"
    assert "abc" not in stored(HEAD + "Accepted publickey for v from 203.0.113.8 port 1 ssh2: ED25519 SHA256:abc")


@given(st.text(max_size=200), st.sampled_from([HEAD, "May  5 13:00:00 gw sshd[1]: ", ""]))
def test_nothing_breaks_it(text, head) -> None:
    for said in (text, f"Accepted {text}", f"Failed password for {text} from {text}", f"message repeated 9 times: [ {text}]"):
        read_line(head + said, NOW)
        assert stored(head + said).isprintable()
