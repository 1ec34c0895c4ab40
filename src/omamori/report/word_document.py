"""A small Word document (.docx): headings, paragraphs, tables, page numbers. Nothing in it is active.

Written as WordprocessingML (ISO/IEC 29500) without a library, because these few parts need little of it and the same content
has to give the same bytes; see docs/decisions/0023-asking-a-vendor.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from omamori.parse.ledger.redact import write_zip

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONT = "Yu Gothic"
_INK, _LINE, _SHADE, _ANSWER = "2B3568", "BFC7CE", "DCE9F2", "FFF9E3"
TWIPS_PER_MM = 56.7
PAGE = (297, 210)
"""A4 on its side, in millimetres."""
MARGIN = 13


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its share of the width, and whether the reader writes into it."""

    heading: str
    share: float
    answer: bool = False


@dataclass(slots=True)
class WordDocument:
    """Collects what stands in the document, from its beginning to its end."""

    title: str
    language: str
    body: list[str] = field(default_factory=list)

    def heading(self, words: str, level: int = 1) -> None:
        """Add a heading; level 0 is the title of the document."""
        style = "Title" if level == 0 else f"Heading{level}"
        self.body.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(words)}</w:p>')

    def paragraph(self, words: str, *, bullet: bool = False, right: bool = False) -> None:
        """Add a paragraph; line breaks in it stay."""
        style = '<w:pStyle w:val="ListPoint"/>' if bullet else ""
        side = '<w:jc w:val="right"/>' if right else ""
        mark = ("・" if self.language == "ja" else "• ") if bullet else ""
        self.body.append(f"<w:p><w:pPr>{style}{side}</w:pPr>{_run(mark + words)}</w:p>")

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Add a table as wide as the page; its headings stand on every page, no row is torn apart."""
        whole = round((PAGE[0] - 2 * MARGIN) * TWIPS_PER_MM)
        total = sum(column.share for column in columns)
        widths = [round(whole * column.share / total) for column in columns]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = "".join(_cell(column.heading, width, _SHADE, bold=True) for column, width in zip(columns, widths, strict=True))
        self.body.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        )
        for row in rows:
            cells = "".join(
                _cell(words, width, _ANSWER if column.answer else "") for words, column, width in zip(row, columns, widths, strict=True)
            )
            self.body.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        # A table has to be followed by a paragraph.
        self.body.append("</w:tbl><w:p/>")

    def page_break(self) -> None:
        """Begin a new page."""
        self.body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def render(self) -> bytes:
        """Return the file; the same content gives the same bytes."""
        return write_zip(
            {
                "[Content_Types].xml": _content_types().encode(),
                "_rels/.rels": _relations(
                    (f"{_OFFICE}/officeDocument", "word/document.xml"),
                    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ).encode(),
                "word/document.xml": self._document().encode(),
                "word/styles.xml": _styles(self.language).encode(),
                "word/footer1.xml": _footer().encode(),
                "word/_rels/document.xml.rels": _relations(
                    (f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/footer", "footer1.xml")
                ).encode(),
                "docProps/core.xml": _core(self.title).encode(),
            }
        )

    def _document(self) -> str:
        wide, high, margin = (round(length * TWIPS_PER_MM) for length in (*PAGE, MARGIN))
        return (
            f'{_HEAD}<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body>{"".join(self.body)}'
            '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
            f'<w:pgSz w:w="{wide}" w:h="{high}" w:orient="landscape"/>'
            f'<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" w:header="400" w:footer="400" w:gutter="0"/>'
            "</w:sectPr></w:body></w:document>"
        )


def _cell(words: str, width: int, shade: str, *, bold: bool = False) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="InTable"/></w:pPr>{_run(words, bold=bold)}</w:p></w:tc>'
    )


def _run(words: str, *, bold: bool = False) -> str:
    form = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = _NOT_XML.sub(" ", words).replace("\r", " ").replace("\t", " ").split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{form}{inside}</w:r>"


def _styles(language: str) -> str:
    spoken = "ja-JP" if language == "ja" else "en-US"

    def style(name: str, shown: str, paragraph: str, run: str, *, kind: str = "paragraph", default: bool = False) -> str:
        first = ' w:default="1"' if default else ""
        based = "" if default else '<w:basedOn w:val="Normal"/>'
        return (
            f'<w:style w:type="{kind}"{first} w:styleId="{name}"><w:name w:val="{shown}"/>{based}<w:qFormat/>'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )

    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        f'<w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + style("Normal", "Normal", "", f'<w:lang w:val="{spoken}"/>', default=True)
        + style("Title", "Title", '<w:keepNext/><w:spacing w:after="160"/>', f'<w:b/><w:color w:val="{_INK}"/><w:sz w:val="32"/>')
        + style(
            "Heading1",
            "heading 1",
            '<w:keepNext/><w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="0"/>',
            f'<w:b/><w:color w:val="{_INK}"/><w:sz w:val="24"/>',
        )
        + style("ListPoint", "List Point", '<w:ind w:left="280" w:hanging="280"/>', "")
        + style("InTable", "In Table", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="16"/><w:szCs w:val="16"/>')
        + '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr>'
        f"<w:tblBorders>{border}</w:tblBorders>"
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>'
    )


def _footer() -> str:
    field_ = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f'{_HEAD}<w:ftr xmlns:w="{_MAIN}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{field_}</w:p></w:ftr>'


def _content_types() -> str:
    parts = (
        ("/word/document.xml", f"{_TYPE}.document.main+xml"),
        ("/word/styles.xml", f"{_TYPE}.styles+xml"),
        ("/word/footer1.xml", f"{_TYPE}.footer+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
        + "</Types>"
    )


def _relations(*pairs: tuple[str, str]) -> str:
    inside = "".join(f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(pairs, 1))
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_NOT_XML.sub(' ', title))}</dc:title><dc:creator>Omamori</dc:creator></cp:coreProperties>"
    )
