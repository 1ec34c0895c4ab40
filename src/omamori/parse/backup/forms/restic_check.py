"""`restic check`: only "no errors were found" is success. Without `--read-data` no byte of the data was read, with a subset only that.

A repository with a damaged pack passes the plain check; so how much was read is told besides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.model.backup import BackupDamage, BackupRepository
from omamori.parse.backup.form import NAMED, REPOSITORIES, REPOSITORY_COLUMNS, Form, Gathering, Heard, Listing, check_looks, looks_of
from omamori.parse.backup.values import moment

PRODUCT = "restic"
_BEGUN = re.compile(
    r"^(?:create exclusive lock for repository|load indexes|check all packs|check snapshots, trees and blobs)$", re.MULTILINE
)
_REFUSED = re.compile(
    r"^(?:Fatal: (?:wrong password or no key found|unable to open (?:config file|repository)\b)|(?:Fatal: )?unable to create lock in backend\b)",
    re.MULTILINE,
)
_GOOD = re.compile(r"^no errors were found$")
_ALL = re.compile(r"^read all data$")
_GROUP = re.compile(r"^read group #\d{1,6} of \d{1,6} data packs \(out of total (\d{1,9}) packs in \d{1,6} groups\)")
_SOME = re.compile(r"^read (?:\d{1,3}(?:\.\d{1,3})?% of data packs|\d{1,15} bytes? of data packs)")
_PACKS = re.compile(r"\] 100\.00%  (\d{1,9}) / (\d{1,9}) packs")
_WRONG = re.compile(
    r"^(?:Pack ID does not match|pack [0-9a-f]{8,64}\b(?!.*(?:not referenced|contained in several))|Blob ID does not match"
    r"|error for tree|error:|\[?error\b|Fatal: repository contains errors|tree [0-9a-f]{8,64}\b|Load\(|.{0,60}is damaged|rc=[1-9])",
    re.IGNORECASE,
)
_PACK = re.compile(r"^Pack ID does not match, want ([0-9a-f]{64})|^pack ([0-9a-f]{8,64})(?:[: ]|$)")
_LOCKED = re.compile(r"lock was created at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \((\d{1,6})h")
_STALE_HOURS = 24
_MOST = 2000


def _read(listing: Listing) -> Heard:
    lines = listing.lines
    gathering = Gathering()
    good = any(_GOOD.match(line) for line in lines)
    wrong = [(number, line) for number, line in enumerate(lines, 1) if _WRONG.match(line)]
    ok = False if wrong else True if good else None
    if ok is None:
        gathering.wrong(
            len(lines),
            "the line 'no errors were found', or what is wrong: the output is cut off",
            "「no errors were found」の行(途中で切れています)",
        )
    total, read, all_read = _read_packs(lines)
    packs = {found[1] or found[2]: (number, line) for number, line in wrong if (found := _PACK.match(line))}
    damages = [
        BackupDamage(asset=NAMED, part=pack, detail="missing" if "does not exist" in line else "altered", evidence=str(number))
        for pack, (number, line) in list(packs.items())[:_MOST]
    ]
    if wrong and not packs:
        damages = [BackupDamage(asset=NAMED, part="?", detail="altered", evidence=str(wrong[0][0]))]
    said = f"restic check tells errors ({len(packs)} packs named)" if wrong else None if good else "restic check was not completed"
    if said is None and not all_read:
        said = "only a part of the data was read" if read else "the data were not read (restic check without --read-data)"
    row = BackupRepository(
        asset=NAMED, readable=True, encrypted=True, structure_ok=ok, said=said, parts=total, parts_read=read,
        damaged_parts=len(packs) if packs or (read and not wrong) else None, evidence=str(wrong[0][0] if wrong else len(lines)),
    )  # fmt: skip
    fills = ("readable", "structure_ok", "encrypted", "parts", "parts_read", "damaged_parts")
    looks = check_looks(row, fills, whole=ok is True and all_read)
    return Heard(PRODUCT, (row, *damages), looks, tuple(gathering.problems))


def _read_packs(lines: Sequence[str]) -> tuple[int | None, int, bool]:
    """Return how many packs there are (None: not told), how many were read to their end, and whether all of them were to be read."""
    total: int | None = None
    read = 0
    reading = ""
    for line in lines:
        if _ALL.match(line):
            reading = "all"
        elif found := _GROUP.match(line):
            reading, total = "some", int(found[1])
        elif _SOME.match(line):
            reading = "some"
        elif reading and (found := _PACKS.search(line)) and found[1] == found[2]:
            read = int(found[1])
            total = read if reading == "all" else total
    return total, read, reading == "all" and total is not None


def _refused(listing: Listing) -> Heard:
    """It could not be opened, or somebody's lock stands in the way."""
    number, line = next(((number, line) for number, line in enumerate(listing.lines, 1) if _REFUSED.match(line)), (1, ""))
    if "lock" in line:
        told = next((found for line in listing.lines if (found := _LOCKED.search(line))), None)
        since = moment(told[1]) if told and int(told[2]) >= _STALE_HOURS else None
        row = BackupRepository(asset=NAMED, readable=True, encrypted=True, locks=1, stale_lock_since=since, evidence=str(number))
        return Heard(PRODUCT, (row,), looks_of(REPOSITORIES, [row], REPOSITORY_COLUMNS, complete=False))
    because = "wrong-password" if "wrong password" in line else "not-a-repository"
    row = BackupRepository(asset=NAMED, readable=False, unreadable_because=because, evidence=str(number))
    return Heard(PRODUCT, (row,), looks_of(REPOSITORIES, [row], REPOSITORY_COLUMNS, complete=False))


def _clean(text: str) -> str:
    """Names of files stand only in lines about a tree or a node; what they say is not needed."""
    return "\n".join(re.sub(r"(file|node|dir|path) \".*", r"\1 [name]", line, flags=re.IGNORECASE) for line in text.split("\n"))


_SOURCE = "restic documentation, Troubleshooting; restic 0.14.0 itself"
FORMS = (
    Form(
        "restic_refused", "restic (any command)", lambda text: _REFUSED.search(text) is not None and "load indexes" not in text, _refused,
        clean=_clean, captured=True, about="open", source=_SOURCE,
    ),
    Form(
        "restic_check", "restic check --read-data", lambda text: len(_BEGUN.findall(text)) > 1, _read, clean=_clean, captured=True, about="check",
        source=_SOURCE,
    ),
)  # fmt: skip
