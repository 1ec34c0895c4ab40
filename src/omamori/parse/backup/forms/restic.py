"""What restic prints: `snapshots` as JSON and as a table, `backup --json`, `stats --json`, `cat lock`.

Lines about a temporary cache may stand before any of it. A snapshot is listed only when its run came to an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from omamori.model.backup import BackupGeneration, BackupRepository
from omamori.model.look import Look
from omamori.parse.backup.form import (
    GENERATION_COLUMNS,
    GENERATIONS,
    NAMED,
    REPOSITORIES,
    REPOSITORY_COLUMNS,
    Form,
    Gathering,
    Heard,
    Listing,
    looks_of,
    part,
    read_json,
)
from omamori.parse.backup.values import moment, one_line, whole

PRODUCT = "restic"
_MANUAL = "restic documentation, Scripting: JSON output"
_HEADING = re.compile(r"^ID {2,}(?:Time|Date) {2,}Host {2,}Tags", re.MULTILINE)
_ROW = re.compile(r"^([0-9a-f]{8,64})  (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)  (\S.*)$")
_COUNT = re.compile(r"^(\d{1,7}) snapshots?$")
_SHOWN = 5
_RULE = re.compile(r"^-{20,}$")


def _snapshots(listing: Listing) -> Heard:
    """`restic snapshots --json`: one list, or one for each group."""
    start = _start(listing.text)
    content = read_json(listing.text[start:]) if start is not None else None
    gathering = Gathering()
    first = listing.text.count("\n", 0, start or 0) + 1
    if not isinstance(content, list):
        gathering.wrong(first, "the whole list, from [ to ]: it is cut off", "[ から ] までの一覧(途中で切れています)")
        look = Look(GENERATIONS, complete=False, reason="not_understood", asset=NAMED)
        return Heard(PRODUCT, looks=(look,), problems=tuple(gathering.problems))
    rows = []
    for one in _flat(content):
        row = _snapshot(one, str(first))
        if row is None:
            gathering.wrong(first, "a snapshot with time, hostname and id", "time、hostname、id のあるスナップショット")
        else:
            rows.append(row)
    looks = looks_of(GENERATIONS, rows, GENERATION_COLUMNS, complete=not gathering.problems, reason="not_understood")
    if not rows:
        # An empty list may be that of a filter (--host, --tag) which fits nothing: no proof that there is no copy.
        looks = (Look(GENERATIONS, complete=False, reason="not_collected", asset=NAMED),)
    return Heard(PRODUCT, tuple(rows), looks, tuple(gathering.problems))


def _start(text: str) -> int | None:
    found = re.search(r"^\[", text, re.MULTILINE)
    return found.start() if found else None


def _flat(content: Sequence[Any]) -> Iterator[Any]:
    for one in content:
        group = part(one, "snapshots")
        yield from group if isinstance(group, list) else (one,)


def _snapshot(one: Any, line: str) -> BackupGeneration | None:
    finished, name = moment(one_line(part(one, "time"))), one_line(part(one, "id"))
    host = one_line(part(one, "hostname"))[:64]
    if finished is None or not host or not re.fullmatch(r"[0-9a-f]{8,64}", name):
        return None
    summary = part(one, "summary")
    paths = part(one, "paths")
    shown = [one_line(path) for path in paths[:_SHOWN]] if isinstance(paths, list) else []
    return BackupGeneration(
        asset=host, generation=name, finished=finished, ok=True, recovers=", ".join(shown) or None,
        account=one_line(part(one, "username")) or None, files=whole(part(summary, "total_files_processed")),
        size=whole(part(summary, "total_bytes_processed")), added=whole(part(summary, "data_added")), evidence=line,
    )  # fmt: skip


def _table(listing: Listing) -> Heard:
    """`restic snapshots`: a table of fixed columns, one for each group. Its clock is that of the machine that printed it."""
    gathering = Gathering()
    rows: list[BackupGeneration] = []
    columns: tuple[int, int] = (0, 0)
    told = None
    for number, line in enumerate(listing.lines, 1):
        if _HEADING.match(line):
            columns = line.index("Host"), line.index("Tags")
        elif found := _ROW.match(line):
            row = _table_row(found, line, columns, number)
            if row is None:
                gathering.wrong(number, "a snapshot with time and host", "日時とホスト名のあるスナップショット")
            else:
                rows.append(row)
        elif found := _COUNT.match(line):
            told = (told or 0) + int(found[1])
        elif re.match(r"^[0-9a-f]{8}\b", line):
            gathering.wrong(number, "a snapshot with time and host", "日時とホスト名のあるスナップショット")
    full = told == len(rows) and not gathering.problems
    if not full and not gathering.problems:
        gathering.wrong(len(listing.lines), "the last line with the number of snapshots", "最後の行(スナップショットの数)")
    return Heard(
        PRODUCT,
        tuple(rows),
        looks_of(GENERATIONS, rows, GENERATION_COLUMNS, complete=full, reason="not_understood"),
        tuple(gathering.problems),
    )


def _table_row(found: re.Match[str], line: str, columns: tuple[int, int], number: int) -> BackupGeneration | None:
    finished = moment(found[2])
    host = one_line(line[columns[0] : columns[1]])[:64]
    if finished is None or not host or not columns[0]:
        return None
    return BackupGeneration(asset=host, generation=found[1], finished=finished, ok=True, evidence=str(number))


def _run(listing: Listing) -> Heard:
    """`restic backup --json`: the summary of one run. Without one the run did not come to an end; with errors files are lacking."""
    gathering = Gathering()
    rows = []
    errors = 0
    line_of_last = 1
    for number, line in enumerate(listing.lines, 1):
        content = read_json(line) if line.startswith("{") else None
        if not isinstance(content, dict):
            continue
        line_of_last = number
        kind = content.get("message_type")
        errors += kind in ("error", "exit_error")
        if kind == "summary":
            rows.append(_summary(content, number, errors))
            errors = 0
    if not rows or errors:
        rows.append(BackupGeneration(asset=NAMED, ok=False, evidence=str(line_of_last)))
        gathering.wrong(line_of_last, "the summary of the run: it was not completed", "実行のまとめ(summary)の行。実行が完了していません")
    look = Look(GENERATIONS, complete=False, reason="not_collected", asset=NAMED)
    return Heard(PRODUCT, tuple(rows), (look,), tuple(gathering.problems))


def _summary(content: dict[str, Any], number: int, errors: int) -> BackupGeneration:
    name = one_line(content.get("snapshot_id"))
    return BackupGeneration(
        asset=NAMED, generation=name[:64], finished=moment(one_line(content.get("backup_end"))), ok=bool(name) and not errors,
        files=whole(content.get("total_files_processed")), size=whole(content.get("total_bytes_processed")),
        added=whole(content.get("data_added")), evidence=str(number),
    )  # fmt: skip


def _stats(listing: Listing) -> Heard:
    """`restic stats --json`: only of `--mode raw-data` the size is that of the repository itself; the number of blobs shows that."""
    number, content = _object(listing, "total_size")
    raw = whole(part(content, "total_blob_count"))
    row = BackupRepository(
        asset=NAMED, readable=True, encrypted=True, bytes_total=whole(part(content, "total_size")) if raw else None, evidence=number
    )
    return Heard(PRODUCT, (row,), looks_of(REPOSITORIES, [row], REPOSITORY_COLUMNS, complete=True))


def _lock(listing: Listing) -> Heard:
    """`restic cat lock ID`: one lock. How old it was when it was shown nobody can tell from it, so it is not called stale.

    An empty `list locks` is no file anybody could recognise, and no proof.
    """
    number, content = _object(listing, "exclusive")
    since = moment(one_line(part(content, "time")))
    said = f"a lock since {since:%Y-%m-%d %H:%M} UTC" if since else None
    row = BackupRepository(asset=NAMED, readable=True, encrypted=True, locks=1, said=said, evidence=number)
    return Heard(PRODUCT, (row,), looks_of(REPOSITORIES, [row], REPOSITORY_COLUMNS, complete=True))


def _object(listing: Listing, key: str) -> tuple[str, Any]:
    """Return line and content of the JSON object that has this key; it may stand on one line or on several."""
    for number, line in enumerate(listing.lines, 1):
        if not line.startswith("{"):
            continue
        for text in (line, "\n".join(listing.lines[number - 1 :])):
            if part(content := read_json(text), key) is not None:
                return str(number), content
    return "1", None


FORMS = (
    Form(
        "restic_snapshots",
        "restic snapshots --json",
        lambda text: '"tree":' in text and '"hostname":' in text and '"paths":' in text and _start(text) is not None,
        _snapshots,
        captured=True,
        source=_MANUAL,
    ),
    Form("restic_table", "restic snapshots", lambda text: _HEADING.search(text) is not None, _table, captured=True, source=_MANUAL),
    Form(
        "restic_backup",
        "restic backup --json",
        lambda text: (
            re.search(r'^\{"message_type":"(?:status|verbose_status)"|^\{"message_type":"summary","files_new"', text, re.MULTILINE)
            is not None
        ),
        _run,
        clean=lambda text: "\n".join(map(_without_files, text.split("\n"))),
        captured=True,
        source=_MANUAL,
    ),
    Form(
        "restic_stats",
        "restic stats --json",
        lambda text: re.search(r'^\{\s*"total_size":', text, re.MULTILINE) is not None and '"snapshots_count":' in text,
        _stats,
        captured=True,
        about="size",
        source=_MANUAL,
    ),
    Form(
        "restic_lock",
        "restic cat lock ID",
        lambda text: re.match(r'\s*\{\s*"time":', text) is not None and '"exclusive":' in text and '"pid":' in text and len(text) < 4096,
        _lock,
        captured=True,
        about="lock",
        source=_MANUAL,
    ),
)


def _without_files(line: str) -> str:
    """Keep a summary as it is; of states and errors only what they are, since they name files."""
    found = re.match(r'\{"message_type":"(\w{1,20})"', line)
    if found is None:
        return ""
    return line if found[1] == "summary" else f'{{"message_type":"{found[1]}"}}'
