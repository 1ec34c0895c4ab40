"""How old each source of the pack is, at the moment of the snapshot; a pack that names none is no complete look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from omamori.analyze.interface import Moment
from omamori.analyze.knowledge_sources import run
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.model.facts import Feed
from omamori.model.look import EVERYWHERE, Collected
from omamori.model.patching import KnowledgeSource
from omamori.snapshot.database import Database


def found(*feeds: Feed) -> list[Any]:
    pack = replace(starter_pack(), facts=Facts(rows=feeds))
    with Database() as database:
        return list(run(database, Moment(datetime(2026, 6, 1, 12), pack)))


def test_a_row_for_every_source_with_its_age_at_the_moment() -> None:
    rows = found(
        Feed(feed="nvd", title="NVD", title_ja="脆弱性", as_of=date(2026, 5, 1), records=5, broken=2, best_before=31),
        Feed(feed="kev"),
        Feed(feed="jvn", as_of=date(2026, 7, 1)),
    )
    jvn, kev, nvd, look = rows
    assert isinstance(nvd, KnowledgeSource) and (nvd.age_days, nvd.best_before, nvd.records, nvd.broken) == (31, 31, 5, 2)
    assert (kev.age_days, kev.as_of, kev.title) == (None, None, "kev"), "an unknown day is no age"
    assert jvn.age_days == 0, "the past is judged with what was published later"
    assert isinstance(look, Collected) and (look.asset, look.complete) == (EVERYWHERE, True)


def test_the_shipped_facts_are_a_source_of_their_own() -> None:
    with Database() as database:
        row, look = run(database, Moment(datetime(2026, 11, 23), starter_pack()))
    assert row.feed == "starter" and row.as_of == starter_pack().made and row.records > 1000 and row.best_before == 180
    assert look.complete


def test_a_pack_that_names_no_source_is_no_complete_look() -> None:
    (look,) = found()
    assert not look.complete and look.reason == "to_confirm"
