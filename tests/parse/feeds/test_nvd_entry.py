"""What every form of the NVD says of an entry."""

from __future__ import annotations

from datetime import date

import pytest

from omamori.model.facts import Advisory, AdvisoryFlaw, Broken
from omamori.parse.feeds.cvss import Score
from omamori.parse.feeds.nvd_entry import advisory, english, missing
from omamori.parse.feeds.nvd_ranges import Entry

ENTRY = Entry("CVE-2024-1", "nvd", "page.json", "vulnerabilities[3]", "criteria")


def test_the_advisory_and_its_flaw() -> None:
    days = ("2024-01-31T01:02:03.4", "2024-02-01T00:00Z")
    assert list(advisory(ENTRY, "Text.", Score(9.8, "CVSS:3.1/AV:N", "CRITICAL"), days, "Analyzed")) == [
        Advisory(
            advisory="CVE-2024-1",
            feed="nvd",
            summary="Text.",
            published=date(2024, 1, 31),
            modified=date(2024, 2, 1),
            severity="CRITICAL",
            cvss=9.8,
            vector="CVSS:3.1/AV:N",
            url="https://nvd.nist.gov/vuln/detail/CVE-2024-1",
            place="vulnerabilities[3]",
        ),
        AdvisoryFlaw(advisory="CVE-2024-1", feed="nvd", flaw="CVE-2024-1"),
    ]


@pytest.mark.parametrize(
    ("summary", "status", "withdrawn"),
    [
        ("Text.", "Rejected", True),
        ("** REJECT ** DO NOT USE", "", True),
        ("**REJECT** DO NOT USE", "", True),
        ("Rejected reason: Not used.", "", True),
        ("The server rejected reason: text.", "Modified", False),
        ("** DISPUTED ** Text.", "", False),
        (None, "", False),
    ],
    ids=["status", "old-words", "without-blank", "new-words", "inside", "disputed", "no-text"],
)
def test_what_was_taken_back(summary: str | None, status: str, withdrawn: bool) -> None:
    found = next(advisory(ENTRY, summary, Score(None, None, None), (None, None), status))
    assert isinstance(found, Advisory)
    assert found.withdrawn is withdrawn


def test_the_english_text() -> None:
    given = {"texts": [{"lang": "es", "value": "Uno"}, {"lang": "en", "value": ""}, {"lang": "en", "value": "One"}]}
    assert english(given, "texts") == "One"
    assert english(given, "others") is None


def test_a_number_of_entries_that_is_not_there_is_told() -> None:
    assert list(missing("a.json", 5, 5)) == []
    assert list(missing("a.json", None, 5)) == []
    assert list(missing("a.json", 6, 5)) == [Broken(feed="nvd", file="a.json", place="end", reason="the file says 6 entries, 5 were found")]
