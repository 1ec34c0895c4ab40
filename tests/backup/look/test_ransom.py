"""What is known of ransomware's endings and notes."""

from __future__ import annotations

import pytest

from omamori.backup.look.kinds import is_known
from omamori.backup.look.ransom import known_ransom, read_ransom


def test_endings_and_notes_are_known() -> None:
    known = known_ransom()
    assert known.ending("lockbit") is True and known.ending("locked") is False and known.ending("pdf") is None
    assert known.ending("ragnar_1a2b") is True
    assert known.note("Restore-My-Files.txt") is True and known.note("xyz.README.txt") is False and known.note("readme.txt") is None
    assert known.note("検査_HOW_TO_DECRYPT.txt") is True


def test_no_everyday_ending_is_called_ransomware() -> None:
    known = known_ransom()
    assert [ending for ending in known.endings if is_known(ending)] == []
    assert [pattern.pattern for pattern, sure in known.note_patterns if sure and pattern.fullmatch("readme.txt")] == []
    for name in ("README.md", "readme.txt", "Decrypt.java", "restore.log", "recovery.sql", "index.html", "手順書.txt"):
        assert known.note(name) is None, name


@pytest.mark.parametrize("line", ["ending,LOCKED,yes", "mark,x,yes", "note,x,perhaps", "note,,yes"])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"ransom\.csv"):
        read_ransom(f"what,pattern,sure\n{line}\n")
