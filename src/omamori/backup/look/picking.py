"""Which files of a generation are looked into: few, of many endings, none too large, the same ones whenever it is asked."""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from omamori.backup.interface import Entry
from omamori.backup.look.entropy import LEAST
from omamori.backup.look.kinds import ending_of, is_known

LARGEST = 8 * 1024**2
"""Bytes of a file that is looked into, at most."""
MOST_BYTES = 64 * 1024**2
"""Bytes looked into in one generation, at most."""
_EACH = 10
_MOST_ENDINGS = 200
_OF_A_KIND = 24


@dataclass(frozen=True, slots=True)
class Pick:
    """A file to look into: its path, its size, whether it is changed, added or a reference, and the path it had before (empty: none known)."""

    path: str
    size: int
    state: str
    before: str = ""


class Picker:
    """Takes files as they come; holds at most a few of each ending."""

    def __init__(self) -> None:
        """Nothing is held yet."""
        self._held: dict[tuple[str, str], list[tuple[int, str, Pick]]] = {}

    def offer(self, state: str, entry: Entry, before: str = "") -> None:
        """Take a file into account."""
        if not LEAST <= entry.size <= LARGEST:
            return
        ending = ending_of(entry.path)
        key = state, ending
        held = self._held.get(key)
        if held is None:
            if len(self._held) >= _MOST_ENDINGS and not is_known(ending):
                return
            held = self._held[key] = []
        # The smallest of a checksum of the path: chance for whoever writes the files, but the same in every run.
        order = -zlib.crc32(entry.path.encode("utf-8", "surrogatepass"))
        if len(held) < _EACH:
            heapq.heappush(held, (order, entry.path, Pick(entry.path, entry.size, state, before)))
        elif order > held[0][0]:
            heapq.heapreplace(held, (order, entry.path, Pick(entry.path, entry.size, state, before)))

    def picks(self, wanted: Sequence[str] = ()) -> tuple[Pick, ...]:
        """Return what to look into. In: endings that are asked for besides those that say what a file holds."""
        by_state = {state: self._mixed(state) for state in ("changed", "added", "reference")}
        special = [pick for ending in dict.fromkeys(wanted) for pick in self._of("added", ending)]
        chosen: dict[str, Pick] = {}
        left = MOST_BYTES
        for pick in (*special[: 3 * _EACH], *(pick for picks in by_state.values() for pick in picks)):
            if pick.path not in chosen and pick.size <= left:
                chosen[pick.path] = pick
                left -= pick.size
        return tuple(chosen.values())

    def _of(self, state: str, ending: str) -> list[Pick]:
        return [pick for _, _, pick in sorted(self._held.get((state, ending), ()), reverse=True)]

    def _mixed(self, state: str) -> list[Pick]:
        """Return files whose endings say what they hold, an ending after the other."""
        endings = sorted(ending for held, ending in self._held if held == state and is_known(ending))
        return list(_in_turn([self._of(state, ending) for ending in endings]))[:_OF_A_KIND]


def _in_turn(lists: Sequence[Sequence[Pick]]) -> Iterable[Pick]:
    for place in range(max(map(len, lists), default=0)):
        for one in lists:
            if place < len(one):
                yield one[place]
