"""Which machines and lines a notice is about: of a file by product and version, of paper by a person's words."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.analyze.notice_matches import ANALYZER
from omamori.model.declared import LedgerAsset, RemoteLine, VendorAnswer, VendorNotice
from omamori.model.derived import Asset
from omamori.model.device import DeviceFact
from omamori.model.host import Host, Software
from omamori.model.look import Collected
from omamori.model.notices import PublishedNotice
from omamori.model.patching import NoticeMatch, Vulnerability

FORTIOS = [
    PublishedNotice(
        notice="FG-IR-24-015", publisher="Fortinet", flaw="CVE-2024-21762", vendor="fortinet", product="fortios", since=since, before=before,
        published=date(2026, 10, 1), evidence="n:1",
    )
    for since, before in (("7.2.0", "7.2.7"), ("7.4.0", "7.4.3"), ("6.0", "6.0.18"))
]  # fmt: skip
SITE = [
    Asset(asset="fw"),
    Asset(asset="fw-new"),
    Asset(asset="pc"),
    Asset(asset="CT操作卓", hostname="CT1"),
    DeviceFact(asset="fw", system="fortios", version="7.2.4"),
    DeviceFact(asset="fw-new", system="fortios", version="7.2.8"),
    Host(asset="pc", platform="windows", os_name="Windows 10"),
    Software(asset="pc", name="Mozilla Firefox (x64 ja)", version="115.0", publisher="Mozilla"),
    LedgerAsset(asset="CT操作卓", os="Windows 7", software="DICOM Viewer"),
    RemoteLine(line="保守VPN", device="FortiGate 60E", firmware="6.0.4"),
]
SITE_LOOKS = ("published_notices", "vendor_notices", "vendor_answers", "ledger_assets", "remote_lines")
DEVICE = ("device_facts", "device_interfaces")
LOOKS = {"*": SITE_LOOKS, "fw": DEVICE, "fw-new": DEVICE, "pc": ("hosts", "software"), "CT操作卓": ("software",)}


def matches(found):
    return {(row.asset, row.notice): row for row in found if isinstance(row, NoticeMatch)}


def looks(found):
    return {row.asset: row for row in found if isinstance(row, Collected)}


def test_a_notice_that_came_as_a_file_names_our_devices_and_lines_and_says_why(run):
    found = matches(run(ANALYZER, [*SITE, *FORTIOS], LOOKS))
    assert set(found) == {("fw", "FG-IR-24-015"), ("保守VPN", "FG-IR-24-015")}, "7.2.8 is repaired"
    row = found["fw", "FG-IR-24-015"]
    assert (row.subject_kind, row.flaw, row.version, row.undecided, row.doubt) == ("asset", "CVE-2024-21762", "7.2.4", False, None)
    assert row.matched == "FortiOS 7.2.4 (seen) = fortinet:fortios >= 7.2.0 < 7.2.7"
    assert (row.vendor, row.told, row.decision, row.evidence) == ("Fortinet", date(2026, 10, 1), None, "n:1")
    line = found["保守VPN", "FG-IR-24-015"]
    assert (line.subject_kind, line.version, line.undecided) == ("line", "6.0.4", False)
    assert "(declared)" in line.matched


def test_only_a_name_or_no_version_has_to_be_confirmed(run):
    notices = [
        PublishedNotice(notice="A", vendor="mozilla", product="firefox"),
        PublishedNotice(notice="B", vendor="acme", product="viewer"),
        PublishedNotice(notice="C", product="dicom viewer", before="5.0"),
    ]
    found = matches(run(ANALYZER, [*SITE, *notices], LOOKS))
    assert set(found) == {("pc", "A"), ("CT操作卓", "C")}
    assert found["pc", "A"].undecided and "no version" in found["pc", "A"].doubt and "版が書かれて" in found["pc", "A"].doubt_ja
    assert found["CT操作卓", "C"].undecided and "not known" in found["CT操作卓", "C"].doubt


def test_a_flaw_found_under_another_name_has_to_be_confirmed(run):
    rows = [
        PublishedNotice(notice="V-1", vendor="acme", product="imaging console", flaw="CVE-2021-44228"),
        Vulnerability(asset="pc", flaw="CVE-2021-44228", product="log4j", version="2.14"),
        Vulnerability(asset="pc", flaw="CVE-2021-0000", product="other"),
    ]
    found = matches(run(ANALYZER, [*SITE, *rows], LOOKS))
    assert set(found) == {("pc", "V-1")}
    assert found["pc", "V-1"].undecided and "log4j" in found["pc", "V-1"].doubt_ja


def test_a_notice_on_paper_names_machines_lines_products_and_flaws(run):
    rows = [
        VendorNotice(notice="手紙1", received=date(2026, 9, 1), vendor="CTメーカー", concerns="CT1、保守VPN、firefox", evidence="w:1"),
        VendorNotice(notice="電話2", flaws="cve-2020-0001"),
        VendorNotice(notice="該当なし", concerns="", decision="not-concerned", flaws="CVE-2020-0001"),
        Vulnerability(asset="fw", flaw="CVE-2020-0001", product="fortios", version="7.2.4"),
    ]
    found = matches(run(ANALYZER, [*SITE, *rows], LOOKS))
    assert {key: row.undecided for key, row in found.items()} == {
        ("CT操作卓", "手紙1"): False, ("保守VPN", "手紙1"): False, ("pc", "手紙1"): True, ("fw", "電話2"): False,
    }  # fmt: skip
    assert (found["CT操作卓", "手紙1"].vendor, found["CT操作卓", "手紙1"].told) == ("CTメーカー", date(2026, 9, 1))
    assert found["fw", "電話2"].flaw == "CVE-2020-0001" and "fortios 7.2.4" in found["fw", "電話2"].matched


def test_a_decision_stands_with_the_match(run):
    rows = [
        *FORTIOS,
        VendorNotice(notice="FG-IR-24-015", concerns="fw", decision="update"),
        VendorAnswer(vendor="v", asset="保守VPN", question="notice", notice="FG-IR-24-015", answer="vendor"),
    ]
    found = matches(run(ANALYZER, [*SITE, *rows], LOOKS))
    assert {asset: row.decision for (asset, _), row in found.items()} == {"fw": "update", "保守VPN": "vendor"}


def test_looks_are_as_good_as_what_they_rest_on(run):
    assert all(row.complete and not row.missing for row in looks(run(ANALYZER, SITE, LOOKS)).values())
    for table in ("published_notices", "vendor_notices", "ledger_assets", "remote_lines"):
        found = looks(run(ANALYZER, SITE, {**LOOKS, "*": tuple(name for name in SITE_LOOKS if name != table)}, [unseen("*", table)]))
        assert not any(row.complete for row in found.values()), table
    found = looks(run(ANALYZER, SITE, {**LOOKS, "*": SITE_LOOKS[:2] + SITE_LOOKS[3:]}, [unseen("*", "vendor_answers")]))
    assert all(row.complete and row.missing == "decision" for row in found.values())
    lost = [{**LOOKS, "fw": DEVICE[1:]}, [unseen("fw", "device_facts")]]
    found = looks(run(ANALYZER, [*SITE, *FORTIOS], *lost))
    assert {asset for asset, row in found.items() if not row.complete} == {"fw"}
    assert not looks(run(ANALYZER, [*SITE, VendorNotice(notice="手紙", concerns="firefox")], *lost))["fw"].complete
    # A notice that names machines needs to know nothing of what stands on them.
    assert looks(run(ANALYZER, [*SITE, VendorNotice(notice="手紙", concerns="CT1")], *lost))["fw"].complete


def test_nobody_has_to_have_a_notice_as_a_file(run):
    found = looks(run(ANALYZER, SITE, {**LOOKS, "*": ("vendor_notices", "ledger_assets", "remote_lines")}))
    assert all(row.complete for row in found.values())


def test_which_flaws_were_found_matters_where_a_notice_names_one(run):
    lost = [unseen("fw", "vulnerabilities")]
    assert all(row.complete for row in looks(run(ANALYZER, [*SITE, VendorNotice(notice="手紙")], LOOKS, lost)).values())
    for named in (VendorNotice(notice="手紙", flaws="CVE-2020-0001"), FORTIOS[0]):
        found = looks(run(ANALYZER, [*SITE, named], LOOKS, lost))
        assert not found["fw"].complete and found["pc"].complete


def unseen(asset, table):
    return Collected(asset=asset, table_name=table, source="x", complete=False, reason="not_collected")


PLACES = [*((asset, table) for asset, tables in LOOKS.items() for table in tables), ("fw", "vulnerabilities")]
ROWS = [
    *SITE,
    *FORTIOS,
    VendorNotice(notice="手紙", concerns="CT1, firefox"),
    Vulnerability(asset="fw", flaw="CVE-2024-21762", product="fortios"),
]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(removed=st.sets(st.sampled_from(PLACES), min_size=1))
def test_a_match_that_vanishes_leaves_an_incomplete_look(run, removed):
    """Law 1."""
    gone = {table for asset, table in removed if asset == "*"}
    tables = {
        "published_notices": PublishedNotice,
        "vendor_notices": VendorNotice,
        "ledger_assets": LedgerAsset,
        "remote_lines": RemoteLine,
    }
    tables |= {"device_facts": DeviceFact, "software": Software, "hosts": Host, "vulnerabilities": Vulnerability}
    kept = [
        row
        for row in ROWS
        if not any(
            isinstance(row, kind) and (name in gone or (getattr(row, "asset", None), name) in removed) for name, kind in tables.items()
        )
    ]
    left = {asset: tuple(table for table in held if (asset, table) not in removed) for asset, held in LOOKS.items()}
    before = matches(run(ANALYZER, ROWS, LOOKS))
    found = run(ANALYZER, kept, left, [unseen(*place) for place in removed])
    after, seen = matches(found), looks(found)
    for key in set(before) - set(after):
        if key[0] in seen:  # a line that only the ledger knew is gone with its sheet
            assert not seen[key[0]].complete, (key, removed)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=80), flaws=st.text(max_size=40), product=st.text(max_size=40), since=st.text(max_size=12))
def test_whatever_stands_in_a_notice_is_taken(run, words, flaws, product, since):
    rows = [
        VendorNotice(notice=words[:20] or "n", concerns=words, flaws=flaws),
        PublishedNotice(notice="x", product=product, since=since, scheme=words[:5]),
    ]
    for row in matches(run(ANALYZER, [*SITE, *rows], LOOKS)).values():
        assert row.undecided == (row.doubt is not None) == (row.doubt_ja is not None)
