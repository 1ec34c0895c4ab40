"""Leases of Windows' DHCP server: `Get-DhcpServerv4Lease` (Server 2012 and later) and `netsh dhcp server scope … show clients 1`."""

from __future__ import annotations

import re

from omamori.model.look import Look, Parsed, Problem
from omamori.model.sightings import Lease
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.object_lists import identifiers, listed, value
from omamori.parse.windows.values import address, mac, moment

_STATES = {
    "active": "active",
    "activereservation": "reserved",
    "inactivereservation": "reserved",
    "expired": "expired",
    "declined": "declined",
    "offered": "offered",
}
_ALL_SCOPES = re.compile(r"get-dhcpserverv4scope\b.*\|\s*get-dhcpserverv4lease\b", re.IGNORECASE)
_HEADING = re.compile(r"IP [^-]{3,20}- [^-]{3,30}- [^-]{3,30}- [^-]{3,40}- ?\S")
_IP = r"\d{1,3}(?:\.\d{1,3}){3}"
_ROW = re.compile(
    rf"({_IP})\s{{0,8}}- {_IP}\s{{0,8}}- ?([0-9a-fA-F]{{2}}(?:-[0-9a-fA-F]{{2}}){{5}})\s{{0,20}}-\s?([^-]{{3,40}}?)\s{{0,20}}- ?([A-Z])\b(?:\s{{0,4}}-\s{{0,4}}(\S{{1,255}}))?"
)


def read_objects(piece: Piece, context: Context) -> Parsed:
    """Return the leases; one call tells those of one scope, so only a call over all scopes is the whole list."""
    records = listed(piece)
    problems = list(records.problems)
    rows = []
    for record in records.rows:
        given = address(value(record, "IPAddress"))
        if given is None:
            problems.append(Problem(record.line, "an IPAddress", "IPAddress の値"))
            continue
        state = (value(record, "AddressState") or "").lower()
        rows.append(
            Lease(
                address=given,
                mac=mac(value(record, "ClientId")),
                hostname=_name(value(record, "HostName", most=255)),
                ends=moment(value(record, "LeaseExpiryTime")),
                state=_STATES.get(state, state or None),
                evidence=str(record.line),
            )
        )
    whole = bool(rows) and not problems and _ALL_SCOPES.search(piece.command) is not None
    look = Look("leases", complete=whole, reason=None if whole else "not_understood" if problems else "not_collected")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:50]), identifiers=identifiers(records))


def read_clients(piece: Piece, context: Context) -> Parsed:
    """Return the leases of one scope; never the whole list, a server has several."""
    rows = []
    for line in piece.lines:
        found = _ROW.match(line.text.strip())
        if found is not None and (given := address(found[1])) is not None:
            row = Lease(
                address=given, mac=mac(found[2]), hostname=_name(found[5]), ends=moment(found[3]), state="active", evidence=str(line.number)
            )
            rows.append(row)
    return Parsed(rows=tuple(rows), looks=(Look("leases", complete=False, reason="not_collected"),))


def _name(text: str | None) -> str | None:
    return (text or "").split(".")[0].strip()[:63] or None


FORMS = (
    Form(
        name="dhcp_leases",
        command="Get-DhcpServerv4Lease",
        tables=("leases",),
        read=read_objects,
        properties=(frozenset({"IPAddress", "ScopeId", "ClientId", "AddressState"}),),
        source="Microsoft Learn, DhcpServerv4Lease class",
    ),
    Form(
        name="dhcp_clients",
        command="netsh dhcp server scope ... show clients 1",
        tables=("leases",),
        read=read_clients,
        heading=_HEADING,
        source="Microsoft Learn, Netsh commands for DHCP: show clients",
    ),
)
