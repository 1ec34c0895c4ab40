"""What is sent to a device is read by its shell as it was meant, whatever stands in it; what it answers is somebody else's word."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.respond.isolate.device import Order, by_our_clock, cut_id, read_answer, script, undo_text
from omamori.respond.isolate.sendable import OwnTable

TABLE = OwnTable("inet", "own")
SHELLS = [words for words in (["dash"], ["bash"], ["busybox", "sh"]) if shutil.which(words[0])]
NASTY = "$(touch hit) `touch hit` '\"; touch hit\n\\EOF\nOMAMORI-\n${x}\t日本\n"


@pytest.mark.parametrize("shell", SHELLS, ids=lambda words: words[0])
def test_a_shell_takes_the_text_as_it_is(shell: list[str], tmp_path: Path) -> None:
    order = Order("check", "0123456789abcdef", "切る $(touch hit) 'x'", NASTY, TABLE, about={"who": "a\nb=$(touch hit)", "stage": "1"})
    sent = (
        script(order)
        .decode()
        .replace("/var/lib/omamori-block", str(tmp_path / "state"))
        .replace("/run/omamori-block", str(tmp_path / "state"))
    )
    (tmp_path / "state").mkdir()
    (tmp_path / "bin").mkdir()
    # What the device's own program would do is the system test's; here it only has to be called rightly.
    sent = sent.replace("; . ", '; echo "$1|$2|$3|$4"; : ')
    done = subprocess.run([*shell, "-s", "--", "-"], input=sent.encode(), cwd=tmp_path, capture_output=True, check=False)
    assert done.stdout.decode() == f"check|{cut_id(order.cut)}|0123456789abcdef|0\n", done.stderr
    folder = tmp_path / "state" / "order.0123456789abcdef"
    assert (folder / "apply").read_text() == NASTY
    assert (folder / "undo").read_text() == undo_text(TABLE) == "table inet own\ndelete table inet own\n"
    assert (folder / "about").read_text().splitlines() == [
        "family=inet", "table=own", f"cut={order.cut}", "who=a b=$(touch hit)", "stage=1"
    ]  # fmt: skip
    assert not (tmp_path / "hit").exists()
    # A power cut leaves half a program: it is not run, and is whole again the next time.
    (program,) = (tmp_path / "state").glob("block-*.sh")
    text = program.read_text()
    program.write_text(text[: len(text) // 2])
    again = subprocess.run([*shell, "-s", "--", "-"], input=sent.encode(), cwd=tmp_path, capture_output=True, check=False)
    assert again.stdout == done.stdout and program.read_text() == text == (tmp_path / "state" / "block.sh").read_text()
    assert not list((tmp_path / "state").glob("block.new*"))
    subprocess.run([*shell, "-n", str(tmp_path / "state" / "block.sh")], check=True)


def test_what_no_order_may_hold_is_refused() -> None:
    for order in (Order("reboot", "0123456789abcdef"), Order("undo", "x; y"), Order("check", "01234567", "c", "OMAMORI-01234567\n", TABLE)):
        with pytest.raises(ValueError, match="not a"):
            script(order)


def test_an_answer_is_read() -> None:
    said = (
        "now=5\nblock=0011223344556677\n  cut=1-backup\n  stage=1\n  who=福井\n  since=1767225600\n  until=1767226200\n  state=waiting\n  token=aa\n"
        "  present=yes\n  ticking=yes\npast=aa\n  cut=1-backup\n  stage=1\nlog=1767225600\tapply\t0011223344556677\taa\tdone\tboot\nlog=broken\nend=0\n"
    )
    answer = read_answer(said.encode())
    (one,) = answer.blocks
    assert answer.whole and not answer.error and answer.one("now") == "5"
    assert (one.cut, one.stage, one.since, one.until) == ("1-backup", 1, datetime(2026, 1, 1), datetime(2026, 1, 1, 0, 10))
    assert (one.present, one.ticking, one.restarted, one.state) == (True, True, False, "waiting")
    assert answer.past["aa"] == {"cut": "1-backup", "stage": "1"}
    assert [(event.what, event.token, event.outcome) for event in answer.log] == [("apply", "aa", "done")]


def test_moments_of_a_device_whose_clock_is_wrong_are_told_by_ours() -> None:
    said = b"now=1000000600\nblock=00\n  since=1000000000\n  until=99999999999\nlog=1000000500\ttimer\t00\taa\tpresent\tboot\nend=0\n"
    now = datetime(2026, 1, 1, 12)
    answer, ahead = by_our_clock(read_answer(said), now)
    (one,), (event,) = answer.blocks, answer.log
    assert ahead < -timedelta(days=20 * 365) and one.since == now - timedelta(minutes=10) and event.moment == now - timedelta(seconds=100)
    assert by_our_clock(read_answer(said.replace(b"now=1000000600", b"now=99999999999")), now)[0].blocks[0].since is None
    assert by_our_clock(read_answer(b"end=0\n"), now) == (read_answer(b"end=0\n"), timedelta())
    late = read_answer(said.replace(b"log=1000000500", b"log=99999999998"))
    assert by_our_clock(late, now)[0].log[0].moment == now, "nothing was done after it was asked"


def test_an_answer_that_broke_off_is_not_whole() -> None:
    assert not read_answer(b"block=0011223344556677\n  present=yes\n").whole


@given(st.binary(max_size=400) | st.text("abc=\n \tblock past log end 0123456789").map(str.encode))
@settings(max_examples=150, deadline=None)
def test_no_answer_raises(data: bytes) -> None:
    answer = read_answer(data)
    assert answer.whole == any(line.startswith("end=") for line in data.decode("utf-8", "replace").splitlines()[:2000])
