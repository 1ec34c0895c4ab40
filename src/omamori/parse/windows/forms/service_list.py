"""`Get-Service`, `wmic service`, `Get-CimInstance Win32_Service` in any of their output forms: the services."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.host import Service
from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.object_lists import cut_names_problem, identifiers, listed, value, was_cut
from omamori.parse.windows.forms.sc import services_look, whole_services
from omamori.parse.windows.records import Record

_STATES: Mapping[str, str] = MappingProxyType(
    {
        "running": "running",
        "stopped": "stopped",
        "paused": "paused",
        "startpending": "starting",
        "continuepending": "starting",
        "stoppending": "stopping",
        "pausepending": "stopping",
        # ConvertTo-Json writes numbers.
        "1": "stopped",
        "2": "starting",
        "3": "stopping",
        "4": "running",
        "5": "starting",
        "6": "stopping",
        "7": "paused",
    }
)
_STARTS: Mapping[str, str] = MappingProxyType(
    {
        "auto": "automatic",
        "automatic": "automatic",
        "automaticdelayedstart": "automatic",
        "boot": "automatic",
        "system": "automatic",
        "manual": "manual",
        "demand": "manual",
        "disabled": "disabled",
        "0": "automatic",
        "1": "automatic",
        "2": "automatic",
        "3": "manual",
        "4": "disabled",
    }
)
_SOURCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "display_name": ("DisplayName", "Caption"),
        "state": ("State", "Status"),
        "start": ("StartMode", "StartType", "StartupType"),
        "account": ("StartName", "UserName"),
        "command": ("PathName", "BinaryPathName"),
    }
)
"""Column → the properties it is read from. `Status` is the state in Get-Service, and OK in Win32_Service."""


def read(piece: Piece, context: Context) -> Parsed:
    """Return the services. Whole only with services of every state, from the first to the last of the alphabet."""
    records = listed(piece)
    problems = list(records.problems)
    rows: dict[str, Service] = {}
    cut: list[int] = []
    for record in records.rows:
        name = record.get("Name", "ServiceName")
        if was_cut(name):
            cut.append(record.line)
        elif name:
            rows.setdefault(name.lower(), _service(name, record))
    problem = cut_names_problem(cut)
    problems += [problem] if problem else []
    found = list(rows.values())
    missing = [name for name in _SOURCES if name != "account" and any(getattr(row, name) is None for row in found)]
    if not records.names & set(_SOURCES["account"]):
        missing.append("account")
    look = services_look(found, problems, missing, whole=whole_services(found))
    return Parsed(rows=tuple(found), looks=(look,), problems=tuple(problems), identifiers=identifiers(records))


def _service(name: str, record: Record) -> Service:
    state = next((word for source in _SOURCES["state"] if (word := _word(record, source)) in _STATES), "")
    start = next((word for source in _SOURCES["start"] if (word := _word(record, source)) in _STARTS), "")
    return Service(
        name=name[:256],
        display_name=value(record, *_SOURCES["display_name"], most=255),
        state=_STATES.get(state),
        start=_STARTS.get(start),
        account=value(record, *_SOURCES["account"], most=255),
        command=value(record, *_SOURCES["command"]),
        evidence=str(record.line),
    )


def _word(record: Record, name: str) -> str:
    return record.values.get(name, "").replace(" ", "").lower()


FORMS = (
    Form(
        name="service_list",
        command="Get-CimInstance Win32_Service",
        tables=("services",),
        read=read,
        properties=(
            frozenset({"Status", "Name", "DisplayName"}),
            frozenset({"Status", "Name", "StartType"}),
            frozenset({"Status", "Name", "StartupType"}),
            frozenset({"State", "Name", "StartMode"}),
            frozenset({"State", "Name", "DisplayName", "PathName"}),
            frozenset({"State", "Name", "StartName"}),
            frozenset({"Name", "StartMode", "PathName"}),
            frozenset({"Name", "StartName", "PathName"}),
            frozenset({"Status", "Name", "ServiceType", "StartMode"}),
        ),
        source="Microsoft Learn, Get-Service; Win32_Service class",
    ),
)
