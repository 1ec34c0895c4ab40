"""What was added to machines lately: by the day it was installed, and by comparing with the snapshot before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.shape import Cell
from omamori.snapshot.database import UNREADABLE, Database

DAYS = 90
"""So many days before the moment of the report count as lately."""
_KEPT = 60
"""So many rows of one machine and table are kept."""
_KINDS: Mapping[str, Text] = {
    "software": Text("ソフト", "program"),
    "server_roles": Text("役割・機能", "role or feature"),
    "services": Text("サービス", "service"),
    "tasks": Text("定期実行", "scheduled task"),
    "accounts": Text("アカウント", "account"),
}
_BY_DAY = Text("入れた日の記録", "its day of installation")
_BY_LOOK = Text("前回はなかった", "it was not there last time")


_WHOLE = """
select distinct n.asset from collected n join earlier.collected e on e.asset = n.asset and e.table_name = n.table_name
where n.table_name = '{table}' and n.complete and e.complete
and not list_contains(string_split(n.missing, ','), 'name') and not list_contains(string_split(e.missing, ','), 'name')
"""
_NEW = f"""
with whole as ({_WHOLE})
select distinct n.asset, n.name from {{table}} n join whole on whole.asset = n.asset
where not exists (select 1 from earlier.{{table}} e where e.asset = n.asset and e.name = n.name)
qualify row_number() over (partition by n.asset order by n.name) <= {{kept}} order by all
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Added:
    """Something a machine has that it had not in the snapshot before, where both times the whole list was seen."""

    asset: str
    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Since:
    """What was added since the snapshot before, and of which machines which lists were seen whole both times."""

    rows: tuple[Added, ...] = ()
    compared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NOTHING_BEFORE = Since()
"""There is no snapshot to compare with, or it cannot be read."""


@dataclass(frozen=True, slots=True)
class Recent:
    """What was added lately to each machine, newest first; how many programs carry no day; the moment and the lists compared with."""

    rows: Mapping[str, tuple[tuple[Cell, ...], ...]]
    undated: Mapping[str, int] = field(default_factory=dict)
    moment: datetime | None = None
    compared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def note(self, asset: str) -> Text:
        """Say what the answer rests on, and what it cannot tell."""
        kinds = [_KINDS[table] for table in self.compared.get(asset, ())]
        ja, en = f"この{DAYS}日に入れたソフト", f"Programs installed in the last {DAYS} days"
        if kinds and self.moment:
            ja += f"と、{self.moment:%Y-%m-%d}の点検のときになかったもの(比べたもの: {'、'.join(kind.ja for kind in kinds)})"
            en += f", and what was not there at the check of {self.moment:%Y-%m-%d} (compared: {', '.join(kind.en for kind in kinds)})"
        undated = self.undated.get(asset, 0)
        if undated:
            ja, en = f"{ja}。入れた日が記録されていないソフト {undated}", f"{en}. Programs without a recorded day: {undated}"
        return Text(f"{ja}。", f"{en}.")


def added_since(database: Database, earlier: Path) -> Since:
    """Return what machines have now and had not in the tables of an `earlier` snapshot; nothing where these cannot be read."""
    quoted = str(earlier).replace("'", "''")
    try:
        database.connection.execute(f"attach '{quoted}' as earlier (read_only)")
    except UNREADABLE:
        return NOTHING_BEFORE
    found: list[Added] = []
    try:
        for table in _KINDS:
            found += [Added(str(asset), table, str(name)) for asset, name in database.select(_NEW.format(table=table, kept=_KEPT))]
        compared: dict[str, list[str]] = defaultdict(list)
        for table in _KINDS:
            for (asset,) in database.select(_WHOLE.format(table=table)):
                compared[clean(str(asset))].append(table)
    except UNREADABLE:
        return NOTHING_BEFORE  # tables of an older version
    finally:
        database.connection.execute("detach earlier")
    return Since(tuple(found), {asset: tuple(tables) for asset, tables in compared.items()})


def read_recent(database: Database, moment: datetime, since: Since = NOTHING_BEFORE, compared: datetime | None = None) -> Recent:
    """Return what was added lately; `since` and `compared`: what the snapshot of that moment had not."""
    first = (moment - timedelta(days=DAYS)).date()
    days = database.select(
        "select asset, name, max(version), max(installed) from software where installed >= $first group by asset, name "
        "qualify row_number() over (partition by asset order by max(installed) desc, name) <= $kept order by all",
        {"first": first, "kept": _KEPT},
    )
    found: dict[str, dict[tuple[str, str], tuple[str, str, Text]]] = defaultdict(dict)
    for asset, name, version, day in days:
        found[clean(asset)][("software", clean(name, 160))] = (day.isoformat(), clean(version or "", 160), _BY_DAY)
    for row in since.rows:
        found[clean(row.asset)].setdefault((row.table, clean(row.name, 160)), ("", "", _BY_LOOK))
    rows = {
        asset: tuple(
            (day or _after(compared), _KINDS[table], name, version, how)
            for (table, name), (day, version, how) in sorted(
                said.items(), key=lambda item: (item[1][0] != "", _backwards(item[1][0]), item[0])
            )
        )
        for asset, said in found.items()
    }
    undated = database.select("select asset, count(*) from software where installed is null group by asset")
    return Recent(rows, {clean(asset): count for asset, count in undated}, compared, since.compared)


def _after(moment: datetime | None) -> Cell:
    return Text(f"{moment:%Y-%m-%d}より後", f"after {moment:%Y-%m-%d}") if moment else ""


def _backwards(day: str) -> tuple[int, ...]:
    return tuple(-ord(character) for character in day)
