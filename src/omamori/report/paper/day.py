"""その日の紙: what hangs on the wall for the day itself. Who decides, what is cut first, whom to call, how everything comes back.

It is filled from the ledger alone; what was really read or restored of backups stands beside it where there is something.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from omamori.model.text import Text
from omamori.report.paper.blocks import Block, Boxes, Cell, Grid, Heading, Paper, Para, Side, Sides, Station, filled, gap
from omamori.report.paper.contacts import calls
from omamori.report.paper.day_cuts import cuts, who_may
from omamori.report.paper.day_prepared import prepared_cuts
from omamori.report.paper.day_recovery import drills_grid, needs_grid, order_grid
from omamori.report.paper.declared import Declared
from omamori.report.paper.parts import cut
from omamori.report.paper.systems import left_out
from omamori.report.paper.words import OFFICER

TITLE = Text("その日の紙: サイバー攻撃かもしれないとき", "The page for the day: when it may be a cyber attack")
_BLANK = "\u3000"
_CUTS, _CALLS, _SYSTEMS, _DRILLS = 10, 16, 12, 4

FIRST = Sides(
    (
        Side(
            Text("すぐにすること", "Do at once"),
            (
                Text("LANケーブルを抜く(無線は切る)", "Pull the LAN cable (switch wireless off)"),
                Text("画面とランプの写真を撮る", "Take photographs of screens and lights"),
                Text("時刻を書く: 気づいた時・切った時・電話した時", "Write down the time: noticed, cut, called"),
                Text("下の人に電話する。決める人を呼ぶ", "Call the people below; get who decides"),
                Text("紙の運用に切り替える", "Go over to paper"),
            ),
        ),
        Side(
            Text("しないこと", "Do not"),
            (
                Text("電源を切らない・再起動しない(証拠が消えます)", "Do not power off or restart: evidence would be lost"),
                Text("初期化・上書き・駆除をしない", "Do not wipe, overwrite or clean"),
                Text("控えの媒体を差さない・つながない", "Do not plug in or connect media that hold copies"),
                Text("攻撃者に返事をしない・支払わない", "Do not answer or pay the attacker"),
                Text("一人で調べない", "Do not look into it alone"),
            ),
            warns=True,
        ),
    )
)
RETURN = Sides(
    (
        Side(
            Text("戻す前に", "Before anything comes back"),
            (
                Text(
                    "入られた口をふさぎ、管理者とVPNのパスワードを変えてから、元のネットワークへ戻す",
                    "The way in is closed and passwords of administrators and VPN are changed before anything goes back to the network",
                ),
                Text(
                    "入られる前の世代を、切り離した場所のきれいな機器へ戻し、診療部門が確かめてからつなぐ",
                    "A generation from before the attack is restored to a clean machine in a separate place; the department checks it, then it is connected",
                ),
                Text(
                    "傷んだ機器は、調べが終わるまで消さずに取っておく",
                    "Machines that were hit are kept as they are until they have been examined",
                ),
            ),
        ),
    )
)


def day_paper(declared: Declared, about: tuple[Cell, ...], now: datetime) -> Paper:
    """Return the page. `now` is the moment of the judgement it was filled from, with the zone of the hospital's clock."""
    blocks = (*_now(declared), *_calls(declared), *_back(declared, now), *_drills(declared, now.date()), *_record())
    return Paper("day", TITLE, about, blocks, wall=True)


def _now(declared: Declared) -> tuple[Block, ...]:
    drawn, more = cuts(declared, _CUTS)
    return (
        FIRST,
        Heading(Text("決める人", "Who decides")),
        _deciders(declared),
        Heading(Text("切る順番(控えを先に守る)", "What is cut, in this order (the copies are saved first)")),
        drawn,
        *left_out(more),
        *prepared_cuts(declared.prepared),
    )


def _deciders(declared: Declared) -> Boxes:
    _, _, officer, director, *_ = calls(declared).chain
    second = declared.answer("second-person")
    stands_in = second.remark if second is not None and second.answer == "yes" else None
    may = who_may(declared)
    return Boxes(
        (
            Station(
                Text("ネットワークを切ってよい人(夜間・休日も)", "Who may cut the network (nights and holidays too)"),
                may,
                _number_of(declared, may),
            ),
            Station(OFFICER, officer.name, officer.phone),
            Station(
                Text("代わりの人", "Who stands in"),
                filled(cut(stands_in, 60) if stands_in else None, "二人目の担当者", "a second person"),
                _number_of(declared, stands_in),
            ),
            Station(Text("院長(診療の継続・対外報告)", "Director (care, reports)"), director.name, director.phone),
        )
    )


def _number_of(declared: Declared, said: Cell | None) -> Cell:
    """The telephone of the contact whose name or duty stands in what was answered; else the gap."""
    known = None
    if isinstance(said, str):
        held = [one for one in declared.contacts if one.phone]
        known = next((one.phone for one in held if (one.name and one.name in said) or (one.duty and one.duty in said)), None)
    return filled(known, "電話番号", "telephone")


def _calls(declared: Declared) -> tuple[Block, ...]:
    held = calls(declared)
    rows: list[tuple[Cell, ...]] = [(_cut(one.duty), _cut(one.name), _cut(one.phone)) for one in held.chain[1:]]
    # Outside: who looks after what care depends on first, as the diagram of contacts has them.
    needed = {machine.vendor for machine in declared.machines if machine.important == "yes"}
    for title, stations in held.outside:
        first = sorted(stations, key=lambda one: one.duty not in needed)
        rows += [(_cut(one.duty if isinstance(one.duty, str) else title), _cut(one.name), _cut(one.phone)) for one in first]
    numbered = tuple((str(place), *row) for place, row in enumerate(rows[:_CALLS], 1))
    columns = (Text("順", "No."), Text("だれに", "Whom"), Text("氏名・部署", "Name"), Text("電話(夜間・休日も)", "Telephone"))
    return (
        Heading(Text("電話する順番", "Whom to call, in this order")),
        Grid(columns, numbered, (1, 7, 6, 5), whole=True),
        *left_out(len(rows) - _CALLS),
    )


def _cut(cell: Cell) -> Cell:
    return cut(cell, 60) if isinstance(cell, str) else cell


def _back(declared: Declared, now: datetime) -> tuple[Block, ...]:
    grid, more = order_grid(declared, _SYSTEMS, now.tzinfo or UTC)
    return (
        Heading(Text("戻す順番", "Order of coming back")),
        RETURN,
        grid,
        *left_out(more),
        Heading(Text("戻すときに足りなくなるもの", "What a recovery often lacks")),
        needs_grid(declared),
    )


def _record() -> tuple[Block, ...]:
    """Lines to write on by hand: what police, ministry and vendor ask for first."""
    steps = (
        Text("気づいた(何を・どの機器で)", "Noticed (what, on which machine)"),
        Text("切った(上の番号)", "Cut (numbers above)"),
        Text("決める人に知らせた", "Told who decides"),
        Text("業者・警察・厚生労働省に電話した", "Called vendor, police, ministry"),
        Text("写真を撮った・媒体を取っておいた", "Photographs taken, media kept"),
    )
    columns = (
        Text("その日の記録", "Record of the day"),
        Text("日時", "Day and time"),
        Text("だれが", "Who"),
        Text("書きとめること", "Notes"),
    )
    return (
        Heading(Text("書き込む欄", "To be written in")),
        Grid(columns, tuple((step, _BLANK, _BLANK, _BLANK) for step in steps), (6, 3, 3, 7), whole=True, tall=True),
    )


def _drills(declared: Declared, today: date) -> tuple[Block, ...]:
    return (
        Heading(Text("訓練の予定", "Drill calendar")),
        drills_grid(declared, today, _DRILLS),
        Para(
            (
                Text("この紙を貼る場所: ", "Where this page hangs: "),
                gap("サーバ室・当直室・受付など", "server room, duty room, reception …"),
                Text(" 見直した日: ", " Revised on: "),
                gap("日付", "day"),
            )
        ),
    )
