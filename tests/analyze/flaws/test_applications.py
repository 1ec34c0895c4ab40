"""Programs matched with CPE ranges: explained, with a confidence; what only looks alike is never a certain flaw."""

from __future__ import annotations

from datetime import date

from tests.analyze.flaws.published import advisory, affected, exact, exploited

from omamori.model.derived import Asset
from omamori.model.facts import WindowsFix
from omamori.model.host import Host, Software
from omamori.model.look import Collected

ALL = {"w": ("hosts", "software", "patches", "components")}
TENS = Host(asset="w", platform="windows", os_id="windows", os_name="Windows 10 Pro", os_build="10.0.19045.1", architecture="x64")
FIX = WindowsFix(flaw="CVE-1", update="5100001", product="Windows 10 Version 22H2 for x64-based Systems", posted=date(2026, 11, 10))
SEVEN = affected("CVE-2023-1", "7-zip:7-zip", "23.01")


def machine(*programs, platform="windows", asset="w"):
    rows = [
        Software(asset=asset, name=n, version=v, publisher=p, manager="registry", evidence=f"e:{i}") for i, (n, v, p) in enumerate(programs)
    ]
    return [Asset(asset=asset), Host(asset=asset, platform=platform), *rows]


def by_flaw(found):
    return {row.flaw: row for row in found}


def test_a_program_of_the_table_is_matched_and_the_match_explained(judge):
    facts = [SEVEN, advisory("CVE-2023-1", title_ja="7-Zipの脆弱性"), exploited("CVE-2023-1")]
    found, _ = judge(machine(("7-Zip 19.00 (x64)", "19.00", "Igor Pavlov")), facts, ALL)
    (row,) = found
    assert (row.kind, row.product, row.version, row.fixed, row.repair) == ("application", "7-zip", "19.00", "23.01", "application:7-zip")
    assert (row.undecided, row.confidence, row.doubt) == (False, "high", None)
    assert row.matched == "name '7-Zip 19.00 (x64)' (7-Zip, table of names) → 7-zip:7-zip 19.00 < 23.01 (nvd CVE_Items[10])"
    assert (row.exploited, row.title, row.title_ja, row.cvss, row.evidence) == (True, "about CVE-2023-1", "7-Zipの脆弱性", 7.5, "e:0")


def test_a_repaired_version_is_no_flaw_however_many_zeros_it_has(judge):
    for version in ("23.01", "23.01.00.0", "24.0"):
        assert judge(machine(("7-Zip 23.01 (x64)", version, "Igor Pavlov")), [SEVEN], ALL)[0] == []
    named = exact("CVE-2018-1", "7-zip:7-zip", "18.05")
    assert len(judge(machine(("7-Zip 18.05 (x64 edition)", "18.05.00.0", "Igor Pavlov")), [named], ALL)[0]) == 1
    assert judge(machine(("7-Zip 18.06 (x64 edition)", "18.06.00.0", "Igor Pavlov")), [named], ALL)[0] == []


def test_without_a_publisher_the_name_alone_is_less_sure_and_another_publisher_decides_nothing(judge):
    (unsaid,), _ = judge(machine(("7-Zip 19.00 (x64)", "19.00", None)), [SEVEN], ALL)
    assert (unsaid.confidence, unsaid.undecided) == ("medium", False)
    (other,), _ = judge(machine(("7-Zip 19.00 (x64)", "19.00", "Somebody Else")), [SEVEN], ALL)
    assert other.undecided and other.confidence == "low" and "names are alike" in other.doubt and other.doubt_ja


def test_the_same_spelling_of_name_and_publisher_is_enough_a_part_of_it_is_not(judge):
    facts = [affected("CVE-2020-1", "famatech:advanced_ip_scanner", "2.6")]
    (same,), _ = judge(machine(("Advanced IP Scanner 2.5", "2.5.4594.1", "Famatech Corp.")), facts, ALL)
    assert (same.confidence, same.undecided, same.product) == ("medium", False, "advanced_ip_scanner")
    (part,), _ = judge(machine(("Advanced IP Scanner Plugins 2.5", "2.5.4594.1", "Famatech")), facts, ALL)
    assert part.undecided and part.confidence == "low"
    assert judge(machine(("Scanner", "2.5", "Famatech")), facts, ALL)[0] == []


def test_java_updates(judge):
    facts = [exact("CVE-2021-1", "oracle:jre", "1.8.0 update291"), exact("CVE-2021-2", "oracle:jre", "1.7.0 update301")]
    (same,), _ = judge(machine(("Java 8 Update 291 (64-bit)", "8.0.2910.10", "Oracle Corporation")), facts, ALL)
    assert (same.flaw, same.undecided, same.version) == ("CVE-2021-1", False, "1.8.0 update291")
    (older,), _ = judge(machine(("Java 8 Update 202", "8.0.2020.8", "Oracle Corporation")), facts, ALL)
    assert older.undecided and "newest update of its time" in older.doubt
    assert judge(machine(("Java 8 Update 301", "8.0.3010.9", "Oracle Corporation")), facts, ALL)[0] == []


def test_an_edition_is_not_a_build(judge):
    facts = [exact("CVE-2022-1", "microsoft:office", "2019"), exact("CVE-2022-2", "microsoft:office", "2016")]
    (row,), _ = judge(machine(("Microsoft Office Standard 2019 - ja-jp", "16.0.10416.20058", "Microsoft Corporation")), facts, ALL)
    assert row.flaw == "CVE-2022-1" and row.undecided and "edition" in row.doubt


def test_editions_and_platforms(judge):
    facts = [
        affected("CVE-1", "mozilla:firefox", "116", target="sw_edition=esr"),
        affected("CVE-2", "mozilla:firefox", "116", target="target_sw=android"),
        affected("CVE-3", "mozilla:firefox", "116", needs="o:microsoft:windows"),
        affected("CVE-4", "mozilla:firefox", "116", needs="o:apple:macos"),
        affected("CVE-5", "mozilla:firefox", "116", needs="a:acme:plugin:2.0"),
        affected("CVE-6", "mozilla:firefox", "116", target="target_sw=strange"),
    ]
    rows = by_flaw(judge(machine(("Mozilla Firefox (x64 ja)", "115.0", "Mozilla")), facts, ALL)[0])
    assert {flaw: row.undecided for flaw, row in rows.items()} == {"CVE-3": False, "CVE-5": True, "CVE-6": True}
    assert judge(machine(("Mozilla Firefox ESR (x64 ja)", "115.0", "Mozilla")), facts, ALL)[0] == [], "its own product is firefox_esr"


def test_the_makers_word_counts_before_nvd_and_a_withdrawn_record_not_at_all(judge):
    maker = affected("CVE-2023-1", "7-zip:7-zip", "18.00", feed="maker", place="v1")
    assert judge(machine(("7-Zip 19.00 (x64)", "19.00", "Igor Pavlov")), [SEVEN, maker], ALL)[0] == []
    denied = affected("CVE-2023-1", "7-zip:7-zip", status="not_affected", since="19.00", before="20.00", feed="maker")
    assert judge(machine(("7-Zip 19.00 (x64)", "19.00", "Igor Pavlov")), [SEVEN, denied], ALL)[0] == []
    gone = [SEVEN, advisory("CVE-2023-1", withdrawn=True)]
    assert judge(machine(("7-Zip 19.00 (x64)", "19.00", "Igor Pavlov")), gone, ALL)[0] == []


def test_what_cannot_be_compared_is_for_a_person(judge):
    every = affected("CVE-2020-9", "7-zip:7-zip")
    (row,), _ = judge(machine(("7-Zip 19.00 (x64)", "19.00", "Igor Pavlov")), [every], ALL)
    assert row.undecided and "names no version" in row.doubt
    (row,), _ = judge(machine(("7-Zip", None, "Igor Pavlov")), [SEVEN], ALL)
    assert row.undecided and row.version is None and "not known" in row.doubt
    half = affected("CVE-2020-8", "7-zip:7-zip", "23.01", confidence="medium")
    (row,), _ = judge(machine(("7-Zip 19.00 (x64)", "19.00", "Igor Pavlov")), [half], ALL)
    assert row.undecided and "nobody has compared" in row.doubt


def test_a_distributions_packages_are_not_judged_by_the_makers_numbers(judge):
    host = [Asset(asset="l"), Host(asset="l", platform="linux", os_id="debian", os_version="12")]
    managed = Software(asset="l", name="7-zip", version="19.00", publisher="Igor Pavlov", manager="dpkg")
    assert judge([*host, managed], [SEVEN], {"l": ("hosts", "software")})[0] == []
    own = Software(asset="l", name="7-Zip", version="19.00", publisher="Igor Pavlov", manager=None)
    assert len(judge([*host, own], [SEVEN], {"l": ("hosts", "software")})[0]) == 1


def test_a_package_of_its_makers_own_repository_is_judged_by_the_makers_numbers(judge):
    host = [Asset(asset="l"), Host(asset="l", platform="linux", os_id="debian", os_version="12")]
    facts = [affected("CVE-2024-1", "google:chrome", "121.0.1"), affected("CVE-2024-2", "postgresql:postgresql", "15.6", since="15.0")]
    chrome = Software(asset="l", name="google-chrome-stable", version="120.0.6099.129-1", manager="dpkg", origin="Google LLC")
    own = Software(asset="l", name="postgresql-15", version="15.3-0+deb12u1", manager="dpkg", origin="Debian")
    pgdg = Software(asset="l", name="postgresql-15", version="15.3-1.pgdg120+1", manager="dpkg", origin="apt.postgresql.org")
    rows, _ = judge([*host, chrome, own, pgdg], facts, {"l": ("hosts", "software")})
    assert [(row.flaw, row.version, row.undecided, row.confidence) for row in sorted(rows, key=lambda row: row.flaw)] == [
        ("CVE-2024-1", "120.0.6099.129", False, "medium"),
        ("CVE-2024-2", "15.3", False, "medium"),
    ]


def test_with_facts_about_programs_windows_rests_on_its_list_of_programs(judge):
    rows = [Asset(asset="w"), TENS]
    facts = [SEVEN, exploited("CVE-2020-1"), FIX]
    _, looks = judge(rows, facts, {"w": ("hosts", "patches")})
    assert (looks["w"].complete, looks["w"].reason) == (False, "not_collected")
    _, looks = judge(rows, facts, ALL)
    assert looks["w"].complete
    cut = Collected(asset="w", table_name="software", source="windows.software", complete=False, reason="not_understood")
    _, looks = judge(rows, facts, {"w": ("hosts", "patches", "components")}, [cut])
    assert (looks["w"].complete, looks["w"].reason) == (False, "not_understood")


def test_a_maker_whose_words_cannot_be_compared_leaves_the_word_to_nvd(judge):
    words = affected("CVE-2023-1", "7-zip:7-zip", feed="maker", status="undetermined", needs="versions of last summer", confidence="low")
    (alone,), _ = judge(machine(("7-Zip 24.00 (x64)", "24.00", "Igor Pavlov")), [words], ALL)
    assert alone.undecided
    assert judge(machine(("7-Zip 24.00 (x64)", "24.00", "Igor Pavlov")), [words, SEVEN], ALL)[0] == []
    (old,), _ = judge(machine(("7-Zip 19.00 (x64)", "19.00", "Igor Pavlov")), [words, SEVEN], ALL)
    assert not old.undecided and old.fixed == "23.01"
    # What the same maker says readably counts together with what nobody can read.
    both = [words, affected("CVE-2023-1", "7-zip:7-zip", "20", feed="maker"), SEVEN]
    (open_,), _ = judge(machine(("7-Zip 22.00 (x64)", "22.00", "Igor Pavlov")), both, ALL)
    assert open_.undecided


def test_dot_net_framework_is_judged_by_the_table_of_updates_not_by_its_version(judge):
    facts = [exact("CVE-2023-9", "microsoft:.net_framework", "4.8"), affected("CVE-2023-8", "microsoft:.net_framework", "4.9")]
    assert judge(machine((".NET Framework", "4.8", "Microsoft Corporation")), facts, ALL)[0] == []
    assert len(judge(machine((".NET_Framework", "4.8", "Microsoft Corporation")), facts, ALL)[0]) == 2
