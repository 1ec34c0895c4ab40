"""The prepared block as the page for the day needs it."""

from __future__ import annotations

from pathlib import Path

from omamori.pipeline.isolate_prepare import NEEDED, prepare_block
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Silent
from omamori.report.clean import clean
from omamori.report.paper.declared import PreparedCut
from omamori.respond.isolate.document import doable, how_words
from omamori.respond.isolate.parts import Block

_LONGEST = 300


def prepared_cuts(site: Path) -> tuple[PreparedCut, ...]:
    """Return the cuts of a site's newest judgement; none where it was made by a version that did not know of them."""
    _, known = read_newest(site, lambda database: all(database.has(table) for table in NEEDED))
    return _cuts(prepare_block(site, Silent())) if known else ()


def _cuts(block: Block) -> tuple[PreparedCut, ...]:
    found = []
    for cut in block.cuts:
        preview = block.preview_of(cut)
        how = how_words(block, cut)
        found.append(
            PreparedCut(
                stage=int(cut.stage),
                name=clean(cut.name, _LONGEST),
                where=type(how)(clean(how.ja, _LONGEST), clean(how.en, _LONGEST)),
                decides=clean(cut.decides, _LONGEST),
                clinical=preview.clinical if preview else None,
                ready=doable(block, cut),
            )
        )
    return tuple(found)
