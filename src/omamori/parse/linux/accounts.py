"""Local accounts and groups. The probe prints neither hashes nor comments (full names)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from omamori.model.access import Account, GroupMember
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import answered, number
from omamori.parse.sections import Section, read_sections

TABLES = ("accounts", "group_members")
_STATES = {"P": "set", "PS": "set", "L": "locked", "LK": "locked", "NP": "empty"}
_NO_SHELLS = ("nologin", "false", "sync", "shutdown", "halt", "")
_FIRST_PERSON, _LAST_PERSON = 1000, 60000
_LONGEST = 1000
"""A longer line is no login."""
_LASTLOG = re.compile(r"(\S+)\s.*?([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [+-]\d{4} \d{4})\s*\Z", re.ASCII)
_LAST = re.compile(r"(\S+)\s.*?([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class _State:
    """What `passwd -S` says of an account."""

    state: str | None
    changed: date | None
    max_days: int | None


def parse(data: bytes, context: Context) -> Parsed:
    """Return accounts and group_members of one machine."""
    sections = read_sections(data)
    problems: list[Problem] = []
    groups = _groups(sections.get("group"))
    passwd = sections.get("passwd")
    if passwd is None or not answered(passwd):
        return Parsed(looks=tuple(Look(table, complete=False, reason="not_collected") for table in TABLES))
    states = _states(sections.get("states"))
    expiry = _expiry(sections.get("expiry"))
    keys = _keys(sections.get("keys"))
    logins, logins_known = _logins(sections)
    rows: list[Account] = []
    primary: dict[str, list[tuple[str, int]]] = {}
    for line, text in passwd.numbered():
        parts = text.split(":")
        if not text.strip():
            continue
        if len(parts) != 7 or not parts[0] or number(parts[2]) is None:
            if text[0] not in "+-":
                problems.append(Problem(line, "an account: name:x:uid:gid::home:shell"))
            continue
        rows.append(_account(parts, line, states, expiry, keys, logins, context))
        primary.setdefault(parts[3], []).append((parts[0], line))
    members, group_look = _members(groups, primary, sections.get("group"), problems)
    look = _look(states, expiry, keys, logins_known, problems, context)
    return Parsed((*rows, *members), (look, group_look), tuple(problems))


def _account(
    parts: list[str],
    line: int,
    states: Mapping[str, _State],
    expiry: Mapping[str, date | None],
    keys: Mapping[str, int | None],
    logins: Mapping[str, datetime],
    context: Context,
) -> Account:
    name, uid, shell = parts[0], parts[2], parts[6].strip()
    state = states.get(name)
    said = "empty" if parts[1] == "" else state.state if state else None
    whole_uid = number(uid) or 0
    return Account(
        name=name,
        uid=uid,
        enabled=_enabled(said, shell, keys.get(name, 0), expiry.get(name), context),
        administrator=whole_uid == 0,
        system=not (whole_uid == 0 or _FIRST_PERSON <= whole_uid <= _LAST_PERSON),
        password_state=said,
        password_changed=state.changed if state else None,
        password_max_days=state.max_days if state else None,
        expires=expiry.get(name),
        last_login=logins.get(name),
        shell=shell or "/bin/sh",
        home=parts[5] or None,
        authorized_keys=keys.get(name),
        evidence=str(line),
    )


def _enabled(state: str | None, shell: str, keys: int | None, expires: date | None, context: Context) -> bool | None:
    """Whether somebody can log in: with a password or a key, a shell, and before the expiry."""
    if shell.rsplit("/", 1)[-1] in _NO_SHELLS and shell:
        return False
    if expires is not None and expires < context.seen.date():
        return False
    if state in ("set", "empty") or keys:
        return True
    return False if state == "locked" and keys == 0 else None


def _groups(section: Section | None) -> dict[str, tuple[str, int, list[str]]]:
    """Group number → name, line, members."""
    found: dict[str, tuple[str, int, list[str]]] = {}
    for line, text in section.numbered() if section else ():
        parts = text.strip().split(":")
        if len(parts) == 4 and parts[0]:
            found[f"{parts[2]}:{parts[0]}"] = (parts[0], line, [name for name in parts[3].split(",") if name])
    return found


def _members(
    groups: Mapping[str, tuple[str, int, list[str]]],
    primary: Mapping[str, list[tuple[str, int]]],
    section: Section | None,
    problems: list[Problem],
) -> tuple[list[GroupMember], Look]:
    rows = []
    for key, (name, line, members) in groups.items():
        group_id = key.partition(":")[0]
        for member in dict.fromkeys([*members, *(one for one, _ in primary.get(group_id, []))]):
            rows.append(GroupMember(group_name=name, group_id=group_id, member=member, evidence=str(line)))
    if section is None or not answered(section):
        return rows, Look("group_members", complete=False, reason="not_collected")
    bad = [line for line, text in section.numbered() if text.strip() and text.count(":") != 3 and text[0] not in "+-"]
    problems += [Problem(line, "a group: name:x:gid:members") for line in bad]
    return rows, Look("group_members", complete=not bad, reason="not_understood" if bad else None)


def _look(
    states: Mapping[str, _State],
    expiry: Mapping[str, date | None],
    keys: Mapping[str, int | None],
    logins_known: bool,
    problems: list[Problem],
    context: Context,
) -> Look:
    """`missing` names what this user could not see of others."""
    few = context.privileged is not True
    missing = []
    if few or not states:
        missing += ["password_state", "password_changed", "password_max_days"]
    if few or not expiry:
        missing.append("expires")
    if not keys or None in keys.values():
        missing.append("authorized_keys")
    if few or not states or "authorized_keys" in missing:
        missing.append("enabled")
    if not logins_known:
        missing.append("last_login")
    if problems:
        return Look("accounts", complete=False, missing=tuple(missing), reason="not_understood")
    reason = "needs_administrator" if context.privileged is False else "not_collected"
    return Look("accounts", missing=tuple(missing), reason=reason if missing else None)


def _states(section: Section | None) -> dict[str, _State]:
    """`name P 2026-01-31 0 99999 7 -1`; older programs print the day as 01/31/2026."""
    found = {}
    for line in section.lines if section and section.exit_code == 0 else ():
        words = line.split()
        if len(words) >= 5 and words[1] in _STATES:
            days = number(words[4])
            changed = _day(words[2])
            found[words[0]] = _State(_STATES[words[1]], changed, days if days is not None and 0 < days < 99999 else None)
    return found


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y"):
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return day if day > date(1970, 1, 2) else None
    return None


def _expiry(section: Section | None) -> dict[str, date | None]:
    found: dict[str, date | None] = {}
    for line in section.lines if section and section.exit_code == 0 else ():
        name, _, rest = line.partition(" ")
        if rest.startswith("Account expires"):
            found[name] = _day(rest.partition(":")[2].strip())
    return found


def _keys(section: Section | None) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for line in section.lines if section and section.exit_code == 0 else ():
        name, _, count = line.partition(" ")
        if name and (count == "?" or number(count) is not None):
            found[name] = number(count, 100_000)
    return found


def _logins(sections: Mapping[str, Section]) -> tuple[dict[str, datetime], bool]:
    """The last login by account, and whether there was anything to read it from."""
    lastlog, last = sections.get("lastlog"), sections.get("last")
    found: dict[str, datetime] = {}
    if lastlog is not None and answered(lastlog):
        for line in (one for one in lastlog.lines if len(one) <= _LONGEST):
            _remember(found, _LASTLOG.match(line), "%a %b %d %H:%M:%S %z %Y")
        return found, True
    if last is not None and answered(last):
        for line in (one for one in last.lines if len(one) <= _LONGEST):
            _remember(found, _LAST.match(line), "%a %b %d %H:%M:%S %Y")
        return found, True
    return found, False


def _remember(found: dict[str, datetime], match: re.Match[str] | None, form: str) -> None:
    if match is None:
        return
    try:
        told = datetime.strptime(" ".join(match[2].split()), form)
        moment = told.replace(tzinfo=None) - (told.utcoffset() or timedelta(0))
    except (ValueError, OverflowError):
        return
    if match[1] not in found or found[match[1]] < moment:
        found[match[1]] = moment


PARSERS = (Parser(kind="linux.accounts", tables=TABLES, parse=parse),)
