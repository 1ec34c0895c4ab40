"""Samba shares and NFS exports: what is offered, to whom, with which rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.model.access import Share, ShareAccess, ShareSetting
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import answered, files
from omamori.parse.linux.shares_nfs import nfs_rows
from omamori.parse.sections import Section, read_sections

TABLES = ("shares", "share_access", "share_settings")
_GLOBAL = (
    "server min protocol",
    "server max protocol",
    "client min protocol",
    "server signing",
    "client signing",
    "server smb encrypt",
    "smb encrypt",
    "map to guest",
    "guest account",
    "restrict anonymous",
    "ntlm auth",
    "lanman auth",
    "null passwords",
    "security",
    "server role",
    "hosts allow",
    "interfaces",
    "bind interfaces only",
    "usershare allow guests",
    "unix extensions",
    "wide links",
    "log level",
    "logging",
)
_SAME = {"writeable": "writable", "public": "guest ok", "allow hosts": "hosts allow", "min protocol": "server min protocol"}
_NOT_SHARES = ("printers", "print$")
_YES = ("yes", "true", "1")
_Settings = dict[str, tuple[int, str]]


def parse(data: bytes, context: Context) -> Parsed:
    """Return shares, share_access and share_settings of one machine."""
    sections = read_sections(data)
    programs = sections.get("programs")
    if programs is None or not answered(programs) or "searched" not in programs.lines:
        return Parsed(looks=tuple(Look(table, complete=False, reason="not_collected") for table in TABLES))
    names = {line.rsplit("/", 1)[-1] for line in programs.lines}
    rows: list[Any] = []
    problems: list[Problem] = []
    reason: str | None = None
    if "smbd" in names:
        reason = _smb(sections, rows, problems, context)
    if names & {"exportfs", "rpc.nfsd"}:
        nfs, nfs_problems, unread = nfs_rows(sections)
        rows += nfs
        problems += nfs_problems
        reason = reason or ("needs_administrator" if unread else None)
    if "ksmbd.mountd" in names and files(sections.get("ksmbd")):
        problems.append(Problem(sections["ksmbd"].first_line, "Samba or NFS; the shares of ksmbd are not read"))
    reason = "not_understood" if problems else reason
    return Parsed(tuple(rows), tuple(Look(table, complete=reason is None, reason=reason) for table in TABLES), tuple(problems))


def _smb(sections: Mapping[str, Section], rows: list[Any], problems: list[Problem], context: Context) -> str | None:
    """Add the rows of Samba; return the reason when not everything was seen."""
    tested = sections.get("testparm")
    if tested is not None and answered(tested):
        parts = _parts(list(tested.numbered()), problems)
        reason = None if tested.exit_code == 0 else "not_collected"
    else:
        # The file alone does not tell the defaults of this version.
        found = [file for file in files(sections.get("smbconf")) if file.readable]
        parts = _parts([line for file in found for line in file.lines], problems)
        reason = "needs_administrator" if context.privileged is False and not found else "not_collected"
    general = parts.pop("global", {})
    for name in _GLOBAL:
        if name in general:
            number, value = general[name]
            rows.append(ShareSetting(protocol="smb", name=name, value=value or None, evidence=str(number)))
    for share, settings in parts.items():
        if share not in _NOT_SHARES and _said(settings, {}, "printable") not in _YES:
            _smb_share(share, settings, general, rows)
    return reason


def _parts(lines: list[tuple[int, str]], problems: list[Problem]) -> dict[str, _Settings]:
    """The parts of a smb.conf by lower-case name; `#` holds the line of the heading."""
    parts: dict[str, _Settings] = {}
    part: _Settings = {}
    for number, line in lines:
        text = line.strip()
        if not text or text[0] in "#;":
            continue
        if text.startswith("[") and text.endswith("]"):
            name = text[1:-1].strip()
            part = parts.setdefault(name.lower() if name.lower() == "global" else name, {})
            part["#"] = (number, "")
        elif "=" in text:
            name, _, value = text.partition("=")
            name = " ".join(name.lower().split())
            part[_SAME.get(name, name)] = (number, value.strip())
        else:
            problems.append(Problem(number, "`[share]` or `name = value`"))
    return parts


def _said(settings: _Settings, general: _Settings, name: str) -> str:
    return (settings.get(name) or general.get(name) or (0, ""))[1].lower()


def _smb_share(share: str, settings: _Settings, general: _Settings, rows: list[Any]) -> None:
    line = str(settings["#"][0])
    written = _said(settings, general, "writable")
    read_only = _said(settings, general, "read only")
    writable = written in _YES if written else read_only in ("no", "false", "0")
    writers = _names(settings, general, "write list")
    allowed = (settings.get("hosts allow") or general.get("hosts allow") or (0, ""))[1]
    rows.append(
        Share(
            name=share,
            protocol="smb",
            path=(settings.get("path") or (0, ""))[1] or None,
            comment=(settings.get("comment") or (0, ""))[1] or None,
            guest=_said(settings, general, "guest ok") in _YES,
            writable=writable or bool(writers),
            hosts_allowed=allowed or None,
            evidence=line,
        )
    )
    readers = _names(settings, general, "read list")
    # Of `homes` everybody sees his own only.
    for name in _names(settings, general, "valid users") or ["%S" if share == "homes" else "*"]:
        access = "change" if (writable and name not in readers) or name in writers else "read"
        rows.append(ShareAccess(share=share, principal=name, access=access, evidence=line))
    for name in writers:
        if name not in _names(settings, general, "valid users"):
            rows.append(ShareAccess(share=share, principal=name, access="change", evidence=line))
    for name in _names(settings, general, "admin users"):
        rows.append(ShareAccess(share=share, principal=name, access="full", evidence=line))


def _names(settings: _Settings, general: _Settings, name: str) -> list[str]:
    return (settings.get(name) or general.get(name) or (0, ""))[1].replace(",", " ").split()


PARSERS = (Parser(kind="linux.shares", tables=TABLES, parse=parse),)
