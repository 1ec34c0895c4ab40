"""`net user`: the list of the local accounts, and `net user NAME`: one account.

Labels are translated, but their order is the same in every language: an account has seven lines, five about
its password, five about logging in, its hours, and its groups. So values are found by their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from omamori.model.access import Account, GroupMember
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.forms.net_lines import (
    ADMINISTRATORS,
    CLOSED,
    RULE,
    account_columns_but,
    at_domain,
    but,
    closed,
    field,
    group_id,
    system_account,
)
from omamori.parse.windows.values import NEVER, moment, yes

LIST = re.compile(r"(?:[^\\]{1,60} )?\\\\([^\\\s]{1,255})(?:\s[^\\]{0,60})?$")
_COUNTRY = re.compile(r".{1,80}?\s\d{3} \(")
ACCOUNT = re.compile(r"\S[^\\:]{0,60}?(?: {2,}|\t)\s*\S")
_KNOWN_LOCAL = ("Local Group Memberships", "所属しているローカル グループ", "所属しているローカルグループ")
_LOCKED = frozenset({"locked", "ロックアウト", "ロック"})
_NEVER = NEVER | frozenset({"nie", "jamais", "nunca", "mai", "nooit", "しない"})
_NUMBER_LIMIT = 100_000
_MARKS = re.compile("[\u200e\u200f]|\\?(?=\\d)")
"""Windows puts marks of writing direction into dates; in old code pages they become question marks."""


def list_begins(lines: Sequence[str]) -> bool:
    """Whether a list of accounts begins here: a line of dashes comes next, and then no group (these begin with a star)."""
    rest = [text for text in lines[1:] if text.strip()]
    return bool(rest) and RULE.match(rest[0]) is not None and not (len(rest) > 1 and rest[1].startswith("*"))


def read_list(piece: Piece, context: Context) -> Parsed:
    """Return the names of the local accounts. Whole only with its closing line."""
    heading = LIST.match(piece.lines[0].text.rstrip()) if piece.lines else None
    host = heading[1] if heading else ""
    first = piece.lines[0].number if piece.lines else 0
    if "." in host or at_domain(piece):
        return _of_domain(first)
    rows: dict[str, Account] = {}
    for line in piece.lines[1:]:
        if CLOSED.match(line.text):
            break
        if RULE.match(line.text) or not line.text.strip() or len(rows) >= _NUMBER_LIMIT:
            continue
        for name in re.split(r"\s{2,}", line.text.strip()):
            row = Account(name=name[:256], system=system_account(name), evidence=str(line.number))
            rows.setdefault(name.lower(), row)
    whole = closed(piece.lines) and bool(rows)
    problems = () if whole else (Problem(piece.lines[-1].number if piece.lines else 0, _END, _END_JA),)
    if not whole and rows and piece.lines and not CLOSED.match(piece.lines[-1].text):
        # The last line may be an error or a closing line in a language nobody foresaw, and no account.
        rows = {key: row for key, row in rows.items() if row.evidence != str(piece.lines[-1].number)}
    missing = account_columns_but("name", "system")
    look = Look("accounts", complete=whole, missing=missing, reason="not_collected" if whole else "not_understood")
    return Parsed(rows=tuple(rows.values()), looks=(look,), problems=problems, identifiers=(f"name:{host.lower()}",) if host else ())


_END = "accounts and the closing line `The command completed successfully.`; the list is cut short or ended in an error"
_END_JA = "アカウントと最後の行「コマンドは正常に終了しました。」(途中で切れているか、エラーで終わっています)"


def _of_domain(line: int) -> Parsed:
    """Accounts of the domain are no local accounts."""
    return Parsed(
        looks=(Look("accounts", complete=False, reason="not_collected"),),
        problems=(
            Problem(
                line,
                "local accounts; these are of the domain: type `net user` without /domain",
                "この機器のアカウント(/domain なしの net user)",
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """One line of an account: line number, label and value, and the lines below that have no label."""

    line: int
    label: str
    value: str
    below: tuple[str, ...] = ()


def account_begins(lines: Sequence[str]) -> bool:
    """Whether one account begins here: its fifth line is a country's number (`000 (System Default)`) in every language."""
    if len(lines) < 3 or lines[1].startswith("="):
        return False
    block = list(_until_blank(lines[:8]))
    return len(block) > 4 and _COUNTRY.match(block[4]) is not None


def _until_blank(lines: Sequence[str]) -> Iterator[str]:
    for text in lines:
        if not text.strip():
            return
        yield text


def _blocks(lines: Sequence[Line]) -> list[list[_Field]]:
    """The fields of an account, block by block as empty lines part them."""
    blocks: list[list[_Field]] = [[]]
    for line in lines:
        if CLOSED.match(line.text):
            break
        if not line.text.strip():
            if blocks[-1]:
                blocks.append([])
        elif line.text[:1].isspace():
            if blocks[-1]:
                last = blocks[-1][-1]
                blocks[-1][-1] = _Field(last.line, last.label, last.value, (*last.below, line.text.strip())[:2000])
        else:
            blocks[-1].append(_Field(line.number, *field(line.text)))
    return [block for block in blocks if block]


def read_account(piece: Piece, context: Context) -> Parsed:
    """Return one account and the local groups it is in; never the whole list of either."""
    if at_domain(piece):
        return _of_domain(piece.lines[0].number if piece.lines else 0)
    blocks = _blocks(piece.lines)
    first, password, logon = ([*blocks, [], [], []])[:3]
    problems: list[Problem] = []
    end = piece.lines[-1].number if piece.lines else 0
    if not first or not first[0].value or len(first) != 7 or len(password) != 5 or len(logon) < 5:
        problems.append(Problem(end, "an account with seven lines, five about its password and five about logging in", _SHORT_JA))
    if not closed(piece.lines):
        problems.append(Problem(end, _END, _END_JA))
    if not first or not first[0].value:
        looks = tuple(Look(table, complete=False, reason="not_understood") for table in ("accounts", "group_members"))
        return Parsed(looks=looks, problems=tuple(problems))
    name = first[0].value[:256]
    known: dict[str, Any] = {"name": name, "system": system_account(name)}
    known |= _state(first, context) | _password(password) | _logon(logon)
    groups = next((block for block in blocks[3:] if any(one.value.startswith("*") for one in block)), [])
    members = list(_members(groups, name))
    if groups and groups[0].label in _KNOWN_LOCAL and closed(piece.lines):
        known["administrator"] = any(row.group_id == ADMINISTRATORS for row in members)
    elif any(row.group_id == ADMINISTRATORS for row in members):
        known["administrator"] = True
    row = Account(**known, evidence=str(first[0].line))
    looks = (
        Look("accounts", complete=False, missing=account_columns_but(*known), reason="not_collected"),
        Look("group_members", complete=False, missing=but(GroupMember, "group_name", "group_id", "member"), reason="not_collected"),
    )
    return Parsed(rows=(row, *members), looks=looks, problems=tuple(problems))


_SHORT_JA = "アカウントの7行、パスワードの5行、ログオンの5行"


def _state(block: Sequence[_Field], context: Context) -> dict[str, Any]:
    """Whether the account can be used: its sixth and seventh line."""
    if len(block) != 7:
        return {}
    known: dict[str, Any] = {}
    word, until = block[5].value.strip().lower(), _until(block[6].value)
    active = True if word in _LOCKED else yes(word) if word not in ("ja", "nein", "oui", "non") else word in ("ja", "oui")
    if active is not None and (until is not None or not active):
        known["enabled"] = active and not (isinstance(until, datetime) and until <= context.seen.replace(tzinfo=None))
    if until is not None:
        known["expires"] = until.date() if isinstance(until, datetime) else None
    return known


def _password(block: Sequence[_Field]) -> dict[str, Any]:
    """When the password was set and expires, and whether one is required."""
    if len(block) != 5:
        return {}
    known: dict[str, Any] = {}
    changed, expires, required = _until(block[0].value), _until(block[1].value), yes(block[3].value)
    if changed is not None:
        known["password_changed"] = _day(changed)
    if isinstance(expires, datetime) and isinstance(changed, datetime):
        known["password_max_days"] = max(0, round((expires - changed).total_seconds() / 86400))
    elif expires == "":
        known["password_max_days"] = None
    if required is not None:
        known["password_required"] = required
    return known


def _logon(block: Sequence[_Field]) -> dict[str, Any]:
    """The home folder and the last login: the fourth and fifth line of the third block."""
    if len(block) < 5:
        return {}
    known: dict[str, Any] = {"home": block[3].value[:260] or None}
    last = _until(block[4].value)
    if last is not None:
        known["last_login"] = last if isinstance(last, datetime) else None
    return known


def _until(text: str) -> datetime | str | None:
    """Return a moment, an empty text for `never`, None where nobody can tell."""
    clean = _MARKS.sub("", text).strip()
    return "" if clean.lower() in _NEVER else moment(clean)


def _day(value: datetime | str) -> date | None:
    return value.date() if isinstance(value, datetime) else None


def _members(groups: Sequence[_Field], name: str) -> Iterator[GroupMember]:
    """The local groups: the first of the two lists; names of more than 20 letters are cut by Windows and left out."""
    for line in groups[:1]:
        for text in (line.value, *line.below):
            for group in text.split("*"):
                if group.strip() and len(group.strip()) < 21:
                    yield GroupMember(group_name=group.strip(), group_id=group_id(group), member=name, evidence=str(line.line))
