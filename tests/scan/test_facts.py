"""What the site's tables say that bears on an approval."""

from __future__ import annotations

from typing import Any

from omamori.scan.facts import site_facts


class _Tables:
    """Answers the question for networks only."""

    def select(self, query: str) -> list[tuple[Any, ...]]:
        """Interfaces of machines that were looked at: one behind a tunnel, one that says it holds the Internet."""
        rows: list[tuple[Any, ...]] = [("203.0.113.5", 29), ("8.8.8.8", 0), ("8.8.8.8", 8), ("2001:db8::1", 64), ("2001:db8::1", 3)]
        return rows if "prefix" in query else []


def test_no_interface_makes_the_whole_internet_own() -> None:
    tables: Any = _Tables()
    assert [span.text for span in site_facts(tables, "newest").networks] == [
        "203.0.113.0-203.0.113.7",
        "2001:db8::-2001:db8::ffff:ffff:ffff:ffff",
    ]
