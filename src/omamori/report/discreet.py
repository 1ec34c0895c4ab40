"""Takes out of words that leave the building what is not the reader's: other machines, accounts, persons.

A vendor's inquiry quotes findings and lines of evidence. They may name machines of other vendors, accounts and people;
each such name is replaced by a word that says what stood there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.names import accounts_in
from omamori.snapshot.database import Database

OTHER_MACHINE = Text("(別の機器)", "(another machine)")
ACCOUNT = Text("(アカウント)", "(account)")
PERSON = Text("(氏名・部署)", "(a person or desk)")
PERSONAL_TABLES = frozenset(
    {
        "accounts", "group_members", "sudo_rules", "user_rights", "share_access", "usb_history", "consents", "startup_programs",
        "macro_settings", "known_networks", "domain_computers", "file_access", "file_permissions", "processes", "tasks",
    }
)  # fmt: skip
"""Tables whose lines of evidence may hold accounts, people, other machines or what somebody plugged in: such a line is not quoted."""

_SID = re.compile(r"S-1-5-21(?:-\d+){2,}")
_HOME = re.compile(r"(?i)((?:[a-z]:)?\\+Users\\+|/home/)([^\\/\s\"'<>|:]+)")
_ACCOUNTS = (
    ("accounts", "name"), ("group_members", "member"), ("sudo_rules", "who"), ("user_rights", "holder"), ("share_access", "principal"),
    ("listeners", "account"), ("services", "account"), ("processes", "account"), ("tasks", "account"), ("startup_programs", "account"),
    ("macro_settings", "account"), ("windows_settings", "auto_logon_account"), ("file_permissions", "owner"),
    ("device_accounts", "name"), ("sessions", "account"), ("declared_backups", "account"), ("backup_generations", "account"),
    ("backup_repositories", "deleters"), ("backup_posture", "deleters"),
)  # fmt: skip
_PEOPLE = (
    ("site", "officer"), ("site", "prepared_by"), ("answers", "answered_by"), ("contacts", "name"), ("contacts", "phone"),
    ("exceptions", "owner"), ("actions", "owner"), ("vendor_notices", "handled_by"), ("vendors", "contact"), ("vendors", "phone"), ("remote_lines", "opened_by"),
    ("cut_points", "who"), ("cut_points", "decides"), ("never_blocked", "decided_by"), ("backup_media", "done_by"), ("restore_proofs", "said_by"),
    ("consents", "answered_by"), ("consents", "agreed"), ("block_actions", "approved_by"), ("block_actions", "said_by"), ("usb_history", "device"), ("usb_history", "serial"),
)  # fmt: skip
_NOBODY = frozenset(
    {
        "", "*", "all", "none", "system", "localsystem", "localservice", "networkservice", "local service", "network service",
        "nt authority", "nt service", "builtin", "everyone", "public", "local", "root", "administrator", "administrators", "guest", "guests",
        "users", "nobody", "authenticated users", "interactive", "network", "creator owner", "trustedinstaller", "backup operators",
        "remote desktop users", "power users", "domain users", "domain admins", "domain guests", "domain computers",
    }
)  # fmt: skip
"""What stands in such columns without naming anybody: accounts and groups every system has."""
_PRODUCTS = ("Service Pack",)
"""Words of a product that hold a word many accounts are called by."""
_LEAST = 2


class Discreet:
    """Replaces names that are not the reader's; the same for every sentence of one paper."""

    def __init__(self, hidden: Mapping[str, Text], kept: Collection[str] = ()) -> None:
        """In: name → what is written in its place; names that stay as they are, also where they hold another one."""
        self._words = {name.casefold(): words for name, words in hidden.items()}
        kept = [name for name in kept if len(name) >= _LEAST]
        self._kept = {name.casefold() for name in kept}
        names = sorted({*hidden, *kept}, key=lambda name: (-len(name), name))
        # Long lists are searched a thousand names at a time: one pattern of all would be slow to build.
        self._patterns = [re.compile("|".join(map(_as_word, part)), re.IGNORECASE) for part in _parts(names)]

    def say(self, text: str, language: str) -> str:
        """Return `text` without the names, in Japanese or English words."""
        found = _SID.sub(_in(ACCOUNT, language), _HOME.sub(lambda match: match[1] + _in(ACCOUNT, language), text))
        for pattern in self._patterns:
            found = pattern.sub(lambda match: self._instead(match[0], language), found)
        return found

    def text(self, text: Text) -> Text:
        """Return both languages of a sentence without the names."""
        return Text(self.say(text.ja, "ja"), self.say(text.en, "en"))

    def _instead(self, name: str, language: str) -> str:
        folded = name.casefold()
        return name if folded in self._kept or folded not in self._words else _in(self._words[folded], language)


def discreet(database: Database, theirs: Collection[str]) -> Discreet:
    """Return what hides, in words about the machines `theirs`, every other machine, account and person the snapshot knows."""
    hidden: dict[str, Text] = {}
    kept: set[str] = {*theirs, *_PRODUCTS}
    nobody = _NOBODY | _of_the_system(database)
    for table, column in _ACCOUNTS:
        for name in accounts_in(column, _values(database, table, column)):
            for part in {name, name.rpartition("\\")[2], name.partition("@")[0].lstrip("%")}:
                if part.casefold() not in nobody and len(part) >= _LEAST and not part.isdigit():
                    hidden[part] = ACCOUNT
    for table, column in _PEOPLE:
        for name in _values(database, table, column):
            if len(name) >= _LEAST:
                hidden[name] = PERSON
    for asset, names in _machines(database).items():
        if asset in theirs:
            kept |= names
        else:
            hidden |= dict.fromkeys((name for name in names if len(name) >= _LEAST), OTHER_MACHINE)
    for name in kept:
        hidden.pop(name, None)
    return Discreet(hidden, kept)


def _of_the_system(database: Database) -> set[str]:
    """Names of accounts that belong to a service of the system on every machine that has them, and of groups."""
    names = {
        clean(name).casefold() for (name,) in database.select("select name from accounts group by name having bool_and(system)") if name
    }
    return names | {clean(name).casefold() for (name,) in database.select("select distinct group_name from group_members") if name}


def _machines(database: Database) -> dict[str, set[str]]:
    """Asset → every name and address it is known by."""
    found: dict[str, set[str]] = {}
    for asset, hostname in database.select("select asset, hostname from assets"):
        found.setdefault(clean(asset), {clean(asset)}).update(_short(hostname))
    for row in database.rows("ledger_assets"):
        found.setdefault(clean(row.asset), {clean(row.asset)}).update((*_short(row.hostname), *(row.address or "").split()))
    for asset, identifier in database.select("select asset, identifier from identity"):
        kind, _, value = str(identifier).partition(":")
        if kind in ("name", "ip") and asset:
            found.setdefault(clean(asset), {clean(asset)}).update(_short(value))
    for (line,) in database.select("select line from remote_lines"):
        found.setdefault(clean(line), {clean(line)})
    for asset, entry in database.select("select asset, entry from entries") if database.has("entries") else ():
        # A way in is called by its device and tunnel: whose machine or line it is not, is told neither.
        if entry:
            found.setdefault(clean(asset or entry), {clean(asset or entry)}).add(clean(entry))
    for row in database.rows("vendors"):
        found.setdefault(clean(row.vendor), {clean(row.vendor)})
    return found


def _short(name: str | None) -> set[str]:
    said = clean(name or "").strip()
    host = said.split(".")[0]
    return {said, host} - {""} if not host.isdigit() else {said} - {""}


def _values(database: Database, table: str, column: str) -> Iterable[str]:
    if not database.has(table):
        return []
    # Names of the model, never of input.
    query = f"select distinct {column} from {table} where {column} is not null"  # noqa: S608
    return [clean(str(value)).strip() for (value,) in database.select(query)]


def _as_word(name: str) -> str:
    """A name of letters and digits is found as a word; one with Japanese in it wherever it stands."""
    found = re.escape(name)
    first, last = name[0], name[-1]
    before = r"(?<![A-Za-z0-9_])" if first.isascii() and (first.isalnum() or first == "_") else ""
    behind = r"(?![A-Za-z0-9_])" if last.isascii() and (last.isalnum() or last == "_") else ""
    return before + found + behind


def _in(words: Text, language: str) -> str:
    return words.en if language == "en" else words.ja


def _parts(names: list[str], size: int = 1000) -> Iterable[list[str]]:
    return [names[start : start + size] for start in range(0, len(names), size)]
