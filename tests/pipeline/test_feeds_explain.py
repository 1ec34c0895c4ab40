"""A verdict can be followed to the rows of the pack: of an update, a flaw, an advisory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Exploited, Likelihood, WindowsFix, WindowsReplaced
from omamori.pipeline.error import UserError
from omamori.pipeline.feeds_explain import MOST, STEPS, explain, explain_in

FACTS = (
    Advisory(advisory="JVNDB-2024-002661", feed="jvn", title_ja="FortiOS の脆弱性", published=date(2024, 2, 13), place="item[3]"),
    AdvisoryFlaw(advisory="JVNDB-2024-002661", feed="jvn", flaw="CVE-2024-21762"),
    Affected(
        flaw="CVE-2024-21762", advisory="CVE-2024-21762", feed="nvd", vendor="fortinet", product="fortios", since="7.2.0", before="7.2.7"
    ),
    Affected(flaw="CVE-2000-0001", feed="nvd", product="other"),
    Exploited(flaw="CVE-2024-21762", feed="kev", ransomware=True),
    Likelihood(flaw="CVE-2024-21762", feed="epss", probability=0.94),
    WindowsFix(flaw="CVE-2024-20666", feed="microsoft", update="5034441", product="Windows 10 Version 22H2", place="line 17"),
    WindowsReplaced(update="5041580", replaces="5034441", feed="microsoft"),
    WindowsReplaced(update="5046613", replaces="5041580", feed="microsoft"),
    WindowsReplaced(update="5034441", replaces="5046613", feed="microsoft"),
)


def told(word: str, *facts):
    found = explain_in(replace(starter_pack(), facts=Facts(rows=facts or FACTS)), word)
    return found, {rows.table: rows for rows in found.tables}


@pytest.mark.parametrize("word", ["KB5034441", "kb5034441", "5034441"])
def test_an_update_with_what_it_repairs_and_what_replaced_it(word) -> None:
    found, tables = told(word)
    assert tables["windows_fixes"].rows == (
        {
            "flaw": "CVE-2024-20666",
            "feed": "microsoft",
            "update": "5034441",
            "product": "Windows 10 Version 22H2",
            "place": "line 17",
        },
    )
    assert tables["windows_replaced"].total == 2
    assert found.newer == (("5041580", "5034441"), ("5046613", "5041580")), "a circle in the table ends"
    assert found.older == (("5034441", "5046613"), ("5046613", "5041580"))


@pytest.mark.parametrize("word", ["CVE-2024-21762", "cve-2024-21762", "JVNDB-2024-002661"])
def test_a_flaw_or_advisory_with_everything_about_it(word) -> None:
    _, tables = told(word)
    assert {"exploited", "likelihood", "advisories", "advisory_flaws", "affected"} <= set(tables)
    assert tables["affected"].rows[0]["before"] == "7.2.7" and tables["affected"].total == 1
    assert not any(name.endswith("_key") for name in tables["affected"].rows[0])


def test_what_ships_inside_is_told_too() -> None:
    _, tables = told("CVE-2017-0144")
    assert tables["starter"].total >= 1 and tables["starter"].rows[0]["flaw"] == "CVE-2017-0144"
    number = next(flaw for flaw in starter_pack().flaws if flaw.flaw == "CVE-2017-0144").patches[0]
    assert told(f"KB{number}")[1]["starter"].total >= 1


def test_many_rows_are_counted_and_json_has_days_as_text() -> None:
    many = [Affected(flaw="CVE-1", feed="nvd", product=f"p{number}") for number in range(MOST + 7)]
    found, tables = told("CVE-1", *many)
    assert len(tables["affected"].rows) == MOST and tables["affected"].total == MOST + 7
    assert found.as_json()["tables"]["affected"]["total"] == MOST + 7
    assert told("JVNDB-2024-002661")[0].as_json()["tables"]["advisories"]["rows"][0]["published"] == "2024-02-13"


def test_nothing_known_is_no_table_and_no_word_is_an_error() -> None:
    assert told("CVE-1999-9999")[0].tables == () and told("x'; drop table y")[0].tables == ()
    for word in ("", "  ", "x" * 200):
        with pytest.raises(UserError, match="KB5034441"):
            told(word)


def test_a_site_without_a_pack_is_told_what_ships_inside(tmp_path) -> None:
    assert [rows.table for rows in explain(tmp_path, "CVE-2017-0144").tables] == ["starter"]


def test_the_whole_chain_of_what_repairs_a_flaw_with_every_way_it_goes() -> None:
    pairs = (("2", "1"), ("3", "2"), ("4", "2"), ("5", "3"), ("5", "4"), ("9", "8"), ("1", "MS17-010"), ("1", ""))
    fix = WindowsFix(flaw="CVE-2024-1", feed="microsoft", update="1", product="W")
    chain = [WindowsReplaced(update=newer, replaces=older, feed="microsoft") for newer, older in pairs]
    found, _ = told("CVE-2024-1", fix, *chain)
    assert set(found.newer) == {("2", "1"), ("3", "2"), ("4", "2"), ("5", "3"), ("5", "4")} and found.older == () and not found.cut
    named = [WindowsReplaced(update=f"{int(newer) + 5000000}", replaces=f"{5000000 + int(older)}", feed="ms") for newer, older in pairs[:5]]
    found, _ = told("KB5000005", *named)
    assert found.newer == () and len(found.older) == 5
    assert found.as_json()["replaces"][-1] == {"update": "5000002", "replaces": "5000001"}


def test_a_chain_too_long_says_that_there_is_more() -> None:
    chain = [WindowsReplaced(update=f"{5000001 + number}", replaces="5000000", feed="ms") for number in range(STEPS + 2)]
    found, _ = told("KB5000000", *chain)
    assert len(found.newer) == STEPS and found.cut and found.as_json()["chain_cut"]
