"""Pages, texts and the zip of an evidence pack, with hostile words in them."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.knowledge.editions import load_edition
from omamori.model.standard import ItemAnswer, ItemDecision, Proof
from omamori.model.text import Language, Text
from omamori.report.evidence_line import EvidenceLine
from omamori.report.pack_pages import index_page, print_page
from omamori.report.pack_shape import Output, Pack, PackItem, PackLine, PackProof
from omamori.report.pack_text import evidence_text, outputs_csv
from omamori.report.pack_words import WORDS
from omamori.report.pack_zip import SUMS, with_sums, zip_bytes
from omamori.report.standard_sheet_shape import AnswerSheet, sheet_items

EDITION = load_edition("checklist/r7-hospital")
NOW = datetime(2026, 6, 1, 9)
EVIL = "<script>alert(1)</script>\x1b[2J\u202e\"'&"


def packed(words: str = EVIL) -> Pack:
    """A pack whose first item differs, with hostile words everywhere a machine or a person can put some; the others are undecided."""
    first = next(EDITION.items()).id
    proof = Proof("check", "c.x", "no", Text(words, words), (words,), 3, "ab:1", NOW)
    answer = ItemAnswer(standard=EDITION.name, item=first, answer="yes", answered_on=date(2026, 5, 1), answered_by=words, remark=words)
    decision = ItemDecision(EDITION.name, first, "differs", "no", (proof,), (Text(words, words),), (answer,), (Text(words, words),), NOW)
    sheet = AnswerSheet(EDITION, (decision,), NOW, said=Text(words, words))
    line = PackLine(words, Text(words, words), EvidenceLine("ab:1", "linux.ssh", words, words, 1, words, NOW), "a" * 64)
    items = tuple(
        PackItem(one, tuple(PackProof(f"{one.evidence_number}-1", p, (line, PackLine("m", Text("", ""), None, ""))) for p in one.proofs))
        for one in sheet_items(sheet)
    )
    return Pack(words, sheet, items, (Output("a" * 64, 9, words, "linux.ssh", NOW, 1, ("01-1",)),), True, 2, 5)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_words_of_machines_and_people_can_do_nothing_in_a_page(language: Language) -> None:
    for page in (index_page(packed(), language, UTC), print_page(packed(), language, UTC)):
        text = page.decode()
        assert "<script" not in text and "\x1b" not in text and "\u202e" not in text
        assert text.count('<div class="box">') == 1
        assert all(item.text.say(language) in text.replace("&#39;", "'").replace("&amp;", "&") for item in EDITION.items())


def test_the_evidence_of_an_item_is_all_there_and_harmless() -> None:
    told = evidence_text(packed().items[0], "ja", UTC).decode()
    assert "記入と実測が異なります" in told and "[01-1] いいえ" in told and "a" * 64 in told
    assert WORDS["nothing_shows"].ja in told
    assert "\x1b" not in told and "\u202e" not in told


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_the_list_becomes_a_formula(start: str) -> None:
    data = outputs_csv(packed(f'{start}1+1,"x"').outputs, "ja", UTC)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 2 and not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


FILES = st.dictionaries(st.from_regex(r"[a-z]{1,6}(/[a-z0-9]{1,6})?\.txt", fullmatch=True), st.binary(max_size=200), max_size=6)


@given(FILES)
def test_the_zip_holds_every_file_and_its_hash_and_is_the_same_again(files: dict[str, bytes]) -> None:
    data = zip_bytes(with_sums(files))
    assert data == zip_bytes(with_sums(dict(reversed(files.items()))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist() if name != SUMS} == files
        sums = archive.read(SUMS).decode()
    assert sums == "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def test_what_the_pack_says_of_itself_can_be_counted() -> None:
    pack = packed("m1")
    assert (pack.lines, pack.machines, [one.item.item.id for one in pack.differing]) == (1, ("m", "m1"), [next(EDITION.items()).id])
