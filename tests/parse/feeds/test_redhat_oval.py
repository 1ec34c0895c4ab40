"""Red Hat's OVAL: sentences in trees, modules, damage, and vunnel's facts of the same file."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.redhat_oval import FEEDS, read
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds/vunnel/rhel/test-fixtures"
HEAD = '<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5"><definitions>'
DEFINITION = """
<definition class="patch" id="oval:com.redhat.rhsa:def:1"><metadata><title>RHSA-2024:1: php update (Moderate)</title>
<reference ref_id="RHSA-2024:1" source="RHSA"/><reference ref_id="CVE-2024-0001" source="CVE"/><reference ref_id="CVE-2024-0002" source="CVE"/>
<description>PHP.</description><advisory><severity>Moderate</severity><issued date="2024-01-02"/></advisory></metadata>
<criteria operator="OR"><criterion comment="Red Hat Enterprise Linux must be installed"/>
<criteria operator="AND"><criterion comment="Red Hat Enterprise Linux 8 is installed"/>{module}<criteria operator="OR"><criteria operator="AND">
<criterion comment="php-cli is earlier than 0:7.4.19-1.el8"/><criterion comment="php-cli is signed with Red Hat redhatrelease2 key"/>
</criteria></criteria></criteria></criteria></definition>
"""


def facts(text: str) -> list[Any]:
    return list(read(io.BytesIO(text.encode()), "rhel.xml"))


def rows(text: str) -> list[Affected]:
    return [row for row in facts(text) if isinstance(row, Affected)]


def test_an_erratum() -> None:
    found = facts(HEAD + DEFINITION.format(module="") + "</definitions></oval_definitions>")
    assert isinstance(found[0], Advisory) and (found[0].title, found[0].published) == ("php update (Moderate)", date(2024, 1, 2))
    assert [row.flaw for row in found if isinstance(row, AdvisoryFlaw)] == ["CVE-2024-0001", "CVE-2024-0002"]
    first, second = [row for row in found if isinstance(row, Affected)]
    assert (first.flaw, second.flaw) == ("CVE-2024-0001", "CVE-2024-0002")
    assert (first.product, first.release, first.before, first.target, first.needs) == ("php-cli", "rhel 8", "7.4.19-1.el8", "binary", None)


def test_a_module_is_told_with_it() -> None:
    text = HEAD + DEFINITION.format(module='<criterion comment="Module php:7.4 is enabled"/>') + "</definitions></oval_definitions>"
    assert {row.needs for row in rows(text)} == {"module php:7.4"}


def test_a_damaged_erratum_costs_only_itself() -> None:
    broken = DEFINITION.format(module="<criterion").replace("RHSA-2024:1", "RHSA-2024:9")
    found = facts(HEAD + broken + DEFINITION.format(module="") + "</definitions></oval_definitions>")
    assert [row.advisory for row in found if isinstance(row, Advisory)] == ["RHSA-2024:1"] and [
        row for row in found if isinstance(row, Broken)
    ]
    assert [type(row) for row in facts(HEAD + '<definition class="patch"/></definitions></oval_definitions>')] == [Broken]


def test_entities_are_refused() -> None:
    with pytest.raises(FeedError):
        facts('<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD + "</definitions></oval_definitions>")


@pytest.mark.skipif(not DATA.exists(), reason="real captures are not here")
def test_the_same_facts_as_vunnel() -> None:
    """Every repaired version that a snapshot takes from an erratum in the file is the one we read of that package."""
    file = DATA / "oval" / "input" / "rhsa" / "com.redhat.rhsa-all.xml"
    assert parser_of(file.name, file.read_bytes()[:65536]) is FEEDS[0]
    with file.open("rb") as stream:
        found = list(read(stream, file.name))
    assert not [row for row in found if isinstance(row, Broken)]
    ours = {(row.advisory, row.flaw, row.product, row.release): row.before for row in found if isinstance(row, Affected)}
    advisories = {advisory for advisory, *_ in ours}
    compared = 0
    for snapshot in sorted((DATA / "snapshots").glob("rhel:*/*.json")):
        said = json.loads(snapshot.read_text())["item"]["Vulnerability"]
        for one in said["FixedIn"]:
            for advisory in {shown["ID"] for shown in one["VendorAdvisory"].get("AdvisorySummary", ())} & advisories:
                release = said["NamespaceName"].replace(":", " ")
                assert ours[advisory, said["Name"], one["Name"], release] == one["Version"].removeprefix("0:"), snapshot.name
                compared += 1
    assert compared >= 6 and len(advisories) >= 2
