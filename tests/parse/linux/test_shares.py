from __future__ import annotations

from datetime import datetime

from omamori.model.access import Share, ShareAccess
from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.linux.shares import parse
from omamori.parse.sections import write_sections

_SAMBA = ("programs", b"/usr/sbin/smbd\nsearched\n", 0)


def _parsed(*sections: tuple[str, bytes, int]) -> Parsed:
    now = datetime(2026, 1, 15)
    return parse(write_sections(list(sections)), Context("linux.shares", now, now, privileged=True))


def _access(parsed: Parsed) -> set[tuple[str, str, str]]:
    return {(row.share, row.principal, row.access) for row in parsed.rows if isinstance(row, ShareAccess)}


def test_who_may_write() -> None:
    text = b"[global]\n[lab]\nvalid users = @lab, doctor\nread list = doctor\nread only = No\n[forms]\nwrite list = clerk\n"
    assert _access(_parsed(_SAMBA, ("testparm", text, 0))) == {
        ("lab", "@lab", "change"),
        ("lab", "doctor", "read"),
        ("forms", "*", "read"),
        ("forms", "clerk", "change"),
    }


def test_a_share_inherits_from_global() -> None:
    (share,) = [
        row
        for row in _parsed(_SAMBA, ("testparm", b"[global]\nguest ok = yes\nhosts allow = 10.\n[a]\npath = /a\n", 0)).rows
        if isinstance(row, Share)
    ]
    assert (share.guest, share.hosts_allowed, share.writable) == (True, "10.", False)


def test_homes_are_everybodys_own_and_printers_are_no_shares() -> None:
    text = b"[homes]\nread only = No\n[printers]\npath = /x\n[p1]\nprintable = Yes\n"
    assert _access(_parsed(_SAMBA, ("testparm", text, 0))) == {("homes", "%S", "change")}


def test_the_file_alone_does_not_tell_the_defaults() -> None:
    parsed = _parsed(_SAMBA, ("testparm", b"", 127), ("smbconf", b"==> /etc/samba/smb.conf\n[a]\npath=/a\n", 0))
    assert parsed.rows
    assert not any(look.complete for look in parsed.looks)


def test_no_server_is_complete() -> None:
    parsed = _parsed(("programs", b"searched\n", 0))
    assert parsed.rows == ()
    assert all(look.complete for look in parsed.looks)
