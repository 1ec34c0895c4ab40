"""The tables of a knowledge pack. They lie in the pack's own file, beside the snapshot, never in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model import facts
from omamori.model.schema import Table, describe
from omamori.model.text import Text

_ALL = (
    describe("advisories", facts.Advisory, group="pack", title=Text("公表された情報", "Advisories")),
    describe("advisory_flaws", facts.AdvisoryFlaw, group="pack", title=Text("情報と脆弱性の対応", "Flaws of advisories")),
    describe("affected", facts.Affected, group="pack", title=Text("影響を受けるバージョン", "Affected versions")),
    describe("exploited", facts.Exploited, group="pack", title=Text("悪用が確認された脆弱性", "Known exploited flaws")),
    describe("likelihood", facts.Likelihood, group="pack", title=Text("悪用される確率", "Likelihood of attack")),
    describe("windows_fixes", facts.WindowsFix, group="pack", title=Text("Microsoftの更新の表", "Microsoft's table of updates")),
    describe("windows_replaced", facts.WindowsReplaced, group="pack", title=Text("更新の置き換え", "Supersedence of updates")),
    describe("end_dates", facts.EndDate, group="pack", title=Text("サポート期限", "End dates")),
    describe("feeds", facts.Feed, group="pack", title=Text("情報源", "Sources")),
    describe("broken", facts.Broken, group="pack", title=Text("読めなかった記録", "Records that could not be read")),
)

PACK_TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
"""Every table of a pack by name."""
_BY_ROW: Mapping[type, Table] = MappingProxyType({table.row: table for table in _ALL})


def pack_table_of(row: object) -> Table:
    """Return the pack's table a fact belongs to; KeyError when its class is none of a pack."""
    return _BY_ROW[type(row)]
