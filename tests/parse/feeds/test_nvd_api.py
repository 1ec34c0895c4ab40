"""NVD JSON 2.0: a page of our own, and the facts two other programs take from real ones."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.feeds.download import downloads_of
from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.parse.feeds.cpe import read_cpe
from omamori.parse.feeds.interface import AsOf, Item
from omamori.parse.feeds.nvd_api import FEEDS, read, recognise
from omamori.parse.feeds.registry import parser_of

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "feeds"
VULS, VUNNEL = "vuls-data-update/extract/nvd/api/cve/testdata", "vunnel/nvd/test-fixtures"
ENTRY = {
    "id": "CVE-2024-0158",
    "sourceIdentifier": "security@example.org",
    "vulnStatus": "Analyzed",
    "published": "2024-07-02T07:15:02.370",
    "lastModified": "2024-07-31T20:37:32.247",
    "descriptions": [{"lang": "es", "value": "Uno"}, {"lang": "en", "value": "One"}],
    "metrics": {
        "cvssMetricV31": [{"type": "Primary", "cvssData": {"vectorString": "CVSS:3.1/AV:L", "baseScore": 6.7, "baseSeverity": "MEDIUM"}}]
    },
    "configurations": [
        {"nodes": [{"operator": "OR", "cpeMatch": [{"vulnerable": True, "criteria": "cpe:2.3:a:v:p:1:*:*:*:*:*:*:*"}]}]},
        {
            "nodes": [
                {
                    "operator": "OR",
                    "cpeMatch": [{"vulnerable": True, "criteria": "cpe:2.3:a:v:q:*:*:*:*:*:*:*:*", "versionEndExcluding": "2"}],
                }
            ]
        },
    ],
}


def page(*entries: Any, **more: Any) -> bytes:
    head = {"resultsPerPage": len(entries), "format": "NVD_CVE", "version": "2.0", "timestamp": "2024-08-01T00:00:00.000", **more}
    return json.dumps({**head, "vulnerabilities": [{"cve": entry} for entry in entries]}).encode()


def taken(body: bytes) -> list[Item]:
    return list(read(io.BytesIO(body), "page.json"))


def real(name: str) -> Any:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    return json.loads(path.read_bytes())


def test_an_entry() -> None:
    flaw, place = "CVE-2024-0158", "vulnerabilities[0]"
    shared = {"flaw": flaw, "advisory": flaw, "feed": "nvd", "vendor": "v", "part": "a", "place": place}
    assert taken(page(ENTRY)) == [
        AsOf(date(2024, 8, 1)),
        Advisory(
            advisory=flaw,
            feed="nvd",
            summary="One",
            published=date(2024, 7, 2),
            modified=date(2024, 7, 31),
            severity="MEDIUM",
            cvss=6.7,
            vector="CVSS:3.1/AV:L",
            url="https://nvd.nist.gov/vuln/detail/CVE-2024-0158",
            place=place,
        ),
        AdvisoryFlaw(advisory=flaw, feed="nvd", flaw=flaw),
        Affected(**shared, product="p", since="1", before="1", before_in=True),
        Affected(**shared, product="q", before="2", fixed="2"),
    ]


def test_a_rejected_entry_is_taken_back() -> None:
    found = taken(page({"id": "CVE-2024-0001", "vulnStatus": "Rejected", "descriptions": []}))
    assert [row.withdrawn for row in found if isinstance(row, Advisory)] == [True]


def test_a_bad_entry_costs_only_itself() -> None:
    found = taken(page({"id": "no"}, ENTRY, None, resultsPerPage=4))
    assert [row.advisory for row in found if isinstance(row, Advisory)] == ["CVE-2024-0158"]
    assert [row.place for row in found if isinstance(row, Broken)] == ["vulnerabilities[0]", "vulnerabilities[2]", "end"]


def test_the_files_are_recognised() -> None:
    assert parser_of("nvdcve-2.0-2024.json", page(ENTRY)) == FEEDS[0]
    assert not recognise("kev.json", b'{"vulnerabilities": [{"cveID": "CVE-2024-1"}]}')


def test_downloads_are_a_file_a_year(tmp_path: Path) -> None:
    found = downloads_of(FEEDS, tmp_path, 2026)
    assert len(found) == 25
    assert (found[0].url, found[0].path) == (
        "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-2002.json.gz",
        tmp_path / "nvd" / "nvdcve-2.0-2002.json.gz",
    )
    assert found[-1].url.endswith("nvdcve-2.0-2026.json.gz")


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(ENTRY)), inner, max_size=4),
    max_leaves=12,
)


@given(ODD, st.sampled_from(sorted(ENTRY)))
def test_no_value_of_another_type_raises(odd: Any, name: str) -> None:
    found = taken(page({**ENTRY, name: odd}, ENTRY))
    assert all(isinstance(row, Advisory | AdvisoryFlaw | Affected | Broken | AsOf) for row in found)
    assert any(isinstance(row, Advisory) and row.place == "vulnerabilities[1]" for row in found)


# Golden comparisons.

Range = tuple[str, str, str, str, str, bool, str, bool]
"""Part, vendor, product, target software edition as named, since, since_out, before, before_in."""


def ours(found: list[Item]) -> set[Range]:
    return {
        (row.part or "", row.vendor, row.product, row.target or "", row.since, row.since_out, row.before, row.before_in)
        for row in found
        if isinstance(row, Affected)
    }


def theirs(leaf: dict[str, Any]) -> Range:
    """The range a criterion of vuls-data-update means."""
    cpe = read_cpe(leaf["cpe"])
    given = {name: value.strip().replace("\\", "").lower() for name, value in leaf.get("range", {}).items() if name != "type"}
    narrowed = ", ".join(f"{name}={value}" for name in ("edition", "sw_edition", "target_sw") if (value := getattr(cpe, name)) != "*")
    if not given:
        exact = "" if cpe.version in ("*", "-") else cpe.version if cpe.update in ("*", "-") else f"{cpe.version} {cpe.update}"
        return (cpe.part, cpe.vendor, cpe.product, narrowed, exact, False, exact, bool(exact))
    since, before = given.get("ge") or given.get("gt", ""), given.get("lt") or given.get("le", "")
    return (cpe.part, cpe.vendor, cpe.product, narrowed, since, "gt" in given, before, "le" in given)


def leaves(criteria: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (one["cpe"] for one in criteria.get("criterions", []))
    for below in criteria.get("criterias", []):
        yield from leaves(below)


@pytest.mark.parametrize("name", ["happy/2023/CVE-2023-7259", "happy/2022/CVE-2022-26582", "with-cpematch/2024/CVE-2024-20253"])
def test_the_facts_vuls_data_update_expects(name: str) -> None:
    """What differs in shape only: it keeps every score of every source, we the newest version's primary one."""
    case, _, file = name.partition("/")
    golden = real(f"{VULS}/golden/{case}/data/{file}.json")
    found = taken(page(real(f"{VULS}/fixtures/{case}/vuls-data-raw-nvd-api-cve/{file}.json")))
    (advisory,) = (row for row in found if isinstance(row, Advisory))
    (content,) = (flaw["content"] for flaw in golden["vulnerabilities"])
    assert (advisory.advisory, advisory.summary) == (content["id"], content["description"])
    assert advisory.published == date.fromisoformat(content["published"][:10])
    assert advisory.modified == date.fromisoformat(content["modified"][:10])
    scores = [one[one["type"]] | {"source": one["source"], "type": one["type"]} for one in content["severity"]]
    newest = max(scores, key=lambda one: (one["type"], one["source"] == "nvd@nist.gov"))
    assert advisory.cvss == newest.get("base_score", newest.get("score"))
    assert advisory.severity == newest.get("base_severity", newest.get("severity"))
    assert advisory.vector == newest["vector"]
    criteria = [leaf for one in golden.get("detections", []) for leaf in leaves(one["conditions"][0]["criteria"])]
    assert ours(found) == {theirs(leaf) for leaf in criteria if leaf["vulnerable"]}
    besides = {read_cpe(leaf["cpe"]).product for leaf in criteria if not leaf["vulnerable"]}
    assert {(row.needs or "::").split(":")[2] for row in found if isinstance(row, Affected)} - {""} == besides


def test_entries_vuls_data_update_has_no_golden_file_for() -> None:
    """Read off the fixtures by eye: an old one with ranges, one of 100 devices that each need their hardware, one with a blank in a range."""
    folder = f"{VULS}/fixtures"
    isilon = taken(page(real(f"{folder}/happy/vuls-data-raw-nvd-api-cve/2018/CVE-2018-1202.json")))
    assert ours(isilon) == {
        ("a", "dell", "emc_isilon", "", "8.0.0.0", False, "8.0.0.6", True),
        ("a", "dell", "emc_isilon", "", "8.0.1.0", False, "8.0.1.2", True),
        ("a", "dell", "emc_isilon", "", "8.1.0.0", False, "8.1.0.1", True),
        ("a", "dell", "emc_isilon", "", "7.1.1.11", False, "7.1.1.11", True),
    }
    bios = [
        row
        for row in taken(page(real(f"{folder}/with-and/vuls-data-raw-nvd-api-cve/2024/CVE-2024-0158.json")))
        if isinstance(row, Affected)
    ]
    assert len(bios) > 100
    assert all(row.part == "o" and row.needs and row.needs.startswith("h:dell:") and " | " not in row.needs for row in bios)
    assert ("alienware_m15_r6_firmware", "1.28.0", "h:dell:alienware_m15_r6") in {(row.product, row.before, row.needs) for row in bios}
    kernel = taken(page(real(f"{folder}/whitespace-range/vuls-data-raw-nvd-api-cve/2021/CVE-2021-46973.json")))
    assert ("o", "linux", "linux_kernel", "", "5.8", False, "5.10.35", True) in ours(kernel)
    assert not any(isinstance(row, Broken) for row in (*isilon, *bios, *kernel))


def test_the_facts_vunnel_expects() -> None:
    """Vunnel adds days on which a repair was first seen, and cuts the other languages; everything else is the NVD's own."""
    whole = real(f"{VUNNEL}/full-page.json")
    found = taken(json.dumps(whole).encode())
    snapshots = [json.loads(path.read_bytes())["item"]["cve"] for path in sorted((DATA / VUNNEL / "snapshots/full-page").glob("*/*.json"))]
    assert len(snapshots) == len([row for row in found if isinstance(row, Advisory)]) == 38
    expected = {row.advisory: row for row in taken(page(*snapshots)) if isinstance(row, Advisory)}
    for row in found:
        if isinstance(row, Advisory):
            other = expected[row.advisory]
            assert (row.summary, row.published, row.modified, row.cvss, row.severity, row.withdrawn) == (
                other.summary,
                other.published,
                other.modified,
                other.cvss,
                other.severity,
                other.withdrawn,
            )
    seen = {
        (cve["id"], read_cpe(match["criteria"]).product, fix["version"])
        for cve in snapshots
        for configuration in cve.get("configurations", [])
        for node in configuration["nodes"]
        for match in node["cpeMatch"]
        if (fix := match.get("fix"))
    }
    assert len(seen) >= 12
    assert {(row.flaw, row.product, row.fixed) for row in found if isinstance(row, Affected) and row.fixed} == seen
    assert not any(isinstance(row, Broken) for row in found)


def test_the_single_entry_of_vunnel() -> None:
    (as_of, advisory, _, *ranges) = taken(json.dumps(real(f"{VUNNEL}/single-entry.json")).encode())
    assert as_of == AsOf(date(2023, 1, 3))
    assert isinstance(advisory, Advisory)
    assert (advisory.advisory, advisory.cvss, advisory.severity) == ("CVE-2022-1576", 6.5, "MEDIUM")
    assert ours(ranges) == {("a", "themeisle", "wp_maintenance_mode_&_coming_soon", "target_sw=wordpress", "", False, "2.4.5", False)}
