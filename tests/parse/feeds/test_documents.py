"""From a document to facts: repaired versions, unreadable versions, and bounds."""

from __future__ import annotations

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected
from omamori.parse.feeds import documents
from omamori.parse.feeds.documents import Document, DocumentFlaw, Named, document_facts
from omamori.parse.feeds.ranges import Range, single

NAMES = {
    "7.0": Named("v", "p", (Range("7.0.0", before="7.0.5", before_in=True),), "p 7.0"),
    "7.2": Named("v", "p", (Range("7.2.0", before="7.2.1", before_in=True),), "p 7.2"),
    "7.0.6": Named("v", "p", (single("7.0.6"),), "p 7.0.6"),
    "7.2.2": Named("v", "p", (single("7.2.2"),), "p 7.2.2"),
    "7.0.1": Named("v", "p", (single("7.0.1"),), "p 7.0.1"),
    "words": Named("v", "p", (Range(before="summer"),), "p before summer"),
    "guessed": Named("v", "q", (single("1"),), "q 1", sure=False),
}


def facts(*products: tuple[str, str], name: str = "CVE-2024-1"):
    found = Document(
        "A-1", flaws=(DocumentFlaw(name, products, cvss=5.0), DocumentFlaw("CVE-2024-2", cvss=8.0, vector="V", severity="HIGH"))
    )
    return list(document_facts(found, "f", lambda said, _item: NAMES.get(said), "A-1"))


def rows(*products: tuple[str, str]) -> list[Affected]:
    return [one for one in facts(*products) if isinstance(one, Affected)]


def test_the_repaired_version_is_that_of_the_branch():
    found = rows(("affected", "7.0"), ("affected", "7.2"), ("fixed", "7.0.6"), ("not_affected", "7.2.2"), ("fixed", "7.0.1"))
    assert [row.fixed for row in found if row.status == "affected"] == ["7.0.6", "7.2.2"]
    assert [(row.since, row.status) for row in found[2:]] == [
        ("7.0.6", "not_affected"),
        ("7.2.2", "not_affected"),
        ("7.0.1", "not_affected"),
    ]


def test_without_one_in_the_branch_it_is_the_next():
    assert next(row.fixed for row in rows(("affected", "7.0"), ("fixed", "7.2.2"))) == "7.2.2"


def test_a_version_its_scheme_cannot_read_is_undetermined_and_never_not_affected():
    (row,) = rows(("affected", "words"), ("not_affected", "words"))
    assert (row.status, row.needs, row.since, row.before, row.confidence) == ("undetermined", "p before summer", "", "", "low")


def test_a_guessed_name_and_one_nobody_knows():
    assert [row.confidence for row in rows(("affected", "guessed"), ("affected", "unheard of"))] == ["medium"]


def test_the_advisory_carries_the_gravest_score_and_every_flaw():
    advisory, *rest = facts(name="")
    assert isinstance(advisory, Advisory) and (advisory.cvss, advisory.vector, advisory.severity) == (8.0, "V", "HIGH")
    assert [one.flaw for one in rest if isinstance(one, AdvisoryFlaw)] == ["A-1", "CVE-2024-2"]


def test_rows_of_one_document_are_bounded(monkeypatch):
    monkeypatch.setattr(documents, "MAX_ROWS", 2)
    assert len(rows(("affected", "7.0"), ("affected", "7.2"), ("fixed", "7.0.6"))) == 2
