"""The terminal: progress, lines, errors. The only room that knows a terminal library."""

from __future__ import annotations

import locale
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text as Painted

from omamori.model.clean import clean, escaped
from omamori.model.text import Language, Text

DONE, REACHED, USAGE, NOT_FINISHED = 0, 1, 2, 3
"""Exit codes: done, `--fail-on` reached, wrong usage, could not finish."""
_LONGEST = 20_000
"""Characters of a message."""


def prepare_streams() -> None:
    """Let no character stop the program: what a code page cannot show is replaced, and on Windows pipes carry UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8" if sys.platform == "win32" else None, errors="replace")


def _console(stream: TextIO) -> Console:
    # Without a console behind it the library would still ask Windows to paint one.
    plain = None if stream.isatty() else False
    return Console(file=stream, highlight=False, markup=False, emoji=False, legacy_windows=plain)


class Screen:
    """An observer that shows progress on standard error, so that standard output stays for programs."""

    def __init__(self, language: Language, *, quiet: bool = False) -> None:
        """`quiet` shows errors only."""
        self.language = language
        self._quiet = quiet
        self._errors = _console(sys.stderr)
        self._out = _console(sys.stdout)
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Screen:
        if not self._quiet and self._errors.is_terminal:
            words = TextColumn("{task.description}", markup=False)
            # The fonts of a Japanese Windows console draw the bar's characters twice as wide: there only what is plain.
            plain = sys.platform == "win32"
            columns = (
                (SpinnerColumn("line"), words, TimeElapsedColumn()) if plain else (SpinnerColumn(), words, BarColumn(), TimeElapsedColumn())
            )
            self._progress = Progress(*columns, console=self._errors, transient=True)
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
            self._task = None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Show no progress while a person is asked something in the middle of it."""
        running = self._progress is not None
        self.__exit__()
        try:
            yield
        finally:
            if running:
                self.__enter__()

    def _said(self, text: Text) -> str:
        # Errors may carry words of a program or of a place somebody else wrote to: none of them acts on the terminal.
        return clean(text.say(self.language), _LONGEST, keep_lines=True)

    def step(self, text: Text) -> None:
        """Show that a step begins."""
        line = self._said(text)
        if self._progress is not None:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(line, total=None)
        elif not self._quiet:
            self._errors.print(f"… {line}", style="dim")

    def progress(self, done: int, total: int) -> None:
        """Show how far the present step is."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=total)

    def told(self, text: Text) -> None:
        """Show a line a person should know."""
        if not self._quiet:
            self._errors.print(f"! {self._said(text)}", style="yellow", soft_wrap=True)

    def line(self, text: str, style: str | None = None) -> None:
        """Print one line of the result."""
        self._out.print(text, style=style, soft_wrap=True)

    def spans(self, spans: list[tuple[str, str]]) -> None:
        """Print one line made of words with styles."""
        line = Painted()
        for words, style in spans:
            line.append(words, style or None)
        self._out.print(line, soft_wrap=True)

    def ask(self, question: Text) -> str | None:
        """Ask the person for a line; None when there is nobody left to answer."""
        self._out.print(question.say(self.language), end=" ", soft_wrap=True)
        self._out.file.flush()
        if sys.stdin is None:
            return None
        if sys.stdin.isatty():
            try:
                return input()
            except EOFError:
                return None
        return _decoded(sys.stdin.buffer.readline())

    def raw(self, text: str) -> None:
        """Print JSON for a program: no wrapping, no colours, and nothing in it that acts on the terminal where a person looks at it."""
        text = escaped(text)
        sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def error(self, text: Text) -> None:
        """Print the one line that says what to do."""
        self._errors.print(self._said(text), style="bold", soft_wrap=True)


def _decoded(line: bytes) -> str | None:
    """Return a line a program wrote to us: UTF-8, else in this machine's code page; None at the end."""
    if not line:
        return None
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return line.decode(locale.getencoding(), "replace").rstrip("\r\n")
