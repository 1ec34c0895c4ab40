"""The Word file: its parts, that its order is the standard's, and that another program reads it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.report.word_document import Column, WordDocument

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(words: str = '内容 <b> & "x"\n次の行') -> bytes:
    document = WordDocument(words, "ja")
    document.heading(words, 0)
    document.heading("一", 1)
    document.paragraph(words, bullet=True)
    document.paragraph(words, right=True)
    document.page_break()
    document.table([Column("見出し", 1), Column("答え", 3, answer=True)], [(words, ""), ("=1+1", "")])
    return document.render()


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 - our own


def test_every_part_is_named_and_well_formed() -> None:
    found = parts(made())
    types = {element.get("PartName") for element in found["[Content_Types].xml"] if element.get("PartName")}
    assert types == {f"/{name}" for name in found if not name.endswith(".rels") and name != "[Content_Types].xml"}
    styles = {element.get(f"{W}styleId") for element in found["word/styles.xml"].iter(f"{W}style")}
    used = {element.get(f"{W}val") for tag in ("pStyle", "tblStyle") for element in found["word/document.xml"].iter(W + tag)}
    assert used <= styles


def test_properties_stand_in_the_order_of_the_standard() -> None:
    """Word is strict about it where other programs are not."""
    orders = {
        "pPr": ("pStyle", "keepNext", "spacing", "ind", "jc", "outlineLvl"),
        "rPr": ("rFonts", "b", "color", "sz", "szCs", "lang"),
        "tblPr": ("tblStyle", "tblW", "tblBorders", "tblLayout", "tblCellMar"),
        "tcPr": ("tcW", "shd"),
        "sectPr": ("footerReference", "pgSz", "pgMar"),
        "style": ("name", "basedOn", "qFormat", "pPr", "rPr", "tblPr"),
    }
    for root in parts(made()).values():
        for tag, order in orders.items():
            for element in root.iter(W + tag):
                names = [child.tag.removeprefix(W) for child in element]
                assert names == sorted(names, key=order.index), (tag, names)
    body = parts(made())["word/document.xml"][0]
    assert body[-1].tag == f"{W}sectPr"
    assert all(body[place + 1].tag == f"{W}p" for place, element in enumerate(body) if element.tag == f"{W}tbl")
    assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc"))


@given(st.text(max_size=40))
def test_any_words_make_a_well_formed_file(words: str) -> None:
    parts(made(words))


def test_another_program_reads_it(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: the letter is not opened with it here")
    (tmp_path / "letter.docx").write_bytes(made())
    command = [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "txt:Text (encoded):UTF8"]
    done = subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / "letter.docx")], check=True, capture_output=True, timeout=180
    )
    if not (tmp_path / "out/letter.txt").is_file():
        assert b"no export filter" in done.stderr or b"could not be loaded" in done.stderr, done.stderr
        pytest.skip("LibreOffice Writer is not installed: the letter is not opened with it here")
    text = (tmp_path / "out/letter.txt").read_text(encoding="utf-8-sig")
    assert '内容 <b> & "x"' in text and "次の行" in text and "見出し" in text
