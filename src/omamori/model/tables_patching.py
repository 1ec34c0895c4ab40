"""The tables of updates, flaws, notices and the knowledge they are judged with."""

from __future__ import annotations

from omamori.model import notices, patching
from omamori.model.schema import describe
from omamori.model.text import Text

PATCHING_TABLES = (
    describe(
        "published_notices",
        notices.PublishedNotice,
        group="declared",
        keeps="voices",
        title=Text("公表されたお知らせ", "Published notices"),
        sources=("notice.csaf", "notice.cvrf", "notice.jvn"),
    ),
    describe(
        "components",
        patching.Component,
        group="derived",
        keeps="voices",
        title=Text("部品", "Components"),
        sources=("sbom.cyclonedx", "sbom.spdx", "analyze.components"),
    ),
    describe(
        "vulnerabilities",
        patching.Vulnerability,
        group="derived",
        title=Text("脆弱性", "Vulnerabilities"),
        sources=("analyze.vulnerabilities",),
    ),
    describe(
        "missing_patches",
        patching.MissingPatch,
        group="derived",
        title=Text("足りない更新", "Missing updates"),
        sources=("analyze.missing_patches",),
    ),
    describe("repairs", patching.Repair, group="derived", title=Text("直す順番", "Order of work"), sources=("analyze.repairs",)),
    describe(
        "notice_matches",
        patching.NoticeMatch,
        group="derived",
        title=Text("お知らせに当たる機器", "Machines a notice is about"),
        sources=("analyze.notice_matches",),
    ),
    describe(
        "compensations",
        patching.Compensation,
        group="derived",
        title=Text("代わりの対策", "Compensating controls"),
        sources=("analyze.compensations",),
    ),
    describe(
        "knowledge_sources",
        patching.KnowledgeSource,
        group="derived",
        title=Text("判定に使った情報源", "Sources of knowledge"),
        sources=("analyze.knowledge_sources",),
    ),
    describe(
        "knowledge_covers",
        patching.KnowledgeCover,
        group="derived",
        title=Text("知識パックが扱う範囲", "What the knowledge pack covers"),
        sources=("analyze.vulnerabilities",),
    ),
)
"""In the order of the generated docs."""
