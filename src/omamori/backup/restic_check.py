"""Whether the lists of a restic repository fit together, and reading a share of one that is far away: `restic check`."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace

from omamori.backup.interface import Damage, Structure
from omamori.backup.restic_command import Restic
from omamori.backup.restic_locate import beside, packs_of_index
from omamori.backup.restic_words import named_in_full, read_check, shown_lines
from omamori.gate.process import Completed


def structure(restic: Restic, names: Sequence[str]) -> Structure:
    """Run `restic check`. In: the names of all parts, where they are known.

    restic before 0.17 tries a missing pack again for forty seconds for every folder list in it. Once it begins to, it has named all that are
    missing: it is ended, and looks on in a shadow where they are filled with zeros.
    """
    halt = threading.Event()
    heard: list[str] = []

    def hear(line: str) -> None:
        heard.append(line)
        if restic.local is not None and "retrying" in line and any("does not exist" in earlier for earlier in heard):
            halt.set()

    done = restic.run("check", stop=halt, hear=hear)
    said = "\n".join(heard)
    if done.stopped:
        first = read_check(said)
        lacking = [damage for damage in first if damage.detail == "missing"]
        known, _ = packs_of_index(restic)
        sizes = {damage.part.rpartition("/")[2]: 0 for damage in lacking}
        filled = {pack: max((end for _, _, end in known.get(pack, ())), default=0) for pack in sizes}
        with beside(restic, filled, ()) as side:
            done = side.run("check")
        if side is restic:
            return Structure(False, shown_lines(said), named_in_full(first, names))
        # The sizes of links and of zeros are not those of the packs; all sizes were compared before.
        more = [damage for damage in read_check(_text(done)) if damage.detail == "altered" and not _filled(damage, filled)]
        said = "\n".join(line for line in (*heard, *_text(done).splitlines()) if "file size" not in line)
        return Structure(False, shown_lines(said), named_in_full(_once((*first, *more)), names))
    _judge(restic, done)
    return Structure(done.exit_code == 0, shown_lines(said), named_in_full(read_check(said), names))


def read_share(restic: Restic, turn: int, of: int) -> tuple[Damage, ...]:
    """Read the packs of the `turn`-th (from 0) of `of` shares with `restic check --read-data-subset`; BackupError when it could not."""
    done = restic.run("check", f"--read-data-subset={turn % of + 1}/{of}")
    _judge(restic, done)
    return read_check(_text(done))


def _judge(restic: Restic, done: Completed) -> None:
    """A check that found errors exits with 1 and says so; anything else did not look."""
    if done.exit_code == 0 or (
        done.exit_code == 1 and (b"repository contains errors" in done.stderr or b"LoadIndex returned errors" in done.stderr)
    ):
        return
    if read_check(_text(done)):
        return
    raise restic.failed(done)


def _filled(damage: Damage, filled: Iterable[str]) -> bool:
    return damage.part.rpartition("/")[2] in filled


def _once(damages: Iterable[Damage]) -> tuple[Damage, ...]:
    found: dict[str, Damage] = {}
    for damage in damages:
        found.setdefault(damage.part, replace(damage))
    return tuple(found.values())


def _text(done: Completed) -> str:
    return done.stderr.decode("utf-8", "replace")
