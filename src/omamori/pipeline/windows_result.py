"""Takes in what the Windows kit brought back: many commands' outputs of one machine, in one file, become one evidence."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from omamori.model.text import Text
from omamori.model.windows import MACHINES
from omamori.parse.kit_result import KitItem, KitResult, Output
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.parse.windows.clock import CLOCK, read_clock
from omamori.parse.windows.form import Piece
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import KIND, Origin, write_pieces
from omamori.snapshot.evidence import Item, Visit

_ANSWERS = (b"C:\\>reg query",)
"""Of a question to the registry a refusal is an answer too: the key is not there."""
_NAMED = 5
MORE = Text(
    "後ろに別の結果か文字が続いていて、そこは取り込んでいません。1つのファイルに1つの結果を入れて渡してください",
    "another result or text stands behind it and was not taken in: give every result as a file of its own",
)


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """What can be stored of a result, and what has to be told."""

    visit: Visit
    item: Item | None
    told: Text


def take_windows(result: KitResult, item: KitItem, *, how: str) -> Taken:
    """Return the evidence of one Windows visit.

    A command that failed, printed nothing or nothing known is not collected and is counted. Of a result that is not
    as the kit wrote it nothing counts as whole.
    """
    pieces: list[tuple[Piece, Origin]] = []
    empty: list[str] = []
    failed: list[str] = []
    strange: list[str] = []
    for output in item.outputs:
        if output.name == CLOCK:
            continue
        if not output.data.strip():
            empty.append(output.name)
        elif output.exit_code not in (0, None) and not output.data.startswith(_ANSWERS):
            failed.append(output.name)
        elif not _read(output, pieces):
            strange.append(output.name)
    visit = _visit(result, item.outputs, how)
    stored = None
    if pieces:
        clean = redact_for(parsers()[KIND], write_pieces(pieces))
        stored = Item(
            kind=KIND,
            data=clean.data,
            seen=visit.started,
            privileged=result.visit.privileged,
            file_name=f"{result.visit.host or 'windows'}.kit",
            complete=result.intact is not False,
            secrets=clean.secrets,
        )
    return Taken(visit, stored, _told(result, len(item.outputs), empty, failed, strange))


def _read(output: Output, pieces: list[tuple[Piece, Origin]]) -> bool:
    """Add an output's pieces; False when nobody knows what it is."""
    session = read_session(output.data)
    cut = output.exit_code is None
    origin = Origin(output.name, session.encoding)
    for piece in session.pieces:
        pieces.append((dataclasses.replace(piece, cut=True) if cut and piece is session.pieces[-1] else piece, origin))
    return bool(session.pieces)


def _visit(result: KitResult, outputs: Sequence[Output], how: str) -> Visit:
    said = result.visit
    started = said.started or next((read_clock(output.data) for output in outputs if output.name == CLOCK), None)
    return Visit(how=how, host=said.host.lower(), started=_plain(started), version=said.version, built=said.built)


def _plain(moment: datetime | None) -> datetime | None:
    return moment.replace(microsecond=0) if moment else None


def _told(result: KitResult, asked: int, empty: Sequence[str], failed: Sequence[str], strange: Sequence[str]) -> Text:
    ja = [f"{asked} の出力"]
    en = [f"{asked} outputs"]
    for names, word_ja, word_en in (
        (empty, "何も出なかったもの", "printed nothing"),
        (failed, "失敗したもの", "failed"),
        (strange, "種類が分からず保存しなかったもの", "not recognised and not stored"),
    ):
        if names:
            shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
            ja.append(f"{word_ja} {len(names)}({shown})")
            en.append(f"{len(names)} {word_en} ({shown})")
    # What was answered at the machine, and no more: whether somebody agreed stands in the answer itself.
    answered = next((kind.label for kind in MACHINES if kind.code == result.visit.machine and kind.code != "ordinary"), None)
    if answered is not None:
        ja.append(f"「{answered.ja}」と答えて収集")
        en.append(f'answered as "{answered.en}"')
    if result.intact is False:
        ja.append(
            "キットが書いた後に内容が変わっています。合計が合わないので、どの項目も「全部見た」とは数えません。キットをもう一度実行してください"
        )
        en.append("changed after the kit wrote it: its sum does not fit, so nothing in it counts as seen whole; run the kit again")
    if result.more:
        ja.append(MORE.ja)
        en.append(MORE.en)
    return Text("、".join(ja), ", ".join(en))
