"""The long sheets of the workbook, straight from the snapshot's tables: software, open ports, what was seen from the network, peers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.model.recognised import CERTAINTIES, SERVICES
from omamori.model.tables import TABLES
from omamori.model.text import Language, Text
from omamori.report.excel_sheet import MAX_ROWS, Head, SheetNames, Styles, write_sheet
from omamori.report.facts import DIRECTION, INBOUND, SCOPE, YES
from omamori.snapshot.database import Database

_MACHINE = Head(Text("機器", "Machine"), 22)
_SOFTWARE = (
    _MACHINE,
    Head(Text("名前", "Name"), 32),
    Head(Text("版", "Version"), 24),
    Head(Text("提供元", "From"), 28),
    Head(Text("登録", "Kept by"), 12),
    Head(Text("入れた日", "Installed"), 14),
)
_PORTS = (
    _MACHINE,
    Head(Text("種類", "Protocol"), 10),
    Head(Text("アドレス", "Address"), 22),
    Head(Text("ポート", "Port"), 10),
    Head(Text("プログラム", "Program"), 22),
    Head(Text("アカウント", "Account"), 16),
    Head(Text("自分からだけ", "Only from itself"), 14),
    Head(Text("ほかの機器から", "From other machines"), 18),
    Head(Text("許す相手", "Allowed from"), 26),
)
_SEEN = (
    _MACHINE,
    Head(Text("アドレス", "Address"), 18),
    Head(Text("ポート", "Port"), 10),
    Head(Text("種類", "Protocol"), 10),
    Head(Text("おそらく何か", "What it seems to be"), 24),
    Head(Text("確かさ", "How sure"), 12),
    Head(Text("プログラム・版", "Program, version"), 26),
    Head(Text("ネットワークから開いている", "Open from the network"), 22),
)
_PEERS = (
    _MACHINE,
    Head(Text("向き", "Direction"), 10),
    Head(Text("相手", "Peer"), 24),
    Head(Text("相手の機器", "Peer machine"), 22),
    Head(Text("相手の場所", "Where"), 14),
    Head(Text("ポート", "Port"), 10),
    Head(Text("種類", "Protocol"), 10),
    Head(Text("プログラム", "Program"), 20),
    Head(Text("設計どおり", "By design"), 12),
    Head(Text("最初", "First seen"), 14),
    Head(Text("最後", "Last seen"), 14),
)
_SERVICE = {value.code: value.label for value in SERVICES}
_CERTAINTY = {value.code: value.label for value in CERTAINTIES}
_SOFTWARE_QUERY = (
    "select asset, name, version, coalesce(publisher, origin), manager, installed from software order by asset, name, version limit {}"
)
_PORTS_QUERY = (
    "select l.asset, l.protocol, l.address, l.port, l.process, l.account, l.loopback, e.inbound, e.allowed_from from listeners l left join"
    " (select asset, protocol, port, any_value(inbound) as inbound, any_value(allowed_from) as allowed_from from exposures"
    " group by asset, protocol, port) e on e.asset = l.asset and e.protocol = l.protocol and e.port = l.port and l.loopback is not true"
    " order by l.asset, l.port, l.protocol, l.address limit {}"
)
_SEEN_QUERY = (
    "select asset, address, port, protocol, service, certainty, detail, open_to_network from recognised_services"
    " order by asset, address, port, protocol, service limit {}"
)
_PEERS_QUERY = (
    "select asset, direction, peer, peer_asset, peer_scope, port, protocol, process, designed, first_seen, last_seen from peers"
    " order by asset, direction, peer, port limit {}"
)


def write_table_sheets(book: Workbook, database: Database, names: SheetNames, language: Language, forms: Styles) -> None:
    """Add the sheets of software, listening ports, services seen from the network (where there are any) and peers."""
    limit = MAX_ROWS + 1  # one more than is written, so that a cut is noticed
    software = database.select(_SOFTWARE_QUERY.format(limit))
    write_sheet(book, names.name(_title("software", language)), _SOFTWARE, software, language, forms)
    ports = [_say(row, {6: YES, 7: INBOUND}) for row in database.select(_PORTS_QUERY.format(limit))]
    write_sheet(book, names.name(_title("listeners", language)), _PORTS, ports, language, forms)
    seen = [_say(row, {4: _SERVICE, 5: _CERTAINTY, 7: YES}) for row in database.select(_SEEN_QUERY.format(limit))]
    if seen:
        write_sheet(book, names.name(_title("recognised_services", language)), _SEEN, seen, language, forms)
    peers = [_say(row, {1: DIRECTION, 4: SCOPE, 8: YES}) for row in database.select(_PEERS_QUERY.format(limit))]
    write_sheet(book, names.name(_title("peers", language)), _PEERS, peers, language, forms)


def _title(table: str, language: Language) -> str:
    return TABLES[table].title.say(language)


def _say(row: Sequence[Any], tables: dict[int, dict[Any, Text]]) -> list[Any]:
    return [tables[place].get(value, value) if place in tables else value for place, value in enumerate(row)]
