"""Kinds of events that Windows can audit: their GUIDs, and their names in English and Japanese.

The GUIDs of subcategories differ in two digits only: 0cce92XX-69ae-11d9-bed3-505054503030.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_TABLE = (
    ("10", "Security State Change", "セキュリティ状態の変更"),
    ("11", "Security System Extension", "セキュリティ システムの拡張"),
    ("12", "System Integrity", "システムの整合性"),
    ("13", "IPsec Driver", "IPsec ドライバー", "IPsec ドライバ"),
    ("14", "Other System Events", "その他のシステム イベント"),
    ("15", "Logon", "ログオン"),
    ("16", "Logoff", "ログオフ"),
    ("17", "Account Lockout", "アカウント ロックアウト"),
    ("18", "IPsec Main Mode", "IPsec メイン モード"),
    ("19", "IPsec Quick Mode", "IPsec クイック モード"),
    ("1a", "IPsec Extended Mode", "IPsec 拡張モード"),
    ("1b", "Special Logon", "特殊なログオン"),
    ("1c", "Other Logon/Logoff Events", "その他のログオン/ログオフ イベント"),
    ("1d", "File System", "ファイル システム"),
    ("1e", "Registry", "レジストリ"),
    ("1f", "Kernel Object", "カーネル オブジェクト"),
    ("20", "SAM"),
    ("21", "Certification Services", "証明書サービス", "証明サービス"),
    ("22", "Application Generated", "生成されたアプリケーション", "アプリケーションによる生成"),
    ("23", "Handle Manipulation", "ハンドル操作", "ハンドルの操作"),
    ("24", "File Share", "ファイルの共有", "ファイル共有"),
    (
        "25",
        "Filtering Platform Packet Drop",
        "フィルタリング プラットフォーム パケットのドロップ",
        "フィルタリング プラットフォーム パケットの破棄",
    ),
    ("26", "Filtering Platform Connection", "フィルタリング プラットフォームの接続"),
    ("27", "Other Object Access Events", "その他のオブジェクト アクセス イベント"),
    ("28", "Sensitive Privilege Use", "重要な特権の使用"),
    ("29", "Non Sensitive Privilege Use", "重要でない特権の使用"),
    ("2a", "Other Privilege Use Events", "その他の特権の使用イベント"),
    ("2b", "Process Creation", "プロセス作成", "プロセスの作成"),
    ("2c", "Process Termination", "プロセス終了", "プロセスの終了"),
    ("2d", "DPAPI Activity", "DPAPI アクティビティ"),
    ("2e", "RPC Events", "RPC イベント"),
    ("2f", "Audit Policy Change", "ポリシーの変更の監査", "監査ポリシーの変更"),
    ("30", "Authentication Policy Change", "ポリシーの変更の認証", "認証ポリシーの変更"),
    ("31", "Authorization Policy Change", "ポリシーの変更の承認", "承認ポリシーの変更"),
    ("32", "MPSSVC Rule-Level Policy Change", "MPSSVC ルールレベル ポリシーの変更", "MPSSVC ルール レベル ポリシーの変更"),
    (
        "33",
        "Filtering Platform Policy Change",
        "フィルタリング プラットフォームのポリシーの変更",
        "フィルタリング プラットフォーム ポリシーの変更",
    ),
    ("34", "Other Policy Change Events", "その他のポリシー変更イベント"),
    ("35", "User Account Management", "ユーザー アカウント管理", "ユーザー アカウントの管理"),
    ("36", "Computer Account Management", "コンピューター アカウント管理", "コンピューター アカウントの管理"),
    ("37", "Security Group Management", "セキュリティ グループ管理", "セキュリティ グループの管理"),
    ("38", "Distribution Group Management", "配布グループの管理", "配布グループ管理"),
    ("39", "Application Group Management", "アプリケーション グループの管理", "アプリケーション グループ管理"),
    ("3a", "Other Account Management Events", "その他のアカウント管理イベント"),
    ("3b", "Directory Service Access", "ディレクトリ サービス アクセス", "ディレクトリ サービスのアクセス"),
    ("3c", "Directory Service Changes", "ディレクトリ サービスの変更"),
    ("3d", "Directory Service Replication", "ディレクトリ サービスのレプリケーション", "ディレクトリ サービス レプリケーション"),
    (
        "3e",
        "Detailed Directory Service Replication",
        "詳細なディレクトリ サービス レプリケーション",
        "詳細なディレクトリ サービスのレプリケーション",
    ),
    ("3f", "Credential Validation", "資格情報の確認", "資格情報の検証"),
    ("40", "Kerberos Service Ticket Operations", "Kerberos サービス チケット操作", "Kerberos サービス チケットの操作"),
    ("41", "Other Account Logon Events", "その他のアカウント ログオン イベント"),
    ("42", "Kerberos Authentication Service", "Kerberos 認証サービス"),
    ("43", "Network Policy Server", "ネットワーク ポリシー サーバー", "ネットワーク ポリシー サーバ"),
    ("44", "Detailed File Share", "詳細なファイル共有", "詳細なファイルの共有"),
    ("45", "Removable Storage", "リムーバブル記憶域"),
    ("46", "Central Policy Staging", "集約型ポリシー ステージング"),
    ("47", "User / Device Claims", "ユーザー要求/デバイスの信頼性情報", "ユーザー/デバイスの信頼性情報"),
    ("48", "Plug and Play Events", "プラグ アンド プレイ イベント"),
    ("49", "Group Membership", "グループ メンバーシップ"),
    ("4a", "Token Right Adjusted Events", "トークン権限調整済みイベント", "トークン権限の調整済みイベント"),
)


def _guid(digits: str) -> str:
    return f"0cce92{digits}-69ae-11d9-bed3-505054503030"


def _plain(name: str) -> str:
    """A name without what differs between versions: spaces and capitals."""
    return name.replace(" ", "").replace("\u3000", "").lower()


_BY_NAME: Mapping[str, str] = MappingProxyType({_plain(name): _guid(row[0]) for row in _TABLE for name in row[1:]})
CORE = frozenset(_guid(row[0]) for row in _TABLE if row[0] <= "42")
"""Subcategories of every Windows since Vista: a list that lacks one of them is not the whole list."""


def subcategory(name: str) -> str | None:
    """Return the GUID of a subcategory by its name in English or Japanese, None where nobody knows it."""
    return _BY_NAME.get(_plain(name))
