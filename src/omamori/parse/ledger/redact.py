"""What may be stored of a workbook: its cells, without passwords, pictures, macros, authors and earlier versions.

The workbook is written anew in a plain form: same sheets, same places, same words and numbers. So nothing
that is not seen in a cell is kept, and the same content has the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from omamori.model.workbook import sheet_tables
from omamori.parse.interface import Redacted
from omamori.parse.ledger.cells import folded
from omamori.parse.ledger.headings import find_layout
from omamori.parse.ledger.xlsx import Cell, Sheet, read_workbook
from omamori.parse.redact import redact

_HIDDEN = "[secret: password, set]"
_SPOKEN = re.compile(
    r"((?:パスワード|ﾊﾟｽﾜｰﾄﾞ|暗証番号|事前共有鍵|共有キー|password|passwd|passphrase|pwd|\bpw|\bpass|\bpsk|community)\s*(?:[:：=＝]|は(?=[\s「『\"'!-~])|is\s)\s*)"
    r"[「『\"']?(?!\[secret:)([^\s「」『』\"'、。,]+)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:パスワード|暗証番号|password|passwd|事前共有鍵|共有キー|pre-?shared ?key|psk|pw|community|コミュニティ(?:名)?)$")
_HEADING_ROWS = 40
_LONGEST_HEADING = 20
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "{sheets}</Types>"
)
_SHEET_TYPE = (
    '<Override PartName="/xl/worksheets/sheet{number}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _usual(sheet: Sheet) -> int:
    del sheet
    return _HEADING_ROWS


def redact_workbook(data: bytes, heading_rows: Callable[[Sheet], int] = _usual) -> Redacted:
    """Return the workbook in its plain form, passwords replaced, and how many. Raises EvidenceError when it cannot be read.

    In: `heading_rows`: down to which row of a sheet a word may be a heading, under which secrets stand.
    """
    secrets = 0
    sheets = []
    for sheet in read_workbook(data):
        rows, found = _without_secrets(sheet, heading_rows(sheet))
        secrets += found
        sheets.append(Sheet(sheet.name, sheet.hidden, rows, sheet.broken))
    return Redacted(write_plain(tuple(sheets)), secrets)


def _without_secrets(sheet: Sheet, heading_rows: int) -> tuple[dict[int, dict[int, Cell]], int]:
    secrets = 0
    below: set[int] = set()
    rows: dict[int, dict[int, Cell]] = {}
    named, first = _needs_by_name(sheet)
    for row, cells in sheet.rows.items():
        rows[row] = {}
        headings: set[int] = set()
        for column, cell in cells.items():
            kept = cell
            if column in below and cell.text.strip():
                kept, secrets = Cell(_HIDDEN), secrets + 1
            else:
                text, found = _without_spoken(cell.text)
                if found:
                    kept, secrets = Cell(text, formula=cell.formula, error=cell.error), secrets + found
                heading = folded(cell.text)
                may_head = row <= heading_rows and not (column in named and row >= first)
                if may_head and len(heading) <= _LONGEST_HEADING and _HEADING.search(heading):
                    headings.add(column)
            rows[row][column] = kept
        below |= headings
    return rows, secrets


def _needs_by_name(sheet: Sheet) -> tuple[frozenset[int], int]:
    """Columns, and the first row, in which "password of the backup" names what a recovery needs and heads no column of passwords."""
    layout = find_layout(sheet, sheet_tables())
    if layout is None or layout.table.name != "recovery_needs":
        return frozenset(), 0
    return frozenset(place for place, column in layout.columns.items() if column.name in ("need", "kind")), layout.first_row


def _without_spoken(text: str) -> tuple[str, int]:
    kept = redact(text.encode("utf-8", "replace"))
    words, found = _SPOKEN.subn(lambda match: match[1] + _HIDDEN, kept.data.decode("utf-8"))
    return (words, found + kept.secrets) if found or kept.secrets else (text, 0)


def write_plain(sheets: tuple[Sheet, ...]) -> bytes:
    """Return a workbook that holds just these cells. The same cells give the same bytes."""
    numbered = list(enumerate(sheets, 1))
    parts = {
        "[Content_Types].xml": _TYPES.format(sheets="".join(_SHEET_TYPE.format(number=number) for number, _ in numbered)),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _list_of(numbered),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        + "".join(
            f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>' for number, _ in numbered
        )
        + "</Relationships>",
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": "".join(_sheet(sheet)) for number, sheet in numbered}
    return write_zip({name: text.encode() for name, text in parts.items()})


def write_zip(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file of the parts in their order, without moments, so that equal parts give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # on Windows Python would name Windows: another address for the same evidence
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return out.getvalue()


def _list_of(numbered: list[tuple[int, Sheet]]) -> str:
    entries = "".join(
        f'<sheet name={quoteattr(_words(sheet.name))} sheetId="{number}" r:id="r{number}" '
        f'state="{"hidden" if sheet.hidden else "visible"}"/>'
        for number, sheet in numbered
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>'


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'
    for row, cells in sheet.rows.items():
        yield f'<row r="{row}">'
        for column, cell in cells.items():
            if not (cell.text or cell.formula or cell.error):
                continue
            yield _cell(f"{_letters(column)}{row}", cell)
        yield "</row>"
    # A damaged sheet stays damaged: its look must stay incomplete whenever it is read again.
    yield "" if sheet.broken else "</sheetData></worksheet>"


def _cell(place: str, cell: Cell) -> str:
    formula = "<f/>" if cell.formula else ""
    if cell.error:
        return f'<c r="{place}" t="e">{formula}<v>{escape(_words(cell.text))}</v></c>'
    if cell.formula:
        return f'<c r="{place}" t="str"><f/><v>{escape(_words(cell.text))}</v></c>'
    if cell.number is not None and (cell.day is None or cell.text != cell.day.isoformat()):
        return f'<c r="{place}"><v>{cell.number!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(_words(cell.text))}</t></is></c>'


def _words(text: str) -> str:
    # `_x` would be read as an escaped character; escape it as Excel does.
    return _NOT_XML.sub(" ", text).replace("_x", "_x005F_x")


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
