"""Microsoft's CVRF: the documents it serves, and cut entries whose facts another tool (vuls-data-update) has written down."""

from __future__ import annotations

import io
import json
import os
from collections import defaultdict
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from omamori.model.facts import Advisory, Broken, Exploited, WindowsFix, WindowsReplaced
from omamori.parse.feeds.interface import AsOf, FeedError
from omamori.parse.feeds.microsoft_cvrf import read, recognise
from omamori.parse.feeds.registry import parser_of

ROOT = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds" / "vuls-data-update"
SERVED = ROOT / "fetch" / "microsoft" / "cvrf" / "testdata" / "fixtures" / "happy" / "cvrf"
CUT = ROOT / "extract" / "microsoft" / "cvrf" / "testdata"
DOCUMENT = """<?xml version="1.0"?><cvrf:cvrfdoc xmlns:cvrf="http://www.icasi.org/CVRF/schema/cvrf/1.1"
 xmlns:vuln="http://www.icasi.org/CVRF/schema/vuln/1.1" xmlns:prod="http://www.icasi.org/CVRF/schema/prod/1.1">
<cvrf:DocumentPublisher Type="Vendor"><cvrf:ContactDetails>secure@microsoft.com</cvrf:ContactDetails></cvrf:DocumentPublisher>
<cvrf:DocumentTracking><cvrf:InitialReleaseDate>2024-01-09T08:00:00</cvrf:InitialReleaseDate></cvrf:DocumentTracking>
<prod:ProductTree>{products}</prod:ProductTree>{flaws}</cvrf:cvrfdoc>"""
FLAW = """<vuln:Vulnerability><vuln:Title>Kerberos</vuln:Title><vuln:Notes><vuln:Note Type="Tag">Windows Kerberos</vuln:Note></vuln:Notes>
<vuln:CVE>CVE-2024-20674</vuln:CVE><vuln:Threats><vuln:Threat Type="Severity"><vuln:Description>Critical</vuln:Description>
<vuln:ProductID>1</vuln:ProductID></vuln:Threat><vuln:Threat Type="Exploit Status"><vuln:Description>Publicly Disclosed:No;Exploited:Yes
</vuln:Description></vuln:Threat></vuln:Threats><vuln:CVSSScoreSets><vuln:ScoreSet><vuln:BaseScore>8.8</vuln:BaseScore>
<vuln:Vector>CVSS:3.1/AV:A</vuln:Vector></vuln:ScoreSet></vuln:CVSSScoreSets><vuln:Remediations>
<vuln:Remediation Type="Vendor Fix"><vuln:Description>5034122</vuln:Description><vuln:Supercedence>5033372</vuln:Supercedence>
<vuln:ProductID>1</vuln:ProductID><vuln:SubType>Security Update</vuln:SubType><vuln:FixedBuild>10.0.19045.3930</vuln:FixedBuild>
</vuln:Remediation><vuln:Remediation Type="Workaround"><vuln:Description>5030000</vuln:Description></vuln:Remediation>
</vuln:Remediations><vuln:RevisionHistory><vuln:Revision><vuln:Date>2024-01-09T08:00:00</vuln:Date></vuln:Revision>
</vuln:RevisionHistory></vuln:Vulnerability>"""
PRODUCT = '<prod:FullProductName ProductID="1">Windows 10 Version 22H2 for x64-based Systems</prod:FullProductName>'


def facts(data: bytes, name: str = "2024-Mar") -> list[Any]:
    return list(read(io.BytesIO(data), name))


def served(name: str) -> bytes:
    if not (SERVED / name).exists():
        pytest.skip(f"real captures are not here: {SERVED / name}")
    return (SERVED / name).read_bytes()


def test_what_microsoft_adds() -> None:
    found = facts(DOCUMENT.format(products=PRODUCT, flaws=FLAW).encode())
    (fix,) = [row for row in found if isinstance(row, WindowsFix)]
    assert (fix.flaw, fix.update, fix.build, fix.kind) == ("CVE-2024-20674", "5034122", "10.0.19045.3930", "Security Update")
    assert (fix.product, fix.component, fix.severity) == ("Windows 10 Version 22H2 for x64-based Systems", "Windows Kerberos", "Critical")
    assert [(row.update, row.replaces) for row in found if isinstance(row, WindowsReplaced)] == [("5034122", "5033372")]
    (advisory,) = [row for row in found if isinstance(row, Advisory)]
    assert (advisory.cvss, advisory.vector, str(advisory.published), advisory.severity) == (8.8, "CVSS:3.1/AV:A", "2024-01-09", "Critical")
    assert [row.flaw for row in found if isinstance(row, Exploited)] == ["CVE-2024-20674"]


def test_a_flaw_without_a_number_is_told_and_the_rest_stays() -> None:
    bad = FLAW.replace("CVE-2024-20674", "CVE-2023-38039 mariner - do not use this one")
    found = facts(DOCUMENT.format(products=PRODUCT, flaws=bad + FLAW).encode())
    assert [row.reason for row in found if isinstance(row, Broken)] == ["expected a CVE or ADV number of the flaw"]
    assert [row.flaw for row in found if isinstance(row, WindowsFix)] == ["CVE-2024-20674"]


def test_entities_are_refused() -> None:
    text = DOCUMENT.format(products=PRODUCT, flaws=FLAW).replace("?><", '?><!DOCTYPE a [<!ENTITY b "c">]><', 1)
    with pytest.raises(FeedError):
        facts(text.encode())


@pytest.mark.parametrize("name", ["2016-Apr", "2024-Mar"])
def test_what_is_served_is_recognised_and_read_whole(name: str) -> None:
    data = served(name)
    assert recognise(name, data[:65536])
    parser = parser_of(name, data[:65536])
    assert parser is not None and (parser.feed, parser.form) == ("microsoft", "cvrf")
    found = facts(data, name)
    assert not [row for row in found if isinstance(row, Broken)]
    assert [row for row in found if isinstance(row, AsOf)]


def test_a_month_as_served() -> None:
    found = facts(served("2024-Mar"))
    fixes = {(row.product, row.update, row.kind) for row in found if isinstance(row, WindowsFix)}
    assert (".NET 8.0", "5036452", "Security Update") in fixes
    # `Release Notes` is no update: it is kept and never a match.
    assert ("Microsoft Visual Studio 2022 version 17.9", None, "Release Notes") in fixes
    april = facts(served("2016-Apr"))
    assert ("3147461", "3140745") in {(row.update, row.replaces) for row in april if isinstance(row, WindowsReplaced)}


def as_served(entry: dict[str, Any]) -> bytes:
    """Write a cut entry (JSON of vuls-data-update) as the XML it was cut from: products, the flaw and its remediations."""
    products, waiting = "", [entry["producttree"]]
    while waiting:
        node = waiting.pop()
        for name in node.get("fullproductname", ()):
            products += f"<prod:FullProductName ProductID={quoteattr(name['productid'])}>{escape(name['text'])}</prod:FullProductName>"
        below = node.get("branch", [])
        waiting += below if isinstance(below, list) else [below]
    flaw = entry["vulnerability"][0] if isinstance(entry["vulnerability"], list) else entry["vulnerability"]
    remedies = ""
    for remedy in (flaw.get("remediations") or {}).get("remediation") or ():
        ids = "".join(f"<vuln:ProductID>{escape(one)}</vuln:ProductID>" for one in remedy.get("product_id", ()))
        said = {"Description": "description", "Supercedence": "supercedence", "SubType": "sub_type", "FixedBuild": "fixed_build"}
        words = "".join(f"<vuln:{tag}>{escape(remedy[key])}</vuln:{tag}>" for tag, key in said.items() if key in remedy)
        remedies += f"<vuln:Remediation Type={quoteattr(remedy['type'])}>{words}{ids}</vuln:Remediation>"
    body = f"<vuln:CVE>{escape(flaw['cve'])}</vuln:CVE><vuln:Remediations>{remedies}</vuln:Remediations>"
    return DOCUMENT.format(products=products, flaws=f"<vuln:Vulnerability>{body}</vuln:Vulnerability>").encode()


def test_the_same_updates_products_and_supersedence_as_vuls_data_update() -> None:
    if not CUT.exists():
        pytest.skip(f"real captures are not here: {CUT}")
    products: dict[str, set[str]] = defaultdict(set)
    replaces: dict[str, set[str]] = defaultdict(set)
    for path in sorted((CUT / "fixtures").glob("*/*/*.json")):
        for row in facts(as_served(json.loads(path.read_text(encoding="utf-8")))):
            if isinstance(row, WindowsFix) and row.update:
                products[row.update].add(row.product)
            if isinstance(row, WindowsReplaced):
                replaces[row.update].add(row.replaces)
    expected = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((CUT / "golden" / "microsoftkb").glob("*/*.json"))]
    seen = 0
    for kb in expected:
        number = kb["kb_id"]
        if "supersedes" not in kb:
            # That tool makes an entry of a replaced update and copies the products of the newer one to it; we keep what the guide
            # says: the newer update replaces it, for these products.
            assert all(
                number in replaces[newer["kb_id"]] and set(kb["products"]) <= products[newer["kb_id"]] for newer in kb["superseded_by"]
            )
            continue
        if number not in products:
            continue  # Its fixture is not among the data.
        seen += 1
        # Microsoft wrote `x64-based Systems` and `x64-based systems` over the years; that tool has one of them.
        assert {name.lower() for name in kb["products"]} <= {name.lower() for name in products[number]}, number
        assert {one["kb_id"] for one in kb["supersedes"]} <= replaces[number], number
    assert seen >= 3
