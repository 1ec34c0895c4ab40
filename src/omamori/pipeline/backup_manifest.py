"""`omamori backup manifest`: the list of hashes of a folder, made before or along with a backup, to compare with what comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from omamori.backup.proof.manifest import Made, manifest_lines
from omamori.model.text import Text
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Observer
from omamori.snapshot.files import private_folder, write_whole


def make_manifest(folder: Path, out: Path, observer: Observer, *, stop: threading.Event) -> Made:
    """Hash every ordinary file below `folder` and write the list to `out`, whole or not at all. Raises `UserError`, OSError.

    Nothing but the list is written. Links are not followed; a file that cannot be read is counted, and not listed.
    """
    if not folder.is_dir():
        raise UserError(f"「{folder}」はフォルダではありません", f"{folder} is no folder")
    real = folder.resolve()
    target = out.parent.resolve() / out.name
    if target.is_dir():
        raise UserError(f"「{out}」はフォルダです。ファイル名を書いてください", f"{out} is a folder: name a file")
    made = Made()
    observer.step(Text("ファイルのハッシュを計算しています", "Hashing the files"))
    done = 0

    def heard(more: int) -> None:
        nonlocal done
        done += more
        observer.progress(done, 0)

    def lines() -> Iterator[bytes]:
        yield from manifest_lines(real, made, leave_out=target, stop=stop, heard=heard)
        if stop.is_set():
            raise UserError("中断しました。一覧は書いていません", "stopped; no list was written")

    private_folder(target.parent)
    write_whole(target, lines())
    return made
