"""Evidence kind `network.console`: what was copied from the console of switches, routers and firewalls, or saved by a program.

One file may hold the outputs of several commands and of several devices. Only the lines of the outputs that are read here are
stored, and of the prompts the device's name: a console copy holds users, passwords and whole configurations otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Interface, Neighbour
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.kit_result import is_kit_result
from omamori.parse.network.device_name import device_of, unnamed
from omamori.parse.network.form import UNREAD
from omamori.parse.network.lines import PAGER, console, prompt
from omamori.parse.network.session import Piece, Session, read_session

KIND = "network.console"
TABLES = ("forwarding_entries", "neighbours", "leases", "interfaces")
OWN = "own"
"""State of an ARP entry that is the device's own address; such a line tells of its interface, not of a neighbour."""
_ANY_TIME = datetime(2000, 1, 1)
_OWN_CARDS = 64
"""Hardware addresses a device may tell as its own; a stack of switches has some dozens."""
_WINDOWS = re.compile(rb"^(?:PS )?[A-Za-z]:\\[^\r\n<>|?*\"]{0,200}>|^#@ ", re.MULTILINE)
"""A prompt of Windows, or the mark of a kit result: such a file is read by others, whatever else is in it."""


def parse(data: bytes, context: Context) -> Parsed:
    """Return what each output says, per device; `EvidenceError` when there is no output that is known."""
    session = read_session(console(data), context.seen)
    if not session.pieces:
        raise EvidenceError(
            Text(
                "スイッチやルータの表(MACアドレス表、ARP、DHCP)が見つかりません。コマンドの行から表の終わりまでを含めて保存してください",
                "no table of a switch or router (MAC addresses, ARP, DHCP) found: save it from the command to the end of the table",
            )
        )
    devices = list(dict.fromkeys(piece.device for piece in session.pieces))
    several = len(devices) > 1
    rows: list[Any] = []
    looks: list[Look] = []
    problems: list[Problem] = []
    claims: list[tuple[str, tuple[str, ...]]] = []
    for device in devices:
        mine = [piece for piece in session.pieces if piece.device == device]
        name = device or device_of(context.file_name)
        subject = (name or "?") if several else ""
        own, others = _own(mine)
        rows += [replace(row, asset=subject) for row in others]
        looks += [replace(look, asset=subject) for look in _looks(mine, bool(own))]
        problems += [*_problems(mine), *unnamed(name)]
        hardware = (f"mac:{row.mac}" for row in (*own, *others) if row in own or getattr(row, "kind", None) == "self")
        addresses = (f"ip:{row.address}" for row in own)
        said = tuple(dict.fromkeys([*([f"name:{name}"] if name else []), *list(dict.fromkeys(hardware))[:_OWN_CARDS], *addresses]))
        if several:
            claims.append((subject, said))
        identifiers = said
    return Parsed(
        rows=tuple(rows), looks=tuple(looks), problems=tuple(problems), identifiers=() if several else identifiers, claims=tuple(claims)
    )


def _own(pieces: Sequence[Piece]) -> tuple[list[Neighbour], list[Any]]:
    """Part the device's own addresses from all the other rows, each once."""
    own: list[Neighbour] = []
    rows: dict[Any, Any] = {}
    for row in (row for piece in pieces for row in piece.part.rows):
        if isinstance(row, Neighbour) and row.state == OWN:
            own.append(row)
            row = Interface(name=row.interface or "", mac=row.mac, address=row.address, evidence=row.evidence)
        # What two commands show of one neighbour is one row; only one of them may tell a state.
        rows.setdefault(replace(row, evidence="", **({"state": None} if isinstance(row, Neighbour) and row.mac else {})), row)
    return own, list(rows.values())


def _looks(pieces: Sequence[Piece], own: bool) -> Iterator[Look]:
    """One look per table: whole when one output lists it as a whole and none of that table was damaged."""
    for table in dict.fromkeys(piece.form.table for piece in pieces):
        mine = [piece for piece in pieces if piece.form.table == table]
        unread = any(piece.part.unread for piece in mine)
        whole = any(piece.whole for piece in mine) and not unread and not any(piece.cut for piece in mine)
        yield Look(table) if whole else Look(table, complete=False, reason="not_understood" if unread else "not_collected")
    if own:
        yield Look("interfaces", complete=False, reason="not_collected")


def _problems(pieces: Iterable[Piece]) -> Iterator[Problem]:
    for piece in pieces:
        for place in sorted(piece.part.unread):
            yield Problem(
                piece.lines[place].number, f"a line of the table ({piece.form.name})", f"表({piece.form.name})の行として読めません"
            )


def redact(data: bytes) -> Redacted:
    """Keep the lines that are read and the names in the prompts, in UTF-8; everything else becomes an empty line."""
    text = console(data)
    session = read_session(text, _ANY_TIME)
    kept = _kept(session)
    numbers = {line.number for piece in session.pieces for line in piece.lines}
    shown = []
    for place, line in enumerate(text.lines):
        if line.number in text.paged:
            shown.append(PAGER)
        elif line.number in numbers:
            shown.append(UNREAD if line.number in kept.unread else line.text)
        elif place in session.prompts:
            shown.append(_prompt_kept(line.text, session.prompts[place], typed=line.number in kept.typed))
        else:
            shown.append("")
    return Redacted("\n".join(shown).encode())


class _Kept:
    def __init__(self, unread: frozenset[int], typed: frozenset[int]) -> None:
        self.unread, self.typed = unread, typed


def _kept(session: Session) -> _Kept:
    unread = {piece.lines[place].number for piece in session.pieces for place in piece.part.unread}
    first = sorted(piece.lines[0].number for piece in session.pieces)
    places = sorted(place + 1 for place in session.prompts)
    typed = {max((number for number in places if number < start), default=0) for start in first}
    return _Kept(frozenset(unread), frozenset(typed))


def _prompt_kept(text: str, device: str, *, typed: bool) -> str:
    told = prompt(text)
    if told is None:
        return ""
    if typed:
        return text
    return f"{told.name}#" if told.name else ""


def recognise(head: bytes, file_name: str) -> bool:
    """Whether a file holds an output of a network device that is read here, with at least one row."""
    if is_kit_result(head) or _WINDOWS.search(head):
        return False
    return any(piece.part.rows for piece in read_session(console(head), _ANY_TIME).pieces)


PARSERS = (Parser(kind=KIND, tables=TABLES, parse=parse, redact=redact, recognise=recognise),)
