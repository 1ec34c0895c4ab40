"""An invented Windows machine of a golden hospital after the files of a hardening plan were applied to it, for the tests.

The .reg file goes into its registry as `reg import` would put it there. What Windows itself makes of templates, audit settings and
some values (the size of a log, the state of Defender) is told in the words of the machine's description.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from hospitals_windows import kit_result
from hospitals_windows_hive import registry_of
from hospitals_windows_machine import WindowsMachine
from hospitals_windows_registry import Registry, Value, full
from omamori.respond.harden.changes import Change
from omamori.respond.harden.write.windows_values import Data, bounds, number_of, value_of

Entry = tuple[str, str, Value | None]
"""Key with the long name of its hive, name of the value, data (None: it is taken away)."""
_AREAS = {"MinimumPasswordLength": "length", "PasswordHistorySize": "history", "LockoutBadCount": "lockout", "LockoutDuration": "minutes"}
_FEATURES = {"SMB1Protocol": "FS-SMB1"}
"""A feature of DISM as the server manager names it."""
_STARTS = {2: "automatic", 3: "manual", 4: "disabled"}
_SERVICE = re.compile(r"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\([^\\]+)", re.IGNORECASE)


def hardened(machine: WindowsMachine, files: Mapping[str, bytes]) -> bytes:
    """Return the kit result of a machine with a plan's files applied (by their name below the machine's folder)."""
    entries = list(entries_of(files["values.en.reg"]))
    areas = dict(areas_of(files.get("gpo/GptTmpl.inf", b"")))
    audit = {row["Subcategory GUID"].lower(): int(row["Setting Value"]) for row in _rows(files.get("gpo/audit.csv", b""))}
    changed: dict[str, Callable[[str], str]] = {"audit.txt": lambda text: _audited(text, audit, english=machine.english)}
    features = re.findall(r"^call :feature \d{3} (\S+)", files["apply.cmd"].decode("ascii"), re.MULTILINE)
    after = replace(machine, said=_said(machine, entries, areas, features))
    return kit_result(after, imported(registry_of(machine), entries), changed)


def needed(change: Change, registry: Registry) -> bool:
    """Whether apply.cmd would make a change: not where it is so already or stricter, or where another value speaks against it."""
    value = value_of(change)
    if value is None:
        return True
    limits, there = bounds(value), standing(registry, value.key, value.name)
    for key, name, first, last in value.unless:
        others = [standing(registry, key, one) for one in _names(registry, key) if name in ("*", one)]
        if any(first <= number <= last for one in others if (number := number_of(_plain(one))) is not None):
            return False
    if value.holding and value.holding.lower() not in str(there).lower():
        return False
    if value.data is None or there is None:
        return value.data is not None or there is not None
    number = number_of(_plain(there))
    return number is None or not limits[0] <= number <= limits[1] if limits else _plain(there) != value.data


def standing(registry: Registry, key: str, name: str) -> Value | None:
    """Return the data of a value, None where there is none."""
    values = next((values for one, values in registry.items() if one.lower() == full(key).lower()), {})
    return next((data for one, data in values.items() if one.lower() == name.lower()), None)


def _names(registry: Registry, key: str) -> list[str]:
    return list(next((values for one, values in registry.items() if one.lower() == full(key).lower()), {}))


def _plain(data: Value | None) -> Data:
    return tuple(data) if isinstance(data, list) else data


def entries_of(reg: bytes) -> Iterator[Entry]:
    """Yield what a .reg file says."""
    text = reg.decode("utf-16").replace("\\\r\n  ", "")
    key = ""
    for line in text.split("\r\n"):
        if line.startswith("["):
            key = line[1:-1]
        elif line.startswith('"'):
            name, _, data = line[1:].partition('"=')
            yield key, name, _data(data)


def _data(text: str) -> Value | None:
    if text == "-":
        return None
    if text.startswith("dword:"):
        return int(text[6:], 16)
    if text.startswith('"'):
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    kind, _, digits = text.partition(":")
    data = bytes.fromhex(digits.replace(",", ""))
    return data.decode("utf-16-le").rstrip("\0").split("\0") if kind == "hex(7)" else data


def imported(registry: Registry, entries: list[Entry]) -> Registry:
    """Return a registry with the values put there or taken away; names of keys and values know no case."""
    found = {key: dict(values) for key, values in registry.items()}
    for key, name, data in entries:
        place = next((one for one in found if one.lower() == key.lower()), key)
        values = found.setdefault(place, {})
        own = next((one for one in values if one.lower() == name.lower()), name)
        if data is None:
            values.pop(own, None)
        else:
            values[own] = data
    return found


def areas_of(template: bytes) -> Iterator[tuple[str, str]]:
    """Yield the lines of a security template outside its registry values."""
    for line in template.decode("utf-16").splitlines() if template else ():
        name, between, value = line.partition(" = ")
        if between:
            yield name, value


def _said(machine: WindowsMachine, entries: list[Entry], areas: Mapping[str, str], features: list[str]) -> Mapping[str, Any]:
    """What its commands answer from then on. The description has one size for all logs."""
    said = {
        **machine.said,
        "passwords": {**machine.said["passwords"], **{_AREAS[name]: int(areas[name]) for name in areas if name in _AREAS}},
    }
    services = dict(said.get("services", {}))
    for key, name, data in entries:
        service = _SERVICE.fullmatch(key)
        if service and name == "Start" and isinstance(services.get(service[1]), str) and isinstance(data, int):
            services[service[1]] = f"{_STARTS[data]} {services[service[1]].split()[1]}"
        if key.lower().endswith(r"\eventlog\security") and isinstance(data, int):
            said["log_bytes"] = data * 1024
        word = {"DisableRealtimeMonitoring": "real_time", "DisableBehaviorMonitoring": "behaviour"}.get(name)
        if word and said.get("defender"):
            said["defender"] = {**said["defender"], word: data == 0}
    off = {name for feature in features for name in (feature, _FEATURES.get(feature))}
    on: dict[str, Any] = {word: [one for one in said[word] if one not in off] for word in ("roles", "features") if word in said}
    return {**said, **on, "services": services}


def _audited(text: str, audit: Mapping[str, int], *, english: bool) -> str:
    words = ("No Auditing", "Success", "Failure", "Success and Failure") if english else ("監査なし", "成功", "失敗", "成功および失敗")
    lines = []
    for line in text.split("\n"):
        parts = line.split(",")
        if len(parts) > 4 and parts[3].lower() in audit:
            parts[4] = words[audit[parts[3].lower()]]
        lines.append(",".join(parts))
    return "\n".join(lines)


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(data.decode("ascii").splitlines())
