"""Fortinet's CSAF and CVRF against the facts vuls-data-update took out of the same files; every difference has its reason."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from vuls_data import affected_of, content_of, flaws_of, goldens, load, need

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected
from omamori.parse.feeds.fortinet import FEEDS, csaf_name, cvrf_name
from omamori.parse.feeds.ranges import Range
from omamori.parse.feeds.registry import parser_of

CSAF, CVRF = FEEDS


def facts(parser: Any, data: bytes) -> tuple[Advisory, list[str], list[Affected]]:
    found = list(parser.read(io.BytesIO(data), "file"))
    advisory = next(one for one in found if isinstance(one, Advisory))
    return advisory, [one.flaw for one in found if isinstance(one, AdvisoryFlaw)], [one for one in found if isinstance(one, Affected)]


def short(version: str) -> str:
    """7.0.0 as the other reader writes the beginning of a branch: 7.0."""
    return version.removesuffix(".0") if version.count(".") == 2 else version


def plain(rows: list[Affected], status: str = "affected") -> set[tuple[str, Range]]:
    return {
        (f"{row.vendor}:{row.product}", Range(row.since, row.since_out, row.before, row.before_in)) for row in rows if row.status == status
    }


def as_theirs(rows: set[tuple[str, Range]]) -> set[tuple[str, Range]]:
    """Our FortiOS branches begin with a third number, since FortiOS versions have three: 7.0.0 up to 7.1.0 is their 7.0 up to 7.1."""
    return {
        (name, Range(short(one.since), one.since_out, short(one.before), one.before_in) if not one.before_in and one.since else one)
        for name, one in rows
    }


# Names of the CPE dictionary that the other reader does not use.
NAMES = {"fortinet:fortianalyzer-bigdata": "fortinet:fortianalyzer_big_data"}


def ended(one: Range) -> Range:
    """`7.0.6 and above` stands in a table by branch, beside rows for 7.2 and 7.4 with their repaired versions: theirs has no end and so
    holds repaired versions too, ours ends with the branch."""
    if not one.since or one.before:
        return one
    major, minor = one.since.split(".")[:2]
    return Range(since=one.since, before=f"{major}.{int(minor) + 1}")


def test_csaf_says_what_another_reader_found():
    expected = goldens("extract/fortinet/csaf/testdata/golden/data")
    assert len(expected) == 5
    for name, golden in expected.items():
        path = next(need("extract/fortinet/csaf/testdata/fixtures").rglob(f"{name}.json"))
        advisory, flaws, rows = facts(CSAF, path.read_bytes())
        said = content_of(golden)
        assert (advisory.advisory, advisory.title) == (name, said["title"])
        assert (str(advisory.published), str(advisory.modified)) == (said["published"][:10], said["modified"][:10])
        assert flaws == (flaws_of(golden) or [name])
        scores = {
            one["cvss_v31"]["base_score"]
            for vulnerability in golden.get("vulnerabilities", golden["advisories"])
            for one in vulnerability["content"].get("severity", [])
            if "cvss_v31" in one
        }
        assert advisory.cvss in scores or not scores
        theirs = {(NAMES.get(product, product), ended(one)) for product, one in affected_of(golden)}
        assert as_theirs(plain(rows)) == as_theirs(theirs)


def test_a_repaired_version_is_told_and_is_not_affected():
    _, _, rows = facts(CSAF, need("extract/fortinet/csaf/testdata/fixtures/2024/FG-IR-24-385.json").read_bytes())
    fixed = {(row.product, row.since): row.fixed for row in rows if row.status == "affected"}
    assert fixed["fortios", "7.4.0"] == "7.4.8" and fixed["fortios", "7.2.0"] == "7.2.12"
    assert ("fortinet:fortios", Range("7.4.8", before="7.4.8", before_in=True)) in plain(rows, "not_affected")
    assert ("fortinet:fortios", Range("7.6.0", before="7.7.0")) in plain(rows, "not_affected")


def test_other_products_named_below_the_one_an_advisory_is_about_keep_their_names():
    _, _, rows = facts(CSAF, need("extract/fortinet/csaf/testdata/fixtures/2026/FG-IR-26-076.json").read_bytes())
    assert plain(rows) == set()
    assert {("fortinet:fortios", Range()), ("fortinet:fortinac-f", Range())} <= plain(rows, "not_affected")


def test_what_fortinet_serves_against_its_own_form_is_read():
    """A list inside the list of flaws (csaf_apache-tika…) keeps its flaws; the pages in HTML are nobody's."""
    folder = need("fetch/fortinet/csaf/testdata/fixtures")
    data = (folder / "invalid-csaf/csaf_apache-tika-cve-2025-54988.json").read_bytes()
    assert parser_of("csaf_x.json", data[:65536]) is CSAF
    advisory, flaws, rows = facts(CSAF, data)
    assert (advisory.advisory, flaws) == ("FG-IR-25-771", ["CVE-2025-54988"])
    assert ("fortinet:fortidlp", Range("12.2.1", before="12.2.2", before_in=True)) in plain(rows)
    for page in (folder / "happy/FG-IR-25-756", folder / "invalid-csaf/FG-IR-25-771", folder / "cvrf-only/FG-IR-24-437"):
        assert parser_of(page.name, page.read_bytes()[:65536]) is None


# ---- CVRF: the files of the other reader's expected facts are kept as JSON of the XML, and written back as XML here.


def cvrf_of(fixture: Any) -> bytes:
    tracking, flaw = fixture["documenttracking"], fixture["vulnerability"]
    notes = "".join(f"<Note Title={quoteattr(n['title'])}>{escape(n['text'])}</Note>" for n in fixture["documentnotes"]["note"])
    status = flaw.get("product_statuses", {}).get("status", {})
    score = flaw.get("cvss_scoresets", {}).get("scoreset_v3", {})
    return f"""<cvrf:cvrfdoc xmlns:cvrf="http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/cvrf">
<cvrf:DocumentTitle>{escape(fixture["document_title"])}</cvrf:DocumentTitle>
<cvrf:DocumentPublisher Type="Vendor"><cvrf:ContactDetails>Fortinet PSIRT</cvrf:ContactDetails></cvrf:DocumentPublisher>
<cvrf:DocumentTracking><cvrf:Identification><cvrf:ID>{tracking["identification"]["id"]}</cvrf:ID></cvrf:Identification>
<cvrf:InitialReleaseDate>{tracking.get("initial_release_date", "")}</cvrf:InitialReleaseDate>
<cvrf:CurrentReleaseDate>{tracking.get("current_release_date", "")}</cvrf:CurrentReleaseDate></cvrf:DocumentTracking>
<cvrf:DocumentNotes>{notes}</cvrf:DocumentNotes>
<ProductTree>{branches(fixture.get("product_tree", {}).get("branch"))}</ProductTree>
<Vulnerability Ordinal="1">{"".join(f"<cvrf:CVE>{one}</cvrf:CVE>" for one in flaw.get("cve", []))}
<ProductStatuses><Status Type={quoteattr(status.get("type", ""))}>{
        "".join(f"<ProductID>{escape(one)}</ProductID>" for one in status.get("product_id", []))
    }</Status></ProductStatuses>
<CVSSScoreSets><ScoreSetV3><BaseScoreV3>{score.get("base_score_v3", "")}</BaseScoreV3><VectorV3>{score.get("vector_v3", "")}</VectorV3>
</ScoreSetV3></CVSSScoreSets></Vulnerability></cvrf:cvrfdoc>""".encode()


def branches(found: Any) -> str:
    listed = found if isinstance(found, list) else [found] if found else []
    return "".join(
        f"<Branch Name={quoteattr(one['name'])} Type={quoteattr(one['type'])}>{branches(one.get('branch'))}{full_name(one)}</Branch>"
        for one in listed
        if one.get("name")
    )


def full_name(branch: Any) -> str:
    found = branch.get("full_product_name")
    return f"<FullProductName ProductID={quoteattr(found['product_id'])}>{escape(found['text'])}</FullProductName>" if found else ""


SINGLE_VERSIONS = {
    # Theirs reads the words "through" out of prose; in ours such a clause stays with its words and decides nothing.
    "FG-IR-012-001": {"fortinet:fortios"},
    "FG-IR-13-008": {"fortinet:forticlient", "fortinet:forticlient_lite", "fortinet:forticlient_ssl_vpn"},
}
THEIR_NAME = {
    # An agent for another program is not the appliance whose name it begins with.
    "fortinet:fortiauthenticator_outlookagent": "fortinet:fortiauthenticator",
}


def test_cvrf_says_what_another_reader_found():
    expected = goldens("extract/fortinet/cvrf/testdata/golden/data")
    assert len(expected) == 7
    for name, golden in expected.items():
        fixture = load(next(need("extract/fortinet/cvrf/testdata/fixtures").rglob(f"{name}.json")))
        advisory, flaws, rows = facts(CVRF, cvrf_of(fixture))
        said = content_of(golden)
        assert (advisory.advisory, advisory.title) == (name, said["title"])
        if said.get("published"):
            assert (str(advisory.published), str(advisory.modified)) == (said["published"][:10], said["modified"][:10])
        assert flaws == (flaws_of(golden) or [name])
        assert [advisory.cvss] * len(said.get("severity", [])) == [one["cvss_v31"]["base_score"] for one in said.get("severity", [])]
        ours = {(THEIR_NAME.get(product, product), one) for product, one in plain(rows)}
        if name in SINGLE_VERSIONS:
            undecided = {f"{row.vendor}:{row.product}" for row in rows if row.status == "undetermined"}
            assert ours == set() and undecided and {one for one, _ in affected_of(golden)} == SINGLE_VERSIONS[name]
        else:
            assert ours == affected_of(golden)


def test_a_product_listed_with_a_branch_for_a_version_decides_nothing():
    """FG-IR-26-155 in CVRF calls `FortiSIEMWindowsAgent 7.5` affected; in CSAF the same advisory says that 7.5 is not."""
    named = cvrf_name("x", None)
    assert named is None
    fixture = load(need("extract/fortinet/cvrf/testdata/fixtures/2026/FG-IR-26-155.json"))
    _, _, rows = facts(CVRF, cvrf_of(fixture))
    assert {row.status for row in rows} == {"undetermined"} and all(row.needs and row.confidence == "low" for row in rows)


def test_every_cvrf_file_as_it_is_served_is_read():
    for path in sorted(need("fetch/fortinet/cvrf/testdata/fixtures").glob("*.xml")):
        data = path.read_bytes()
        assert parser_of(path.name, data[:65536]) is CVRF
        advisory, _, rows = facts(CVRF, data)
        assert advisory.advisory == path.stem
        if path.stem == "FG-IR-23-392":
            assert len(plain(rows)) == 31 and (advisory.cvss, advisory.severity) == (2.3, "LOW")


@pytest.mark.parametrize(
    ("identifier", "product", "since", "before"),
    [
        ("FortiOS-7.4.4", "fortios", "7.4.4", "7.4.4"),
        ("FortiADC Manager 7.6.0", "fortiadc_manager", "7.6.0", "7.6.0"),
        ("FortiOS 7.0 all versions", "fortios", "7.0.0", "7.1.0"),
        ("FortiWeb 7.2.8 and above", "fortiweb", "7.2.8", "7.3"),
        ("FortiOS >=7.4.0|<=7.4.3", "fortios", "7.4.0", "7.4.3"),
    ],
)
def test_identifiers_that_stand_in_no_tree(identifier, product, since, before):
    named = csaf_name(identifier, None)
    assert named is not None and named.product == product and named.ranges is not None
    assert [(one.since, one.before) for one in named.ranges] == [(since, before)]
