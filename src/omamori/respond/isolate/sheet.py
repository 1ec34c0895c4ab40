"""The paper of the block for the day: a page to print, with boxes for the time, who decided and a signature. HTML, black on white."""

from __future__ import annotations

import html
from collections.abc import Iterator

from omamori.model.clean import clean
from omamori.model.text import Language, Text
from omamori.respond.isolate.document import STAGES, care_words, doable, how_words
from omamori.respond.isolate.parts import Block, Cut, StageNumber

_MOST = 5
"""Cuts of one stage that stand on the page; the rest are in the list."""
_CARE = 3
"""Machines whose care stops that stand in a row."""
_STYLE = (
    "@page{size:A4;margin:9mm}body{font:9pt/1.25 sans-serif;color:#000;margin:0}h1{font-size:13pt;margin:0 0 1mm}h2{font-size:10pt;margin:2mm 0 .5mm}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:7.5pt;line-height:1.15}td,th{border:.3mm solid #000;padding:.6mm 1mm;"
    "text-align:left;vertical-align:top;font-weight:normal}"
    "th{background:#eee}tr>:nth-child(1){width:20%}tr>:nth-child(2){width:20%}tr>:nth-child(3){width:15%}tr>:nth-child(4){width:14%}"
    "tr>:nth-child(5){width:8%}p{margin:.5mm 0}.q{border:.3mm dashed #000}"
)
_TITLE = Text("遮断の紙(その日に書き込む)", "Paper of the block, to be written on the day")
_FIRST = Text(
    "順番どおりに。切る前に「止まる診療」を読み上げ、決める人が決める。切った時刻・決めた人・署名を書く。"
    "! は「止めない通信」なのに止まるもの(ケーブルを抜くため)。点線は、まだ足りないものがある。",
    "In this order. Read out what care stops, then who decides decides. Write the time, who decided, and sign. "
    "!: never blocked, and stops all the same (a plug is pulled). Dashed: something is still missing.",
)
_HEADS = (
    Text("切るもの(名前)", "What is cut (name)"),
    Text("どこで", "Where"),
    Text("止まる診療", "Care that stops"),
    Text("決める人・切ってよい人・書類", "Decides · may cut · paper"),
    Text("時刻", "Time"),
    Text("決めた人", "Decided by"),
    Text("署名", "Signature"),
)
_NEVER = Text("何を切っても止めない通信", "Never blocked")
_NAMES = 20
_CONSOLE = Text(
    "道具で切った Linux の機器は、その機器の画面からも戻せます: sh /var/lib/omamori-block/block.sh undo all",
    "A Linux device that the tool cut is taken back at its own console, too: sh /var/lib/omamori-block/block.sh undo all",
)
_BACK = Text("戻した時刻・確かめた人", "Back at · checked by")


def day_sheet(block: Block, language: Language) -> str:
    """Return the page in one language. Everything a machine or a person wrote is escaped."""
    parts = [
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{_say(_TITLE, language)}</title><style>{_STYLE}</style></head><body>',
        f"<h1>{_say(_TITLE, language)}</h1><p>{_say(_FIRST, language)}</p>",
    ]
    for stage in StageNumber:
        parts += _stage(block, stage, language)
    shown = [clean(one.name, 40) for one in block.never[:_NAMES]]
    left = len(block.never) - len(shown)
    more = Text(f"、ほか {left}(isolate.md)", f", {left} more (isolate.md)").say(language) if left else ""
    parts.append(f"<h2>{_say(_NEVER, language)}</h2><p>{_text('、'.join(shown) or '-', 900)}{html.escape(more)}</p>")
    parts += [f"<p>! {_text(one.say(language), 300)}</p>" for one in block.doubts[:3]]
    parts.append(f"<p>{_say(_CONSOLE, language)}</p>")
    parts.append(f"<p>{_text(block.snapshot)} · {block.moment.isoformat()}</p></body></html>")
    return "".join(parts)


def _stage(block: Block, stage: StageNumber, language: Language) -> Iterator[str]:
    cuts = block.of(stage)
    yield f"<h2>{int(stage)} {_say(STAGES[stage], language)}</h2><table><tr>"
    for head in _HEADS:
        yield f"<th>{_say(head, language)}</th>"
    yield "</tr>"
    for cut in cuts[:_MOST]:
        yield _row(block, cut, language)
    if len(cuts) > _MOST:
        more = Text(f"ほか {len(cuts) - _MOST} (isolate.md)", f"{len(cuts) - _MOST} more (isolate.md)")
        yield f'<tr><td colspan="7">{_say(more, language)}</td></tr>'
    if not cuts:
        yield '<tr class="q"><td>&#160;</td><td></td><td></td><td></td><td></td><td></td><td></td></tr>'
    yield f"</table><p>{_say(_BACK, language)}: ______________________________</p>"


def _row(block: Block, cut: Cut, language: Language) -> str:
    where = how_words(block, cut).say(language)
    preview = block.preview_of(cut)
    told = care_words(preview, _CARE).say(language)
    who = " · ".join((cut.decides or "?", cut.who or "?", cut.paper or "?"))
    look = "" if doable(block, cut) else ' class="q"'
    cells = (_text(cut.name, 44), _text(where, 52), _text(told, 150), _text(who, 40), "", "", "")
    return f"<tr{look}>" + "".join(f"<td{look}>{cell}</td>" for cell in cells) + "</tr>"


def _say(text: Text, language: Language) -> str:
    return html.escape(text.say(language))


def _text(words: str, most: int = 120) -> str:
    return html.escape(clean(words, most))
