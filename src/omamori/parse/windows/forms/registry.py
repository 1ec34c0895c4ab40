"""`reg export` (.reg files), `reg query` and PowerShell's `Get-ItemProperty`: the registry, read together over all outputs of a visit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.registry import export, query
from omamori.parse.windows.registry.reader import TABLES, read_registry
from omamori.parse.windows.registry.redact import redact_text
from omamori.parse.windows.registry.tree import Shown


def read_all(pieces: Sequence[Piece], context: Context) -> Parsed:
    """Return what the registry outputs of one visit say together: a policy in one file decides over a setting in another."""
    return read_registry(shown_of(pieces))


def shown_of(pieces: Sequence[Piece]) -> list[Shown]:
    """Return what each output of the registry among the outputs of a visit shows."""
    return [_READERS[piece.form](piece) for piece in pieces if piece.form in _READERS]


def read(piece: Piece, context: Context) -> Parsed:
    """Return what one registry output says alone."""
    return read_all((piece,), context)


_READERS = {"reg_export": export.read_export, "reg_query": query.read_query, "reg_items": query.read_items}

FORMS = (
    Form(
        name="reg_export",
        command="reg export",
        tables=TABLES,
        read=read,
        join=read_all,
        heading=export.HEADING,
        read_alone=export.alone,
        wraps=False,
        each=True,
        blank_end=True,
        redact_all=redact_text,
        source="Microsoft Learn, Windows Commands: reg export; Windows registry information for advanced users",
    ),
    Form(
        name="reg_query",
        command="reg query",
        tables=TABLES,
        read=read,
        join=read_all,
        heading=re.compile(f"{query.HEADING.pattern}|{query.NOT_FOUND.pattern}", re.IGNORECASE),
        again=re.compile(f"{query.HEADING.pattern}|{query.NOT_FOUND.pattern}", re.IGNORECASE),
        blank_end=True,
        redact_all=redact_text,
        source="Microsoft Learn, Windows Commands: reg query",
    ),
    Form(
        name="reg_items",
        command="Get-ItemProperty",
        tables=TABLES,
        read=read,
        join=read_all,
        body=query.PROPERTY_LINE,
        confirm=query.begins_item,
        redact_all=redact_text,
        source="Microsoft Learn, PowerShell: Get-ItemProperty",
    ),
)
