"""What a user can act on, as one line."""

from __future__ import annotations

import duckdb

from omamori.gate.error import GateError
from omamori.model.text import Text
from omamori.pipeline.error import UserError
from omamori.snapshot.site import SiteError

TOLD = (UserError, SiteError, GateError, OSError)
"""Errors that are told in one line; any other is a mistake of ours."""


def stopped(error: BaseException) -> bool:
    """Whether an error is Ctrl-C: while DuckDB works on a query it tells it in words of its own."""
    return isinstance(error, KeyboardInterrupt | duckdb.InterruptException) or (
        type(error) is RuntimeError and str(error) == "Query interrupted"
    )


def line_of(error: BaseException) -> Text:
    """Return the line that says what to do about one of `TOLD`."""
    if isinstance(error, UserError | SiteError | GateError):
        return error.text
    # Of a renaming it is the new name that a person knows.
    place = getattr(error, "filename2", None) or getattr(error, "filename", None) or "?"
    reason = getattr(error, "strerror", None) or "?"
    if isinstance(error, PermissionError):
        return Text(
            f"{place}: {reason}。Excelなどで開いていれば閉じ、書き込めるフォルダか確かめてください",
            f"{place}: {reason}; close it where it is open (Excel), and see whether the folder can be written to",
        )
    if isinstance(error, FileNotFoundError):
        return Text(
            f"{place}: ファイルかフォルダが見つかりません。名前を確かめてください", f"{place}: no such file or folder; check its name"
        )
    return Text(f"{place}: {reason}。場所と空き容量、権限を確かめてください", f"{place}: {reason}; check the place, space and rights")
