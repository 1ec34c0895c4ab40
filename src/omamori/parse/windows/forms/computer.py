"""The machine itself: `wmic os`, `wmic computersystem`, `Get-ComputerInfo`, the CIM classes behind them, and `ver`.

Properties and numbers are the same in every language. `ver` (also the first line of every console window)
tells the build with the number of its last cumulative update.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from omamori.model.host import Host
from omamori.model.look import Look, Parsed, Problem
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import TABLES
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.lists import hypervisor, machines, not_read, one_machine, product, when
from omamori.parse.windows.records import Record, read_records
from omamori.parse.windows.values import number, yes

_VERSION = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4,5}(?:\.\d{1,6})?$")
_VER = re.compile(r"\s*Microsoft Windows(?: XP| 2000| Millennium)? \[[^\]\d]{1,20}(\d{1,2}\.\d{1,2}\.\d{4,5}(?:\.\d{1,6})?)\]\s*$")
_COPYRIGHT = re.compile(r"\s*\(c\)|.*(?:Copyright|Microsoft Corporation)", re.IGNORECASE)
_SYSTEM = frozenset({"BuildNumber", "OSArchitecture", "LastBootUpTime", "OperatingSystemSKU", "ServicePackMajorVersion"})
"""Properties that only Win32_OperatingSystem has; then `Caption` names the operating system, else the machine."""
_ROLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "0": ("client", "standalone"),
        "1": ("client", "member"),
        "2": ("server", "standalone"),
        "3": ("server", "member"),
        "4": ("server", "controller"),
        "5": ("server", "controller"),
        "standaloneworkstation": ("client", "standalone"),
        "memberworkstation": ("client", "member"),
        "standaloneserver": ("server", "standalone"),
        "memberserver": ("server", "member"),
        "backupdomaincontroller": ("server", "controller"),
        "primarydomaincontroller": ("server", "controller"),
    }
)
_KINDS: Mapping[str, str] = MappingProxyType(
    {"1": "client", "2": "controller", "3": "server", "workstation": "client", "domaincontroller": "controller", "server": "server"}
)
_EXPECTED = ("properties of one machine, such as Caption, Version and BuildNumber", "Caption、Version、BuildNumber などの、1台の機器の値")


def read(piece: Piece, context: Context) -> Parsed:
    """Return what the list tells of the machine; what it does not have is missing."""
    records = read_records(piece.lines)
    if records is None or not records.rows:
        return not_read(piece, ("hosts",), *_EXPECTED)
    names = _named(records.rows[0])
    if len(records.rows) > 1 or not one_machine(machines(records.rows)):
        return not_read(piece, ("hosts",), *_EXPECTED)
    host = _host(records.rows[0])
    if not any((host.hostname, host.os_name, host.os_build, host.domain, host.domain_role, host.booted, host.model)):
        return not_read(piece, ("hosts",), *_EXPECTED)
    problems = list(records.problems)
    rest = [line for line in piece.lines[records.length :] if line.text.strip()]
    if rest:
        problems.append(Problem(rest[0].number, *_EXPECTED))
    return Parsed(rows=(host,), looks=(_look(host, whole=not problems),), problems=tuple(problems), identifiers=names)


def _look(host: Host, *, whole: bool) -> Look:
    missing = tuple(
        column.name
        for column in TABLES["hosts"].columns
        if column.name not in (*ROW_COLUMNS, "platform") and getattr(host, column.name) in (None, "")
    )
    reason = "not_collected" if missing else None
    return Look("hosts", complete=whole, missing=missing, reason=reason if whole else "not_understood")


def _hostname(row: Record) -> str:
    name = row.get("CSName", "CsDNSHostName", "DNSHostName", "CsName", "PSComputerName", "__SERVER", "Node")
    if name is None and "Domain" in row.values and not _SYSTEM & set(row.values):
        name = row.get("Name")
    name = (name or "").strip("\\ ")
    return "" if name.lower() == "localhost" or not re.fullmatch(r"[\w-]{1,63}(?:\.[\w.-]{1,190})?", name) else name.split(".")[0]


def _named(row: Record) -> tuple[str, ...]:
    name = _hostname(row)
    return tuple(dict.fromkeys(([f"name:{name.lower()}"] if name else []) + list(machines([row]))))


def _host(row: Record) -> Host:
    of_system = bool(_SYSTEM & set(row.values))
    name = row.get("OsName", "Caption" if of_system else "OsName", "WindowsProductName")
    name = name.split("|")[0].strip()[:200] if name else None
    role, domain_role = _roles(row)
    model = row.get("CsModel", "Model")
    offset = _minutes(row.get("CurrentTimeZone", "OsCurrentTimeZone"))
    installed = _moment(row, offset, "OsInstallDate", "InstallDate") if of_system or "OsInstallDate" in row.values else None
    return Host(
        hostname=_hostname(row),
        platform="windows",
        os_id=_os_id(name, role),
        os_name=name,
        os_version=product(name) if name else None,
        os_build=_build(row),
        architecture=_architecture(row.get("SystemType", "CsSystemType"), row.get("OSArchitecture", "OsArchitecture")),
        domain=row.get("CsDomain", "Domain"),
        role=role,
        domain_role=domain_role,
        virtual=hypervisor(model),
        manufacturer=row.get("CsManufacturer") if of_system else row.get("CsManufacturer", "Manufacturer"),
        model=model,
        timezone=row.get("TimeZone")
        or (f"UTC{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}" if offset is not None else None),
        booted=_moment(row, offset, "OsLastBootUpTime", "LastBootUpTime"),
        installed=installed.date() if installed else None,
        evidence=str(row.line),
    )


def _minutes(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[+-]?\d{1,3}", text, re.ASCII) else None


def _moment(row: Record, offset: int | None, *names: str) -> datetime | None:
    return next((found for name in names if (found := when(row, name, offset)) is not None), None)


def _build(row: Record) -> str | None:
    version = row.get("OsVersion", "Version") or ""
    if not _VERSION.match(version):
        return None
    revision = number(row.get("WindowsUBR", "UBR", "OsBuildRevision"))
    return f"{version}.{revision}" if revision is not None and version.count(".") == 2 else version


def _os_id(name: str | None, role: str | None) -> str | None:
    if name is None:
        return {"server": "windows-server", "client": "windows"}.get(role or "")
    return "windows-server" if "server" in name.lower() else "windows"


def _architecture(system: str | None, bits: str | None) -> str | None:
    if system and "-" in system:
        return system.split("-")[0].lower()
    word = (bits or "").lower()
    return "arm64" if "arm" in word else "x64" if "64" in word else "x86" if "32" in word else None


def _roles(row: Record) -> tuple[str | None, str | None]:
    known = _ROLES.get((row.get("CsDomainRole", "DomainRole") or "").lower())
    if known is not None:
        return known
    kind = _KINDS.get((row.get("OsProductType", "ProductType") or "").lower())
    joined = yes(row.get("CsPartOfDomain", "PartOfDomain"))
    if kind == "controller":
        return "server", "controller"
    # Controllers are also part of the domain: of a machine that may be one, membership says nothing.
    member = "standalone" if joined is False else "member" if joined and kind == "client" else None
    return kind, member


def read_version(piece: Piece, context: Context) -> Parsed:
    """Return the build that `ver` prints, and the head of every console window."""
    found = _VER.match(piece.lines[0].text) if piece.lines else None
    if found is None:
        return not_read(piece, ("hosts",), "a line such as Microsoft Windows [Version 10.0.19045.4412]", "ver の出力の1行")
    host = Host(platform="windows", os_build=found[1], evidence=str(piece.lines[0].number))
    rest = [line for line in piece.lines[1:] if line.text.strip() and not _COPYRIGHT.match(line.text)]
    problems = [Problem(rest[0].number, "only the line of the version", "バージョンの1行だけ")] if rest else []
    return Parsed(rows=(host,), looks=(_look(host, whole=True),), problems=tuple(problems))


FORMS = (
    Form(
        name="computer",
        command="Get-ComputerInfo",
        tables=("hosts",),
        read=read,
        properties=(
            *(frozenset({name}) for name in ("OSArchitecture", "LastBootUpTime", "PartOfDomain", "DomainRole", "CsDomain", "OsName")),
            frozenset({"BuildNumber", "Version"}),
            frozenset({"Caption", "BuildNumber"}),
            frozenset({"CSName", "Caption", "Version"}),
            frozenset({"Domain", "Manufacturer", "Model"}),
            frozenset({"OsVersion"}),
        ),
        source="Microsoft Learn, Win32_OperatingSystem and Win32_ComputerSystem class; Get-ComputerInfo",
    ),
    Form(
        name="ver",
        command="ver",
        tables=("hosts",),
        read=read_version,
        heading=_VER,
        each=True,
        source="Microsoft Learn, Windows Commands: ver",
    ),
)
