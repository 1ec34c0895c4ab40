from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.linux.ssh import parse
from omamori.parse.sections import write_sections

_THERE = ("programs", b"/usr/sbin/sshd\nsearched\n", 0)


def _parsed(*sections: tuple[str, bytes, int], privileged: bool = False) -> Parsed:
    now = datetime(2026, 1, 15)
    return parse(write_sections(list(sections)), Context("linux.ssh", now, now, privileged=privileged))


def _values(parsed: Parsed) -> dict[tuple[str, str | None], str | None]:
    return {(row.name, row.match_rule): row.value for row in parsed.rows}


def test_the_first_value_of_a_setting_counts_and_includes_stand_in_place() -> None:
    config = (
        b"==> /etc/ssh/sshd_config\nInclude /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\n"
        b"==> /etc/ssh/sshd_config.d/a.conf\nPermitRootLogin no\n"
    )
    assert _values(_parsed(_THERE, ("config", config, 0)))[("permitrootlogin", None)] == "no"


def test_a_match_block_belongs_to_some_only() -> None:
    config = b"==> /etc/ssh/sshd_config\nMatch User vendor\nPasswordAuthentication yes\nMatch all\nX11Forwarding no\n"
    values = _values(_parsed(_THERE, ("config", config, 0)))
    assert values[("passwordauthentication", "User vendor")] == "yes"
    assert values[("x11forwarding", None)] == "no"


@pytest.mark.parametrize(("version", "expected"), [(b"OpenSSH_6.6.1p1", "yes"), (b"OpenSSH_7.4p1", "prohibit-password")])
def test_the_default_of_root_login_depends_on_the_version(version: bytes, expected: str) -> None:
    values = _values(_parsed(_THERE, ("version", version, 0), ("config", b"", 2)))
    assert values[("permitrootlogin", None)] == expected


def test_files_alone_are_not_the_whole_truth() -> None:
    (look,) = _parsed(_THERE, ("config", b"==> /etc/ssh/sshd_config\nPort 22\n", 0)).looks
    assert (look.complete, look.reason) == (False, "needs_administrator")


def test_no_server_is_a_complete_look_without_rows() -> None:
    parsed = _parsed(("programs", b"searched\n", 0))
    assert parsed.rows == ()
    assert parsed.looks[0].complete


def test_another_server_is_told() -> None:
    parsed = _parsed(("programs", b"/usr/sbin/dropbear\nsearched\n", 0))
    assert parsed.looks[0].reason == "not_understood"
    assert parsed.problems


def test_two_spellings_of_one_value() -> None:
    parsed = _parsed(_THERE, ("effective", b"permitrootlogin without-password\n", 0), privileged=True)
    assert _values(parsed) == {("permitrootlogin", None): "prohibit-password"}
    assert parsed.looks[0].complete
