"""What it was judged with and what could not be told."""

from __future__ import annotations

from datetime import date

from omamori.model.look import Collected
from omamori.model.patching import KnowledgeCover, KnowledgeSource, MissingPatch, Vulnerability
from omamori.model.text import Text
from omamori.report.repairs_known import KnownSource, read_judging
from omamori.snapshot.database import Database


def judging(*rows):
    with Database() as database:
        database.insert(rows)
        return read_judging(database)


def test_old_sources_come_first_and_one_without_a_date_is_not_called_new() -> None:
    told = judging(
        KnowledgeSource(feed="nvd", title="NVD", as_of=date(2026, 5, 28), age_days=4, best_before=45),
        KnowledgeSource(feed="jvn", title_ja="JVN", as_of=date(2026, 1, 1), age_days=151, best_before=45),
        KnowledgeSource(feed="own", best_before=400),
    )
    assert [(one.feed, one.old) for one in told.sources] == [("own", True), ("jvn", True), ("nvd", False)]
    assert told.sources[1].title.en == "JVN" and told.sources[0].title.ja == "own"
    assert not KnownSource("starter", Text("a", "a"), None, None, None, 0, 0).old


def test_doubts_are_counted_together_and_one_without_words_gets_some() -> None:
    told = judging(
        Vulnerability(asset="a", flaw="1", undecided=True, doubt="name", doubt_ja="名前"),
        Vulnerability(asset="b", flaw="1", undecided=True, doubt="name", doubt_ja="名前"),
        Vulnerability(asset="b", flaw="2", undecided=True),
        Vulnerability(asset="b", flaw="3", doubt="not counted"),
        MissingPatch(asset="c", patch_id="KB1", undecided=True, doubt="name", doubt_ja="名前"),
    )
    assert [(one.text.en, one.findings, one.machines) for one in told.doubts] == [
        ("name", 3, 3),
        ("it cannot be told for certain that this version is affected", 1, 1),
    ]
    assert told.doubts[0].text.ja == "名前"


def test_machines_that_could_not_be_judged_are_named_by_reason() -> None:
    looks = [
        Collected(asset="a", table_name="vulnerabilities", source="x", complete=False, reason="needs_administrator"),
        Collected(asset="b", table_name="missing_patches", source="x", complete=True, missing="chain", reason="needs_administrator"),
        Collected(asset="c", table_name="vulnerabilities", source="x", complete=True),
        Collected(asset="d", table_name="software", source="x", complete=False, reason="too_old"),
    ]
    assert [(one.reason, one.machines) for one in judging(*looks).unjudged] == [("needs_administrator", ("a", "b"))]


def test_what_the_pack_lacks_is_named_with_the_machines() -> None:
    lacking = {"kind": "programs", "why": "not_in_pack", "lacks": "NVD lacks 2019", "lacks_ja": "NVDの2019年の分がありません"}
    rows = [KnowledgeCover(asset=name, **lacking) for name in ("b", "a")]
    rows += [KnowledgeCover(asset="a", kind="packages", covered=True), KnowledgeCover(asset="c", kind="device", why="vendor_silent")]
    told = [(one.reason, one.label.ja, one.machines) for one in judging(*rows).unjudged]
    assert told[0] == ("not_in_pack", "NVDの2019年の分がありません", ("a", "b"))
    assert told[1][0] == "vendor_silent" and told[1][1] and told[1][2] == ("c",) and len(told) == 2
