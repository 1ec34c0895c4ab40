"""The log of rsync (`--log-file`), and what `rsync --stats` prints. Names of files stand in most lines; they are never stored."""

from __future__ import annotations

import re
from dataclasses import replace

from omamori.parse.backup.form import Form, Gathering, Heard, Listing
from omamori.parse.backup.forms.copies import Run, generations, looks
from omamori.parse.backup.values import moment, whole

_STAMP = re.compile(r"^(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(\d{1,9})\] (.*)$")
_BEGUN = re.compile(r"(?:building|receiving|sending incremental) file list$|receiving incremental file list$")
_FILES = re.compile(r"Number of files: ([\d,]{0,24}\d)(?: \(reg: ([\d,]{0,24}\d))?")
_SIZE = re.compile(
    r"Total file size: ([\d,]{1,25}) bytes|total size is ([\d,]{1,25}) |sent [\d,]+ bytes +received [\d,]+ bytes +total size ([\d,]{1,25})$"
)
_COPIED = re.compile(r"Total transferred file size: ([\d,]{1,25}) bytes")
_SENT = re.compile(r"sent [\d,]{1,25} bytes +received [\d,]{1,25} bytes\b")
_ERROR = re.compile(r"rsync error: [^(]{1,200}\(code (\d{1,3})\)|rsync(?: error)?: \[?\w{0,12}\]? ?\S")
_KEPT = re.compile(
    r"^(?:(?:Number of|Total|Literal data|Matched data|File list|sent [\d,]+ bytes|total size is)\b.{0,120}$|(?:building|receiving|sending)\b.{0,20} file list$"
    r"|rsync error: [^(\"]{1,200}\(code \d{1,3}\))"
)


def _log(listing: Listing) -> Heard:
    """A log with the moment and the number of the process before every line; runs follow each other or lie across each other."""
    runs: dict[str, Run] = {}
    done: list[Run] = []
    for number, line in enumerate(listing.lines, 1):
        found = _STAMP.match(line)
        if found is None:
            continue
        stamp, process, said = found.groups()
        if _BEGUN.match(said) and process in runs:
            done.append(_ended(runs.pop(process)))
        run = runs.get(process, Run(number))
        if _SENT.match(said):
            run = replace(run, ended=moment(stamp), ok=run.ok is not False)
        runs[process] = _said(run, said)
    # The one begun last may still be running; others without an end were broken off.
    left = [run if place == len(runs) - 1 else _ended(run) for place, run in enumerate(runs.values())]
    every = sorted(done + left, key=lambda run: run.line)
    gathering = Gathering()
    for run in every:
        if run.ended is None:
            gathering.wrong(run.line, "the end of this run (sent … bytes)", "この実行の終わり(sent … bytes の行)")
    rows = generations(every)
    return Heard("rsync", rows, looks(rows), tuple(gathering.problems))


def _ended(run: Run) -> Run:
    return run if run.ended is not None else replace(run, ok=False)


def _said(run: Run, said: str) -> Run:
    if found := _FILES.match(said):
        return replace(run, files=whole(found[2] or found[1]))
    if found := _SIZE.match(said):
        return replace(run, size=whole(found[1] or found[2] or found[3]))
    if found := _COPIED.match(said):
        return replace(run, copied=whole(found[1]))
    return replace(run, ok=False) if _ERROR.match(said) else run


def _stats(listing: Listing) -> Heard:
    """What one run printed: no moment, so it dates nothing."""
    run = Run(1)
    for number, line in enumerate(listing.lines, 1):
        if _SENT.match(line):
            run = replace(run, line=number, ok=run.ok is not False)
        run = _said(run, line)
    gathering = Gathering()
    gathering.wrong(run.line, "the moment of the run: log with --log-file", "実行の日時(--log-file で書いたログにはあります)")
    rows = generations([_ended(run) if run.ok is None else run])
    return Heard("rsync", rows, looks(rows), tuple(gathering.problems))


def _clean(text: str) -> str:
    """Keep the beginning, the sums and the errors' codes of every run; every other line names files."""
    kept = []
    for line in text.split("\n"):
        stamp = _STAMP.match(line)
        said = stamp[3] if stamp else line
        found = _KEPT.match(said)
        error = _ERROR.match(said) if found is None else None
        begin = line[: len(line) - len(said)]
        kept.append(begin + found[0] if found else f"{begin}rsync: error" if error else "")
    return "\n".join(kept)


FORMS = (
    Form(
        "rsync_log",
        "rsync --log-file=FILE",
        lambda text: any((found := _STAMP.match(line)) and (_BEGUN.match(found[3]) or _SENT.match(found[3])) for line in text.split("\n")),
        _log,
        clean=_clean,
        captured=True,
        source="rsync(1), --log-file and --stats",
    ),
    Form(
        "rsync_stats",
        "rsync --stats",
        lambda text: (
            re.search(r"^Number of files: [\d,]+ ?(?:\(|$)", text, re.MULTILINE) is not None
            and re.search(r"^Total (?:file size|transferred file size): ", text, re.MULTILINE) is not None
        ),
        _stats,
        clean=_clean,
        captured=True,
        source="rsync(1), --stats",
    ),
)
