"""What is taken out before storing leaves the rows of accounts, groups, policies and logs as they are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.interface import Context
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.parse.windows.commands import parse
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import KIND, Origin, write_pieces

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind=KIND, seen=NOW, received=NOW)
FORMS = ("net_*", "secedit", "local_*", "user_accounts", "group_users", "ad_*", "gpresult", "auditpol*", "event_logs", "wevtutil_gl")
SAMPLES = sorted(path for pattern in FORMS for path in DATA.glob(f"{pattern}/*.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_rows_are_the_same_after_redaction(path):
    session = read_session(path.read_bytes())
    raw = write_pieces([(piece, Origin(path.name, session.encoding)) for piece in session.pieces])
    clean = redact_for(parsers()[KIND], raw)
    assert parse(clean.data, CONTEXT) == parse(raw, CONTEXT)


@pytest.mark.parametrize(
    "typed", ["net user hoshu Himitsu-9 /domain", 'net user "hoshu b" Himitsu-9 /domain /add', "NET USER hoshu Himitsu-9"]
)
def test_a_password_that_was_typed_is_not_kept(typed):
    output = "The request will be processed at a domain controller for domain hosp.example.\n\nThe command completed successfully.\n"
    session = read_session(f"C:\\>{typed}\n{output}C:\\>\n".encode())
    assert session.pieces[0].command == typed
    raw = write_pieces([(piece, Origin("a.txt", session.encoding)) for piece in session.pieces])
    clean = redact_for(parsers()[KIND], raw)
    assert b"Himitsu-9" not in clean.data and b"[secret: password, set]" in clean.data and b"hoshu" in clean.data
