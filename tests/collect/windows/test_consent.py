"""Who agreed to a look, by the list that the kit reads too."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.collect.windows.consent import Consent, read_machines
from omamori.model.windows import Consent as Row
from omamori.parse.interface import Context
from omamori.parse.windows.forms.kit_consent import read
from omamori.parse.windows.session import read_session

LIST = """# a comment;ordinary;nobody
KARTE-PC01;ordinary;情報課 2026-11-20
CT-CONSOLE;medical;みほん医療機器 佐藤様 2026-11-18
10.1.0.21;vendor;
PACS;medical;
ODD;something;x
XRAY
"CT2";"Medical";
"CT3" ; medical ; Maker
MR.hosp.local;medical;
ECHO.a.local;ordinary;
ECHO.b.local;vendor;
*;ordinary;情報課 2026-11-20
"""
NOW = datetime(2026, 3, 2)
MACHINES = read_machines(LIST.replace("\n", "\r\n").encode("cp932"))


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        ("karte-pc01", "ordinary"),
        ("KARTE-PC01.hospital.local", "ordinary"),
        ("ct-console", "medical"),
        ("10.1.0.21", None),  # a vendor's, and nobody agreed: the line of all does not help it
        ("pacs.hospital.local", None),
        ("never-heard-of", "ordinary"),
        ("10.1.0.99", "ordinary"),
        ("odd", None),  # its own line says no kind that is known
        ("xray", None),
        ("ct2", None),
        ("ct3", "medical"),
        ("mr", None),  # the list has its full name
        ("mr.hosp.local", None),
        ("mr.else.local", "ordinary"),  # another machine
        ("echo.a.local", "ordinary"),
        ("echo", None),  # may be the one nobody agreed to
        ("10.1", "ordinary"),  # no beginning of an address
    ],
)
def test_the_list_decides(name: str, machine: str | None) -> None:
    found = MACHINES.of(name)
    assert (found.machine if found else None) == machine


def test_a_medical_device_has_to_be_named() -> None:
    assert read_machines(b"*;medical;Maker 2026").of("x") is None
    assert read_machines(b"*;vendor;Vendor 2026").of("x") == Consent("vendor", "Vendor 2026", "machines.txt")
    assert read_machines(b"*;vendor;").of("x") is None
    assert read_machines(b"*;medical;Maker 2026\n*;ordinary;").of("x") is None
    assert read_machines("機器;ordinary;x".encode()).of("other") is None


@pytest.mark.parametrize(
    ("consent", "enough"),
    [
        (Consent("ordinary"), True),
        (Consent("vendor", "Ms Sato 2026"), True),
        (Consent("vendor", "  "), False),
        (Consent("medical"), False),
        (Consent(""), False),
        (Consent("else", "Ms Sato"), False),
    ],
)
def test_what_is_enough(consent: Consent, enough: bool) -> None:
    assert consent.enough is enough


def test_the_answer_is_stored_as_the_kits_is() -> None:
    (piece,) = read_session(Consent("medical", "佐藤様\r\nmachine=ordinary 2026", "情報課").section()).pieces
    (row,) = read(piece, Context("windows.commands", NOW, NOW)).rows
    assert isinstance(row, Row)
    assert (row.machine, row.agreed, row.answered_by) == ("medical", "佐藤様 machine=ordinary 2026", "情報課")
