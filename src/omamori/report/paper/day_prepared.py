"""The cuts of the prepared block on the page for the day: the name that is typed, where, who decides, and what care stops."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.model.text import Text
from omamori.report.paper.blocks import Block, Cell, Grid, Heading, filled
from omamori.report.paper.declared import PreparedCut
from omamori.report.paper.parts import cut
from omamori.report.paper.systems import left_out

MOST = 10
_COLUMNS = (
    Text("段階", "Stage"),
    Text("名前(omamori isolate)", "Name (omamori isolate)"),
    Text("どこで", "Where"),
    Text("決める人", "Who decides"),
    Text("止まる診療の通信", "Clinical flows that stop"),
    Text("切った時刻・署名", "Cut at, signed"),
)
_UNKNOWN = Text("分からない", "not known")
_BLANK = "\u3000"


def prepared_cuts(prepared: Sequence[PreparedCut]) -> tuple[Block, ...]:
    """Return the list of cuts, at most `MOST`, spread over the stages; nothing where no block was worked out.

    What is not ready stands there too, marked: on the day somebody has to know that it cannot be relied on.
    """
    if not prepared:
        return ()
    shown = _spread(prepared)
    rows = tuple(_row(one) for one in shown)
    return (
        Heading(Text("機器で切るとき(準備した遮断)", "Where a device cuts (the prepared block)")),
        Grid(_COLUMNS, rows, (2, 6, 7, 4, 3, 4), whole=True),
        *left_out(len(prepared) - len(shown)),
    )


def _spread(prepared: Sequence[PreparedCut]) -> list[PreparedCut]:
    """Take from each stage in turn, so that none is crowded out, and keep their order."""
    stages = sorted({one.stage for one in prepared})
    queues = {stage: [one for one in prepared if one.stage == stage] for stage in stages}
    chosen: list[PreparedCut] = []
    while len(chosen) < MOST and any(queues.values()):
        for stage in stages:
            if queues[stage] and len(chosen) < MOST:
                chosen.append(queues[stage].pop(0))
    return sorted(chosen, key=lambda one: (one.stage, prepared.index(one)))


def _row(one: PreparedCut) -> tuple[Cell, ...]:
    mark = Text("", "") if one.ready else Text(" (未準備)", " (not ready)")
    where = Text(cut(one.where.ja, 60) + mark.ja, cut(one.where.en, 60) + mark.en)
    decides = filled(cut(one.decides, 40) if one.decides else None, "決める人", "who decides")
    return (str(one.stage), cut(one.name, 60), where, decides, _UNKNOWN if one.clinical is None else str(one.clinical), _BLANK)
