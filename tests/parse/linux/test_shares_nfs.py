from __future__ import annotations

from omamori.model.access import Share, ShareAccess
from omamori.parse.linux.shares_nfs import nfs_rows
from omamori.parse.sections import read_sections, write_sections


def _rows(*sections: tuple[str, bytes, int]) -> tuple[dict[str, Share], set[tuple[str, str, str]], bool]:
    rows, problems, unread = nfs_rows(read_sections(write_sections(list(sections))))
    assert not problems
    shares = {row.name: row for row in rows if isinstance(row, Share)}
    return shares, {(row.share, row.principal, row.access) for row in rows if isinstance(row, ShareAccess)}, unread


def test_active_exports_with_a_broken_line() -> None:
    text = b"/srv/pacs     \t10.1.0.0/16(sync,wdelay,sec=sys,rw,secure,no_root_squash)\n/a/very/long/path\n\t\t<world>(sync,ro,sec=sys)\n"
    shares, access, _ = _rows(("exportfs", text, 0))
    assert access == {("/srv/pacs", "10.1.0.0/16", "root"), ("/a/very/long/path", "*", "read")}
    assert shares["/a/very/long/path"].hosts_allowed is None
    assert shares["/srv/pacs"].writable


def test_a_space_before_the_bracket_opens_it_to_the_world() -> None:
    _, access, _ = _rows(("exports", b"==> /etc/exports\n/srv 10.1.0.5 (rw)\n", 0))
    assert ("/srv", "*", "change") in access


def test_continued_lines_and_defaults() -> None:
    _, access, _ = _rows(("exports", b"==> /etc/exports\n/srv -rw 10.1.0.5 \\\n  10.1.0.6(ro)\n", 0))
    assert access == {("/srv", "10.1.0.5", "change"), ("/srv", "10.1.0.6", "change")}


def test_what_is_active_stands_before_the_file() -> None:
    _, access, _ = _rows(("exportfs", b"/srv 10.1.0.5(ro)\n", 0), ("exports", b"==> /etc/exports\n/srv *(rw)\n/b *(ro)\n", 0))
    assert access == {("/srv", "10.1.0.5", "read"), ("/b", "*", "read")}


def test_a_file_that_may_not_be_read_is_told() -> None:
    assert _rows(("exports", b"==> /etc/exports !unreadable\n", 13))[2]
