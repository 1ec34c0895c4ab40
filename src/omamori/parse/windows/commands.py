"""What Windows commands of one machine printed (`windows.commands`): typed by hand, or brought back by a program.

Every output is read by its form (`forms/`); what several say about one thing is joined (`merge`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from omamori.model.host import Host, Process
from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Connection, Listener
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import TABLES, table_of
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.windows.form import Form, Piece, forms
from omamori.parse.windows.forms.whoami_groups import elevated
from omamori.parse.windows.merge import merge
from omamori.parse.windows.products import by_services
from omamori.parse.windows.session import full_lines, joined
from omamori.parse.windows.store import KIND, marker_lines, read_pieces
from omamori.parse.windows.together import with_forwarding, with_policy_in_force, with_services, with_states

_FILTER = re.compile(
    r"\|\s*(?:find(?:str)?(?:\.exe)?\b|select-string\b|sls\b|where(?:-object)?\b|\?|(?:select(?:-object)?|tail|head)\b.{0,200}-(?:first|last|skip|unique|index))",
    re.IGNORECASE,
)
"""What is typed behind a command to see a part of its lines only."""

_TRIED = 40
_TRIED_ALL = 100_000
"""Lines of which it is tried whether they go on in the next; and how many lines may be read anew for that."""


def parse(data: bytes, context: Context) -> Parsed:
    """Return what the outputs say together. Raises EvidenceError when there is none."""
    pieces = list(read_pieces(data))
    if not pieces:
        raise EvidenceError(
            Text(
                "Windowsのコマンドの出力がありません。コマンドが表示した文字を保存したファイルを渡してください",
                "no output of a Windows command; bring the text that the command printed",
            )
        )
    if context.privileged is None:
        context = dataclasses.replace(context, privileged=elevated(pieces))
    parts = read_together(pieces, context)
    name = next((one.removeprefix("name:") for part in parts for one in part.identifiers if one.startswith("name:")), "")
    found = merge([*with_policy_in_force(with_forwarding(with_states(parts))), _windows(name)])
    return _with_process_names(with_services(merge([found, *by_services(found)])))


def read_together(pieces: Sequence[Piece], context: Context) -> list[Parsed]:
    """Read the outputs of one visit: each alone, but those whose forms name the same `join` together."""
    known = forms()
    alone: list[Parsed] = []
    groups: dict[Callable[[Sequence[Piece], Context], Parsed], list[Piece]] = {}
    for piece in pieces:
        form = known.get(piece.form)
        if form is None or form.join is None:
            alone.append(read_piece(piece, context))
        else:
            groups.setdefault(form.join, []).append(_mended(form, piece, context))
    return [*alone, *(join(group, context) for join, group in groups.items())]


def read_piece(piece: Piece, context: Context) -> Parsed:
    """Read one output; where a console window broke its lines, the reading that understood most counts."""
    form = forms().get(piece.form)
    if form is None:
        return Parsed(
            problems=(
                Problem(
                    piece.lines[0].number if piece.lines else 0,
                    f"an output this version knows, not {piece.form}",
                    f"この版が読める出力({piece.form} は読めません)",
                ),
            )
        )
    sure, doubtful = full_lines(piece.lines) if form.wraps else (frozenset[int](), ())
    found = _best(form, piece, context, sure, doubtful)[1]
    if not form.judges_filters and _FILTER.search(piece.command):
        return _filtered(found, piece)
    return _cut(found) if piece.cut else found


def _mended(form: Form, piece: Piece, context: Context) -> Piece:
    """Return the piece, its broken lines joined where that is understood better."""
    sure, doubtful = full_lines(piece.lines) if form.wraps else (frozenset[int](), ())
    if not sure and not doubtful:
        return piece
    return _best(form, piece, context, sure, doubtful)[0]


def _best(form: Form, piece: Piece, context: Context, sure: frozenset[int], doubtful: Sequence[int]) -> tuple[Piece, Parsed]:
    """Return the piece with the broken lines joined that make it understood best, and what it says then."""
    best, found = piece, form.read(piece, context)
    broken = set(sure)
    tries = min(_TRIED, _TRIED_ALL // len(piece.lines)) if piece.lines else 0
    for place in (None, *doubtful[:tries]) if sure or doubtful else ():
        tried = broken | ({place} if place is not None else set())
        mended = dataclasses.replace(piece, lines=joined(piece.lines, tried))
        other = form.read(mended, context)
        if _better(other, found):
            best, found, broken = mended, other, tried
    return best, found


def _better(other: Parsed, found: Parsed) -> bool:
    """Whether joining lines helped: fewer places not understood, or more known and no row lost (a line may be just as long as a window is wide)."""
    now, before = _unread(other), _unread(found)
    return now < before and (now[0] < before[0] or len(other.rows) >= len(found.rows))


def _unread(found: Parsed) -> tuple[int, int, int]:
    """How much of an output was not understood; the first of two equal readings counts."""
    return len(found.problems), sum(len(look.missing) + 100 * (not look.complete) for look in found.looks), -len(found.rows)


def _cut(found: Parsed) -> Parsed:
    """Nothing in an output that breaks off is the whole list."""
    looks = tuple(dataclasses.replace(look, complete=False, reason="not_understood") for look in found.looks)
    return dataclasses.replace(found, looks=looks)


def _filtered(found: Parsed, piece: Piece) -> Parsed:
    """Nothing that was filtered is the whole list."""
    problem = Problem(
        piece.lines[0].number if piece.lines else 0, "the command without a filter behind it", "絞り込み(| find など)なしのコマンド"
    )
    looks = tuple(dataclasses.replace(look, complete=False, reason="not_collected") for look in found.looks)
    return dataclasses.replace(found, looks=looks, problems=(*found.problems, problem))


def _windows(name: str) -> Parsed:
    """What every output says: this is a Windows machine."""
    known = ("platform", "hostname") if name else ("platform",)
    missing = tuple(column.name for column in TABLES["hosts"].columns if column.name not in (*known, *ROW_COLUMNS))
    return Parsed(
        rows=(Host(hostname=name, platform="windows", evidence="1"),), looks=(Look("hosts", missing=missing, reason="not_collected"),)
    )


def _with_process_names(found: Parsed) -> Parsed:
    """Name the programs behind ports by the list of processes of the same time, where netstat gave only numbers."""
    names: dict[int | None, str] = {row.pid: row.name for row in found.rows if isinstance(row, Process) and row.pid}
    if not names:
        return found
    rows = tuple(_named(row, names) for row in found.rows)
    nameless = {table_of(row).name for row in rows if isinstance(row, Listener | Connection) and row.process is None}
    looks = tuple(look if look.table in nameless else _known(look, "process") for look in found.looks)
    return dataclasses.replace(found, rows=rows, looks=looks)


def _named(row: Any, names: Mapping[int | None, str]) -> Any:
    if isinstance(row, Listener | Connection) and row.process is None and row.pid in names:
        return dataclasses.replace(row, process=names[row.pid])
    return row


def _known(look: Look, column: str) -> Look:
    """The look without a column among those it could not read."""
    if look.table not in ("listeners", "connections") or column not in look.missing:
        return look
    missing = tuple(name for name in look.missing if name != column)
    return dataclasses.replace(look, missing=missing, reason=look.reason if missing or not look.complete else None)


def redact(data: bytes) -> Redacted:
    """Take out what only a form knows to be secret (values of a registry export, say). Bytes that are no text become U+FFFD."""
    known = forms()
    marks = [at for at, _, mark in marker_lines(data) if not mark.startswith("typed ")]
    parts = [_sound(data[: marks[0]] if marks else data)]
    secrets = 0
    for mark, after in pairwise([*marks, len(data)]):
        head, end, body = map(_sound, data[mark:after].partition(b"\n"))
        form = known.get(head[3:].split(b" ")[0].decode())
        if form is not None and (form.redact_all is not None or form.redact is not None):
            text = body.decode()
            clean = form.redact_all(text) if form.redact_all is not None else text
            if form.redact is not None:
                clean = "\n".join(map(form.redact, clean.split("\n")))
            if clean != text:
                secrets += sum(one != other for one, other in zip(clean.split("\n"), text.split("\n"), strict=True))
                body = clean.encode("utf-8", "replace")
        parts += [head, end, body]
    return Redacted(b"".join(parts), secrets)


def _sound(data: bytes) -> bytes:
    """Return text without bytes that are none."""
    return data if data.isascii() else data.decode("utf-8", "replace").encode()


def _tables() -> Sequence[str]:
    return sorted({table for form in forms().values() for table in form.tables} | {"hosts"})


PARSERS = (Parser(kind=KIND, tables=tuple(_tables()), parse=parse, redact=redact, max_bytes=64 * 1024 * 1024),)
