"""`Get-MpComputerStatus`: Microsoft Defender, as it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from omamori.model.access import SecurityProduct
from omamori.model.evidence import by_column
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.object_lists import identifiers, listed, value
from omamori.parse.windows.records import Record
from omamori.parse.windows.values import day, number, yes

_MODES: Mapping[str, str] = MappingProxyType(
    {
        "normal": "active",
        # It looks, but leaves acting to another product.
        "passive mode": "monitor",
        "sxs passive mode": "monitor",
        "edr block mode": "monitor",
        "edr over passive mode": "monitor",
        "not running": "disabled",
    }
)
_OLDEST_AGE = 3650
_COLUMNS = ("version", "running", "real_time", "behaviour", "mode", "signatures", "tamper_protected")


def read(piece: Piece, context: Context) -> Parsed:
    """Return Defender. Never whole: what other products there are is not told."""
    records = listed(piece)
    problems = list(records.problems)
    rows = [_product(record, context) for record in records.rows[:1]]
    if not rows and not problems:
        expected = "properties such as RealTimeProtectionEnabled"
        problems.append(Problem(piece.lines[0].number if piece.lines else 0, expected, "RealTimeProtectionEnabled などの項目"))
    missing = [name for name in _COLUMNS if all(getattr(row, name) is None for row in rows)] if rows else list(_COLUMNS)
    reason = "not_understood" if problems else "not_collected"
    look = Look("security_products", complete=False, missing=tuple(missing), reason=reason)
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems), identifiers=identifiers(records))


_PRINTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "running": ("AMRunningMode", "AntivirusEnabled"),
        "mode": ("AMRunningMode",),
        "real_time": ("RealTimeProtectionEnabled",),
        "behaviour": ("BehaviorMonitorEnabled",),
        "signatures": ("AntivirusSignatureLastUpdated", "AntivirusSignatureAge"),
        "tamper_protected": ("IsTamperProtected",),
    }
)


def _product(record: Record, context: Context) -> SecurityProduct:
    enabled, service = yes(record.get("AntivirusEnabled")), yes(record.get("AMServiceEnabled"))
    said = record.get("AMRunningMode")
    mode = _MODES.get(said.strip().lower()) if said else None
    at_work = None if enabled is None else enabled and service is not False
    if said and mode != "active":
        # Passive, or a mode we do not know: it does not protect now.
        at_work = False if mode is not None else None
    return SecurityProduct(
        name="defender",
        kind="antivirus",
        version=value(record, "AMProductVersion", "AMServiceVersion", most=60),
        running=at_work,
        real_time=yes(record.get("RealTimeProtectionEnabled")),
        behaviour=yes(record.get("BehaviorMonitorEnabled")),
        mode=mode,
        signatures=_signatures(record, context),
        tamper_protected=yes(record.get("IsTamperProtected")),
        evidence=by_column(record.line_of(), {column: record.line_of(*names) for column, names in _PRINTED.items()}),
    )


def _signatures(record: Record, context: Context) -> date | None:
    """The day is printed as the machine's language writes it; the age in days is clear everywhere."""
    found = day(record.get("AntivirusSignatureLastUpdated"))
    age = number(record.get("AntivirusSignatureAge"))
    if found is not None and found.year > 2000:
        return found
    return context.seen.date() - timedelta(days=age) if age is not None and age <= _OLDEST_AGE else None


FORMS = (
    Form(
        name="defender",
        command="Get-MpComputerStatus",
        tables=("security_products",),
        read=read,
        properties=(
            frozenset({"AntivirusEnabled", "RealTimeProtectionEnabled"}),
            frozenset({"AMRunningMode", "AntivirusEnabled"}),
            frozenset({"AMServiceEnabled", "RealTimeProtectionEnabled"}),
        ),
        source="Microsoft Learn, Get-MpComputerStatus; MSFT_MpComputerStatus class",
    ),
)
