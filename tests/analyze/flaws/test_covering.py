"""What a pack covers: excerpts, forgotten years, cut files, old sources and silent makers cover nothing (law 1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from tests.analyze.flaws.published import advisory, affected, exploited, release, years

from omamori.analyze.flaws.covering import FIRST_YEAR, LEAST_OF_YEAR, NO_PACK, Covering, covering, lacking_years
from omamori.knowledge.store import Facts
from omamori.model.facts import Broken, Feed
from omamori.snapshot.database import Database

NOW = datetime(2026, 6, 1)
NVD = Feed(feed="nvd", title="NVD", title_ja="NVD", as_of=date(2026, 5, 31), records=12_500)
OSV = Feed(feed="osv", title="OSV", title_ja="OSV", as_of=date(2026, 5, 31), records=100_000)


def covers(facts: Iterable[Any], *, held: bool = True, releases: Iterable[str] = ()) -> Covering:
    with Database() as database, Facts(rows=tuple(facts)).attached(database.connection):
        return covering(database, held=held, now=NOW, releases=list(releases))


@pytest.mark.parametrize(
    ("facts", "reason", "said"),
    [
        ([NVD, *years()], None, ""),
        ([*years(feed="jvn")], None, ""),
        ([NVD, *years(last=2018), *years(2021, 2021), *years(2023, 2026)], "not_in_pack", "2019-2020, 2022"),
        ([NVD, *years(last=2018), *years(2019, 2019, feed="jvn"), *years(2020)], None, ""),
        ([NVD, *years(last=2025)], "not_in_pack", "2026"),
        ([replace(NVD, as_of=date(2026, 1, 20)), *years(last=2025)], "pack_too_old", "2026-01-20"),
        ([replace(NVD, as_of=date(2026, 5, 31)), *years(last=2025), *years(2026, many=LEAST_OF_YEAR * 4 // 12)], None, ""),
        ([replace(NVD, as_of=None), *years()], "pack_too_old", "nobody knows"),
        ([replace(NVD, broken=1), *years(), Broken(feed="nvd", file="nvdcve-2.0-2021.json", place="end")], "not_in_pack", "2021"),
        ([replace(NVD, broken=1), *years(), Broken(feed="nvd", file="page-7.json", place="file")], "not_in_pack", "2002-2026"),
        ([replace(NVD, broken=2000), *years(), Broken(feed="nvd", file="nvdcve-2.0-2021.json")], "not_in_pack", "2002-2026"),
        ([NVD, *years(many=9)], "not_in_pack", "2002-2026"),
        ([NVD, advisory("CVE-2021-1")], "not_in_pack", "2002-2026"),
        ([*release()], "not_in_pack", "neither NVD nor JVN"),
    ],
    ids=[
        "all years",
        "JVN alone",
        "years between",
        "JVN has the year NVD lacks",
        "this year's file",
        "old",
        "the year that goes on",
        "of no day",
        "one file cut",
        "a page cut",
        "more unread than are named",
        "an excerpt of every year",
        "one record",
        "neither",
    ],
)
def test_programs_are_covered_by_every_year(facts, reason, said) -> None:
    gap = covers(facts).programs
    assert (gap.reason if gap else None) == reason
    assert said in (gap.said.en if gap else "") and (gap is None or gap.said.ja)


def test_a_year_far_below_the_others_was_cut() -> None:
    counted = dict.fromkeys(range(FIRST_YEAR, 2027), 20_000)
    assert list(lacking_years(counted, NOW.date(), NOW, {})) == []
    assert list(lacking_years({**counted, 2021: 1_999, 2003: 2_000, 2026: 208}, NOW.date(), NOW, {})) == [2021]
    assert list(lacking_years({**counted, 2026: 207}, NOW.date(), NOW, {})) == [2026], "five months of a year have their share"
    assert list(lacking_years(counted, date(2027, 1, 20), NOW, {2009: 1})) == [2009], "in January the new year may be empty"


def test_a_release_is_covered_by_a_source_that_holds_it_and_no_other_release() -> None:
    pack = covers([OSV, *release("alpine 3.20", scheme="apk", feed="osv")], releases=["debian 12", "alpine 3.20"])
    assert pack.release(("alpine 3.20",), "Alpine 3.20") is None and pack.whole_release("alpine 3.20")
    gap = pack.release(("debian 12",), "Debian 12")
    assert gap is not None and gap.reason == "not_in_pack" and "Debian 12" in gap.said.en and "Debian 12" in gap.said.ja
    assert pack.release((), "QTS").said.en.endswith("QTS") and not pack.whole_release("debian 12")
    few = covers(release(many=499), releases=["debian 12"]).release(("debian 12",), "Debian 12")
    assert few is not None and "499" in few.said.ja and "a part" in few.said.en


def test_of_a_feed_of_single_records_one_that_cannot_be_read_costs_itself_and_a_harmed_archive_all() -> None:
    facts = [*release(feed="osv")]
    for broken, kept, whole in (
        (1, [Broken(feed="osv", file="X.json", place="document")], True),
        (1, [Broken(feed="osv", file="all.zip", place="file")], False),
        (200, [Broken(feed="osv", file="X.json", place="document")] * 200, False),
    ):
        pack = covers([replace(OSV, broken=broken), *facts, *kept], releases=["debian 12"])
        assert (pack.release(("debian 12",), "Debian 12") is None) == whole


def test_a_tracker_cut_short_or_old_covers_nothing_and_a_second_source_stands_in() -> None:
    tracker = Feed(feed="debian", title="Debian", as_of=date(2026, 5, 31), records=600)
    cut = [replace(tracker, broken=1), *release(), Broken(feed="debian", file="json", place="member 4", reason="the file ends too early")]
    gap = covers(cut, releases=["debian 12"]).release(("debian 12",), "Debian 12")
    assert gap is not None and (gap.reason, gap.said.en) == ("not_in_pack", "1 places of Debian could not be read")
    assert covers([*cut, OSV, *release(feed="osv")], releases=["debian 12"]).release(("debian 12",), "Debian 12") is None
    old = covers([replace(tracker, as_of=date(2026, 3, 30)), *release()], releases=["debian 12"]).release(("debian 12",), "Debian 12")
    assert old is not None and old.reason == "pack_too_old" and "2026-03-30" in old.said.ja


def test_parts_need_the_records_of_their_ecosystem_or_nvd() -> None:
    given = {"kind": "ecosystem", "scheme": "semver", "feed": "osv", "part": None}
    facts = [affected(f"CVE-1-{number}", "npm:x", "1", **given) for number in range(100)]
    pack = covers([OSV, *facts])
    assert pack.parts(["npm"], by_name=False) is None
    assert "Maven" in pack.parts(["Maven", "npm"], by_name=False).said.en
    assert pack.parts(["npm"], by_name=True) == pack.programs and pack.programs is not None
    assert covers([replace(OSV, as_of=date(2020, 1, 1)), *facts]).parts(["npm"], by_name=False).reason == "pack_too_old"
    assert pack.parts([], by_name=False) is None


def test_a_device_nobody_speaks_of_is_not_passed() -> None:
    nvd = covers([NVD, *years()])
    assert nvd.device({"nvd"}, compared=False, called="RTX810") is None
    assert nvd.device((), compared=True, called="RTX830") is None, "the pack's own table was compared by hand"
    silent = nvd.device((), compared=False, called="RTX1300")
    assert silent is not None and silent.reason == "vendor_silent" and "RTX1300" in silent.said.ja


def test_a_makers_feed_covers_its_devices_when_it_is_no_excerpt() -> None:
    notices = [replace(advisory(f"FG-IR-{number}"), feed="fortinet") for number in range(100)]
    maker = covers(notices)
    assert maker.device({"fortinet"}, compared=False, called="FortiOS") is None
    assert maker.device((), compared=False, called="IOS") == maker.programs
    assert covers(notices[:99]).device({"fortinet"}, compared=True, called="FortiOS").reason == "not_in_pack"
    harmed = [Feed(feed="fortinet", title="Fortinet", as_of=date(2020, 1, 1), records=100), *notices]
    assert covers(harmed).device({"fortinet"}, compared=False, called="FortiOS").reason == "pack_too_old"


def test_windows_needs_a_whole_table_that_names_it() -> None:
    table = Feed(feed="microsoft", title="Microsoft", as_of=date(2026, 5, 31), records=600_000)
    assert covers([table, *release()]).windows(spoken=True, called="Windows 11") is None
    assert "Windows 11" in covers([table, *release()]).windows(spoken=False, called="Windows 11").said.ja
    cut = [replace(table, broken=1), *release(), Broken(feed="microsoft", file="CVEs.csv", place="line 7")]
    assert covers(cut).windows(spoken=True, called="Windows 11").reason == "not_in_pack"


def test_the_catalogue_of_exploited_flaws_has_to_be_whole() -> None:
    kev = Feed(feed="kev", title="KEV", as_of=date(2026, 5, 31), records=2)
    assert covers([kev, exploited("CVE-1")]).catalogue is None
    assert covers([replace(kev, broken=1), exploited("CVE-1"), Broken(feed="kev", place="end")]).catalogue.reason == "not_in_pack"
    assert covers([replace(kev, as_of=date(2025, 1, 1)), exploited("CVE-1")]).catalogue.reason == "pack_too_old"
    assert covers(release()).catalogue.said.en.endswith("(CISA KEV)")


def test_without_a_pack_nothing_is_covered() -> None:
    pack = covers((), held=False)
    answers = [pack.programs, pack.catalogue, pack.release(("debian 12",), "x"), pack.windows(spoken=True, called="x")]
    answers += [pack.parts((), by_name=False), pack.device({"nvd"}, compared=True, called="x")]
    assert answers == [NO_PACK] * 6
