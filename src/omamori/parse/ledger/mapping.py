"""An asset list the hospital already has (Excel or CSV, its own headings) → machines of the ledger.

The person names which column is which (`機器名=資産名称`); what is not named is guessed from the heading, and
the guess is returned so that it can be shown before it is believed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from omamori.model.declared import LedgerAsset
from omamori.model.look import Problem
from omamori.model.schema import Column
from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.model.workbook import sheet_columns
from omamori.parse.interface import EvidenceError
from omamori.parse.ledger.cells import clean, folded
from omamori.parse.ledger.headings import Layout
from omamori.parse.ledger.rows import read_rows
from omamori.parse.ledger.xlsx import MAX_CELLS, Cell, Sheet, read_workbook

_TABLE = TABLES["ledger_assets"]
SEARCHED_ROWS = 30
GUESSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "asset": (
            "機器名称",
            "資産名称",
            "資産名",
            "名称",
            "管理名",
            "機器",
            "設備名",
            "装置名",
            "name",
            "assetname",
            "device",
            "devicename",
        ),
        "hostname": ("コンピュータ名", "コンピューター名", "pc名", "端末名", "マシン名", "ホスト", "host", "computername", "computer"),
        "address": ("ip", "ipアドレス", "ipv4アドレス", "ipv4", "アドレス", "ipaddress"),
        "mac": ("mac", "macアドレス", "物理アドレス", "macaddress"),
        "role": ("種別", "機器種別", "分類", "カテゴリ", "type", "category"),
        "purpose": ("使用目的", "利用目的", "システム名", "システム", "業務", "purpose", "system"),
        "zone": ("ネットワーク", "セグメント", "vlan", "lan", "network", "segment"),
        "place": ("場所", "設置", "部署", "部門", "設置部署", "使用部署", "フロア", "location", "department"),
        "vendor": ("業者", "ベンダー", "ベンダ", "保守会社", "保守ベンダー", "導入業者", "販売店", "保守先", "maintainer"),
        "owner": ("所有", "所有者", "管理者", "区分(所有)", "ownership"),
        "os": ("基本ソフト", "osバージョン", "os名", "オペレーティングシステム", "operatingsystem", "osversion"),
        "software": ("ソフト", "ソフトウェア", "インストールソフト", "アプリケーション", "applications"),
    }
)
"""Headings people use for a column, besides the ledger's own; compared half-width, lower case, without spaces."""


@dataclass(frozen=True, slots=True)
class MappedList:
    """What an asset list gave: machines, which column was read as what (heading → ours), headings not used, and problems."""

    rows: tuple[LedgerAsset, ...]
    used: Mapping[str, str]
    guessed: tuple[str, ...]
    unused: tuple[str, ...]
    problems: tuple[Problem, ...]


def map_asset_list(data: bytes, file_name: str, mapping: Mapping[str, str] = MappingProxyType({})) -> MappedList:
    """Read an asset list.

    In: bytes of an .xlsx or .csv file (UTF-8, UTF-16 or CP932), its name, and what the person named: our
    heading in either language, or the column's name in the model → the heading in the file. Raises
    EvidenceError when a named heading is not there, or no column holds the machine's name. A class or yes/no
    cell in words we do not know is told as a problem and left empty; the machine stays.
    """
    wanted = {_column(ours).name: clean(theirs) for ours, theirs in mapping.items()}
    best: tuple[int, Sheet, int, dict[int, Column], tuple[str, ...]] | None = None
    for sheet in _sheets(data, file_name):
        for row, cells in sheet.rows.items():
            if row > SEARCHED_ROWS:
                break
            columns, guessed = _match(cells, wanted)
            if best is None or len(columns) > best[0]:
                best = (len(columns), sheet, row, columns, guessed)
    if best is None or not any(column.name == "asset" for column in best[3].values()):
        raise EvidenceError(_no_name(best, wanted))
    _, sheet, row, columns, guessed = best
    absent = [heading for name, heading in wanted.items() if all(column.name != name for column in columns.values())]
    if absent:
        raise EvidenceError(
            Text(
                f"見出し「{'」「'.join(absent)}」が{row}行目にありません。ある見出し: {_headings(sheet, row)}",
                f"no heading {', '.join(map(repr, absent))} in row {row}; there are: {_headings(sheet, row)}",
            )
        )
    read = read_rows(sheet, Layout(_TABLE, columns, None, row + 1, None))
    used = {clean(sheet.rows[row][place].text): column.name for place, column in columns.items()}
    unused = tuple(clean(cell.text) for place, cell in sheet.rows[row].items() if place not in columns and cell.text.strip())
    return MappedList(read.rows, MappingProxyType(used), guessed, unused, read.problems)


def _column(ours: str) -> Column:
    for column in sheet_columns(_TABLE):
        if column.heading and folded(ours) in (folded(column.heading.ja), folded(column.heading.en), column.name):
            return column
    known = "、".join(column.heading.ja for column in sheet_columns(_TABLE) if column.heading)
    raise EvidenceError(
        Text(f"台帳に「{ours}」という列はありません。あるのは {known}", f"the ledger has no column {ours!r}; it has {known}")
    )


def _match(cells: Mapping[int, Cell], wanted: Mapping[str, str]) -> tuple[dict[int, Column], tuple[str, ...]]:
    columns: dict[int, Column] = {}
    guessed = []
    named = {folded(heading): name for name, heading in wanted.items()}
    for place, cell in cells.items():
        name = named.get(folded(cell.text))
        if name is not None and all(column.name != name for column in columns.values()):
            columns[place] = _TABLE.column(name)
    for place, cell in cells.items():
        name = _guess(folded(cell.text))
        if place not in columns and name is not None and name not in wanted and all(column.name != name for column in columns.values()):
            columns[place] = _TABLE.column(name)
            guessed.append(clean(cell.text))
    return dict(sorted(columns.items())), tuple(guessed)


def _guess(heading: str) -> str | None:
    for column in sheet_columns(_TABLE):
        own = (folded(column.heading.ja), folded(column.heading.en)) if column.heading else ()
        if heading and heading in (*own, *(folded(word) for word in GUESSES.get(column.name, ()))):
            return column.name
    return None


def _no_name(best: tuple[int, Sheet, int, dict[int, Column], tuple[str, ...]] | None, wanted: Mapping[str, str]) -> Text:
    there = _headings(best[1], best[2]) if best else "-"
    asked = f" ({wanted['asset']!r})" if "asset" in wanted else ""
    return Text(
        f"機器名の列{asked}が見つかりません。「機器名=資産名称」のように指定してください。ある見出し: {there}",
        f"no column with the machine's name{asked} was found; name it, as in `asset=Name`. Headings there: {there}",
    )


def _headings(sheet: Sheet, row: int) -> str:
    return "、".join(clean(cell.text)[:30] for cell in list(sheet.rows.get(row, {}).values())[:40] if cell.text.strip())


def _sheets(data: bytes, file_name: str) -> tuple[Sheet, ...]:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return tuple(sheet for sheet in read_workbook(data) if not sheet.hidden)
    text = _decoded(data)
    head = text[:4096]
    separator = max(",\t;", key=head.count)
    rows: dict[int, dict[int, Cell]] = {}
    cells = 0
    try:
        for number, words in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
            cells += len(words)
            if cells > MAX_CELLS:
                raise EvidenceError(Text("大きすぎます。ファイルを分けてください", f"more than {MAX_CELLS} cells; split the file"))
            rows[number] = {place: Cell(word) for place, word in enumerate(words, 1) if word.strip()}
    except csv.Error as error:
        raise EvidenceError(
            Text("CSV として読めません。Excel か CSV で保存し直してください", f"not a CSV file ({error}); save it as .xlsx or CSV")
        ) from error
    return (Sheet(file_name, False, rows),)


def _decoded(data: bytes) -> str:
    if b"\x00" in data[:512] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise EvidenceError(Text("Excel でも CSV でもありません", "neither Excel nor CSV; save the list as .xlsx or CSV"))
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp932", "replace")
