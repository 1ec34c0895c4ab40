"""外部接続一覧: every line by which somebody comes in or out, as the ledger has it, and what was seen besides."""

from __future__ import annotations

from omamori.model.declared import LINE_KINDS, RemoteLine
from omamori.model.text import Text
from omamori.model.ways_in import ENTRY_KINDS
from omamori.report.paper.blocks import Block, Cell, Grid, Heading, Items, Paper, filled, gap
from omamori.report.paper.declared import Declared
from omamori.report.paper.systems import left_out
from omamori.report.paper.words import YES_NO_WORDS

TITLE = Text("外部接続一覧", "Outside lines")
_WAYS = {value.code: value.label for value in ENTRY_KINDS}
_KIND = {value.code: value.label for value in LINE_KINDS}
MOST = 100


def lines_paper(declared: Declared, about: tuple[Cell, ...]) -> Paper:
    """Return the paper: who comes in and by what, how each line is guarded, and what was seen that no line explains."""
    lines = declared.lines[:MOST]
    return Paper(
        "lines",
        TITLE,
        about,
        (
            Heading(Text("誰が、何のために、どこへつながるか", "Who, what for and where to")),
            who_grid(lines),
            Heading(Text("守り方", "How they are guarded")),
            _guards(lines),
            *left_out(len(declared.lines) - MOST),
            *_seen(declared),
            Heading(Text("確かめること", "To be confirmed")),
            Items(
                (
                    _asked(
                        declared,
                        "lines-asked-each-vendor",
                        Text("すべての業者に一社ずつ、回線の有無を確認した日: ", "Every vendor was asked on: "),
                    ),
                    _asked(
                        declared,
                        "lines-catering-and-others",
                        Text(
                            "給食・検査外注・警備・設備などの業者にも確認した日: ",
                            "Catering, laboratories, security and building services were asked on: ",
                        ),
                    ),
                )
            ),
        ),
        wide=True,
    )


def who_grid(lines: tuple[RemoteLine, ...]) -> Grid:
    """Return the table of who comes in, what for, and into which zone."""
    rows: list[tuple[Cell, ...]] = [
        (
            line.line,
            _KIND.get(line.kind or "", gap("種類", "kind")),
            filled(line.vendor, "業者", "vendor"),
            filled(line.purpose, "目的", "purpose"),
            filled(line.device, "接続機器", "device"),
            filled(line.lands_in, "つながる先", "where it ends"),
            filled(line.opened_by, "開ける人", "who opens it"),
        )
        for line in lines
    ]
    return Grid(
        (
            Text("回線", "Line"),
            Text("種類", "Kind"),
            Text("利用者・業者", "Used by"),
            Text("目的", "Purpose"),
            Text("接続機器", "Device"),
            Text("つながる先のゾーン", "Ends in"),
            Text("開ける人", "Opened by"),
        ),
        tuple(rows) or ((gap("台帳の「外部接続」シート", "the sheet of outside lines"), "", "", "", "", "", ""),),
        (5, 4, 4, 5, 4, 4, 4),
    )


def _guards(lines: tuple[RemoteLine, ...]) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        (
            line.line,
            filled(" ".join(part for part in (line.product, line.firmware) if part), "ファームウエア版", "firmware"),
            filled(line.firmware_updated, "更新日", "updated on"),
            _yes(line.source_restricted),
            _yes(line.two_factor),
            _yes(line.shared_account),
            filled(line.password_changed, "変更日", "changed on"),
            _yes(line.always_open),
            filled(line.last_used, "利用日", "used on"),
        )
        for line in lines
    ]
    return Grid(
        (
            Text("回線", "Line"),
            Text("機器のOS・版", "Device OS"),
            Text("ファーム更新日", "Updated"),
            Text("接続元制限", "Sources limited"),
            Text("二要素認証", "Two factors"),
            Text("共用アカウント", "Shared account"),
            Text("パスワード変更日", "Password changed"),
            Text("常時接続", "Always open"),
            Text("最終利用日", "Last used"),
        ),
        tuple(rows) or ((gap("台帳の「外部接続」シート", "the sheet of outside lines"), *[""] * 8),),
        (5, 4, 3, 3, 3, 3, 3, 3, 3),
    )


def _seen(declared: Declared) -> tuple[Block, ...]:
    return (*_ways_in(declared), *_programs(declared))


def _ways_in(declared: Declared) -> tuple[Block, ...]:
    if not declared.ways_in:
        return ()
    unknown = gap("誰の回線か、要るか", "whose, and needed?")
    rows = tuple(
        (row.entry, _WAYS.get(row.kind, row.kind), row.zone or "", row.sources or "", row.evidence.partition(":")[0], unknown)
        for row in declared.ways_in[:MOST]
    )
    heads = (
        Text("入口", "Way in"),
        Text("種類", "Kind"),
        Text("つながる先", "Leads into"),
        Text("相手のアドレス", "From"),
        Text("根拠", "Evidence"),
        Text("確認", "Confirm"),
    )
    return (
        Heading(Text("台帳の回線にないが、機器の設定や通信に見えたもの", "Seen in devices and packets, but in no line of the ledger")),
        Grid(heads, rows, (5, 3, 3, 4, 4, 4)),
        *left_out(len(declared.ways_in) - MOST),
    )


def _programs(declared: Declared) -> tuple[Block, ...]:
    if not declared.undeclared:
        return ()
    rows = tuple(
        (row.asset, row.product, row.evidence.partition(":")[0], gap("どの回線か、要るか", "which line, and needed?"))
        for row in declared.undeclared[:MOST]
    )
    return (
        Heading(Text("台帳の回線にないが、機器で動いているもの", "Running on machines, but in no line of the ledger")),
        Grid((Text("機器", "Machine"), Text("ソフト", "Program"), Text("根拠", "Evidence"), Text("確認", "Confirm")), rows, (5, 4, 4, 5)),
        *left_out(len(declared.undeclared) - MOST),
    )


def _asked(declared: Declared, question: str, words: Text) -> tuple[Cell, ...]:
    row = declared.answer(question)
    if row is not None and row.answer == "yes" and row.answered_on:
        return (words, f"{row.answered_on.isoformat()} {row.answered_by or ''}".strip())
    return (words, gap("確認日と確認した人", "day and who asked"))


def _yes(value: str | None) -> Cell:
    return YES_NO_WORDS.get(value or "", gap("はい・いいえ", "yes or no"))
