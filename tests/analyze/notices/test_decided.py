"""Decisions about notices: of the sheet, else of the vendor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.notices.decided import Decisions, flaws_in, parts_of
from omamori.model.declared import VendorAnswer, VendorNotice
from omamori.snapshot.database import Database

NAMES = {"ct1": "CT1", "ct2": "CT2"}


def of(rows, subject, notice, flaw=None):
    with Database() as database:
        database.insert(rows)
        return Decisions.read(database, NAMES).of(subject, notice, flaw)


def test_flaws_and_parts_in_what_a_person_wrote():
    assert flaws_in("cve-2024-21762 と FG-IR-24-015、JVNDB-2024-001234 CVE-2024-21762") == (
        "CVE-2024-21762", "FG-IR-24-015", "JVNDB-2024-001234",
    )  # fmt: skip
    assert parts_of("CT1、 FortiOS ;CT1\nPACS") == ("CT1", "FortiOS", "PACS")
    assert flaws_in(None) == parts_of("") == ()


@given(st.text(max_size=200))
def test_whatever_a_person_wrote_is_read(text):
    assert all(flaw == flaw.upper() for flaw in flaws_in(text))
    assert all(part.strip() == part != "" for part in parts_of(text))


@pytest.mark.parametrize("decision", ["update", "vendor-updates", "protect", "done", "not-concerned"])
def test_the_sheet_decides_for_the_machines_it_names(decision):
    rows = [VendorNotice(notice="FG-IR-24-015", concerns="CT1", decision=decision)]
    assert of(rows, "CT1", "fg-ir-24-015") == decision
    assert of(rows, "CT2", "FG-IR-24-015") is None
    assert of([VendorNotice(notice="FG-IR-24-015", decision=decision)], "CT2", "FG-IR-24-015") == decision


def test_being_checked_is_no_decision():
    assert of([VendorNotice(notice="A", decision="checking")], "CT1", "A") is None
    assert of([VendorNotice(notice="A")], "CT1", "A") is None


def test_a_notice_on_paper_also_decides_about_the_same_flaw_in_a_file():
    rows = [VendorNotice(notice="お手紙", flaws="CVE-2024-1111", decision="done")]
    assert of(rows, "CT1", "FG-IR-24-001", "CVE-2024-1111") == "done"
    assert of(rows, "CT1", "FG-IR-24-001", "CVE-2024-2222") is None


def test_a_vendors_answer_decides_where_the_sheet_does_not():
    answer = VendorAnswer(vendor="v", asset="CT1", question="notice", notice="A", answer="vendor")
    assert of([answer], "CT1", "A") == "vendor"
    assert of([answer], "CT2", "A") is None
    assert of([VendorAnswer(vendor="v", asset="CT1", question="notice", notice="A", answer="checking")], "CT1", "A") is None
    denied = VendorAnswer(vendor="v", asset="CT1", question="notice-concerns", notice="A", answer="no")
    assert of([denied, answer], "CT1", "A") == "not-concerned"
    assert of([answer, VendorNotice(notice="A", decision="protect")], "CT1", "A") == "protect"
