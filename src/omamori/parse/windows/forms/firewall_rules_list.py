"""`Get-NetFirewallRule`, alone or joined with its filters by Select-Object: what Windows Firewall lets in, as a list of objects.

Alone it names no port, address or program: then every rule is conditional. People join the filters with calculated
properties called like the filters' own (Protocol, LocalPort, RemoteAddress, Program, Service): these are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.firewall_rows import ANY, PROFILES, Rule, rows
from omamori.parse.windows.records import Record, Records, read_records

_ENABLED: Mapping[str, bool] = MappingProxyType({"true": True, "1": True, "false": False, "2": False})
_DIRECTION: Mapping[str, str] = MappingProxyType({"inbound": "in", "1": "in", "outbound": "out", "2": "out"})
_ACTION: Mapping[str, str] = MappingProxyType({"allow": "allow", "2": "allow", "block": "block", "4": "block"})
_BITS = (1, 2, 4)
_JOINED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "protocol": ("Protocol",),
        "port_first": ("LocalPort", "LocalPorts"),
        "port_last": ("LocalPort", "LocalPorts"),
        "sources": ("RemoteAddress", "RemoteAddresses", "RemoteAddr", "RemoteIP"),
        "program": ("Program", "ApplicationName"),
        "interface": ("InterfaceType", "InterfaceTypes"),
    }
)
"""Columns and the property that fills each, where somebody joined it."""
_NARROWING = ("RemotePort", "LocalAddress", "LocalAddr", "LocalIP", "RemoteUser", "RemoteMachine", "LocalUser")
_FILTER = re.compile(
    r"-(?:Display)?(?:Name|Group)\b|-Direction\s+Out|-Action\b|-Enabled\s+False|-First\b|-Last\b|Where-Object|\?\s*\{|\|\s*where\b",
    re.IGNORECASE,
)
_NEEDS = "netsh advfirewall firewall show rule name=all verbose"
_MAX_RULES = 20_000


def read(piece: Piece, context: Context) -> Parsed:
    """Return the enabled inbound rules. Whole only of the store in force (ActiveStore): the usual one leaves group policy out."""
    records = read_records(piece.lines)
    if records is None:
        return Parsed(looks=(Look("firewall_rules", complete=False, reason="not_understood", needs=_NEEDS),))
    problems = list(records.problems)
    found: list[Rule] = []
    for record in records.rows[:_MAX_RULES]:
        direction = _DIRECTION.get((record.get("Direction") or "inbound").lower())
        enabled = _ENABLED.get((record.get("Enabled") or "true").lower())
        action, profiles = _ACTION.get((record.get("Action") or "").lower()), _profiles(record)
        if direction is None or enabled is None or (direction == "in" and enabled and (action is None or profiles is None)):
            problems.append(
                Problem(record.line, "a rule with Direction, Enabled, Action and Profile", "Direction・Enabled・Action・Profile")
            )
        elif direction == "in" and enabled and action and profiles:
            found.append(_rule(record, action, profiles, records))
    missing = tuple(column for column, names in _JOINED.items() if not records.names & set(names))
    look = _look(piece, records, problems, ("family", *missing) if "protocol" in missing else missing)
    return Parsed(rows=tuple(rows(found)), looks=(look,), problems=tuple(problems[:20]))


def _look(piece: Piece, records: Records, problems: Sequence[Problem], missing: tuple[str, ...]) -> Look:
    # Conditions that nobody joined narrow the rule unseen.
    narrowed = missing if not {"RemotePort", "LocalAddress"} - records.names else (*missing, "conditional")
    complete = not problems and _everything(piece, records)
    reason = None if complete and not narrowed else "not_understood" if problems else "not_collected"
    return Look("firewall_rules", complete=complete, missing=tuple(sorted(set(narrowed))), reason=reason, needs=_NEEDS if reason else None)


def _everything(piece: Piece, records: Records) -> bool:
    """Whether these are all rules in force: group policy's too, no filter, every object with all its properties, nothing cut off."""
    in_force = "activestore" in piece.command.lower() or any(
        (record.get("PolicyStoreSourceType") or "").lower() == "grouppolicy" for record in records.rows
    )
    whole = all(record.values.keys() == records.rows[0].values.keys() for record in records.rows)
    told = {"Enabled", "Direction", "Action", "Profile"} <= records.names
    return bool(records.rows) and in_force and whole and told and not records.cut_names and _FILTER.search(piece.command) is None


def _rule(record: Record, action: str, profiles: str, records: Records) -> Rule:
    def value(column: str) -> str:
        return record.get(*_JOINED[column]) or ""

    texts = {column: value(column) for column in _JOINED}
    interface = texts["interface"].lower()
    joined = bool(records.names & {"LocalPort", "LocalPorts"}) and bool(records.names & {"Protocol"})
    cut = any(text.endswith(("...", "…")) for text in texts.values())
    narrowed = not joined or cut or any((record.get(name) or "").lower() not in ANY for name in _NARROWING)
    return Rule(
        line=record.line,
        name=record.get("DisplayName", "Name", "ElementName") or "",
        action=action,
        profiles=profiles,
        protocol=texts["protocol"],
        ports=texts["port_first"],
        sources=texts["sources"],
        program=texts["program"],
        service=record.get("Service", "ServiceName"),
        interface=None if interface in ANY or interface == "0" else interface,
        narrowed=narrowed,
    )


def _profiles(record: Record) -> str | None:
    """`Any`, `Domain, Private`, or the number that stands for them; without the property, all."""
    text = (record.get("Profile", "Profiles") or "any").lower()
    if text.isascii() and text.isdigit() and len(text) < 12:
        names = [name for name, bit in zip(PROFILES, _BITS, strict=True) if int(text) & bit]
        return ",".join(names or PROFILES)
    words = {word.strip() for word in text.split(",")}
    if words & {"any", "all"}:
        return ",".join(PROFILES)
    return ",".join(name for name in PROFILES if name in words) if words <= set(PROFILES) else None


FORMS = (
    Form(
        name="net_firewall_rule",
        command="Get-NetFirewallRule -PolicyStore ActiveStore",
        tables=("firewall_rules",),
        read=read,
        properties=(
            frozenset({"DisplayName", "Enabled", "Direction", "Action"}),
            frozenset({"Name", "Enabled", "Direction", "Action"}),
            frozenset({"DisplayName", "Direction", "Action", "LocalPort"}),
            frozenset({"DisplayName", "Action", "Protocol", "LocalPort"}),
            frozenset({"Name", "Action", "Protocol", "LocalPort"}),
        ),
        captured=(),
        source="Microsoft Learn, NetSecurity: Get-NetFirewallRule, Get-NetFirewallPortFilter, Get-NetFirewallAddressFilter",
    ),
)
