"""The terminal: progress, lines, errors. The only room that knows a terminal library."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text as Painted

from omamori.model.text import Language, Text

DONE, REACHED, USAGE, NOT_FINISHED = 0, 1, 2, 3
"""Exit codes: done, `--fail-on` reached, wrong usage, could not finish."""


class Screen:
    """An observer that shows progress on standard error, so that standard output stays for programs."""

    def __init__(self, language: Language, *, quiet: bool = False) -> None:
        """`quiet` shows errors only."""
        self.language = language
        self._quiet = quiet
        self._errors = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Screen:
        if not self._quiet and self._errors.is_terminal:
            columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
            self._progress = Progress(*columns, console=self._errors, transient=True)
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def step(self, text: Text) -> None:
        """Show that a step begins."""
        line = text.say(self.language)
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
            self._errors.print(f"! {text.say(self.language)}", style="yellow", soft_wrap=True)

    def line(self, text: str, style: str | None = None) -> None:
        """Print one line of the result."""
        self._out.print(text, style=style)

    def spans(self, spans: list[tuple[str, str]]) -> None:
        """Print one line made of words with styles."""
        line = Painted()
        for words, style in spans:
            line.append(words, style or None)
        self._out.print(line)

    def raw(self, text: str) -> None:
        """Print for a program: no wrapping, no colours."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def error(self, text: Text) -> None:
        """Print the one line that says what to do."""
        self._errors.print(text.say(self.language), style="bold", soft_wrap=True)
