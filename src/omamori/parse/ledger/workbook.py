"""The ledger workbook → rows of every declared table.

Evidence of a row is its place, `sheet!R` and the row number: `機器!R5` stands behind the hash where other
evidence has a line number. The format is ours (`omamori ledger new`); any workbook with the same headings
will do, whoever wrote it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from omamori.model.declared import LedgerAddress, LedgerAsset, RemoteLine, Zone, ZoneNetwork
from omamori.model.look import EVERYWHERE, Look, Parsed, Problem
from omamori.model.service_window import read_window
from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.model.workbook import KEY_SHEET, SHEETS, sheet_tables
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.ledger.addresses import as_numbers
from omamori.parse.ledger.cells import clean
from omamori.parse.ledger.headings import find_layout
from omamori.parse.ledger.recognise import is_ledger
from omamori.parse.ledger.redact import redact_workbook
from omamori.parse.ledger.rows import SheetRows, read_rows
from omamori.parse.ledger.xlsx import Sheet, read_workbook

_AS_NUMBERS = {"zones": "zone_networks", "ledger_assets": "ledger_addresses"}
"""Sheets whose addresses are also stored as numbers, and the table for them."""


def parse_workbook(data: bytes, context: Context) -> Parsed:
    """Read a ledger workbook; EvidenceError when no sheet of it is one of the ledger's."""
    del context
    found: dict[str, SheetRows] = {}
    problems: list[Problem] = []
    for sheet in read_workbook(data):
        if sheet.name == KEY_SHEET:
            continue
        layout = find_layout(sheet, sheet_tables())
        if layout is None:
            problems += _unused(sheet)
        elif layout.table.name in found:
            problems.append(_twice(sheet, layout.table.title.en, layout.table.title.ja))
        else:
            found[layout.table.name] = read_rows(sheet, layout)
            if sheet.broken:
                problems.append(_broken(sheet))
    if not found:
        raise EvidenceError(
            Text(
                "台帳の見出しを持つシートがありません。`omamori ledger new` で作るか、`--from` で列の対応を指定してください",
                "no sheet of this workbook has the headings of the ledger; start from `omamori ledger new FILE.xlsx`, "
                "or name the columns of your own list with `--from`",
            )
        )
    rows = [row for part in found.values() for row in part.rows]
    machines = [row for row in rows if isinstance(row, LedgerAsset)]
    problems += [problem for part in found.values() for problem in part.problems]
    problems += [*_same_names(rows), *_windows(rows)]
    claims, shared = _claims(machines)
    return Parsed(
        rows=(*rows, *_as_numbers(rows)),
        looks=tuple(_looks(found)),
        problems=(*problems, *shared),
        claims=tuple(claims),
    )


def _looks(found: dict[str, SheetRows]) -> Iterator[Look]:
    for name in SHEETS:
        if name in found:
            look = found[name].look
        else:
            title = TABLES[name].title
            needs = f"台帳にシート「{title.ja}」がありません / the ledger has no sheet {title.en}"
            look = Look(name, complete=False, reason="not_collected", needs=needs, asset=EVERYWHERE)
        yield look
        if name in _AS_NUMBERS:
            column = "networks" if name == "zones" else "address"
            numbers = tuple(
                ("network", "network_first", "network_last") if name == "zones" else ("address", "address_first", "address_last")
            )
            missing = numbers if column in look.missing else ()
            yield Look(
                _AS_NUMBERS[name], look.complete, missing, look.reason if missing or not look.complete else None, look.needs, EVERYWHERE
            )


def _as_numbers(rows: Iterable[Any]) -> Iterator[Any]:
    for row in rows:
        if isinstance(row, Zone):
            for network in (row.networks or "").split():
                first, last = as_numbers(network)
                yield ZoneNetwork(zone=row.zone, network=network, network_first=first, network_last=last, evidence=row.evidence)
        elif isinstance(row, LedgerAsset):
            for address in (row.address or "").split():
                first, last = as_numbers(address)
                yield LedgerAddress(asset=row.asset, address=address, address_first=first, address_last=last, evidence=row.evidence)


def _claims(machines: list[LedgerAsset]) -> tuple[list[tuple[str, tuple[str, ...]]], list[Problem]]:
    """Return what the ledger says by which each machine is recognised, and what it says of two machines.

    An identifier that two machines share tells neither, so that two are never merged into one.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    said: dict[str, list[str]] = {}
    for row in machines:
        if row.asset in said:
            continue
        said[row.asset] = [
            *(f"mac:{word}" for word in (row.mac or "").split()),
            *([f"name:{row.hostname.split('.')[0].lower()}"] if row.hostname else []),
            *(f"ip:{word}" for word in (row.address or "").split()),
        ]
        for identifier in said[row.asset]:
            holders[identifier].add(row.asset)
    shared = {identifier: sorted(names) for identifier, names in holders.items() if len(names) > 1}
    problems = [
        Problem(
            0,
            f"{identifier} stands at {' and '.join(names[:5])}; it cannot tell them apart. Correct one of them",
            f"「{identifier}」が {'、'.join(names[:5])} にあります。どの機器か見分けられません。どれかを直してください",
        )
        for identifier, names in sorted(shared.items())
    ]
    return [(name, tuple(word for word in words if word not in shared)) for name, words in said.items()], problems


def _same_names(rows: list[Any]) -> Iterator[Problem]:
    """Tell of two rows with one name: both rows stay in the tables, but nothing can keep them apart."""
    keyed = {"LedgerAsset": "asset", "Zone": "zone", "Vendor": "vendor", "RemoteLine": "line", "OtherEntry": "entry", "Answer": "question"}
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        if type(row).__name__ in keyed:
            places[type(row).__name__, getattr(row, keyed[type(row).__name__])].append(row.evidence)
    for (_, name), where in places.items():
        if len(where) > 1:
            yield Problem(
                _row_number(where[1]),
                f"{' and '.join(where[:5])}: the name {name!r} stands {len(where)} times; give each its own name",
                f"{' と '.join(where[:5])}: 名前「{name}」が{len(where)}回あります。別々の名前にしてください",
            )


def _windows(rows: list[Any]) -> Iterator[Problem]:
    """Tell of a service window no clock can be held against: the words stay, but what was used outside it cannot be told."""
    for row in rows:
        if isinstance(row, RemoteLine) and row.service_window and read_window(row.service_window) is None:
            yield Problem(
                _row_number(row.evidence),
                f"{row.evidence}: the service window {row.service_window[:60]!r} is kept as words only; write it as `Tue 13:00-17:00`",
                f"{row.evidence}: 使ってよい時間「{row.service_window[:60]}」は言葉としてだけ残します。「火 13:00-17:00」のように書くと時刻と比べられます",
            )


def _row_number(where: str) -> int:
    return int(where.rpartition("!R")[2])


def _unused(sheet: Sheet) -> list[Problem]:
    """Tell of a visible sheet nobody can use; the guide and hidden sheets go without saying."""
    if sheet.hidden or len(sheet.rows) < 2 or sheet.name in _GUIDES:
        return []
    name = clean(sheet.name)
    return [
        Problem(
            1, f"sheet {name}: no headings of the ledger, so it was not used", f"シート「{name}」: 台帳の見出しがないため使いませんでした"
        )
    ]


_GUIDES = ("はじめに", "Read me")


def _twice(sheet: Sheet, en: str, ja: str) -> Problem:
    name = clean(sheet.name)
    return Problem(
        1,
        f"sheet {name}: a second sheet for {en}, not used; move its rows into the first",
        f"シート「{name}」: 「{ja}」のシートが二つあります。行を一つ目に移してください",
    )


def _broken(sheet: Sheet) -> Problem:
    name = clean(sheet.name)
    return Problem(
        max(sheet.rows, default=1),
        f"sheet {name} is damaged here ({sheet.broken}); open it in Excel or LibreOffice and save it again",
        f"シート「{name}」がここで壊れています。Excel か LibreOffice で開いて保存し直してください",
    )


def counted(parsed: Parsed) -> Counter[str]:
    """Return how many rows of each kind a workbook gave, for the words after an import."""
    return Counter(type(row).__name__ for row in parsed.rows)


PARSERS = (
    Parser(
        kind="ledger.workbook",
        tables=(*SHEETS, *_AS_NUMBERS.values()),
        parse=parse_workbook,
        redact=redact_workbook,
        recognise=is_ledger,
        notes="The workbook of `omamori ledger new`, or any with the same headings. Evidence place: sheet!R and row.",
    ),
)
