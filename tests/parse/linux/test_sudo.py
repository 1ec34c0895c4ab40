from __future__ import annotations

from datetime import datetime

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.linux.sudo import parse
from omamori.parse.sections import write_sections

_THERE = ("programs", b"/usr/bin/sudo\nsearched\n", 0)


def _parsed(text: str, *others: tuple[str, bytes, int]) -> Parsed:
    now = datetime(2026, 1, 15)
    files = ("sudoers", ("==> /etc/sudoers\n" + text).encode(), 0)
    return parse(write_sections([_THERE, files, *others]), Context("linux.sudo", now, now, privileged=True))


def _rules(parsed: Parsed) -> set[tuple[str, str | None, str | None, bool | None]]:
    return {(row.who, row.run_as, row.command, row.no_password) for row in parsed.rows}


def test_aliases_of_aliases_are_written_out() -> None:
    text = "User_Alias A = sato, B : B = nurse\nCmnd_Alias C = /bin/a, /bin/b\nA ALL = C\n"
    assert _rules(_parsed(text)) == {(who, "root", command, False) for who in ("sato", "nurse") for command in ("/bin/a", "/bin/b")}


def test_an_alias_of_itself_ends() -> None:
    assert _rules(_parsed("User_Alias A = A, sato\nA ALL=ALL\n")) == {("sato", "root", "ALL", False)}


def test_a_tag_holds_for_what_follows() -> None:
    text = "ops ALL=(db:db) NOPASSWD: /bin/a, SETENV: /bin/b, PASSWD: /bin/c\n"
    assert _rules(_parsed(text)) == {("ops", "db", "/bin/a", True), ("ops", "db", "/bin/b", True), ("ops", "db", "/bin/c", False)}


def test_comments_and_numbers() -> None:
    assert _rules(_parsed("# ops ALL=ALL\n#1000 ALL=(ALL) ALL # why\n")) == {("#1000", "ALL", "ALL", False)}


def test_a_file_that_sudo_leaves_out() -> None:
    parsed = _parsed("==> /etc/sudoers.d/old.bak\nops ALL=ALL\n")
    assert parsed.rows == ()
    assert parsed.looks[0].complete


def test_a_line_that_is_no_rule_is_told() -> None:
    parsed = _parsed("what is this\n")
    assert [problem.line for problem in parsed.problems] == [7]
    assert not parsed.looks[0].complete


def test_an_include_elsewhere_is_not_silently_left_out() -> None:
    assert _parsed("@include /opt/vendor/sudoers\n").looks[0].reason == "not_understood"


def test_without_root_only_the_own_rules() -> None:
    now = datetime(2026, 1, 15)
    listed = b"User sato may run the following commands on ehr:\n    (ALL : ALL) NOPASSWD: ALL\n"
    data = write_sections([_THERE, ("sudoers", b"==> /etc/sudoers !unreadable\n", 13), ("list", listed, 0)])
    parsed = parse(data, Context("linux.sudo", now, now, privileged=False))
    assert _rules(parsed) == {("sato", "ALL", "ALL", True)}
    assert parsed.looks[0].reason == "needs_administrator"
