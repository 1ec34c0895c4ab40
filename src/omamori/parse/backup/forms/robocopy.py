"""The log of robocopy (`/LOG`, `/LOG+`, `/UNILOG`), Japanese and English: read by its rules of hyphens and its table of six numbers.

Names of files stand between heading and table; they are never stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from omamori.parse.backup.form import Form, Gathering, Heard, Listing
from omamori.parse.backup.forms.copies import Run, generations, looks, repository
from omamori.parse.backup.values import moment, whole

_TITLE = re.compile(r"^\s+ROBOCOPY\s+::\s+\S")
_STARTED = re.compile(r"^\s{0,4}(?:Started|開始(?:日時|時刻)?)\s*[:：]\s*(\S.*)$")
_ENDED = re.compile(r"^\s{0,6}(?:Ended|終了(?:日時|時刻)?)\s*[:：]\s*(\S.*)$")
_SOURCE = re.compile(r"^\s{0,4}(?:Source|コピー元)\s*[:：]\s?(\S.*)$")
_TARGET = re.compile(r"^\s{0,6}(?:Dest|コピー先)\s*[:：]\s?(\S.*)$")
_NUMBER = r"\s{1,40}(\d{1,15}(?:\.\d{1,3})?(?: [kmgt])?)"
_SIX = re.compile(rf"^\s{{0,40}}[^:：\d]{{2,20}}[:：]{_NUMBER * 6}\s{{0,40}}$")
_ERROR = re.compile(r"^(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d (?:ERROR|エラー) \d{1,6} \(0x[0-9A-Fa-f]{8}\))")
_SIZES = {"k": 1024, "m": 1024**2, "g": 1024**3, "t": 1024**4}


def _read(listing: Listing) -> Heard:
    gathering = Gathering()
    runs = [_run(lines, first, gathering) for first, lines in _parts(listing.lines)]
    rows = generations(runs)
    return Heard("robocopy", rows, looks(rows), tuple(gathering.problems), repository(runs))


def _parts(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the number of the first line and the lines of every run."""
    starts = [number for number, line in enumerate(lines) if _TITLE.match(line)]
    for place, start in enumerate(starts):
        yield start + 1, lines[start : starts[place + 1] if place + 1 < len(starts) else len(lines)]


def _run(lines: Sequence[str], first: int, gathering: Gathering) -> Run:
    six = [found for line in lines if (found := _SIX.match(line))]
    said = {
        name: next((found[1].strip() for line in lines if (found := pattern.match(line))), "")
        for name, pattern in (("source", _SOURCE), ("target", _TARGET), ("ended", _ENDED), ("started", _STARTED))
    }
    if len(six) < 3:
        gathering.wrong(first, "the table at the end of the run: it was broken off", "実行の終わりの表(途中で終わっています)")
        # Nobody knows whether it was broken off or still runs; it did not copy all.
        return Run(first, said["source"], said["target"], None, ok=False)
    ended = moment(said["ended"])
    if ended is None:
        gathering.wrong(first, "when it ended, such as 2026/11/29 2:00:05", "終了の日時(2026/11/29 2:00:05 など)")
    folders, files, sizes = six[0], six[1], six[2]
    failed = any(found[5] != "0" for found in (folders, files))
    return Run(
        first, said["source"], said["target"], ended, ok=not failed, files=whole(files[1]), size=_bytes(sizes[1]), copied=_bytes(sizes[2])
    )


def _bytes(text: str) -> int | None:
    number, _, unit = text.partition(" ")
    try:
        return int(float(number) * _SIZES.get(unit, 1))
    except (ValueError, OverflowError):
        return None


def _clean(text: str) -> str:
    """Keep headings, the table and what failed with its code; every other line names files."""
    kept = []
    inside = 0
    for line in text.split("\n"):
        inside = 12 if _TITLE.match(line) else inside - 1
        if (
            (inside > 0 and any(pattern.match(line) for pattern in (_TITLE, _STARTED, _SOURCE, _TARGET)))
            or _SIX.match(line)
            or _ENDED.match(line)
        ):
            kept.append(line)
        else:
            found = _ERROR.match(line)
            kept.append(found[1] if found else "")
    return "\n".join(kept)


FORMS = (
    Form(
        "robocopy",
        "robocopy /LOG:FILE",
        lambda text: any(_TITLE.match(line) for line in text[:20_000].split("\n")[:60]),
        _read,
        clean=_clean,
        source="Microsoft Learn, Windows Commands: robocopy",
    ),
)
