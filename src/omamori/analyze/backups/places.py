"""Where a copy lies: reads targets as programs and people write them, and finds the machine that keeps it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from omamori.analyze.addresses import current_addresses, parse_address
from omamori.snapshot.database import Database

_UNC = re.compile(r"(?:\\\\|//)([\w.\-\[\]:]+)[\\/]+([^\\/\s]+)")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^@/\s]*@)?(\[[^\]\s]+\]|[^:/\s]+)(?::\d+)?(/\S*)?", re.IGNORECASE)
_REMOTE = re.compile(r"(?:(?:rest|sftp|ssh|scp|rsync|rclone):)?(?:[^@\s/]+@)?([A-Za-z0-9][\w.-]+):{1,2}(\S*)", re.ASCII)
_OBJECTS = re.compile(r"(?:s3|b2|azure|gs|swift|wasb)s?:", re.IGNORECASE)
_FAMILIES = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("shadow-copy", r"shadow|シャドウ|\bvss\b"),
        ("windows-backup", r"wbadmin|windows-backup|windows ?server ?(?:バックアップ|backup)"),
        ("restic", r"\brestic"),
        ("borg", r"\bborg"),
        ("veeam", r"veeam"),
        ("robocopy", r"robocopy"),
        ("rsync", r"rsync|rsnapshot"),
        ("postgresql", r"pg_?dump|pg_basebackup|pgbackrest|barman|postgres"),
        ("mysql", r"mysqldump|mariadb|mysql|xtrabackup"),
        ("tape", r"\blto|テープ|\btape"),
        ("rdx", r"\brdx"),
        ("kopia", r"kopia"),
    )
)
_MEDIA = {
    "same-host": "same-server", "network-mount": "other-server", "remote-host": "other-server", "removable": "disk", "tape": "tape",
    "object-storage": "cloud",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A target taken apart: host, share of that host, path; `text` is the same for the same place however it is written."""

    host: str | None = None
    share: str | None = None
    path: str | None = None
    text: str = ""


def place_of(target: str | None) -> Place:
    """Take a target apart. Words before a share's path (`Network share labeled \\\\nas\\b`) are left out."""
    words = (target or "").strip()
    unc = _UNC.search(words) if not _URL.match(words) else None
    if unc and (words.startswith(("\\\\", "//")) or "\\\\" in words):
        return Place(unc[1].lower(), unc[2].lower(), None, f"//{unc[1]}/{unc[2]}".lower())
    url = _URL.search(words)
    if url:
        share = (url[2] or "").strip("/").split("/")[0].lower() if words.lower().startswith(("smb:", "cifs:")) else None
        return Place(url[1].strip("[]").lower(), share or None, url[2], re.sub(r"//[^@/\s]*@", "//", words).rstrip("/").lower())
    remote = _REMOTE.fullmatch(words)
    if remote and not _OBJECTS.match(words) and "\\" not in words:
        return Place(remote[1].lower(), None, remote[2] or None, f"{remote[1]}:{remote[2]}".rstrip("/").lower())
    if words.startswith("/"):
        return Place(None, None, words, words.rstrip("/") or "/")
    drive = re.search(r"(?:^|\s)([A-Za-z]:)(\\\S*)?$", words)
    if drive:
        return Place(None, None, f"{drive[1]}{drive[2] or ''}".lower(), f"{drive[1]}{drive[2] or ''}".rstrip("\\").lower())
    return Place(text=words.casefold())


def family(*texts: str | None) -> str | None:
    """Return the one name of a product whatever it is called; None where none of the words is known."""
    whole = " ".join(text for text in texts if text)
    return next((name for name, words in _FAMILIES if words.search(whole)), None)


def medium_of(target_kind: str | None) -> str | None:
    """Return the kind of medium a kind of target is."""
    return _MEDIA.get(target_kind or "")


@dataclass(frozen=True, slots=True)
class Names:
    """The machines by what they are called: names and host names (lower case, also without domain), and addresses."""

    called: Mapping[str, frozenset[str]]
    assets: frozenset[str]

    @classmethod
    def read(cls, database: Database) -> Names:
        """Read them from the ledger, the machines and what is known of their identity."""
        called: dict[str, set[str]] = defaultdict(set)
        query = (
            "select asset, asset from assets union select asset, hostname from assets union select asset, hostname from hosts "
            "union select asset, hostname from ledger_assets union select asset, substr(identifier, 6) from identity where identifier like 'name:%'"
        )
        for asset, name in database.select(query):
            word = str(name or "").strip().casefold()
            called[word].add(str(asset))
            if "." in word and parse_address(word) is None:
                called[word.partition(".")[0]].add(str(asset))
        for asset, addresses in current_addresses(database).items():
            for address in addresses:
                called[address].add(asset)
        called.pop("", None)
        assets = frozenset(str(asset) for (asset,) in database.select("select asset from assets"))
        return cls({word: frozenset(found) for word, found in called.items()}, assets)

    def machine(self, word: str | None) -> str | None:
        """Return the machine of a name, host name (with or without domain) or address; None where none or several carry it."""
        text = (word or "").strip().casefold()
        address = parse_address(text)
        tries = (str(address),) if address is not None else (text, text.partition(".")[0])
        found = next((self.called[one] for one in tries if one in self.called), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def in_text(self, text: str | None) -> str | None:
        """Return the one machine a person names in a text; of names that hold each other the longest counts."""
        exact = self.machine(text)
        if exact is not None:
            return exact
        folded = (text or "").casefold()
        found: set[str] = set()
        for name in sorted((one for one in self.called if len(one) > 2 and one in folded), key=lambda one: (-len(one), one)):
            if _stands(name, folded):
                found |= self.called[name]
                folded = folded.replace(name, "\n")
        return next(iter(found)) if len(found) == 1 else None


def _stands(name: str, text: str) -> bool:
    """Whether a name stands in a text as a word: `NAS1` is not in `NAS10`, nor `サーバ1` in `サーバ12`."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        cut_before = _latin(before) and _latin(name[0])
        if not cut_before and not (_latin(after) and (_latin(name[-1]) or after.isdigit())):
            return True
        at = text.find(name, at + 1)
    return False


def _latin(letter: str) -> bool:
    return bool(letter) and letter.isascii() and letter.isalnum()
