"""What a pack covers, and what it lacks: only where it covers something does "no flaw was found" mean anything.

Programs: every year of NVD or JVN since `FIRST_YEAR`. Packages: a source that holds the distribution's release, and more of it than an
excerpt. Parts: the records of their ecosystem. Devices: the maker's own feed, or NVD with records of the product. A source that was cut
short, of which records could not be read, or that is old covers nothing. Without an imported pack nothing is covered: what ships inside
speaks of some well-known flaws.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from omamori.analyze.flaws.matching import rank_of
from omamori.model.facts import Feed
from omamori.model.text import Text
from omamori.snapshot.database import Database

FIRST_YEAR = 2002
"""NVD's first yearly file; it holds the years before too."""
LEAST_OF_YEAR = 500
"""Entries of a year below which a file was forgotten or cut: the smallest year of NVD has 1,500."""
LEAST_OF_RELEASE = 500
"""Flaws of a distribution's release below which a source is an excerpt: a release still looked after has thousands."""
LEAST_OF_ECOSYSTEM = 100
LEAST_OF_MAKER = 100
"""Notices of a maker below which a folder of them is an excerpt."""
TOO_OLD = timedelta(days=62)
_SINGLE = frozenset({"osv", "ubuntu", "redhat", "fortinet", "cisco", "paloalto"})
"""Feeds of which every file is one record: one that cannot be read costs itself, and the pack names it."""
_UNREAD_SHARE = 1000
_WHOLE_FILE = frozenset({"file", "end", "beginning"})
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Gap:
    """Why something is not covered. `reason`: a code of `REASONS`; `said`: what is missing."""

    reason: str
    said: Text


NO_PACK = Gap("not_in_pack", Text("知識パックがまだ取り込まれていません", "no knowledge pack was imported yet"))


@dataclass(frozen=True)
class Covering:
    """What the pack of one judgement covers; made by `covering`.

    `faults`: feed → why nothing rests on it; `releases`: distribution release → feed → flaws; `ecosystems`: lower-case name → flaws;
    `makers`: feeds of makers that are more than an excerpt; `programs`: what is missing before programs are covered.
    """

    held: bool
    sources: Mapping[str, Feed]
    faults: Mapping[str, Gap]
    releases: Mapping[str, Mapping[str, int]]
    ecosystems: Mapping[str, int]
    makers: frozenset[str]
    programs: Gap | None
    catalogue: Gap | None

    def release(self, names: Sequence[str], called: str) -> Gap | None:
        """Return what is missing of a distribution. `names`: releases its packages may be judged by; `called`: as people call it."""
        if not self.held:
            return NO_PACK
        counted = {(name, feed): many for name in names for feed, many in self.releases.get(name, {}).items()}
        enough = [feed for (_, feed), many in counted.items() if many >= LEAST_OF_RELEASE]
        if not counted:
            return Gap(
                "not_in_pack", Text(f"{called}のパッケージの情報がありません", f"the pack holds nothing about the packages of {called}")
            )
        if not enough:
            most = max(counted.values())
            return Gap(
                "not_in_pack",
                Text(
                    f"{called}のパッケージの情報が一部しかありません(弱点{most}件)",
                    f"the pack holds only a part about the packages of {called} ({most} flaws)",
                ),
            )
        return None if any(feed not in self.faults for feed in enough) else self.faults[enough[0]]

    def whole_release(self, name: str) -> bool:
        """Return whether a source holds this very release."""
        return any(many >= LEAST_OF_RELEASE and feed not in self.faults for feed, many in self.releases.get(name, {}).items())

    def windows(self, *, spoken: bool, called: str, feeds: Collection[str] = ("microsoft",)) -> Gap | None:
        """Return what is missing of a Windows. `spoken`: whether the table of updates has a name for it."""
        if not self.held:
            return NO_PACK
        if not spoken:
            return Gap(
                "not_in_pack",
                Text(
                    f"マイクロソフトの更新の表に{called}がありません", f"Microsoft's table of updates in the pack says nothing of {called}"
                ),
            )
        return next((self.faults[feed] for feed in feeds if feed in self.faults), None)

    def parts(self, ecosystems: Collection[str], *, by_name: bool) -> Gap | None:
        """Return what is missing of parts. `ecosystems`: as publishers call them; `by_name`: whether some are known by name or CPE only."""
        if not self.held:
            return NO_PACK
        lacking = sorted({name for name in ecosystems if self.ecosystems.get(name.lower(), 0) < LEAST_OF_ECOSYSTEM})
        if lacking:
            said = ", ".join(lacking[:8])
            return Gap("not_in_pack", Text(f"部品の情報がありません: {said}", f"the pack holds nothing about parts of {said}"))
        fault = self.faults.get("osv") if ecosystems else None
        return fault or (self.programs if by_name else None)

    def device(self, feeds: Collection[str], *, compared: bool, called: str) -> Gap | None:
        """Return what is missing of a device. `feeds`: those that have records of it; `compared`: whether the pack's own table speaks of it."""
        if not self.held:
            return NO_PACK
        makers = [feed for feed in feeds if rank_of(feed) == 1 and feed in self.makers]
        if any(feed not in self.faults for feed in makers):
            return None
        if self.programs is not None:
            return self.faults[makers[0]] if makers else self.programs
        if feeds or compared:
            return None
        said = Text(f"{called}について、発行元の情報に何もありません", f"no publisher in the pack says anything of {called}")
        return Gap("vendor_silent", said)


def covering(database: Database, *, held: bool, now: datetime, releases: Collection[str]) -> Covering:
    """Return what the attached facts cover. `held`: whether a pack was imported; `releases`: those that machines here have."""
    if not held:
        return Covering(False, {}, {}, {}, {}, frozenset(), NO_PACK, NO_PACK)
    sources = {feed.feed: feed for feed in _feeds(database)}
    unread = _unread(database, sources)
    faults = {feed: gap for feed, one in sources.items() if (gap := _fault(one, unread.get(feed, {}), now)) is not None}
    query = (
        "select release, feed, count(distinct flaw) from facts.affected where kind = 'package' and release in "
        "(select unnest($releases::varchar[])) group by release, feed order by all"
    )
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for release, feed, many in database.select(query, {"releases": sorted(releases)}):
        counted[str(release)][str(feed)] = int(many)
    query = "select lower(vendor), count(distinct flaw) from facts.affected where kind = 'ecosystem' group by 1 order by 1"
    ecosystems = {str(name): int(many) for name, many in database.select(query)}
    query = (
        "select feed, count(distinct advisory) from facts.advisories where feed not in ('nvd', 'jvn', 'osv') group by feed order by feed"
    )
    makers = frozenset(str(feed) for feed, many in database.select(query) if many >= LEAST_OF_MAKER)
    programs = _programs(database, sources, faults, unread, now)
    return Covering(True, sources, faults, counted, ecosystems, makers, programs, _catalogue(database, faults))


def _feeds(database: Database) -> list[Feed]:
    names = "feed, title, title_ja, as_of, records, broken"
    rows = database.select(f"select {names} from facts.feeds order by feed")  # noqa: S608 - names of the model
    return [Feed(**dict(zip(names.split(", "), row, strict=True))) for row in rows]


def _unread(database: Database, sources: Mapping[str, Feed]) -> Mapping[str, Mapping[int | None, int]]:
    """Return feed → year of its file → records that could not be read; None: of no year, or of none that is named.

    Of feeds of single records only what harmed a whole file counts, and more than one record in a thousand.
    """
    found: dict[str, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    named: dict[str, int] = defaultdict(int)
    for feed, file, place in database.select("select feed, file, place from facts.broken order by all"):
        named[feed] += 1
        if feed in _SINGLE and place not in _WHOLE_FILE:
            continue
        years = _YEAR.findall(str(file).rpartition("/")[2])
        found[feed][int(years[0]) if len(years) == 1 else None] += 1
    for feed, one in sources.items():
        many = one.broken if feed in _SINGLE and one.broken * _UNREAD_SHARE > one.records else 0
        many = max(many, one.broken - named[feed])
        if many > 0:
            found[feed][None] += many
    return found


def _fault(one: Feed, unread: Mapping[int | None, int], now: datetime) -> Gap | None:
    ja, en = one.title_ja or one.title or one.feed, one.title or one.feed
    many = sum(unread.values())
    if one.as_of is None or now.date() - one.as_of > TOO_OLD:
        day = f"{one.as_of:%Y-%m-%d}" if one.as_of else None
        return Gap("pack_too_old", Text(f"{ja}が古すぎます({day or '日付不明'})", f"{en} is too old ({day or 'of a day nobody knows'})"))
    if many:
        said = Text(f"{ja}のうち{many}か所を読み取れませんでした", f"{many} places of {en} could not be read")
        return Gap("not_in_pack", said)
    return None


def _programs(
    database: Database,
    sources: Mapping[str, Feed],
    faults: Mapping[str, Gap],
    unread: Mapping[str, Mapping[int | None, int]],
    now: datetime,
) -> Gap | None:
    """Return what is missing of NVD and JVN: every year has to be whole in one of them."""
    counted = _years(database)
    if not counted:
        return Gap("not_in_pack", Text("知識パックにNVDもJVNもありません", "the pack holds neither NVD nor JVN"))
    fresh = [feed for feed in counted if feed not in faults or faults[feed].reason != "pack_too_old"]
    if not fresh:
        return faults[sorted(counted)[-1]]
    days = [sources[feed].as_of for feed in fresh if feed in sources]
    last = max((day for day in days if day), default=None)
    lacking = [set(lacking_years(counted[feed], last, now, unread.get(feed, {}))) for feed in fresh]
    years = set.intersection(*lacking)
    if not years:
        return None
    said = _spans(years)
    return Gap(
        "not_in_pack",
        Text(
            f"NVD・JVNの{said}年の分がないか、一部しかありません",
            f"NVD and JVN are not there, or only in part, for the years {said}",
        ),
    )


def _years(database: Database) -> Mapping[str, Mapping[int, int]]:
    """Return feed → year → entries, by the year in the identifier (CVE-2024-…, JVNDB-2024-…)."""
    query = (
        "select feed, year, count(*) from (select feed, try_cast(substr(advisory, case feed when 'nvd' then 5 else 7 end, 4) as integer) as year "
        "from facts.advisories where (feed = 'nvd' and starts_with(advisory, 'CVE-')) or (feed = 'jvn' and starts_with(advisory, 'JVNDB-'))) "
        "where year between 1999 and 2999 group by feed, year order by feed, year"
    )
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for feed, year, many in database.select(query):
        found[str(feed)][int(year)] = int(many)
    return found


def lacking_years(counted: Mapping[int, int], last: date | None, now: datetime, unread: Mapping[int | None, int]) -> Iterable[int]:
    """Yield the years that are not there, cut, or far below the middle one; the year that still goes on needs its share only.

    In: year → entries; `last`: the day of the source; `unread`: year of a file → records that could not be read, None: of all.
    """
    ends = last.year if last else min(max(counted), now.year)
    middle = sorted(counted.values())[len(counted) // 2]
    for year in range(FIRST_YEAR, ends + 1):
        many = counted.get(year, 0)
        going_on = last is not None and year == last.year
        least = LEAST_OF_YEAR * (last.month - 1) // 12 if going_on and last else LEAST_OF_YEAR
        thin = not going_on and 10 * many < middle
        if many < least or thin or unread.get(None, 0) or unread.get(year, 0):
            yield year


def _spans(years: Collection[int]) -> str:
    """2019, 2020, 2021, 2023 as `2019-2021, 2023`."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _catalogue(database: Database, faults: Mapping[str, Gap]) -> Gap | None:
    """Return what is missing of the catalogue of exploited flaws: without one that is whole nobody knows which are used."""
    feeds = [str(feed) for (feed,) in database.select("select distinct feed from facts.exploited order by feed")]
    if not feeds:
        said = Text("悪用が確認された弱点の一覧(CISA KEV)がありません", "the pack holds no catalogue of exploited flaws (CISA KEV)")
        return Gap("not_in_pack", said)
    return None if any(feed not in faults for feed in feeds) else faults[feeds[0]]
