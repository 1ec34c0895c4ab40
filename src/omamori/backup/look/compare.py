"""What changed between two generations: counts, renamings, known endings and notes, and which files to look into. Names never leave this room.

Each generation is read as a stream. What is held of the older one is a hash of each path and of its contents' token; where that would be too
much, only every second, fourth … file is looked at, chosen by its name without endings, so that a renamed file is chosen with its old name.
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from omamori.backup.interface import Entry
from omamori.backup.look.kinds import ending_of
from omamori.backup.look.picking import Pick, Picker
from omamori.backup.look.ransom import Ransom, known_ransom

MOST_HELD = 2_000_000
"""Files of a generation that are held at once, at most (some 200 bytes each)."""
_MOST_DOTS = 6
_FEW = 20
_MOST_ENDINGS = 5_000
_OTHER = "?"
Entries = Callable[[], Iterable[Entry]]
Heed = Callable[[int], None]
"""Called now and then with the number of files read; raises to stop."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """Files whose old name is gone and that are there with the same new ending: how many, and how many endings they had before."""

    count: int
    endings_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """Files named like a ransom note: added ones, folders they lie in, and whether such a name is surely a note's."""

    count: int
    folders: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed. Counts are of all files (scaled where not all were looked at). `endings`: known of ransomware → added files with it.

    `alike` False: the two have nothing in common, neither name nor stem; they are hardly generations of one thing.
    """

    old_files: int
    new_files: int
    same: int = 0
    changed: int = 0
    added: int = 0
    removed: int = 0
    renamed: Mapping[str, Renamed] = field(default_factory=dict)
    endings: Mapping[str, int] = field(default_factory=dict)
    notes: Notes | None = None
    picks: tuple[Pick, ...] = ()
    references: tuple[Pick, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)
    alike: bool = True
    """`found`: of the file names that were asked for, the path of each that is there."""


def compare(
    old: Entries | None,
    new: Entries,
    *,
    altered: Callable[[], Iterable[str]] | None = None,
    names: Sequence[str] = (),
    heed: Heed = lambda count: None,
    most: int = MOST_HELD,
) -> Difference:
    """Compare two generations. In: what yields the files of each (`old` None: there is none before), file names to find, and who heeds a stop.

    `altered` yields the paths whose contents differ, where the repository knows that (None: tokens of the files are compared, else size and
    moment). Raises what the streams raise.
    """
    every = 1
    while True:
        try:
            different = frozenset(map(hash, altered())) if altered is not None and old is not None else None
            return _Comparison(every, frozenset(names), heed, most, different).run(old, new)
        except _TooManyError:
            every *= 4


class _TooManyError(Exception):
    """More files than may be held."""


class _Comparison:
    """One comparison of every `every`-th file."""

    def __init__(self, every: int, names: frozenset[str], heed: Heed, most: int, different: frozenset[int] | None) -> None:
        self._different = different
        self._every, self._names, self._heed, self._most = every, names, heed, most
        self._known: Ransom = known_ransom()
        self._held: dict[int, int | None] = {}
        self._endings: list[str] = [_OTHER]
        self._numbers: dict[str, int] = {_OTHER: 0}
        # Candidates of a renaming: hash of the old path, the new ending, the old ending.
        self._was, self._now, self._before = array("q"), array("H"), array("H")
        self._count = 0

    def run(self, old: Entries | None, new: Entries) -> Difference:
        """Read both generations."""
        references, picker = Picker(), Picker()
        if old is not None:
            for entry in self._files(old):
                if len(self._held) >= self._most:
                    raise _TooManyError
                self._held[hash(entry.path)] = _token(entry)
                references.offer("reference", entry)
        old_files = len(self._held)
        tally: Counter[str] = Counter()
        endings: Counter[str] = Counter()
        folders, sure, notes, found = set[int](), False, 0, dict[str, str]()
        for entry in self._files(new, every=False):
            name = entry.path.rsplit("/", 1)[-1]
            if name in self._names:
                found[name] = entry.path
            if not self._chosen(entry.path):
                continue
            state = self._place(entry, old is not None)
            tally[state] += 1
            if state == "added":
                ending = ending_of(entry.path)
                note = self._known.note(name)
                if note is not None:
                    notes, sure = notes + 1, sure or note
                    folders.add(hash(entry.path[: -len(name)]))
                elif self._known.ending(ending) is not None:
                    endings[ending] += 1
            if state != "same":
                picker.offer(state, entry, before=self._old_name(entry, state))
        removed = sum(value is not None for value in self._held.values())
        renamed = self._renamed()
        if removed - sum(one.count for one in renamed.values()) >= _FEW and tally["added"] >= _FEW and old is not None:
            self._replaced_endings(old, new, renamed)
        shared = tally["same"] + tally["changed"] + sum(one.count for one in renamed.values())
        return Difference(
            old_files=old_files * self._every,
            new_files=tally.total() * self._every,
            same=tally["same"] * self._every,
            changed=tally["changed"] * self._every,
            added=tally["added"] * self._every,
            removed=removed * self._every,
            renamed={ending: Renamed(one.count * self._every, one.endings_before) for ending, one in renamed.items()},
            endings={ending: count * self._every for ending, count in endings.items()},
            notes=Notes(notes * self._every, len(folders), sure) if notes else None,
            picks=picker.picks(wanted=(*renamed, *endings)),
            references=references.picks(),
            found=found,
            alike=not old_files or bool(shared) or tally.total() < _FEW,
        )

    def _files(self, entries: Entries, *, every: bool = True) -> Iterator[Entry]:
        for entry in entries():
            self._count += 1
            if self._count % 1000 == 0:
                self._heed(self._count)
            if entry.kind == "file" and (not every or self._chosen(entry.path)):
                yield entry

    def _chosen(self, path: str) -> bool:
        if self._every == 1:
            return True
        folder, _, name = path.rpartition("/")
        stem = name[:1] + name[1:].split(".", 1)[0]
        return zlib.crc32(f"{folder}/{stem}".encode("utf-8", "surrogatepass")) % self._every == 0

    def _place(self, entry: Entry, compared: bool) -> str:
        """Return what became of a file, and mark its old one as seen."""
        number = hash(entry.path)
        before = self._held.get(number)
        if before is not None:
            self._held[number] = None
            same = before == _token(entry) if self._different is None else number not in self._different
            return "same" if same else "changed"
        if compared and (old := self._stem_of(entry.path)) is not None:
            self._was.append(hash(old))
            self._now.append(self._number(ending_of(entry.path)))
            self._before.append(self._number(ending_of(old)))
        return "added"

    def _stem_of(self, path: str) -> str | None:
        """Return the longest beginning of a path, up to one of its dots, that was the name of a file before."""
        start = path.rfind("/") + 1
        end = len(path)
        for _ in range(_MOST_DOTS):
            end = path.rfind(".", start + 1, end)
            if end < 0:
                return None
            if hash(path[:end]) in self._held:
                return path[:end]
        return None

    def _old_name(self, entry: Entry, state: str) -> str:
        return entry.path if state == "changed" else (self._stem_of(entry.path) or "") if self._held else ""

    def _number(self, ending: str) -> int:
        if ending not in self._numbers and len(self._endings) < _MOST_ENDINGS:
            self._numbers[ending] = len(self._endings)
            self._endings.append(ending)
        return self._numbers.get(ending, 0)

    def _renamed(self) -> dict[str, Renamed]:
        """Return new ending → files whose old name is really gone."""
        counts: Counter[int] = Counter()
        before: dict[int, Counter[int]] = {}
        for was, now, old in zip(self._was, self._now, self._before, strict=True):
            if self._held.get(was) is not None:
                counts[now] += 1
                before.setdefault(now, Counter())[old] += 1
        return {
            self._endings[now]: Renamed(count, tuple(self._endings[old] for old, _ in before[now].most_common(12)))
            for now, count in counts.most_common(20)
        }

    def _replaced_endings(self, old: Entries, new: Entries, renamed: dict[str, Renamed]) -> None:
        """Add files of which only the ending was replaced: `a.doc` is gone, `a.xyz` is there."""
        stems: dict[int, str] = {}
        for entry in self._files(old):
            if self._held.get(hash(entry.path)) is not None and ending_of(entry.path):
                stems[hash(entry.path.rpartition(".")[0])] = ending_of(entry.path)
        counts: Counter[str] = Counter()
        before: dict[str, Counter[str]] = {}
        for entry in self._files(new):
            ending = ending_of(entry.path)
            if not ending or hash(entry.path) in self._held or self._stem_of(entry.path) is not None:
                continue
            was = stems.pop(hash(entry.path.rpartition(".")[0]), None)
            if was is not None:
                counts[ending] += 1
                before.setdefault(ending, Counter())[was] += 1
        for ending, count in counts.most_common(20):
            known = renamed.get(ending)
            endings = tuple(name for name, _ in before[ending].most_common(12))
            if known is None:
                renamed[ending] = Renamed(count, endings)
            else:
                renamed[ending] = Renamed(known.count + count, tuple(dict.fromkeys((*known.endings_before, *endings))))


def _token(entry: Entry) -> int:
    return hash(entry.token if entry.token is not None else (entry.size, entry.modified))
