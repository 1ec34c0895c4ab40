"""The order of work: known exploited, ransomware, reached, EPSS, CVSS; certain before unsure; one row per machine and repair."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.analyze.interface import Moment
from omamori.analyze.mending.ranking import GRAVE, UNKNOWN_LIKELIHOOD
from omamori.analyze.repairs import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import RemoteLine, RiskException
from omamori.model.derived import Asset, Exposure
from omamori.model.host import Host
from omamori.model.look import EVERYWHERE, Collected
from omamori.model.patching import MissingPatch, Repair, Vulnerability
from omamori.model.ways_in import AttackPath, Entry, ReachedService
from omamori.snapshot.database import Database

NOW = datetime(2026, 11, 30)


def work(*rows, looks=()) -> list[Repair]:
    with Database() as database:
        database.insert([*rows, *looks])
        database.insert(ANALYZER.run(database, Moment(NOW, starter_pack())))
        return list(database.rows("repairs"))


def flaw(number: int | str, product: str = "p", asset: str = "a", **more) -> Vulnerability:
    return Vulnerability(asset=asset, flaw=f"CVE-2026-{number}", product=product, kind="application", **more)


def order(*rows) -> list[str]:
    return [row.repair.partition(":")[2] for row in work(Asset(asset="a"), *rows)]


def test_the_five_classes_stand_in_their_order() -> None:
    found = work(
        *(Asset(asset=name) for name in "abcdef"),
        Entry(asset="c", entry="VPN", kind="line", device="c"),
        flaw(1, "exploited", "a", exploited=True),
        flaw(2, "ransomware", "b", exploited=True, ransomware=True),
        flaw(3, "reached", "c", likelihood=0.01, cvss=5.0),
        flaw(4, "likely", "d", likelihood=0.6, cvss=5.0),
        flaw(5, "grave", "e", likelihood=0.01, cvss=9.8),
        flaw(6, "slight", "f", likelihood=0.01, cvss=3.0),
    )
    assert [row.product for row in found] == ["ransomware", "exploited", "reached", "likely", "grave", "slight"]
    assert [row.tier for row in found] == [1, 2, 3, 3, 4, 4]
    assert [row.place for row in found] == [1, 2, 3, 4, 5, 6]
    assert found[2].reached == "entry" and found[2].reached_from == "VPN" and found[3].reached is None


def test_what_is_unsure_never_leads_what_is_certain_of_its_class() -> None:
    assert order(flaw(1, "unsure", exploited=True, ransomware=True, undecided=True, likelihood=0.9), flaw(2, "sure", exploited=True)) == [
        "sure",
        "unsure",
    ]
    assert order(flaw(1, "unsure", undecided=True, likelihood=0.9, cvss=10.0), flaw(2, "sure", likelihood=0.01)) == ["sure", "unsure"]
    (both,) = work(flaw(1, undecided=True, exploited=True, likelihood=0.9), flaw(2, likelihood=0.2), flaw(3, undecided=True))
    assert (both.flaws, both.exploited, both.undecided, both.undecided_exploited, both.likelihood) == (1, 0, 2, 1, 0.2)
    assert both.tier == 2 and "to be confirmed here" in (both.because or "") and "要確認" in (both.because_ja or "")


def test_without_epss_what_is_exploited_counts_before_the_score() -> None:
    many = [flaw(number, "many", exploited=True, cvss=5.0) for number in range(3)]
    assert order(flaw(9, "grave", exploited=True, cvss=9.8), *many) == ["many", "grave"]
    assert order(flaw(1, "guessed", exploited=True, cvss=9.8, likelihood=0.3), flaw(2, "not-guessed", exploited=True, cvss=5.0)) == [
        "not-guessed",
        "guessed",
    ]
    unsure = [flaw(number, "many", exploited=True, undecided=True, cvss=5.0) for number in range(3)]
    assert order(flaw(9, "grave", exploited=True, undecided=True, cvss=9.8), *unsure) == ["many", "grave"]


def test_one_flaw_of_two_names_counts_once_and_the_highest_version_is_the_target() -> None:
    found = work(
        Host(asset="a", platform="linux", os_id="debian"),
        Vulnerability(asset="a", flaw="CVE-1", product="openssl", kind="package", fixed="3.0.9-1", repair="package:openssl"),
        Vulnerability(asset="a", flaw="CVE-1", product="libssl", kind="package", fixed="3.0.11-1~deb12u2", repair="package:openssl"),
        Vulnerability(asset="a", flaw="CVE-2", product="openssl", kind="package", fixed="3.0.11-1", repair="package:openssl"),
    )
    assert [(row.flaws, row.target) for row in found] == [(2, "3.0.11-1")]


def test_a_missing_update_is_work_and_its_flaws_count_once() -> None:
    patch = MissingPatch(asset="a", patch_id="KB5034441", flaws=41, exploited=2, ransomware=1, likelihood=0.9, cvss=9.8, evidence="e:1")
    same = [flaw(number, "windows", repair="update:KB5034441", exploited=number < 2) for number in range(41)]
    (found,) = work(Asset(asset="a", platform="windows"), patch, *same)
    assert (found.repair, found.flaws, found.exploited, found.target, found.evidence) == ("update:KB5034441", 41, 2, "KB5034441", "e:1")
    assert found.label == "Install update KB5034441" and found.label_ja == "更新プログラム KB5034441 を適用する"
    unsure = MissingPatch(asset="a", patch_id="KB1", flaws=3, exploited=1, undecided=True)
    (found,) = work(unsure)
    assert (found.flaws, found.exploited, found.undecided, found.undecided_exploited) == (0, 0, 3, 1)


def test_of_what_is_not_ours_to_change_the_label_asks() -> None:
    rows = [
        Asset(asset="ct", medical=True),
        Asset(asset="pacs", hands_off=True),
        RemoteLine(line="VPN", vendor="v"),
        flaw(1, "7-Zip", "ct", fixed="24.07"),
        MissingPatch(asset="pacs", patch_id="KB1", flaws=1),
        Vulnerability(asset="VPN", subject_kind="line", flaw="CVE-3", product="fortios", fixed="7.2.7", exploited=True),
    ]
    found = {row.asset: row for row in work(*rows)}
    assert found["ct"].ask and found["ct"].label == "Ask the vendor when 7-Zip can be brought to 24.07 or later"
    assert found["pacs"].label_ja == "更新プログラム KB1 をいつ適用できるか、業者に確認する"
    line = found["VPN"]
    assert (line.subject_kind, line.repair, line.reached, line.reached_from, line.tier) == ("line", "firmware:fortios", "entry", "VPN", 1)
    assert "ファームウエア(fortios)を 7.2.7 以降に" in (line.label_ja or "") and "業者に確認する" in (line.label_ja or "")


def test_what_reaches_a_machine() -> None:
    rows = [Asset(asset=name) for name in "abcde"] + [flaw(1, asset=name, likelihood=0.2) for name in "abcde"]
    rows += [
        ReachedService(asset="a", origin="VPN", origin_kind="entry"),
        ReachedService(asset="a", origin="LAN", origin_kind="zone"),
        AttackPath(path="p", entry="MAIL", asset="b"),
        AttackPath(path="q", entry="MAIL", asset="c", certain=False),
        Exposure(asset="d", protocol="tcp", port=445, inbound="open"),
        Exposure(asset="e", protocol="tcp", port=445, inbound="blocked"),
    ]
    found = {row.asset: (row.reached, row.reached_from, row.tier) for row in work(*rows)}
    assert found == {
        "a": ("entry", "VPN", 2),
        "b": ("entry", "MAIL", 2),
        "c": (None, None, 3),
        "d": ("listener", None, 3),
        "e": (None, None, 3),
    }


def test_what_cannot_be_done_says_so() -> None:
    accepted = {"subject": "a", "expires": date(2027, 1, 1)}
    flaws = [flaw(1, "old", exploited=True), flaw(2, "other")]

    def cannot(*rows):
        return {row.product: row.cannot for row in work(Asset(asset="a"), *flaws, *rows)}

    assert cannot() == {"old": None, "other": None}
    assert cannot(RiskException(check_id="vulnerabilities.host_exploited", **accepted)) == {"old": "exception", "other": None}
    assert cannot(RiskException(check_id="vulnerabilities.x", finding_key="CVE-2026-2", **accepted)) == {"old": None, "other": "exception"}
    by_product = RiskException(check_id="vulnerabilities.application_behind", finding_key="old", **accepted)
    assert cannot(by_product) == {"old": "exception", "other": None}
    assert cannot(RiskException(check_id="vulnerabilities.component_exploited", **accepted)) == {"old": None, "other": None}
    ended = RiskException(check_id="vulnerabilities.host_exploited", subject="a", expires=date(2026, 11, 29))
    assert cannot(ended)["old"] is None and cannot(RiskException(check_id="ledger.x", **accepted))["old"] is None
    (row,) = work(flaw(1, "vim", state="no_fix"))
    assert row.cannot == "no_fix" and row.label == "No repair of vim is published: limit who reaches it meanwhile"


def test_without_its_looks_the_order_is_not_whole() -> None:
    def state(*tables):
        looks = [Collected(asset="w", table_name=table, source="x", complete=True) for table in tables]
        looks.append(Collected(asset=EVERYWHERE, table_name="exceptions", source="x", complete=True))
        with Database() as database:
            database.insert([Asset(asset="w", platform="windows"), *looks])
            rows = ANALYZER.run(database, Moment(NOW, starter_pack()))
            (found,) = (row for row in rows if isinstance(row, Collected))
        return found.complete, found.missing

    whole = ("vulnerabilities", "missing_patches", "reached_services", "exposures")
    assert state(*whole) == (True, "")
    assert state(*whole[1:])[0] is False and state("vulnerabilities", *whole[2:])[0] is False
    complete, missing = state(*whole[:3])
    assert complete and missing == "because,because_ja,place,reached,reached_from,tier"


_SCORE = st.sampled_from([None, 0.0, 0.05, 0.1, 0.5])
_FLAWS = st.tuples(st.integers(0, 5), st.booleans(), st.booleans(), st.booleans(), _SCORE, st.sampled_from([None, 4.0, 7.0, 9.8]))


@settings(max_examples=15, deadline=None)
@given(st.lists(_FLAWS, max_size=12))
def test_tiers_rise_with_the_place_and_every_flaw_is_counted(flaws) -> None:
    rows = [
        flaw(number, f"p{product}", undecided=undecided, exploited=exploited, ransomware=exploited and by, likelihood=likely, cvss=cvss)
        for number, (product, undecided, exploited, by, likely, cvss) in enumerate(flaws)
    ]
    found = work(Asset(asset="a"), *rows)
    assert [row.place for row in found] == list(range(1, len(found) + 1))
    assert [row.tier for row in found] == sorted(row.tier for row in found)
    assert sum(row.flaws + row.undecided for row in found) == len(rows)
    assert {row.product for row in found} == {row.product for row in rows}
    for row in found:
        grave = row.likelihood is None and (row.cvss is None or row.cvss >= GRAVE)
        assert row.tier < 4 or row.flaws == 0 or (row.likelihood or (UNKNOWN_LIKELIHOOD if grave else 0)) < UNKNOWN_LIKELIHOOD
