"""Facts of a flaw of the guide, whatever form it came in."""

from __future__ import annotations

from omamori.model.facts import Advisory, Exploited, WindowsFix, WindowsReplaced
from omamori.parse.feeds.microsoft_guide import Entry, Remedy, facts_of, said_exploited


def test_an_update_of_several_products_and_words_that_are_no_update() -> None:
    remedies = [
        Remedy("5034122", ("1", "2"), replaces="5033372", kind="Security Update", build="10.0.19045.3930"),
        Remedy("Release Notes", ("3",), replaces="5033372", build="17.9.3"),
    ]
    entry = Entry(flaw="CVE-2024-20674", severity={"1": "Important", "2": "Critical"}, remedies=remedies)
    found = list(facts_of(entry, {"1": "Windows  10", "2": "Windows 11"}))
    assert [(row.product, row.update, row.kind, row.build) for row in found if isinstance(row, WindowsFix)] == [
        ("Windows 10", "5034122", "Security Update", "10.0.19045.3930"),
        ("Windows 11", "5034122", "Security Update", "10.0.19045.3930"),
        ("3", None, "Release Notes", None),
    ]
    assert [row.update for row in found if isinstance(row, WindowsReplaced)] == ["5034122", "5034122"]
    assert [row.severity for row in found if isinstance(row, Advisory)] == ["Critical"]
    assert not any(isinstance(row, Exploited) for row in found)


def test_without_a_flaws_number_there_is_nothing() -> None:
    assert list(facts_of(Entry(flaw="a note", remedies=[Remedy("5034122", ("1",))]), {})) == []


def test_the_highest_score_counts_and_a_wrong_one_does_not() -> None:
    entry = Entry(flaw="CVE-2024-20674")
    for score in ("7.5", "eleven", "9.8", "11", None, "3.1"):
        entry.scored(score, f"v{score}")
    assert (entry.cvss, entry.vector) == (9.8, "v9.8")


def test_exploited() -> None:
    assert said_exploited("Publicly Disclosed:No;Exploited:Yes;Latest Software Release:Exploitation Detected")
    assert not said_exploited("Publicly Disclosed:Yes;Exploited:No") and not said_exploited(None)
