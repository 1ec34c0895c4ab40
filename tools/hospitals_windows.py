"""Kit results of the golden hospitals' Windows machines: every command the kit asks, answered by an invented machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import yaml

import hospitals_windows_console
import hospitals_windows_network
import hospitals_windows_people
import hospitals_windows_tasks
import hospitals_windows_upkeep
from hospitals_kit import SOURCE
from hospitals_windows_hive import registry_of
from hospitals_windows_machine import WindowsMachine
from hospitals_windows_registry import Registry, below, export, full, query
from hospitals_windows_wmi import POWERSHELL
from kit_results import windows_kit_result
from omamori.collect.windows.commands import Command, kit_commands, typed_line

_CONSOLE = {
    **hospitals_windows_console.CONSOLE,
    **hospitals_windows_network.CONSOLE,
    **hospitals_windows_people.CONSOLE,
    **hospitals_windows_tasks.CONSOLE,
    **hospitals_windows_upkeep.CONSOLE,
}
_WIDE = frozenset({"service.txt", "qfe.txt", "secedit.inf"})
"""Written by the program itself, or by `wmic`: UTF-16 with a mark."""
_ONLY = {None: ("client", "server", "dc"), "client": ("client",), "server": ("server", "dc"), "dc": ("dc",)}
_MINUTES = 4


def kit_results(hospital: str, visit: str, started: datetime, *, dated: bool) -> dict[str, bytes]:
    """Return the kit results of a visit by the name of their file. `started`: UTC, of the first machine."""
    catalogue = yaml.safe_load((SOURCE / "windows_systems.yaml").read_text(encoding="utf-8"))
    said = yaml.safe_load((SOURCE / f"{hospital}_windows.yaml").read_text(encoding="utf-8"))
    if visit != said["visit"]:
        return {}
    found = {}
    for place, (host, entry) in enumerate(said["machines"].items()):
        machine = WindowsMachine(host, _whole(said, entry), catalogue, started + timedelta(minutes=_MINUTES * place))
        name = f"omamori-windows-{host}.kit"
        found[f"{started:%Y-%m-%d}/{name}" if dated else name] = kit_result(machine)
    return found


def machine_of(hospital: str, host: str, moment: datetime) -> WindowsMachine:
    """Return one machine of a hospital at a moment (UTC)."""
    catalogue = yaml.safe_load((SOURCE / "windows_systems.yaml").read_text(encoding="utf-8"))
    said = yaml.safe_load((SOURCE / f"{hospital}_windows.yaml").read_text(encoding="utf-8"))
    return WindowsMachine(host, _whole(said, said["machines"][host]), catalogue, moment)


def kit_result(
    machine: WindowsMachine, registry: Registry | None = None, changed: Mapping[str, Callable[[str], str]] | None = None
) -> bytes:
    """Return the result of one machine. `registry` in place of its own; `changed`: what becomes of the text of an answer, by its file."""
    consent = machine.said.get("consent", {})
    kind = consent.get("machine", "ordinary")
    lines = ["OMAMORI-CONSENT 1", f"machine={kind}"]
    lines += [f"consent={consent['agreed']}", f"answered_by={consent['answered_by']}"] if consent.get("agreed") else []
    answers: dict[str, bytes | tuple[bytes, int]] = {"consent.txt": "".join(f"{line}\r\n" for line in lines).encode("cp932")}
    registry = registry_of(machine) if registry is None else registry
    for command in kit_commands():
        if machine.kind in _ONLY[command.only_on]:
            answers[command.file] = _answer(machine, registry, command, (changed or {}).get(command.file, str))
    number = str(sum(machine.host.encode()) * 1_000_003 % 10**10)
    return windows_kit_result(
        machine.host,
        answers,
        started=machine.moment,
        built=f"{machine.moment - timedelta(days=20):%Y-%m-%d}",
        privileged=machine.said.get("privileged", True),
        machine=kind,
        number=number,
    )


def _answer(machine: WindowsMachine, registry: Registry, command: Command, change: Callable[[str], str]) -> tuple[bytes, int]:
    """Output and exit code. What nobody taught the machine to answer fails, as a command does that it does not have."""
    if command.administrator and not command.other and not machine.said.get("privileged", True):
        return b"", 1
    if command.run[:2] == ("reg", "export"):
        data = export(registry, command.run[2])
        return (data, 0) if data is not None else (b"", 1)
    if command.run[:2] == ("reg", "query"):
        return machine.encoded("".join(_asked(machine, registry, command)) + "C:\\>\n"), 0
    if command.run[0] == "powershell":
        text = POWERSHELL[command.file](machine) if command.file in POWERSHELL and not machine.said.get("no_powershell") else ""
        return (text.replace("\n", "\r\n").encode("utf-8-sig"), 0) if text else (b"", 1)
    text = change(_CONSOLE[command.file](machine) if command.file in _CONSOLE else "")
    if not text:
        return b"", 1
    return (text.replace("\n", "\r\n").encode("utf-16") if command.file in _WIDE else machine.encoded(text)), 0


def _asked(machine: WindowsMachine, registry: Registry, command: Command) -> Iterator[str]:
    """Question and answer, once for every word or key, as the kit writes them."""
    if command.under:
        root = full(command.under)
        places = sorted({one[len(root) + 1 :].split("\\")[0] for one in below(registry, command.under)} - {""})
        runs = [(tuple(part.replace("{each}", rf"{root}\{place}") for part in command.run), True) for place in places]
    else:
        runs = [(tuple(part.replace("{each}", word) for part in command.run), False) for word in command.each or ("",)]
    for run, below_a_key in runs:
        line = " ".join(f'"{word}"' if place == 2 else word for place, word in enumerate(run)) if below_a_key else typed_line(run)
        text, code = query(registry, run[2], run[3:], english=machine.english)
        yield f"C:\\>{line}\n{command.noted.replace(chr(13), '') if command.hidden and code == 0 else text}\n"


def _whole(said: Mapping[str, Any], entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return _merged(said["like"][entry["like"]], entry) if "like" in entry else entry


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A machine's own words over those of its kind; where both are mappings, word by word."""
    found = dict(base)
    for key, value in own.items():
        found[key] = _merged(base[key], value) if isinstance(value, Mapping) and isinstance(base.get(key), Mapping) else value
    return found
