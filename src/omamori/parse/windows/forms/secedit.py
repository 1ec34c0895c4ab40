"""`secedit /export /cfg FILE`: password rules, audit policy, rights and settings. Its keys are English in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from omamori.model.access import Account, PasswordPolicy
from omamori.model.evidence import by_column
from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import AuditSetting, UserRight, WindowsSetting
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.net_lines import account_columns_but, but
from omamori.parse.windows.forms.secedit_values import column

_SECTION = re.compile(r"\[([A-Za-z][A-Za-z ]{1,40})\]\s*$")
_HEADING = re.compile(r"\ufeff?\[(?:Unicode|System Access|Event Audit|Registry Values|Privilege Rights)\]\s*$")
_PAIR = re.compile(r"([^=]{1,1000}?)\s{0,20}=\s{0,20}(.*)$")
_WHOLE = re.compile(r"-?\d{1,9}$", re.ASCII)
_CATEGORIES = frozenset(
    {"AuditSystemEvents", "AuditLogonEvents", "AuditObjectAccess", "AuditPrivilegeUse", "AuditPolicyChange"}
    | {"AuditAccountManage", "AuditProcessTracking", "AuditDSAccess", "AuditAccountLogon"}
)
_POLICY = (
    ("MinimumPasswordLength", "min_length"),
    ("MinimumPasswordAge", "min_days"),
    ("MaximumPasswordAge", "max_days"),
    ("PasswordHistorySize", "history"),
    ("LockoutBadCount", "lockout_threshold"),
    ("LockoutDuration", "lockout_minutes"),
)
_MAX_HOLDERS = 2000


class _Pair(NamedTuple):
    """One `key = value` line."""

    line: int
    key: str
    value: str


_Sections = Mapping[str, Sequence[_Pair]]


def _sections(lines: Sequence[Line], problems: list[Problem]) -> tuple[dict[str, list[_Pair]], set[str]]:
    """Split the file; a line that is neither section nor pair is told, and names its section as damaged."""
    found: dict[str, list[_Pair]] = {}
    pairs: list[_Pair] = []
    damaged: set[str] = set()
    for line in lines:
        text = line.text.lstrip("\ufeff").rstrip()
        section = _SECTION.match(text)
        pair = _PAIR.match(text)
        if section:
            # A section that comes again stands behind in the order, so that the last one is the last.
            pairs = found.pop(section[1], [])
            found[section[1]] = pairs
        elif pair:
            pairs.append(_Pair(line.number, pair[1].strip(), pair[2].strip()))
        elif text.strip() and not text.startswith(";") and found:
            damaged.add(list(found)[-1])
            if len(problems) < 20:
                problems.append(Problem(line.number, "`key = value`", "「キー = 値」の行"))
    return found, damaged


def read(piece: Piece, context: Context) -> Parsed:
    """Return what each section tells. Whole only with `[Version]` and its revision at the end, as secedit writes it."""
    problems: list[Problem] = []
    sections, damaged = _sections(piece.lines, problems)
    end = list(sections)[-1:] == ["Version"] and any(pair.key == "Revision" for pair in sections["Version"])
    if not end:
        last = piece.lines[-1].number if piece.lines else 0
        problems.append(
            Problem(last, "the section [Version] with `Revision` at the end of the file", "ファイル末尾の [Version] と Revision")
        )
    rows: list[Any] = []
    looks: list[Look] = []
    readers: tuple[tuple[str, Callable[[_Sections, list[Problem]], Iterator[tuple[list[Any], Look]]]], ...] = (
        ("System Access", _access),
        ("Event Audit", _audit),
        ("Registry Values", _settings),
        ("Privilege Rights", _rights),
    )
    for name, reader in readers:
        if name in sections:
            for found, look in reader(sections, problems):
                rows += found
                looks.append(look if end and name not in damaged else _half(look))
    return Parsed(rows=tuple(rows), looks=tuple(looks), problems=tuple(problems))


def _half(look: Look) -> Look:
    return Look(look.table, complete=False, missing=look.missing, reason="not_understood")


def _access(sections: _Sections, problems: list[Problem]) -> Iterator[tuple[list[Any], Look]]:
    """Password rules, and names and state of the two accounts that every Windows has."""
    pairs = sections["System Access"]
    values = {pair.key: pair for pair in pairs}
    known: dict[str, Any] = {}
    lines = {name: str(values[key].line) for key, name in (*_POLICY, ("PasswordComplexity", "complexity")) if key in values}
    for key, name in _POLICY:
        number = _number(values.get(key), problems)
        if number is not None:
            # -1 stands for never: no largest age; locked until an administrator unlocks it.
            known[name] = number if number >= 0 else None if name == "max_days" else 0
    complexity = _number(values.get("PasswordComplexity"), problems)
    if complexity is not None:
        known["complexity"] = complexity != 0
    if known.get("lockout_threshold") == 0:
        # Without lockout Windows writes no duration.
        known.setdefault("lockout_minutes", None)
    missing = but(PasswordPolicy, *known)
    row = PasswordPolicy(**known, evidence=by_column(str(pairs[0].line if pairs else 0), lines))
    yield [row] if known else [], Look("password_policy", missing=missing, reason="not_collected" if missing else None)
    accounts: list[Any] = []
    for name_key, state_key in (("NewAdministratorName", "EnableAdminAccount"), ("NewGuestName", "EnableGuestAccount")):
        state, pair = _number(values.get(state_key), problems), values.get(name_key)
        name = pair.value.strip('"') if pair else ""
        if pair is not None and name and state is not None:
            accounts.append(Account(name=name[:256], enabled=state != 0, system=False, evidence=str(pair.line)))
    if accounts:
        yield accounts, Look("accounts", complete=False, missing=account_columns_but("name", "enabled", "system"), reason="not_collected")


def _number(pair: _Pair | None, problems: list[Problem]) -> int | None:
    if pair is None:
        return None
    if _WHOLE.match(pair.value):
        return int(pair.value)
    problems.append(Problem(pair.line, f"a number for {pair.key[:60]}", "数値"))
    return None


def _audit(sections: _Sections, problems: list[Problem]) -> Iterator[tuple[list[Any], Look]]:
    """The categories that are switched on. Subcategories may say otherwise and then win, also over a category that is off."""
    rows: list[Any] = []
    for pair in sections["Event Audit"]:
        number = _number(pair, problems) if pair.key in _CATEGORIES else None
        if number in (1, 2, 3):
            success, failure = number in (1, 3), number in (2, 3)
            rows.append(AuditSetting(name=pair.key, success=success or None, failure=failure or None, evidence=str(pair.line)))
    yield rows, Look("audit_settings", complete=False, missing=("label", "success", "failure"), reason="not_collected")


def _settings(sections: _Sections, problems: list[Problem]) -> Iterator[tuple[list[Any], Look]]:
    """The values of the registry that a template names; what is not in it cannot be told from it."""
    known: dict[str, Any] = {}
    lines: dict[str, str] = {}
    for pair in sections["Registry Values"]:
        kind, _, value = pair.value.partition(",")
        found = column(pair.key, value) if kind in ("1", "2", "4") else None
        if found is not None:
            known[found[0]] = found[1]
            lines[found[0]] = str(pair.line)
    missing = but(WindowsSetting, *known)
    if known:
        yield (
            [WindowsSetting(**known, evidence=by_column(next(iter(lines.values())), lines))],
            Look("windows_settings", missing=missing, reason="not_collected"),
        )


def _rights(sections: _Sections, problems: list[Problem]) -> Iterator[tuple[list[Any], Look]]:
    """Who holds which right: SIDs behind stars, names without."""
    rows: dict[tuple[str, str], object] = {}
    whole = True
    for pair in sections["Privilege Rights"]:
        holders = pair.value.split(",", _MAX_HOLDERS)
        whole = whole and len(holders) <= _MAX_HOLDERS and pair.key.startswith("Se")
        for holder in holders[:_MAX_HOLDERS]:
            name = holder.strip().strip('"').removeprefix("*")
            if name and pair.key.startswith("Se"):
                rows.setdefault((pair.key, name.lower()), UserRight(name=pair.key[:100], holder=name[:256], evidence=str(pair.line)))
    whole = whole and bool(rows)
    yield list(rows.values()), Look("user_rights", complete=whole, reason=None if whole else "not_understood")


FORMS = (
    Form(
        name="secedit",
        command="secedit /export /cfg FILE",
        tables=("password_policy", "accounts", "audit_settings", "windows_settings", "user_rights"),
        read=read,
        heading=_HEADING,
        again=re.compile(r"\[(?!Unicode)"),
        source="Microsoft Learn, Windows Commands: secedit export; [MS-GPSB] Group Policy: Security Protocol Extension",
    ),
)
