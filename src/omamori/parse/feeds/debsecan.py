"""The form `debsecan` reads (security-tracker.debian.org/tracker/debsecan/release/1/SUITE): text, packed with zlib as it is served.

Three parts follow the line `VERSION 1`, each ended by an empty line: flaws (`CVE-2024-1,,description`); per package `package,number of the
flaw,flags,version in unstable,other versions`; and packages per source. A version is affected when it is below the one of unstable and none of
the others, letter by letter. Flags: B for a binary package, urgency, remote, F where the suite has a repair. The suite is only in the file's name.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from omamori.model.facts import Affected, Broken
from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedError, FeedParser, Item
from omamori.parse.feeds.releases import DEBIAN

FEED = "debsecan"
_MOST_BYTES = 512 << 20
_LONGEST = 100_000
_FLAW = re.compile(r"^(?:CVE-\d{4}-\d{4,19}|TEMP-[\w-]{1,60})$")
_PACKAGE = re.compile(r"^[a-z0-9][a-z0-9+.-]{0,200}$")


def recognise(name: str, beginning: bytes) -> bool:
    """Return whether a file is of this form, plain or packed."""
    if beginning.startswith(b"VERSION 1\n"):
        return True
    try:
        return beginning[:1] == b"\x78" and zlib.decompressobj().decompress(beginning, 10) == b"VERSION 1\n"
    except zlib.error:
        return False


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the ranges of a suite; FeedError when the name tells no suite of Debian or the file is damaged as a whole."""
    release = _release(name)
    lines = _lines(stream)
    if next(lines, None) != "VERSION 1":
        raise FeedError(
            Text("1行目が VERSION 1 ではありません。もう一度入手してください", "its first line is not VERSION 1: fetch it again")
        )
    flaws: list[str] = []
    for line in lines:
        if not line:
            break
        flaws.append(line.partition(",")[0])
    for number, line in enumerate(lines, len(flaws) + 3):
        if not line:
            return
        rows = _rows(line, flaws, release, f"line {number}")
        if rows is None:
            yield Broken(feed=FEED, file=name, place=f"line {number}", reason="expected package, number of a flaw, flags, versions")
        else:
            yield from rows


def _release(name: str) -> str:
    words = re.split(r"[^a-z]+", name.lower())
    found = next((DEBIAN[word] for word in words if word in DEBIAN), None)
    if found is None:
        raise FeedError(
            Text(
                "ファイル名にDebianの版の名前がありません。bookworm のような名前で保存してください",
                "its name tells no release of Debian: save it under the name of the suite, such as bookworm",
            )
        )
    return found


def _lines(stream: BinaryIO) -> Iterator[str]:
    first = stream.read(1)
    unpack = zlib.decompressobj() if first == b"\x78" else None
    held, total = b"", 0
    while data := first or stream.read(1 << 16):
        first = b""
        try:
            held += unpack.decompress(data, _MOST_BYTES - total + 1) if unpack else data
        except zlib.error as error:
            raise FeedError(Text("圧縮が壊れています。もう一度入手してください", "its compression is damaged: fetch it again")) from error
        *whole, held = held.split(b"\n")
        total += sum(map(len, whole))
        if total > _MOST_BYTES or len(held) > _LONGEST:
            raise FeedError(Text("大きすぎます。ファイルを確かめてください", "larger than this list ever is: check which file it is"))
        yield from (line.decode("utf-8", "replace") for line in whole)
    if held:
        yield held.decode("utf-8", "replace")


def _rows(line: str, flaws: list[str], release: str, place: str) -> Iterator[Affected] | None:
    parts = line.split(",")
    if len(parts) != 5:
        return None
    package, number, flags, unstable, others = parts
    if not _PACKAGE.match(package) or not number.isdigit() or len(number) > 9 or int(number) >= len(flaws) or len(flags) != 4:
        return None
    flaw = flaws[int(number)]
    return _affected(flaw, package, release, flags, (unstable, others.split()), place) if _FLAW.match(flaw) else None


def _affected(flaw: str, package: str, release: str, flags: str, versions: tuple[str, list[str]], place: str) -> Iterator[Affected]:
    unstable, others = versions
    repaired = flags[3] == "F"
    target = "binary" if flags[0] == "B" else None
    yield Affected(
        flaw=flaw, advisory=flaw, feed=FEED, kind="package", vendor="debian", product=package, release=release, scheme="dpkg",
        before=unstable, status="affected" if repaired else "no_fix", target=target, place=place,
    )  # fmt: skip
    if flags[0] == "B":
        return  # debsecan knows no other versions of a binary package
    for other in others:
        yield Affected(
            flaw=flaw, advisory=flaw, feed=FEED, kind="package", vendor="debian", product=package, release=release, scheme="dpkg",
            since=other, before=other, before_in=True, status="not_affected", place=place,
        )  # fmt: skip


FEEDS = (
    FeedParser(
        feed=FEED,
        form="debsecan",
        title=Text("Debian（debsecan用の一覧）", "Debian (the list for debsecan)"),
        recognise=recognise,
        read=read,
        url="https://security-tracker.debian.org/tracker/debsecan/release/1/",
        best_before=14,
    ),
)
"""The feeds of this module."""
