"""The page of the kit that names the machines to visit first."""

from __future__ import annotations

from datetime import UTC

from omamori.report.visit_page import visit_page
from omamori.report.visits import read_visits


def test_the_paper_names_them_in_each_language_and_needs_no_script(hospital) -> None:  # type: ignore[no-untyped-def]
    visits = read_visits(hospital.database)
    for language, words in (("ja", "先に見に行く10台"), ("en", "Ten machines to visit first")):
        page = visit_page(visits, language=language, site="A<b>", moment=hospital.report().moment, zone=UTC, known=23)  # type: ignore[arg-type]
        assert words in page and "<script" not in page and "A&lt;b&gt;" in page and "23" in page
        assert all(visit.name in page for visit in visits)
