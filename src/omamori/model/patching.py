"""Derived tables of updates and flaws: what is missing, why, what it closes, in which order, and what protects meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.look import REASONS
from omamori.model.schema import asset_column, col, evidence_column, source_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Vulnerability:
    """A published flaw that concerns a version seen on an asset, or declared of a line's device."""

    asset: str = col("Asset, or name of the line whose device is meant.", default="")
    subject_kind: str = col("asset or line.", default="asset")
    flaw: str = col("Identifier, such as CVE-2018-13379.", default="")
    product: str = col("Product.", default="")
    version: str | None = col("Version that is affected.")
    fixed: str | None = col("First version of the same branch, or update, that is not affected; NULL when there is none.")
    fixed_key: str | None = col("Sort key of `fixed`, in the order in which the product's versions compare; NULL where not known.")
    exploited: bool | None = col("Whether it is known to be exploited.")
    ransomware: bool | None = col("Whether ransomware is known to use it.")
    undecided: bool = col("Whether it cannot be told for certain that this version is affected.", default=False)
    name: str | None = col("Name the flaw is known by.")
    kind: str = col("Where it lies: os, package, application, component or device.", default="package")
    title: str | None = col("What it is, in English.")
    title_ja: str | None = col("What it is, in Japanese.")
    cvss: float | None = col("CVSS base score.")
    likelihood: float | None = col("Probability of an attack in the next thirty days (EPSS), 0 to 1.")
    published: date | None = col("Day it was published.")
    state: str = col("affected, or no_fix where the publisher has no repair.", default="affected")
    repair: str | None = col("What repairs it: the `repair` of `repairs`.")
    matched: str | None = col("Why it is this flaw: which name, which version, which rule of which publisher.")
    confidence: str = col("How sure the match is: high, medium or low.", default="high")
    doubt: str | None = col("What has to be confirmed, in English; NULL when it is certain.")
    doubt_ja: str | None = col("What has to be confirmed, in Japanese.")
    fact: str | None = col("Where the fact comes from.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingPatch:
    """An update a Windows machine should have and has not; one row per update to install, and one per product that is not judged."""

    asset: str = asset_column()
    patch_id: str = col("Update to install, such as KB5034441: the newest of its series; empty where a product is not judged.", default="")
    product: str = col("Product it is for, as Microsoft names it.", default="")
    component: str | None = col("Component it is for where it is not Windows itself, such as .NET Framework 4.8.")
    kind: str = col(
        "cumulative, security_only, servicing_stack, dotnet, browser, out_of_band or other; not_judged for a product such as SQL Server.",
        default="cumulative",
    )
    title: str | None = col("Title, as Microsoft names it.")
    posted: date | None = col("Day it was published.")
    behind_since: date | None = col("Day of the oldest update that is lacking for certain; NULL where that is not known.")
    earliest: date | None = col("Day before which it cannot have fallen behind: of the oldest update it may lack.")
    lacking: int = col("Updates of the series it lacks, this one included.", default=1)
    flaws: int = col("Published flaws it closes on this machine.", default=0)
    exploited: int = col("Of these, known to be exploited.", default=0)
    ransomware: int = col("Of these, known to be used by ransomware.", default=0)
    cvss: float | None = col("Highest CVSS base score among them.")
    likelihood: float | None = col("Highest EPSS probability among them.")
    chain: str = col("Why it is judged missing: from what the machine has, step by step, to the update needed.", default="")
    basis: str = col(
        "What decides: build (the build number proves it), list (the list of installed updates), or none (the product is not judged).",
        default="list",
    )
    undecided: bool = col("Whether it cannot be told for certain that it is missing.", default=False)
    doubt: str | None = col("What has to be confirmed, in English; NULL when it is certain.")
    doubt_ja: str | None = col("What has to be confirmed, in Japanese.")
    fact: str | None = col("Rows of the pack that say it.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """A part inside an application or appliance: a library, a runtime, a database engine."""

    asset: str = asset_column()
    name: str = col("Name, such as log4j-core.", default="")
    version: str | None = col("Version.")
    purl: str | None = col("Package URL, where it is known.")
    cpe: str | None = col("CPE, where it is known.")
    product: str | None = col("Product the bill of materials, file or program belongs to.")
    supplier: str | None = col("Who supplies it.")
    seen_in: str | None = col("Where it was seen: the bill of materials, the program, the file.")
    declared: bool = col("Whether somebody says so (a bill of materials) and nobody saw it on the machine.", default=False)
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """One piece of work on one machine or line, and what it closes; in the order in which it should be done."""

    asset: str = col("Asset, or name of the line.", default="")
    subject_kind: str = col("asset or line.", default="asset")
    repair: str = col(
        "What to do, the same for all machines: update:KB5034441, package:openssl, firmware:fortios, application:7-zip.", default=""
    )
    label: str | None = col("What to do, for people, in English.")
    label_ja: str | None = col("What to do, for people, in Japanese.")
    target: str | None = col("Version or update to reach.")
    product: str | None = col("Product, package or system it is for, where one is named.")
    flaws: int = col("Flaws it closes here for certain.", default=0)
    exploited: int = col("Of these, known to be exploited.", default=0)
    ransomware: int = col("Of these, known to be used by ransomware.", default=0)
    undecided: int = col("Besides these, flaws that still have to be confirmed.", default=0)
    undecided_exploited: int = col("Of those to be confirmed, known to be exploited.", default=0)
    reached: str | None = col("How an entry point reaches it: entry, listener, or NULL for not known to be reached.")
    reached_from: str | None = col("From where.")
    likelihood: float | None = col("Highest EPSS probability among them.")
    cvss: float | None = col("Highest CVSS base score among them.")
    tier: int = col("1 do first, 2 soon, 3 on the next day of maintenance, 4 when convenient.", default=4)
    place: int = col("Place in the order of work, from 1, over all machines.", default=0)
    because: str | None = col("Why it stands there, in English.")
    because_ja: str | None = col("Why it stands there, in Japanese.")
    cannot: str | None = col(
        "Why it cannot be done here: exception (an accepted risk) or no_fix (no repair is published); NULL when it can."
    )
    ask: bool = col("Whether somebody else has to be asked to do it: a medical device, a vendor's machine or line.", default=False)
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeMatch:
    """A published notice that is about a machine or line of this hospital."""

    asset: str = col("Asset, or name of the line.", default="")
    subject_kind: str = col("asset or line.", default="asset")
    notice: str = col("Notice.", default="")
    flaw: str | None = col("Flaw it is about.")
    product: str | None = col("Product as the notice names it.")
    version: str | None = col("Version seen here.")
    matched: str | None = col("Why it is about this one: which name, which version, which rule.")
    vendor: str | None = col("Vendor or publisher who gave the notice.")
    told: date | None = col("Day the hospital received it; of one that came as a file the day it was published.")
    decision: str | None = col("What was decided about it, NULL while nothing is: of the sheet of notices, else the vendor's answer.")
    undecided: bool = col("Whether it still has to be confirmed.", default=False)
    doubt: str | None = col("What has to be confirmed, in English; NULL when it is certain.")
    doubt_ja: str | None = col("What has to be confirmed, in Japanese.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Compensation:
    """What protects while something cannot be mended, and whether it was seen to."""

    asset: str = col("Asset, or name of the line, the exception is for.", default="")
    subject_kind: str = col("asset, line, or other for what is neither.", default="asset")
    check_id: str = col("Check that is accepted.", default="")
    finding_key: str | None = col("Key of the finding; NULL for all of the check.")
    control: str = col("port_closed, segment_filtered, virtual_patch, switched_off or other.", default="other")
    detail: str | None = col("What the ledger says of it.")
    state: str = col(
        "seen (evidence shows it), contradicted (evidence shows the opposite), declared (nothing was seen), unreadable.", default="declared"
    )
    shown_by: str | None = col("What shows it, in English.")
    shown_by_ja: str | None = col("What shows it, in Japanese.")
    expires: date | None = col("Day the exception ends.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class KnowledgeSource:
    """A source of the pack this snapshot was judged with."""

    feed: str = col("Name of the feed, such as nvd; starter for the facts that ship inside.", default="")
    title: str | None = col("Name for people, in English.")
    title_ja: str | None = col("Name for people, in Japanese.")
    as_of: date | None = col("Day of its newest entry.")
    age_days: int | None = col("Days since then.")
    best_before: int | None = col("Days after which it counts as old.")
    records: int = col("Records it holds.", default=0)
    broken: int = col("Records that could not be read.", default=0)
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class KnowledgeCover:
    """What the pack covers of a machine or line, and what it lacks; where it does not cover something, no flaw found means nothing."""

    asset: str = col("Asset, or name of the line whose device is meant.", default="")
    subject_kind: str = col("asset or line.", default="asset")
    kind: str = col(
        "What has to be covered: windows, packages (of the distribution's release), programs, components or device (firmware).", default=""
    )
    name: str = col("Which: the Windows, the release, the sources of programs and parts, the device.", default="")
    covered: bool = col("Whether the pack covers it.", default=False)
    why: str | None = col("Why it does not.", values=REASONS)
    lacks: str | None = col("What is missing, in English; NULL where it is covered.")
    lacks_ja: str | None = col("What is missing, in Japanese.")
    source: str = source_column()
    evidence: str = evidence_column()
