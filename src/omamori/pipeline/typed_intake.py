"""Stores outputs of Windows commands typed by hand, machine by machine, and tells in one line what became of each file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from omamori.collect.windows.here import Output
from omamori.model.text import Text
from omamori.parse.interface import Context
from omamori.parse.redact import redact, redact_for
from omamori.parse.registry import parsers
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.decode import decode
from omamori.parse.windows.form import forms
from omamori.parse.windows.session import Session, Stranger, read_session
from omamori.parse.windows.store import KIND, Origin, write_pieces
from omamori.pipeline.outcome import Outcome, problem_text
from omamori.pipeline.typed import TypedFile, TypedVisit, group_typed
from omamori.snapshot.evidence import EvidenceStore, Item, Visit

_SHOWN = 4
_REFUSAL_BYTES = 2000
_REFUSALS = (
    (
        re.compile(
            r"アクセスが拒否|access is denied|管理者(?:として|の)?(?:権限|特権)|elevated|administrative (?:rights|privileges)",
            re.IGNORECASE,
        ),
        Text(
            "コマンドが権限不足で断られています。コマンド プロンプトを管理者として開き、もう一度保存してください",
            "the command was refused for lack of rights: open the command prompt as administrator and save it again",
        ),
    ),
    (
        re.compile(r"認識されていません|認識されません|is not recognized", re.IGNORECASE),
        Text("このWindowsにはないコマンドです。飛ばして構いません", "this Windows has no such command; it may be left out"),
    ),
)
"""What a small file holds when the command said no, and what a person does then."""


def import_typed(store: EvidenceStore, files: Mapping[int, TypedFile], *, received: datetime) -> dict[int, Outcome]:
    """Store the outputs of these files; returns one outcome per file, under the number it was given."""
    context = Context(KIND, seen=received, received=received)
    visits = group_typed(list(files.values()), context)
    stored = {id(visit): _store(store, visit, received) for visit in visits}
    outcomes = {}
    for place, one in files.items():
        mine = [visit for visit in visits if one.name in visit.files]
        outcomes[place] = _outcome(one, mine, any(stored[id(visit)] for visit in mine), context)
    return outcomes


def import_outputs(store: EvidenceStore, outputs: Sequence[Output], host: str, *, received: datetime) -> Outcome:
    """Store what the commands of this machine printed; a command that printed nothing known is simply not collected."""
    found = [(output, read_session(output.data)) for output in outputs if output.data]
    visit = TypedVisit(host.lower())
    for output, session in found:
        visit.pieces += [(piece, Origin(output.file, session.encoding)) for piece in session.pieces]
        visit.files += [output.file] if session.pieces else []
    if not visit.pieces:
        text = Text(
            "このパソコンのコマンドは何も表示しませんでした。手で調べる手順(omamori kit)を使ってください",
            "the commands of this PC printed nothing; use the page to type by hand (omamori kit)",
        )
        return Outcome(host, "refused", text)
    _store(store, visit, received, how="local")
    seen, asked = len(visit.files), len(outputs)
    return Outcome(
        host, "stored", Text(f"{asked} のコマンドのうち {seen} の出力を読みました", f"{seen} of {asked} commands were read"), (KIND,)
    )


def refused_command(name: str, data: bytes) -> Outcome | None:
    """Return the outcome of a file that holds only a command's refusal, with what to do; None for any other text."""
    text = decode(data[:_REFUSAL_BYTES]).text if len(data) <= _REFUSAL_BYTES else ""
    for pattern, said in _REFUSALS:
        if pattern.search(text):
            return Outcome(name, "unknown", said)
    return None


def unknown_commands(name: str, session: Session) -> Outcome | None:
    """Return the outcome of a copy of the console in which no output is known; None where no command can be named."""
    typed = list(dict.fromkeys(_shown(stranger.command) for stranger in session.strangers if stranger.command))
    if not typed:
        return None
    shown = ", ".join(typed[:_SHOWN])
    text = Text(
        f"読み取れるコマンドの出力がありません({shown})。保存していません",
        f"no output of a command this version reads ({shown}); nothing was stored",
    )
    return Outcome(name, "unknown", text)


def _store(store: EvidenceStore, visit: TypedVisit, received: datetime, *, how: str = "file") -> bool:
    """Store a visit as one evidence; False when the same content is here already."""
    clean = redact_for(parsers()[KIND], write_pieces(visit.pieces))
    names = list(dict.fromkeys(visit.files))
    name = names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"
    # A file's own date says little (copying changes it): the moment of receipt counts.
    seen = received if how == "local" else None
    item = Item(kind=KIND, data=clean.data, seen=seen, file_name=name, secrets=clean.secrets)
    return store.add(Visit(how=how, host=visit.host, started=seen, version=""), [item], received) is not None


def _outcome(one: TypedFile, visits: Sequence[TypedVisit], new: bool, context: Context) -> Outcome:
    pieces = one.session.pieces
    found = [read_piece(piece, context) for piece in pieces]
    rows, problems = sum(len(part.rows) for part in found), sum(len(part.problems) for part in found)
    commands = list(dict.fromkeys(forms()[piece.form].command for piece in pieces))
    shown = ", ".join(commands[:_SHOWN]) + (f" +{len(commands) - _SHOWN}" if len(commands) > _SHOWN else "")
    machine, strange, told = _machine(visits), _strangers(one.session.strangers), problem_text(problems)
    if not new:
        said = Text(f"同じ内容をすでに取り込んであります({shown})", f"the same content is already here ({shown})")
    else:
        said = Text(f"取り込みました({shown}、{rows} 行)", f"taken in ({shown}, {rows} rows)")
    text = Text(f"{said.ja}{machine.ja}{told.ja}{strange.ja}", f"{said.en}{machine.en}{told.en}{strange.en}")
    return Outcome(one.name, "stored" if new else "already", text, (KIND,))


def _machine(visits: Sequence[TypedVisit]) -> Text:
    """Say whose output it is, and from what that was taken where the output does not say it."""
    hosts = sorted({visit.host for visit in visits if visit.host})
    if not hosts:
        return Text(
            "。どの機器の出力か分かりません。機器名のフォルダーに入れてフォルダーごと取り込むか、systeminfo の出力を同じファイルに加えてください",
            "; it does not say which machine it is of: put it into a folder named after the machine and import the folder, "
            "or add the output of systeminfo to the file",
        )
    names = ", ".join(hosts)
    guessed = {visit.guessed for visit in visits} - {""}
    if guessed:
        from_what = Text("フォルダー", "folder") if "folder" in guessed else Text("ファイル名", "file name")
        return Text(f"。機器は{from_what.ja}から {names} としました", f"; machine taken from the {from_what.en}: {names}")
    return Text(f"。機器 {names}", f"; machine {names}")


def _shown(command: str) -> str:
    """A typed command as it may be shown: a password in it is taken out."""
    return redact(command.encode()).data.decode("utf-8", "replace")


def _strangers(strangers: Sequence[Stranger]) -> Text:
    """Name the text nobody recognised; it is not stored."""
    if not strangers:
        return Text("", "")
    first = next((one for one in strangers if one.command), strangers[0])
    command = _shown(first.command) or "?"
    more = len(strangers) - 1
    return Text(
        f"。{first.line}行目からの{first.count}行({command})は種類が分からず、保存していません" + (f"。ほか{more}か所" if more else ""),
        f"; {first.count} lines from line {first.line} ({command}) were not recognised and not stored"
        + (f"; {more} more places" if more else ""),
    )
