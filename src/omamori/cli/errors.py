"""What a user can act on, as one line."""

from __future__ import annotations

import duckdb

from omamori.gate.error import GateError
from omamori.model.text import Text
from omamori.pipeline.error import UserError
from omamori.snapshot.site import SiteError

TOLD = (UserError, SiteError, GateError, OSError)
"""Errors that are told in one line; any other is a mistake of ours."""

INTERRUPTIONS = (RuntimeError, duckdb.InterruptException)
"""As what Ctrl-C may come out of the database; `stopped` tells whether it is that."""


def stopped(error: BaseException) -> bool:
    """Whether an error is Ctrl-C: while DuckDB works on a query it tells it in words of its own."""
    told = type(error) is RuntimeError and str(error) == "Query interrupted"
    return told or isinstance(error, KeyboardInterrupt | duckdb.InterruptException)


def line_of(error: BaseException) -> Text:
    """Return the line that says what to do about one of `TOLD`."""
    if isinstance(error, UserError | SiteError | GateError):
        return error.text
    # Of a renaming it is the new name that a person knows.
    place = getattr(error, "filename2", None) or getattr(error, "filename", None)
    where = f"{place}: " if place else ""
    reason = getattr(error, "strerror", None) or "?"
    if isinstance(error, PermissionError):
        return Text(
            f"{where}{reason}。Excelなどで開いていれば閉じ、書き込めるフォルダか確かめてください",
            f"{where}{reason}; close it where it is open (Excel), and see whether the folder can be written to",
        )
    if isinstance(error, FileNotFoundError):
        return Text(f"{where}ファイルかフォルダが見つかりません。名前を確かめてください", f"{where}no such file or folder; check its name")
    return Text(f"{where}{reason}。場所と空き容量、権限を確かめてください", f"{where}{reason}; check the place, space and rights")
