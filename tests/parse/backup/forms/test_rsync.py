from __future__ import annotations

from omamori.parse.backup.form import Listing, forms

BEGIN = "2026/11/{:02} 02:00:00 [{}] building file list\n"
FILE = "2026/11/{:02} 02:00:00 [{}] >f+++++++++ yamada.pdf\n"
END = "2026/11/{:02} 02:00:09 [{}] sent 250 bytes  received 43 bytes  total size 1000006\n"
ERROR = "2026/11/{:02} 02:00:09 [{}] rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1207)\n"
DENIED = '2026/11/{:02} 02:00:09 [{}] rsync: [sender] send_files failed to open "/srv/yamada.pdf": Permission denied (13)\n'
GONE = "2026/11/{:02} 02:00:09 [{}] rsync warning: some files vanished before they could be transferred (code 24) at main.c(1207)\n"


def oks(text: str) -> list[bool | None]:
    assert forms()["rsync_log"].recognise(text)
    clean = forms()["rsync_log"].clean
    assert clean is not None and "yamada" not in clean(text)
    told = [row.ok for row in forms()["rsync_log"].read(Listing(clean(text))).rows]
    assert told == [row.ok for row in forms()["rsync_log"].read(Listing(text)).rows]
    return told


def log(*lines: tuple[str, int]) -> str:
    return "".join(line.format(day, 1000 + day) for line, day in lines)


def test_a_failed_run_after_the_last_good_one_is_told() -> None:
    good = ((BEGIN, 1), (FILE, 1), (END, 1))
    assert oks(log(*good)) == [True]
    assert oks(log(*good, (BEGIN, 2), (DENIED, 2), (END, 2), (ERROR, 2))) == [True, False]
    assert oks(log(*good, (BEGIN, 2), (DENIED, 2), (END, 2))) == [True, False]
    assert oks(log(*good, (BEGIN, 2), (GONE, 2), (END, 2))) == [True]


def test_a_run_without_an_end() -> None:
    good = ((BEGIN, 1), (END, 1))
    assert oks(log(*good, (BEGIN, 2))) == [True, None]  # it may still be running
    assert oks(log(*good, (BEGIN, 2), (BEGIN, 3))) == [True, False, None]
    assert oks(log((BEGIN, 2), *good)) == [True]


def test_runs_lying_across_each_other() -> None:
    text = BEGIN.format(1, 7) + BEGIN.format(1, 8) + END.format(1, 8) + ERROR.format(1, 7)
    assert oks(text) == [True]
