"""What a damaged part of a restic repository costs: the generations and the number of files that need it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from omamori.backup.interface import Damage, Generation
from omamori.backup.restic_command import Restic
from omamori.backup.restic_parts import index_names, is_name
from omamori.backup.restic_shadow import build
from omamori.backup.restic_words import Use, read_packs, read_uses

_Blobs = tuple[tuple[str, str, int], ...]
_TOGETHER = 400
"""Packs in one call: Windows takes no longer command line."""
_LARGEST_PACK = 1 << 31
"""Bytes a pack is taken for at most, whatever its index says: restic makes none larger than some hundred megabytes."""


def locate(restic: Restic, damages: Sequence[Damage], generations: Sequence[Generation]) -> tuple[Damage, ...]:
    """Return the damages with what needs them.

    A pack: the files with a piece in it, counted by path, and the generations these stand in. A pack of folder lists: the generations whose
    folders cannot be read, the number of files is then unknown. `index` and `config`: every generation, since nothing is found without
    them; a snapshot: itself; a key: nothing but its own password.
    """
    every = tuple(generation.id for generation in generations)
    damages = _once(damages)
    packs = {_name(damage): damage for damage in damages if damage.part.startswith("data/")}
    found = dict(_packs(restic, packs, [damage.part for damage in damages])) if packs else {}
    told = []
    for damage in damages:
        folder, _, name = damage.part.partition("/")
        if folder == "data":
            generations_hit, files = found.get(_name(damage), (None, None))
            told.append(replace(damage, generations=generations_hit, files=files))
        elif folder in ("index", "config"):
            told.append(replace(damage, generations=every))
        elif folder == "snapshots":
            told.append(replace(damage, generations=tuple(id for id in every if id.startswith(name)) or (name,)))
        else:
            told.append(replace(damage, generations=(), files=0))
    return tuple(told)


def _once(damages: Sequence[Damage]) -> list[Damage]:
    """Each part once. That a pack is shorter than the lists say is known by those alone, so it is the better word."""
    found: dict[str, Damage] = {}
    for damage in damages:
        if damage.part not in found or damage.detail == "cut-short":
            found[damage.part] = damage
    return list(found.values())


def _packs(
    restic: Restic, packs: Mapping[str, Damage], parts: Sequence[str]
) -> Iterator[tuple[str, tuple[tuple[str, ...] | None, int | None]]]:
    """Yield (pack, (generations, files)) of every damaged pack that the index knows; one it does not know is needed by nothing."""
    known, whole = packs_of_index(restic, parts)
    if not known and not whole:
        return
    trees = {pack for pack in packs if pack in known and all(kind == "tree" for kind, _, _ in known[pack])}
    of_blob: dict[str, set[str]] = {}
    for pack in packs:
        for kind, blob, _ in known.get(pack, ()):
            if kind == "data":
                of_blob.setdefault(blob, set()).add(pack)
    paths: dict[str, set[int]] = {pack: set() for pack in packs}
    hit: dict[str, set[str]] = {pack: set() for pack in packs}
    broken: set[str] = set()
    gaps = {pack: _size(known[pack]) for pack in trees if packs[pack].detail in ("missing", "cut-short", "unreadable")}
    with beside(restic, gaps, [part for part in parts if _last(part) not in trees]) as side:
        for use in _uses(side, sorted(pack for pack in packs if pack in known and pack not in trees)):
            if isinstance(use, str):
                broken.add(use)
                continue
            for pack in of_blob.get(use.blob, ()):
                paths[pack].add(hash(use.path))
                hit[pack].add(use.generation)
    for pack in packs:
        if pack not in known:
            yield pack, ((), 0) if whole else (None, None)
        else:
            # Files in folders whose list is lost are not seen: then nobody knows how many there are, or that there are none.
            yield pack, (tuple(sorted(hit[pack] | broken)), None if broken else len(paths[pack]))


@contextmanager
def beside(restic: Restic, filled: Mapping[str, int], without: Iterable[str]) -> Iterator[Restic]:
    """Give restic a shadow of a near repository without its damaged parts; the repository itself where that is impossible or needless."""
    without = list(without)
    place = restic.workshop / "shadow"
    shadow = None
    if restic.local is not None and (filled or without):
        shutil.rmtree(place, ignore_errors=True)
        shadow = build(restic.local, place, filled=filled, without=without)
    try:
        yield restic if shadow is None else restic.at(shadow)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def packs_of_index(restic: Restic, damaged: Sequence[str] = ()) -> tuple[dict[str, _Blobs], bool]:
    """Return what every index file says of every pack, and whether all could be read. `damaged`: parts that are left out."""
    out = [part for part in damaged if part.startswith("index/")]
    known: dict[str, _Blobs] = {}
    names = [name for name in _index_ids(restic) if f"index/{name}" not in out]
    whole = bool(names) and not out
    with beside(restic, {}, out) as side:
        for name in names:
            done = side.run("cat", "index", name)
            known |= read_packs(done.stdout)
            whole = whole and done.exit_code == 0
    return known, whole


def _index_ids(restic: Restic) -> list[str]:
    if restic.local is not None:
        return sorted(index_names(restic.local))
    done = restic.run("list", "index")
    return sorted(line for line in done.stdout.decode("ascii", "replace").split() if is_name(line))


def _uses(restic: Restic, packs: Sequence[str]) -> Iterator[Use | str]:
    # Without a pack of data, a folder list that nobody has is looked for: what counts is which lists cannot be read on the way.
    calls = [("--pack", *packs[start : start + _TOGETHER]) for start in range(0, len(packs), _TOGETHER)] or [("--tree", "0" * 64)]
    for words in calls:
        with restic.stream("find", "--json", *words) as running:
            yield from read_uses(running.chunks())
            done = running.end()
        restic.judge_opening(done)
        if done.exit_code != 0:
            raise restic.failed(done)


def _size(blobs: _Blobs) -> int:
    """Return the size of a pack as long as its pieces; the list at its end is not read here."""
    return min(_LARGEST_PACK, max((end for _, _, end in blobs), default=0))


def _name(damage: Damage) -> str:
    return _last(damage.part)


def _last(part: str) -> str:
    return part.rpartition("/")[2]
