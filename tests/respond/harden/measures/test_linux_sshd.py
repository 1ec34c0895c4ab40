"""SSH settings: each finding's line, what is left alone, and no lines that would lock everybody out."""

from __future__ import annotations

from tests.respond.harden.linux_small import found, proposed, setting
from tests.respond.harden.small_traffic import row

from omamori.respond.harden.changes import HeadLines
from omamori.respond.harden.measures.linux_sshd import KIND

ROOT, WEAK, GUESS = (
    found("remote_login.ssh_root_password"),
    found("remote_login.weak_ciphers", "3des-cbc"),
    found("remote_login.guessing_unlimited"),
)
KEPT = setting("ssh_settings", "ciphers", "aes256-ctr,3des-cbc"), setting("ssh_settings", "macs", "hmac-sha2-256")


def lines(measures):
    return [line for one in measures for change in one.changes for line in change.lines]


def test_each_finding_has_its_lines_and_nothing_else() -> None:
    measures, left = proposed(KIND, [ROOT, WEAK, *KEPT])
    assert lines(measures) == ["PermitRootLogin prohibit-password", "Ciphers aes256-ctr"] and left == []
    # Held against what is in force when the script runs: lines at the head would win over what somebody made stricter.
    assert [change.was for one in measures for change in one.changes] == [
        (("permitrootlogin", "yes"),),
        (("ciphers", "aes256-ctr,3des-cbc"),),
    ]
    assert all(isinstance(change, HeadLines) and change.check[:2] == ("sshd", "-t") for one in measures for change in one.changes)
    assert [one.promises[0].check for one in measures] == [ROOT.check_id, WEAK.check_id]


def test_a_match_block_is_asked_about() -> None:
    measures, left = proposed(KIND, [ROOT, setting("ssh_settings", "permitrootlogin", "yes", match_rule="Address 10.0.0.1")])
    assert measures == [] and "Match" in left[0].why.en


def test_a_server_that_knows_only_weak_methods_is_left() -> None:
    measures, left = proposed(KIND, [WEAK, setting("ssh_settings", "ciphers", "3des-cbc")])
    assert measures == [] and "update OpenSSH" in left[0].why.en


def test_passwords_go_only_where_an_administrator_has_a_key() -> None:
    (by_hand,), _ = proposed(KIND, [GUESS])
    assert by_hand.changes == () and "guessed without limit" in by_hand.what.en
    account = row("accounts", asset="ehr", name="admin", administrator=True, enabled=True, authorized_keys=1)
    measures, _ = proposed(KIND, [GUESS, account])
    assert "PasswordAuthentication no" in lines(measures) and "for anybody" in measures[0].what.en
