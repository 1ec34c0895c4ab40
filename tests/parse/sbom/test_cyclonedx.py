"""CycloneDX in JSON and XML: parts inside parts, whose bill it is, hostile files."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.look import EVERYWHERE
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.registry import recognise
from omamori.parse.sbom.cyclonedx import KIND, parse

NOW = datetime(2026, 11, 23)
CONTEXT = Context(KIND, NOW, NOW, file_name="bom.json")

LOG4J = {"type": "library", "group": "org.apache.logging.log4j", "name": "log4j-core", "version": "2.14.1"}
LOG4J["purl"] = "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"


def bill(**more):
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [LOG4J], **more}


def read(value, context=CONTEXT):
    return parse(json.dumps(value, indent=1).encode(), context)


def test_parts_their_product_and_the_line():
    inner = {"type": "library", "name": "inner", "supplier": {"name": "Acme"}, "cpe": "cpe:2.3:a:acme:inner:1.0:*:*:*:*:*:*:*"}
    outer = {"type": "application", "name": "outer", "version": "3", "components": [inner]}
    found = read(bill(components=[LOG4J, outer], metadata={"component": {"type": "application", "name": "PACS", "version": "5.2"}}))
    rows = {row.name: row for row in found.rows}
    assert set(rows) == {"log4j-core", "outer", "inner"}
    log4j = rows["log4j-core"]
    assert (log4j.asset, log4j.version, log4j.purl, log4j.product, log4j.declared) == (
        EVERYWHERE,
        "2.14.1",
        LOG4J["purl"],
        "PACS 5.2",
        True,
    )
    assert json.dumps(bill(components=[LOG4J, outer]), indent=1).splitlines()[int(log4j.evidence) - 1].strip().startswith('"purl"')
    assert (rows["inner"].supplier, rows["inner"].cpe) == ("Acme", inner["cpe"])
    assert (found.speaker, found.looks[0].complete, found.looks[0].asset) == ("PACS 5.2", True, EVERYWHERE)


def test_a_bill_of_a_machine():
    for named in (
        {"component": {"type": "device", "name": "PACS1"}},
        {"component": {"type": "application", "name": "x"}, "properties": [{"name": "omamori:asset", "value": "PACS1"}]},
    ):
        found = read(bill(metadata=named))
        assert found.rows[0].asset == "PACS1" == found.looks[0].asset
        assert found.claims == (("PACS1", ("name:pacs1",)),)


def test_the_xml_form():
    text = """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4">
<metadata><component type="application"><name>PACS</name><version>5</version></component></metadata>
<components><component type="library"><supplier><name>Acme</name></supplier><name>inner</name><version>1</version>
<purl>pkg:npm/inner@1</purl><licenses><license><name>MIT</name></license></licenses>
<components><component type="library"><name>deep</name></component></components></component></components></bom>"""
    found = parse(text.encode(), CONTEXT)
    assert [(row.name, row.version, row.purl, row.supplier, row.product, row.evidence) for row in found.rows] == [
        ("deep", None, None, None, "PACS 5", "6"),
        ("inner", "1", "pkg:npm/inner@1", "Acme", "PACS 5", "4"),
    ]
    cut = parse(text.encode()[:-10], CONTEXT)
    assert not cut.looks[0].complete and len(cut.rows) == 2


@pytest.mark.parametrize("beginning", ['<!DOCTYPE bom [<!ENTITY a "b">]>', '<!DOCTYPE bom SYSTEM "http://x/">'], ids=["entity", "system"])
def test_document_types_are_refused(beginning):
    with pytest.raises(EvidenceError, match="document type"):
        parse(f'<?xml version="1.0"?>{beginning}<bom xmlns="http://cyclonedx.org/schema/bom/1.4"/>'.encode(), CONTEXT)


def test_hostile_files_are_bounded():
    deep = '{"bomFormat": "CycloneDX", "components": ' + "[" * 100_000
    with pytest.raises(EvidenceError):
        parse(deep.encode(), CONTEXT)
    with pytest.raises(EvidenceError):
        parse(b"[]", CONTEXT)
    with pytest.raises(EvidenceError, match="nested"):
        parse(b'<bom xmlns="x">' + b"<component>" * 300, CONTEXT)
    odd = read(bill(components=[{"name": 5}, 7, None, {"name": "good", "purl": "not one", "version": ["x"]}]))
    assert [(row.name, row.version, row.purl) for row in odd.rows] == [("good", None, None)]
    assert len(odd.problems) == 3 and not odd.looks[0].complete


@given(
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["components", "name", "version", "purl", "metadata", "component", "properties", "supplier"]),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_any_json_is_read_or_refused(value):
    found = read(bill(components=value, metadata=value))
    assert all(row.name for row in found.rows)


def test_recognised_by_content():
    head = json.dumps(bill()).encode()
    assert recognise(head, "x.json").kind == KIND
    assert recognise(b'<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.4">', "x").kind == KIND


@pytest.mark.parametrize("components", [LOG4J, "log4j", [LOG4J | {"components": LOG4J}]], ids=["object", "text", "inside a part"])
def test_components_that_are_no_list_are_no_complete_look(components):
    found = read(bill(components=components))
    assert [look.complete for look in found.looks] == [False] and len(found.problems) == 1
