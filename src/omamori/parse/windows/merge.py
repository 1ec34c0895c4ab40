"""What several outputs say about one machine → one set of rows and looks. Pure.

Rows with the same key are one row: a value comes from the first output that read it, the whole lists
first. A row of an output that could not read part of the key (netstat without process numbers, adapters
without their addresses) is every row that agrees in the rest. A column counts as read only where every row has it from an output that could read it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from omamori.model.evidence import by_column, of_columns
from omamori.model.look import Look, Parsed
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import TABLES, table_of

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hosts": (),
        "password_policy": (),
        "update_policy": (),
        "windows_settings": (),
        "consents": (),
        "patches": ("patch_id",),
        "software": ("name", "version", "architecture", "account"),
        "server_roles": ("name",),
        "services": ("name",),
        "tasks": ("name",),
        "processes": ("pid",),
        "listeners": ("protocol", "address", "port", "pid"),
        "connections": ("protocol", "local_address", "local_port", "peer_address", "peer_port", "pid"),
        "interfaces": ("name", "address"),
        "neighbours": ("address", "interface"),
        "routes": ("destination", "gateway", "interface"),
        "firewall_profiles": ("product", "profile"),
        "accounts": ("name",),
        "group_members": ("group_name", "member"),
        "shares": ("name",),
        "share_access": ("share", "principal", "access"),
        "share_settings": ("protocol", "name"),
        "security_products": ("name", "kind"),
        "log_settings": ("log",),
        "audit_settings": ("name",),
        "group_policies": ("name", "scope"),
        "user_rights": ("name", "holder"),
        "file_access": ("path", "principal", "access"),
        "known_networks": ("name", "kind"),
        "domain_computers": ("name",),
        "protection_exclusions": ("product", "kind", "value", "origin"),
        "startup_programs": ("location", "name", "account"),
        "macro_settings": ("account", "application", "version"),
        "usb_history": ("device", "serial"),
    }
)
"""Columns that make two rows of a table the same thing; of a table not named here every output's rows are kept."""
ORDERED = frozenset({"firewall_rules"})
"""Tables whose rows make sense only in the order of their own list: where there is a whole list, the best one alone counts."""
EXACT = frozenset({"audit_settings"})
"""Tables of which a whole list tells finer what other outputs tell roughly (subcategories of auditing, categories of secedit): it alone counts."""

_Source = tuple[Look, Sequence[Any]]


def merge(parts: Sequence[Parsed]) -> Parsed:
    """Join what the outputs of one machine said."""
    sources: dict[str, list[_Source]] = {}
    for part in parts:
        for look in part.looks:
            said = [row for row in part.rows if table_of(row).name == look.table]
            sources.setdefault(look.table, []).append((look, said))
    rows: list[Any] = []
    looks: list[Look] = []
    for table, found in sources.items():
        look, joined = found[0] if len(found) == 1 else _join(table, found)
        looks.append(look)
        rows += joined
    return Parsed(
        rows=tuple(rows),
        looks=tuple(looks),
        problems=tuple(problem for part in parts for problem in part.problems),
        identifiers=tuple(dict.fromkeys(name for part in parts for name in part.identifiers)),
    )


def _join(table: str, found: Sequence[_Source]) -> tuple[Look, list[Any]]:
    found = sorted(found, key=lambda one: (not one[0].complete, len(one[0].missing)))
    if table in ORDERED | EXACT and found[0][0].complete:
        return found[0][0], list(found[0][1])
    keys = KEYS.get(table)
    columns = [column.name for column in TABLES[table].columns if column.name not in ROW_COLUMNS]
    groups = _groups(found, keys)
    complete = [look for look, _ in found if look.complete]
    missing = [name for name in columns if _unread(name, groups.values(), complete or [look for look, _ in found])]
    first = complete[0] if complete else found[0][0]
    reason = first.reason or next((look.reason for look, _ in found if look.reason), None)
    look = dataclasses.replace(first, missing=tuple(missing), reason=(reason or "not_collected") if missing or not first.complete else None)
    return look, [_row(members, columns) for members in groups.values()]


def _finest(build: str | None, others: Iterable[str | None]) -> str | None:
    """The same build with the number of the update behind it, where one output has that (10.0.19045 and 10.0.19045.4412)."""
    return max((other for other in others if other and build and other.startswith(f"{build}.")), key=len, default=build)


def _groups(found: Sequence[_Source], keys: tuple[str, ...] | None) -> dict[Any, list[tuple[Any, Look]]]:
    """Put together the rows that are one thing: those with a whole key first, then those with a part of it."""
    groups: dict[Any, list[tuple[Any, Look]]] = {}
    if keys is None:
        return {(number, place): [(row, look)] for number, (look, rows) in enumerate(found) for place, row in enumerate(rows)}
    for look, rows in sorted(found, key=lambda one: len(set(keys) & set(one[0].missing))):
        known = tuple(name for name in keys if name not in look.missing)
        if len(known) == len(keys) or not known:
            for row in rows:
                groups.setdefault(_key(row, keys), []).append((row, look))
            continue
        index: dict[Any, list[Any]] = {}
        for key, members in groups.items():
            index.setdefault(_key(members[0][0], known), []).append(key)
        told = set()
        for row in rows:
            part = _key(row, known)
            # Rows that cannot be told apart say the same once: many ports without, times many with process numbers, would not end.
            if part in told:
                continue
            if part in index:
                told.add(part)
            for key in index.get(part, [_key(row, keys)]):
                groups.setdefault(key, []).append((row, look))
    return groups


def _key(row: Any, keys: Iterable[str]) -> tuple[Any, ...]:
    values = (getattr(row, name) for name in keys)
    return tuple(value.casefold() if isinstance(value, str) else value for value in values)


def _unread(column: str, groups: Iterable[Sequence[tuple[Any, Look]]], looks: Sequence[Look]) -> bool:
    """Whether some row has the column from no output that could read it; without rows, whether no whole list could."""
    members = list(groups)
    if not members:
        return all(column in look.missing for look in looks)
    return any(all(column in look.missing for _, look in group) for group in members)


def _row(members: Sequence[tuple[Any, Look]], columns: Iterable[str]) -> Any:
    first = members[0][0]
    if len(members) == 1:
        return first
    values = {}
    for name in columns:
        known = (getattr(row, name) for row, look in members if name not in look.missing)
        others = (getattr(row, name) for row, _ in members)
        values[name] = next((value for value in (*known, *others) if value not in (None, "")), getattr(first, name))
    if "os_build" in values:
        values["os_build"] = _finest(values["os_build"], [row.os_build for row, _ in members])
    values["evidence"] = by_column(first.evidence, {name: _line_of(name, value, members) for name, value in values.items()})
    return dataclasses.replace(first, **values)


def _line_of(column: str, value: Any, members: Sequence[tuple[Any, Look]]) -> str:
    """The line a value was read from."""
    return next(
        (of_columns(row.evidence, (column,)) for row, _ in members if getattr(row, column) == value and value not in (None, "")), ""
    )
