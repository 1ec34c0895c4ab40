"""Every form over its samples: the expected rows, every encoding, cut anywhere, damaged anyhow. No code per case.

A sample is `data/FORM/CASE.txt` in UTF-8 with LF; beside it `CASE.json` holds what must come out.
`OMAMORI_WRITE_EXPECTED=1` writes these anew; read the difference before you commit it.
A sample that holds only console text gets the line ends of Windows before it is read.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.look import REASONS, Parsed
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import TABLES, table_of
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.form import forms
from omamori.parse.windows.session import Session, read_session

DATA = Path(__file__).parent / "data"
SAMPLES = sorted(DATA.glob("*/*.txt"))
NAMES = [f"{path.parent.name}-{path.stem}" for path in SAMPLES]
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
CODES = {reason.code for reason in REASONS}
PROMPT = re.compile(r"(?:PS )?[A-Z]:\\[^<>|?*\"]{0,200}>")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932")


def sample(path: Path) -> str:
    """The text of a sample with the line ends of Windows."""
    return path.read_text(encoding="utf-8").replace("\n", "\r\n")


def encoded(text: str, encoding: str) -> bytes | None:
    """The text in an encoding; None where that has no such letters."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def read(data: bytes) -> tuple[Session, list[Parsed]]:
    """What a file holds, output by output."""
    session = read_session(data)
    return session, [read_piece(piece, CONTEXT) for piece in session.pieces]


def shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def as_json(data: bytes) -> list[dict[str, Any]]:
    """What came out, without empty columns."""
    session, found = read(data)
    said = []
    for piece, parsed in zip(session.pieces, found, strict=True):
        tables: dict[str, list[dict[str, Any]]] = {}
        for row in parsed.rows:
            values = {name: shown(value) for name, value in dataclasses.asdict(row).items() if value not in (None, "")}
            tables.setdefault(table_of(row).name, []).append(values)
        looks = {
            look.table: "complete"
            if look.complete and not look.missing
            else f"{'in part' if look.complete else 'incomplete'}: {look.reason}"
            + (f"; without {', '.join(look.missing)}" if look.missing else "")
            for look in parsed.looks
        }
        problems = [f"{problem.line}: {problem.expected}" for problem in parsed.problems]
        said.append({"form": piece.form, "identifiers": list(parsed.identifiers), "looks": looks, "problems": problems, "rows": tables})
    for stranger in session.strangers:
        said.append({"stranger": stranger.line, "lines": stranger.count, "command": stranger.command})
    return said


def complaints(parsed: Parsed, tables: tuple[str, ...]) -> list[str]:
    """What does not fit the model: wrong types, tables the form does not name, looks without reason."""
    wrong = [f"{table_of(row).name} is not a table of the form" for row in parsed.rows if table_of(row).name not in tables]
    kinds: dict[str, tuple[type, ...]] = {
        "varchar": (str,),
        "bigint": (int,),
        "boolean": (bool,),
        "double": (float,),
        "timestamp": (datetime,),
        "date": (date,),
    }
    for row in parsed.rows:
        for column in table_of(row).columns:
            value = getattr(row, column.name)
            if value is None:
                continue
            if not isinstance(value, kinds[column.type]) or (column.type == "bigint" and not -(2**63) <= value < 2**63):
                wrong.append(f"{table_of(row).name}.{column.name}: {value!r}")
    for look in parsed.looks:
        columns = {column.name for column in TABLES[look.table].columns} - set(ROW_COLUMNS)
        if look.table not in tables or set(look.missing) - columns:
            wrong.append(f"look {look}")
        if not (look.complete and not look.missing) and look.reason not in CODES:
            wrong.append(f"no reason: {look}")
    wrong += [
        f"rows of {table_of(row).name} without a look"
        for row in parsed.rows
        if table_of(row).name not in {look.table for look in parsed.looks}
    ]
    return wrong


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_rows_are_the_expected_ones(path: Path) -> None:
    said = as_json(sample(path).encode())
    expected = path.with_suffix(".json")
    if os.environ.get("OMAMORI_WRITE_EXPECTED"):
        expected.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert said == json.loads(expected.read_text(encoding="utf-8"))
    assert path.parent.name in [one.get("form") for one in said], "a sample holds an output of the form its folder names"


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_rows_fit_the_model(path: Path) -> None:
    session, found = read(sample(path).encode())
    for piece, parsed in zip(session.pieces, found, strict=True):
        assert complaints(parsed, forms()[piece.form].tables) == []


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_every_encoding_says_the_same(path: Path) -> None:
    text = sample(path)
    expected = as_json(text.encode())
    for encoding in ENCODINGS:
        data = encoded(text, encoding)
        if data is not None:
            assert as_json(data) == expected, encoding


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(choices=st.data())
def test_an_output_that_breaks_off_in_a_line_is_never_the_whole_list(path: Path, choices: st.DataObject) -> None:
    text = sample(path).rstrip()
    place = choices.draw(st.integers(1, len(text) - 1))
    if text[place - 1] in "\r\n" or PROMPT.match(text[:place].rsplit("\n", 1)[-1]):
        return  # Behind a prompt a command was being typed: the output before it had ended.
    session, found = read(text[:place].encode())
    assert all(not look.complete for parsed in found[-1:] for look in parsed.looks)
    for piece, parsed in zip(session.pieces, found, strict=True):
        assert complaints(parsed, forms()[piece.form].tables) == []


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(choices=st.data())
def test_damaged_output_never_breaks_a_form(path: Path, choices: st.DataObject) -> None:
    damaged = bytearray(sample(path).encode())
    for _ in range(choices.draw(st.integers(1, 4))):
        place = choices.draw(st.integers(0, max(0, len(damaged) - 1)))
        odd = st.binary(max_size=20) | st.sampled_from(
            (b"\n", b"\0", b'"', b"99999999999999999999", b"::", b" : ", b"---", b"=", b"[", b"\xff\xfe")
        )
        damaged[place : place + choices.draw(st.integers(0, 30))] = choices.draw(odd)
    session, found = read(bytes(damaged))
    for piece, parsed in zip(session.pieces, found, strict=True):
        assert complaints(parsed, forms()[piece.form].tables) == []


HOSTILE = ("a/", "On", "-1", ":", "a-", "[", "((", "=", " ", "x,", "0.", '"', "::ffff:", "accept ", "- ", "a  ", ". ", "HKEY\\", "漢")


@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_endless_lines_are_read_in_one_pass(path: Path) -> None:
    """A pattern that goes back and forth over such lines would not end while we watch."""
    lines = sample(path).split("\r\n")
    middle = len(lines) // 2
    text = "\r\n".join([*lines[:middle], *(token * (20_000 // len(token)) + "!" for token in HOSTILE), *lines[middle:]])
    session, found = read(text.encode())
    for piece, parsed in zip(session.pieces, found, strict=True):
        assert complaints(parsed, forms()[piece.form].tables) == []


@pytest.mark.parametrize("name", forms())
def test_a_form_says_what_it_is(name: str) -> None:
    form = forms()[name]
    assert re.fullmatch(r"[a-z0-9_]+", name)
    assert form.command and form.source
    assert form.tables or name == "whoami_groups"
    assert set(form.tables) <= set(TABLES)
    assert form.heading or form.body or form.properties
    assert any((DATA / name).glob("*.txt")), f"no sample in tests/parse/windows/forms/data/{name}"
    assert form.read.__doc__


def test_nothing_is_nothing() -> None:
    for data in (b"", b"\r\n", b"\0\0\0", "\ufeff".encode("utf-16"), b"hello\r\nworld\r\n"):
        session, _ = read(data)
        assert session.pieces == ()


def test_of_an_event_only_its_head_is_stored() -> None:
    head = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Channel>Security</Channel></System>"
    clean = forms()["wevtutil_qe"].redact_all
    assert clean is not None
    assert clean(f"{head}<EventData><Data Name='CommandLine'>net use /user:a\nHimitsu7</Data></EventData></Event>") == f"{head}\n"
