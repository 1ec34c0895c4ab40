"""JVN iPedia: the facts vuls-data-update took out of the same entries, the Japanese text, and versions in Japanese words."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vuls_data import affected_of, content_of, flaws_of, goldens, load, need

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.parse.feeds.interface import AsOf, FeedError
from omamori.parse.feeds.jvn import FEEDS
from omamori.parse.feeds.ranges import Range
from omamori.parse.feeds.registry import parser_of

DETAIL, LIST = FEEDS

ENTRY = """<Vulinfo><VulinfoID>JVNDB-2024-{number:06d}</VulinfoID><VulinfoData><Title>装置の脆弱性</Title>
<VulinfoDescription><Overview>概要です。</Overview></VulinfoDescription>
<Affected><AffectedItem><Name>例社</Name><ProductName>例装置</ProductName><Cpe version="2.2">cpe:/o:example:device_firmware</Cpe>
<VersionNumber>{versions}</VersionNumber></AffectedItem></Affected>
<Impact><Cvss version="2.0"><Severity>Low</Severity><Base>3.5</Base><Vector>AV:N</Vector></Cvss>
<Cvss version="3.0"><Severity>Critical</Severity><Base>9.8</Base><Vector>CVSS:3.0/AV:N</Vector></Cvss></Impact>
<Solution><SolutionItem><Description>更新してください。</Description></SolutionItem><SolutionItem><Description>回避策。</Description></SolutionItem></Solution>
<Related><RelatedItem type="advisory"><VulinfoID>CVE-2024-{number:04d}</VulinfoID></RelatedItem></Related>
<DateFirstPublished>2024-01-0{number}T00:00:00+09:00</DateFirstPublished><DateLastUpdated>2024-02-0{number}T00:00:00+09:00</DateLastUpdated>
</VulinfoData></Vulinfo>"""


def entries(*versions: str) -> bytes:
    inner = "\n".join(ENTRY.format(number=number, versions=said) for number, said in enumerate(versions, 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<VULDEF-Document version="3.2" xmlns="http://jvn.jp/vuldef/">\n{inner}\n</VULDEF-Document>'.encode()


def read(data: bytes) -> list[Any]:
    return list(DETAIL.read(io.BytesIO(data), "jvndb_detail_2024.rdf"))


def of(kind: type, found: list[Any]) -> list[Any]:
    return [one for one in found if isinstance(one, kind)]


def served(folder: str, parser: Any) -> list[Any]:
    found = []
    for path in sorted(need(folder).glob("*.rdf")):
        data = path.read_bytes()
        assert parser_of(path.name, data[:65536]) is parser, path
        found += list(parser.read(io.BytesIO(data), path.name))
    return found


def compare(found: list[Any], expected: Any) -> None:
    advisories = {one.advisory: one for one in of(Advisory, found)}
    for name, golden in expected.items():
        said, advisory = content_of(golden), advisories[name]
        assert advisory.title_ja == said["title"]
        assert advisory.summary_ja == said["description"].replace("\r\n", "\n").strip()
        assert (str(advisory.published), str(advisory.modified)) == (said["published"][:10], said["modified"][:10])
        assert {one.flaw for one in of(AdvisoryFlaw, found) if one.advisory == name} == set(flaws_of(golden))
        newest = said["severity"][-1]
        values = newest[newest["type"]]
        assert (advisory.cvss, advisory.vector, (advisory.severity or "").upper()) == (
            values["base_score"],
            values["vector"],
            values["base_severity"],
        )


def test_details_say_what_another_reader_found():
    found = served("fetch/jvn/feed/detail/testdata/fixtures", DETAIL)
    expected = goldens("extract/jvn/feed/detail/testdata/golden/data")
    assert len(expected) == 3 and not of(Broken, found)
    compare(found, expected)
    rows = {name: {(f"{row.vendor}:{row.product}", row.needs) for row in of(Affected, found) if row.advisory == name} for name in expected}
    for name, golden in expected.items():
        # Theirs takes the product of any version; ours keeps the words about versions and compares them.
        assert {product for product, _ in affected_of(golden)} == {product for product, _ in rows[name]}
        assert {one for _, one in affected_of(golden)} <= {Range()}


def test_lists_say_what_another_reader_found_and_call_nothing_affected():
    """Theirs calls every version of a product affected that a list names; the list names no version, so ours calls none."""
    found = served("fetch/jvn/feed/rss/testdata/fixtures", LIST)
    expected = goldens("extract/jvn/feed/rss/testdata/golden/data")
    assert len(expected) == 2
    compare(found, expected)
    assert of(Affected, found) == [] and not of(Broken, found)


def test_the_entries_of_a_file_are_those_its_reader_cut_out():
    """vuls-data-update splits a file into one JSON per entry: the same entries, titles and days."""
    for folder, parser in (("detail", DETAIL), ("rss", LIST)):
        found = {one.advisory: one for one in of(Advisory, served(f"fetch/jvn/feed/{folder}/testdata/fixtures", parser))}
        expected = {path.stem: load(path) for path in need(f"fetch/jvn/feed/{folder}/testdata/golden").rglob("JVNDB-*.json")}
        assert expected and set(expected) <= set(found)
        for name, said in expected.items():
            data = said.get("vulinfodata", said)
            assert found[name].title_ja == data["title"]
            assert str(found[name].modified) == (data.get("datelastupdated") or data["modified"])[:10]


def test_log4j_keeps_the_versions_that_can_be_read_and_the_words_of_the_others():
    found = [
        one for one in served("fetch/jvn/feed/detail/testdata/fixtures", DETAIL) if isinstance(one, Affected) and one.product == "log4j"
    ]
    assert [(row.since, row.before, row.status) for row in found] == [("2.13.0", "2.15.0", "affected"), ("", "", "undetermined")]
    assert found[1].needs == "Apache Software Foundation Apache Log4j core 2.0-beta9 から 2.12.1 より前のバージョン"


def test_an_entry_brings_its_japanese_text_and_its_day():
    found = read(entries("1.2 より前のバージョン"))
    (advisory,) = of(Advisory, found)
    assert (advisory.title_ja, advisory.summary_ja, advisory.advice_ja) == ("装置の脆弱性", "概要です。", "更新してください。\n回避策。")
    assert (advisory.cvss, advisory.severity, advisory.url) == (
        9.8,
        "Critical",
        "https://jvndb.jvn.jp/ja/contents/2024/JVNDB-2024-000001.html",
    )
    (row,) = of(Affected, found)
    assert (row.flaw, row.vendor, row.product, row.part, row.before, row.before_in, row.confidence) == (
        "CVE-2024-0001", "example", "device_firmware", "o", "1.2", False, "high")  # fmt: skip
    assert str(of(AsOf, found)[0].day) == "2024-02-01"


def test_versions_of_an_entry_with_several_flaws_are_not_sure():
    data = entries("1.2").replace(
        b"</Related>", b'<RelatedItem type="advisory"><VulinfoID>CVE-2024-9999</VulinfoID></RelatedItem></Related>'
    )
    assert [(row.flaw, row.confidence) for row in of(Affected, read(data))] == [("CVE-2024-0001", "medium"), ("CVE-2024-9999", "medium")]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"JVNDB-2024-000002", b"JVNDB-24-2", "expected an identifier"),
        (b"<Title>", b"<Title>&x;", "undefined entity"),
        (b"</Solution>", b"", "mismatched tag"),
    ],
)
def test_a_broken_entry_is_told_and_the_others_are_kept(old, new, reason):
    data = entries("1.1", "1.2", "1.3")
    start = data.index(b"JVNDB-2024-000002")
    found = read(data[:start] + data[start:].replace(old, new, 1))
    assert [one.advisory[-1] for one in of(Advisory, found)] == ["1", "3"]
    assert [reason in one.reason and one.file == "jvndb_detail_2024.rdf" for one in of(Broken, found)] == [True]


def test_an_error_of_the_service_and_a_file_without_entries_are_told_in_one_line():
    error = b'<VULDEF-Document><Status retCd="1" errCd="E001" errMsg="bad parameter"/></VULDEF-Document>'
    with pytest.raises(FeedError, match="bad parameter"):
        read(error)
    with pytest.raises(FeedError, match="no entry"):
        read(b"<VULDEF-Document></VULDEF-Document>")


@given(st.integers(60, len(entries("1", "2")) - 1))
def test_a_file_cut_off_keeps_its_whole_entries(length):
    data = entries("1", "2")[:length]
    whole = data.count(b"</Vulinfo>")
    try:
        found = read(data)
    except FeedError:
        assert whole == 0
    else:
        assert len(of(Advisory, found)) == whole and of(Broken, found)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="<>&"), max_size=40))
def test_any_words_about_versions_are_compared_or_kept(said):
    for row in of(Affected, read(entries(said))):
        assert (row.status == "affected") == (row.needs is None)
