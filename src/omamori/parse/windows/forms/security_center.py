"""AntiVirusProduct, AntiSpywareProduct and FirewallProduct of root\\SecurityCenter2: what Windows clients know as protection.

`productState` is a number of three bytes: what the product is, whether it is on, whether its signatures are new.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.access import SecurityProduct
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.object_lists import identifiers, listed, was_cut
from omamori.parse.windows.products import DEFENDER, usual_name
from omamori.parse.windows.records import Record
from omamori.parse.windows.values import number

_FIREWALL, _ANTIVIRUS, _SPYWARE = 0x010000, 0x040000, 0x080000
_ON = 1
_DEFENDER_ID = "{d68ddc3a-831f-4fae-9e44-da132c1acf46}"
_CLASSES: Mapping[str, str] = MappingProxyType(
    {"antivirusproduct": "antivirus", "firewallproduct": "firewall", "antispywareproduct": "spyware"}
)
_MISSING = ("version", "behaviour", "signatures", "tamper_protected")


def read(piece: Piece, context: Context) -> Parsed:
    """Return the products. Whole where antivirus products are listed; signatures have only a sign there, no day."""
    records = listed(piece)
    problems = list(records.problems)
    rows: dict[tuple[str, str], SecurityProduct] = {}
    told = _class(piece.command)
    for record in records.rows:
        name, state = record.get("displayName"), number(record.get("productState"))
        kind = _kind(record, state, told)
        if name is None or state is None or kind is None or was_cut(name):
            if len(problems) < 20:
                problems.append(Problem(record.line, "displayName and productState of a product", "製品の displayName と productState"))
        elif kind != "spyware":
            row = _product(name, kind, state, record)
            rows.setdefault((row.name.lower(), row.kind), row)
    whole = not problems and any(row.kind == "antivirus" for row in rows.values())
    missing = [*_MISSING, *(("real_time",) if any(row.real_time is None for row in rows.values()) else ())]
    look = Look("security_products", complete=whole, missing=tuple(missing), reason="not_understood" if problems else "not_collected")
    return Parsed(rows=tuple(rows.values()), looks=(look,), problems=tuple(problems), identifiers=identifiers(records))


def _class(text: str) -> str | None:
    return next((kind for word, kind in _CLASSES.items() if word in text.lower()), None)


def _kind(record: Record, state: int | None, told: str | None) -> str | None:
    """By the name of the class where it is printed or was typed, else by the first byte of the state."""
    named = _class(" ".join(record.values.get(name, "") for name in ("__CLASS", "__PATH", "CimClass", "CimClass.CimClassName")))
    if named or told:
        return named or told
    byte = (state or 0) & 0xFF0000
    if byte & _ANTIVIRUS:
        return "antivirus"
    return "firewall" if byte & _FIREWALL else "spyware" if byte & _SPYWARE else None


def _product(name: str, kind: str, state: int, record: Record) -> SecurityProduct:
    on = (state >> 12) & 0xF == _ON
    microsoft = record.values.get("instanceGuid", "").lower() == _DEFENDER_ID
    return SecurityProduct(
        name=DEFENDER if microsoft and kind == "antivirus" else usual_name(name),
        kind=kind,
        running=on,
        real_time=on if kind == "antivirus" else None,
        mode="active" if on else "disabled",
        evidence=str(record.line),
    )


FORMS = (
    Form(
        name="security_center",
        command="Get-CimInstance -Namespace root/SecurityCenter2 AntiVirusProduct",
        tables=("security_products",),
        read=read,
        properties=(frozenset({"displayName", "productState"}),),
        source="Microsoft Learn, Windows Security Center; AntiVirusProduct of root\\SecurityCenter2",
    ),
)
