"""Every error a person can act on is one line in both languages that names the place."""

from __future__ import annotations

import errno
import subprocess
import sys

import pytest

from omamori.cli.errors import TOLD, line_of, stopped
from omamori.pipeline.error import UserError


@pytest.mark.parametrize(
    ("error", "ja", "en"),
    [
        (UserError("直す", "mend"), "直す", "mend"),
        (OSError(errno.ENOSPC, "No space left", "/site/x"), "空き容量", "/site/x: No space left"),
        (
            PermissionError(errno.EACCES, "Access denied", "report.xlsx"),
            "Excelなどで開いていれば閉じ",
            "report.xlsx: Access denied; close it",
        ),
        (PermissionError(errno.EACCES, "Access denied", ".tmp-1", None, "report.html"), "report.html", "report.html: Access denied"),
        (OSError("odd"), "?", "?"),
    ],
)
def test_one_line(error: BaseException, ja: str, en: str) -> None:
    assert isinstance(error, TOLD)
    text = line_of(error)
    assert ja in text.ja and en in text.en
    assert "\n" not in text.ja + text.en


def test_a_file_that_is_not_there_is_told_in_japanese() -> None:
    told = line_of(FileNotFoundError(2, "No such file or directory", "承認.yaml"))
    assert told.ja == "承認.yaml: ファイルかフォルダが見つかりません。名前を確かめてください"


WORKS = """
import os, signal, sys, threading
import duckdb
from omamori.cli.errors import stopped

# Who starts this in the background may have told it to ignore Ctrl-C; a person's terminal does not.
signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    duckdb.connect().execute("select sum(a.range * b.range) from range(10000000) a, range(10000000) b").fetchall()
except BaseException as error:
    sys.exit(0 if stopped(error) else f"{type(error)}: {error}")
"""


def test_ctrl_c_is_known_also_while_the_database_works() -> None:
    done = subprocess.run([sys.executable, "-c", WORKS], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert not stopped(RuntimeError("a mistake of ours")) and not stopped(ValueError("Query interrupted"))
