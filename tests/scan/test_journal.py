"""What a scan has done is kept so that nothing is asked twice, whatever became of the file."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from omamori.gate.knocked import Knocked
from omamori.scan.journal import Journal, knocked_json, spans_text

DIGEST = "ab" * 32
SEEN = datetime(2026, 11, 30, 12, 0)


def _knocked(address: str, **more: object) -> Knocked:
    values: dict[str, object] = {"answer": "syn-ack", "mac": "", "states": {22: "open", 23: "closed", 80: "filtered"}, "most_attempts": 2}
    return Knocked(ip_address(address), SEEN, **(values | more))  # type: ignore[arg-type]


def test_a_run_is_taken_up_where_it_was_left(tmp_path: Path) -> None:
    journal = Journal(tmp_path, DIGEST)
    with journal.begin("run-1") as record:
        for number in range(1, 5):
            record.begun(ip_address(f"10.1.0.{number}"))
        record.write({"omamori": "scan.run"})
        record.write(knocked_json(_knocked("10.1.0.1")))
        record.write(knocked_json(_knocked("10.1.0.2", whole=False, asked={22: 1, 80: 1})))
        record.write({"probed": "10.1.0.1"})
        record.write({"echoed": "10.1.0.1|104|PACS"})
        with record.path.open("a") as stream:
            stream.write('{"address": "10.1.0.3", "answer": "syn-')
    done = journal.done()
    assert done.whole == {ip_address("10.1.0.1")}
    assert done.partly == {ip_address("10.1.0.2"): ({22: 1, 80: 1}, {22: "open", 23: "closed"})}
    assert done.lost == {ip_address("10.1.0.3"), ip_address("10.1.0.4")}
    assert done.open_ports[ip_address("10.1.0.1")] == (22,)
    assert (done.probed, done.echoed) == ({ip_address("10.1.0.1")}, {"10.1.0.1|104|PACS"})
    (path,) = journal.unstored()
    journal.stored(path)
    assert list(journal.unstored()) == []
    assert journal.done() == done
    assert Journal(tmp_path, "cd" * 32).done().whole == set()


def test_what_a_later_run_ended_with_counts(tmp_path: Path) -> None:
    journal = Journal(tmp_path, DIGEST)
    for name, whole in (("run-1", False), ("run-2", True)):
        with journal.begin(name) as record:
            record.begun(ip_address("10.1.0.2"))
            record.write(knocked_json(_knocked("10.1.0.2", whole=whole, asked={} if whole else {22: 1})))
    done = journal.done()
    assert (done.whole, done.partly, done.lost) == ({ip_address("10.1.0.2")}, {}, set())


def test_a_new_round_begins_anew_and_time_counts_over_all(tmp_path: Path) -> None:
    journal = Journal(tmp_path, DIGEST)
    with journal.begin("run-1") as record:
        record.write(knocked_json(_knocked("10.1.0.1")))
    journal.use(12.5)
    journal.new_round()
    assert journal.done().whole == set()
    assert journal.used_seconds() == 12.5


def test_harmed_files_do_no_harm(tmp_path: Path) -> None:
    journal = Journal(tmp_path, DIGEST)
    with journal.begin("run-1") as record:
        for line in ('{"address": 5}', '{"address": "10.1.0.1", "open": 5}', '{"address": "10.1.0.2", "asked": {"x": "y"}}', "[]", "\x00"):
            record.path.open("a").write(line + "\n")
        record.begun(ip_address("10.1.0.1"))
    (tmp_path / "scan" / DIGEST[:16] / "used.json").write_text("nonsense")
    done = journal.done()
    assert (done.whole, done.lost) == (set(), {ip_address("10.1.0.1")})
    assert journal.used_seconds() == 0.0


def test_a_run_that_was_cut_off_after_an_earlier_one_had_told_in_part_is_not_asked_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path, DIGEST)
    with journal.begin("run-1") as record:
        record.begun(ip_address("10.1.0.2"))
        record.write(knocked_json(_knocked("10.1.0.2", whole=False, asked={22: 1})))
    with journal.begin("run-2") as record:
        record.begun(ip_address("10.1.0.2"))  # and then the power went
    done = journal.done()
    assert (done.partly, done.lost) == ({}, {ip_address("10.1.0.2")})
    assert [str(one) for one in done.left([ip_address("10.1.0.2"), ip_address("10.1.0.3")])] == ["10.1.0.3"]


def test_a_version_or_echo_that_was_begun_is_not_asked_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path, DIGEST)
    with journal.begin("run-1") as record:
        record.begun_probe(ip_address("10.1.0.2"))
        record.begun_echo("10.1.0.3|104|MY PACS")
    done = journal.done()
    assert (done.probed, done.echoed, done.lost) == ({ip_address("10.1.0.2")}, {"10.1.0.3|104|MY PACS"}, set())


def test_addresses_are_written_as_ranges_and_never_cut_in_the_middle() -> None:
    addresses = [ip_address(text) for text in ("10.1.0.1", "10.1.0.2", "10.1.0.9", "fd00::1", "fd00::2")]
    assert spans_text(addresses) == "10.1.0.1-10.1.0.2 10.1.0.9 fd00::1-fd00::2"
    assert spans_text(addresses, 28) == "10.1.0.1-10.1.0.2 10.1.0.9"
    assert spans_text([]) == ""
