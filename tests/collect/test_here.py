"""This machine, the kit, and a machine over SSH: the same result by three ways."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from omamori.collect.here import collect_here
from omamori.collect.kit import write_kit
from omamori.collect.linux.script import probe_names
from omamori.collect.ssh import Failure, SshOptions, collect_over_ssh
from omamori.gate.error import GateError
from omamori.model.text import Text
from omamori.parse.kit_result import read_kit_result


class Hearing:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def progress(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def told(self, text: Text) -> None:
        raise AssertionError(text.en)


def test_this_machine_is_looked_at_whole() -> None:
    observer = Hearing()
    result = read_kit_result(collect_here(observer))
    names = probe_names()
    assert [item.kind for item in result.items] == [f"linux.{name}" for name in names]
    assert all(item.complete for item in result.items)
    assert observer.steps == [(number, len(names)) for number in range(1, len(names) + 1)]


def test_the_kit_is_whole_and_its_sums_are_right(tmp_path: Path) -> None:
    written = write_kit(tmp_path / "new" / "kit", version="1.2.3", built=date(2026, 1, 1))
    assert {path.name for path in written} == {
        "collect-linux.sh",
        "collect.cmd",
        "collect.ps1",
        "messages.ja.txt",
        "messages.en.txt",
        "machines.example.txt",
        "Windows-kit.ja.html",
        "Windows-kit.en.html",
        "For-the-owner.ja.html",
        "For-the-owner.en.html",
        "Notice-for-staff.ja.txt",
        "Notice-for-staff.en.txt",
        "Windows-by-hand.ja.html",
        "Windows-by-hand.en.html",
        "README.txt",
        "SHA256SUMS",
    }
    for line in (tmp_path / "new/kit/SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "new/kit" / name).read_bytes()).hexdigest() == digest
    readme = (tmp_path / "new/kit/README.txt").read_bytes()
    assert readme.startswith(b"\xef\xbb\xbf")
    assert readme.count(b"\r\n") == readme.count(b"\n")
    text = readme.decode("utf-8-sig")
    for word in ("1.2.3", "USB機器の接続履歴", "アカウント名", "Notice for staff", "history of USB devices"):
        assert word in text
    again = {path.name: path.read_bytes() for path in write_kit(tmp_path / "again", version="1.2.3", built=date(2026, 1, 1))}
    assert again == {path.name: path.read_bytes() for path in written}


def test_a_kit_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GateError) as caught:
        write_kit(tmp_path / "file", version="1", built=date(2026, 1, 1))
    assert str(tmp_path / "file") in caught.value.text.ja


def test_a_host_that_does_not_answer_is_a_failure_with_words(tmp_path: Path) -> None:
    known = tmp_path / "known_hosts"
    known.write_text("")
    ((target, result),) = collect_over_ssh(["admin@127.0.0.1:1"], SshOptions(known_hosts=known))
    assert target == "admin@127.0.0.1:1"
    assert isinstance(result, Failure)
    assert "127.0.0.1:1" in result.text.ja
