"""What a pack says of flaws: titles in both languages, scores, whether they are used."""

from __future__ import annotations

from datetime import date

import duckdb
from tests.analyze.flaws.published import advisory, exploited

from omamori.analyze.flaws.details import TITLE, flaw_details
from omamori.knowledge.store import Facts
from omamori.model.facts import Advisory, AdvisoryFlaw, Likelihood


def details(flaw, facts):
    columns = "title, title_ja, cvss, likelihood, exploited, ransomware, withdrawn"
    with (
        duckdb.connect(":memory:") as connection,
        Facts(rows=tuple(facts)).attached(connection),
        flaw_details(connection, f"select '{flaw}' as flaw"),
    ):
        ((*found,),) = connection.execute(f"select {columns} from temp.flaw_details").fetchall()
    return tuple(found)


def test_several_publishers_together():
    facts = [
        advisory("CVE-1", 9.8),
        Advisory(advisory="JVNDB-1", feed="jvn", title="7-Zip flaw", title_ja="7-Zipの脆弱性", cvss=5.0),
        AdvisoryFlaw(advisory="JVNDB-1", feed="jvn", flaw="CVE-1"),
        Likelihood(flaw="CVE-1", feed="epss", probability=0.1, as_of=date(2026, 1, 1)),
        Likelihood(flaw="CVE-1", feed="epss", probability=0.4, as_of=date(2026, 2, 1)),
        exploited("CVE-1", ransomware=True),
    ]
    assert details("CVE-1", facts) == ("7-Zip flaw", "7-Zipの脆弱性", 9.8, 0.4, True, True, False)


def test_without_a_catalogue_nobody_knows_whether_it_is_used():
    assert details("CVE-1", [advisory("CVE-1")])[4:6] == (None, None)
    assert details("CVE-1", [advisory("CVE-1"), exploited("CVE-2")])[4:6] == (False, False)


def test_a_summary_stands_in_for_a_title_and_a_record_may_be_withdrawn():
    long = Advisory(advisory="CVE-1", feed="nvd", summary="x" * 500, withdrawn=True)
    assert details("CVE-1", [long]) == ("x" * TITLE, None, None, None, None, None, True)
