"""SPDX 2.x in JSON and tag-value."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import Context, EvidenceError
from omamori.parse.registry import recognise
from omamori.parse.sbom.spdx import KIND, parse

NOW = datetime(2026, 11, 23)
CONTEXT = Context(KIND, NOW, NOW, file_name="bill.spdx")
PURL = "pkg:npm/%40scope/left-pad@1.3.0"
TAGS = f"""SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
DocumentName: viewer-2.1
PackageName: left-pad
SPDXID: SPDXRef-1
PackageVersion: 1.3.0
PackageSupplier: Organization: Acme Inc.
PackageComment: <text>several
PackageName: not a package
lines</text>
ExternalRef: PACKAGE-MANAGER purl {PURL}
FileName: ./a.js
PackageName: openssl
PackageVersion: NOASSERTION
ExternalRef: SECURITY cpe23Type cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*
"""


def test_the_tag_value_form():
    found = parse(TAGS.encode(), CONTEXT)
    pad, ssl = found.rows
    assert (pad.name, pad.version, pad.purl, pad.supplier, pad.product, pad.evidence) == (
        "left-pad",
        "1.3.0",
        PURL,
        "Acme Inc.",
        "viewer-2.1",
        "4",
    )
    assert (ssl.name, ssl.version, ssl.cpe) == ("openssl", None, "cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*")
    assert found.looks[0].complete and found.speaker == "viewer-2.1"


def test_the_json_form():
    package = {"name": "left-pad", "SPDXID": "SPDXRef-1", "versionInfo": "1.3.0", "supplier": "Organization: Acme"}
    package["externalRefs"] = [{"referenceType": "purl", "referenceLocator": PURL}, 5]
    bill = {"spdxVersion": "SPDX-2.3", "name": "viewer", "packages": [package, {"versionInfo": "1"}, 3]}
    found = parse(json.dumps(bill).encode(), CONTEXT)
    assert [(row.name, row.version, row.purl, row.supplier) for row in found.rows] == [("left-pad", "1.3.0", PURL, "Acme")]
    assert len(found.problems) == 2 and found.looks[0].reason == "not_understood"


def test_what_is_no_bill_is_refused():
    for data in (b"\xff\xfe", b"{", b"[]", b'{"spdxVersion": "SPDX-3.0"}', b"[" * 100_000):
        with pytest.raises(EvidenceError):
            parse(data, CONTEXT)


@given(st.lists(st.sampled_from(TAGS.splitlines()), max_size=20))
def test_lines_in_any_order_are_read(lines):
    found = parse("\n".join(["SPDXVersion: SPDX-2.2", *lines]).encode(), CONTEXT)
    assert all(row.name and not row.name.startswith("NOASSERTION") for row in found.rows)


def test_recognised_by_content():
    assert recognise(TAGS.encode(), "x").kind == KIND
    assert recognise(b'{"SPDXID": "SPDXRef-DOCUMENT", "spdxVersion": "SPDX-2.3"}', "x").kind == KIND


@pytest.mark.parametrize(
    "data",
    [b'{"spdxVersion": "SPDX-2.3", "packages": {"name": "log4j"}}', TAGS.replace("lines</text>", "lines").encode()],
    ids=["packages are no list", "a text without an end"],
)
def test_packages_that_could_not_be_reached_are_no_complete_look(data):
    found = parse(data, CONTEXT)
    assert [look.complete for look in found.looks] == [False] and len(found.problems) == 1


def test_the_comment_on_the_document_may_name_the_machine():
    tags = TAGS.replace("DocumentName", "DocumentComment: <text>for omamori:asset=ct-01</text>\nDocumentName")
    assert {row.asset for row in parse(tags.encode(), CONTEXT).rows} == {"ct-01"}
    bill = {"spdxVersion": "SPDX-2.3", "comment": "omamori:asset=ct-01", "packages": [{"name": "zlib"}]}
    assert {row.asset for row in parse(json.dumps(bill).encode(), CONTEXT).rows} == {"ct-01"}
