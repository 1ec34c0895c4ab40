from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.access import PasswordPolicy
from omamori.parse.interface import Context
from omamori.parse.linux.password_policy import parse
from omamori.parse.sections import write_sections


def _policy(pam: str, *others: tuple[str, bytes, int]) -> PasswordPolicy:
    now = datetime(2026, 1, 15)
    sections = [("pam", f"==> /etc/pam.d/system-auth\n{pam}\n".encode(), 0), *others]
    (row,) = parse(write_sections(sections), Context("linux.password_policy", now, now)).rows
    assert isinstance(row, PasswordPolicy)
    return row


@pytest.mark.parametrize(
    ("pam", "length", "complexity"),
    [
        ("password requisite pam_pwquality.so retry=3", 8, False),
        ("password requisite pam_pwquality.so minlen=13 minclass=3", 13, True),
        ("password requisite pam_pwquality.so minlen=12 dcredit=1 ucredit=1", 10, False),
        ("password requisite pam_pwquality.so minlen=8 dcredit=-1", 8, True),
        ("password requisite pam_cracklib.so", 6, False),
        ("password requisite pam_passwdqc.so min=disabled,24,12,10,9", 9, True),
        ("password [success=1 default=ignore] pam_unix.so obscure yescrypt", 6, False),
        ("password sufficient pam_unix.so minlen=5", 5, False),
    ],
)
def test_length_and_kinds(pam: str, length: int, complexity: bool) -> None:
    policy = _policy(pam)
    assert (policy.min_length, policy.complexity) == (length, complexity)


@pytest.mark.parametrize(
    ("pam", "threshold", "minutes"),
    [
        ("auth required pam_unix.so", 0, None),
        ("auth required pam_faillock.so preauth", 3, 10),
        ("auth required pam_faillock.so preauth deny=5 unlock_time=0", 5, 0),
        ("auth required pam_tally2.so deny=5 unlock_time=90", 5, 2),
        ("auth required pam_tally2.so", 0, None),
        ("account required pam_faillock.so", 0, None),
    ],
)
def test_lockout(pam: str, threshold: int, minutes: int | None) -> None:
    policy = _policy(pam)
    assert (policy.lockout_threshold, policy.lockout_minutes or None) == (threshold, minutes or None)


def test_the_argument_of_the_module_stands_before_its_file() -> None:
    conf = ("pwquality", b"==> /etc/security/pwquality.conf\nminlen = 14\n", 0)
    assert _policy("password requisite pam_pwquality.so", conf).min_length == 14
    assert _policy("password requisite pam_pwquality.so minlen=9", conf).min_length == 9


def test_method_and_ageing() -> None:
    defs = ("login-defs", b"==> /etc/login.defs\nPASS_MAX_DAYS\t90\nENCRYPT_METHOD MD5\n", 0)
    policy = _policy("password sufficient pam_unix.so", defs)
    assert (policy.hash_algorithm, policy.max_days) == ("MD5", 90)
    assert _policy("password sufficient pam_unix.so sha512", defs).hash_algorithm == "SHA512"
    assert _policy("password sufficient pam_unix.so").hash_algorithm == "DES"
