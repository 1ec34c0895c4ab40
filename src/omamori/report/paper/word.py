"""A paper as a Word file, to edit: the same blocks that are printed. python-docx, of the extra `paper`."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.util import find_spec
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from omamori.model.text import Language, Text
from omamori.report.clean import clean
from omamori.report.paper.render import PaperError

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

NO_WORD = Text(
    "Wordの文書を作る部品が入っていません。pip install 'omamori[paper]'(この開発フォルダでは make paper)で入れてください",
    "the part that makes Word files is not installed: pip install 'omamori[paper]' (in a checkout: make paper)",
)
FONTS = {"ja": "Yu Gothic", "en": "Calibri"}
"""Fonts Word has; another is taken where one is missing."""
_GAP = "FDF3D7"
_HEAD = "FBF8F0"


def render_word(data: Mapping[str, Any], language: Language, moment: datetime) -> bytes:
    """Return a paper of `paper_data` as a .docx file. `moment`, in UTC, is its date. Raises PaperError without python-docx."""
    if find_spec("docx") is None:
        raise PaperError(NO_WORD)
    import docx  # an extra: only when a Word file is made
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if data["wide"] else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if data["wide"] else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(14 if data.get("wall") else 19)
    _styles(file, language, 9 if data.get("wall") else 10)
    properties = file.core_properties
    properties.title, properties.author, properties.comments = _plain(data["title"]), _plain(data["author"]), ""
    properties.created = properties.modified = moment
    file.add_heading(_plain(data["title"]), 0)
    about = file.add_paragraph()
    _write(about, [f"{data['site']}  ", f"【{data['draft']} / {data['gaps']}】 ", *data["about"]])
    for block in data["blocks"]:
        _BLOCKS[block["kind"]](file, block, data["words"])
    section.footer.paragraphs[0].text = _plain(data["foot"])
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _styles(file: WordFile, language: Language, size_of_text: int) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Normal", size_of_text), ("Title", 18), ("Heading 1", 14), ("Heading 2", 11)):
        style: Any = file.styles[name]
        style.font.name, style.font.size = FONTS["en"], Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), FONTS["ja"])
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x2B, 0x35, 0x68)


def _heading(file: WordFile, block: Mapping[str, Any], _: Mapping[str, str]) -> None:
    _write(file.add_paragraph(style=f"Heading {block['level']}"), [block["text"]])


def _para(file: WordFile, block: Mapping[str, Any], _: Mapping[str, str]) -> None:
    _write(file.add_paragraph(), block["parts"], quiet=block["quiet"])


def _items(file: WordFile, block: Mapping[str, Any], _: Mapping[str, str]) -> None:
    for number, item in enumerate(block["items"], 1):
        # Numbers as text: Word would go on counting from the list before.
        if block["numbered"]:
            _write(file.add_paragraph(), [f"{number}. ", *item])
        else:
            _write(file.add_paragraph(style="List Bullet"), item)


def _grid(file: WordFile, block: Mapping[str, Any], _: Mapping[str, str]) -> None:
    from docx.shared import Mm

    _table(file, block["columns"], block["rows"], block["widths"])
    if block.get("tall"):
        for row in file.tables[-1].rows:
            row.height = Mm(9)


def _calls(file: WordFile, block: Mapping[str, Any], words: Mapping[str, str]) -> None:
    """Write the diagram as two tables: first to last inside, then whom outside."""
    chain = [[f"{number}", one["duty"], one["name"], one["phone"]] for number, one in enumerate(block["chain"], 1)]
    _table(file, ["", words["inside"], words["name"], words["phone"]], chain, [1, 5, 4, 4])
    file.add_paragraph()
    outside = [[title, one["duty"], one["name"], one["phone"]] for title, stations in block["outside"] for one in stations]
    _table(file, [words["outside"], words["desk"], words["name"], words["phone"]], outside, [4, 4, 4, 4])


def _boxes(file: WordFile, block: Mapping[str, Any], words: Mapping[str, str]) -> None:
    rows = [[one["duty"], one["name"], one["phone"]] for one in block["stations"]]
    _table(file, ["", words["name"], words["phone"]], rows, [5, 5, 4])
    file.add_paragraph()


def _sides(file: WordFile, block: Mapping[str, Any], _: Mapping[str, str]) -> None:
    marked = [[f"{'×' if side['warns'] else '□'} {item}" for item in side["items"]] for side in block["sides"]]
    _table(file, [side["title"] for side in block["sides"]], list(zip_longest(*marked, fillvalue="")), [1] * len(marked))
    file.add_paragraph()


def _cuts(file: WordFile, block: Mapping[str, Any], _: Mapping[str, str]) -> None:
    """The picture as a table: a row for each cable, in the order of cutting."""
    words, kinds = block["words"], block["kinds"]
    rows = [
        [str(number), kinds.get(one["kind"], ""), *(one[name] for name in ("name", "device", "port", "cable", "room", "who", "stops"))]
        for number, one in enumerate(block["cuts"], 1)
    ]
    heads = ["", words["kind"], *(words[name] for name in ("name", "device", "port", "cable", "room", "who", "stops"))]
    _table(file, heads, rows, [1, 4, 4, 4, 3, 3, 4, 4, 4])
    _write(file.add_paragraph(), [f"{words['inside']} ✂ {' / '.join(words[name] for name in ('copies', 'outside', 'zones', 'machines'))}"])


_BLOCKS = {
    "boxes": _boxes,
    "sides": _sides,
    "cuts": _cuts,
    "heading": _heading,
    "para": _para,
    "items": _items,
    "grid": _grid,
    "calls": _calls,
}


def _table(file: WordFile, columns: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    section = file.sections[0]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    table = file.add_table(rows=1 + len(rows), cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    for number, (heading, share) in enumerate(zip(columns, widths, strict=True)):
        table.columns[number].width = room * share // sum(widths)
        table.rows[0].cells[number].paragraphs[0].add_run(_plain(heading)).bold = True
    _repeat(table.rows[0]._tr)
    for row in table.rows:
        _whole(row._tr)
    for row, values in zip(table.rows, [None, *rows], strict=True):
        for cell, share in zip(row.cells, widths, strict=True):
            cell.width = room * share // sum(widths)
            if values is None:
                _shade(cell._tc.get_or_add_tcPr(), _HEAD)
        if values is not None:
            for cell, value in zip(row.cells, values, strict=True):
                _fill(cell, value)


def _fill(cell: _Cell, value: Any) -> None:
    _write(cell.paragraphs[0], [value])
    if isinstance(value, Mapping):
        _shade(cell._tc.get_or_add_tcPr(), _GAP)


def _write(paragraph: Paragraph, parts: Sequence[Any], *, quiet: bool = False) -> None:
    from docx.shared import Pt

    for part in parts:
        run = paragraph.add_run(_plain(part["gap"] if isinstance(part, Mapping) else part))
        if quiet:
            run.font.size = Pt(8.5)
        if isinstance(part, Mapping):
            run.font.bold = True
            _shade(run._r.get_or_add_rPr(), _GAP)


def _plain(text: object) -> str:
    return clean(str(text))


def _shade(properties: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(name), value)
    properties.append(shade)


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: Any) -> None:
    """Repeat the heading of a table on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(header)
