"""Opens a finished file in the program this machine uses for it: a report in the browser, a ledger in Excel."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

from omamori.gate.error import GateError


def show_file(path: Path) -> None:
    """Open a file we wrote; GateError when there is no program for it."""
    if sys.platform == "win32":
        try:
            os.startfile(path.resolve())  # noqa: S606 - a file of ours, opened as a double-click would
        except OSError as error:
            raise _nothing_opens(path) from error
    elif not webbrowser.open(path.resolve().as_uri()):
        raise _nothing_opens(path)


def _nothing_opens(path: Path) -> GateError:
    return GateError(f"「{path}」を開くプログラムが見つかりません。自分で開いてください", f"nothing here opens {path}: open it yourself")
