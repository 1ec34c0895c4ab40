"""All tables of the model, in the order of the generated docs.

To add a table: write its dataclass in the module it belongs to, then one `describe` line here.
`sources` is the order in which evidence kinds are preferred when several saw the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model import block, declared, derived, look, recognised, traffic, visits, ways_in
from omamori.model.schema import Table, describe
from omamori.model.tables_backup import BACKUP_TABLES
from omamori.model.tables_host import HOST_TABLES
from omamori.model.tables_network import NETWORK_TABLES
from omamori.model.tables_patching import PATCHING_TABLES
from omamori.model.text import Text

LEDGER = ("ledger.workbook",)

_ALL = (
    *HOST_TABLES,
    *NETWORK_TABLES,
    *BACKUP_TABLES,
    # declared
    describe("site", declared.Site, group="declared", title=Text("病院", "Hospital"), sources=LEDGER),
    describe("zones", declared.Zone, group="declared", title=Text("ゾーン", "Zones"), sources=LEDGER),
    describe("ledger_assets", declared.LedgerAsset, group="declared", title=Text("機器", "Machines"), sources=LEDGER),
    describe("vendors", declared.Vendor, group="declared", title=Text("業者", "Vendors"), sources=LEDGER),
    describe("remote_lines", declared.RemoteLine, group="declared", title=Text("外部接続", "Outside lines"), sources=LEDGER),
    describe("other_entries", declared.OtherEntry, group="declared", title=Text("その他の入口", "Other ways in"), sources=LEDGER),
    describe(
        "designed_flows",
        declared.DesignedFlow,
        group="declared",
        keeps="voices",
        title=Text("設計通信", "Designed flows"),
        sources=(*LEDGER, "analyze.vendor_replies"),
    ),
    describe("declared_backups", declared.DeclaredBackup, group="declared", title=Text("バックアップ", "Backups"), sources=LEDGER),
    describe("backup_media", declared.MediumLog, group="declared", title=Text("媒体の記録", "Log of media"), sources=LEDGER),
    describe("cut_points", declared.CutPoint, group="declared", title=Text("切る場所", "Places to cut"), sources=LEDGER),
    describe("never_blocked", declared.NeverBlockedFlow, group="declared", title=Text("止めない通信", "Never blocked"), sources=LEDGER),
    describe("recovery_needs", declared.RecoveryNeed, group="declared", title=Text("復旧に要るもの", "Needed to recover"), sources=LEDGER),
    describe("answers", declared.Answer, group="declared", title=Text("質問", "Questions"), sources=LEDGER),
    describe("contacts", declared.Contact, group="declared", title=Text("連絡先", "Contacts"), sources=LEDGER),
    describe("training", declared.Training, group="declared", title=Text("研修・訓練", "Training"), sources=LEDGER),
    describe(
        "exceptions",
        declared.RiskException,
        group="declared",
        keeps="voices",
        title=Text("例外", "Exceptions"),
        sources=(*LEDGER, "analyze.vendor_replies"),
    ),
    describe("vendor_notices", declared.VendorNotice, group="declared", title=Text("業者のお知らせ", "Vendors' notices"), sources=LEDGER),
    describe("approvals", declared.Approval, group="declared", keeps="voices", title=Text("承認", "Approvals"), sources=("scan.approval",)),
    describe(
        "block_actions",
        block.BlockAction,
        group="declared",
        keeps="event",
        lasting=True,
        title=Text("遮断の記録", "Log of the block"),
        sources=("isolate.action",),
    ),
    describe("actions", declared.Action, group="declared", title=Text("やること", "To do"), sources=("report.actions",)),
    describe(
        "item_answers",
        declared.ItemAnswer,
        group="declared",
        keeps="voices",
        title=Text("チェックリストの記入", "Answers to checklists"),
        sources=("standard.sheet",),
    ),
    describe(
        "vendor_answers",
        declared.VendorAnswer,
        group="declared",
        keeps="voices",
        title=Text("業者の回答", "Answers of vendors"),
        sources=("vendor.reply",),
    ),
    describe(
        "zone_networks", declared.ZoneNetwork, group="declared", title=Text("ゾーンのIPアドレス範囲", "Networks of zones"), sources=LEDGER
    ),
    describe(
        "ledger_addresses",
        declared.LedgerAddress,
        group="declared",
        title=Text("台帳のIPアドレス", "Addresses in the ledger"),
        sources=LEDGER,
    ),
    # derived
    describe("assets", derived.Asset, group="derived", title=Text("機器一覧", "Assets"), sources=("analyze.assets",)),
    describe("support", derived.Support, group="derived", title=Text("サポート期限", "Support"), sources=("analyze.support",)),
    describe(
        "application_support",
        derived.ApplicationSupport,
        group="derived",
        title=Text("ソフトウエアのサポート期限", "Support of software"),
        sources=("analyze.support",),
    ),
    *PATCHING_TABLES,
    describe("exposures", derived.Exposure, group="derived", title=Text("外から届くポート", "Exposures"), sources=("analyze.exposures",)),
    describe("ways_out", derived.WayOut, group="derived", title=Text("外に出る兆候", "Ways out"), sources=("analyze.ways_out",)),
    describe(
        "remote_access", derived.RemoteAccess, group="derived", title=Text("遠隔操作", "Remote access"), sources=("analyze.remote_access",)
    ),
    describe(
        "deviations", derived.Deviation, group="derived", title=Text("台帳と実際の違い", "Deviations"), sources=("analyze.deviations",)
    ),
    describe("peers", derived.Peer, group="derived", title=Text("通信相手", "Peers"), sources=("analyze.peers",)),
    describe(
        "questions", derived.Question, group="derived", title=Text("質問と回答", "Questions and answers"), sources=("analyze.questions",)
    ),
    describe(
        "lookalikes",
        visits.LookAlike,
        group="derived",
        title=Text("似ている機器", "Machines that look alike"),
        sources=("analyze.lookalikes",),
    ),
    describe(
        "visit_candidates",
        visits.VisitCandidate,
        group="derived",
        title=Text("次に見に行く機器", "Machines to visit"),
        sources=("analyze.visits",),
    ),
    describe(
        "visit_reasons", visits.VisitReason, group="derived", title=Text("見に行く理由", "Reasons to visit"), sources=("analyze.visits",)
    ),
    describe(
        "recognised_services",
        recognised.RecognisedService,
        group="derived",
        title=Text("見分けたサービス", "Recognised services"),
        sources=("analyze.recognised_services",),
    ),
    describe(
        "recognised_machines",
        recognised.RecognisedMachine,
        group="derived",
        title=Text("見分けた機器", "Recognised machines"),
        sources=("analyze.recognised_machines",),
    ),
    describe("entries", ways_in.Entry, group="derived", title=Text("入口", "Ways in"), sources=("analyze.entries",)),
    describe(
        "line_uses", traffic.LineUse, group="derived", title=Text("回線の使われ方", "Uses of outside lines"), sources=("analyze.line_uses",)
    ),
    describe(
        "zone_flows", traffic.ZoneFlow, group="derived", title=Text("ゾーン間の通信", "Who talks to whom"), sources=("analyze.zone_flows",)
    ),
    describe(
        "line_traffic",
        traffic.LineTraffic,
        group="derived",
        title=Text("回線の通信量", "Traffic of lines"),
        sources=("analyze.line_traffic",),
    ),
    describe("reachability", ways_in.Reachable, group="derived", title=Text("届く範囲", "Reachability"), sources=("analyze.reachability",)),
    describe(
        "reached_services",
        ways_in.ReachedService,
        group="derived",
        title=Text("入口から届くサービス", "Services within reach"),
        sources=("analyze.reached_services",),
    ),
    describe(
        "idle_rules",
        ways_in.IdleRule,
        group="derived",
        title=Text("働かない規則", "Rules that never decide"),
        sources=("analyze.idle_rules",),
    ),
    describe(
        "crown_jewels",
        ways_in.CrownJewel,
        group="derived",
        title=Text("最も守る機器", "Crown jewels"),
        sources=("analyze.crown_jewels",),
    ),
    describe(
        "attack_paths", ways_in.AttackPath, group="derived", title=Text("侵入の経路", "Attack paths"), sources=("analyze.attack_paths",)
    ),
    describe(
        "attack_steps", ways_in.AttackStep, group="derived", title=Text("侵入の一歩", "Attack steps"), sources=("analyze.attack_paths",)
    ),
    describe(
        "path_changes",
        ways_in.Change,
        group="derived",
        title=Text("経路を断つ変更", "Changes that cut paths"),
        sources=("analyze.attack_paths",),
    ),
    # always
    describe("collected", look.Collected, group="always", title=Text("見た範囲", "What was looked at")),
    describe("identity", look.Identity, group="always", title=Text("同じ機器の手掛かり", "Identity")),
    describe("verdicts", look.Verdict, group="always", title=Text("判定", "Verdicts")),
    describe("past_findings", look.PastFinding, group="always", title=Text("前に見つかったもの", "Past findings")),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
"""Every table by name."""


def table_of(row: object) -> Table:
    """Return the table a row belongs to; KeyError when its class is not in the model."""
    return _BY_ROW[type(row)]


_BY_ROW: Mapping[type, Table] = MappingProxyType({table.row: table for table in _ALL})
