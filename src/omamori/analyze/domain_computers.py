"""Computers that log in to a domain and that nobody knows: pure, from the list of its controller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from omamori.analyze.differences import Difference
from omamori.model.derived import Asset
from omamori.model.windows import DomainComputer
from omamori.snapshot.database import Database

_IN_USE = timedelta(days=60)
"""The domain writes a login down only every 9 to 14 days, and people go on leave."""


def known_names(database: Database, assets: Iterable[Asset]) -> frozenset[str]:
    """Return the names of all machines somebody declared or looked at: first label, lower case."""
    names = {name for asset in assets for name in (asset.asset, asset.hostname) if name}
    names |= {str(name) for (name,) in database.select("select substr(identifier, 6) from identity where identifier like 'name:%'")}
    return frozenset(_label(name) for name in names)


def unknown_computers(rows: Iterable[DomainComputer], known: frozenset[str], now: datetime) -> Iterator[Difference]:
    """Yield the computers with an account in force that logged in within 60 days before `now` and have none of these names."""
    for row in rows:
        if row.enabled and row.last_login is not None and row.last_login > now - _IN_USE and _label(row.name) not in known:
            yield Difference("undeclared-computer", row.name, None, row.os_name or "", row.evidence)


def _label(name: str) -> str:
    return name.strip().lower().partition(".")[0]
