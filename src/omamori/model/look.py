"""What an evidence said and how completely: the words every parser, the snapshot and the engine share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from omamori.model.schema import asset_column, col, evidence_column
from omamori.model.text import Text, Value, values

EVERYWHERE = "*"
"""`collected.asset` of a look that speaks for the whole site (a ledger, a scan)."""

REASONS: tuple[Value, ...] = values(
    ("not_collected", "まだ集めていません", "not collected yet"),
    ("needs_administrator", "管理者の権限で集めると分かります", "needs administrator rights"),
    ("too_old", "集めた情報が古すぎます", "the evidence is too old"),
    ("vendor_machine", "業者が管理する機器のため業者への確認が必要です", "run by a vendor: ask the vendor"),
    ("managed_elsewhere", "別の管理画面で管理されています", "managed by another console"),
    ("not_understood", "出力の一部を読み取れませんでした", "part of the output was not understood"),
    ("declared_not_seen", "台帳にありますが実機を見ていません", "in the ledger, but never looked at"),
    ("not_in_pack", "知識パックに必要な情報がありません", "the knowledge pack does not cover it"),
    ("pack_too_old", "知識パックの情報が古すぎます", "what the knowledge pack holds is too old"),
    ("vendor_silent", "取り込んだ情報に、この機種についての記載がありません", "what was imported says nothing of this model"),
    ("to_confirm", "人の確認が必要です", "a person has to confirm"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """One probe's or file's view of one table of one asset, as a parser reports it.

    `asset` is empty for the machine the evidence came from, `EVERYWHERE` for the whole site, else
    the subject as seen. `missing` names columns the look could not read. `reason` is a code of
    `REASONS` whenever `complete` is false or `missing` is not empty. `stand` of a sighting: from where it was seen, where that
    makes a difference (`segment`, `routed`): what a firewall hides from one place is not closed at another.
    """

    table: str
    complete: bool = True
    missing: tuple[str, ...] = ()
    reason: str | None = None
    needs: str | None = None
    asset: str = ""
    covers_since: datetime | None = None
    covers_until: datetime | None = None
    stand: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A place in an evidence that was not understood: told to the user, never silently dropped.

    `expected_ja` says the same in Japanese where people typed the evidence themselves.
    """

    line: int
    expected: str
    expected_ja: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser made of one evidence: rows of the model, the looks they amount to, what it could not read.

    `identifiers` name the machine (`machine-id:…`, `mac:…`, `name:…`, `ip:…`), strongest first;
    `claims` does the same for every subject of an evidence about many machines (a ledger, a scan; `label:…` is what others call it,
    which names it but joins nothing). `speaker` says whose word a file about
    the whole site is, where files of one kind from several people stand side by side (the sheet of each vendor): of each speaker
    the newest counts as a whole, by the day its speaker wrote on it (`said_on`) where there is one: a letter that came in late
    does not become newer by that. `remarks`: what whoever brings it is told at once, though all of it was understood.
    """

    rows: tuple[Any, ...] = ()
    looks: tuple[Look, ...] = ()
    problems: tuple[Problem, ...] = ()
    identifiers: tuple[str, ...] = ()
    claims: tuple[tuple[str, tuple[str, ...]], ...] = ()
    speaker: str = ""
    said_on: date | None = None
    remarks: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Collected:
    """One chosen look: which table of which asset was looked at, how completely, and why not if not."""

    asset: str = asset_column()
    table_name: str = col("Table that was looked at.", default="")
    source: str = col("Evidence kind or analyzer that filled it.", default="")
    seen: datetime | None = col("Moment of the look: the earlier of machine clock and receipt.")
    received: datetime | None = col("Moment the evidence was received.")
    covers_since: datetime | None = col("Start of the interval an event look covers.")
    covers_until: datetime | None = col("End of the interval an event look covers.")
    complete: bool = col("Whether the look saw all there was to see.", default=False)
    missing: str = col("Columns the look could not read, separated by commas.", default="")
    reason: str | None = col("Why the look is incomplete.", values=REASONS)
    needs: str | None = col("What would make it complete, for a person.")
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """One identifier of an asset, and who said so."""

    asset: str = asset_column()
    identifier: str = col("Identifier, such as `machine-id:…`, `mac:…`, `name:…` or `ip:…`.", default="")
    since: datetime | None = col("First moment it was seen.")
    said_by: str = col("Evidence kind that said it.", default="")
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What one check says about one subject.

    `finding_key` is the stable identity of a finding (the values of the check's `key`, joined by ` | `);
    empty for pass and for an unknown that concerns the subject as a whole.
    """

    check_id: str = col("Check that judged.", default="")
    subject: str = col("Asset, zone, line or vendor judged, or `site`.", default="")
    finding_key: str = col("Stable key of the finding inside the check.", default="")
    verdict: str = col("What was decided: pass, fail, unknown or accepted.", default="")
    severity: str = col("How much harm it can do: critical, high, medium or low.", default="")
    reason: str | None = col("Why it is unknown, or until when it is accepted.", values=REASONS)
    message_ja: str = col("The finding in Japanese.", default="")
    message_en: str = col("The finding in English.", default="")
    evidence: str = evidence_column()
    since: datetime | None = col("First snapshot moment at which this finding was open.")
    accepted_since: datetime | None = col("First snapshot moment from which it was accepted without a break.")
    unseen_runs: int = col("Snapshots since then at which it could not be told whether it was still there.", default=0)
    came_back: datetime | None = col("Snapshot moment at which it was gone, where it had been open before and came back.")


@dataclass(frozen=True, kw_only=True, slots=True)
class PastFinding:
    """A finding that was open at an earlier snapshot and is not now: what became of it."""

    check_id: str = col("Check that judged.", default="")
    subject: str = col("Asset, zone, line or vendor judged, or `site`; by its present name.", default="")
    finding_key: str = col("Stable key of the finding inside the check.", default="")
    severity: str = col("How much harm it can do: critical, high, medium or low.", default="")
    message_ja: str = col("The finding in Japanese, as it was told last.", default="")
    message_en: str = col("The finding in English, as it was told last.", default="")
    since: datetime | None = col("First snapshot moment at which this finding was open.")
    last_open: datetime | None = col("Last snapshot moment at which it was open.")
    now: str = col("What is known of it now: gone, unknown or not_judged.", default="")
    gone: datetime | None = col("First snapshot moment at which it was gone.")
    accepted_since: datetime | None = col("First snapshot moment from which it was accepted without a break.")
    unseen_runs: int = col("Snapshots since then at which it could not be told whether it was still there.", default=0)
    came_back: datetime | None = col("Snapshot moment at which it was gone, where it had been open before and came back.")
    evidence: str = evidence_column()


KEY_SEPARATOR = " | "
"""Between the values of a finding's key."""


SEVERITIES = ("critical", "high", "medium", "low")
"""Severities from the gravest down."""

SEVERITY_WORDS: Mapping[str, Text] = MappingProxyType(
    {"critical": Text("最優先", "critical"), "high": Text("重要", "high"), "medium": Text("注意", "medium"), "low": Text("軽微", "low")}
)
"""The word for each severity wherever it is shown."""

COST_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "none": Text("費用なし", "no cost"),
        "low": Text("少ない費用", "low cost"),
        "medium": Text("中くらいの費用", "medium cost"),
        "high": Text("大きな費用", "high cost"),
    }
)
"""The words for what a fix or a change costs."""
