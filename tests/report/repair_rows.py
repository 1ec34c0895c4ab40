"""Rows of missing updates and flaws of the made-up hospital, and of one of 300 machines; names that try to be more than names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from omamori.analyze.interface import Moment
from omamori.analyze.repairs import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.model.derived import Asset
from omamori.model.look import Collected
from omamori.model.patching import KnowledgeSource, MissingPatch, Vulnerability
from omamori.model.ways_in import ReachedService
from omamori.snapshot.database import Database

NOW = datetime(2026, 6, 1, 9, 0)
EVIL = "<b>7-Zip</b>\x1b[2J"
CHAIN = (
    "10.0.19045.3930 < 10.0.19045.5854 (KB5058379); KB5034122 (installed, 2024-01-09) → KB5034763 (2024-02-13) → …"
    " → KB5058379 (2025-05-13, needed); after end of support 2025-04-30 (ESU)"
)
FACT = "microsoft_table: row 412773 (KB5058379, CVE-2025-30397), row 398112 (KB5058379 replaces KB5034763)"
CLIENTS = ("外来端末1", "電子カルテサーバ2", "医事サーバ")
_TITLES = (
    ("CVE-2025-30397", "Scripting Engine Memory Corruption Vulnerability", "スクリプト エンジンのメモリ破損の脆弱性", True, True),
    ("CVE-2025-30400", "Windows DWM Core Library Elevation of Privilege", "Windows DWM コア ライブラリの特権昇格の脆弱性", True, False),
    ("CVE-2025-29833", "Virtual Machine Bus Remote Code Execution", None, False, False),
)


def rows(clients: tuple[str, ...] = CLIENTS) -> Iterator[Any]:
    for name in clients:
        yield MissingPatch(
            asset=name, patch_id="KB5058379", product="Windows 10 Version 22H2 for x64-based Systems", title="2025-05 Cumulative Update",
            posted=date(2025, 5, 13), behind_since=date(2024, 2, 13), lacking=15, flaws=41, exploited=2, ransomware=1, cvss=8.8,
            likelihood=0.312, chain=CHAIN, basis="build", fact=FACT, evidence="aaaaaaaaaaaaaa01:4",
        )  # fmt: skip
        for number in range(41):
            flaw, title, title_ja, exploited, ransomware = _TITLES[number] if number < 3 else (f"CVE-2025-{29900 + number}",) + ("",) * 4
            yield Vulnerability(
                asset=name, flaw=flaw, product="windows", version="10.0.19045.3930", fixed="KB5058379", kind="os", title=title or None,
                title_ja=title_ja or None, exploited=bool(exploited), ransomware=bool(ransomware), cvss=7.8 + (number % 2),
                likelihood=(0.312, 0.2, 0.1)[number] if number < 3 else 0.02, repair="update:KB5058379", published=date(2025, 5, 13),
                matched="Windows 10 Version 22H2, build 10.0.19045.3930 < 10.0.19045.5854 (microsoft_table)", fact=FACT,
            )  # fmt: skip
    yield MissingPatch(
        asset="給食サーバ", patch_id="KB5044287", product="Windows Server 2012 R2", component=".NET Framework 4.8", kind="dotnet", flaws=6,
        chain="KB5039895 (installed, 2024-06-11) → KB5044287 (2024-10-08, needed)", basis="list", undecided=True, doubt="the list of updates was cut short",
        doubt_ja="更新の一覧が途中で切れている", fact="microsoft_table: row 5",
    )  # fmt: skip
    for name in ("踏み台", "検査サーバ"):
        yield Vulnerability(
            asset=name, flaw="CVE-2024-6387", product="openssh", version="1:9.2p1-2", fixed="1:9.2p1-2+deb12u3", kind="package",
            title="regreSSHion: race condition in sshd", title_ja="OpenSSH の sshd における競合状態の脆弱性", cvss=8.1, likelihood=0.81,
            repair="package:openssh", matched="openssh 1:9.2p1-2 < 1:9.2p1-2+deb12u3 (debian 12, dpkg order)", fact="debian: CVE-2024-6387/bookworm",
        )  # fmt: skip
    yield Vulnerability(
        asset="PACS保守VPN", subject_kind="line", flaw="CVE-2024-21762", product="fortios", version="7.2.6", fixed="7.2.7", kind="device",
        title="FortiOS sslvpnd out-of-bounds write", title_ja="FortiOS における境界外書き込みの脆弱性", exploited=True, ransomware=True, cvss=9.8,
        likelihood=0.94, repair="firmware:fortios", fact="nvd: CVE_Items[41]",
    )  # fmt: skip
    yield Vulnerability(
        asset="外来端末1", flaw="CVE-2025-0411", product=EVIL, version="23.01", fixed="24.09", kind="application", exploited=True, undecided=True,
        title="Mark-of-the-Web bypass " + EVIL, cvss=7.0, likelihood=0.4, repair="application:7-zip", doubt="the name fits only in part",
        doubt_ja="名前が一部しか合わない", confidence="low",
    )  # fmt: skip
    yield Vulnerability(asset="検査サーバ", flaw="CVE-2023-9999", product="vim", kind="package", state="no_fix", cvss=5.5)
    yield ReachedService(asset="電子カルテサーバ2", origin="PACS保守VPN", origin_kind="entry", protocol="tcp", port=3389)
    yield KnowledgeSource(
        feed="nvd",
        title="NVD",
        title_ja="NVD(米国の脆弱性データベース)",
        as_of=date(2026, 5, 28),
        age_days=4,
        best_before=45,
        records=147917,
    )
    yield KnowledgeSource(
        feed="microsoft", title="Microsoft's table of updates", title_ja="Microsoftの更新の表", as_of=date(2026, 1, 3), age_days=149, best_before=45,
        records=608740, broken=3,
    )  # fmt: skip
    yield KnowledgeSource(feed="starter", title="Starter facts")
    yield Collected(
        asset="CT操作卓", table_name="vulnerabilities", source="analyze.vulnerabilities", complete=False, reason="not_collected"
    )


def insert(database: Database, *, large: int = 0) -> None:
    """Put the rows into a database and let the analyzer order the work; `large`: so many machines more, each with 300 flaws."""
    database.insert(rows())
    if large:
        database.insert(
            Asset(asset=f"PC{number:03d}", platform="windows", important=number % 50 == 0, hands_off=number % 9 == 0)
            for number in range(large)
        )
        database.connection.execute(
            "insert into vulnerabilities by name select 'PC' || lpad((i // 300)::varchar, 3, '0') as asset, 'asset' as subject_kind,"
            " 'CVE-2024-' || (i % 300 + 10000) as flaw, 'program-' || (i % 300 // 5) as product, '1.' || (i % 300) as fixed,"
            " i % 37 = 0 as exploited, i % 111 = 0 as ransomware, i % 7 = 0 as undecided, 'application' as kind, (i % 97) / 97.0 as likelihood,"
            " (i % 100) / 10 as cvss, 'affected' as state, 'high' as confidence, 'e:1' as evidence, '' as source,"
            f" 'the name fits only in part' as doubt, '名前が一部しか合わない' as doubt_ja from range({large * 300}) numbers(i)"
        )
        database.insert(
            MissingPatch(
                asset=f"PC{number:03d}",
                patch_id=f"KB50{number % 80:05d}",
                product="Windows 10",
                flaws=41,
                chain=CHAIN + f" {number % 90}",
                fact=FACT,
            )
            for number in range(large)
        )
    database.insert(ANALYZER.run(database, Moment(NOW, starter_pack())))
