"""Outputs of Windows commands that somebody saved by hand: which machine each belongs to, and into which evidence it goes.

Most of these outputs name no machine. One that does speaks for the others of its file; else the file's name or the
folder tells, if only one machine is there. Where two could be meant, nothing is guessed and it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from omamori.collect.windows.commands import commands
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.form import Piece, forms
from omamori.parse.windows.session import Session
from omamori.parse.windows.store import Origin

_NAME = re.compile(r"[^\W_][\w-]{0,14}")
"""A computer's name (NetBIOS: at most 15 characters)."""


@dataclass(frozen=True, slots=True)
class TypedFile:
    """One file with recognised outputs. `folder` is where it lay; `handed_over` the folder's own name, when the folder was given as a whole."""

    name: str
    session: Session
    folder: str = ""
    handed_over: str = ""


@dataclass(slots=True)
class TypedVisit:
    """Outputs of one machine. `host` is its name (empty: nobody knows), `guessed` what the name was taken from."""

    host: str
    pieces: list[tuple[Piece, Origin]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    guessed: str = ""


def group_typed(files: Sequence[TypedFile], context: Context) -> list[TypedVisit]:
    """Put files into visits, one per machine. In: the files of one import. Out: visits; every piece is in exactly one."""
    visits: list[TypedVisit] = []
    by_folder: dict[str, list[TypedFile]] = {}
    for one in files:
        by_folder.setdefault(one.folder, []).append(one)
    for together in by_folder.values():
        own = {one.name: _names(one, context) for one in together}
        known = sorted({name for names in own.values() for name in names.values()})
        for one in together:
            for host, guessed, pieces in _shares(one, own[one.name], known):
                _put(visits, one, host, guessed, pieces)
    return visits


def _names(one: TypedFile, context: Context) -> dict[int, str]:
    """Return place of a piece → name of the machine, for the outputs that tell it."""
    found = {}
    for place, piece in enumerate(one.session.pieces):
        name = next((word for word in read_piece(piece, context).identifiers if word.startswith("name:")), None)
        if name is not None:
            found[place] = name.removeprefix("name:").split(".")[0].lower()
    return found


def _shares(one: TypedFile, names: dict[int, str], known: Sequence[str]) -> Iterator[tuple[str, str, list[Piece]]]:
    """Yield (machine, what it was taken from, pieces) of one file."""
    machines = sorted(set(names.values()))
    pieces = list(one.session.pieces)
    if len(machines) < 2:
        host, guessed = (machines[0], "") if machines else _from_place(one, known)
        yield host, guessed, pieces
        return
    for machine in machines:
        yield machine, "", [piece for place, piece in enumerate(pieces) if names.get(place) == machine]
    rest = [piece for place, piece in enumerate(pieces) if place not in names]
    if rest:
        yield "", "", rest


def _from_place(one: TypedFile, known: Sequence[str]) -> tuple[str, str]:
    """The machine of a file whose outputs name none: by its file name, else the only machine of its folder, else the folder's name.

    The folder counts only for a file named after its command (`netstat.txt`): `pc5-netstat.txt` is of pc5, wherever it lies.
    """
    stem = re.split(r"[/\\:]", one.name)[-1].rsplit(".", 1)[0].lower()
    begun = [name for name in known if stem == name or (stem.startswith(name) and not stem[len(name)].isalnum())]
    if begun:
        return max(begun, key=len), "file"
    if one.handed_over.lower() in known:
        return one.handed_over.lower(), ""
    if not _after_command(stem, one.session.pieces):
        return "", ""
    if len(known) == 1:
        return known[0], "folder"
    if not known and _NAME.fullmatch(one.handed_over):
        return one.handed_over.lower(), "folder"
    return "", ""


def _after_command(stem: str, pieces: Sequence[Piece]) -> bool:
    """Whether a file is named after a command in it, perhaps behind a number, or as the guide names it."""
    if stem in {command.file.rpartition(".")[0] for command in commands()}:
        return True
    plain = re.sub(r"^[\d_. -]+", "", stem)
    return any(plain.startswith((forms()[piece.form].command.split()[0].lower(), piece.form)) for piece in pieces)


def _put(visits: list[TypedVisit], one: TypedFile, host: str, guessed: str, pieces: Sequence[Piece]) -> None:
    """Add pieces to the machine's visit; an output that can come only once begins another visit when it comes again."""
    if not pieces:
        return
    known = forms()
    single = {piece.form for piece in pieces if not (known[piece.form].each or known[piece.form].properties or known[piece.form].join)}
    for visit in visits if host else ():
        if visit.host == host and not single & {piece.form for piece, _ in visit.pieces}:
            break
    else:
        visit = TypedVisit(host, guessed=guessed)
        visits.append(visit)
    origin = Origin(one.name, one.session.encoding)
    visit.pieces += [(piece, origin) for piece in pieces]
    visit.files.append(one.name)
