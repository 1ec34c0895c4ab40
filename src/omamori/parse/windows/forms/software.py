"""Installed software: the registry's uninstall list, `Get-Package`, `wmic product` and the class behind it.

The registry has one list for 64-bit and one for 32-bit programs: only both together are the whole list.
`wmic product` knows only what the Windows Installer put there, so it never is.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date

from omamori.model.host import Software
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.lists import days, fits, machines, narrowed, not_read, one_machine
from omamori.parse.windows.records import Record, Records, read_records

_EXPECTED = ("name, version and publisher of every program", "プログラムごとの名前、バージョン、発行元")
_BOTH = (
    "Get-ItemProperty HKLM:\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*, "
    "HKLM:\\Software\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\* | "
    "Select-Object DisplayName,DisplayVersion,Publisher,InstallDate,PSPath | ConvertTo-Csv"
)
_WIDE = re.compile(r"\\WOW6432Node\\", re.IGNORECASE)
_NATIVE = re.compile(r"(?:HKLM:|HKEY_LOCAL_MACHINE)\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall", re.IGNORECASE)
_PRODUCT = re.compile(r"\bproduct\b|Win32_Product\b", re.IGNORECASE)
_NAMELESS = re.compile(
    r"\|\s{0,5}(?:where-object|where|\?)\s{0,5}\{?\s{0,5}(?:\$_\.)?DisplayName(?:\s{1,5}-ne\s{1,5}(?:\$null|''|\"\"))?\s{0,5}\}?\s{0,5}(?=\||$)",
    re.IGNORECASE,
)
"""`where DisplayName` leaves out only what has no name."""
_UPDATE_PROVIDERS = frozenset({"msu"})
_FEWEST = 2


def read(piece: Piece, context: Context) -> Parsed:
    """Return programs by the registry. Whole when both lists, of 64-bit and of 32-bit programs, are in it."""
    records = read_records(piece.lines)
    if records is None or "DisplayName" not in records.names:
        return not_read(piece, ("software",), *_EXPECTED)
    rows: list[Software] = []
    dates = _days(records)
    seen = {"x64": False, "x86": False}
    for row, day in zip(records.rows, dates, strict=True):
        place = row.get("PSPath", "PSParentPath") or ""
        wide = bool(_WIDE.search(place))
        if place:
            seen["x86" if wide else "x64"] = True
        name = row.get("DisplayName")
        # Keys without a name are parts of Windows and of other programs that nobody sees.
        if name:
            rows.append(
                Software(
                    name=name[:300],
                    version=row.get("DisplayVersion"),
                    publisher=row.get("Publisher"),
                    manager="registry",
                    architecture="x86" if wide else None,
                    installed=day,
                    evidence=str(row.line),
                )
            )
    if all(seen.values()):
        rows = [dataclasses.replace(row, architecture=row.architecture or "x64") for row in rows]
    both = all(seen.values()) or (_WIDE.search(piece.command) and _NATIVE.search(piece.command))
    return _answer(piece, records, rows, whole=bool(both) and len(rows) >= _FEWEST)


def read_packages(piece: Piece, context: Context) -> Parsed:
    """Return programs by Get-Package. Whole when providers of both kinds, `Programs` and `msi`, have answered."""
    records = read_records(piece.lines)
    if records is None or not {"Name", "ProviderName"} <= records.names:
        return not_read(piece, ("software",), *_EXPECTED)
    rows: list[Software] = []
    providers: set[str] = set()
    for row in records.rows:
        provider = (row.get("ProviderName") or "").lower()
        providers.add(provider)
        name = row.get("Name")
        if name and provider not in _UPDATE_PROVIDERS:
            manager = {"programs": "registry", "msi": "msi"}.get(provider, provider or None)
            rows.append(Software(name=name[:300], version=row.get("Version"), manager=manager, evidence=str(row.line)))
    return _answer(piece, records, rows, whole={"programs", "msi"} <= providers)


def read_installer(piece: Piece, context: Context) -> Parsed:
    """Return packages of the Windows Installer: never all software there is."""
    records = read_records(piece.lines)
    if records is None or "Name" not in records.names:
        return not_read(piece, ("software",), *_EXPECTED)
    certain = {"IdentifyingNumber", "Vendor"} & records.names or _PRODUCT.search(piece.command)
    if not certain and len(records.rows) < _FEWEST:
        return not_read(piece, ("software",), *_EXPECTED)
    rows = [
        Software(
            name=name[:300],
            version=row.get("Version"),
            publisher=row.get("Vendor"),
            manager="msi",
            installed=day,
            evidence=str(row.line),
        )
        for row, day in zip(records.rows, _days(records), strict=True)
        if (name := row.get("Name"))
    ]
    return _answer(piece, records, rows, whole=False)


def _days(records: Records) -> list[date | None]:
    return days([row.get("InstallDate") for row in records.rows])


def _answer(piece: Piece, records: Records, rows: Sequence[Software], *, whole: bool) -> Parsed:
    names = machines(records.rows)
    if not one_machine(names):
        return not_read(piece, ("software",), "the software of one machine", "1台の機器のソフトウエアの一覧")
    problems = list(records.problems)
    problems += [Problem(line.number, *_EXPECTED) for line in piece.lines[records.length :] if line.text.strip()][:1]
    shortened = [row for row in records.rows if _shortened(row)]
    if shortened and not problems:
        problems.append(
            Problem(
                shortened[0].line,
                "whole names and versions: the console cut them (…); use ConvertTo-Csv",
                "途中で切れていない名前とバージョン",
            )
        )
    if not fits(piece.lines, records) and not problems:
        problems.append(Problem(piece.lines[0].number, "every program: lines of this list are gone", "途中で切れていないプログラムの一覧"))
    missing = tuple(
        name for name in ("version", "publisher", "architecture", "installed") if all(getattr(row, name) is None for row in rows)
    )
    missing += ("source_package", "origin")
    complete = whole and not problems and not narrowed(_NAMELESS.sub("", piece.command))
    return Parsed(
        rows=tuple(rows),
        looks=(
            Look(
                "software",
                complete=complete,
                missing=missing,
                reason="not_understood" if problems else "not_collected",
                needs=None if complete else _BOTH,
            ),
        ),
        problems=tuple(problems[:50]),
        identifiers=names,
    )


def _shortened(row: Record) -> bool:
    """Whether the console cut a name or version; a name may itself end with three dots, seldom in a list."""
    return any((row.get(name) or "").endswith(("...", "\u2026")) for name in ("DisplayName", "DisplayVersion", "Name", "Version"))


FORMS = (
    Form(
        name="software",
        command=_BOTH,
        tables=("software",),
        read=read,
        properties=(
            frozenset({"DisplayName", "DisplayVersion"}),
            frozenset({"DisplayName", "Publisher", "UninstallString"}),
            frozenset({"DisplayName", "Publisher", "DisplayVersion"}),
        ),
        source="Microsoft Learn, Uninstall Registry Key; Get-ItemProperty",
    ),
    Form(
        name="packages",
        command="Get-Package",
        tables=("software",),
        read=read_packages,
        properties=(frozenset({"Name", "Version", "ProviderName"}),),
        source="Microsoft Learn, Get-Package",
    ),
    Form(
        name="msi_products",
        command="wmic product get Name,Version,Vendor,InstallDate /format:csv",
        tables=("software",),
        read=read_installer,
        properties=(
            frozenset({"Name", "Version"}),
            frozenset({"Name", "Version", "Vendor"}),
            frozenset({"Name", "Vendor", "IdentifyingNumber"}),
        ),
        source="Microsoft Learn, Win32_Product class",
    ),
)
