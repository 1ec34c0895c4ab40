"""What a damaged segment of a borg repository costs: the generations and the number of files that need its damaged entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from omamori.backup import borg_parts, borg_segments
from omamori.backup.borg_command import Borg
from omamori.backup.borg_restore import quoted
from omamori.backup.borg_words import Head, Item, read_archive
from omamori.backup.interface import BackupError, Damage, Generation


def locate(borg: Borg, damages: Sequence[Damage], generations: Sequence[Generation], names: Mapping[str, str]) -> tuple[Damage, ...]:
    """Return the damages with what needs them. In: the name of the archive of each generation.

    borg's index says where every piece in use lies; each of those in a damaged segment is read and compared, so that a flipped bit costs the
    files of one piece and not those of the whole segment. `files` None where the list of files of a generation is damaged itself.
    """
    if borg.local is None:
        return tuple(damages)
    bad = lost_pieces(borg.local, damages)
    if bad is None:
        return tuple(damages)
    owner = {key: damage.part for damage in damages for key in bad.get(damage.part, ())}
    hit: dict[str, set[str]] = {damage.part: set() for damage in damages}
    files: dict[str, set[int]] = {damage.part: set() for damage in damages}
    blind: set[str] = set()
    if owner:
        for generation in generations:
            for part, path in _needs(borg, names[generation.id], owner):
                hit[part].add(generation.id)
                if path is None:
                    blind.add(part)
                else:
                    files[part].add(hash(path))
    told = []
    for damage in damages:
        part = damage.part
        everything = borg_segments.MANIFEST in bad.get(part, ())
        found = tuple(generation.id for generation in generations if generation.id in hit[part] or everything)
        told.append(replace(damage, generations=found, files=None if part in blind or everything else len(files[part])))
    return tuple(told)


def lost_pieces(repository: Path, damages: Sequence[Damage]) -> dict[str, frozenset[bytes]] | None:
    """Return, for each damaged part, the keys in use whose entries are damaged or gone; None where borg's index does not tell."""
    state = borg_parts.transaction(repository)
    if state is None or state != borg_parts.last_commit(repository):
        return None
    numbers = {int(name): damage.part for damage in damages if (name := damage.part.rpartition("/")[2]).isascii() and name.isdigit()}
    used: dict[int, list[tuple[int, bytes]]] = {number: [] for number in numbers}
    try:
        with borg_parts.open_file(repository / f"index.{state}") as file:
            for segment, offset, key in borg_segments.read_index(file, numbers):
                used[segment].append((offset, key))
    except (OSError, borg_segments.DamagedError):
        return None
    return {numbers[number]: frozenset(_lost(repository / numbers[number], entries)) for number, entries in used.items()}


def no_list(repository: Path, damages: Sequence[Damage]) -> bool:
    """Whether the list of all archives lies in a damaged part: then nobody can name the generations."""
    return any(borg_segments.MANIFEST in keys for keys in (lost_pieces(repository, damages) or {}).values())


def _lost(path: Path, entries: Sequence[tuple[int, bytes]]) -> Iterator[bytes]:
    try:
        file = borg_parts.open_file(path)
    except OSError:
        yield from (key for _, key in entries)
        return
    with closing(file):
        for offset, key in sorted(entries):
            try:
                whole = borg_segments.object_at(file, offset, key)
            except OSError:
                whole = False
            if not whole:
                yield key


def _needs(borg: Borg, name: str, owner: Mapping[bytes, str]) -> Iterator[tuple[str, str | None]]:
    """Yield (part, path) of each file of an archive with a lost piece; path None: the list of files itself has one."""
    lists: set[str] = set()
    with borg.stream("debug", "dump-archive", f"::{quoted(name)}", "-") as running:
        for found in read_archive(running.lines()):
            if isinstance(found, Head):
                lists = {owner[piece] for piece in found.pieces if piece in owner}
                yield from ((part, None) for part in lists)
            elif isinstance(found, Item):
                yield from ((part, found.entry.path) for part in {owner[piece] for piece in found.pieces if piece in owner})
        done = running.end()
    if done.exit_code in (0, 1) or lists:
        return
    borg.judge_opening(done)
    if b"IntegrityError" not in done.stderr and b"ObjectNotFound" not in done.stderr and b"FileNotFoundError" not in done.stderr:
        raise borg.failed(done)
    # The archive's own entry is damaged, so that it does not even say where its list lies.
    if not owner:
        raise BackupError("failed", "世代の一覧を読めません", "the list of a generation cannot be read")
    yield from ((part, None) for part in set(owner.values()))
