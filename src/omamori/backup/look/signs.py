"""What a difference between two generations and a look into some files say of an attacker. Pure.

Nothing is said of one file. A sign is `certain` only where hardly anything else can be the cause: several files that could be read before, of
several kinds, now look encrypted and do not begin alike; or the marks of known ransomware together with such contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from omamori.backup.look.compare import Difference
from omamori.backup.look.ransom import known_ransom
from omamori.backup.look.sample import Sampled, Seen

_LEAST_FILES = 50
_LEAST_RENAMED = 20
_SHARE_RENAMED = 0.05
_MANY_RENAMED = 1000
_LEAST_BAD = 3
_SURE_BAD = 5
_SHARE_BAD = 0.3
_SHARE_SURE = 0.8
_SUDDEN = 0.3
_SUDDEN_ALONE = 0.5
_TIMES_USUAL = 5
_FOLDERS = 3
_PLAIN = re.compile(r"[a-z0-9_-]{1,12}")


@dataclass(frozen=True, slots=True)
class Found:
    """A sign: what, counts and endings, the share of the files (0 to 1; None where it has no meaning), and whether it is certain."""

    kind: str
    detail: str
    share: float | None = None
    certain: bool = False


def signs_of(difference: Difference, sampled: Sampled | None, usual: Sequence[float]) -> tuple[Found, ...]:
    """Return the signs of a generation. In: what changed, what the look into files gave (None: it could not be had), and the shares of files that
    earlier generations changed or removed.
    """
    sampled_or_none = sampled or Sampled()
    renamed = tuple(_renamed(difference, sampled_or_none))
    contents = tuple(_contents(difference, sampled_or_none))
    endings = tuple(_endings(difference, sampled_or_none))
    encrypted = any(one.certain for one in (*renamed, *contents, *endings))
    notes = tuple(_notes(difference, encrypted=encrypted or bool(renamed or contents)))
    marks = bool(notes or endings)
    contents = tuple(_surer(one, sampled_or_none, marks=marks) for one in contents)
    return (*contents, *renamed, *endings, *notes, *_sudden(difference, usual))


def changed_share(old_files: int, changed: int, removed: int) -> float:
    """Return the share of the files of the generation before that were changed or removed, from 0 to 1."""
    return min(1.0, (changed + removed) / old_files) if old_files else 0.0


def _renamed(difference: Difference, sampled: Sampled) -> Iterator[Found]:
    enough = max(_LEAST_RENAMED, min(_MANY_RENAMED, _SHARE_RENAMED * difference.old_files))
    for ending, one in difference.renamed.items():
        seen = sampled.by_ending.get(ending, Seen())
        if one.count < enough or not ending or (seen.judged >= _LEAST_BAD and seen.share < 1 - _SHARE_SURE):
            continue  # the contents are those of ordinary files: compressed, converted, kept as an old version
        sure = _is_encrypted(seen) and len(set(one.endings_before)) > 1
        known = known_ransom().ending(ending) is True and seen.bad >= _LEAST_BAD and seen.share >= _SHARE_SURE
        share = min(1.0, one.count / difference.old_files)
        yield Found(
            "renamed", f"{one.count}/{difference.old_files} {plain_ending(ending)}{_kinds(one.endings_before)}", share, sure or known
        )


def _contents(difference: Difference, sampled: Sampled) -> Iterator[Found]:
    """Files that kept their names, and new ones with ordinary endings, that look encrypted; not where such files looked so before already."""
    kept, added = sampled.kept, sampled.added
    if sampled.before.judged >= _LEAST_BAD and sampled.before.share >= _SHARE_BAD:
        return
    if kept.bad >= _LEAST_BAD and kept.share >= _SHARE_BAD:
        yield Found(
            "looks-encrypted", f"{kept.bad}/{kept.judged}{_kinds(kept.endings)}", kept.share, _is_encrypted(kept) and len(kept.endings) > 1
        )
    elif added.bad >= _SURE_BAD and added.share >= _SHARE_SURE / 2:
        yield Found("looks-encrypted", f"+{added.bad}/{added.judged}{_kinds(added.endings)}", added.share, False)


def _surer(one: Found, sampled: Sampled, *, marks: bool) -> Found:
    sure = one.certain or (marks and sampled.kept.bad >= _SURE_BAD and sampled.kept.share >= _SHARE_SURE / 2)
    return Found(one.kind, one.detail, one.share, sure)


def _endings(difference: Difference, sampled: Sampled) -> Iterator[Found]:
    for ending, count in sorted(difference.endings.items(), key=lambda item: (-item[1], item[0])):
        seen = sampled.by_ending.get(ending, Seen())
        surely = known_ransom().ending(ending) is True
        bad = seen.bad >= _LEAST_BAD and seen.share >= _SHARE_SURE
        if seen.judged >= _LEAST_BAD and seen.share < 1 - _SHARE_SURE:
            continue
        if count >= _LEAST_BAD if surely else count >= _LEAST_RENAMED and bad:
            share = count / difference.new_files if difference.new_files else None
            certain = bad and not seen.wrapped and count >= _LEAST_RENAMED and (surely or seen.proven >= _LEAST_BAD)
            yield Found("ransom-extension", f"{count} {plain_ending(ending)}", share, certain)


def _notes(difference: Difference, *, encrypted: bool) -> Iterator[Found]:
    notes = difference.notes
    if notes is not None and (notes.sure or (encrypted and notes.folders >= _FOLDERS)):
        yield Found("ransom-note", f"{notes.count} ({notes.folders})", None, notes.folders >= _FOLDERS and encrypted)


def _sudden(difference: Difference, usual: Sequence[float]) -> Iterator[Found]:
    """What changed or went away at once. It has many causes: never certain."""
    if difference.old_files < _LEAST_FILES or not difference.alike:
        return
    normal = median(usual) if usual else 0.0
    bound = max(_SUDDEN if len(usual) >= _LEAST_BAD else _SUDDEN_ALONE, _TIMES_USUAL * normal)
    share = changed_share(difference.old_files, difference.changed, difference.removed)
    lost = max(0, difference.removed - sum(one.count for one in difference.renamed.values()))
    usually = f", {normal:.3f}" if usual else ""
    if share >= bound:
        yield Found("mass-change", f"{difference.changed + difference.removed}/{difference.old_files}{usually}", share)
    if lost >= _LEAST_FILES and lost / difference.old_files >= bound:
        yield Found("mass-loss", f"{lost}/{difference.old_files}{usually}", lost / difference.old_files)


def _is_encrypted(seen: Seen) -> bool:
    return seen.bad >= _SURE_BAD and seen.share >= _SHARE_SURE and seen.proven >= _LEAST_BAD and not seen.wrapped


def plain_ending(ending: str) -> str:
    """Return an ending as it may be kept: short and plain, else not at all (it may be part of a name)."""
    return f".{ending}" if _PLAIN.fullmatch(ending) else ".(*)"


def _kinds(endings: Sequence[str]) -> str:
    shown = [plain_ending(ending) for ending in endings if ending][:6]
    return f" ({', '.join(dict.fromkeys(shown))})" if shown else ""
