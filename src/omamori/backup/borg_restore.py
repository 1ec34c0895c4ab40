"""Restores from a borg repository into a folder of ours, by a stream of tar: bounded in speed, and nothing is written outside the folder."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from pathlib import Path

from omamori.backup.borg_command import Borg
from omamori.backup.interface import BackupError, Progress
from omamori.backup.tar_out import Taken, take_out

_LONGEST = 100_000
"""Characters of paths in one command line."""


def restore(
    borg: Borg,
    name: str,
    paths: Sequence[str] | None,
    folders: Collection[str] | None,
    into: Path,
    bytes_per_second: int | None,
    progress: Progress,
    total: int,
    stop: threading.Event | None,
) -> None:
    """Restore from the archive `name`; see `omamori.backup.interface.Repository.restore`.

    `folders`: which of the paths are folders; None where it is not known, then every path is looked for as both, which is slow for many.
    """
    into.mkdir(parents=True, exist_ok=True)
    options, words = ([], []) if paths is None else _patterns(borg, paths, folders)
    taken = Taken()
    with borg.stream("export-tar", *options, f"::{quoted(name)}", "-", *words, stop=stop) as running:
        whole = take_out(running.chunks(), into, bytes_per_second=bytes_per_second, progress=progress, total=total, stop=stop, taken=taken)
        done = running.end()
    borg.judge_opening(done)
    if done.exit_code not in (0, 1) and (b"IntegrityError" in done.stderr or b"ObjectNotFound" in done.stderr):
        raise BackupError(
            "failed",
            f"データが壊れていて、途中までしか戻せませんでした(ファイル {taken.files} 個)。戻せた分は残っています",
            f"data are damaged, so that it could not be restored to the end ({taken.files} files came back); what could be is there",
        )
    if done.exit_code not in (0, 1) or not whole:
        raise borg.failed(done)
    progress(taken.bytes, max(total, taken.bytes))


def quoted(name: str) -> str:
    """Return the name of an archive as borg takes it on its command line: braces stand for placeholders there."""
    return name.replace("{", "{{").replace("}", "}}")


def _patterns(borg: Borg, paths: Sequence[str], folders: Collection[str] | None) -> tuple[list[str], list[str]]:
    """Return the options and the words after them that restrict borg to some paths (borg documentation, "patterns": pf the whole path, pp it and what is below)."""
    plain: list[str] = []
    odd: list[str] = []
    for path in paths:
        inner = path.lstrip("/")
        kinds = ["pf", "pp"] if folders is None else ["pp" if path in folders else "pf"]
        for kind in kinds:
            (odd if _odd(inner) else plain).append(f"{kind}:{inner}")
    if sum(len(word) + 1 for word in odd) > _LONGEST:
        raise BackupError(
            "failed",
            "改行を含む名前のファイルが多すぎて選べません。フォルダー単位か全部で戻してください",
            "too many files have line breaks in their names to choose them: restore whole folders or all",
        )
    file = borg.workshop / "patterns"
    lines = [f"+ {word}\n" for word in plain]
    # With names on the command line, everything else is left out already; a pattern of ours would come first.
    lines += [] if odd else ["- re:.*\n"]
    file.write_text("".join(lines) or "# none\n", encoding="utf-8")
    return ["--patterns-from", str(file)], odd


def _odd(path: str) -> bool:
    """Whether a line of a file cannot hold the path: borg strips lines and reads them as UTF-8."""
    return bool(path != path.rstrip()) or "\n" in path or "\r" in path or any("\ud800" <= letter <= "\udfff" for letter in path)
