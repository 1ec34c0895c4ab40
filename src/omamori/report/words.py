"""The words of the report itself, in both languages: labels, reasons, advice and what the report is not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.host import ROLES
from omamori.model.look import COST_WORDS, REASONS, SEVERITY_WORDS
from omamori.model.text import Text

SEVERITIES = ("critical", "high", "medium", "low")
COSTS = ("none", "low", "medium", "high")

SEVERITY = SEVERITY_WORDS
COST: Mapping[str, Text] = COST_WORDS
VERDICT: Mapping[str, Text] = MappingProxyType(
    {
        "fail": Text("見つかったもの", "found"),
        "unknown": Text("見えなかったもの", "not seen"),
        "accepted": Text("承認済み(期限つき)", "accepted for a time"),
        "pass": Text("見た範囲で見つからなかったもの", "looked at, not found"),
    }
)
ROLE: Mapping[str, Text] = MappingProxyType({value.code: value.label for value in ROLES})
SUBJECT: Mapping[str, Text] = MappingProxyType(
    {
        "asset": Text("機器", "machine"),
        "site": Text("病院全体", "the whole hospital"),
        "zone": Text("ゾーン", "zone"),
        "line": Text("外部接続", "outside line"),
        "vendor": Text("業者", "vendor"),
    }
)
NOW: Mapping[str, Text] = MappingProxyType(
    {
        "gone": Text("新しい根拠で見つからなくなりました", "no longer found in newer evidence"),
        "unknown": Text("今回は見えませんでした(なくなったとは言えません)", "could not be seen this time: it may still be there"),
        "accepted": Text("期限つきで承認されました", "accepted for a time"),
        "not_judged": Text("今回は調べていません", "not looked at this time"),
    }
)

REASON: Mapping[str, Text] = MappingProxyType({value.code: value.label for value in REASONS})
OTHER_REASON = Text("理由が記録されていません", "no reason was recorded")

ADVICE: Mapping[str, Text] = MappingProxyType(
    {
        "not_collected": Text(
            "機器は収集キット(omamori kit)で集め、台帳(omamori ledger new)は記入して取り込んでください。",
            "Collect from machines with the kit (omamori kit); fill in and import the ledger (omamori ledger new).",
        ),
        "needs_administrator": Text(
            "管理者(root・Administrator)でもう一度集めてください。",
            "Collect once more as administrator (root).",
        ),
        "too_old": Text("もう一度集めてください。", "Collect once more."),
        "vendor_machine": Text(
            "業者に、キットを動かしてよいか、または設定の写しをもらえるかを尋ねてください。",
            "Ask the vendor whether the kit may be run, or for a copy of the settings.",
        ),
        "managed_elsewhere": Text(
            "管理画面を開き、状態を確かめて台帳の質問に記入してください。",
            "Open the console that manages it and write its state into the ledger.",
        ),
        "not_understood": Text(
            "出力は保管してあります。新しい版で omamori rebuild を実行すると読み直します。",
            "The output is kept. A newer version reads it again with omamori rebuild.",
        ),
        "declared_not_seen": Text(
            "台帳の機器が今もあるかを確かめ、あれば収集キットで集めてください。",
            "See whether the machine still exists; if so, collect from it with the kit.",
        ),
        "not_in_pack": Text(
            "インターネットにつながるPCで、足りない情報源を加えた知識パックを作るか、作っている人から受け取り、取り込んでください(omamori feeds build、omamori feeds import)。",
            "Make a knowledge pack with the missing source on a PC with Internet access, or get one from whoever makes yours, and import it "
            "(omamori feeds build, omamori feeds import).",
        ),
        "pack_too_old": Text(
            "インターネットにつながるPCで新しい知識パックを作るか、作っている人から受け取り、取り込んでください(omamori feeds build、omamori feeds import)。",
            "Make a new knowledge pack on a PC with Internet access, or get one from whoever makes yours, and import it "
            "(omamori feeds build, omamori feeds import).",
        ),
        "vendor_silent": Text(
            "メーカーか保守業者に、この機種とバージョンが影響を受けるかを尋ねてください。メーカーのお知らせのファイル(CSAFなど)があれば、知識パックに加えて作り直してください。",
            "Ask the maker or the vendor whether this model and version are affected. Where the maker has notices as files (CSAF), add them to the pack and build it anew.",
        ),
        "to_confirm": Text("担当者に確かめ、台帳に記入してください。", "Ask the person in charge and fill it into the ledger."),
    }
)
OTHER_ADVICE = Text("もう一度集めてください。", "Collect once more.")

GROUPS: Mapping[str, tuple[Text, tuple[str, ...]]] = MappingProxyType(
    {
        "basics": (Text("基本情報", "Basics"), ("hosts", "mounts", "consents")),
        "software": (
            Text("ソフトと更新", "Software and updates"),
            ("software", "server_roles", "patches", "pending_updates", "update_policy"),
        ),
        "running": (Text("動いているもの", "What runs"), ("services", "tasks", "processes", "startup_programs")),
        "network": (
            Text("通信", "Network"),
            ("interfaces", "routes", "neighbours", "outbound_settings", "listeners", "connections", "known_networks"),
        ),
        "firewall": (Text("ファイアウォール", "Firewall"), ("firewall_profiles", "firewall_rules")),
        "accounts": (
            Text("アカウント", "Accounts"),
            ("accounts", "group_members", "user_rights", "sudo_rules", "password_policy", "domain_computers"),
        ),
        "settings": (
            Text("設定", "Settings"),
            (
                *("windows_settings", "group_policies", "macro_settings", "ssh_settings", "server_settings", "kernel_settings"),
                *("file_permissions", "file_access"),
            ),
        ),
        "shares": (Text("共有", "Shares"), ("shares", "share_access", "share_settings")),
        "protection": (
            Text("対策とログ", "Protection and logs"),
            ("security_products", "protection_exclusions", "log_settings", "audit_settings", "usb_history"),
        ),
        "backup": (
            Text("バックアップ", "Backup"),
            ("scheduled_backups", "backup_generations", "backup_repositories", "backup_damage", "backup_signs"),
        ),
    }
)
"""Groups of host tables as the report speaks of them: id → (words, tables)."""

ONLY_ON: Mapping[str, str] = MappingProxyType(
    {
        "patches": "windows",
        "server_roles": "windows",
        "windows_settings": "windows",
        "group_policies": "windows",
        "user_rights": "windows",
        "audit_settings": "windows",
        "backup_generations": "windows",
        "consents": "windows",
        "file_access": "windows",
        "known_networks": "windows",
        "domain_computers": "windows",
        "protection_exclusions": "windows",
        "startup_programs": "windows",
        "macro_settings": "windows",
        "pending_updates": "linux",
        "sudo_rules": "linux",
        "kernel_settings": "linux",
        "file_permissions": "linux",
    }
)
"""Tables that only one platform has to tell by itself: on the other nothing was missed."""

NOT_EVERYWHERE = frozenset(
    {"consents", "known_networks", "domain_computers", "macro_settings", "backup_repositories", "backup_damage", "backup_signs"}
)
"""Tables that not every machine has something to say for: without a look at one nothing was missed."""

_WINDOWS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "accounts": frozenset({"password_state", "password_max_days", "shell", "home", "authorized_keys"}),
        "hosts": frozenset({"timezone", "virtual"}),
        "listeners": frozenset({"account"}),
        "log_settings": frozenset({"kept_days"}),
        "mounts": frozenset({"device", "filesystem", "options", "server", "size_bytes", "used_percent"}),
        "password_policy": frozenset({"hash_algorithm"}),
        "processes": frozenset({"parent", "command", "started", "account"}),
        "routes": frozenset({"origin"}),
        "security_products": frozenset({"version"}),
        "server_roles": frozenset({"display_name"}),
        "services": frozenset({"display_name"}),
        "shares": frozenset({"guest", "writable"}),
        "software": frozenset({"source_package", "origin"}),
    }
)
_OF_A_DOMAIN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "accounts": frozenset({"protected", "service_names", "preauthentication", "delegation", "reversible", "expires"}),
        "windows_settings": frozenset({"ldap_signing_required"}),
    }
)
"""What only a domain controller has to tell."""
NOT_TOLD: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "windows": MappingProxyType(
            {**_WINDOWS, **{table: _WINDOWS.get(table, frozenset()) | columns for table, columns in _OF_A_DOMAIN.items()}}
        ),
        "windows controller": _WINDOWS,
    }
)
"""Kind of machine (`coverage.kind_of`) → table → columns it does not have, that decide nothing there: without them the table was seen whole."""
NOT_ASKED: Mapping[str, frozenset[str]] = MappingProxyType({"windows": frozenset({"ssh_settings", "server_settings"})})
"""Platform → tables of programs that such a machine seldom has: told where they are met, not missed where they are not."""

DISCLAIMER: tuple[Text, ...] = (
    Text(
        "これは「お守り」です。見た範囲で見つかったことを根拠とともに示すもので、ほかに問題がないことを示すものではありません。",
        "This is an amulet: it shows, with evidence, what was found where it looked. It does not show that there is nothing else.",
    ),
    Text(
        "医療機器ではありません。医療機器の安全性や適法性は判断しません。24時間の監視の代わりにもなりません。",
        "It is not a medical device, gives no judgement on the safety or legality of one, and does not replace monitoring round the clock.",
    ),
    Text(
        "厚生労働省や大学が作成・承認したものではありません。",
        "It is neither made nor approved by the ministry or the university.",
    ),
    Text(
        "機器名・アカウント名・通信先などを含みます。院外に渡す前に中身を確かめてください。",
        "It holds names of machines, accounts and peers. Look through it before it leaves the hospital.",
    ),
)

FORMULA = Text(
    "順番 = 重さ(最優先100・重要30・注意8・軽微1)× 対象の数(診療が止まる機器は2倍、外とつながる機器は1.5倍、回線は8台分、病院全体は2台分)"
    "÷ 費用(なし1・少ない2・中くらい4・大きい8)。同じ値なら重さ、数、IDの順。一つの分野からは二つまで。",
    "Order = weight (critical 100, high 30, medium 8, low 1) × number of subjects (twice where care would stop, 1.5 times where the "
    "outside is near, a line counts as eight, the whole hospital as two) ÷ cost (none 1, low 2, medium 4, high 8). Ties: weight, number, id. Of one topic at most two.",
)

VISIT_ORDER = Text(
    "順番 = 理由の点数の合計(ドメインコントローラ40、サーバ30、外部接続の端30、バックアップの保存先25、診療が止まる20、台帳にない15、"
    "まだ見ていないゾーン15、外部接続が入るゾーン10、外に出られる10、サポートの終わったOS10、似た機器を見ていない8、"
    "接続や名前の問い合わせは相手1台につき5(8台まで)、通信相手・隣の機器として現れる1、長くドメインに入っていない−25)。"
    "似ている機器からは一台ずつ、新しいゾーンの点数は一台目だけ。ネットワーク機器はキットが動かないので除く。同じ点なら名前の順。",
    "Order = sum of the points of the reasons (domain controller 40, server 30, end of an outside line 30, keeps backups 25, care stops "
    "without it 20, not in the ledger 15, zone nobody looked at 15, zone a line ends in 10, may go out 10, unsupported system 10, "
    "nothing like it looked at 8, each machine that connects to it or asks it for names 5 and at most eight of them, appears among "
    "peers or neighbours 1, long without login to the domain minus 25). One of those that look alike; points for a new "
    "zone are given once. Network devices are left out: no kit runs there. Ties go by name.",
)

GLOSSARY: tuple[tuple[Text, Text], ...] = (
    (
        Text("根拠", "evidence"),
        Text("保管した出力の一行。どの機器の、どのコマンドの、何行目か。", "One line of stored output: machine, command and line."),
    ),
    (
        Text("見えなかったもの", "not seen"),
        Text("十分に見ていないため、あるともないとも言えないもの。", "Not looked at well enough to say either way."),
    ),
    (
        Text("見た範囲で見つからなかったもの", "looked at, not found"),
        Text("見るべきところをすべて見て、見つからなかったもの。", "All there was to look at was looked at, and it was not found."),
    ),
    (
        Text("承認済み", "accepted"),
        Text("責任者が期限をつけて受け入れたもの。期限が過ぎると戻ります。", "A named person accepts it until a day; then it comes back."),
    ),
    (
        Text("業者に尋ねる", "ask the vendor"),
        Text("業者・リース・医療機器は、病院だけで変更せず確認します。", "What is a vendor's, leased or medical is not changed alone."),
    ),
)


def reason_label(reason: str | None) -> Text:
    """Return the words for a reason code; a code that is not known is said to be so."""
    return REASON.get(reason or "", OTHER_REASON)


def advice(reason: str | None) -> Text:
    """Return what to do about something that could not be seen."""
    return ADVICE.get(reason or "", OTHER_ADVICE)
