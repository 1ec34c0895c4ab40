"""What a feed's parser is: a module in this package with a `FEEDS` tuple. It is found by walking the folder.

It reads one file of a publisher as a stream and yields facts, what it could not read, and the day the file is of. One bad record never
loses the good ones: it is yielded as `Broken` and the reading goes on. Containers (gzip, xz, zip) are opened before; a parser sees the
plain bytes of one member at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from omamori.model.facts import Broken, Fact
from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day a file is of, as it says itself."""

    day: date


class FeedError(Exception):
    """A file as a whole cannot be read: says what was expected and what to do. Facts yielded before stay."""

    def __init__(self, said: Text) -> None:
        """Keep what was expected, in both languages."""
        self.text = said
        super().__init__(said.en)


Item = Fact | Broken | AsOf


@dataclass(frozen=True, slots=True)
class FeedParser:
    """One feed in one form: how its files are known, and how they are read.

    `feed`: the name its facts carry (`nvd`, `kev`, `jvn`, `microsoft` …); several forms may share one.
    `recognise` gets the file's name (within its container) and its first 64 KiB and returns True when the file is of this form.
    `read` gets the stream and the file's name. `url`: where the publisher serves it, for people and for `feeds build --download`
    (empty where it must be fetched by hand). `{year}` in an address of `downloads` stands for every year from `since_year` to the present
    one. `best_before`: days after which it counts as old.
    """

    feed: str
    form: str
    title: Text
    recognise: Callable[[str, bytes], bool]
    read: Callable[[BinaryIO, str], Iterator[Item]]
    url: str = ""
    downloads: tuple[str, ...] = ()
    best_before: int = 31
    since_year: int = 0
