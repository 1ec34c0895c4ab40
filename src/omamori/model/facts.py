"""Published facts: one dataclass per table of a knowledge pack. A feed's parser yields them; the pack holds them.

`place` says where in the publisher's file a row was read (`CVE_Items[12]`, `line 4711`), so that a reader of a verdict can follow it
to the row of the pack and from there to the file it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.schema import col


def _feed() -> str:
    found: str = col("Name of the feed it was read from, such as nvd, jvn, microsoft, debian.", default="")
    return found


def _place() -> str | None:
    found: str | None = col("Where in the publisher's file it was read; of an archive first the member.")
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Advisory:
    """What a publisher says about one or several flaws."""

    advisory: str = col("Identifier the publisher gives it: CVE-2024-21762, JVNDB-2024-001234, FG-IR-24-015, DSA-5678-1.", default="")
    feed: str = _feed()
    title: str | None = col("Title in English.")
    title_ja: str | None = col("Title in Japanese.")
    summary: str | None = col("What it is, in English.")
    summary_ja: str | None = col("What it is, in Japanese.")
    advice: str | None = col("What the publisher advises, in English.")
    advice_ja: str | None = col("What the publisher advises, in Japanese.")
    published: date | None = col("Day it was published.")
    modified: date | None = col("Day it was last changed.")
    withdrawn: bool = col("Whether the publisher took it back or rejected it.", default=False)
    severity: str | None = col("Severity as the publisher words it.")
    cvss: float | None = col("CVSS base score, of the newest version given.")
    vector: str | None = col("CVSS vector, with its version.")
    url: str | None = col("Page for people.")
    place: str | None = _place()


@dataclass(frozen=True, kw_only=True, slots=True)
class AdvisoryFlaw:
    """Which flaws an advisory is about."""

    advisory: str = col("Advisory.", default="")
    feed: str = _feed()
    flaw: str = col("Flaw: its CVE identifier, else the publisher's own.", default="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Affected:
    """A range of versions of one product that a publisher calls affected by a flaw, or not affected.

    Rows of one feed with the same flaw, product and release are alternatives (OR). `needs` names what must be there besides (an AND
    of a CPE configuration): nobody has checked it. `since_key` and `before_key` are made by the pack's builder, in the order of `scheme`.
    """

    flaw: str = col("Flaw: its CVE identifier, else the publisher's own.", default="")
    advisory: str = col("Advisory that says it.", default="")
    feed: str = _feed()
    kind: str = col("How the product is named: cpe, package (of a distribution) or ecosystem (Maven, PyPI, npm …).", default="cpe")
    vendor: str = col("Vendor of the CPE; the ecosystem; the distribution.", default="")
    product: str = col("Product of the CPE; the package; source package where a distribution's tracker speaks of sources.", default="")
    part: str | None = col("Part of the CPE: a application, o operating system or firmware, h hardware.")
    release: str = col("Distribution release it holds for, such as debian 12 or rhel 8; empty for the maker's own versions.", default="")
    scheme: str = col("How versions compare: dpkg, rpm, apk, dotted, fortios, windows, semver, pep440, maven.", default="dotted")
    since: str = col("First version affected; empty: from the first on.", default="")
    since_out: bool = col("Whether `since` itself is not affected.", default=False)
    before: str = col("Version the range ends at; empty: all later ones are affected too.", default="")
    before_in: bool = col("Whether `before` itself is still affected.", default=False)
    fixed: str | None = col("Version that repairs it, where one is named.")
    status: str = col(
        "affected; not_affected; no_fix (the publisher repairs it later or not at all); undetermined (nobody has looked yet).",
        default="affected",
    )
    note: str | None = col("Why there is no repair, as the publisher words it: no-dsa, postponed, ignored, end-of-life, will not fix.")
    needs: str | None = col("What must be there besides, as the publisher names it (running on …); NULL for nothing.")
    target: str | None = col(
        "Software edition, target software or hardware the CPE narrows it to; binary where a tracker names binary packages."
    )
    undecided_if: str | None = col("A version that holds this text cannot be told from the range alone.")
    confidence: str = col("high where a publisher's record says it, medium or low where nobody compared.", default="high")
    place: str | None = _place()
    since_key: str | None = col("Sort key of `since`; NULL for an open start.")
    before_key: str | None = col("Sort key of `before`; NULL for an open end.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Exploited:
    """A flaw that is known to be used in attacks."""

    flaw: str = col("Flaw.", default="")
    feed: str = _feed()
    name: str | None = col("Name the flaw is known by.")
    ransomware: bool | None = col("Whether ransomware is known to use it; NULL where the feed does not say.")
    added: date | None = col("Day it was added to the catalogue.")
    action: str | None = col("What the catalogue asks to do.")
    place: str | None = _place()


@dataclass(frozen=True, kw_only=True, slots=True)
class Likelihood:
    """How likely a flaw is to be attacked in the next thirty days (EPSS)."""

    flaw: str = col("Flaw.", default="")
    feed: str = _feed()
    probability: float | None = col("Probability, 0 to 1.")
    percentile: float | None = col("Share of all flaws that are less likely, 0 to 1.")
    as_of: date | None = col("Day of the model's run.")


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowsFix:
    """A row of Microsoft's table of updates: this update repairs this flaw in this product and component.

    A row without an update is kept, so that a reader finds it, and is never a match.
    """

    flaw: str | None = col("Flaw; NULL where the row names only an update.")
    feed: str = _feed()
    update: str | None = col("Number of the update, without KB; NULL: no update is named.")
    product: str = col("Product as Microsoft names it: Windows 10 Version 1809 for x64-based Systems.", default="")
    component: str = col("Component as Microsoft names it.", default="")
    posted: date | None = col("Day it was published.")
    title: str | None = col("Title.")
    severity: str | None = col("Severity as Microsoft words it.")
    impact: str | None = col("Impact as Microsoft words it.")
    kind: str | None = col(
        "Kind of update as Microsoft words it: Security Update, Monthly Rollup, Security Only, Security HotPatch Update."
    )
    build: str | None = col("Build it brings the machine to, such as 10.0.17763.5329; NULL where not named.")
    build_key: str | None = col("Sort key of `build`, made by the pack's builder.")
    place: str | None = _place()


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowsReplaced:
    """An update that another one replaces (supersedence)."""

    update: str = col("The newer update, without KB.", default="")
    replaces: str = col("The update or bulletin it replaces, without KB.", default="")
    feed: str = _feed()
    product: str = col("Product it holds for, as Microsoft names it.", default="")
    place: str | None = _place()


@dataclass(frozen=True, kw_only=True, slots=True)
class EndDate:
    """When the maker's support of a product's cycle ends."""

    product: str = col("Product, such as debian, windows-server, fortios.", default="")
    feed: str = _feed()
    cycle: str = col("Version or cycle.", default="")
    edition: str = col("Edition the dates are for (ltsc, enterprise); empty for all not named.", default="")
    label: str | None = col("Name for people.")
    released: date | None = col("Day it appeared.")
    ends: date | None = col("Last day of security support; NULL when no end is published.")
    extended_ends: date | None = col("Last day of paid or extended support, where there is one.")
    ended: bool | None = col("Whether it has ended, where the feed says so without a day.")
    latest: str | None = col("Newest version of the cycle.")
    confidence: str = col("high, medium or low.", default="high")
    as_of: date | None = col("Day the fact was as stated.")
    url: str | None = col("Page it comes from.")
    place: str | None = _place()


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A source of a pack: how old it is and what was taken in."""

    feed: str = col("Name of the feed, such as nvd.", default="")
    title: str | None = col("Name for people.")
    title_ja: str | None = col("Name for people, in Japanese.")
    url: str | None = col("Page of the publisher.")
    as_of: date | None = col("Day of the newest entry, or the day the file says.")
    undated: bool = col("Whether no file of it names a day, so that `as_of` is the day the newest was saved.", default=False)
    files: int = col("Files read.", default=0)
    records: int = col("Records taken in.", default=0)
    broken: int = col("Records that could not be read.", default=0)
    best_before: int | None = col("Days after `as_of` on which it counts as old.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """A record of a feed that could not be read; the rest was taken in."""

    feed: str = _feed()
    file: str = col("Name of the file.", default="")
    place: str = col("Where in the file.", default="")
    reason: str = col("What was expected.", default="")
    reason_ja: str = col("What was expected, in Japanese.", default="")


Fact = Advisory | AdvisoryFlaw | Affected | Exploited | Likelihood | WindowsFix | WindowsReplaced | EndDate
"""What a feed's parser yields, besides `Broken`."""
